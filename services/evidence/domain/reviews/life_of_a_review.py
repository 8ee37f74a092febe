"""The moves of a review of actions (R81, P11; record 2.3).

A review is kept once it was held. Nobody can fail to do in time what there is still time to do, so *not met* needs a
talk after the due day, as the days that stood still have moved it. What is corrected stays readable.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date

from services.evidence.domain.evidence_item import SupportsStanding
from services.evidence.domain.plans.action import OUTCOMES, Action, ActionState
from services.evidence.domain.plans.sides import Actor, Side
from services.evidence.domain.reviews.review import Account, ActionReview, Follows, Found, ReviewedAction
from services.evidence.domain.standing import Standing
from services.refusals import invalid, precondition


def check_account(account: Account) -> None:
    """Check that an account says of each action how it ends or how long it has, and what follows.

    Raises:
        Refusal: FIELD_MISSING without actions or without what follows; OUTCOME_OR_DAY; UNKNOWN_VALUE for another
            outcome; FOLLOWS_DO_NOT_FIT.
    """
    for field, given in (("actions", account.found), ("follows", account.follows)):
        if not given:
            raise invalid("FIELD_MISSING", f"{field} is needed.", field)
    for found in account.found:
        _check_found(found)
    extends = any(found.extended_to for found in account.found)
    if extends is not (Follows.EXTEND in account.follows):
        message = "Say that more time follows if an action has a later day, and only then."
        raise invalid("FOLLOWS_DO_NOT_FIT", message, "follows")
    if Follows.CLOSE in account.follows and len(account.follows) > 1:
        message = "CLOSE says that nothing more follows. Leave it out, or leave out the others."
        raise invalid("FOLLOWS_DO_NOT_FIT", message, "follows")


def check_day(held_on: date, actions: Sequence[Action], today: date) -> None:
    """Check the day of a review.

    Raises:
        Refusal: DATE_IN_FUTURE; ACTION_NOT_OPEN for an action that was not open by then.
    """
    if held_on > today:
        raise invalid("DATE_IN_FUTURE", "held_date is in the future.", "held_date", date=held_on.isoformat())
    for action in actions:
        if action.opened_on is None or action.opened_on > held_on:
            message = "An action that is named was not open on that day."
            raise precondition("ACTION_NOT_OPEN", message, "actions", action=action.action_id)


def check_after_time(found: Found, standing: Standing, held_on: date) -> None:
    """Check that an action was not found *not met* while it still had time.

    Raises:
        Refusal: TIME_NOT_OVER.
    """
    if found.outcome is ActionState.NOT_MET and not standing.is_over(held_on):
        last = standing.last_day.isoformat()
        message = (
            f"On that day its time was not over: its last day was {last}, or it stood still. Hold the review after it."
        )
        raise precondition("TIME_NOT_OVER", message, "held_date", due=last)


def reviewed(
    action: Action, found: Found, standing: Standing, supports: SupportsStanding, required_for: Iterable[str] = ()
) -> ReviewedAction:
    """Return an action as it stood at a review. `required_for`: ids of concerns that require it."""
    concerns = tuple(sorted({*required_for, action.proposal.concern} - {""}))
    return ReviewedAction(action.action_id, concerns, found.outcome, found.extended_to, standing.due_on, supports)


def hold(
    ids: tuple[str, str], account: Account, actions: tuple[ReviewedAction, ...], held_on: date, actor: Actor
) -> ActionReview:
    """Return a review that was held. `ids`: of the Safeguarder and of the review."""
    safeguarder_id, review_id = ids
    return ActionReview(
        review_id,
        safeguarder_id,
        actions,
        held_on,
        account.session_id,
        account.follows,
        account.words,
        actor.person,
        actor.now,
        actor.now,
        account.safeguarder_words,
        entered_by=actor.person if account.safeguarder_words else "",
    )


def check_correction(review: ActionReview, account: Account) -> None:
    """Check that a correction is about the same actions, and leaves the Safeguarder's own words.

    Raises:
        Refusal: ACTIONS_STAY; WORDS_GIVEN_ALREADY.
    """
    before = {each.action_id: each for each in review.actions}
    stays = before.keys() == {found.action_id for found in account.found} and all(
        found.extended_to == before[found.action_id].extended_to for found in account.found
    )
    if not stays:
        message = (
            "A correction names the same actions. What ended keeps an outcome, and what has more time keeps its day. "
            "Move the day of an action with ChangeActionDate."
        )
        raise precondition("ACTIONS_STAY", message, "actions")
    if review.is_answered and account.safeguarder_words not in ("", review.safeguarder_words):
        message = "The Safeguarder said themselves how they see it. Leave these words out."
        raise precondition("WORDS_GIVEN_ALREADY", message, "safeguarder_words")


def correct(
    review: ActionReview,
    account: Account,
    actions: tuple[ReviewedAction, ...],
    held_on: date,
    because: str,
    actor: Actor,
) -> ActionReview:
    """Return the next version of a review. What the Safeguarder said stays, unless other words are entered for them."""
    words, entered_by = review.safeguarder_words, review.entered_by
    if account.safeguarder_words not in ("", words):
        words, entered_by = account.safeguarder_words, actor.person
    return replace(
        review,
        actions=actions,
        held_on=held_on,
        session_id=account.session_id,
        follows=account.follows,
        words=account.words,
        safeguarder_words=words,
        entered_by=entered_by,
        version=review.version + 1,
        recorded_at=actor.now,
        changed_by=Side.SUPPORT_MANAGER,
        correction_reason=because,
    )


def set_aside(review: ActionReview, opened: Mapping[str, Action], reasons: str, actor: Actor) -> ActionReview:
    """Return a review whose outcomes stand no longer, because a review request about it was upheld.

    `opened`: the actions that are open again, by id. They have more time in place of an outcome, so readers of a
    review need no other word for it. The words of both sides stay.
    """
    actions = tuple(
        replace(each, outcome=None, extended_to=opened[each.action_id].due_on) if each.action_id in opened else each
        for each in review.actions
    )
    follows = (Follows.EXTEND,) if opened else review.follows
    return replace(
        review,
        actions=actions,
        follows=follows,
        version=review.version + 1,
        recorded_at=actor.now,
        changed_by=Side.PANEL_TEAM,
        correction_reason=reasons,
    )


def answer(review: ActionReview, words: str, actor: Actor) -> ActionReview:
    """Return a review with how the Safeguarder sees it, in their own words. The same words again change nothing."""
    if review.is_answered and review.safeguarder_words == words:
        return review
    said = {"safeguarder_words": words, "entered_by": "", "changed_by": Side.SAFEGUARDER}
    return replace(review, version=review.version + 1, recorded_at=actor.now, **said)  # type: ignore[arg-type]


def _check_found(found: Found) -> None:
    if (found.outcome is None) is (found.extended_to is None):
        message = "Give each action an outcome, or a later day."
        raise invalid("OUTCOME_OR_DAY", message, "actions", action=found.action_id)
    if found.outcome is not None and found.outcome not in OUTCOMES:
        message = "outcome must be MET, PARTLY_MET, NOT_MET or NOT_POSSIBLE."
        raise invalid("UNKNOWN_VALUE", message, "actions", action=found.action_id)
