"""A request for every method of OverlayService, to try as every caller."""

from typing import Any

from psmf.evidence.v1 import overlays_pb2

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
        OVERLAYS + "ListOverlays": overlays_pb2.ListOverlaysRequest(parent=parent),
    }
