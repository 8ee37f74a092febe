"""A real SMTP server on a free port. Tests set its behaviour, and it keeps what it takes."""

import asyncio
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from email import message_from_bytes, policy
from email.message import EmailMessage
from typing import Any, cast

from aiosmtpd.smtp import SMTP, Envelope, Session

from tests.waiting import HUNG


class MailServer:
    """A server whose answers to recipients and messages can be set. `silent` never answers a message it has taken."""

    def __init__(self) -> None:
        self.taken: list[EmailMessage] = []
        self.to_recipient = "250 OK"
        self.to_message = "250 OK"
        self.silent = False
        self.address = ""
        self._loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self._loop.run_forever, daemon=True)
        self._thread.start()
        asyncio.run_coroutine_threadsafe(self._listen(), self._loop).result(HUNG)

    async def _listen(self) -> None:
        self._server = await self._loop.create_server(
            lambda: SMTP(self, hostname="mail.example.invalid", loop=self._loop), "127.0.0.1", 0
        )
        self.address = f"127.0.0.1:{self._server.sockets[0].getsockname()[1]}"

    async def handle_RCPT(  # noqa: N802  aiosmtpd gives the name
        self, server: SMTP, session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        if self.to_recipient.startswith("250"):
            envelope.rcpt_tos.append(address)
        return self.to_recipient

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:  # noqa: N802  aiosmtpd
        if self.to_message.startswith("250"):
            content = cast(bytes, envelope.content)
            self.taken.append(message_from_bytes(content, policy=policy.default))
        if self.silent:
            await asyncio.sleep(HUNG)
        return self.to_message

    def message_ids(self) -> list[str]:
        """References of what was taken, in order."""
        return [str(message["Message-ID"]).strip("<>").partition("@")[0] for message in self.taken]

    def stop(self) -> None:
        """Stop listening."""
        asyncio.run_coroutine_threadsafe(self._stop(), self._loop).result(HUNG)
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join(HUNG)
        self._loop.close()

    async def _stop(self) -> None:
        self._server.close()
        others: list[Any] = [task for task in asyncio.all_tasks() if task is not asyncio.current_task()]
        for task in others:
            task.cancel()
        await asyncio.gather(*others, return_exceptions=True)


@contextmanager
def a_mail_server() -> Iterator[MailServer]:
    """A mail server, stopped afterwards."""
    server = MailServer()
    try:
        yield server
    finally:
        server.stop()
