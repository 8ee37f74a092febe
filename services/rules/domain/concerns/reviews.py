"""Reviews of actions, as the record has them (R81, P11; record 1.4).

Evidence keeps them, and checks what has to come first. A concern follows them and never refuses what the record says.
Its review is the last one of the action that is required. So what was found of other actions carries no escalation.
"""

from dataclasses import replace

from services.rules.domain.closed_lists import ReviewOutcome, State
from services.rules.domain.concerns.concern import Concern
from services.rules.domain.concerns.progress import ActionReview, ActionReviewFact, Progress, by_the_record
from services.rules.domain.concerns.transitions import PRACTICE

_ESCALATED = (State.ESCALATED, State.RECOMMENDATION)


def follow_review(concern: Concern, said: ActionReviewFact) -> tuple[str, Concern] | None:
    """Return the word of a review and the concern that follows it. None if that changes nothing.

    The newest version of each review holds, in whatever order they come. Nothing changes on a concern that has ended or
    is not about practice, or if the review was held before the concern was reopened. An escalation that rested on an
    outcome which was corrected since is undone.
    """
    progress = concern.progress
    known = next((fact for fact in progress.reviews if fact.review_id == said.review_id), None)
    is_of_before = progress.reopened_day is not None and said.held_on < progress.reopened_day
    is_old = known is not None and said.version <= known.version
    if not concern.is_open or concern.answer.lane not in PRACTICE or is_of_before or is_old or not said.actions:
        return None
    others = tuple(fact for fact in progress.reviews if fact is not known)
    reviews = tuple(sorted((*others, said), key=lambda fact: fact.review_id))
    after = by_the_record(replace(progress, reviews=reviews))
    stands = progress.hold.stood if progress.hold is not None else concern.state
    state, after = _after(stands, progress, after)
    if after.hold is not None:
        after, state = replace(after, hold=replace(after.hold, stood=state)), concern.state
    return _word(said, after), replace(concern, state=state, progress=after, version=concern.version + 1)


def _after(stands: State, before: Progress, after: Progress) -> tuple[State, Progress]:
    """Return where a concern stands after a review, and its course."""
    if stands is State.REQUIRED_ACTION and after.review is not None and after.review.review_id:
        return State.ACTION_REVIEW, after
    if stands in _ESCALATED and _says_not_met(before.review) and not _says_not_met(after.review):
        nothing = replace(after, escalated_by="", escalated_on=None, recommendation=None)
        return State.ACTION_REVIEW, nothing
    return stands, after


def _says_not_met(review: ActionReview | None) -> bool:
    return review is not None and review.outcome is not ReviewOutcome.MET


def _word(said: ActionReviewFact, progress: Progress) -> str:
    """Return what was found, and how the supports stood: of the required action, else of the first one."""
    required = said.of(progress.action.action_id) if progress.action else None
    one = required or said.actions[0]
    return f"{one.found} {one.supports or 'nothing'}"
