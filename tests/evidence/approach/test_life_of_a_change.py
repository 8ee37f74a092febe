"""How the approach to a concern changes: support first, in words, with time to read it (R76, R79, R80)."""

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest

from services.calendar_days import WorkingCalendar, add_working_days
from services.evidence.domain.approach import life
from services.evidence.domain.approach.change import Approach, ApproachChange, ChangeState, How, Reported, Wanted
from services.evidence.domain.approach.matter import Matter, matter_of
from services.evidence.domain.known_concern import KnownConcern, Said, follow
from services.evidence.domain.plans.action import Action, ActionKind, ActionState
from services.evidence.domain.plans.plan import TimedAction
from services.evidence.domain.plans.sides import Actor, Side
from services.evidence.domain.plans.support import Support, Supported
from services.evidence.domain.standing import DaysAway, last_day_of
from tests.evidence.plans.build import (
    MANAGER,
    NUMBERS,
    PERSON,
    TODAY,
    accepted,
    in_time,
    later,
    offered,
    opened,
    refused,
)

STANDS_ON = add_working_days(WorkingCalendar.OFFICE, TODAY, 5)
SENIOR = replace(MANAGER, person="senior-one")


def wanted(**changes: Any) -> Wanted:
    fields: dict[str, Any] = {
        "concerns": ("c1",),
        "to": Approach.REQUIRED_ACTION,
        "expectation": "Each report names the agencies you spoke with.",
        "because": "Two reports since the module name none.",
        "how": How.CONSOLE,
        "skip_because": "We gave the same advice twice at sessions.",
        "discussed_on": TODAY,
    }
    return Wanted(**fields | changes)


def for_the_concern(support: Support) -> Support:
    return replace(support, offer=replace(support.offer, supported=Supported(concerns=("c1",))))


def a_matter(*supports: Support, **changes: Any) -> Matter:
    fields: dict[str, Any] = {"concern_id": "c1", "safeguarder_id": "sg-one", "is_open": True, "lane": "support_need"}
    return Matter(KnownConcern(**fields | changes), supports)


ANSWERED, WAITS = a_matter(for_the_concern(accepted())), a_matter(for_the_concern(offered()))


def known(**changes: Any) -> life.Known:
    fields: dict[str, Any] = {"matters": (ANSWERED,), "before": (), "actions": (), "spoken_of_on": TODAY}
    return life.Known(**fields | changes)


def an_action(days: int = 60, **changes: Any) -> TimedAction:
    action: Action = opened(days=days, **{"concern": "c1"} | changes)
    return TimedAction(action, in_time(action), None)


def serve(what: Wanted | None = None, on: life.Known | None = None, by: Actor = MANAGER) -> ApproachChange:
    change, _ = life.serve(("ch1", "sg-one"), what or wanted(), on or known(), by, NUMBERS)
    return change


def test_a_change_stands_five_working_days_after_it_was_served() -> None:
    change = serve(on=known(actions=(an_action(),)))
    assert (change.came_from, change.served_on, change.stands_from) == (Approach.SUPPORT, TODAY, STANDS_ON)
    assert change.is_awaited
    assert not change.stands(STANDS_ON - timedelta(days=1))
    assert change.stands(STANDS_ON)
    assert [each.due_on for each in change.actions] == [TODAY + timedelta(days=60)]


def test_it_stands_at_once_when_it_is_acknowledged_and_a_late_acknowledgement_changes_no_day() -> None:
    change = serve()
    tomorrow = later(PERSON, days=1)
    assert life.acknowledge(change, tomorrow).stands_from == tomorrow.today
    late = life.acknowledge(change, later(PERSON, days=30))
    assert (late.acknowledged_on, late.stands_from) == (TODAY + timedelta(days=30), STANDS_ON)
    assert life.acknowledge(late, later(PERSON, days=40)) is late


@pytest.mark.parametrize(
    ("what", "on", "reason"),
    [
        ({"expectation": ""}, {}, "EXPECTATION_IN_WORDS"),
        ({"because": ""}, {}, "EXPECTATION_IN_WORDS"),
        ({"skip_because": ""}, {}, "FIELD_MISSING"),
        ({}, {"spoken_of_on": None}, "DISCUSSED_FIRST"),
        ({}, {"spoken_of_on": TODAY + timedelta(days=1)}, "DISCUSSED_FIRST"),
        ({}, {"spoken_of_on": TODAY - timedelta(days=1), "spoken_of_from": TODAY}, "DISCUSSED_FIRST"),
        ({}, {"matters": (a_matter(is_held=True),)}, "CONCERN_HELD"),
        ({}, {"matters": (a_matter(lane="data_gap"),)}, "NOT_ABOUT_PRACTICE"),
        ({}, {"matters": (a_matter(lane="excellence"),)}, "NOT_ABOUT_PRACTICE"),
        ({}, {"matters": (a_matter(),)}, "SUPPORT_FIRST"),
        ({}, {"matters": (WAITS,)}, "SUPPORT_FIRST"),
        ({}, {"matters": (ANSWERED, WAITS)}, "SUPPORT_FIRST"),
        ({"to": Approach.SUPPORT}, {}, "APPROACH_SAME"),
        ({"to": Approach.CLEAR_ADVICE}, {"actions": (an_action(),)}, "UNKNOWN_VALUE"),
        ({}, {"actions": (an_action(concern=""),)}, "NOT_TO_REQUIRE"),
        ({}, {"actions": (an_action(owner=Side.PANEL_TEAM),)}, "NOT_TO_REQUIRE"),
        ({}, {"actions": (an_action(kind=ActionKind.REFLECT),)}, "NOT_TO_REQUIRE"),
        ({"reported": Reported(TODAY + timedelta(days=1))}, {}, "DATE_OUT_OF_ORDER"),
        ({"reported": Reported(TODAY, TODAY - timedelta(days=1))}, {}, "DATE_OUT_OF_ORDER"),
    ],
)
def test_what_has_to_come_first(what: dict[str, Any], on: dict[str, Any], reason: str) -> None:
    assert refused(lambda: serve(wanted(**what), known(**on))) == reason


def test_nobody_spoke_of_a_concern_before_it_was_raised_or_reopened() -> None:
    """P6, P11: the first day on which it could be spoken of is enough. A change in their favour asks for no day."""
    assert serve(on=known(spoken_of_from=TODAY))
    told = KnownConcern("c1", "sg-one", is_open=True, raised_on=TODAY - timedelta(days=9))
    assert told.since == TODAY - timedelta(days=9)
    assert replace(told, reopened_on=TODAY).since == TODAY
    moved = follow(told, KnownConcern("c1", "sg-one", is_open=True, said=Said("", ())), quiet=None)
    assert moved.since == TODAY - timedelta(days=9)
    assert KnownConcern("c1", "sg-one", is_open=True).since is None


def test_a_required_action_has_its_full_time_after_the_change_stands() -> None:
    days = (STANDS_ON - TODAY).days + NUMBERS.shortest_other_days
    assert serve(on=known(actions=(an_action(days),))).actions
    assert refused(lambda: serve(on=known(actions=(an_action(days - 1),)))) == "TOO_SHORT"
    ended = replace(an_action().action, state=ActionState.MET)
    assert refused(lambda: serve(on=known(actions=(an_action()._replace(action=ended),)))) == "ACTION_NOT_OPEN"


def test_clear_advice_has_no_time_and_leads_on_without_a_reason() -> None:
    advice = serve(wanted(to=Approach.CLEAR_ADVICE, skip_because=""))
    assert (advice.answer_due_on, advice.stands_from, advice.is_awaited) == (None, TODAY, False)
    change, ended = life.serve(("ch2", "sg-one"), wanted(skip_because=""), known(before=(advice,)), MANAGER, NUMBERS)
    assert change.came_from is Approach.CLEAR_ADVICE
    assert [(each.state, each.superseded_by) for each in ended] == [(ChangeState.SUPERSEDED, "ch2")]


def test_served_again_its_time_runs_again() -> None:
    first = life.acknowledge(serve(), PERSON)
    days = later(MANAGER, days=10)
    again, (before,) = life.serve(("ch2", "sg-one"), wanted(), known(before=(first,)), days, NUMBERS)
    assert again.stands_from == add_working_days(WorkingCalendar.OFFICE, days.today, 5)
    assert again.acknowledged_on is None
    assert not before.applies


def test_a_change_in_favour_of_the_safeguarder_waits_for_nothing() -> None:
    first = serve()
    held = a_matter(for_the_concern(offered()), is_held=True)
    back = wanted(to=Approach.SUPPORT, skip_because="", discussed_on=None)
    change = serve(back, known(matters=(held,), before=(first,), spoken_of_on=None))
    assert (change.came_from, change.stands_from, change.is_awaited) == (Approach.REQUIRED_ACTION, TODAY, False)


def test_a_change_takes_the_place_of_another_for_all_its_concerns() -> None:
    both = serve(wanted(concerns=("c1", "c2")))
    assert refused(lambda: serve(on=known(before=(both,)))) == "NAME_THEM_ALL"
    differ = wanted(concerns=("c1", "c2"))
    assert refused(lambda: serve(differ, known(before=(serve(),)))) == "APPROACHES_DIFFER"


def test_who_served_a_change_can_withdraw_it_and_somebody_else_sets_it_aside() -> None:
    change = serve()
    assert refused(lambda: life.end(change, ChangeState.SET_ASIDE, "Not fair.", MANAGER)) == "SECOND_PERSON_NEEDED"
    aside = life.end(change, ChangeState.SET_ASIDE, "Not fair.", SENIOR)
    assert (aside.state, aside.ended_by, aside.stands(STANDS_ON)) == (ChangeState.SET_ASIDE, "senior-one", False)
    assert life.end(aside, ChangeState.SET_ASIDE, "Not fair.", SENIOR) is aside
    assert refused(lambda: life.end(aside, ChangeState.MET, "Done.", MANAGER)) == "APPROACH_ENDED"
    assert refused(lambda: life.acknowledge(aside, PERSON)) == "APPROACH_ENDED"
    assert refused(lambda: life.end(change, ChangeState.SUPERSEDED, "Another.", MANAGER)) == "UNKNOWN_VALUE"
    assert life.end(change, ChangeState.WITHDRAWN, "It was met before.", MANAGER).end_words == "It was met before."


def test_a_change_that_is_reported_later_stands_from_the_days_reported() -> None:
    ago = Reported(TODAY - timedelta(days=90), TODAY - timedelta(days=88))
    change = serve(wanted(reported=ago), known(spoken_of_on=TODAY - timedelta(days=91)))
    assert change.stands_from == ago.acknowledged_on
    assert not change.is_awaited


def last_day(change: ApproachChange, *away: DaysAway) -> date | None:
    assert change.time is not None
    return last_day_of(change.time, away, None)


def test_days_away_move_the_day_from_which_it_stands_and_an_unknown_end_leaves_it_open() -> None:
    change = serve()
    on_leave = DaysAway(TODAY + timedelta(days=1), TODAY + timedelta(days=14))
    moved = life.follow_days(change, last_day(change, on_leave), (), later(MANAGER, days=1).now)
    assert moved.stands_from == STANDS_ON + timedelta(days=14)
    still = life.follow_days(change, last_day(change, on_leave._replace(last_on=None)), (), MANAGER.now)
    assert still.stands_from is None
    assert not still.stands(STANDS_ON + timedelta(days=400))
    read = life.acknowledge(still, later(PERSON, days=2))
    assert read.stands_from == TODAY + timedelta(days=2)
    assert life.follow_days(read, None, (), MANAGER.now) is read
    assert last_day(change, DaysAway(STANDS_ON + timedelta(days=1), None)) == STANDS_ON


def test_an_action_that_is_required_is_told_with_its_day_as_it_stands() -> None:
    change = serve(on=known(actions=(an_action(),)))
    timed = an_action()
    assert life.follow_days(change, STANDS_ON, (timed,), MANAGER.now) is change
    later_on = timed.standing.due_on + timedelta(days=20)
    moved = timed._replace(standing=replace(timed.standing, due_on=later_on))
    assert life.follow_days(change, STANDS_ON, (moved,), MANAGER.now).actions[0].due_on == later_on


def test_a_change_ends_with_its_concerns() -> None:
    change = life.end_with_concerns(serve(), MANAGER.now)
    assert change.state is ChangeState.CONCERN_ENDED
    assert life.end_with_concerns(change, MANAGER.now) is change


def test_supports_of_a_merged_concern_go_along_and_those_of_before_a_reopening_do_not() -> None:
    merged = KnownConcern("c0", "sg-one", is_open=False, merged_into="c1")
    concerns = {"c0": merged, "c1": KnownConcern("c1", "sg-one", is_open=True)}
    of_before = replace(accepted(), offer=replace(accepted().offer, supported=Supported(concerns=("c0",))))
    assert matter_of("c1", concerns, [of_before]).support_answered(as_reported=False)
    assert not matter_of("c0", concerns, [of_before]).supports
    reopened = concerns | {"c1": replace(concerns["c1"], reopened_on=TODAY + timedelta(days=1))}
    assert not matter_of("c1", reopened, [of_before, for_the_concern(accepted())]).supports


def test_the_same_change_twice_on_one_day_is_one_change_and_another_text_takes_its_place() -> None:
    """P17: a second click, or a second person, does not ask the Safeguarder to read it again."""
    first = life.acknowledge(serve(), PERSON)
    known_now = known(before=(first,))
    for repeat in (wanted(), wanted(skip_because="")):
        assert life.serve(("ch2", "sg-one"), repeat, known_now, SENIOR, NUMBERS) == (first, ())
    other, (ended,) = life.serve(("ch2", "sg-one"), wanted(because="Three name none."), known_now, SENIOR, NUMBERS)
    assert (other.change_id, other.acknowledged_on, ended.superseded_by) == ("ch2", None, "ch2")
