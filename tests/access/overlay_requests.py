"""A request for every method of OverlayService, to try as every caller."""

from typing import Any

from psmf.evidence.v1 import overlays_pb2

from services.platform.calls.wire import to_date
from tests.builders import days_ago

OVERLAYS = "/psmf.evidence.v1.OverlayService/"


def overlay_requests(parent: str) -> dict[str, Any]:
    """Return a request for every method of OverlayService."""
    kinds, one = overlays_pb2.Overlay, f"{parent}/overlays/none"
    return {
        OVERLAYS + "SuspendSafeguarder": overlays_pb2.SuspendSafeguarderRequest(
            parent=parent, reason=kinds.REASON_CONDUCT
        ),
        OVERLAYS + "ReviewSuspension": overlays_pb2.ReviewSuspensionRequest(name=one),
        OVERLAYS + "LiftSuspension": overlays_pb2.LiftSuspensionRequest(name=one, reason=kinds.LIFT_REASON_NOT_UPHELD),
        OVERLAYS + "RequestLeave": overlays_pb2.RequestLeaveRequest(
            parent=parent, kind=kinds.LEAVE_KIND_OTHER, start_date=to_date(days_ago(1))
        ),
        OVERLAYS + "AgreeLeave": overlays_pb2.AgreeLeaveRequest(
            name=one, answer=overlays_pb2.AgreeLeaveRequest.ANSWER_AGREED
        ),
        OVERLAYS + "EndLeave": overlays_pb2.EndLeaveRequest(name=one, not_taken=True),
        OVERLAYS + "ListOverlays": overlays_pb2.ListOverlaysRequest(parent=parent),
    }
