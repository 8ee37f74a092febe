"""Reviews of actions. Each action that is reviewed ends, or has more time, by the moves that it has anyway."""

import uuid
from dataclasses import replace
from datetime import date

from services.evidence.adapters.plan_files import PlanFile
from services.evidence.domain.plans.action import Action
from services.evidence.domain.plans.life_of_an_action import Ending, Later
from services.evidence.domain.plans.outcome import supports_standing
from services.evidence.domain.plans.plan import TimedSupport
from services.evidence.domain.plans.support import Support
from services.evidence.domain.review_requests.request import Target, TargetKind
from services.evidence.domain.reviews import life_of_a_review as life
from services.evidence.domain.reviews.review import Account, ActionReview, Found, ReviewedAction
from services.evidence.handlers.plans import actions, approach, parts
from services.evidence.handlers.review_requests.frozen import check_not_under_review
from services.refusals import invalid, not_found, precondition


def hold(safeguarder_id: str, account: Account, reply_working_days: int, files: PlanFile) -> ActionReview:
    """Keep a review that was held, and end or extend its actions.

    An action that ended before with the same outcome stays as it is.

    Raises:
        Refusal: SAFEGUARDER_NOT_FOUND; ACTION_NOT_FOUND; as `life` and `_held_on` say; and as `actions.close` and
            `actions.change_date` say.
    """
    parts.check_known(safeguarder_id, files)
    held_on, found = _checked(safeguarder_id, account, files)
    supports = _supports(safeguarder_id, files)
    reviewed = tuple(_reviewed(action, one, supports, files) for action, one in found)
    for action, one in found:
        _act(action, one, account.words, reply_working_days, files)
        _check_after_time(action, one, held_on, files)
    review = life.hold((safeguarder_id, uuid.uuid4().hex), account, reviewed, held_on, files.actor)
    files.parts.put(review)
    return review


def correct(
    name: parts.Name, etag: str, account: Account, because: str, reply_working_days: int, files: PlanFile
) -> ActionReview:
    """Keep a correction of a review, and correct the outcomes of its actions.

    Raises:
        Refusal: REVIEW_NOT_FOUND; ETAG_MISMATCH; UNDER_REVIEW; and as `hold` says, `life.check_correction` and
            `actions.correct_outcome`.
    """
    before = find(name, files)
    parts.check_etag(etag, before.etag)
    check_not_under_review(name[0], Target(TargetKind.ACTION_REVIEW, name[1]), files.requests)
    held_on, found = _checked(name[0], account, files)
    life.check_correction(before, account)
    supports = _supports(name[0], files)
    reviewed = tuple(_reviewed(action, one, supports, files) for action, one in found)
    for action, one in found:
        # An action that ended before the review has words of its own.
        if one.outcome is not None and (action.state is not one.outcome or action.outcome_words == before.words):
            actions.correct_outcome(action, Ending(one.outcome, account.words), reply_working_days, files)
        _check_after_time(action, one, held_on, files)
    known = {each.action_id: each.concerns for each in before.actions}
    reviewed = tuple(replace(each, concerns=known[each.action_id]) for each in reviewed)
    after = life.correct(before, account, reviewed, held_on, because, files.actor)
    files.parts.put(after)
    return after


def answer(name: parts.Name, etag: str, words: str, files: PlanFile) -> ActionReview:
    """Keep how the Safeguarder sees a review. Refuse REVIEW_NOT_FOUND and ETAG_MISMATCH."""
    before = find(name, files)
    parts.check_etag(etag, before.etag)
    after = life.answer(before, words, files.actor)
    if after is not before:
        files.parts.put(after)
    return after


def find(name: parts.Name, files: PlanFile, version: int = 0) -> ActionReview:
    """Return a review, or a version of it. Refuse REVIEW_NOT_FOUND, also for one of somebody else."""
    found = files.parts.find(ActionReview, name[1], version)
    if found is None or found.safeguarder_id != name[0]:
        raise not_found("REVIEW_NOT_FOUND", "This Safeguarder has no such review of actions.", "name")
    return found


def every(safeguarder_id: str, files: PlanFile) -> list[ActionReview]:
    """Return the newest version of every review of a person's actions, the one held last first."""
    parts.check_known(safeguarder_id, files)
    found = files.parts.of(ActionReview, safeguarder_id)
    return sorted(found, key=lambda review: (review.held_on, review.created_at), reverse=True)


def _checked(safeguarder_id: str, account: Account, files: PlanFile) -> tuple[date, list[tuple[Action, Found]]]:
    """Return the day of a review, and its actions with what was found of each."""
    life.check_account(account)
    found = [(parts.find_action((safeguarder_id, one.action_id), files, "actions"), one) for one in account.found]
    held_on = _held_on(account, safeguarder_id, files)
    life.check_day(held_on, [action for action, _ in found], files.actor.today)
    return held_on, found


def _held_on(account: Account, safeguarder_id: str, files: PlanFile) -> date:
    """Return the day on which a review was held: the day of its session, if it was held at one.

    Raises:
        Refusal: FIELD_MISSING without a day and a session; SESSION_NOT_FOUND; SESSION_NOT_HELD; OTHER_DAY if the
            session was held on another day.
    """
    if not account.session_id:
        if account.held_on is None:
            raise invalid("FIELD_MISSING", "held_date is needed, or the session at which it was held.", "held_date")
        return account.held_on
    held_on = parts.day_of_session(account.session_id, safeguarder_id, files)
    if account.held_on not in (None, held_on):
        message = f"The session was on {held_on}. Leave held_date out."
        raise invalid("OTHER_DAY", message, "held_date", date=held_on.isoformat())
    return held_on


def _supports(safeguarder_id: str, files: PlanFile) -> list[TimedSupport]:
    return [parts.timed_support(support, files) for support in files.parts.of(Support, safeguarder_id)]


def _reviewed(action: Action, found: Found, supports: list[TimedSupport], files: PlanFile) -> ReviewedAction:
    standing = parts.timed_action(action, files).standing
    stands = supports_standing(action, supports, files.actor.today)
    return life.reviewed(action, found, standing, stands, approach.concerns_that_require(action, files))


def _check_after_time(action: Action, found: Found, held_on: date, files: PlanFile) -> None:
    """Check the day of a talk by the time that an action had before it. Refuse as `life.check_after_time` does."""
    life.check_after_time(found, parts.timed_action(action, files).standing, held_on)


def _act(action: Action, found: Found, words: str, reply_working_days: int, files: PlanFile) -> None:
    """End an action with its outcome, or give it more time."""
    name = (action.safeguarder_id, action.action_id)
    if found.extended_to is not None:
        if not action.is_open:
            raise precondition("ACTION_NOT_OPEN", "An action that is named is not open.", "actions", state=action.state)
        actions.change_date(name, found.etag, Later(found.extended_to, words), files)
    elif found.outcome is not None and action.state is not found.outcome:
        actions.close(name, found.etag, Ending(found.outcome, words), reply_working_days, files)
