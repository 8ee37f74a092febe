"""What each move does to a concern (requirements D5). Which may be made when is in concern_steps.py.

All of it is pure. A move that a guard forbids raises Refusal PRECONDITION with the guard and what is allowed instead;
a date or word that does not fit raises Refusal INVALID.
"""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date, datetime, timedelta

from services.refusals import invalid, precondition
from services.rules.domain.closed_lists import (
    HoldReason,
    InvitationAnswer,
    Lane,
    Polarity,
    RecommendationKind,
    RequiredAction,
    ReviewOutcome,
    State,
    SupportAnswer,
    SupportKind,
    SupportsStanding,
    View,
)
from services.rules.domain.concerns.concern import Concern, Reason, kind_of
from services.rules.domain.concerns.guards import Guard, MoveContext
from services.rules.domain.concerns.history import Move
from services.rules.domain.concerns.progress import (
    Action,
    ActionReview,
    Hold,
    Notice,
    Pause,
    Progress,
    Recommendation,
    Support,
    paused_days,
)
from services.rules.domain.concerns.transitions import in_the_way, refusal

MAY_WAIT = (Lane.SUPPORT_NEED, Lane.ESCALATION, Lane.REAPPOINTMENT_RISK)
"""Neither safety nor praise waits for a Practice Note, nor what the Team owes."""
LONGEST_ACTION_DAYS = 366
"""Ours: improvement is expected in a suitable time (R77), and a date beyond a year is a slip of the pen."""
REPLY_DAYS = 14
"""Ours, in calendar days: how long a Safeguarder may answer the pack of a recommendation."""


CLOSING_REASONS = tuple(reason for reason in Reason if reason not in (Reason.EXPLAINED, Reason.RULE_NOT_FITTING))
DISMISSING_REASONS = (Reason.EXPLAINED, Reason.RULE_NOT_FITTING)


def acknowledge(concern: Concern, owner: str, next_on: date, context: MoveContext) -> Concern:
    """Taken on by a named person with the next date (X13). Taken on later, it stays where it stands."""
    _check(concern, Move.ACKNOWLEDGE, context)
    today = context.today
    if next_on < today:
        raise invalid("NEXT_DATE_PASSED", "next_date must be today or later.", "next_date", today=today.isoformat())
    new = concern.state in (State.RAISED, State.REOPENED)
    return _to(
        replace(concern, owner=owner, next_on=next_on, quiet=False), State.ACKNOWLEDGED if new else concern.state
    )


def dismiss(concern: Concern, reason: Reason, context: MoveContext, now: datetime) -> Concern:
    """Found by a person to be nothing."""
    _check(concern, Move.DISMISS, context)
    _check_reason(reason, DISMISSING_REASONS)
    return _to(replace(concern, reason=reason, ended_at=now), State.DISMISSED)


def close(concern: Concern, reason: Reason, context: MoveContext, now: datetime) -> Concern:
    """Ended by a person, with the Safeguarder's view once support has started."""
    _check(concern, Move.CLOSE, context)
    _check_reason(reason, CLOSING_REASONS)
    if reason is Reason.NO_LONGER_APPLIES and not concern.closing_proposed:
        raise precondition("RULE_STILL_SPEAKS", "The rule still speaks. Give another reason, or wait.", "reason")
    if reason is Reason.DECIDED and concern.state is not State.RECOMMENDATION:
        raise refusal(concern, Guard.STATE, context)
    return _to(replace(concern, reason=reason, ended_at=now), State.CLOSED)


def start_support(concern: Concern, kinds: Sequence[SupportKind], discussed_on: date, context: MoveContext) -> Concern:
    """Discussed with the Safeguarder, and support offered.

    After a review of actions it leads back to support: the action and the notice are things of the past.
    """
    _check(concern, Move.START_SUPPORT, context)
    _check_day(discussed_on, "discussed_date", concern.raised_at.date(), context)
    course = concern.course
    if not kinds or len(set(kinds)) < len(kinds) or any(course.awaits_answer(kind) for kind in kinds):
        raise invalid("SUPPORT_NOT_NEW", "Name one support or more, none that already awaits an answer.", "supports")
    offered = tuple(Support(kind, discussed_on) for kind in kinds)
    course = replace(course, supports=(*course.supports, *offered))
    if concern.state is State.REQUIRED_ACTION:
        return _to(concern, State.REQUIRED_ACTION, course)
    return _to(concern, State.IN_SUPPORT, replace(course, notice=None, action=None, review=None))


def answer_support(
    concern: Concern, kind: SupportKind, answer: SupportAnswer, answered_on: date, context: MoveContext
) -> Concern:
    """The answer to a support: the Safeguarder's own, or recorded for them."""
    _check(concern, Move.ANSWER_SUPPORT, context)
    waiting = next((one for one in concern.course.supports if one.kind is kind and one.answer is None), None)
    if waiting is None:
        raise refusal(concern, Guard.SUPPORT_OFFERED, context)
    _check_day(answered_on, "answer_date", waiting.discussed_on, context)
    answered = replace(waiting, answer=answer, answered_on=answered_on)
    supports = tuple(answered if one is waiting else one for one in concern.course.supports)
    return _to(concern, concern.state, replace(concern.course, supports=supports))


def serve_notice(concern: Concern, document: str, served_on: date, context: MoveContext) -> Concern:
    """Notice that the approach changes, and what is expected (R79, R80). Served again, its time runs again."""
    _check(concern, Move.SERVE_NOTICE, context)
    _check_day(served_on, "serve_date", max(one.discussed_on for one in concern.course.supports), context)
    return _to(concern, concern.state, replace(concern.course, notice=Notice(document, served_on)))


def acknowledge_notice(concern: Concern, context: MoveContext) -> Concern:
    """The Safeguarder has the notice."""
    _check(concern, Move.ACKNOWLEDGE_NOTICE, context)
    notice = concern.course.notice
    assert notice is not None  # noqa: S101  the guard
    return _to(concern, concern.state, replace(concern.course, notice=replace(notice, acknowledged_on=context.today)))


def require_action(concern: Concern, what: RequiredAction, due_on: date, context: MoveContext) -> Concern:
    """An action, with a timescale that begins when notice has run."""
    _check(concern, Move.REQUIRE_ACTION, context)
    latest = context.today + timedelta(days=LONGEST_ACTION_DAYS)
    if not context.today < due_on <= latest:
        raise invalid(
            "DUE_DATE_OUT_OF_RANGE",
            "due_date must be after today and within a year.",
            "due_date",
            today=context.today.isoformat(),
            latest=latest.isoformat(),
        )
    course = replace(concern.course, action=Action(what, context.today, due_on), review=None)
    return _to(concern, State.REQUIRED_ACTION, course)


def open_review(concern: Concern, context: MoveContext) -> Concern:
    """The timescale has passed: a review of actions, not a penalty (R81)."""
    _check(concern, Move.OPEN_REVIEW, context)
    return _to(concern, State.ACTION_REVIEW)


def review_actions(
    concern: Concern, held_on: date, outcome: ReviewOutcome, supports: SupportsStanding, context: MoveContext
) -> Concern:
    """A review of actions that was held; before the time is out, where the action will not be met, or is already."""
    _check(concern, Move.REVIEW_ACTIONS, context)
    action = concern.course.action
    assert action is not None  # noqa: S101  both states have one
    _check_day(held_on, "review_date", action.required_on, context)
    return _to(concern, State.ACTION_REVIEW, replace(concern.course, review=ActionReview(held_on, outcome, supports)))


def escalate(concern: Concern, context: MoveContext) -> Concern:
    """Taken to the Team by a senior manager."""
    _check(concern, Move.ESCALATE, context)
    course = replace(concern.course, escalated_by=context.by, escalated_on=context.today)
    return _to(concern, State.ESCALATED, course)


def recommend(
    concern: Concern, kind: RecommendationKind, pack_hash: str, shared_on: date, context: MoveContext
) -> Concern:
    """The Team's recommendation, when the Safeguarder's time to reply to the pack has run out."""
    _check(concern, Move.RECOMMEND, context)
    escalated_on = concern.course.escalated_on
    assert escalated_on is not None  # noqa: S101  the state
    _check_day(shared_on, "share_date", escalated_on, context)
    days = REPLY_DAYS + paused_days(concern.course, shared_on)
    if context.today <= shared_on + timedelta(days=days):
        raise refusal(concern, Guard.REPLY_WINDOW, context)
    course = replace(concern.course, recommendation=Recommendation(kind, pack_hash, shared_on))
    return _to(concern, State.RECOMMENDATION, course)


def hold(concern: Concern, reason: HoldReason, context: MoveContext, note: str = "") -> Concern:
    """Nothing moves. Reasons add up: it is free when each is settled (D15.5). `note`: where rules hold it for one."""
    _check(concern, Move.HOLD, context)
    held = concern.course.hold or Hold((), concern.state, context.today)
    if reason in held.reasons:
        raise invalid("HELD_FOR_THAT", "The concern is held for that already.", "reason")
    held = replace(held, reasons=(*held.reasons, reason), note=note or held.note)
    return _to(concern, State.HELD, replace(concern.course, hold=held))


def release(concern: Concern, reason: HoldReason, context: MoveContext, note: str = "") -> Concern:
    """A reason is settled; after the last it stands where it stood, with the days it was held given back.

    What rules hold for a Practice Note nobody releases but they, who name the `note`.
    """
    _check(concern, Move.RELEASE, context)
    held = concern.course.hold
    assert held is not None  # noqa: S101  the state
    if reason is HoldReason.PRACTICE_UNCLEAR:
        if held.note != note:
            raise refusal(concern, Guard.NOTE_DRAFTED, context, field="reason")
        held = replace(held, note="")
    left = tuple(other for other in held.reasons if other is not reason)
    if len(left) == len(held.reasons):
        words = ", ".join(held.reasons)
        raise invalid("NOT_HELD_FOR_THAT", f"The concern is held for: {words}.", "reason")
    if left:
        return _to(concern, State.HELD, replace(concern.course, hold=replace(held, reasons=left)))
    action = concern.course.action
    if action is not None and held.stood is State.REQUIRED_ACTION:
        action = replace(action, due_on=action.due_on + (context.today - held.since))
    pauses = (*concern.course.pauses, Pause(held.since, context.today))
    return _to(concern, held.stood, replace(concern.course, hold=None, action=action, pauses=pauses))


def wait_for_note(concern: Concern, note: str, context: MoveContext) -> Iterator[tuple[Move, Concern]]:
    """What a Practice Note being drafted does: held while it is, where nothing else is left of it; then free (B17).

    `note`: the note it waits for; empty for none. Each move with the concern after it. A hold of people's stays theirs.
    """
    held = concern.course.hold
    if held is not None and held.note and held.note != note:
        concern = release(concern, HoldReason.PRACTICE_UNCLEAR, context, held.note)
        yield Move.RELEASE, concern
        held = concern.course.hold
    waits = note and concern.is_open and concern.answer.lane in MAY_WAIT and not concern.closing_proposed
    if waits and (held is None or HoldReason.PRACTICE_UNCLEAR not in held.reasons):
        yield Move.HOLD, hold(concern, HoldReason.PRACTICE_UNCLEAR, context, note)


def merge(concern: Concern, into: Concern, context: MoveContext, now: datetime) -> Concern:
    """It goes on as part of another. Neither praise nor the Team's own duty becomes a concern about practice."""
    _check(concern, Move.MERGE, context)
    same = concern.safeguarder_id == into.safeguarder_id and concern.concern_id != into.concern_id
    if not (same and into.is_open and kind_of(concern.answer.lane) == kind_of(into.answer.lane)):
        raise refusal(concern, Guard.SAME_PERSON_AND_KIND, context)
    merged = replace(concern, ended_at=now)
    return _to(merged, State.MERGED, replace(concern.course, merged_into=into.concern_id))


def reopen(concern: Concern, evidence_id: str, context: MoveContext) -> Concern:
    """Opened again on new evidence only. What was done before is history: support comes first again."""
    _check(concern, Move.REOPEN, context)
    if not _is_new_evidence(concern, evidence_id, context):
        raise refusal(concern, Guard.NEW_EVIDENCE, context, field="evidence")
    fresh = replace(concern, owner="", next_on=None, reason=None, ended_at=None, closing_proposed=False)
    return _to(fresh, State.REOPENED, Progress(reopened_on=evidence_id))


def record_view(concern: Concern, view: View, document: str, context: MoveContext) -> Concern:
    """The Safeguarder's view, their own or recorded for them; its words are elsewhere."""
    _check(concern, Move.RECORD_VIEW, context)
    if (view is View.GIVEN) is not bool(document):
        raise invalid("VIEW_DOCUMENT", "A view that was given names its document; none given names none.", "document")
    return _to(concern, concern.state, replace(concern.course, view=view, view_document=document))


def acknowledge_in_session(concern: Concern, session_on: date, context: MoveContext) -> Concern:
    """Praise, acknowledged at a session."""
    _check(concern, Move.ACKNOWLEDGE_IN_SESSION, context)
    _check_day(session_on, "session_date", concern.raised_at.date(), context)
    return _to(concern, State.ACKNOWLEDGED_IN_SESSION)


def invite_to_share(concern: Concern, context: MoveContext) -> Concern:
    """The Safeguarder is asked to share good practice."""
    _check(concern, Move.INVITE_TO_SHARE, context)
    return _to(concern, State.INVITED_TO_SHARE)


def answer_invitation(concern: Concern, answer: InvitationAnswer, context: MoveContext) -> Concern:
    """They share it, or not: it has no consequence."""
    _check(concern, Move.ANSWER_INVITATION, context)
    return _to(concern, State.SHARED if answer is InvitationAnswer.SHARED else State.DECLINED)


def _check(concern: Concern, move: Move, context: MoveContext) -> None:
    guard = in_the_way(concern, move, context)
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


def _to(concern: Concern, state: State, course: Progress | None = None) -> Concern:
    return replace(concern, state=state, course=course or concern.course, version=concern.version + 1)


def _is_new_evidence(concern: Concern, evidence_id: str, context: MoveContext) -> bool:
    """Whether an item counts, speaks of the matter, and came after the concern was closed."""
    fact = next((fact for fact in context.evidence if fact.evidence_id == evidence_id), None)
    if fact is None or evidence_id in concern.rests_on or not context.counts(fact):
        return False
    ended_at = concern.ended_at
    if ended_at is not None and (fact.recorded_at <= ended_at or fact.received_on < ended_at.date()):
        return False
    way = Polarity.PRAISE if concern.answer.lane is Lane.EXCELLENCE else Polarity.CONCERN
    matter = {concern.answer.subject} if concern.answer.subject else set(concern.answer.standards)
    return any(part.polarity is way and matter & {part.standard, part.indicator} for part in fact.mappings)
