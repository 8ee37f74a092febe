"""Who agrees to an action, when it is due, and how it ends (R73, R78, R149, R150)."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from services.calendar_days import WorkingCalendar, add_working_days
from services.evidence.domain.plans import life_of_an_action as life
from services.evidence.domain.plans.action import (
    OUTCOMES,
    Action,
    ActionAnswer,
    ActionKind,
    ActionState,
    Basis,
    DayReason,
    SupportOwed,
)
from services.evidence.domain.plans.life_of_a_support import Recorded, go_along, record
from services.evidence.domain.plans.plan import TimedSupport, goes_along, support_owed
from services.evidence.domain.plans.sides import Actor, Side
from services.evidence.domain.plans.support import Received, Support, Supported, SupportState
from services.evidence.domain.standing import Standing, standing_of
from services.evidence.wire.plans.events import action_event
from services.platform.calls.wire import from_date
from services.refusals import Refusal
from tests.evidence.plans.build import (
    MANAGER,
    NUMBERS,
    PERSON,
    TEAM,
    TODAY,
    accepted,
    answering,
    denying,
    in_time,
    later,
    offered,
    opened,
    proposed,
    refused,
)

AGREED, PARTLY, NOT_AGREED = ActionAnswer
NOT_MET, WITHDRAWN = ActionState.NOT_MET, ActionState.WITHDRAWN
OVER = Standing(TODAY - timedelta(days=3))
"""Last Friday. The office is open then, so that it is over today."""


def answered(action: Action, given: ActionAnswer, words: str = "", actor: Actor = PERSON) -> Action:
    return life.answer(action, given, words, actor)


def is_set(action: Action, actor: Actor = MANAGER, time: Standing | None = None) -> Action:
    return life.set_action(action, "Two agencies asked for it.", time or answering(action), actor, NUMBERS)


def moved(action: Action, days: int, actor: Actor = MANAGER, standing: Standing | None = None) -> Action:
    day = life.Later(TODAY + timedelta(days=days), "One is missing.")
    return life.change_date(action, day, standing or in_time(action), actor, NUMBERS)


def ended(
    action: Action,
    outcome: ActionState,
    actor: Actor = MANAGER,
    standing: Standing = OVER,
    owed: SupportOwed | None = None,
) -> Action:
    return life.close(action, life.Ending(outcome, "We looked at it."), standing, owed, actor)


@pytest.mark.parametrize(("by", "other"), [(MANAGER, PERSON), (PERSON, MANAGER)])
def test_an_action_opens_when_the_side_that_did_not_propose_it_agrees(by: Actor, other: Actor) -> None:
    for nobody in (by, TEAM):
        assert refused(lambda who=nobody: answered(proposed(by), AGREED, actor=who)) == "OTHER_SIDE_ANSWERS"  # type: ignore[misc]
    action = answered(proposed(by), AGREED, actor=other)
    assert (action.state, action.basis, action.opened_on) == (ActionState.OPEN, Basis.AGREED, TODAY)
    assert refused(lambda: answered(action, NOT_AGREED, "No.", other)) == "ANSWERED_ALREADY"


def test_who_agrees_in_part_or_not_at_all_says_why_in_words_that_stay() -> None:
    for given in (PARTLY, NOT_AGREED):
        assert refused(lambda given=given: answered(proposed(), given)) == "SAY_WHAT"  # type: ignore[misc]
    partly = answered(proposed(), PARTLY, "Not with the school.")
    assert (partly.basis, partly.safeguarder_words) == (Basis.PARTLY, "Not with the school.")
    refusal = answered(proposed(), NOT_AGREED, "I do so already.")
    assert (refusal.state, refusal.basis, refusal.answer_due_on) == (ActionState.PROPOSED, None, None)
    assert answered(refusal, AGREED).state is ActionState.OPEN, "they may see it otherwise later"


def test_an_action_is_set_with_the_safeguarders_words_or_after_their_time_to_give_them() -> None:
    assert refused(lambda: is_set(proposed())) == "BOTH_SIDES"
    with_words = is_set(answered(proposed(), NOT_AGREED, "I do so already."))
    assert (with_words.basis, with_words.asked_on, with_words.answer) == (Basis.SET, None, NOT_AGREED)
    due_on = proposed().answer_due_on
    assert due_on is not None
    last_day = later(MANAGER, days=(due_on - TODAY).days)
    assert refused(lambda: is_set(proposed(), last_day)) == "BOTH_SIDES"
    without = is_set(proposed(), later(last_day, days=1))
    assert (without.basis, without.asked_on, without.answer) == (Basis.SET, TODAY, None)


def test_days_on_leave_are_not_counted_in_the_time_to_answer() -> None:
    due_on = proposed().answer_due_on
    assert due_on is not None
    after = later(MANAGER, days=(due_on - TODAY).days + 1)
    for time in (Standing(due_on, stands_still=True), Standing(due_on + timedelta(days=9))):
        assert refused(lambda time=time: is_set(proposed(), after, time)) == "BOTH_SIDES"  # type: ignore[misc]


def test_what_the_safeguarder_proposed_is_never_set() -> None:
    assert refused(lambda: is_set(proposed(PERSON), later(MANAGER, days=30))) == "NOT_YOURS_TO_SET"
    assert answered(proposed(PERSON), NOT_AGREED, "Not this year.", MANAGER).state is ActionState.PROPOSED


def test_an_action_that_is_set_late_leaves_a_working_week_at_least() -> None:
    action = answered(proposed(days=28), NOT_AGREED, "I do so already.")
    assert refused(lambda: is_set(action, later(MANAGER, days=25))) == "TOO_SHORT"
    after = answered(proposed(days=28), AGREED, actor=later(PERSON, days=28))
    assert after.state is ActionState.OPEN
    assert refused(lambda: answered(proposed(days=28), AGREED, actor=later(PERSON, days=29))) == "DUE_DAY_PASSED"


def test_nobody_is_told_to_move_a_day_that_they_cannot_move() -> None:
    """The day of what a Safeguarder proposed moves only after the answer."""
    for by, other, says in ((PERSON, MANAGER, "Propose another one."), (MANAGER, PERSON, "can also move the day.")):
        with pytest.raises(Refusal) as problem:
            answered(proposed(by, days=28), AGREED, actor=later(other, days=29))
        assert problem.value.message.endswith(says)


SHORTEST = {
    ActionKind.COMPLETE_MODULE: 28,
    ActionKind.REPORTS_IN_TIME: 70,
    ActionKind.WORK_WITH_MENTOR: 56,
    ActionKind.CHANGE_PRACTICE: 28,
}


@pytest.mark.parametrize(("kind", "days"), SHORTEST.items())
def test_fewer_days_than_our_shortest_need_a_reason_that_both_sides_read(kind: ActionKind, days: int) -> None:
    assert proposed(days=days, kind=kind).due_on == TODAY + timedelta(days=days)
    assert refused(lambda: proposed(days=days - 1, kind=kind)) == "TOO_SHORT"
    short = proposed(days=days - 1, kind=kind, too_short_because="The module is on Friday.")
    assert short.proposal.too_short_because


def test_no_reason_makes_an_action_shorter_than_a_working_week() -> None:
    fifth = (add_working_days(WorkingCalendar.OFFICE, TODAY, 5) - TODAY).days
    reason: dict[str, Any] = {"too_short_because": "The module is on Friday."}
    assert proposed(days=fifth, **reason)
    assert refused(lambda: proposed(days=fifth - 1, **reason)) == "TOO_SHORT"
    assert refused(lambda: proposed(days=-1, **reason)) == "DATE_IN_PAST"
    assert refused(lambda: proposed(days=400)) == "DATE_TOO_FAR"


def test_a_due_day_only_moves_later_and_every_day_before_stays() -> None:
    action = moved(opened(days=40), 50)
    assert [(day.day - TODAY, day.reason) for day in action.due_days] == [
        (timedelta(days=40), DayReason.FIRST),
        (timedelta(days=50), DayReason.EXTENDED),
    ]
    assert refused(lambda: moved(action, 45)) == "DATE_NOT_LATER"
    assert refused(lambda: moved(ended(action, WITHDRAWN), 60)) == "ACTION_ENDED"
    assert refused(lambda: moved(proposed(PERSON), 90)) == "OTHER_SIDE_ANSWERS"


def test_a_later_day_is_later_than_the_one_to_which_a_standstill_has_moved_it() -> None:
    """Its clock counts from the day on which it is set. A day before that would be earlier than what was given."""
    action, standing = opened(days=40), Standing(TODAY + timedelta(days=47))
    assert refused(lambda: moved(action, 47, standing=standing)) == "DATE_NOT_LATER"
    assert moved(action, 48, standing=standing).due_on == TODAY + timedelta(days=48)


def test_each_due_day_has_its_time_from_the_day_on_which_it_was_set() -> None:
    action = moved(opened(days=40), 60, later(MANAGER, days=20))
    given, days = action.time, [TODAY + timedelta(days=n) for n in (0, 20, 40, 60)]
    assert (given.before, given.first_on, given.last_on) == (((days[0], days[2]),), days[1], days[3])
    event = action_event(action)
    assert [(from_date(each, "date"), from_date(each, "set_date")) for each in event.due_days] == [
        (days[2], days[0]),
        (days[3], days[1]),
    ]


def test_the_event_says_whether_the_day_moved_while_the_action_was_open() -> None:
    assert not action_event(opened()).moved_while_open
    before = moved(proposed(), 90)
    assert not action_event(life.answer(before, AGREED, "", PERSON)).moved_while_open, "it was only proposed then"
    assert action_event(moved(opened(), 90)).moved_while_open


def test_its_owner_says_that_an_action_is_done_and_more_time_opens_it_again() -> None:
    assert refused(lambda: life.offer_completion(opened(), "Done.", (), MANAGER)) == "NOT_YOURS_TO_OFFER"
    assert refused(lambda: life.offer_completion(opened(), "", (), PERSON)) == "FIELD_MISSING"
    assert refused(lambda: life.offer_completion(proposed(), "Done.", (), PERSON)) == "ACTION_NOT_OPEN"
    of_the_manager = opened(owner=Side.SUPPORT_MANAGER)
    assert life.offer_completion(of_the_manager, "Done.", (), MANAGER).state is ActionState.COMPLETION_OFFERED
    done = life.offer_completion(opened(), "", ("e1",), PERSON)
    again = moved(done, 90)
    assert (again.state, again.completion_evidence) == (ActionState.OPEN, ("e1",))


@pytest.mark.parametrize("outcome", OUTCOMES)
def test_an_outcome_is_of_an_open_action(outcome: ActionState) -> None:
    assert ended(opened(), outcome).state is outcome
    assert refused(lambda: ended(proposed(), outcome)) == "ACTION_NOT_OPEN"
    assert refused(lambda: ended(opened(), outcome, PERSON)) == "NOT_YOURS_TO_END"
    assert refused(lambda: ended(ended(opened(), WITHDRAWN), outcome)) == "ACTION_ENDED"


def test_not_met_waits_until_the_time_is_over_with_the_days_that_it_stood_still() -> None:
    today = Standing(TODAY)
    assert refused(lambda: ended(opened(), NOT_MET, standing=today)) == "TIME_NOT_OVER"
    assert (
        refused(lambda: ended(opened(), NOT_MET, standing=Standing(OVER.due_on, stands_still=True))) == "TIME_NOT_OVER"
    )
    assert ended(opened(), NOT_MET, standing=OVER).state is NOT_MET
    for outcome in (ActionState.PARTLY_MET, ActionState.MET, ActionState.NOT_POSSIBLE, WITHDRAWN):
        assert ended(opened(), outcome, standing=today, owed=SupportOwed()).state is outcome
    moved_on = standing_of(opened(days=40).time, (), Standing(TODAY + timedelta(days=50)), TODAY)
    assert moved_on.due_on == TODAY + timedelta(days=50)
    older = standing_of(moved(opened(days=40), 60).time, (), Standing(TODAY + timedelta(days=50)), TODAY)
    assert older.due_on == TODAY + timedelta(days=60), "what scheduling said of the day before is older"


def owed_for(action: Action, *supports: Support, days: int = 0) -> SupportOwed | None:
    """Return what is owed for an action some days from now, to somebody who is never away."""
    timed = [TimedSupport(support, answering(support), denying(support)) for support in supports]
    return support_owed(action, timed, TODAY + timedelta(days=days))


def given(support: Support) -> Support:
    return record(support, Recorded(SupportState.DELIVERED, TODAY), TEAM, NUMBERS)


def unavailable(support: Support, actor: Actor = TEAM) -> Support:
    return record(support, Recorded(SupportState.UNAVAILABLE, because="No mentor is free."), actor, NUMBERS)


def test_what_was_recorded_as_given_is_owed_until_the_safeguarder_says_so_or_their_time_to_say_no_is_over() -> None:
    """Else a support that is recorded as given on an early day would make *not met* possible at once."""
    support = given(accepted())
    last_day = support.received_due_on
    assert last_day is not None
    days = (last_day - TODAY).days
    assert owed_for(opened(), support, days=days) == SupportOwed(last_day)
    assert owed_for(opened(), support, accepted(), days=days) == SupportOwed(), "the Team owes the other one"
    assert owed_for(opened(), support, days=days + 1) is None
    assert owed_for(opened(), replace(support, received=Received.YES)) is None
    away = TimedSupport(support, None, Standing(last_day, stands_still=True))
    assert support_owed(opened(), [away], last_day + timedelta(days=1)) == SupportOwed(last_day)
    with pytest.raises(Refusal) as problem:
        ended(opened(), NOT_MET, owed=SupportOwed(last_day))
    assert problem.value.reason == "SUPPORT_OWED"
    assert last_day.isoformat() in problem.value.message


def test_what_the_team_cannot_provide_is_owed_for_what_was_open_then_and_for_nothing_later() -> None:
    support = unavailable(accepted(supported=Supported(needs=("n1",))))
    action = opened(needs=("n1",))
    assert owed_for(action, support) == SupportOwed()
    assert owed_for(replace(action, opened_on=TODAY + timedelta(days=1)), support) is None


def test_what_the_team_cannot_provide_stays_owed_for_what_takes_the_place_of_an_action() -> None:
    """Else a replacement would make it *not met*."""
    support = unavailable(accepted(supported=Supported(needs=("n1",))))
    before, tomorrow = opened(needs=("n1",)), later(MANAGER, days=1)
    after = replace(opened(needs=("n1",), replaces="a1"), action_id="a2", opened_on=tomorrow.today)
    along = goes_along(TimedSupport(support, None, None), before, after, tomorrow.today)
    assert along
    assert owed_for(after, go_along(support, "a2", tomorrow)) == SupportOwed()
    third = replace(after, action_id="a3", proposal=replace(after.proposal, replaces="a4"))
    of_later = replace(before, action_id="a4", opened_on=tomorrow.today)
    assert not goes_along(TimedSupport(support, None, None), of_later, third, tomorrow.today)


def test_what_the_safeguarder_may_still_deny_goes_along() -> None:
    support, after = given(accepted()), replace(opened(replaces="a1"), action_id="a2")
    last_day = support.received_due_on
    assert last_day is not None
    timed = TimedSupport(support, None, denying(support))
    assert goes_along(timed, opened(), after, last_day)
    assert not goes_along(timed, opened(), after, last_day + timedelta(days=1))
    gone = go_along(support, "a2", MANAGER)
    assert not goes_along(TimedSupport(gone, None, denying(gone)), opened(), after, last_day), "it has gone along"


def test_not_met_is_never_said_while_the_team_owes_a_support_for_it() -> None:
    action = opened(needs=("n1",), concern="c1")
    for supported in (Supported(actions=("a1",)), Supported(needs=("n1", "n2")), Supported(concerns=("c1",))):
        assert owed_for(action, accepted(supported=supported)) == SupportOwed()
        assert owed_for(action, offered(supported=supported)) is None
    elsewhere = Supported(actions=("a2",), needs=("n2",), concerns=("c2",))
    assert owed_for(action, accepted(supported=elsewhere)) is None
    assert owed_for(opened(), accepted(supported=Supported(concerns=("c1",)))) is None
    assert refused(lambda: ended(action, NOT_MET, owed=SupportOwed())) == "SUPPORT_OWED"


def test_who_proposed_withdraws_what_is_not_open_and_the_manager_withdraws_anything() -> None:
    assert ended(proposed(PERSON), WITHDRAWN, PERSON).state is WITHDRAWN
    for action in (proposed(), opened(), answered(proposed(PERSON), AGREED, actor=MANAGER)):
        assert refused(lambda action=action: ended(action, WITHDRAWN, PERSON)) == "NOT_YOURS_TO_END"  # type: ignore[misc]
        assert ended(action, WITHDRAWN).state is WITHDRAWN
    assert refused(lambda: ended(opened(), ActionState.REPLACED)) == "UNKNOWN_VALUE"


def test_an_action_that_ended_meanwhile_is_not_replaced() -> None:
    assert life.replaced(opened(), "a2", MANAGER).replaced_by == "a2"
    met = ended(opened(), ActionState.MET)
    assert life.replaced(met, "a2", MANAGER) is met


def test_a_repeat_of_a_move_changes_nothing() -> None:
    action = opened()
    assert answered(action, AGREED, actor=later(PERSON, days=90)) is action
    once = is_set(answered(proposed(), NOT_AGREED, "No."))
    assert is_set(once, later(MANAGER, days=1)) is once
    longer = moved(action, 90)
    assert moved(longer, 90) is longer
    done = life.offer_completion(action, "Done.", (), PERSON)
    assert life.offer_completion(done, "Done.", (), PERSON) is done
    over = ended(action, NOT_MET)
    assert ended(over, NOT_MET, owed=SupportOwed()) is over
