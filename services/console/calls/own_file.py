"""What a Safeguarder asks about the whole of their file: who read it, and everything that it holds."""

from collections.abc import AsyncGenerator
from contextlib import aclosing
from typing import Any

import grpc
from psmf.platform.v1 import own_file_pb2, own_file_pb2_grpc

from services.client.file.whole import EXPORT_SECONDS, End, Kept, broke_off, kept_or_end, knows_nobody
from services.console.calls.caller import Caller, Channels, TokenOf, meaning_of
from services.console.failures import NotThere, ServiceAway, TooMany
from services.console.requests import Visit
from services.platform.calls.pages import LARGEST_SIZE


class OwnFileCalls(Caller):
    """Calls about the whole of a file, in every service."""

    def __init__(self, channels: Channels, token_of: TokenOf) -> None:
        super().__init__(channels, token_of)
        self._own_files: dict[str, Any] = {
            service: own_file_pb2_grpc.OwnFileServiceStub(channel) for service, channel in self._channels.items()
        }

    async def reads_of(self, visit: Visit, service: str, person: str) -> Any:
        """Return who has lately read what one service keeps about somebody. Their own reading is left out."""
        request = own_file_pb2.ListReadsRequest(parent=person, page_size=LARGEST_SIZE)
        try:
            return await self._ask(visit, service, self._own_files[service].ListReads, request)
        except NotThere:
            if service == "evidence":
                raise
            return own_file_pb2.ListReadsResponse()  # nothing about them has come to this service

    async def own_file(self, visit: Visit, person: str) -> AsyncGenerator[Kept | End, None]:
        """Yield every record of the reader's whole file, service by service, each followed by its end.

        Raises:
            NotSignedIn, NotThere, ServiceAway: what the answer means for a page.
            ClientError: a service broke off. What came is not the whole file.
        """
        for service in self._own_files:
            try:
                async with aclosing(self._own_part(visit, service, person)) as parts:
                    async for part in parts:
                        yield part
            except grpc.RpcError as error:
                if knows_nobody(service, error):
                    continue
                meaning = meaning_of(service, error)
                # A service sends a few files at a time, so one more has to wait.
                raise (ServiceAway(service) if isinstance(meaning, TooMany) else meaning) or error from None

    async def _own_part(self, visit: Visit, service: str, person: str) -> AsyncGenerator[Kept | End, None]:
        visit.calls += 1
        request = own_file_pb2.ExportMyFileRequest(name=f"{person}/file")
        bearer = ("authorization", f"Bearer {self._token_of(visit.signed_in)}")
        call = self._own_files[service].ExportMyFile(request, metadata=(bearer,), timeout=EXPORT_SECONDS)
        number = 0
        try:
            async for part in call:
                found = kept_or_end(service, part, number)
                yield found
                if isinstance(found, End):
                    return
                number += 1
            raise broke_off(service)
        finally:
            call.cancel()  # somebody who stops reading gives the place of their file back
