"""How a duty ended: it was met, or what it was about was withdrawn or closed without it."""

from collections.abc import Callable
from datetime import date

from services.scheduling.domain.duties.complaints import ComplaintFact
from services.scheduling.domain.duties.facts import (
    ActionFact,
    ApproachFact,
    Fact,
    Facts,
    PlanFact,
    RecommendationFact,
    RecordFact,
    ReviewFact,
    SupportFact,
    ViewFact,
)
from services.scheduling.domain.duties.overlays import OverlayFact
from services.scheduling.domain.duties.samples import SampleFact, round_of
from services.scheduling.domain.duties.states import (
    ActionState,
    DutyKind,
    Ending,
    RecordState,
    ReviewState,
    SupportState,
    ViewState,
)

_OUTCOMES = (ActionState.MET, ActionState.PARTLY_MET, ActionState.NOT_MET, ActionState.NOT_POSSIBLE)
_DONE = (ActionState.COMPLETION_OFFERED, ActionState.MET, ActionState.PARTLY_MET)
"""Once it is said that an action is done, it is the support manager's turn."""
_TAKEN_UP = (SupportState.ACCEPTED, SupportState.DECLINED, SupportState.NOT_DELIVERED, SupportState.DELIVERED)
_FOR_NEXT_TERM: dict[DutyKind, Callable[[RecommendationFact], bool]] = {
    DutyKind.SHARE_RECOMMENDATION: lambda known: known.is_shared,
    DutyKind.SUBMIT_RECOMMENDATION: lambda known: known.is_submitted,
}
"""What meets each duty of the Team for the next term."""


def was_met(kind: DutyKind, about: str, mark: str, facts: Facts) -> bool:
    """Return whether a duty that is no longer owed was met, as the newest facts say. Silence never meets one."""
    if kind is DutyKind.ALLOCATE_ANOTHER:
        return any(link.about == about for link in facts.links)
    if kind is DutyKind.REVIEW_ACCESS:
        return True  # it is owed until it is reviewed, and nothing else ends it
    if kind is DutyKind.RECORD_DECISION:
        term = int(about.rpartition("/")[2])
        return facts.ended_on is not None or any(each.number > term for each in facts.terms)
    if kind is DutyKind.REVIEW_CONTINUING:
        return any(each.reviews_continuing_since(date.fromisoformat(mark)) for each in facts.of(RecommendationFact))
    if kind is DutyKind.DRAW_SAMPLE:
        samples = facts.of(SampleFact)
        return any(each.round_id == round_of(about) and not each.to_be_drawn for each in samples)
    if kind in _FOR_NEXT_TERM:
        return any(_FOR_NEXT_TERM[kind](each) for each in facts.of(RecommendationFact) if each.for_next_term)
    fact = facts.about(f"{about}/{mark}" if kind is DutyKind.FINALISE_PLAN else about)
    return _met_as_is(kind, mark, fact)


def _met_as_is(kind: DutyKind, mark: str, fact: Fact | None) -> bool:
    """Return whether what the duty is about, as it is known now, meets it."""
    if isinstance(fact, RecordFact):
        return _met_by_record(kind, mark, fact)
    if isinstance(fact, ActionFact):
        return _met_by_action(kind, mark, fact)
    if isinstance(fact, ReviewFact):
        return _met_by_review(kind, mark, fact)
    if isinstance(fact, ComplaintFact):
        return fact.has_met(kind)
    if isinstance(fact, SampleFact):
        return _met_by_sample(kind, fact)
    if isinstance(fact, OverlayFact):
        looked_at = not fact.in_force or str(fact.review_on) > mark
        return fact.answer_due_on is None if kind is DutyKind.ANSWER_LEAVE else looked_at
    return _met_by_support(kind, fact) if isinstance(fact, SupportFact) else _met_once(fact)


def _met_once(fact: Fact | None) -> bool:
    """Return whether the only duty about something was met."""
    if isinstance(fact, PlanFact):
        return fact.final
    if isinstance(fact, ViewFact):
        return fact.state is ViewState.GIVEN
    if isinstance(fact, ApproachFact):
        return fact.acknowledged_on is not None
    return isinstance(fact, RecommendationFact) and fact.answered


def _met_by_review(kind: DutyKind, mark: str, review: ReviewFact) -> bool:
    if kind is DutyKind.ASSIGN_REVIEW:
        return bool(review.reviewer)
    given = review.assigned_on is not None and review.assigned_on.isoformat() == mark
    return review.state is ReviewState.DECIDED and given


def _met_by_sample(kind: DutyKind, sample: SampleFact) -> bool:
    """Return whether a step was taken. One that another reader owes by now, or that the Team ended, was not."""
    if kind is DutyKind.SHARE_READING:
        return sample.item_shared
    if kind in (DutyKind.READ_REPORT, DutyKind.SECOND_READING) and sample.wait_ended:
        return False
    return kind is DutyKind.OBTAIN_REPORT or kind not in {step.kind for step in sample.awaited}


def _met_by_record(kind: DutyKind, mark: str, record: RecordFact) -> bool:
    if kind is DutyKind.SHARE_RECORD:
        return record.state is not RecordState.WITHDRAWN
    if kind is DutyKind.ANSWER_RECORD:
        answered = record.state is RecordState.DISPUTED or record.ending in {Ending.CONFIRMED, Ending.DISPUTED}
        return answered and mark == str(record.edition)
    return record.ending is Ending.DISPUTED or record.edition > int(mark)


def _met_by_action(kind: DutyKind, mark: str, action: ActionFact) -> bool:
    if kind is DutyKind.ANSWER_ACTION:
        return action.answered
    if kind is DutyKind.ACTION:
        return action.state in _DONE
    if kind is DutyKind.LOOK_AT_COMPLETION:
        return action.state in {*_OUTCOMES, ActionState.OPEN}
    extended = action.due_on is not None and action.due_on.isoformat() > mark
    return action.state in _OUTCOMES or (action.state is ActionState.OPEN and extended)


def _met_by_support(kind: DutyKind, support: SupportFact) -> bool:
    if kind is DutyKind.ANSWER_SUPPORT:
        return support.state in _TAKEN_UP
    return support.state is SupportState.DELIVERED
