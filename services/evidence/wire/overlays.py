"""Overlays as people record and read them, and their event."""

from psmf.evidence.v1 import events_pb2
from psmf.evidence.v1 import overlays_pb2 as pb

from services.evidence.domain.overlays.leave import AskedLeave
from services.evidence.domain.overlays.overlay import (
    Leave,
    LeaveKind,
    LiftReason,
    Overlay,
    OverlayState,
    Policy,
    Reason,
    Suspension,
    WithoutRecommendation,
)
from services.evidence.domain.overlays.suspension import Asked, DecidedOn, Lifting, Look
from services.evidence.wire.session_records import words as kept_words
from services.platform.calls.wire import (
    from_date,
    from_word,
    name_parts,
    to_date,
    to_instant,
    to_member,
    to_text,
    to_word,
)

_LONGEST_NAME = 64


def asked(request: pb.SuspendSafeguarderRequest, year: int) -> Asked:
    """Return a suspension as somebody records it. Refuse INVALID for an unknown word or a bad day."""
    return Asked(
        to_member(Reason, pb.Overlay.Reason, request.reason, "reason"),
        to_text(request.policy, "policy", _LONGEST_NAME),
        from_date(request, "notice_date"),
        from_date(request, "start_date"),
        from_date(request, "review_date"),
        _decided_on(request.decided_on, year),
    )


def look(request: pb.ReviewSuspensionRequest, year: int) -> Look:
    """Return a look at a suspension. Refuse INVALID for an unknown word, a bad day, or a text that names a child."""
    days = (from_date(request, "reviewed_date"), from_date(request, "review_date"))
    return Look(*days, _decided_on(request.decided_on, year))


def lifting(request: pb.LiftSuspensionRequest, year: int) -> Lifting:
    """Return the end of a suspension. Refuse INVALID for an unknown word, a bad day, or a text that names a child."""
    reason = to_member(LiftReason, pb.Overlay.LiftReason, request.reason, "reason")
    return Lifting(from_date(request, "lift_date"), reason, _decided_on(request.decided_on, year))


def _decided_on(message: pb.SuspensionDecidedOn, year: int) -> DecidedOn:
    """Return what a suspension follows. Empty if nothing is said."""
    named, within = message.recommendation, "decided_on"
    parts = name_parts(named, "safeguarders", "recommendations", field=f"{within}.recommendation") if named else ("",)
    without = to_word(pb.Overlay.WithoutRecommendation, message.without, f"{within}.without")
    return DecidedOn(
        parts[-1],
        to_text(message.pack_hash, f"{within}.pack_hash", _LONGEST_NAME),
        WithoutRecommendation(without) if without else None,
        kept_words(message.reasons, f"{within}.reasons", year),
    )


def asked_leave(request: pb.RequestLeaveRequest, *, by_the_person: bool) -> AskedLeave:
    """Return a leave as somebody asks for it. Refuse INVALID for an unknown word or a bad day."""
    starts_on = from_date(request, "start_date")
    assert starts_on is not None  # noqa: S101  REQUIRED, enforced by the gate
    kind = to_member(LeaveKind, pb.Overlay.LeaveKind, request.kind, "kind")
    return AskedLeave(kind, starts_on, from_date(request, "end_date"), request.read_back, by_the_person)


def agrees(request: pb.AgreeLeaveRequest) -> bool:
    """Return whether a leave is agreed to. Refuse INVALID for an unknown word."""
    return to_word(pb.AgreeLeaveRequest.Answer, request.answer, "answer") == "agreed"


def overlay_message(overlay: Overlay) -> pb.Overlay:
    """Return the message of an overlay, for people who may read it."""
    words = pb.Overlay
    message = pb.Overlay(
        name=overlay.name,
        kind=from_word(words.Kind, overlay.kind),
        state=from_word(words.State, overlay.state),
        start_date=to_date(overlay.starts_on),
        end_date=to_date(overlay.ends_on if overlay.happened else None),
        reported=overlay.reported,
        effects=[from_word(words.Effect, effect) for effect in overlay.effects],
        record_time=to_instant(overlay.recorded_at),
        recorded_by=overlay.recorded_by,
        etag=overlay.etag,
    )
    if overlay.suspension:
        message.MergeFrom(_of_suspension(overlay.suspension, in_force=overlay.is_open))
        message.MergeFrom(_followed(overlay.safeguarder_id, overlay.suspension))
    if overlay.leave:
        message.MergeFrom(_of_leave(overlay.leave, awaited=overlay.state is OverlayState.ASKED))
    return message


def policy_message(policy: Policy) -> pb.SuspensionPolicy:
    """Return the message of a policy that a suspension can rest on."""
    return pb.SuspensionPolicy(
        name=policy.name,
        reasons=[from_word(pb.Overlay.Reason, reason) for reason in policy.reasons],
        decided_by=from_word(pb.SuspensionPolicy.DecidedBy, policy.decided_by),
    )


def _of_suspension(suspension: Suspension, *, in_force: bool) -> pb.Overlay:
    words = pb.Overlay
    return pb.Overlay(
        reason=from_word(words.Reason, suspension.reason),
        policy=suspension.policy,
        notice_date=to_date(suspension.notice_on),
        review_date=to_date(suspension.review_on if in_force else None),
        reviewed_dates=[to_date(day) for day in suspension.reviewed_on],
        lift_date=to_date(suspension.lifted_on),
        lift_reason=from_word(words.LiftReason, suspension.lift_reason),
    )


def _followed(person: str, suspension: Suspension) -> pb.Overlay:
    """Return the recommendations that a suspension followed, or why it followed none."""
    began, ended = suspension.follows, suspension.lift_follows
    recommendations = f"safeguarders/{person}/recommendations"
    return pb.Overlay(
        recommendation=f"{recommendations}/{began.recommendation_id}" if began else "",
        pack_hash=began.pack_hash if began else "",
        without_recommendation=from_word(pb.Overlay.WithoutRecommendation, suspension.without),
        lift_recommendation=f"{recommendations}/{ended.recommendation_id}" if ended else "",
        lift_pack_hash=ended.pack_hash if ended else "",
    )


def _of_leave(leave: Leave, *, awaited: bool) -> pb.Overlay:
    return pb.Overlay(
        leave_kind=from_word(pb.Overlay.LeaveKind, leave.kind),
        read_back=leave.read_back,
        answer_due_date=to_date(leave.answer_due_on if awaited else None),
        answered_by=leave.answered_by,
        because=leave.because,
    )


def overlay_event(overlay: Overlay) -> events_pb2.OverlayChanged:
    """Return the event of an overlay: ids, dates, and words of closed lists. It does not say what it is for."""
    words, suspension, leave = pb.Overlay, overlay.suspension, overlay.leave
    reviewed_on = suspension.reviewed_on if suspension else ()
    awaited = leave.answer_due_on if leave and overlay.state is OverlayState.ASKED else None
    return events_pb2.OverlayChanged(
        safeguarder_id=overlay.safeguarder_id,
        overlay_id=overlay.overlay_id,
        version=overlay.version,
        kind=from_word(words.Kind, overlay.kind),
        state=from_word(words.State, overlay.state),
        effects=[from_word(words.Effect, effect) for effect in overlay.effects],
        start_date=to_date(overlay.starts_on),
        review_date=to_date(suspension.review_on if suspension and overlay.is_open else None),
        reviewed_date=to_date(reviewed_on[-1] if reviewed_on else None),
        create_time=to_instant(overlay.created_at),
        change_time=to_instant(overlay.recorded_at),
        answer_due_date=to_date(awaited),
    )
