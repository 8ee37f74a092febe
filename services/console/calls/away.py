"""What pages ask about leave and suspensions."""

from collections.abc import Mapping
from typing import Any

from psmf.evidence.v1 import overlays_pb2, overlays_pb2_grpc

from services.console.calls.caller import Caller, TokenOf
from services.console.forms.asked import RecordStep
from services.console.requests import Visit


class AwayCalls(Caller):
    """Calls about leave and suspensions."""

    def __init__(self, addresses: Mapping[str, str], token_of: TokenOf) -> None:
        super().__init__(addresses, token_of)
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
