"""Reviews of actions as people write and read them, and as they are told without words."""

from typing import Any

from psmf.evidence.v1 import development_plans_pb2 as pb
from psmf.evidence.v1 import events_pb2

from services.evidence.domain.plans.action import ActionState
from services.evidence.domain.reviews.review import Account, ActionReview, Follows, Found, ReviewedAction
from services.evidence.wire.plans.requests import ids, needed_words, one_id
from services.evidence.wire.session_records import words
from services.platform.calls.wire import from_date, from_word, to_date, to_instant, to_member
from services.refusals import invalid


def account(request: Any, safeguarder_id: str, year: int) -> Account:
    """Return a review as somebody enters it, in a request to hold or to correct one.

    Raises:
        Refusal: INVALID for an unknown word, a bad name or day, something named twice, or a text that `words` refuses.
    """
    action_ids = ids([each.action for each in request.actions], "actions", safeguarder_id, "actions")
    follows = tuple(to_member(Follows, pb.ActionReview.Follows, each, "follows") for each in request.follows)
    if len(set(follows)) != len(follows):
        raise invalid("NAMED_TWICE", "follows names something twice. Name each once.", "follows")
    return Account(
        tuple(_found(action_id, each) for action_id, each in zip(action_ids, request.actions, strict=True)),
        follows,
        needed_words(request.words, "words", year),
        words(request.safeguarder_words, "safeguarder_words", year),
        from_date(request, "held_date"),
        one_id(request.session, "supportSessions", safeguarder_id, "session"),
    )


def _found(action_id: str, said: pb.ActionReview.ReviewedAction) -> Found:
    outcome = to_member(ActionState, pb.Action.State, said.outcome, "actions") if said.outcome else None
    return Found(action_id, outcome, from_date(said, "extended_date"), said.etag)


def review_message(review: ActionReview) -> pb.ActionReview:
    """Return the message of a review."""
    person = f"safeguarders/{review.safeguarder_id}"
    return pb.ActionReview(
        name=f"{person}/actionReviews/{review.review_id}",
        actions=[_action_message(person, each) for each in review.actions],
        held_date=to_date(review.held_on),
        session=f"{person}/supportSessions/{review.session_id}" if review.session_id else "",
        follows=[from_word(pb.ActionReview.Follows, each) for each in review.follows],
        support_manager_words=review.words,
        safeguarder_words=review.safeguarder_words,
        entered_by=review.entered_by,
        held_by=review.held_by,
        correction_reason=review.correction_reason,
        version=review.version,
        create_time=to_instant(review.created_at),
        update_time=to_instant(review.recorded_at),
        etag=review.etag,
    )


def _action_message(person: str, action: ReviewedAction) -> pb.ActionReview.ReviewedAction:
    return pb.ActionReview.ReviewedAction(
        action=f"{person}/actions/{action.action_id}",
        outcome=from_word(pb.Action.State, action.outcome),
        extended_date=to_date(action.extended_to),
        due_date=to_date(action.due_on),
        supports=from_word(pb.ActionReview.SupportsStanding, action.supports),
    )


def review_event(review: ActionReview) -> events_pb2.ActionReviewHeld:
    """Return the event of a review: ids, dates and words of closed lists."""
    return events_pb2.ActionReviewHeld(
        safeguarder_id=review.safeguarder_id,
        review_id=review.review_id,
        version=review.version,
        actions=[
            events_pb2.ActionReviewHeld.ReviewedAction(
                action_id=each.action_id,
                concern_ids=each.concerns,
                outcome=from_word(pb.Action.State, each.outcome),
                extended_date=to_date(each.extended_to),
                due_date=to_date(each.due_on),
                supports=from_word(pb.ActionReview.SupportsStanding, each.supports),
            )
            for each in review.actions
        ],
        held_date=to_date(review.held_on),
        session_id=review.session_id,
        follows=[from_word(pb.ActionReview.Follows, each) for each in review.follows],
        changed_by=from_word(pb.Raiser, review.changed_by),
        change_time=to_instant(review.recorded_at),
    )
