"""What nobody answers asks again: its owner, then those on a ladder, in office hours, each once (P14, X12, B14)."""

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from psmf.rules.v1 import concern_moves_pb2 as moves
from psmf.rules.v1 import rules_pb2

from services.calendar_days import WorkingCalendar, add_working_days, is_working_day
from services.notifications.adapters.ladders import read_ladders
from services.notifications.domain.alert import Alert, Lane, Role, State, ask_again, plan
from services.notifications.domain.alert import Concern as Matter
from services.notifications.domain.ladder import Rung, Step
from services.notifications.handlers.work_on_alert import AlertRead, acknowledge_alert
from services.platform.data_file import DataFileError
from tests.notifications.builders import a_concern, a_safety_matter, allocated, moved, raised
from tests.notifications.office import NOW, TODAY, Office
from tests.world import PEOPLE

LADDERS = read_ladders()
PACKAGED = (
    "office_hours: {opens: '09:00', closes: '17:00', basis: ours, why: w, source: none, owner: o}\n"
    "roles:\n"
    "  cover: {role: panel_team, basis: ours, why: w, source: none, owner: o}\n"
    "  senior: {role: senior_manager, basis: ours, why: w, source: none, owner: o}\n"
    "ladders:\n"
    "  every_lane:\n"
    "    steps: [{who: owner, after: 0}, {who: cover, after: 2}]\n"
    "    basis: ours\n"
    "    why: w\n"
    "    source: none\n"
    "    owner: o\n"
    "answers:\n"
) + "".join(f"  {move}: {{within: 5, basis: ours, why: w, source: none, owner: o}}\n" for move in LADDERS.answer_within)
PACKAGED += (
    "duties:\n"
    "  safeguarder:\n"
    "    steps: [{who: owner, before: 5}, {who: owner, after: 0}, {who: manager, after: 1}]\n"
    "    basis: ours\n"
    "    why: w\n"
    "    source: none\n"
    "    owner: o\n"
    "  staff:\n"
    "    steps: [{who: owner, before: 2}, {who: cover, after: 3}]\n"
    "    basis: ours\n"
    "    why: w\n"
    "    source: none\n"
    "    owner: o\n"
)


def an_alert(asks_on: date = TODAY, lane: Lane = Lane.SUPPORT_NEED, days: int = 10) -> Alert:
    matter = Matter("sg-one", "c-1", "rule", "", (), lane, None, Role.SUPPORT_MANAGER, days, False)
    return Alert("a-1", matter, "manager-one", asks_on, NOW, True, asks_on=asks_on)


@given(days=st.integers(0, 40), asked=st.integers(0, 3), lane=st.sampled_from(list(Lane)), start=st.integers(0, 400))
def test_each_step_is_due_once_and_never_early(days: int, asked: int, lane: Lane, start: int) -> None:
    """P14: over every start, lane and day, the steps due are those whose working days have passed and no other."""
    asks_on = TODAY + timedelta(days=start)
    alert, today = replace(an_alert(asks_on, lane), asked=asked), asks_on + timedelta(days=days)
    due = LADDERS.steps_due(alert, today)
    since = asks_on if asked else today
    passed = [
        step for step in LADDERS.steps[lane] if add_working_days(WorkingCalendar.OFFICE, since, step.after) <= today
    ]
    assert due == tuple(passed[asked:])
    assert len(due) == 1 or asked
    assert LADDERS.steps_due(ask_again(alert, len(due), today), today) == ()
    assert LADDERS.steps_due(alert, asks_on - timedelta(days=1)) == ()


@pytest.mark.parametrize(
    "stopped",
    [{"state": State.RESOLVED}, {"silenced_by": "a-9"}, {"held_since": TODAY}, {"quiet": True}, {"asks_on": None}],
)
def test_what_has_ended_or_is_kept_from_staff_asks_nobody(stopped: dict[str, object]) -> None:
    """P14: nobody is asked about what has ended, is suppressed, on hold or quiet."""
    assert LADDERS.steps_due(replace(an_alert(), **stopped), TODAY + timedelta(days=30)) == ()  # type: ignore[arg-type]


@given(
    state=st.sampled_from([State.OPEN, State.ACKNOWLEDGED, State.SNOOZED]),
    next_in=st.none() | st.integers(-30, 90),
    respond_in=st.integers(-30, 30),
    within=st.integers(0, 20),
    dated=st.booleans(),
)
def test_after_an_act_every_open_matter_has_a_later_day_on_which_it_asks(
    state: State, next_in: int | None, respond_in: int, within: int, dated: bool
) -> None:
    """P14: whatever the state and the dates, an act leaves no matter without a later day to ask."""
    alert = replace(
        an_alert(TODAY + timedelta(days=respond_in), days=within),
        state=state,
        next_on=None if next_in is None else TODAY + timedelta(days=next_in),
        asked=2,
    )
    planned = plan(alert, TODAY, dated=dated)
    assert planned.asks_on is not None
    assert planned.asks_on > TODAY
    assert planned.asked == 0
    if state is not State.OPEN and next_in is not None and next_in > 0:
        assert planned.asks_on == planned.next_on


@given(st.datetimes(datetime(2026, 1, 1), datetime(2027, 12, 31), timezones=st.just(UTC)))  # noqa: DTZ001
def test_the_office_is_open_on_its_days_and_in_its_hours_only(now: datetime) -> None:
    """P14: nobody is asked at night, at a weekend or on a holiday, in winter and in summer time."""
    if LADDERS.office.is_open(now):
        assert is_working_day(WorkingCalendar.OFFICE, now.date())
        assert time(8) <= now.time() < time(17)


def told(office: Office) -> list[str]:
    return [one.recipient for one in office.notifications() if not one.to_the_person]


def test_a_day_to_respond_by_that_passes_asks_the_manager_then_cover_then_a_senior(office: Office) -> None:
    """P14: an alert that nobody ever opened asks again, each step once."""
    office.receive(allocated(), raised(a_concern()))
    assert told(office) == ["manager-one"]
    day = office.alert().respond_by_on
    office.go_to(day - timedelta(days=1))
    office.tick()
    assert told(office) == ["manager-one"]
    for passed in range(30):
        office.go_to(day + timedelta(days=passed))
        office.tick()
        office.tick()
    assert told(office) == ["manager-one", "manager-one", "panel-team", "senior-manager"]


def test_what_somebody_had_who_has_left_is_asked_of_the_cover(office: Office) -> None:
    """P14: nobody would read what is sent to somebody who is not in the directory any more."""
    office.receive(allocated(), raised(a_concern()))
    office.world.write_people({person: entry for person, entry in PEOPLE.items() if person != "manager-one"})
    office.people._directory._people._looked_at = 0.0
    office.go_to(office.alert().respond_by_on)
    office.tick()
    assert told(office) == ["manager-one", "panel-team"]


def test_nobody_is_asked_while_the_office_is_closed(office: Office) -> None:
    """P14: a next date on a Saturday asks on Monday morning."""
    office.receive(allocated(), raised(a_safety_matter()))
    read = AlertRead("sg-one", office.alert("c-5").alert_id)
    saturday = date(2026, 12, 5)
    office.do(lambda context: acknowledge_alert(read, "", "senior-manager", saturday, context))
    before = told(office)
    office.go_to(saturday)
    office.tick()
    office.go_to(saturday + timedelta(days=2))
    office.clock.instant = office.clock.instant.replace(hour=8)
    office.tick()
    assert told(office) == before
    office.go_on(hours=1)
    office.tick()
    assert told(office) == [*before, "senior-manager"]
    assert office.alert("c-5").state is State.OPEN


def test_an_act_of_a_person_stops_the_ladder_and_an_evaluation_does_not(office: Office) -> None:
    """P14: the second step is not taken once a person has moved the matter on either side."""
    office.receive(allocated(), raised(a_concern()))
    day = office.alert().respond_by_on
    office.go_to(day)
    office.tick()
    fact = a_concern(state=rules_pb2.Concern.STATE_RAISED, moved_by="manager-one")
    office.receive(moved(fact, moves.CONCERN_MOVE_RECORD_VIEW))
    office.go_to(add_working_days(WorkingCalendar.OFFICE, day, 5))
    office.tick()
    assert told(office) == ["manager-one", "manager-one"]
    assert office.alert().asks_on == add_working_days(WorkingCalendar.OFFICE, day, 10)


def test_the_packaged_file_is_the_owner_then_cover_then_senior() -> None:
    """P14: the ladder is data."""
    steps = LADDERS.steps[Lane.SUPPORT_NEED]
    assert steps == (Step(Rung.OWNER, 0), Step(Rung.COVER, 2), Step(Rung.SENIOR, 5))


FAULTS = {
    "after: 2": ("after: 99", 7, "working days"),
    "who: cover": ("who: owner", 7, "already"),
    "after: 0": ("after: 3", 7, "first step"),
    "every_lane": ("everywhere", 6, "no lane"),
    "senior_manager": ("''", 4, "text"),
    "closes: '17:00'": ("closes: '08:00'", 1, "after"),
    "opens: '09:00'": ("opens: nine", 1, "09:00"),
    "basis: ours, why: w, source: none, owner: o}\n  senior": (
        "basis: ours, why: w, source: none}\n  senior",
        3,
        "owner",
    ),
    "escalate:": ("escalated:", 12, "escalate"),
    "roles:": ("roles", 2, "YAML"),
    "before: 5": ("before: 0", 20, "working days"),
    "{who: owner, after: 0}, {who: m": ("{who: owner, before: 7}, {who: m", 20, "later day"),
    "who: manager": ("who: senior", 20, "not in the list"),
    "{who: owner, before: 2}": ("{who: cover, before: 2}", 26, "owner alone"),
    ", {who: cover, after: 3}": ("", 26, "on the day or after"),
}


@pytest.mark.parametrize("fault", FAULTS)
def test_a_fault_in_the_file_names_its_line_and_what_to_write(fault: str) -> None:
    """P14: a file of ladders that cannot be used stops the service at its start, and says where and what."""
    wrong, line, says = FAULTS[fault]
    assert fault in PACKAGED
    with pytest.raises(DataFileError, match=says) as refused:
        read_ladders(PACKAGED.replace(fault, wrong, 1))
    assert abs(int(str(refused.value).split(":")[1]) - line) <= 1


def test_the_same_file_without_a_fault_is_read() -> None:
    """P14: the file of the tests of faults has none of its own."""
    assert read_ladders(PACKAGED).steps[Lane.SAFETY] == (Step(Rung.OWNER, 0), Step(Rung.COVER, 2))
