"""A concern: what rules raised for a person to consider, or praise (requirements D5).

Rules may raise, update and propose closing: that is here. Every other move needs a named person: concern_moves.py.
"""

from dataclasses import dataclass, replace
from datetime import date, datetime
from enum import StrEnum
from typing import NewType

from services.refusals import conflict
from services.rules.domain.closed_lists import Lane, State
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
"""Most urgent first."""


class Reason(StrEnum):
    """Why a person closed or dismissed a concern."""

    NO_LONGER_APPLIES = "no_longer_applies"
    DISCUSSED = "discussed"
    SUPPORT_GIVEN = "support_given"
    EXPLAINED = "explained"
    RULE_NOT_FITTING = "rule_not_fitting"
    ACKNOWLEDGED_IN_SESSION = "acknowledged_in_session"
    IMPROVED = "improved"
    DECIDED = "decided"


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
    course: Progress = Progress()
    """What people have done about it. Software changes none of it but by the calendar."""
    ended_at: datetime | None = None
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


def kind_of(lane: Lane) -> Lane | None:
    """Praise and the Team's duty are kinds of their own; all the rest is practice: None."""
    return lane if lane in (Lane.EXCELLENCE, Lane.DATA_GAP) else None


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


def _rests_on(answer: RuleAnswer) -> frozenset[str]:
    return frozenset(item.evidence_id for item in answer.explanation.counted)
