"""A real SMTP server for the demo's e-mails. It keeps each as a file, so that nothing leaves the machine."""

import hashlib
import threading
from collections import Counter
from email import message_from_bytes
from pathlib import Path
from typing import Any

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, Envelope, Session


class Mailbox:
    """Accepts e-mail for anyone on a loopback port and counts messages by their Message-ID."""

    def __init__(self, folder: Path, port: int) -> None:
        self._folder = folder
        self._lock = threading.Lock()  # The server runs in a thread of its own.
        self._by_id: Counter[str] = Counter()
        self._controller = Controller(self, hostname="127.0.0.1", port=port)

    def start(self) -> None:
        """Start listening."""
        self._folder.mkdir(exist_ok=True)
        self._controller.start()

    def stop(self) -> None:
        """Stop listening."""
        self._controller.stop()

    @property
    def by_message_id(self) -> dict[str, int]:
        """Number of times each message came. More than once means that a possible duplicate was sent."""
        with self._lock:
            return dict(self._by_id)

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:  # noqa: N802  aiosmtpd
        """Keep one message in a file named by its Message-ID, so that a repeat overwrites it."""
        content: Any = envelope.content
        message_id = message_from_bytes(content).get("Message-ID", "").strip()
        name = hashlib.sha256(message_id.encode()).hexdigest()[:16]
        (self._folder / f"{name}.eml").write_bytes(content)
        with self._lock:
            self._by_id[message_id] += 1
        return "250 Message accepted"
