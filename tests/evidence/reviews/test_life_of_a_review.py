"""How a review of actions is kept, corrected and answered (R81, P11; record 2.3)."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.evidence.domain.evidence_item import SupportsStanding
from services.evidence.domain.plans import life_of_an_action as actions
from services.evidence.domain.plans.action import OUTCOMES, ActionState, SupportOwed
from services.evidence.domain.plans.outcome import outcome_item
from services.evidence.domain.plans.sides import Actor, Side
from services.evidence.domain.reviews import life_of_a_review as life
from services.evidence.domain.reviews.review import Account, ActionReview, Follows, Found, ReviewedAction
from services.evidence.domain.standing import Standing
from services.evidence.wire.plans.reviews import review_event
from services.platform.calls.wire import from_date
from services.refusals import Refusal
from tests.evidence.plans.build import MANAGER, PERSON, TODAY, later, opened, refused

NOT_MET = Found("a1", ActionState.NOT_MET)
WORDS, THEIRS = "Two calls are not on file.", "I was at another hearing that week."
LAST_FRIDAY = TODAY - timedelta(days=3)
"""An office day. On a closed day before today, an action would have today too."""
AFTER = Standing(LAST_FRIDAY)
YESTERDAY, TOMORROW = TODAY - timedelta(days=1), TODAY + timedelta(days=1)


def said(*found: Found, follows: tuple[Follows, ...] = (Follows.CLOSE,), theirs: str = "") -> Account:
    return Account(found or (NOT_MET,), follows, WORDS, theirs, TODAY)


def held(account: Account | None = None, by: Actor = MANAGER) -> ActionReview:
    account = account or said()
    return life.hold(("sg-one", "r1"), account, as_found(account), TODAY, by)


def as_found(account: Account) -> tuple[ReviewedAction, ...]:
    actions = [(replace(opened(), action_id=one.action_id), one) for one in account.found]
    return tuple(life.reviewed(action, one, AFTER, SupportsStanding.COMPLETE) for action, one in actions)


def corrected(review: ActionReview, account: Account, by: Actor = MANAGER) -> ActionReview:
    life.check_correction(review, account)
    return life.correct(review, account, as_found(account), TODAY, "The log was read again.", by)


def test_a_review_says_what_was_found_how_supports_stood_and_what_both_sides_say() -> None:
    review = held(said(theirs=THEIRS))
    (action,) = review.actions
    assert (action.outcome, action.supports, action.due_on) == (NOT_MET.outcome, SupportsStanding.COMPLETE, LAST_FRIDAY)
    assert (review.words, review.safeguarder_words, review.entered_by) == (WORDS, THEIRS, "manager-one")
    assert held().entered_by == "", "nothing was entered for them"


@pytest.mark.parametrize(
    "found",
    [Found("a1"), Found("a1", ActionState.MET, TOMORROW)],
)
def test_an_action_has_an_outcome_or_more_time_and_not_both(found: Found) -> None:
    follows = (Follows.EXTEND,) if found.extended_to else (Follows.CLOSE,)
    assert refused(lambda: life.check_account(said(found, follows=follows))) == "OUTCOME_OR_DAY"


@pytest.mark.parametrize("state", [state for state in ActionState if state not in OUTCOMES])
def test_no_review_finds_anything_but_an_outcome(state: ActionState) -> None:
    assert refused(lambda: life.check_account(said(Found("a1", state)))) == "UNKNOWN_VALUE"


@pytest.mark.parametrize(
    ("found", "follows", "reason"),
    [
        (NOT_MET, (), "FIELD_MISSING"),
        (NOT_MET, (Follows.EXTEND,), "FOLLOWS_DO_NOT_FIT"),
        (Found("a1", extended_to=TOMORROW), (Follows.CHANGE,), "FOLLOWS_DO_NOT_FIT"),
        (NOT_MET, (Follows.CLOSE, Follows.CHANGE), "FOLLOWS_DO_NOT_FIT"),
    ],
)
def test_what_follows_fits_what_was_found(found: Found, follows: tuple[Follows, ...], reason: str) -> None:
    assert refused(lambda: life.check_account(said(found, follows=follows))) == reason


def test_a_review_may_be_followed_by_several_things() -> None:
    life.check_account(said(follows=(Follows.ADD_SUPPORT, Follows.CHANGE_APPROACH)))
    life.check_account(said(NOT_MET, Found("a2", extended_to=TOMORROW), follows=(Follows.EXTEND, Follows.CHANGE)))


def test_nobody_holds_a_review_tomorrow_or_before_the_action_was_open() -> None:
    assert refused(lambda: life.check_day(TOMORROW, [opened()], TODAY)) == "DATE_IN_FUTURE"
    assert refused(lambda: life.check_day(YESTERDAY, [opened()], TODAY)) == "ACTION_NOT_OPEN"
    life.check_day(TODAY, [opened()], TODAY)


@pytest.mark.parametrize(
    ("standing", "reason"),
    [
        (Standing(TODAY), "TIME_NOT_OVER"),
        (Standing(LAST_FRIDAY, stands_still=True), "TIME_NOT_OVER"),
        (Standing(LAST_FRIDAY), None),
    ],
)
def test_not_met_needs_a_talk_after_the_day_as_standstills_moved_it(standing: Standing, reason: str | None) -> None:
    """`review_after_due_before_escalation` (P11): a talk before the day is never taken for one after it."""
    if reason is None:
        life.check_after_time(NOT_MET, standing, TODAY)
    else:
        assert refused(lambda: life.check_after_time(NOT_MET, standing, TODAY)) == reason
    life.check_after_time(Found("a1", ActionState.MET), standing, TODAY)


def test_a_correction_is_about_the_same_actions_and_says_why() -> None:
    review = held(said(NOT_MET, Found("a2", extended_to=TOMORROW), follows=(Follows.EXTEND,)))
    met = Found("a1", ActionState.MET)
    extended = Found("a2", extended_to=TOMORROW)
    after = corrected(review, said(met, extended, follows=(Follows.EXTEND,)))
    assert (after.version, after.actions[0].outcome, after.correction_reason) == (
        2,
        ActionState.MET,
        "The log was read again.",
    )
    for other in ([met], [met, Found("a3", extended_to=TOMORROW)], [met, Found("a2", ActionState.MET)]):
        assert refused(lambda other=other: corrected(review, said(*other))) == "ACTIONS_STAY"  # type: ignore[misc]


def test_the_safeguarders_own_words_take_the_place_of_what_was_entered_and_nobody_changes_them() -> None:
    review = held(said(theirs="He said that he was away."))
    own = life.answer(review, THEIRS, PERSON)
    assert (own.version, own.safeguarder_words, own.entered_by, own.changed_by) == (2, THEIRS, "", Side.SAFEGUARDER)
    assert life.answer(own, THEIRS, PERSON) is own
    assert refused(lambda: corrected(own, said(theirs="He said nothing."))) == "WORDS_GIVEN_ALREADY"
    assert corrected(own, said()).safeguarder_words == THEIRS
    assert corrected(review, said()).entered_by == "manager-one", "what was entered stays entered"


@pytest.mark.parametrize("owed", [SupportOwed(), SupportOwed(deny_until=TOMORROW)])
def test_an_outcome_is_corrected_to_not_met_only_as_an_action_ends_so(owed: SupportOwed) -> None:
    met = actions.close(opened(), actions.Ending(ActionState.MET, WORDS), AFTER, None, MANAGER)
    not_met = actions.Ending(ActionState.NOT_MET, WORDS)
    assert refused(lambda: actions.correct_outcome(met, not_met, AFTER, owed, MANAGER)) == "SUPPORT_OWED"
    assert refused(lambda: actions.correct_outcome(met, not_met, Standing(TODAY), None, MANAGER)) == "TIME_NOT_OVER"
    assert actions.correct_outcome(met, not_met, AFTER, None, MANAGER).state is ActionState.NOT_MET
    same = actions.Ending(ActionState.MET, WORDS)
    assert actions.correct_outcome(met, same, Standing(TODAY), owed, MANAGER) is met


def test_a_corrected_outcome_makes_an_item_of_its_own() -> None:
    ended = actions.close(opened(), actions.Ending(ActionState.NOT_MET, WORDS), AFTER, None, MANAGER)
    first = outcome_item(ended, SupportsStanding.COMPLETE, MANAGER)
    known = replace(ended, outcome_evidence=first.evidence_id)
    met = actions.correct_outcome(known, actions.Ending(ActionState.MET, WORDS), AFTER, None, MANAGER)
    second = outcome_item(met, SupportsStanding.COMPLETE, MANAGER)
    assert second.evidence_id != first.evidence_id
    assert outcome_item(met, SupportsStanding.COMPLETE, MANAGER).evidence_id == second.evidence_id


def test_an_event_names_days_and_words_of_lists_and_nobodys_words() -> None:
    event = review_event(life.answer(held(said(theirs="Entered.")), THEIRS, PERSON))
    (action,) = event.actions
    assert (event.version, from_date(event, "held_date"), from_date(action, "due_date")) == (2, TODAY, LAST_FRIDAY)
    for text in (WORDS, THEIRS):
        assert text.encode() not in event.SerializeToString()


MOVES: dict[str, Callable[[ActionReview, int], ActionReview]] = {
    "answer": lambda review, day: life.answer(review, f"Own on day {day}.", later(PERSON, days=day)),
    "correct": lambda review, day: corrected(review, said(), later(MANAGER, days=day)),
    "enter": lambda review, day: corrected(review, said(theirs=f"Said on day {day}."), later(MANAGER, days=day)),
}


@given(st.lists(st.sampled_from(sorted(MOVES)), max_size=10))
def test_what_stands_as_the_safeguarders_own_words_is_theirs(steps: list[str]) -> None:
    """`silence_is_never_agreement`: nothing stands as theirs that they did not say, and their own words stay."""
    review, own = held(), ""
    for day, step in enumerate(steps):
        before = review
        try:
            review = MOVES[step](review, day)
        except Refusal:
            assert step == "enter", "only entering over their own words is refused"
            assert own
            continue
        assert review.version == before.version + 1
        own = review.safeguarder_words if step == "answer" else own
        assert review.is_answered is bool(own)
        assert not own or review.safeguarder_words == own


def test_outcomes_that_are_set_aside_become_more_time_and_both_sides_words_stay() -> None:
    """Record 2.5: readers of a review know it as a correction. No talk comes before the new day (P11)."""
    review = held(said(theirs=THEIRS))
    ended = replace(opened(), state=ActionState.NOT_MET, outcome_words=WORDS, outcome_evidence="e1")
    least_on = ended.due_on + timedelta(days=40)
    action = actions.open_again_by_review(ended, least_on, "Nobody asked her.", later(MANAGER, days=40))
    assert (action.state, action.outcome_words, action.outcome_evidence) == (ActionState.OPEN, "", "")
    assert (action.due_on, action.due_days[-1].words) == (least_on, "Nobody asked her.")
    early = actions.open_again_by_review(ended, ended.due_on, "Nobody asked her.", MANAGER)
    assert early.due_days == ended.due_days, "a day that is still to come stays"
    after = life.set_aside(review, {"a1": action}, "Nobody asked her.", MANAGER)
    (found,) = after.actions
    assert (found.outcome, found.extended_to, after.follows) == (None, least_on, (Follows.EXTEND,))
    assert (after.words, after.safeguarder_words, after.correction_reason) == (WORDS, THEIRS, "Nobody asked her.")
    ended_before = life.set_aside(review, {}, "Nobody asked her.", MANAGER)
    assert ended_before.actions == review.actions, "an action that ended otherwise keeps its outcome"
