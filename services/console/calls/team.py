"""What pages ask about the Team's work: who supports whom, who acts for somebody, and what is open."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from psmf.evidence.v1 import safeguarder_pb2
from psmf.notifications.v1 import notifications_pb2, notifications_pb2_grpc
from psmf.rules.v1 import rules_pb2
from psmf.scheduling.v1 import (
    cover_pb2,
    cover_pb2_grpc,
    scheduling_pb2,
    scheduling_pb2_grpc,
)

from services.console.calls.caller import EVERYBODY, Channels, TokenOf, fill
from services.console.calls.people import PeopleCalls
from services.console.calls.rules.matters import MatterCalls
from services.console.calls.sessions import SessionCalls, coming
from services.console.requests import Visit
from services.platform.calls.pages import LARGEST_SIZE

MOST_PAGES = 20
"""Pages of a list that are read for one page of ours: enough for ten thousand records."""


class TeamCalls(PeopleCalls, SessionCalls, MatterCalls):
    """Calls by which the Team and senior managers see to it that everybody is supported."""

    def __init__(self, channels: Channels, token_of: TokenOf) -> None:
        super().__init__(channels, token_of)
        scheduling = self._channels["scheduling"]
        self._cover: Any = cover_pb2_grpc.CoverServiceStub(scheduling)
        self._allocations: Any = scheduling_pb2_grpc.AllocationServiceStub(scheduling)
        self._alerts: Any = notifications_pb2_grpc.AlertServiceStub(self._channels["notifications"])

    async def whole_register(self, visit: Visit) -> list[Any]:
        """Return everybody in the register whom the reader may see, in order of name."""
        request = safeguarder_pb2.ListSafeguardersRequest(by_name=True, page_size=LARGEST_SIZE)
        return await self._every(visit, "evidence", self._safeguarders.ListSafeguarders, request, "safeguarders")

    async def delegations(self, visit: Visit) -> list[Any]:
        """Return who acts for a support manager, now or later."""
        request = cover_pb2.ListDelegationsRequest(parent=EVERYBODY, page_size=LARGEST_SIZE)
        return await self._every(visit, "scheduling", self._cover.ListDelegations, request, "delegations")

    async def sessions_between(self, visit: Visit, since: date, until: date) -> list[Any]:
        """Return every session to come between two days."""
        request = coming(since, until)
        return await self._every(visit, "scheduling", self._sessions.ListSupportSessions, request, "support_sessions")

    async def open_matters(self, visit: Visit) -> list[Any]:
        """Return every matter that is open, about anybody."""
        request = rules_pb2.ListConcernsRequest(parent=EVERYBODY, page_size=LARGEST_SIZE)
        return await self._every(visit, "rules", self._concerns.ListConcerns, request, "concerns")

    async def untold(self, visit: Visit) -> frozenset[str]:
        """Return the names of open matters of which nobody could be told."""
        request = notifications_pb2.ListAlertsRequest(parent=EVERYBODY, page_size=LARGEST_SIZE)
        alerts = await self._every(visit, "notifications", self._alerts.ListAlerts, request, "alerts")
        return frozenset(alert.concern for alert in alerts if not alert.recipient)

    async def allocate(self, visit: Visit, person: str, manager: str, reason: str, request_id: str) -> Any:
        """Give somebody another support manager."""
        request = scheduling_pb2.CreateAllocationRequest(
            parent=person, support_manager=manager, reason=reason, request_id=request_id
        )
        return await self._write(visit, "scheduling", self._allocations.CreateAllocation, request)

    async def delegate(self, visit: Visit, person: str, answer: Mapping[str, date | str], request_id: str) -> Any:
        """Let another support manager act for somebody's own one."""
        request = cover_pb2.CreateDelegationRequest(parent=person, request_id=request_id)
        for field, value in answer.items():
            fill(request, field, value)
        return await self._write(visit, "scheduling", self._cover.CreateDelegation, request)

    async def end_delegation(self, visit: Visit, name: str, request_id: str) -> Any:
        """End a delegation before its last day."""
        request = cover_pb2.EndDelegationRequest(name=name, request_id=request_id)
        return await self._write(visit, "scheduling", self._cover.EndDelegation, request)

    async def _every(self, visit: Visit, service: str, method: Any, request: Any, field: str) -> list[Any]:
        found: list[Any] = []
        for _ in range(MOST_PAGES):
            answer = await self._ask(visit, service, method, request)
            found += getattr(answer, field)
            if not answer.next_page_token:
                break
            request.page_token = answer.next_page_token
        return found
