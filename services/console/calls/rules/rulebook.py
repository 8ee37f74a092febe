"""What pages ask about the rulebook and the Practice Standards."""

from collections.abc import Awaitable, Callable
from datetime import date, datetime, timedelta
from typing import Any

from psmf.rules.v1 import revisions_pb2, revisions_pb2_grpc, rules_pb2, rules_pb2_grpc

from services.console.calls.caller import Caller, Channels, TokenOf
from services.console.requests import Visit
from services.platform.calls.wire import to_date

KEPT_FOR = timedelta(minutes=1)
"""How long is kept what is the same for everybody. Another edition is in force from the beginning of a day."""


class RulebookCalls(Caller):
    """Calls about the rulebook. Nothing of it is personal."""

    def __init__(self, channels: Channels, token_of: TokenOf) -> None:
        super().__init__(channels, token_of)
        self._rulebook: Any = rules_pb2_grpc.RulebookServiceStub(self._channels["rules"])
        self._standards: Any = rules_pb2_grpc.StandardsServiceStub(self._channels["rules"])
        self._kept: dict[str, tuple[datetime, Any]] = {}
        """What was answered, by what was asked for, and when."""
        self._revisions: Any = revisions_pb2_grpc.RulebookRevisionServiceStub(self._channels["rules"])

    async def rules(self, visit: Visit, on: date | None = None, *, full: bool = False) -> Any:
        """Return every rule in force on a day, which is today where none is given.

        `full`: with its examples, and how often it spoke in the twelve months before.
        """
        request = rules_pb2.ListRulesRequest(as_of_date=to_date(on), full=full)
        return await self._ask(visit, "rules", self._rulebook.ListRules, request)

    async def rules_lately(self, visit: Visit) -> Any:
        """Return the rules in force, for their titles. They are the same for everybody, and are kept for a minute."""
        return await self._lately(visit, "rules", self.rules)

    async def standards(self, visit: Visit) -> Any:
        """Return the editions of the Practice Standards. They are the same for everybody, and are kept for a minute."""
        return await self._lately(visit, "standards", self._editions)

    async def _editions(self, visit: Visit) -> Any:
        request = rules_pb2.ListStandardsEditionsRequest()
        return await self._ask(visit, "rules", self._standards.ListStandardsEditions, request)

    async def _lately(self, visit: Visit, what: str, ask: Callable[[Visit], Awaitable[Any]]) -> Any:
        kept = self._kept.get(what)
        if kept is None or visit.now - kept[0] >= KEPT_FOR:
            kept = self._kept[what] = visit.now, await ask(visit)
        return kept[1]

    async def practice_notes(self, visit: Visit, on: date | None = None) -> Any:
        """Return the Practice Notes as they stand on a day, which is today where none is given."""
        request = rules_pb2.ListPracticeNotesRequest(as_of_date=to_date(on))
        return await self._ask(visit, "rules", self._standards.ListPracticeNotes, request)

    async def rulebook_plan(self, visit: Visit) -> Any:
        """Return what the dates in the rulebook change after today."""
        request = revisions_pb2.GetRulebookPlanRequest()
        return await self._ask(visit, "rules", self._revisions.GetRulebookPlan, request)
