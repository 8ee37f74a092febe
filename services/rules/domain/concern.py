"""A concern: what rules raised for a person to consider, or praise, and what people did about it (requirements D5).

Rules may raise, update and propose closing. Every other move needs a named person.
"""

from dataclasses import dataclass, replace
from datetime import date, datetime
from enum import StrEnum
from typing import NewType

from services.refusals import conflict, invalid, precondition
from services.rules.domain.evaluation import RuleAnswer
from services.rules.domain.rulebook import Lane

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
"""Most urgent first."""


class State(StrEnum):
    """How far people have come with a concern."""

    RAISED = "raised"
    ACKNOWLEDGED = "acknowledged"
    CLOSED = "closed"
    DISMISSED = "dismissed"


OPEN_STATES = (State.RAISED, State.ACKNOWLEDGED)


class Reason(StrEnum):
    """Why a person closed or dismissed a concern."""

    NO_LONGER_APPLIES = "no_longer_applies"
    DISCUSSED = "discussed"
    SUPPORT_GIVEN = "support_given"
    EXPLAINED = "explained"
    RULE_NOT_FITTING = "rule_not_fitting"
    ACKNOWLEDGED_IN_SESSION = "acknowledged_in_session"


CLOSING_REASONS = (Reason.NO_LONGER_APPLIES, Reason.DISCUSSED, Reason.SUPPORT_GIVEN, Reason.ACKNOWLEDGED_IN_SESSION)
DISMISSING_REASONS = (Reason.EXPLAINED, Reason.RULE_NOT_FITTING)


@dataclass(frozen=True, slots=True)
class Concern:
    """One matter about one person: a rule, asked about a subject, that spoke."""

    concern_id: ConcernId
    safeguarder_id: str
    answer: RuleAnswer
    """What the rule answered at the latest evaluation that changed anything."""
    evaluation_id: EvaluationId
    rulebook_hash: str
    as_of: date
    raised_at: datetime
    state: State = State.RAISED
    closing_proposed: bool = False
    owner: str = ""
    next_on: date | None = None
    reason: Reason | None = None
    version: int = 1
    quiet: bool = False
    """A change of the rulebook alone set it off, and nobody has taken it on: nobody is told (D15.16)."""

    @property
    def is_open(self) -> bool:
        """Whether people still have it before them."""
        return self.state in OPEN_STATES

    @property
    def rests_on(self) -> frozenset[str]:
        """Ids of the evidence it rests on."""
        return frozenset(item.evidence_id for item in self.answer.explanation.counted)


@dataclass(frozen=True, slots=True)
class Seen:
    """The evaluation a change comes from."""

    evaluation_id: EvaluationId
    rulebook_hash: str
    as_of: date
    now: datetime


def raise_concern(
    concern_id: ConcernId, safeguarder_id: str, answer: RuleAnswer, seen: Seen, quiet: bool = False
) -> Concern:
    """A new concern."""
    return Concern(
        concern_id,
        safeguarder_id,
        answer,
        seen.evaluation_id,
        seen.rulebook_hash,
        seen.as_of,
        raised_at=seen.now,
        quiet=quiet,
    )


def speaks_again(concern: Concern, answer: RuleAnswer) -> bool:
    """Whether a rule that speaks brings anything new to a concern: other evidence, or it had proposed to close."""
    return concern.closing_proposed or concern.rests_on != _rests_on(answer)


def may_be_raised_after(ended: Concern | None, answer: RuleAnswer) -> bool:
    """A matter a person has ended is raised anew on new evidence only, or when it had gone away in between (D5)."""
    return ended is None or ended.closing_proposed or not _rests_on(answer) <= ended.rests_on


def update(concern: Concern, answer: RuleAnswer, seen: Seen, quiet: bool = False) -> Concern:
    """The concern on its latest evidence; what people entered stays untouched. News makes a quiet one heard."""
    return replace(
        concern,
        quiet=concern.quiet and quiet,
        answer=answer,
        evaluation_id=seen.evaluation_id,
        rulebook_hash=seen.rulebook_hash,
        as_of=seen.as_of,
        closing_proposed=False,
        version=concern.version + 1,
    )


def propose_closing(concern: Concern) -> Concern:
    """The concern, which rules no longer support: a person may close it."""
    return replace(concern, closing_proposed=True, version=concern.version + 1)


def check_copy(concern: Concern, etag: str) -> None:
    """Refuse a stale copy.

    Raises:
        Refusal: CONFLICT naming both versions.
    """
    if etag and etag != str(concern.version):
        raise conflict(
            "STALE_COPY",
            "The concern has changed since you read it. Read it again.",
            "etag",
            yours=etag,
            current=str(concern.version),
        )


def acknowledge(concern: Concern, owner: str, next_on: date, today: date) -> Concern:
    """The concern, taken on by a named person with the next date (X13).

    Raises:
        Refusal: PRECONDITION when it has ended, INVALID when the date has passed.
    """
    _must_be_open(concern)
    if next_on < today:
        raise invalid("NEXT_DATE_PASSED", "next_date must be today or later.", "next_date", today=today.isoformat())
    return replace(
        concern, state=State.ACKNOWLEDGED, owner=owner, next_on=next_on, version=concern.version + 1, quiet=False
    )


def dismiss(concern: Concern, reason: Reason) -> Concern:
    """The concern, found by a person to be nothing."""
    return _end(concern, State.DISMISSED, reason, DISMISSING_REASONS)


def close(concern: Concern, reason: Reason) -> Concern:
    """The concern, closed by a person.

    Raises:
        Refusal: INVALID when the reason is that it no longer applies while rules still speak.
    """
    if reason is Reason.NO_LONGER_APPLIES and not concern.closing_proposed:
        raise precondition("RULE_STILL_SPEAKS", "The rule still speaks. Give another reason, or wait.", "reason")
    return _end(concern, State.CLOSED, reason, CLOSING_REASONS)


def _end(concern: Concern, state: State, reason: Reason, allowed: tuple[Reason, ...]) -> Concern:
    _must_be_open(concern)
    if reason not in allowed:
        words = ", ".join(allowed)
        raise invalid("REASON_DOES_NOT_FIT", f"The reason must be one of: {words}.", "reason")
    return replace(concern, state=state, reason=reason, version=concern.version + 1)


def _must_be_open(concern: Concern) -> None:
    if not concern.is_open:
        raise precondition("CONCERN_ENDED", f"The concern is {concern.state} already.", "name", state=concern.state)


def _rests_on(answer: RuleAnswer) -> frozenset[str]:
    return frozenset(item.evidence_id for item in answer.explanation.counted)
