"""A concern follows the register of supports, which evidence keeps (R76, R80; record 1.4)."""

from dataclasses import replace
from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.rules.domain.closed_lists import (
    HoldReason,
    Lane,
    State,
    SupportAnswer,
    SupportGiven,
    SupportKind,
    SupportsStanding,
)
from services.rules.domain.concerns import moves as life
from services.rules.domain.concerns.concern import Concern, Reason
from services.rules.domain.concerns.guards import support_answered
from services.rules.domain.concerns.history import Move
from services.rules.domain.concerns.progress import Notice, Support, supports_standing
from services.rules.domain.concerns.supports import follow_support
from tests.rules.builders import NOW, TODAY, an_item
from tests.rules.domain.concerns.builders import (
    ACCEPTED,
    DELIVERED,
    EVIDENCE,
    a_concern,
    a_support,
    an_approach,
    approached,
    context,
    followed,
    later,
    read_approach,
)

DECLINED = a_support(2, answer=SupportAnswer.DECLINED, answered_on=TODAY)
NONE_GIVEN = replace(DECLINED, answer=SupportAnswer.NONE_GIVEN)
NOT_RECEIVED = replace(DELIVERED, version=4, given=SupportGiven.NOT_DELIVERED)
UNAVAILABLE = a_support(
    2, answer=SupportAnswer.UNAVAILABLE, answered_on=TODAY, given=SupportGiven.UNAVAILABLE, unavailable_on=TODAY
)
MAY_BE_DENIED = replace(DELIVERED, deny_until=TODAY + timedelta(days=10))
BEFORE = TODAY - timedelta(days=1)
LATE = TODAY + timedelta(days=21)


def taken_on(lane: Lane = Lane.SUPPORT_NEED) -> Concern:
    return life.acknowledge(a_concern(lane), "manager", TODAY, context())


def standing(*facts: Support, days: int = 0) -> SupportsStanding | None:
    progress = followed(taken_on(), *facts).progress
    return supports_standing(progress.supports, TODAY + timedelta(days=days))


def test_an_offer_of_support_leads_to_support() -> None:
    change = follow_support(taken_on(), a_support())
    assert change is not None
    move, concern = change
    assert (move, concern.state) == (Move.START_SUPPORT, State.IN_SUPPORT)
    assert not support_answered(concern.progress)


def test_support_that_is_offered_before_somebody_takes_the_concern_on_counts_once_they_do() -> None:
    raised = followed(a_concern(), a_support())
    assert raised.state is State.RAISED
    assert life.acknowledge(raised, "manager", TODAY, context()).state is State.IN_SUPPORT


@pytest.mark.parametrize("answer", [ACCEPTED, DECLINED, NONE_GIVEN])
def test_an_answer_of_the_safeguarder_or_two_questions_without_one_open_the_way_on(answer: Support) -> None:
    concern = followed(taken_on(), a_support(), answer)
    assert support_answered(concern.progress)


def test_one_support_without_an_answer_holds_the_way_on_back() -> None:
    concern = followed(taken_on(), DELIVERED, a_support(support_id="another"))
    assert not support_answered(concern.progress)


@pytest.mark.parametrize(
    ("facts", "days", "stands"),
    [
        ([a_support()], 0, SupportsStanding.STILL_RUNNING),
        ([ACCEPTED], 20, SupportsStanding.STILL_RUNNING),
        ([ACCEPTED], 21, SupportsStanding.TEAM_COULD_NOT),
        ([DELIVERED], 0, SupportsStanding.COMPLETE),
        ([DELIVERED, NOT_RECEIVED], 0, SupportsStanding.TEAM_COULD_NOT),
        ([UNAVAILABLE], 0, SupportsStanding.TEAM_COULD_NOT),
        (
            [replace(DELIVERED, given=SupportGiven.UNAVAILABLE, unavailable_on=TODAY)],
            0,
            SupportsStanding.TEAM_COULD_NOT,
        ),
        ([DECLINED], 0, SupportsStanding.DECLINED),
        ([NONE_GIVEN], 0, SupportsStanding.COMPLETE),
        ([DECLINED, replace(NONE_GIVEN, support_id="another")], 0, SupportsStanding.COMPLETE),
        ([MAY_BE_DENIED], 10, SupportsStanding.STILL_RUNNING),
        ([MAY_BE_DENIED], 11, SupportsStanding.COMPLETE),
        ([UNAVAILABLE, replace(DELIVERED, support_id="another")], 0, SupportsStanding.COMPLETE),
        (
            [UNAVAILABLE, replace(DELIVERED, support_id="another", discussed_on=BEFORE)],
            0,
            SupportsStanding.TEAM_COULD_NOT,
        ),
        ([DECLINED, replace(DELIVERED, support_id="another")], 0, SupportsStanding.COMPLETE),
        ([DELIVERED, replace(ACCEPTED, support_id="another")], 20, SupportsStanding.STILL_RUNNING),
        ([UNAVAILABLE, replace(ACCEPTED, support_id="another")], 20, SupportsStanding.STILL_RUNNING),
    ],
)
def test_how_supports_stand_is_worked_out(facts: list[Support], days: int, stands: SupportsStanding) -> None:
    assert standing(*facts, days=days) is stands


def test_of_supports_that_a_release_before_the_register_stored_a_person_says_how_they_stand() -> None:
    concern = followed(taken_on(), DELIVERED)
    before = replace(concern.progress.supports[0], support_id="")
    assert supports_standing((before,), TODAY) is None
    assert supports_standing((before, *concern.progress.supports), TODAY) is None


def test_what_the_team_owes_in_the_register_counts_beside_a_support_of_before() -> None:
    before = replace(followed(taken_on(), DELIVERED).progress.supports[0], support_id="")
    owed = followed(taken_on(), ACCEPTED).progress.supports
    assert supports_standing((before, *owed), LATE) is SupportsStanding.TEAM_COULD_NOT


def test_an_offer_of_before_without_an_answer_holds_nothing_back_once_the_register_has_one() -> None:
    before = Support(SupportKind.MODULE, TODAY)
    concern = followed(taken_on(), DELIVERED)
    mixed = replace(concern, progress=replace(concern.progress, supports=(before, *concern.progress.supports)))
    alone = replace(concern, progress=replace(concern.progress, supports=(before,)))
    assert support_answered(mixed.progress)
    assert not support_answered(alone.progress)


def test_support_offered_during_a_required_action_goes_on_beside_it() -> None:
    concern = required()
    more = followed(concern, a_support(support_id="another", discussed_on=TODAY + timedelta(days=3)))
    assert (more.state, more.progress.action) == (State.REQUIRED_ACTION, concern.progress.action)


def test_news_of_an_earlier_support_takes_no_notice_back_that_was_kept_before_the_record() -> None:
    taken = followed(taken_on(), DELIVERED)
    served = replace(taken, progress=replace(taken.progress, notice=Notice("notice", TODAY)))
    late = a_support(support_id="another", discussed_on=TODAY - timedelta(days=1))
    assert followed(served, late).progress.notice == served.progress.notice
    same_day = replace(late, discussed_on=TODAY)
    assert followed(served, same_day).progress.notice is None


def test_a_change_of_approach_waits_for_the_answer_to_a_support_offered_after_it() -> None:
    served = approached(followed(taken_on(), DELIVERED), an_approach())
    more = followed(served, a_support(support_id="another"))
    stands_on = TODAY + timedelta(days=7)
    assert (more.progress.notice, later(more, stands_on).state) == (served.progress.notice, State.IN_SUPPORT)
    declined = followed(more, replace(DECLINED, support_id="another"))
    assert later(declined, stands_on).state is State.REQUIRED_ACTION


def test_support_offered_while_a_concern_is_on_hold_leads_on_from_there() -> None:
    held = life.hold(taken_on(), HoldReason.REVIEW_OPEN, context())
    offered = followed(held, a_support())
    assert offered.state is State.HELD
    assert life.release(offered, HoldReason.REVIEW_OPEN, context()).state is State.IN_SUPPORT


def test_what_a_merged_concern_leaves_to_one_on_hold_leads_on_from_there() -> None:
    held = life.hold(taken_on(), HoldReason.REVIEW_OPEN, context())
    taken_over = life.take_over(held, followed(taken_on(), ACCEPTED))
    assert taken_over.state is State.HELD
    assert life.release(taken_over, HoldReason.REVIEW_OPEN, context()).state is State.IN_SUPPORT


@pytest.mark.parametrize("lane", [Lane.EXCELLENCE, Lane.DATA_GAP])
def test_no_support_stands_on_praise_or_on_a_duty_of_the_teams(lane: Lane) -> None:
    assert follow_support(a_concern(lane), a_support()) is None


def test_nothing_changes_on_a_concern_that_has_ended() -> None:
    ended = life.dismiss(taken_on(), Reason.EXPLAINED, context(), NOW)
    assert follow_support(ended, a_support()) is None


def test_after_reopening_support_comes_first_again() -> None:
    viewed = followed(taken_on(), DELIVERED)
    closed = replace(viewed, state=State.CLOSED, ended_at=NOW)
    later = NOW + timedelta(days=5)
    new = an_item("new", later.date(), recorded_at=later)
    reopened = life.reopen(closed, "new", context(5, evidence=(*EVIDENCE, new)))
    assert reopened.progress.supports == ()
    assert follow_support(reopened, NOT_RECEIVED) is None
    assert follow_support(reopened, a_support(support_id="new", discussed_on=later.date())) is not None


def required() -> Concern:
    return approached(followed(taken_on(), DELIVERED), read_approach())


HISTORY = (a_support(), ACCEPTED, DELIVERED, NOT_RECEIVED, replace(DELIVERED, version=5))
ANOTHER = tuple(replace(fact, support_id="another", kind=SupportKind.MENTORING) for fact in (a_support(), DECLINED))


@given(st.permutations([*HISTORY, *ANOTHER, *HISTORY]))
def test_in_any_order_and_twice_the_newest_version_of_each_support_holds(facts: list[Support]) -> None:
    concern = taken_on()
    for fact in facts:
        if change := follow_support(concern, fact):
            concern = change[1]
    stands = {support.support_id: support for support in concern.progress.supports}
    in_order = followed(taken_on(), *HISTORY, *ANOTHER)
    assert stands == {support.support_id: support for support in in_order.progress.supports}
    assert concern.state is State.IN_SUPPORT
