"""The conditions that a concern must meet before a move is allowed (D5, D15.3-6, B7).

Each guard is one sentence of the Framework. The table in `transitions.py` says which guards each move has to pass.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from services.rules.domain.closed_lists import (
    EvidenceClass,
    ItemStatus,
    Lane,
    ReviewOutcome,
    State,
    SupportAnswer,
    SupportsStanding,
)
from services.rules.domain.concerns.concern import Concern
from services.rules.domain.concerns.progress import Progress, notice_stands, supports_standing
from services.rules.domain.evidence.countability import not_counted
from services.rules.domain.facts import EvidenceFact, gathered, how_many, how_many_source_types

ENOUGH_SUPPORT = (SupportsStanding.COMPLETE, SupportsStanding.DECLINED)
OWN_ANSWERS = (SupportAnswer.ACCEPTED, SupportAnswer.DECLINED, SupportAnswer.NONE_GIVEN)
"""Answers that say what the Safeguarder did with a support. For *none given* they were asked twice."""
SUPPORT_STARTED = (
    State.IN_SUPPORT,
    State.REQUIRED_ACTION,
    State.ACTION_REVIEW,
    State.ESCALATED,
    State.RECOMMENDATION,
)
"""States in which somebody has spoken to the Safeguarder. A concern is not closed from them without their view."""


class Guard(StrEnum):
    """Code words of the guards. Refusals carry them, so they never change."""

    ENDED = "ended"
    HELD = "held"
    STATE = "state"
    LANE = "lane"
    SUPPORT_ANSWERED = "support_answered"
    NOTICE_STANDS = "notice_stands"
    ACTION_OVERDUE = "action_overdue"
    REVIEW_HELD = "review_held"
    NOT_MET = "not_met"
    REVIEW_AFTER_TIME = "review_after_time"
    SUPPORTS_COMPLETE = "supports_complete"
    MORE_THAN_ONE_ITEM = "more_than_one_item"
    MORE_THAN_ONE_SOURCE = "more_than_one_source"
    NEW_EVIDENCE = "new_evidence"
    NEWEST_CONCERN = "newest_concern"
    SAFEGUARDERS_VIEW = "safeguarders_view"
    SAME_PERSON_AND_KIND = "same_person_and_kind"
    NOTE_DRAFTED = "note_drafted"
    REVIEW_RUNS = "review_runs"
    SUSPENSION_RUNS = "suspension_runs"


GUARD_MESSAGES = {
    Guard.ENDED: "This concern has ended.",
    Guard.HELD: "This concern is on hold. End the hold first.",
    Guard.STATE: "This step is not available in the concern's current state.",
    Guard.LANE: "This step is not available for this kind of concern.",
    Guard.SUPPORT_ANSWERED: "Support comes before required action. "
    "Every offer must have an answer, and at least one answer must be the Safeguarder's own, "
    "or that they were asked again at a session and gave none.",
    Guard.NOTICE_STANDS: "The Safeguarder must have acknowledged the notice of the changed approach, "
    "or it must have been served five working days ago. "
    "One that was recorded only later carries no escalation.",
    Guard.ACTION_OVERDUE: "The required action is not overdue yet.",
    Guard.REVIEW_HELD: "A review of actions must be held first.",
    Guard.NOT_MET: "The review of actions found that the action was met.",
    Guard.REVIEW_AFTER_TIME: "The review of actions was held before the time of the action had passed. "
    "Hold another one once it has.",
    Guard.SUPPORTS_COMPLETE: "Supports must be complete, or the Safeguarder must have declined them.",
    Guard.MORE_THAN_ONE_ITEM: "The concern must rest on more than one item of evidence that counts today.",
    Guard.MORE_THAN_ONE_SOURCE: "The concern must rest on evidence that counts today "
    "from more than one type of source.",
    Guard.NEW_EVIDENCE: "This item is not new evidence that counts on this matter.",
    Guard.NEWEST_CONCERN: "There is a later concern on the same matter.",
    Guard.SAFEGUARDERS_VIEW: "Record the Safeguarder's view first, or record that they were asked and gave none.",
    Guard.SAME_PERSON_AND_KIND: "A concern can be merged only into another open concern about the same person "
    "and of the same kind. Praise, practice and the Team's own duties are different kinds.",
    Guard.NOTE_DRAFTED: "A Practice Note is being drafted about this. "
    "The concern is released when the note takes effect.",
    Guard.REVIEW_RUNS: "The Safeguarder asked for a review. The concern is released when that has ended.",
    Guard.SUSPENSION_RUNS: "The Safeguarder is suspended. The concern is released when that is over.",
}
"""The sentence that a refused person reads for each guard."""


@dataclass(frozen=True, slots=True)
class MoveContext:
    """What a move depends on apart from the concern itself.

    `by` makes the move. `evidence` holds the latest versions of the person's items. `newest`: there is no later
    concern on the same matter.
    """

    today: date
    by: str
    evidence: Sequence[EvidenceFact] = ()
    newest: bool = True

    def counts(self, fact: EvidenceFact, lane: Lane) -> bool:
        """Tell whether an item may count against somebody today, in a lane. Exploratory items never do (R32)."""
        exploratory = fact.evidence_class is EvidenceClass.EXPLORATORY
        return (
            fact.status is ItemStatus.CURRENT
            and not exploratory
            and not_counted(fact, self.today, adverse=True, for_safety=lane is Lane.SAFETY) is None
        )


def grounds(concern: Concern, context: MoveContext) -> tuple[EvidenceFact, ...]:
    """Return the evidence of the concern that counts today. Withdrawn or superseded items carry nothing (D15.4)."""
    lane = concern.answer.lane
    named = (fact for fact in context.evidence if fact.evidence_id in concern.rests_on)
    return tuple(fact for fact in named if context.counts(fact, lane))


def support_answered(progress: Progress) -> bool:
    """Return whether every offer of support has an answer, and at least one answer is the Safeguarder's own."""
    supports = progress.supports
    if any(support.support_id for support in supports):
        # Nobody can answer an offer of before the register any more. One in the register takes its place.
        supports = tuple(support for support in supports if support.support_id or support.answer is not None)
    answers = [support.answer for support in supports]
    # That the Team could not provide a support is no answer of the Safeguarder's (R76).
    return any(answer in OWN_ANSWERS for answer in answers) and None not in answers


def _notice_stands(concern: Concern, context: MoveContext) -> bool:
    notice = concern.progress.notice
    recorded_in_time = notice is not None and not notice.reported
    return recorded_in_time and notice_stands(concern.progress, context.today)


def _action_overdue(concern: Concern, context: MoveContext) -> bool:
    action, review = concern.progress.action, concern.progress.review
    # A review that was held in time, before its day moved, is for `_review_after_time`: it says what to do.
    in_time = review is not None and review.due_on is not None and review.due_on < review.held_on
    is_judged = in_time and _not_met(concern, context)
    return action is not None and (is_judged or action.is_overdue(context.today))


def _review_held(concern: Concern, context: MoveContext) -> bool:
    return concern.state is not State.ACTION_REVIEW or concern.progress.review is not None


def _not_met(concern: Concern, context: MoveContext) -> bool:
    review = concern.progress.review
    return review is not None and review.outcome is not ReviewOutcome.MET


def _review_after_time(concern: Concern, context: MoveContext) -> bool:
    # Evidence refuses *not met* before its time. The day may have moved since, and *in part* is possible at any time.
    action, review = concern.progress.action, concern.progress.review
    if action is None or review is None or not action.is_overdue(review.held_on):
        return False
    return review.due_on is None or review.due_on < review.held_on


def _supports_complete(concern: Concern, context: MoveContext) -> bool:
    review = concern.progress.review
    today = supports_standing(concern.progress.supports, context.today)
    if review is None or today not in (*ENOUGH_SUPPORT, None):
        return False
    # Nothing was offered for the action, as the register knew then. What it knows today has to be enough.
    return (review.supports or today) in ENOUGH_SUPPORT


def _more_than_one_item(concern: Concern, context: MoveContext) -> bool:
    # Safety is excepted: there, one item is enough to escalate.
    return concern.answer.lane is Lane.SAFETY or how_many(gathered(grounds(concern, context))) > 1


def _more_than_one_source(concern: Concern, context: MoveContext) -> bool:
    return concern.answer.lane is Lane.SAFETY or how_many_source_types(gathered(grounds(concern, context))) > 1


def _view_recorded(concern: Concern, context: MoveContext) -> bool:
    return concern.state not in SUPPORT_STARTED or concern.progress.view is not None


GUARD_CHECKS: dict[Guard, Callable[[Concern, MoveContext], bool]] = {
    Guard.SUPPORT_ANSWERED: lambda concern, context: support_answered(concern.progress),
    Guard.NOTICE_STANDS: _notice_stands,
    Guard.ACTION_OVERDUE: _action_overdue,
    Guard.REVIEW_HELD: _review_held,
    Guard.NOT_MET: _not_met,
    Guard.REVIEW_AFTER_TIME: _review_after_time,
    Guard.SUPPORTS_COMPLETE: _supports_complete,
    Guard.MORE_THAN_ONE_ITEM: _more_than_one_item,
    Guard.MORE_THAN_ONE_SOURCE: _more_than_one_source,
    Guard.NEWEST_CONCERN: lambda concern, context: context.newest,
    Guard.SAFEGUARDERS_VIEW: _view_recorded,
}
"""Whether each guard lets a concern pass. Guards that depend on a move's own words are checked in `moves.py`."""
