"""Overlays as people record and read them, and their event."""

from psmf.evidence.v1 import events_pb2
from psmf.evidence.v1 import overlays_pb2 as pb

from services.evidence.domain.overlays.overlay import LiftReason, Overlay, Reason
from services.evidence.domain.overlays.suspension import Asked
from services.platform.calls.wire import from_date, from_word, to_date, to_instant, to_member, to_text

_LONGEST_NAME = 64


def asked(request: pb.SuspendSafeguarderRequest) -> Asked:
    """Return a suspension as somebody records it. Refuse INVALID for an unknown word or a bad day."""
    return Asked(
        to_member(Reason, pb.Overlay.Reason, request.reason, "reason"),
        to_text(request.policy, "policy", _LONGEST_NAME),
        from_date(request, "notice_date"),
        from_date(request, "start_date"),
        from_date(request, "review_date"),
    )


def lift_reason(request: pb.LiftSuspensionRequest) -> LiftReason:
    """Return why a suspension is lifted. Refuse INVALID for an unknown word."""
    return to_member(LiftReason, pb.Overlay.LiftReason, request.reason, "reason")


def overlay_message(overlay: Overlay) -> pb.Overlay:
    """Return the message of an overlay, for people who may read it."""
    suspension, words = overlay.suspension, pb.Overlay
    return pb.Overlay(
        name=overlay.name,
        kind=from_word(words.Kind, overlay.kind),
        state=from_word(words.State, overlay.state),
        reason=from_word(words.Reason, suspension.reason),
        policy=suspension.policy,
        start_date=to_date(overlay.starts_on),
        end_date=to_date(overlay.ends_on if overlay.happened else None),
        notice_date=to_date(suspension.notice_on),
        review_date=to_date(suspension.review_on if overlay.is_open else None),
        reviewed_dates=[to_date(day) for day in suspension.reviewed_on],
        reported=overlay.reported,
        lift_date=to_date(suspension.lifted_on),
        lift_reason=from_word(words.LiftReason, suspension.lift_reason),
        effects=[from_word(words.Effect, effect) for effect in overlay.effects],
        record_time=to_instant(overlay.recorded_at),
        recorded_by=overlay.recorded_by,
    )


def overlay_event(overlay: Overlay) -> events_pb2.OverlayChanged:
    """Return the event of an overlay: ids, dates, and words of closed lists. It does not say what it is for."""
    words, reviewed_on = pb.Overlay, overlay.suspension.reviewed_on
    return events_pb2.OverlayChanged(
        safeguarder_id=overlay.safeguarder_id,
        overlay_id=overlay.overlay_id,
        version=overlay.version,
        kind=from_word(words.Kind, overlay.kind),
        state=from_word(words.State, overlay.state),
        effects=[from_word(words.Effect, effect) for effect in overlay.effects],
        start_date=to_date(overlay.starts_on),
        review_date=to_date(overlay.suspension.review_on if overlay.is_open else None),
        reviewed_date=to_date(reviewed_on[-1] if reviewed_on else None),
        create_time=to_instant(overlay.created_at),
        change_time=to_instant(overlay.recorded_at),
    )
