"""A review of actions judges an action only once its time has passed (R77, R81)."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from services.refusals import Kind, Refusal
from services.rules.domain.closed_lists import (
    HoldReason,
    RequiredAction,
    ReviewOutcome,
    State,
    SupportsStanding,
)
from services.rules.domain.concerns import moves as life
from services.rules.domain.concerns.concern import Concern
from services.rules.domain.concerns.guards import Guard, MoveContext
from services.rules.domain.concerns.history import Move
from services.rules.domain.concerns.progress import ActionReview, RequiredFact
from services.rules.domain.concerns.transitions import blocking_guard
from tests.rules.builders import TODAY
from tests.rules.domain.concerns.builders import DELIVERED, EVIDENCE, a_concern, approached, followed, read_approach
from tests.sizes import part_of

REQUIRED_ON, DUE_ON = date(2026, 11, 30), date(2026, 12, 8)
COMPLETE = SupportsStanding.COMPLETE
NOT_DONE = (ReviewOutcome.PARTLY, ReviewOutcome.NOT_MET)


def on(day: date, by: str = "manager") -> MoveContext:
    return MoveContext(day, by, EVIDENCE)


def an_action(required_on: date = REQUIRED_ON, due_on: date = DUE_ON) -> Concern:
    first = on(required_on)
    concern = life.acknowledge(a_concern(), "manager", required_on, first)
    concern = followed(concern, replace(DELIVERED, discussed_on=required_on))
    action = RequiredFact("action", RequiredAction.CHANGE_PRACTICE, due_on)
    said = read_approach(on=required_on, served_on=required_on, actions=(action,))
    return approached(concern, said, today=required_on)


def reviewed(concern: Concern, held_on: date, outcome: ReviewOutcome, today: date | None = None) -> Concern:
    return life.review_actions(concern, held_on, outcome, COMPLETE, on(today or held_on))


@pytest.mark.parametrize("outcome", NOT_DONE)
@pytest.mark.parametrize("held_on", [REQUIRED_ON, date(2026, 12, 7), DUE_ON])
def test_a_review_before_the_time_has_passed_can_only_find_the_action_met(
    held_on: date, outcome: ReviewOutcome
) -> None:
    """P11: also when it is entered later with an earlier date."""
    for today in (held_on, date(2026, 12, 20)):
        with pytest.raises(Refusal, match="REVIEW_BEFORE_TIME") as caught:
            reviewed(an_action(), held_on, outcome, today)
        assert (caught.value.kind, caught.value.metadata["due"]) == (Kind.INVALID, "2026-12-08")
    met = reviewed(an_action(), held_on, ReviewOutcome.MET)
    assert met.state is State.ACTION_REVIEW
    assert blocking_guard(met, Move.ESCALATE, on(date(2026, 12, 20), "senior")) is Guard.NOT_MET


@pytest.mark.parametrize("outcome", NOT_DONE)
def test_a_review_after_the_time_has_passed_carries_an_escalation(outcome: ReviewOutcome) -> None:
    """P11: a later review may also replace an early one that found the action met."""
    after = DUE_ON + timedelta(days=1)
    early = reviewed(an_action(), REQUIRED_ON, ReviewOutcome.MET)
    for concern in (an_action(), early):
        assert life.escalate(reviewed(concern, after, outcome), on(after, "senior")).state is State.ESCALATED


def test_a_review_that_an_earlier_release_kept_before_its_time_carries_no_escalation() -> None:
    """P11: stored before this guard."""
    early = ActionReview(REQUIRED_ON, ReviewOutcome.NOT_MET, COMPLETE)
    action = an_action()
    kept = replace(action, state=State.ACTION_REVIEW, progress=replace(action.progress, review=early))
    assert blocking_guard(kept, Move.ESCALATE, on(date(2026, 12, 9), "senior")) is Guard.REVIEW_AFTER_TIME
    again = reviewed(kept, date(2026, 12, 9), ReviewOutcome.NOT_MET)
    assert blocking_guard(again, Move.ESCALATE, on(date(2026, 12, 9), "senior")) is None


def test_days_on_hold_after_an_early_review_move_the_time_of_the_action() -> None:
    """P11: days on hold count against nobody (D15.5)."""
    early = reviewed(an_action(), date(2026, 12, 1), ReviewOutcome.MET)
    held = life.hold(early, HoldReason.SUSPENDED, on(date(2026, 12, 2)))
    freed = life.release(held, HoldReason.SUSPENDED, on(date(2026, 12, 12)))
    with pytest.raises(Refusal, match="REVIEW_BEFORE_TIME"):
        reviewed(freed, date(2026, 12, 18), ReviewOutcome.NOT_MET)
    assert reviewed(freed, date(2026, 12, 19), ReviewOutcome.NOT_MET).progress.review is not None


@settings(max_examples=part_of(400), deadline=None)
@given(
    starts=st.integers(0, 60),
    lasts=st.integers(1, 40),
    held_after=st.integers(0, 60),
    entered_after=st.integers(0, 30),
    outcome=st.sampled_from(list(ReviewOutcome)),
)
def test_no_review_finds_an_action_undone_while_there_is_time_to_do_it(
    starts: int, lasts: int, held_after: int, entered_after: int, outcome: ReviewOutcome
) -> None:
    """P11: whatever the days, weekends and days around New Year included."""
    required_on = TODAY + timedelta(days=starts)
    concern = an_action(required_on, required_on + timedelta(days=lasts))
    held_on = required_on + timedelta(days=held_after)
    today = held_on + timedelta(days=entered_after)
    action = concern.progress.action
    assert action is not None
    try:
        after = reviewed(concern, held_on, outcome, today)
    except Refusal:
        assert outcome is not ReviewOutcome.MET
        assert not action.is_overdue(held_on)
        return
    allowed = blocking_guard(after, Move.ESCALATE, on(today, "senior")) is None
    assert allowed is (outcome is not ReviewOutcome.MET and action.is_overdue(held_on))
    assert outcome is ReviewOutcome.MET or action.is_overdue(held_on)
