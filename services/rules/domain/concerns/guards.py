"""What stands in the way of a move: support before sanction, notice, review, more than one source (D5, D15.3-6, B7).

Each guard is one sentence of the Framework. A move's table (concern_moves.py) says which of them it meets.
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
from services.rules.domain.concerns.progress import notice_stands_from
from services.rules.domain.evidence.countability import not_counted
from services.rules.domain.evidence.measures import source_types
from services.rules.domain.facts import EvidenceFact

FAR_ENOUGH = (SupportsStanding.COMPLETE, SupportsStanding.DECLINED)
SUPPORT_STARTED = (
    State.IN_SUPPORT,
    State.REQUIRED_ACTION,
    State.ACTION_REVIEW,
    State.ESCALATED,
    State.RECOMMENDATION,
)
"""From here on the person has been spoken to: a concern does not end without their view."""


class Guard(StrEnum):
    """One word for each, for machines."""

    ENDED = "ended"
    HELD = "held"
    STATE = "state"
    LANE = "lane"
    SUPPORT_OFFERED = "support_offered"
    SUPPORT_ANSWERED = "support_answered"
    NOTICE_SERVED = "notice_served"
    NOTICE_STANDS = "notice_stands"
    ACTION_OVERDUE = "action_overdue"
    REVIEW_HELD = "review_held"
    NOT_MET = "not_met"
    SUPPORTS_COMPLETE = "supports_complete"
    MORE_THAN_ONE_ITEM = "more_than_one_item"
    MORE_THAN_ONE_SOURCE = "more_than_one_source"
    SECOND_PERSON = "second_person"
    REPLY_WINDOW = "reply_window"
    NEW_EVIDENCE = "new_evidence"
    NEWEST_CONCERN = "newest_concern"
    SAFEGUARDERS_VIEW = "safeguarders_view"
    SAME_PERSON_AND_KIND = "same_person_and_kind"
    NOTE_DRAFTED = "note_drafted"


GUARD_MESSAGES = {
    Guard.ENDED: "It has ended.",
    Guard.HELD: "It is held: nothing moves before it is released.",
    Guard.STATE: "Where it stands, this is not the next step.",
    Guard.LANE: "This is not for a concern of its kind.",
    Guard.SUPPORT_OFFERED: "No such support was offered that still awaits an answer.",
    Guard.SUPPORT_ANSWERED: "Support comes before required action: "
    "every offer needs its answer, and one at least must be the Safeguarder's own.",
    Guard.NOTICE_SERVED: "There is no notice of a changed approach that still awaits acknowledgement.",
    Guard.NOTICE_STANDS: "Notice of the changed approach must be acknowledged, or served five working days ago.",
    Guard.ACTION_OVERDUE: "The time set for the required action has not passed.",
    Guard.REVIEW_HELD: "A review of actions must be held first.",
    Guard.NOT_MET: "The review of actions found the action met.",
    Guard.SUPPORTS_COMPLETE: "Supports must be complete, or declined by the Safeguarder.",
    Guard.MORE_THAN_ONE_ITEM: "It rests on one item of evidence only, of what counts today.",
    Guard.MORE_THAN_ONE_SOURCE: "It rests on evidence from one type of source only, of what counts today.",
    Guard.SECOND_PERSON: "Who recommends is neither who escalated it nor its owner.",
    Guard.REPLY_WINDOW: "The Safeguarder's time to reply to the pack has not run out.",
    Guard.NEW_EVIDENCE: "The item is not new evidence that counts on this matter.",
    Guard.NEWEST_CONCERN: "There is a later concern on the same matter.",
    Guard.SAFEGUARDERS_VIEW: "The Safeguarder's view must be on record: given, or asked for and none given.",
    Guard.SAME_PERSON_AND_KIND: "It can be merged only into another open concern about the same person, "
    "not praise into concern, nor the Team's own duty into either.",
    Guard.NOTE_DRAFTED: "It waits for a Practice Note that is being drafted: it is free when the note takes effect.",
}


@dataclass(frozen=True, slots=True)
class MoveContext:
    """What a move depends on besides the concern: the day, who moves, and the person's evidence by its latest versions.

    `newest`: no later concern on the same matter exists.
    """

    today: date
    by: str
    evidence: Sequence[EvidenceFact] = ()
    newest: bool = True

    def counts(self, fact: EvidenceFact) -> bool:
        """Whether an item may be held against somebody today: current, named by kind, and in its class."""
        exploratory = fact.evidence_class is EvidenceClass.EXPLORATORY
        return fact.status is ItemStatus.CURRENT and not exploratory and not_counted(fact, self.today) is None


def grounds(concern: Concern, context: MoveContext) -> tuple[EvidenceFact, ...]:
    """What the concern rests on, of what counts today: what was withdrawn or superseded carries nothing (D15.4)."""
    return tuple(fact for fact in context.evidence if fact.evidence_id in concern.rests_on and context.counts(fact))


def _support_answered(concern: Concern, context: MoveContext) -> bool:
    answers = [support.answer for support in concern.course.supports]
    own = SupportAnswer.ACCEPTED in answers or SupportAnswer.DECLINED in answers
    return own and None not in answers


def _notice_stands(concern: Concern, context: MoveContext) -> bool:
    stands_from = notice_stands_from(concern.course)
    return stands_from is not None and stands_from <= context.today


def _notice_awaits(concern: Concern, context: MoveContext) -> bool:
    notice = concern.course.notice
    return notice is not None and notice.acknowledged_on is None


def _action_overdue(concern: Concern, context: MoveContext) -> bool:
    action = concern.course.action
    return action is not None and action.is_overdue(context.today)


def _review_held(concern: Concern, context: MoveContext) -> bool:
    return concern.state is not State.ACTION_REVIEW or concern.course.review is not None


def _not_met(concern: Concern, context: MoveContext) -> bool:
    review = concern.course.review
    return review is not None and review.outcome is not ReviewOutcome.MET


def _supports_complete(concern: Concern, context: MoveContext) -> bool:
    review = concern.course.review
    return review is not None and review.supports in FAR_ENOUGH


def _more_than_one_item(concern: Concern, context: MoveContext) -> bool:
    return concern.answer.lane is Lane.SAFETY or len(grounds(concern, context)) > 1


def _more_than_one_source(concern: Concern, context: MoveContext) -> bool:
    return concern.answer.lane is Lane.SAFETY or len(source_types(grounds(concern, context))) > 1


def _second_person(concern: Concern, context: MoveContext) -> bool:
    return context.by not in (concern.owner, concern.course.escalated_by)


def _view_recorded(concern: Concern, context: MoveContext) -> bool:
    return concern.state not in SUPPORT_STARTED or concern.course.view is not None


GUARD_CHECKS: dict[Guard, Callable[[Concern, MoveContext], bool]] = {
    Guard.SUPPORT_OFFERED: lambda concern, context: any(one.answer is None for one in concern.course.supports),
    Guard.SUPPORT_ANSWERED: _support_answered,
    Guard.NOTICE_SERVED: _notice_awaits,
    Guard.NOTICE_STANDS: _notice_stands,
    Guard.ACTION_OVERDUE: _action_overdue,
    Guard.REVIEW_HELD: _review_held,
    Guard.NOT_MET: _not_met,
    Guard.SUPPORTS_COMPLETE: _supports_complete,
    Guard.MORE_THAN_ONE_ITEM: _more_than_one_item,
    Guard.MORE_THAN_ONE_SOURCE: _more_than_one_source,
    Guard.SECOND_PERSON: _second_person,
    Guard.NEWEST_CONCERN: lambda concern, context: context.newest,
    Guard.SAFEGUARDERS_VIEW: _view_recorded,
}
"""Whether a guard lets a concern pass. The others depend on what is asked for, and stand with their moves."""
