"""What pages ask about leave and suspensions."""

from typing import Any

from psmf.evidence.v1 import overlays_pb2, overlays_pb2_grpc

from services.console.calls.caller import Caller, Channels, TokenOf, fill
from services.console.forms.asked import Answers, RecordStep
from services.console.forms.away.follows import FOLLOWS, REASONS, WITHOUT
from services.console.requests import Visit


class AwayCalls(Caller):
    """Calls about leave and suspensions."""

    def __init__(self, channels: Channels, token_of: TokenOf) -> None:
        super().__init__(channels, token_of)
        self._overlays: Any = overlays_pb2_grpc.OverlayServiceStub(self._channels["evidence"])

    async def overlays_of(self, visit: Visit, person: str) -> Any:
        """Return somebody's leave and suspensions, the latest first."""
        request = overlays_pb2.ListOverlaysRequest(parent=person)
        return await self._ask(visit, "evidence", self._overlays.ListOverlays, request)

    async def change_overlay(self, visit: Visit, step: RecordStep, request: Any) -> Any:
        """Make a step on a leave or a suspension, or begin one.

        Raises:
            NotDone: the service refused it, and says why.
        """
        return await self._write(visit, "evidence", getattr(self._overlays, step.method), request)


def with_followed(request: Any, pack: Any, answers: Answers) -> Any:
    """Return the request of a step with the recommendation that it follows, or why there is none.

    `pack`: of the recommendation; None if none is named.
    """
    decided, without = request.decided_on, answers.text(WITHOUT)
    if pack is not None:
        decided.recommendation, decided.pack_hash = pack.recommendation.name, pack.hash
    if without not in ("", FOLLOWS):
        fill(decided, WITHOUT, without)
    decided.reasons = answers.text(REASONS)
    return request
