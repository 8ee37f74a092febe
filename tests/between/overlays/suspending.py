"""Suspend a Safeguarder, look at it again and lift it, as people do."""

from datetime import date, timedelta
from typing import Any

from psmf.evidence.v1 import overlays_pb2 as pb

from services.platform.calls.wire import to_date
from tests.between.together import Together
from tests.builders import a_request_id

RECORDER = "recorder"
SAFEGUARDER = "safeguarders/sg-one"
URGENT = pb.SuspensionDecidedOn(without=pb.Overlay.WITHOUT_RECOMMENDATION_URGENT)
NOT_READY = pb.SuspensionDecidedOn(without=pb.Overlay.WITHOUT_RECOMMENDATION_NOT_READY)


class Suspending:
    """One Safeguarder who can be suspended."""

    def __init__(self, running: Together, person: str = "sg-one") -> None:
        self.running, self.parent = running, f"safeguarders/{person}"

    def suspend(self, since: date | None = None, **changes: Any) -> pb.Overlay:
        """Suspend them from today, or from an earlier day."""
        first = since or self.running.today
        fields: dict[str, Any] = {
            "reason": pb.Overlay.REASON_CONDUCT,
            "policy": "conduct-and-performance",
            "notice_date": to_date(first - timedelta(days=1)),
            "start_date": to_date(first),
            "review_date": to_date(first + timedelta(days=28)),
            "decided_on": URGENT,
        }
        request = pb.SuspendSafeguarderRequest(parent=self.parent, request_id=a_request_id(), **fields | changes)
        return self._call("SuspendSafeguarder", request)

    def review(self, name: str, decided_on: pb.SuspensionDecidedOn | None = None) -> pb.Overlay:
        """Look at it today. It goes on for four weeks."""
        next_date = to_date(self.running.today + timedelta(days=28))
        request = pb.ReviewSuspensionRequest(name=name, review_date=next_date, request_id=a_request_id())
        request.decided_on.CopyFrom(decided_on or NOT_READY)
        return self._call("ReviewSuspension", request)

    def lift(
        self, name: str, on: date | None = None, reason: Any = pb.Overlay.LIFT_REASON_NOT_UPHELD, **said: Any
    ) -> pb.Overlay:
        """Lift it from today, or from an earlier day."""
        request = pb.LiftSuspensionRequest(name=name, reason=reason, request_id=a_request_id(), **said)
        if on:
            request.lift_date.CopyFrom(to_date(on))
        return self._call("LiftSuspension", request)

    def listed(self, person: str = "panel-team") -> list[pb.Overlay]:
        request = pb.ListOverlaysRequest(parent=self.parent)
        return list(self.running.overlays.ListOverlays(request, **self.running.as_(person)).overlays)

    def _call(self, method: str, request: Any) -> pb.Overlay:
        answer: pb.Overlay = getattr(self.running.overlays, method)(request, **self.running.as_(RECORDER))
        self.running.settle()
        return answer
