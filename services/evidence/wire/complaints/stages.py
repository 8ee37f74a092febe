"""How far a complaint has come as protobuf: what people read, what they send, and what other services receive."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from psmf.evidence.v1 import complaint_stages_pb2 as pb

from services.evidence.domain.complaints.moving import Correction, Move
from services.evidence.domain.complaints.stages import Entry, ExtensionReason, Stages, Step, TimeLimit
from services.platform.calls.wire import from_date, from_word, to_date, to_instant, to_member

_STAGES = pb.ComplaintStages


def put_stages(target: pb.ComplaintStages, stages: Stages, limits: Iterable[TimeLimit]) -> None:
    """Write every step and every time limit of a complaint into an empty message."""
    target.SetInParent()
    for entry in stages.entries:
        _put_step(target.steps.add(), entry)
    put_limits(target.limits, limits)


def put_limits(target: Any, limits: Iterable[TimeLimit]) -> None:
    """Write time limits into an empty list."""
    for limit in limits:
        part = target.add(
            limit=from_word(_STAGES.Limit, limit.limit),
            start_date=to_date(limit.starts_on),
            due_date=to_date(limit.due_on),
            state=from_word(_STAGES.LimitState, limit.state),
        )
        if limit.met_on:
            part.met_date.CopyFrom(to_date(limit.met_on))


def asked_move(request: pb.MoveComplaintStageRequest, today: date) -> Move:
    """Return what somebody records of a complaint. Refuse INVALID for an unknown value."""
    reason, correction = request.extension_reason, request.correction
    return Move(
        to_member(Step, _STAGES.Step, request.step, "step"),
        from_date(request, "date") or today,
        from_date(request, "due_date"),
        to_member(ExtensionReason, _STAGES.ExtensionReason, reason, "extension_reason") if reason else None,
        to_member(Correction, _STAGES.Correction, correction, "correction") if correction else None,
    )


def _put_step(target: pb.ComplaintStages.Recorded, entry: Entry) -> None:
    target.step = from_word(_STAGES.Step, entry.step)
    target.date.CopyFrom(to_date(entry.on))
    target.recorded_by = entry.by
    target.record_time.CopyFrom(to_instant(entry.at))
    if entry.step is Step.EXTENDED and entry.due_on:
        target.due_date.CopyFrom(to_date(entry.due_on))
    if entry.reason:
        target.extension_reason = from_word(_STAGES.ExtensionReason, entry.reason)
    if entry.taken_out_at:
        target.taken_out_time.CopyFrom(to_instant(entry.taken_out_at))
        target.taken_out_by = entry.taken_out_by
