"""A concern is on hold while a review is open, from the day it was asked for (B5, D6, D15.5)."""

import itertools
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.refusals import Refusal
from services.rules.domain.closed_lists import HoldReason, Lane, State
from services.rules.domain.concerns import moves as life
from services.rules.domain.concerns.concern import Concern, Reason, may_be_raised_after, propose_closing
from services.rules.domain.concerns.history import Move
from services.rules.domain.concerns.review_requests.followed import (
    OPENED_BEFORE,
    ReviewRequestFact,
    close_upheld,
    follow_reviews,
)
from tests.rules.builders import NOW, TODAY
from tests.rules.domain.concerns.builders import context
from tests.rules.domain.concerns.test_concern_life_cycle import with_action

CONCERN = with_action()


def review(review_id: str = "r1", made: int = 0, **changes: Any) -> ReviewRequestFact:
    """Return a review of the concern that was asked for some days after today."""
    known = ReviewRequestFact(
        review_id, CONCERN.safeguarder_id, 1, TODAY + timedelta(days=made), (CONCERN.concern_id,), (), NOW
    )
    return replace(known, **changes)


def after(concern: Concern, reviews: list[ReviewRequestFact], day: int = 0) -> Concern:
    return follow_reviews(concern, reviews, TODAY + timedelta(days=day))[2]


def test_it_is_on_hold_while_one_is_open_and_returns_to_where_it_stood() -> None:
    held = after(CONCERN, [review()])
    assert held.state is State.HELD
    assert held.progress.hold is not None
    assert held.progress.hold.reviews == ("r1",)
    assert after(held, [review()]) is held, "the same news changes nothing"
    free = after(held, [review(ended_at=NOW)], 7)
    assert (free.state, free.progress.hold) == (CONCERN.state, None)
    assert not CONCERN.progress.pauses


def test_of_two_reviews_the_last_to_end_releases_it() -> None:
    both = [review(), review("r2", 2)]
    held = after(CONCERN, both, 2)
    once = after(held, [review(ended_at=NOW), both[1]], 5)
    assert once.state is State.HELD
    assert after(once, [review(ended_at=NOW), review("r2", 2, ended_at=NOW)], 6).state is CONCERN.state


def test_the_days_since_it_was_asked_for_come_back_once() -> None:
    """Scheduling moves the days of what is in a plan. What was kept before the record is moved here."""
    action = CONCERN.progress.action
    assert action is not None
    kept_before = replace(action, action_id="")
    before = replace(CONCERN, progress=replace(CONCERN.progress, approaches=(), action=kept_before))
    for concern, days in ((CONCERN, 0), (before, 14)):
        held = after(concern, [review(made=-4)], 3)
        free = after(held, [review(made=-4, ended_at=NOW)], 10)
        assert free.progress.action is not None
        assert free.progress.action.due_on - action.due_on == timedelta(days=days)
        assert [pause.by_the_record for pause in free.progress.pauses] == [True]


def test_days_on_which_something_else_holds_it_too_are_counted_once() -> None:
    """Scheduling gives the days of the review back, whatever else holds the concern on them."""
    held = after(CONCERN, [review()])
    both = life.hold(held, HoldReason.SUSPENDED, context(2))
    alone = life.release(both, HoldReason.SUSPENDED, context(5))
    free = after(alone, [review(ended_at=NOW)], 9)
    spans = [(pause.since, pause.until, pause.by_the_record) for pause in free.progress.pauses]
    assert spans == [(TODAY, TODAY + timedelta(days=9), True)]


REVIEWS = st.lists(st.tuples(st.integers(-6, 12), st.integers(0, 9), st.integers(0, 9)), max_size=3)
"""Reviews: the day on which each was asked for, how many days later rules hear of it, and how many days later it ends.
"""
SUSPENSIONS = st.lists(st.tuples(st.integers(0, 20), st.integers(1, 9)), max_size=3)
LAST = 60


@given(REVIEWS, SUSPENSIONS)
def test_order_of_pauses_is_nothing(asked: list[tuple[int, int, int]], held: list[tuple[int, int]]) -> None:
    """D15.5: each day that something held a concern is given back once, whatever came first and however late."""
    heard = [(made, max(made + late, 0), max(made + late, 0) + runs) for made, late, runs in asked]
    concern = CONCERN
    for day in range(LAST):
        told = [
            (review(f"r{n}", made, ended_at=NOW if end <= day else None), told_on)
            for n, (made, told_on, end) in enumerate(heard)
            if told_on <= day
        ]
        # The handler follows each as an open one first, also if it hears of its end alone.
        concern = after(concern, [replace(each, ended_at=None) if on == day else each for each, on in told], day)
        concern = after(concern, [each for each, _ in told], day)
        wanted, suspended = any(first <= day < first + days for first, days in held), _is_suspended(concern)
        if wanted is not suspended:
            move = life.hold if wanted else life.release
            concern = move(concern, HoldReason.SUSPENDED, context(day))
    assert concern.state is CONCERN.state
    action, before = concern.progress.action, CONCERN.progress.action
    assert action is not None
    assert before is not None
    days_of_reviews = {day for made, _, end in heard for day in range(made, end)}
    suspended_alone = {day for first, days in held for day in range(first, first + days)} - days_of_reviews
    assert (action.due_on - before.due_on).days == len(suspended_alone), "scheduling gives the days of reviews back"


def _is_suspended(concern: Concern) -> bool:
    hold = concern.progress.hold
    return hold is not None and HoldReason.SUSPENDED in hold.reasons


def test_no_person_releases_what_a_review_in_the_record_holds() -> None:
    with pytest.raises(Refusal) as refused:
        life.release(after(CONCERN, [review()]), HoldReason.REVIEW_OPEN, context())
    assert refused.value.metadata["guard"] == "review_runs"


@pytest.mark.parametrize("lane", [Lane.SAFETY, Lane.EXCELLENCE, Lane.DATA_GAP])
def test_a_review_stops_nothing_it_should_not(lane: Lane) -> None:
    other = replace(CONCERN, answer=replace(CONCERN.answer, lane=lane))
    assert after(other, [review()]) is other


def test_an_escalation_that_crossed_with_a_review_is_undone() -> None:
    progress = replace(CONCERN.progress, escalated_by="senior", escalated_on=TODAY)
    escalated = replace(CONCERN, state=State.ESCALATED, progress=progress)
    move, word, held = follow_reviews(escalated, [review(made=-1)], TODAY)
    assert (move, word) == (Move.HOLD, OPENED_BEFORE)
    assert held.progress.hold is not None
    assert held.progress.hold.stood is State.ACTION_REVIEW
    assert not held.progress.escalated_by
    before = follow_reviews(escalated, [review(made=1)], TODAY + timedelta(days=1))[2]
    assert before.progress.hold is not None
    assert before.progress.hold.stood is State.ESCALATED, "it was escalated before anybody asked"


def test_an_escalation_that_crossed_is_undone_also_while_something_else_holds_it() -> None:
    progress = replace(CONCERN.progress, escalated_by="senior", escalated_on=TODAY)
    escalated = replace(CONCERN, state=State.ESCALATED, progress=progress)
    suspended = life.hold(escalated, HoldReason.SUSPENDED, context(1))
    held = after(suspended, [review(made=-1)], 2)
    free = life.release(after(held, [review(made=-1, ended_at=NOW)], 3), HoldReason.SUSPENDED, context(4))
    assert (free.state, free.progress.escalated_by) == (State.ACTION_REVIEW, "")


def test_one_that_is_upheld_closes_it_and_no_person_gives_that_reason() -> None:
    closed = close_upheld(after(CONCERN, [review()]), review(), TODAY, NOW)
    assert (closed.state, closed.reason, closed.progress.hold) == (State.CLOSED, Reason.REVIEW_UPHELD, None)
    assert Reason.REVIEW_UPHELD not in (*life.CLOSING_REASONS, *life.DISMISSING_REASONS)


def test_what_is_left_without_the_evidence_that_was_wrong_may_be_raised_again_whenever_rules_look() -> None:
    """Whether rules proposed closing it before they heard of the decision is chance, and changes nothing."""
    about_evidence = review(evidence_ids=tuple(CONCERN.rests_on))
    early, late = CONCERN, propose_closing(CONCERN)
    assert all(
        may_be_raised_after(close_upheld(concern, about_evidence, TODAY, NOW), CONCERN.answer)
        for concern in (early, late)
    )
    found_nothing = close_upheld(CONCERN, review(is_the_concern=True), TODAY, NOW)
    assert not may_be_raised_after(found_nothing, CONCERN.answer), "the same evidence would undo the decision"


def test_every_order_of_news_leaves_the_same_hold() -> None:
    facts = [review(), review("r2", 1), review("r3", 2, ended_at=NOW)]
    ends = set()
    for order in itertools.permutations(facts):
        concern = CONCERN
        for known in range(1, len(order) + 1):
            concern = after(concern, list(order[:known]), 3)
        assert concern.progress.hold is not None
        ends.add(concern.progress.hold.reviews)
    assert ends == {("r1", "r2")}
