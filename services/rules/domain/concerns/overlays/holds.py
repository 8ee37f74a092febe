"""Holds that the record causes: an open review, or a suspension. Nobody types or releases them by hand."""

from dataclasses import replace
from datetime import date

from services.rules.domain.closed_lists import HoldReason, Lane, State
from services.rules.domain.concerns.concern import Concern
from services.rules.domain.concerns.progress import Hold, Progress, by_the_record, with_hold

WAITS = (Lane.SUPPORT_NEED, Lane.ESCALATION, Lane.REAPPOINTMENT_RISK)
"""Lanes that wait. A matter of safety waits for nothing, and neither do praise and the Team's own duties."""


def hold_for(concern: Concern, reason: HoldReason, causes: tuple[str, ...], since: date) -> Concern:
    """Return a concern on hold for what the record names, by id. `since`: the first day of the first of them."""
    hold = concern.progress.hold
    if hold is None:
        after = _with_causes(Hold((reason,), concern.state, since), reason, causes)
        progress = replace(concern.progress, hold=after)
    else:
        progress = _held_too(concern.progress, hold, reason, causes, since)
    return replace(concern, state=State.HELD, progress=progress, version=concern.version + 1)


def _held_too(progress: Progress, hold: Hold, reason: HoldReason, causes: tuple[str, ...], since: date) -> Progress:
    """Return the course of a concern that is on hold already, with what holds it as well.

    The days count from the first day of that, also before the hold or before it was heard.
    """
    reasons = tuple(dict.fromkeys((*hold.reasons, reason)))
    if hold.by_the_record:
        since = min(since, hold.since)
    counted_until = max(since, hold.since)
    after = with_hold(progress, _with_causes(replace(hold, reasons=reasons), reason, causes), counted_until)
    return replace(after, hold=after.hold and replace(after.hold, since=since))


def release_from(concern: Concern, reason: HoldReason, today: date) -> Concern:
    """Return a concern that the record holds for this reason no more. Other reasons still hold it."""
    hold = concern.progress.hold
    assert hold is not None  # noqa: S101  nothing of the record is on a concern without a hold
    left = tuple(other for other in hold.reasons if other is not reason)
    after = _with_causes(replace(hold, reasons=left), reason, ()) if left else None
    progress = with_hold(concern.progress, after, today)
    state, progress = (State.HELD, progress) if left else (hold.stood, by_the_record(progress))
    return replace(concern, state=state, progress=progress, version=concern.version + 1)


def _with_causes(hold: Hold, reason: HoldReason, causes: tuple[str, ...]) -> Hold:
    return replace(hold, reviews=causes) if reason is HoldReason.REVIEW_OPEN else replace(hold, suspensions=causes)
