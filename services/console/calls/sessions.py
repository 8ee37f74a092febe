"""What pages ask about sessions, their records and the year."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from psmf.evidence.v1 import session_records_pb2, session_records_pb2_grpc
from psmf.scheduling.v1 import scheduling_pb2, scheduling_pb2_grpc

from services.console.calls.caller import EVERYBODY, Caller, TokenOf
from services.console.requests import Visit
from services.platform.calls.pages import LARGEST_SIZE
from services.platform.calls.wire import to_date


class SessionCalls(Caller):
    """Calls about sessions: when they are, what is owed, and what was said."""

    def __init__(self, addresses: Mapping[str, str], token_of: TokenOf) -> None:
        super().__init__(addresses, token_of)
        self._sessions: Any = scheduling_pb2_grpc.SupportSessionServiceStub(self._channels["scheduling"])
        self._obligations: Any = scheduling_pb2_grpc.ObligationServiceStub(self._channels["scheduling"])
        self._records: Any = session_records_pb2_grpc.SessionRecordServiceStub(self._channels["evidence"])

    async def sessions(self, visit: Visit, since: date, until: date) -> Any:
        """Return the sessions to come that the reader may see, earliest first."""
        request = scheduling_pb2.ListSupportSessionsRequest(
            parent=EVERYBODY,
            upcoming_only=True,
            page_size=LARGEST_SIZE,
            from_date=to_date(since),
            until_date=to_date(until),
        )
        return await self._ask(visit, "scheduling", self._sessions.ListSupportSessions, request)

    async def sessions_of(self, visit: Visit, person: str, *, upcoming: bool = False) -> Any:
        """Return somebody's sessions, earliest first. `upcoming`: only those that are proposed or confirmed."""
        request = scheduling_pb2.ListSupportSessionsRequest(
            parent=person, upcoming_only=upcoming, page_size=LARGEST_SIZE
        )
        none = scheduling_pb2.ListSupportSessionsResponse()
        return await self._ask(visit, "scheduling", self._sessions.ListSupportSessions, request, none)

    async def year_of(self, visit: Visit, person: str) -> Any:
        """Return the sessions and trainings that are owed in somebody's year."""
        request = scheduling_pb2.ListObligationsRequest(parent=person)
        none = scheduling_pb2.ListObligationsResponse()
        return await self._ask(visit, "scheduling", self._obligations.ListObligations, request, none)

    async def records_of(self, visit: Visit, person: str) -> Any:
        """Return the records of somebody's sessions, the latest first."""
        request = session_records_pb2.ListSessionRecordsRequest(parent=person)
        return await self._ask(visit, "evidence", self._records.ListSessionRecords, request)
