"""Reviews of a need, of a view that others entered, and of a review of actions: what follows from each (R92)."""

from services.calendar_days import WorkingCalendar, add_working_days, london_today
from services.evidence.adapters.review_requests.files import ReviewFile
from services.evidence.domain.plans import life_of_an_action, need, view
from services.evidence.domain.plans.action import Action
from services.evidence.domain.plans.need import Need
from services.evidence.domain.plans.view import View
from services.evidence.domain.review_requests.request import ReviewRequest, TargetKind
from services.evidence.domain.reviews import life_of_a_review
from services.evidence.domain.reviews.review import ActionReview, ReviewedAction
from services.evidence.handlers.plans import approach, parts, reviews
from services.evidence.handlers.review_requests.of_the_plan import Stands
from services.refusals import Refusal, not_found


def of_a_need(safeguarder_id: str, need_id: str, files: ReviewFile) -> Stands:
    """Return how a need stands, with what came of the actions that answer it alone.

    Raises:
        Refusal: NEED_NOT_FOUND; NEED_ENDED; NEED_IS_YOURS for one that the Safeguarder named.
    """
    try:
        found = parts.find_need((safeguarder_id, need_id), files.plan)
    except Refusal as refused:
        refused.field = "target"
        raise
    need.check_reviewable(found)
    made = (each.outcome_evidence for each in _answering_it_alone(found, files) if each.outcome_evidence)
    return Stands(found.version, london_today(found.created_at), tuple(sorted(made)))


def of_a_view(safeguarder_id: str, concern_id: str, files: ReviewFile) -> Stands:
    """Return how the view of a concern stands that somebody else entered.

    Raises:
        Refusal: VIEW_NOT_FOUND; VIEW_IS_YOURS for one that the Safeguarder gave, or can still give.
    """
    found = files.plan.parts.find(View, concern_id)
    if found is None or found.safeguarder_id != safeguarder_id:
        raise not_found("VIEW_NOT_FOUND", "This Safeguarder has no view of such a concern.", "target")
    view.check_reviewable(found)
    return Stands(found.version, london_today(found.recorded_at), concerns=(concern_id,))


def of_a_talk(safeguarder_id: str, review_id: str, files: ReviewFile) -> Stands:
    """Return how a review of actions stands, with the evidence that its outcomes made. Refuse REVIEW_NOT_FOUND."""
    try:
        found = reviews.find((safeguarder_id, review_id), files.plan)
    except Refusal as refused:
        refused.field = "target"
        raise
    concerns = {concern_id for each in found.actions for concern_id in each.concerns}
    made = (action.outcome_evidence for action, _ in _ended_there(found, files) if action.outcome_evidence)
    return Stands(found.version, london_today(found.created_at), tuple(sorted(made)), tuple(sorted(concerns)))


def took_part(request: ReviewRequest, files: ReviewFile) -> set[str]:
    """Return who named the need, entered the view or asked for it, or held the review of actions."""
    name = (request.safeguarder_id, request.target.target_id)
    if request.target.kind is TargetKind.NEED:
        return {parts.find_need(name, files.plan).raised_by_person}
    if request.target.kind is TargetKind.VIEW:
        known = files.plan.parts.find(View, name[1])
        return {known.entered_by, known.asked_by} if known else set()
    if request.target.kind is TargetKind.ACTION_REVIEW:
        held = reviews.find(name, files.plan)
        return {held.held_by, held.entered_by}
    return set()


def apply(decided: ReviewRequest, files: ReviewFile) -> None:
    """Do what an upheld review does: end the need with its actions, ask again for the view, or set outcomes aside."""
    if decided.target.kind is TargetKind.NEED:
        _end_need(decided, files)
    if decided.target.kind is TargetKind.VIEW:
        _ask_again(decided, files)
    if decided.target.kind is TargetKind.ACTION_REVIEW:
        _set_outcomes_aside(decided, files)


def _end_need(decided: ReviewRequest, files: ReviewFile) -> None:
    """End a need. The actions that answer nothing else are withdrawn, and so is the evidence that they made."""
    before = parts.find_need((decided.safeguarder_id, decided.target.target_id), files.plan)
    for action in _answering_it_alone(before, files):
        after = life_of_an_action.withdraw_what_fell(action, decided.reasons, files.actor)
        if after is not action:
            files.plan.parts.put(after)
    ended = need.end_by_review(before, decided.reasons, files.actor)
    if ended is not before:
        files.plan.parts.put(ended)
    approach.follow_days(decided.safeguarder_id, files.plan)


def _answering_it_alone(known: Need, files: ReviewFile) -> list[Action]:
    actions = files.plan.parts.of(Action, known.safeguarder_id)
    return [each for each in actions if each.proposal.needs == (known.need_id,) and not each.proposal.concern]


def _ask_again(decided: ReviewRequest, files: ReviewFile) -> None:
    before = files.plan.parts.find(View, decided.target.target_id)
    concern = files.plan.facts.find_concern(decided.target.target_id)
    if before is None:
        return
    is_open = concern is not None and concern.is_open
    after = view.take_back(before, files.actor, files.plan.numbers if is_open else None)
    if after is not before:
        files.plan.parts.put(after)


def _set_outcomes_aside(decided: ReviewRequest, files: ReviewFile) -> None:
    """Open the actions again that ended at a review. They have time until a talk is held again."""
    held = reviews.find((decided.safeguarder_id, decided.target.target_id), files.plan)
    least_on = add_working_days(WorkingCalendar.OFFICE, files.actor.today, files.plan.numbers.least_working_days)
    opened: dict[str, Action] = {}
    for action, _ in _ended_there(held, files):
        after = life_of_an_action.open_again_by_review(action, least_on, decided.reasons, files.actor)
        files.plan.parts.put(after)
        opened[action.action_id] = after
    after_all = life_of_a_review.set_aside(held, opened, decided.reasons, files.actor)
    files.plan.parts.put(after_all)
    approach.follow_days(decided.safeguarder_id, files.plan)


def _ended_there(held: ActionReview, files: ReviewFile) -> list[tuple[Action, ReviewedAction]]:
    """Return the actions that have the outcome of a review, with its words. Others ended before it, or later."""
    known = ((files.plan.parts.find(Action, each.action_id), each) for each in held.actions if each.outcome)
    return [
        (action, each)
        for action, each in known
        if action is not None and (action.state, action.outcome_words) == (each.outcome, held.words)
    ]
