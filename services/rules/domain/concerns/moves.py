"""What each move does to a concern (D5). When a move is allowed: see `transitions.py`.

Every move is pure and returns the changed concern. A move that a guard blocks raises Refusal PRECONDITION, with the
guard and the moves that are allowed instead. A date or word that does not fit raises Refusal INVALID.
"""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, datetime, timedelta

from services.calendar_days import WorkingCalendar, first_working_day_from
from services.refusals import invalid, precondition
from services.rules.domain.closed_lists import (
    HoldReason,
    InvitationAnswer,
    Lane,
    Polarity,
    State,
)
from services.rules.domain.concerns.concern import Concern, Reason, kind_of
from services.rules.domain.concerns.guards import Guard, MoveContext
from services.rules.domain.concerns.history import Move
from services.rules.domain.concerns.progress import (
    Hold,
    Progress,
    by_the_record,
    with_hold,
)
from services.rules.domain.concerns.transitions import blocking_guard, refusal

MAY_WAIT = (Lane.SUPPORT_NEED, Lane.ESCALATION, Lane.REAPPOINTMENT_RISK)
"""Lanes that wait for a Practice Note. Safety, praise and the Team's own duties do not."""
LONGEST_DAYS, LONGEST_DAYS_OF_SAFETY = 90, 14
"""Ours, as for a snooze of its alert: how far off an owner may set the next date."""
DISMISSING_REASONS = (Reason.EXPLAINED, Reason.RULE_NOT_FITTING)
CLOSING_REASONS = tuple(reason for reason in Reason if reason not in (*DISMISSING_REASONS, Reason.REVIEW_UPHELD))
"""The reasons that a person may give. A review that is upheld closes a concern by itself."""


def acknowledge(concern: Concern, owner: str, next_on: date, context: MoveContext) -> Concern:
    """Take the concern on, with an owner and a next date (X13). Only a new concern changes state by it.

    A date on which the office is closed becomes the next day on which it is open: nobody would look before.
    """
    _check(concern, Move.ACKNOWLEDGE, context)
    today = context.today
    if next_on < today:
        raise invalid("NEXT_DATE_PASSED", "next_date must be today or later.", "next_date", today=today.isoformat())
    return _taken_on(replace(concern, quiet=False), owner, next_on)


def take_on(concern: Concern, owner: str, next_on: date, context: MoveContext) -> Concern:
    """Take the concern on at a person's command, with a next date that is not too far off.

    What was taken on in the inbox has its limit there, and is followed whatever its date.
    """
    taken = acknowledge(concern, owner, next_on, context)
    days = LONGEST_DAYS_OF_SAFETY if concern.answer.lane is Lane.SAFETY else LONGEST_DAYS
    latest_on = context.today + timedelta(days=days)
    if next_on > latest_on:
        message = f"next_date must be at most {days} days from today."
        raise invalid("NEXT_DATE_TOO_FAR", message, "next_date", latest=latest_on.isoformat())
    return taken


def snooze(concern: Concern, owner: str, next_on: date, context: MoveContext) -> Concern:
    """Put the concern off until a day, as somebody has done on its alert (X14).

    It has an owner and a next date from then on, on a day of the office as in `acknowledge`. A quiet one stays quiet,
    because nobody has confirmed it.
    """
    _check(concern, Move.SNOOZE, context)
    return _taken_on(concern, owner, next_on)


def hand_over(concern: Concern, owner: str, context: MoveContext) -> Concern:
    """Give the concern to the person who supports the Safeguarder now (X15). The next date stays."""
    _check(concern, Move.HAND_OVER, context)
    return _moved(replace(concern, owner=owner), concern.state)


def dismiss(concern: Concern, reason: Reason, context: MoveContext, now: datetime) -> Concern:
    """End the concern, because a person found nothing in it."""
    _check(concern, Move.DISMISS, context)
    _check_reason(reason, DISMISSING_REASONS)
    return _moved(replace(concern, reason=reason, ended_at=now), State.DISMISSED)


def close(concern: Concern, reason: Reason, context: MoveContext, now: datetime) -> Concern:
    """End the concern. Once support has started, the Safeguarder's view must be on record."""
    _check(concern, Move.CLOSE, context)
    _check_reason(reason, CLOSING_REASONS)
    if reason is Reason.GAP_FILLED and concern.answer.lane is not Lane.DATA_GAP:
        raise refusal(concern, Guard.LANE, context)
    if reason is Reason.NO_LONGER_APPLIES and not concern.closing_proposed:
        raise precondition(
            "RULE_STILL_SPEAKS", "The rule still raises this concern. Give another reason, or wait.", "reason"
        )
    if reason is Reason.DECIDED and concern.state is not State.RECOMMENDATION:
        raise refusal(concern, Guard.STATE, context)
    return _moved(replace(concern, reason=reason, ended_at=now), State.CLOSED)


def open_review(concern: Concern, context: MoveContext) -> Concern:
    """Open a review of actions when the time of the action has passed. It is a review, not a penalty (R81)."""
    _check(concern, Move.OPEN_REVIEW, context)
    return _moved(concern, State.ACTION_REVIEW)


def escalate(concern: Concern, context: MoveContext) -> Concern:
    """Take the concern to the Team, as a senior manager."""
    _check(concern, Move.ESCALATE, context)
    progress = replace(concern.progress, escalated_by=context.by, escalated_on=context.today)
    return _moved(concern, State.ESCALATED, progress)


def hold(concern: Concern, reason: HoldReason, context: MoveContext, note: str = "") -> Concern:
    """Put the concern on hold for a reason. Reasons add up (D15.5).

    `note`: id of the Practice Note being drafted, if that is what puts it on hold.
    """
    _check(concern, Move.HOLD, context)
    held = concern.progress.hold or Hold((), concern.state, context.today)
    if reason in held.reasons:
        raise invalid("HELD_FOR_THAT", "The concern is already on hold for this reason.", "reason")
    held = replace(held, reasons=(*held.reasons, reason), note=note or held.note)
    return _moved(concern, State.HELD, with_hold(concern.progress, held, context.today))


def release(concern: Concern, reason: HoldReason, context: MoveContext, note: str = "") -> Concern:
    """Settle one reason. After the last, the concern returns to its former state and its days on hold are added back.

    A hold for a Practice Note ends only when the note takes effect. The caller then names the `note`; a person cannot.
    A hold for a review or a suspension in the record ends only with that.
    """
    _check(concern, Move.RELEASE, context)
    held = concern.progress.hold
    assert held is not None  # noqa: S101  the state has one
    if reason is HoldReason.PRACTICE_UNCLEAR:
        if held.note != note:
            raise refusal(concern, Guard.NOTE_DRAFTED, context, field="reason")
        held = replace(held, note="")
    if reason is HoldReason.REVIEW_OPEN and held.reviews:
        raise refusal(concern, Guard.REVIEW_RUNS, context, field="reason")
    if reason is HoldReason.SUSPENDED and held.suspensions:
        raise refusal(concern, Guard.SUSPENSION_RUNS, context, field="reason")
    left = tuple(other for other in held.reasons if other is not reason)
    if len(left) == len(held.reasons):
        words = ", ".join(held.reasons)
        raise invalid("NOT_HELD_FOR_THAT", f"The concern is not on hold for this reason, but for: {words}.", "reason")
    if left:
        held = replace(held, reasons=left)
        return _moved(concern, State.HELD, with_hold(concern.progress, held, context.today))
    released = with_hold(replace(concern.progress, hold=held), None, context.today)
    return _moved(concern, held.stood, by_the_record(released))


def wait_for_note(concern: Concern, note: str, context: MoveContext) -> Iterator[tuple[Move, Concern]]:
    """Yield the moves that a Practice Note being drafted makes, each with the concern after it (B17).

    `note`: id of the note that the concern waits for; empty for none. The concern is on hold while the note is being
    drafted, and is released when it takes effect. A hold that a person made stays until a person ends it.
    """
    held = concern.progress.hold
    if held is not None and held.note and held.note != note:
        concern = release(concern, HoldReason.PRACTICE_UNCLEAR, context, held.note)
        yield Move.RELEASE, concern
        held = concern.progress.hold
    waits = note and concern.is_open and concern.answer.lane in MAY_WAIT and not concern.closing_proposed
    if waits and (held is None or HoldReason.PRACTICE_UNCLEAR not in held.reasons):
        yield Move.HOLD, hold(concern, HoldReason.PRACTICE_UNCLEAR, context, note)


def merge(concern: Concern, into: Concern, context: MoveContext, now: datetime) -> Concern:
    """Merge the concern into another one of its kind.

    So neither praise nor a duty of the Team ever becomes a concern about practice.
    """
    _check(concern, Move.MERGE, context)
    same = concern.safeguarder_id == into.safeguarder_id and concern.concern_id != into.concern_id
    if not (same and into.is_open and kind_of(concern.answer.lane) == kind_of(into.answer.lane)):
        raise refusal(concern, Guard.SAME_PERSON_AND_KIND, context)
    merged = replace(concern, ended_at=now)
    return _moved(merged, State.MERGED, replace(concern.progress, merged_into=into.concern_id))


def take_over(concern: Concern, merged: Concern) -> Concern:
    """Return a concern with the supports of the register that stand on one merged into it.

    What the Team owes, it still owes. Notice, action and review stay: they were not about these supports.
    """
    known = {support.support_id for support in concern.progress.supports}
    more = [one for one in merged.progress.supports if one.support_id and one.support_id not in known]
    if not more:
        return concern
    progress = replace(concern.progress, supports=(*concern.progress.supports, *more))
    if progress.hold is not None and progress.hold.stood is State.ACKNOWLEDGED:
        progress = replace(progress, hold=replace(progress.hold, stood=State.IN_SUPPORT))
    return _moved(concern, State.IN_SUPPORT if concern.state is State.ACKNOWLEDGED else concern.state, progress)


def reopen(concern: Concern, evidence_id: str, context: MoveContext) -> Concern:
    """Reopen the concern on new evidence. Its progress begins again, so support comes first again."""
    _check(concern, Move.REOPEN, context)
    if not _is_new_evidence(concern, evidence_id, context):
        raise refusal(concern, Guard.NEW_EVIDENCE, context, field="evidence")
    fresh = replace(concern, owner="", next_on=None, reason=None, ended_at=None, closing_proposed=False)
    return _moved(fresh, State.REOPENED, Progress(reopened_on=evidence_id, reopened_day=context.today))


def invite_to_share(concern: Concern, context: MoveContext) -> Concern:
    """Ask the Safeguarder to share good practice."""
    _check(concern, Move.INVITE_TO_SHARE, context)
    return _moved(concern, State.INVITED_TO_SHARE)


def answer_invitation(concern: Concern, answer: InvitationAnswer, context: MoveContext) -> Concern:
    """Record whether the Safeguarder shares it. Declining has no consequence."""
    _check(concern, Move.ANSWER_INVITATION, context)
    return _moved(concern, State.SHARED if answer is InvitationAnswer.SHARED else State.DECLINED)


def _check(concern: Concern, move: Move, context: MoveContext) -> None:
    guard = blocking_guard(concern, move, context)
    if guard is not None:
        raise refusal(concern, guard, context)


def _check_day(day: date, field: str, earliest: date, context: MoveContext) -> None:
    if not earliest <= day <= context.today:
        raise invalid(
            "DAY_OUT_OF_RANGE",
            f"{field} must be from {earliest.isoformat()} to today.",
            field,
            earliest=earliest.isoformat(),
            latest=context.today.isoformat(),
        )


def _check_reason(reason: Reason, allowed: tuple[Reason, ...]) -> None:
    if reason not in allowed:
        words = ", ".join(allowed)
        raise invalid("REASON_DOES_NOT_FIT", f"The reason must be one of: {words}.", "reason")


def _taken_on(concern: Concern, owner: str, next_on: date) -> Concern:
    owned = replace(concern, owner=owner, next_on=first_working_day_from(WorkingCalendar.OFFICE, next_on))
    if concern.state not in (State.RAISED, State.REOPENED):
        return _moved(owned, concern.state)
    # Support may have been offered before somebody took the concern on.
    return _moved(owned, State.IN_SUPPORT if owned.progress.supports else State.ACKNOWLEDGED)


def _moved(concern: Concern, state: State, progress: Progress | None = None) -> Concern:
    return replace(concern, state=state, progress=progress or concern.progress, version=concern.version + 1)


def _is_new_evidence(concern: Concern, evidence_id: str, context: MoveContext) -> bool:
    """Tell whether an item counts, is about the matter, and came after the concern was closed."""
    fact = next((fact for fact in context.evidence if fact.evidence_id == evidence_id), None)
    if fact is None or fact.is_derived or evidence_id in concern.rests_on:
        return False
    if not context.counts(fact, concern.answer.lane):
        return False
    ended_at = concern.ended_at
    if ended_at is not None and (fact.recorded_at <= ended_at or fact.received_on < ended_at.date()):
        return False
    way = Polarity.PRAISE if concern.answer.lane is Lane.EXCELLENCE else Polarity.CONCERN
    matter = {concern.answer.subject} if concern.answer.subject else set(concern.answer.standards)
    return any(part.polarity is way and matter & {part.standard, part.indicator} for part in fact.mappings)
