"""A concern follows changes of approach, which evidence keeps (R79, R80; record 1.4, 2.4)."""

from dataclasses import replace
from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from services.rules.domain.closed_lists import Approach, HoldReason, Lane, RequiredAction, State
from services.rules.domain.concerns import moves as life
from services.rules.domain.concerns.approach import follow_approach
from services.rules.domain.concerns.concern import Concern
from services.rules.domain.concerns.guards import Guard
from services.rules.domain.concerns.history import Move
from services.rules.domain.concerns.progress import Action, ApproachFact, Notice, RequiredFact
from services.rules.domain.concerns.transitions import blocking_guard
from tests.rules.builders import NOW, TODAY
from tests.rules.domain.concerns.builders import (
    DELIVERED,
    a_concern,
    a_review,
    an_approach,
    approached,
    context,
    followed,
    later,
    read_approach,
    talked,
)

SERVED, READ = an_approach(), read_approach(2)
DAY = timedelta(days=1)
LATE = context(60, by="senior")


def in_support(lane: Lane = Lane.SUPPORT_NEED) -> Concern:
    return followed(life.acknowledge(a_concern(lane), "manager", TODAY, context()), DELIVERED)


def required(**changes: object) -> Concern:
    return approached(in_support(), SERVED, replace(READ, **changes))  # type: ignore[arg-type]


def escalated() -> Concern:
    opened = life.open_review(required(), context(40))
    reviewed = talked(opened, a_review(on=context(40).today))
    return life.escalate(reviewed, context(40, by="senior"))


def moves_of(concern: Concern, said: ApproachFact, today: date = TODAY) -> list[tuple[Move, str]]:
    return [(move, word) for move, word, _ in follow_approach(concern, said, today)]


def test_the_history_says_each_step_in_its_own_word() -> None:
    assert moves_of(in_support(), SERVED) == [(Move.SERVE_NOTICE, "required_action")]
    served = approached(in_support(), SERVED)
    require = (Move.REQUIRE_ACTION, "change_practice")
    assert moves_of(served, READ) == [(Move.ACKNOWLEDGE_NOTICE, ""), require]
    advice = an_approach(to=Approach.CLEAR_ADVICE, actions=(), stands_from=TODAY)
    assert moves_of(in_support(), advice) == [(Move.APPROACH_CHANGED, "clear_advice")]
    assert moves_of(required(), replace(READ, version=3, ended="met")) == [(Move.APPROACH_CHANGED, "met")]


def test_an_action_that_is_overdue_when_it_is_heard_of_opens_a_review_at_once() -> None:
    """R81: the next day may be a weekend away, and the talk is due already."""
    overdue = replace(SERVED.actions[0], due_on=TODAY - 3 * DAY)
    said = replace(READ, reported=True, actions=(overdue,))
    served = approached(in_support(), SERVED)
    *_, (move, _word, after) = follow_approach(served, said, TODAY)
    assert (move, after.state) == (Move.OPEN_REVIEW, State.ACTION_REVIEW)
    assert moves_of(after, replace(said, version=3)) == [(Move.APPROACH_CHANGED, "required_action")]


def test_a_change_without_an_action_requires_nothing() -> None:
    assert approached(in_support(), read_approach(actions=())).state is State.IN_SUPPORT
    advice = an_approach(to=Approach.CLEAR_ADVICE, actions=(), stands_from=TODAY)
    assert approached(in_support(), advice).progress.notice is None


def test_a_change_that_ended_leaves_the_concern_in_support_and_comes_back_by_no_older_version() -> None:
    ended = approached(required(), replace(READ, version=4, ended="withdrawn"), replace(READ, version=3))
    assert (ended.state, ended.progress.notice, ended.progress.action) == (State.IN_SUPPORT, None, None)
    assert later(ended, TODAY + 30 * DAY).state is State.IN_SUPPORT


def test_an_escalation_stands_only_while_its_change_of_approach_does() -> None:
    """Two acts that cross on the wire: record 1.4."""
    undone = approached(escalated(), replace(READ, version=3, ended="set_aside"), today=LATE.today)
    assert (undone.state, undone.progress.escalated_by, undone.progress.review) == (State.IN_SUPPORT, "", None)
    told_again = approached(escalated(), replace(READ, version=3), today=LATE.today)
    assert told_again.state is State.ESCALATED


def test_what_was_reported_later_carries_no_escalation() -> None:
    opened = life.open_review(required(reported=True), context(40))
    reviewed = talked(opened, a_review(on=context(40).today))
    assert blocking_guard(reviewed, Move.ESCALATE, context(40, by="senior")) is Guard.NOTICE_STANDS


def test_a_time_that_stands_still_is_never_over() -> None:
    away = approached(in_support(), replace(SERVED, stands_from=None))
    assert later(away, TODAY + 400 * DAY).state is State.IN_SUPPORT
    moved_back = approached(required(), replace(READ, version=3, acknowledged_on=None, stands_from=TODAY + 9 * DAY))
    assert moved_back.state is State.IN_SUPPORT, "days away were entered later"


def test_the_action_whose_time_is_over_last_is_waited_for_and_a_clock_that_stands_still_is_not_over() -> None:
    due_on = TODAY + 28 * DAY
    first = RequiredFact("a1", RequiredAction.COMPLETE_MODULE, due_on)
    second = replace(first, action_id="a2", due_on=due_on + 10 * DAY)
    both = required(actions=(second, first)).progress.action
    assert both is not None
    assert (both.action_id, both.is_overdue(due_on + 9 * DAY)) == ("a2", False)
    ended = required(actions=(replace(second, has_ended=True), first)).progress.action
    assert ended is not None
    assert ended.action_id == "a1"
    still = required(actions=(replace(first, stands_still=True),)).progress.action
    assert still is not None
    assert not still.is_overdue(due_on + 99 * DAY)


def test_an_action_with_more_time_after_a_review_is_required_again() -> None:
    opened = life.open_review(required(), context(40))
    more = RequiredFact("action", RequiredAction.CHANGE_PRACTICE, TODAY + 70 * DAY)
    again = approached(opened, replace(READ, version=3, actions=(more,)), today=TODAY + 41 * DAY)
    assert (again.state, again.progress.review) == (State.REQUIRED_ACTION, None)


def test_on_hold_a_concern_follows_and_goes_on_from_there() -> None:
    held = life.hold(in_support(), HoldReason.PRACTICE_UNCLEAR, context())
    followed_on_hold = approached(held, SERVED, READ)
    assert followed_on_hold.state is State.HELD
    free = life.release(followed_on_hold, HoldReason.PRACTICE_UNCLEAR, context(3))
    assert free.state is State.IN_SUPPORT
    assert later(free, context(3).today).state is State.REQUIRED_ACTION


def test_nothing_follows_on_praise_on_a_duty_of_the_team_or_on_what_has_ended() -> None:
    for concern in (a_concern(Lane.EXCELLENCE), a_concern(Lane.DATA_GAP), a_concern(state=State.CLOSED)):
        assert moves_of(concern, SERVED) == []
    reopened = a_concern(state=State.REOPENED)
    since = replace(reopened, progress=replace(reopened.progress, reopened_day=TODAY + DAY))
    assert moves_of(since, SERVED) == []


def test_what_was_kept_before_the_record_stays_until_there_is_a_change_in_it() -> None:
    """Provenance: kept before the record."""
    concern = in_support()
    action = Action(RequiredAction.CHANGE_PRACTICE, TODAY, TODAY + 28 * DAY)
    course = replace(concern.progress, notice=Notice("notice-7", TODAY, TODAY), action=action)
    kept = replace(concern, state=State.REQUIRED_ACTION, progress=course)
    assert later(kept, TODAY + DAY) is kept
    assert life.open_review(kept, context(40)).state is State.ACTION_REVIEW
    served = approached(kept, replace(SERVED, served_on=TODAY + DAY, stands_from=TODAY + 8 * DAY))
    assert (served.state, served.progress.action) == (State.IN_SUPPORT, served.progress.action)
    assert served.progress.notice is not None
    assert served.progress.notice.change_id == "change"


FIRST = (SERVED, READ, replace(READ, version=3, ended="superseded"))
SECOND = tuple(replace(fact, change_id="second", served_at=NOW + DAY) for fact in (SERVED, READ))


@given(st.permutations([*FIRST, *SECOND, *FIRST]))
def test_in_any_order_and_twice_the_newest_version_of_each_change_holds(facts: list[ApproachFact]) -> None:
    in_order = approached(in_support(), *FIRST, *SECOND)
    concern = approached(in_support(), *facts)
    assert (concern.state, concern.progress) == (in_order.state, in_order.progress)
    assert concern.progress.notice is not None
    assert concern.progress.notice.change_id == "second"
