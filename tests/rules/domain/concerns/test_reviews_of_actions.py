"""A concern follows reviews of its required action, and judges an action only once its time has passed (R77, R81)."""

from dataclasses import replace
from datetime import date, timedelta
from itertools import permutations
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from services.rules.domain.closed_lists import (
    HoldReason,
    Lane,
    RequiredAction,
    ReviewOutcome,
    State,
    SupportsStanding,
)
from services.rules.domain.concerns import moves as life
from services.rules.domain.concerns.concern import Concern
from services.rules.domain.concerns.guards import Guard, MoveContext
from services.rules.domain.concerns.history import Move
from services.rules.domain.concerns.progress import Action, ActionReview, ApproachFact, RequiredFact
from services.rules.domain.concerns.reviews import follow_review
from services.rules.domain.concerns.transitions import blocking_guard
from tests.rules.builders import TODAY
from tests.rules.domain.concerns.builders import (
    DELIVERED,
    EVIDENCE,
    a_concern,
    a_review,
    approached,
    followed,
    later,
    read_approach,
    talked,
)
from tests.sizes import part_of

REQUIRED_ON, DUE_ON = date(2026, 11, 30), date(2026, 12, 8)
AFTER = DUE_ON + timedelta(days=1)
COMPLETE = SupportsStanding.COMPLETE
NOT_DONE = ("partly", "not_met")


def on(day: date, by: str = "senior") -> MoveContext:
    return MoveContext(day, by, EVIDENCE)


def an_action(required_on: date = REQUIRED_ON, due_on: date = DUE_ON, **changes: bool) -> Concern:
    first = on(required_on)
    concern = life.acknowledge(a_concern(), "manager", required_on, first)
    concern = followed(concern, replace(DELIVERED, discussed_on=required_on))
    action = RequiredFact("action", RequiredAction.CHANGE_PRACTICE, due_on, **changes)
    said = read_approach(on=required_on, served_on=required_on, actions=(action,))
    return approached(concern, said, today=required_on)


def reviewed(found: str, held_on: date, concern: Concern | None = None, **changes: Any) -> Concern:
    fields: dict[str, Any] = {"due_on": DUE_ON}
    return talked(concern or an_action(), a_review(found, held_on, **fields | changes))


def blocks(concern: Concern, today: date = AFTER) -> Guard | None:
    return blocking_guard(concern, Move.ESCALATE, on(today))


@pytest.mark.parametrize("found", NOT_DONE)
def test_a_review_after_the_time_has_passed_carries_an_escalation(found: str) -> None:
    concern = reviewed(found, AFTER)
    assert (concern.state, blocks(concern)) == (State.ACTION_REVIEW, None)


@pytest.mark.parametrize("found", NOT_DONE)
@pytest.mark.parametrize("held_on", [REQUIRED_ON, date(2026, 12, 7), DUE_ON])
def test_a_review_before_the_time_has_passed_carries_none(held_on: date, found: str) -> None:
    """P11: also when it is kept later with an earlier date. A later review takes its place."""
    early = reviewed(found, held_on)
    assert blocks(early, date(2026, 12, 20)) is Guard.REVIEW_AFTER_TIME
    assert blocks(reviewed(found, AFTER, early, review_id="again")) is None


def test_a_review_before_the_day_as_the_record_moved_it_carries_none() -> None:
    """P11: leave, suspension and late supports moved it, though rules have not learned of it yet."""
    assert blocks(reviewed("not_met", AFTER, due_on=AFTER)) is Guard.REVIEW_AFTER_TIME


def test_what_was_met_carries_no_escalation() -> None:
    met = reviewed("met", AFTER)
    assert (met.state, blocks(met)) == (State.ACTION_REVIEW, Guard.NOT_MET)


@pytest.mark.parametrize("found", ["not_possible", "extended"])
def test_what_could_not_be_done_or_has_more_time_counts_against_nobody(found: str) -> None:
    concern = reviewed(found, AFTER)
    assert (concern.state, concern.progress.review) == (State.REQUIRED_ACTION, None)
    opened = life.open_review(concern, on(AFTER))
    assert blocks(opened) is Guard.REVIEW_HELD


def test_a_review_of_another_action_says_nothing_of_the_required_one() -> None:
    """What a Safeguarder proposed themselves for the concern never counts against them."""
    concern = reviewed("not_met", AFTER, action_id="their own")
    assert (concern.state, concern.progress.review) == (State.REQUIRED_ACTION, None)


@pytest.mark.parametrize("standing", [SupportsStanding.STILL_RUNNING, SupportsStanding.TEAM_COULD_NOT])
def test_a_review_while_the_team_owed_a_support_carries_no_escalation(standing: SupportsStanding) -> None:
    assert blocks(reviewed("not_met", AFTER, supports=standing)) is Guard.SUPPORTS_COMPLETE


def test_supports_that_the_action_did_not_have_are_worked_out_from_those_of_the_concern() -> None:
    review = reviewed("not_met", AFTER, supports=None).progress.review
    assert review is not None
    assert review.supports is COMPLETE


def test_a_corrected_outcome_holds_and_undoes_an_escalation_that_rested_on_it() -> None:
    escalated = life.escalate(reviewed("not_met", AFTER), on(AFTER))
    assert escalated.state is State.ESCALATED
    undone = talked(escalated, a_review("met", AFTER, version=2))
    assert (undone.state, undone.progress.escalated_by) == (State.ACTION_REVIEW, "")
    assert talked(escalated, a_review("partly", AFTER, version=2)).state is State.ESCALATED


def test_more_time_leads_back_to_the_required_action() -> None:
    opened = life.open_review(an_action(), on(AFTER))
    extended = talked(opened, a_review("extended", AFTER))
    action = RequiredFact("action", RequiredAction.CHANGE_PRACTICE, DUE_ON + timedelta(days=60))
    said = read_approach(2, on=REQUIRED_ON, served_on=REQUIRED_ON, actions=(action,))
    assert approached(extended, said, today=AFTER).state is State.REQUIRED_ACTION


ENDED = read_approach(
    2,
    on=REQUIRED_ON,
    served_on=REQUIRED_ON,
    actions=(RequiredFact("action", RequiredAction.CHANGE_PRACTICE, DUE_ON, has_ended=True),),
)


@pytest.mark.parametrize("found", ["met", "partly", "not_met"])
def test_reviews_and_the_end_of_their_action_lead_to_one_state_in_any_order(found: str) -> None:
    """`an_event_never_dies_of_its_meaning`: twice, late, and each before the other."""
    facts = [a_review("met", AFTER), a_review(found, AFTER, version=2), ENDED, a_review(found, AFTER, version=2)]
    ends = set()
    for order in permutations(facts):
        concern = an_action()
        for fact in order:
            ended = fact if isinstance(fact, ApproachFact) else None
            concern = approached(concern, ended, today=AFTER) if ended else talked(concern, fact)  # type: ignore[arg-type]
            concern = later(concern, AFTER)
        ends.add((concern.state, concern.progress.review, concern.progress.reviews, concern.progress.action))
    ((state, review, _reviews, _action),) = ends
    assert (state, review and review.outcome) == (State.ACTION_REVIEW, ReviewOutcome(found))


def test_a_review_that_comes_before_the_change_of_approach_is_found_with_it() -> None:
    concern = life.acknowledge(a_concern(), "manager", REQUIRED_ON, on(REQUIRED_ON))
    concern = followed(concern, replace(DELIVERED, discussed_on=REQUIRED_ON))
    first = talked(concern, a_review("not_met", AFTER, due_on=DUE_ON))
    assert first.state is State.IN_SUPPORT
    after = approached(first, replace(ENDED, version=1), today=AFTER)
    assert (after.state, blocks(after)) == (State.ACTION_REVIEW, None)


@pytest.mark.parametrize("lane", [Lane.DATA_GAP, Lane.EXCELLENCE])
def test_a_duty_of_the_team_and_praise_and_a_concern_that_has_ended_stay_as_they_are(lane: Lane) -> None:
    assert follow_review(a_concern(lane), a_review()) is None
    assert follow_review(replace(a_concern(), state=State.CLOSED), a_review()) is None


def test_a_concern_that_was_reopened_needs_a_review_of_its_own() -> None:
    reopened = replace(an_action(), progress=replace(an_action().progress, reopened_day=AFTER))
    assert follow_review(reopened, a_review("not_met", DUE_ON)) is None
    assert follow_review(reopened, a_review("not_met", AFTER)) is not None


def test_what_was_kept_before_the_record_stays_as_it_was() -> None:
    """Provenance: neither the review nor its action has an id in the record."""
    concern = a_concern()
    old = ActionReview(AFTER, ReviewOutcome.NOT_MET, COMPLETE)
    action = Action(RequiredAction.CHANGE_PRACTICE, REQUIRED_ON, DUE_ON)
    kept = replace(concern, state=State.ACTION_REVIEW, progress=replace(concern.progress, action=action, review=old))
    after = talked(kept, a_review("met", AFTER))
    assert (after.state, after.progress.review, after.progress.action) == (State.ACTION_REVIEW, old, action)


def test_a_concern_on_hold_follows_and_returns_to_the_review() -> None:
    held = life.hold(an_action(), HoldReason.SUSPENDED, on(AFTER))
    talked_of = reviewed("not_met", AFTER, held)
    assert talked_of.state is State.HELD
    assert life.release(talked_of, HoldReason.SUSPENDED, on(AFTER)).state is State.ACTION_REVIEW


def test_days_on_hold_after_an_early_review_move_the_time_of_the_action() -> None:
    """P11: days on hold count against nobody (D15.5)."""
    early = reviewed("met", date(2026, 12, 1))
    held = life.hold(early, HoldReason.SUSPENDED, on(date(2026, 12, 2)))
    freed = life.release(held, HoldReason.SUSPENDED, on(date(2026, 12, 12)))
    too_early, in_time = (reviewed("not_met", date(2026, 12, day), freed, review_id="two") for day in (18, 19))
    assert blocks(too_early, date(2026, 12, 30)) is Guard.REVIEW_AFTER_TIME
    assert blocks(in_time, date(2026, 12, 30)) is None


def test_the_history_says_what_was_found_and_how_supports_stood() -> None:
    """The KPI on support before escalation reads it."""
    said = [
        follow_review(an_action(), a_review(found, AFTER, supports=supports))
        for found, supports in (("not_met", COMPLETE), ("extended", None), ("not_possible", COMPLETE))
    ]
    assert [each[0] for each in said if each] == ["not_met complete", "extended nothing", "not_possible complete"]


@settings(max_examples=part_of(400), deadline=None)
@given(
    starts=st.integers(0, 60),
    lasts=st.integers(1, 40),
    held_after=st.integers(0, 60),
    kept_after=st.integers(0, 30),
    outcome=st.sampled_from(list(ReviewOutcome)),
)
def test_no_review_carries_an_escalation_while_there_is_time_to_do_it(
    starts: int, lasts: int, held_after: int, kept_after: int, outcome: ReviewOutcome
) -> None:
    """P11: whatever the days, weekends and days around New Year included."""
    required_on = TODAY + timedelta(days=starts)
    due_on = required_on + timedelta(days=lasts)
    concern = an_action(required_on, due_on)
    held_on = required_on + timedelta(days=held_after)
    action = concern.progress.action
    assert action is not None
    after = talked(concern, a_review(outcome.value, held_on, due_on=due_on))
    allowed = blocking_guard(after, Move.ESCALATE, on(held_on + timedelta(days=kept_after))) is None
    assert allowed is (outcome is not ReviewOutcome.MET and action.is_overdue(held_on))
