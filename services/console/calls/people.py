"""What pages ask about people: what they are called, and where they stand."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from psmf.evidence.v1 import (
    directory_pb2,
    directory_pb2_grpc,
    personal_file_pb2,
    personal_file_pb2_grpc,
    safeguarder_pb2,
    safeguarder_pb2_grpc,
)

from services.console.calls.caller import Caller, Channels, TokenOf
from services.console.requests import Visit
from services.platform.calls.pages import MOST_AT_ONCE
from services.platform.calls.wire import from_instant, to_date


class PeopleCalls(Caller):
    """Calls about Safeguarders and staff."""

    def __init__(self, channels: Channels, token_of: TokenOf) -> None:
        super().__init__(channels, token_of)
        self._safeguarders: Any = safeguarder_pb2_grpc.SafeguarderServiceStub(self._channels["evidence"])
        self._directory: Any = directory_pb2_grpc.DirectoryServiceStub(self._channels["evidence"])
        self._personal_file: Any = personal_file_pb2_grpc.PersonalFileServiceStub(self._channels["evidence"])

    async def entry(self, visit: Visit, name: str) -> Any:
        """Return the entry of one person in the register, with who supports them."""
        request = safeguarder_pb2.GetSafeguarderRequest(name=name)
        entry = await self._ask(visit, "evidence", self._safeguarders.GetSafeguarder, request)
        if entry.HasField("open_until_time"):
            visit.open_until = from_instant(entry.open_until_time)
        return entry

    async def entries(self, visit: Visit, names: Sequence[str]) -> dict[str, Any]:
        """Return the entries of people in the register, by the names of their records. The first hundred are there."""
        if not names:
            return {}
        request = safeguarder_pb2.BatchGetSafeguardersRequest(names=names[:MOST_AT_ONCE])
        answer = await self._ask(visit, "evidence", self._safeguarders.BatchGetSafeguarders, request)
        return {one.name: one for one in answer.safeguarders}

    async def names_of(self, visit: Visit, names: Sequence[str]) -> dict[str, str]:
        """Return what the register calls people, by the names of their records. The first hundred are named."""
        return {name: entry.display_name for name, entry in (await self.entries(visit, names)).items()}

    async def register(self, visit: Visit, manager: str, ends_before: date | None, page: str) -> Any:
        """Return a page of the people whom the reader may see, in order of name, and how many there are."""
        request = safeguarder_pb2.ListSafeguardersRequest(
            support_manager=manager, term_ends_before_date=to_date(ends_before), by_name=True, page_token=page
        )
        return await self._ask(visit, "evidence", self._safeguarders.ListSafeguarders, request)

    async def found(self, visit: Visit, text: str) -> Any:
        """Return whom a name or a number means, the surest first."""
        request = safeguarder_pb2.SearchSafeguardersRequest(query=text)
        return await self._ask(visit, "evidence", self._safeguarders.SearchSafeguarders, request)

    async def support_managers(self, visit: Visit) -> Any:
        """Return every support manager, in order of name."""
        request = directory_pb2.ListColleaguesRequest(role="support_manager")
        return await self._ask(visit, "evidence", self._directory.ListColleagues, request)

    async def called(self, visit: Visit, people: Sequence[str]) -> dict[str, str]:
        """Return what people are called, by their opaque ids."""
        if not people:
            return {}
        request = directory_pb2.BatchGetPeopleRequest(people=people[:MOST_AT_ONCE])
        answer = await self._ask(visit, "evidence", self._directory.BatchGetPeople, request)
        return {one.person: one.display_name for one in answer.people}

    async def standing(self, visit: Visit, person: str) -> Any:
        """Return where somebody's practice stands, and what is due from whom."""
        request = personal_file_pb2.GetMyStandingRequest(name=f"{person}/standing")
        return await self._ask(visit, "evidence", self._personal_file.GetMyStanding, request)
