"""Conversion of what evidence says of overlays."""

from typing import Any

from psmf.evidence.v1 import overlays_pb2

from services.notifications.domain.overlays.news import Leave, OverlayStands, Suspension
from services.platform.calls.wire import from_date, known_member


def suspension(message: Any) -> Suspension | None:
    """Return a suspension without what it is for. None for another overlay."""
    words = overlays_pb2.Overlay
    if message.kind != words.KIND_SUSPENSION:
        return None
    return Suspension(
        message.safeguarder_id,
        message.overlay_id,
        message.version,
        known_member(OverlayStands, words.State, message.state) or OverlayStands.OTHERWISE,
        from_date(message, "review_date"),
    )


def leave(message: Any) -> Leave | None:
    """Return a leave without what it is for. None for another overlay."""
    words = overlays_pb2.Overlay
    if message.kind != words.KIND_LEAVE:
        return None
    return Leave(
        message.safeguarder_id,
        message.overlay_id,
        message.version,
        known_member(OverlayStands, words.State, message.state) or OverlayStands.OTHERWISE,
        from_date(message, "answer_due_date"),
    )
