"""A concern, or praise, that rules raised for a person to consider (D5).

Rules may raise a concern, update it and propose closing it. Those three are here. Every other move needs a named
person: see `moves.py`.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import NewType

from services.calendar_days import WorkingCalendar, add_working_days, london_today
from services.refusals import conflict
from services.rules.domain.closed_lists import Lane, State
from services.rules.domain.concerns.history import Made, Move
from services.rules.domain.concerns.progress import OPEN_STATES, Progress
from services.rules.domain.evaluation.answers import RuleAnswer

ConcernId = NewType("ConcernId", str)
EvaluationId = NewType("EvaluationId", str)

URGENCY = (
    Lane.SAFETY,
    Lane.ESCALATION,
    Lane.REAPPOINTMENT_RISK,
    Lane.SUPPORT_NEED,
    Lane.DATA_GAP,
    Lane.EXCELLENCE,
)
"""Lanes, most urgent first. Stored rows hold a lane's place here, so the order of the six must not change."""


class Reason(StrEnum):
    """The reasons for which a concern is closed or dismissed."""

    NO_LONGER_APPLIES = "no_longer_applies"
    DISCUSSED = "discussed"
    SUPPORT_GIVEN = "support_given"
    EXPLAINED = "explained"
    RULE_NOT_FITTING = "rule_not_fitting"
    ACKNOWLEDGED_IN_SESSION = "acknowledged_in_session"
    IMPROVED = "improved"
    DECIDED = "decided"
    GAP_FILLED = "gap_filled"
    REVIEW_UPHELD = "review_upheld"
    """A review was upheld, and without what it was about the concern would not have been raised. No person gives it."""


@dataclass(frozen=True, slots=True)
class Concern:
    """One matter about one person: one rule raised it about one subject."""

    concern_id: ConcernId
    safeguarder_id: str
    answer: RuleAnswer
    """The rule's answer at the latest evaluation that changed the concern."""
    evaluation_id: EvaluationId
    rulebook_hash: str
    as_of: date
    raised_at: datetime
    state: State = State.RAISED
    closing_proposed: bool = False
    owner: str = ""
    next_on: date | None = None
    reason: Reason | None = None
    progress: Progress = Progress()
    """What people have done about it. Rules never change it; the calendar puts it on hold and opens reviews."""
    ended_at: datetime | None = None
    version: int = 1
    quiet: bool = False
    """Only a change of the rulebook caused it, and nobody has taken it on yet. So nobody is told (D15.16)."""

    @property
    def is_open(self) -> bool:
        """Whether no person has ended it."""
        return self.state in OPEN_STATES

    @property
    def rests_on(self) -> frozenset[str]:
        """Ids of the items of evidence that counted for it."""
        return _rests_on(self.answer)


@dataclass(frozen=True, slots=True)
class EvaluationContext:
    """The evaluation that raises or updates concerns."""

    evaluation_id: EvaluationId
    rulebook_hash: str
    as_of: date
    now: datetime


def respond_by(concern: Concern, made: Sequence[Made]) -> date | None:
    """Return by when somebody takes an open concern on or answers; None once it has ended.

    `made`: its moves so far, oldest first. The rule gives working days from the day on which it was raised, or opened
    again. Days on hold are added back, as they are to its alert: otherwise two pages would name two days.
    """
    if not concern.is_open:
        return None
    begins, held, since = concern.raised_at, timedelta(), None
    for move in made:
        if move.move is Move.REOPEN:
            begins, held, since = move.at, timedelta(), None
        elif move.to_state is State.HELD:
            since = since or london_today(move.at)
        elif since is not None:
            held, since = held + (london_today(move.at) - since), None
    within = concern.answer.notice.within_working_days
    return add_working_days(WorkingCalendar.OFFICE, london_today(begins), within) + held


def due_on(concern: Concern, made: Sequence[Made]) -> date | None:
    """Return the day on which an open concern asks for somebody: its owner's next date, else the day to respond by."""
    return concern.next_on if concern.owner else respond_by(concern, made)


def waits_for(concern: Concern, person: str, role: str) -> bool:
    """Tell whether a concern waits for somebody: they own it, or nobody does and it is told to their role."""
    return concern.owner == person or (not concern.owner and concern.answer.notice.tell == role)


def raise_concern(
    concern_id: ConcernId, safeguarder_id: str, answer: RuleAnswer, evaluation: EvaluationContext, quiet: bool = False
) -> Concern:
    """Return a new concern."""
    return Concern(
        concern_id,
        safeguarder_id,
        answer,
        evaluation.evaluation_id,
        evaluation.rulebook_hash,
        evaluation.as_of,
        raised_at=evaluation.now,
        quiet=quiet,
    )


def has_news(concern: Concern, answer: RuleAnswer) -> bool:
    """Tell whether an answer changes an open concern.

    It does if it rests on other evidence or duties, on one whose day was corrected, or if closing had been proposed.
    """
    return concern.closing_proposed or _days_of(concern.answer) != _days_of(answer)


def may_be_raised_after(ended: Concern | None, answer: RuleAnswer) -> bool:
    """Tell whether a matter may be raised again after a person ended it (D5).

    It needs new evidence, or a day that the Team has missed since, unless rules had already proposed closing it.
    Otherwise a decision of a person would be undone by the next evaluation.
    """
    if ended is None or ended.closing_proposed:
        return True
    return not (_rests_on(answer) <= ended.rests_on and _missed(answer) <= _missed(ended.answer))


def update(concern: Concern, answer: RuleAnswer, evaluation: EvaluationContext, quiet: bool = False) -> Concern:
    """Return the concern on its latest evidence, with everything that people entered left as it is.

    A quiet concern stays quiet only if this update is quiet too.
    """
    return replace(
        concern,
        quiet=concern.quiet and quiet,
        answer=answer,
        evaluation_id=evaluation.evaluation_id,
        rulebook_hash=evaluation.rulebook_hash,
        as_of=evaluation.as_of,
        closing_proposed=False,
        version=concern.version + 1,
    )


def propose_closing(concern: Concern) -> Concern:
    """Return the concern, marked as one that rules no longer raise. A person may then close it."""
    return replace(concern, closing_proposed=True, version=concern.version + 1)


def kind_of(lane: Lane) -> Lane | None:
    """Return the kind that praise and the Team's duties have of their own; None for every concern about practice."""
    return lane if lane in (Lane.EXCELLENCE, Lane.DATA_GAP) else None


def check_copy(concern: Concern, etag: str) -> None:
    """Refuse a change made from a stale copy. An empty etag accepts any version.

    Raises:
        Refusal: CONFLICT naming the current version.
    """
    if etag and etag != str(concern.version):
        raise conflict(
            "STALE_COPY",
            "The concern has changed since you read it. Read it again.",
            "etag",
            current=str(concern.version),
        )


def _days_of(answer: RuleAnswer) -> dict[str, date]:
    items = {item.evidence_id: item.happened_on for item in answer.explanation.counted}
    return items | {f"duty {duty.duty_id}": duty.due_on for duty in answer.explanation.duties}


def _missed(answer: RuleAnswer) -> frozenset[tuple[str, date]]:
    """Return the duties of the Team with the last days that it missed. A later promise that is broken is another."""
    return frozenset((duty.duty_id, duty.due_on) for duty in answer.explanation.duties)


def _rests_on(answer: RuleAnswer) -> frozenset[str]:
    return frozenset(item.evidence_id for item in answer.explanation.counted)
