"""What pages ask about people: what they are called, and where they stand."""

from collections.abc import Mapping, Sequence
from typing import Any

from psmf.evidence.v1 import (
    directory_pb2,
    directory_pb2_grpc,
    personal_file_pb2,
    personal_file_pb2_grpc,
    safeguarder_pb2,
    safeguarder_pb2_grpc,
)

from services.console.calls.caller import Caller, TokenOf
from services.console.requests import Visit
from services.platform.calls.pages import MOST_AT_ONCE


class PeopleCalls(Caller):
    """Calls about Safeguarders and staff."""

    def __init__(self, addresses: Mapping[str, str], token_of: TokenOf) -> None:
        super().__init__(addresses, token_of)
        self._safeguarders: Any = safeguarder_pb2_grpc.SafeguarderServiceStub(self._channels["evidence"])
        self._directory: Any = directory_pb2_grpc.DirectoryServiceStub(self._channels["evidence"])
        self._personal_file: Any = personal_file_pb2_grpc.PersonalFileServiceStub(self._channels["evidence"])

    async def names_of(self, visit: Visit, names: Sequence[str]) -> dict[str, str]:
        """Return what the register calls people, by the names of their records. The first hundred are named."""
        if not names:
            return {}
        request = safeguarder_pb2.BatchGetSafeguardersRequest(names=names[:MOST_AT_ONCE])
        answer = await self._ask(visit, "evidence", self._safeguarders.BatchGetSafeguarders, request)
        return {one.name: one.display_name for one in answer.safeguarders}

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
