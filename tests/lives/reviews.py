"""What people do in a life about reviews of actions."""

from typing import Any

from psmf.evidence.v1 import development_plans_pb2 as plans

from services.platform.calls.wire import to_date
from tests.lives.life import PEOPLE, Life

REVIEWS = plans.ActionReview
OPEN = (plans.Action.STATE_OPEN, plans.Action.STATE_COMPLETION_OFFERED)
OUTCOMES = (
    plans.Action.STATE_MET,
    plans.Action.STATE_PARTLY_MET,
    plans.Action.STATE_NOT_MET,
    plans.Action.STATE_NOT_POSSIBLE,
)


def review_actions(life: Life) -> None:
    """Hold a review of some actions, or correct one, or say how one sees it."""
    safeguarder, person, _ = life.someone()
    known, what = reviews_of(life, safeguarder), life.choices.random()
    if what < 0.6 or not known:
        _hold(life, safeguarder)
        return
    review = life.choices.choice(known)
    if what < 0.75:
        said = plans.AnswerActionReviewRequest(name=review.name, words="As I see it.", etag=review.etag)
        life.call(person, "plans", "AnswerActionReview", said)
        return
    request = plans.CorrectActionReviewRequest(
        name=review.name,
        actions=review.actions,
        held_date=review.held_date,
        follows=review.follows,
        words="As we see it now.",
        because="It was entered wrongly.",
        etag=review.etag,
    )
    for each in request.actions:
        if each.outcome:
            each.outcome = life.choices.choice(OUTCOMES)
    life.call(PEOPLE[safeguarder][1], "plans", "CorrectActionReview", request)


def reviews_of(life: Life, safeguarder: str) -> list[plans.ActionReview]:
    """Return the reviews of somebody's actions."""
    request = plans.ListActionReviewsRequest(parent=f"safeguarders/{safeguarder}")
    return list(life.running.plans.ListActionReviews(request, **life.running.as_("panel-team")).action_reviews)


def _hold(life: Life, safeguarder: str) -> None:
    found = [action for action in life.plan_of(safeguarder).actions if action.state in (*OPEN, *OUTCOMES)]
    chosen = life.choices.sample(found, min(len(found), life.choices.randint(1, 2)))
    if not chosen:
        return
    reviewed = [_found(life, action) for action in chosen]
    extends = any(each.HasField("extended_date") for each in reviewed)
    what: dict[str, Any] = {"actions": reviewed, "words": "We spoke of it.", "held_date": to_date(life.running.today)}
    follows = [
        REVIEWS.FOLLOWS_EXTEND if extends else life.choices.choice((REVIEWS.FOLLOWS_CLOSE, REVIEWS.FOLLOWS_CHANGE))
    ]
    request = plans.HoldActionReviewRequest(parent=f"safeguarders/{safeguarder}", follows=follows, **what)
    life.call(PEOPLE[safeguarder][1], "plans", "HoldActionReview", request)


def _found(life: Life, action: plans.Action) -> plans.ActionReview.ReviewedAction:
    reviewed = REVIEWS.ReviewedAction(action=action.name, etag=action.etag)
    if action.state in OPEN and life.choices.random() < 0.3:
        reviewed.extended_date.CopyFrom(to_date(life.running.ago(-life.choices.randint(20, 200))))
    else:
        reviewed.outcome = life.choices.choice(OUTCOMES) if action.state in OPEN else action.state
    return reviewed
