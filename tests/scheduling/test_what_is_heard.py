"""Each appointment and concern has its effect once, in whatever order the two feeds arrive (R65, R105, R110, E7)."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date, timedelta
from itertools import count
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from psmf.rules.v1 import rules_pb2

from services.calendar_days import WorkingCalendar, add_working_days
from services.scheduling.domain.allocation import AllocationReason
from services.scheduling.domain.identifiers import SafeguarderId, SupportManagerId
from services.scheduling.domain.obligations.clocks import ClockState
from services.scheduling.domain.schedule import Schedule
from services.scheduling.domain.sessions.sessions import SessionState
from services.scheduling.handlers.context import SchedulingContext
from services.scheduling.handlers.create_allocation import create_allocation
from tests.scheduling.builders import BOTH_PRESENT, TODAY
from tests.scheduling.office import Office, Team
from tests.scheduling.received import appointed, dismissed, ended, raised, reopened, updated
from tests.sizes import part_of

RECENTLY = TODAY - timedelta(days=20)


@pytest.fixture
def office(database_kind: str, tmp_path: Path) -> Iterator[Office]:
    made = Office(tmp_path / "scheduling.db")
    yield made
    made.close()


def open_sessions(schedule: Schedule) -> list[Any]:
    return [session for session in schedule.sessions if session.is_open]


def agenda(schedule: Schedule, place: int = 0) -> list[str]:
    return [item.concern_id for item in open_sessions(schedule)[place].unsettled]


def test_an_appointment_brings_one_support_manager_five_obligations_and_three_dates(office: Office) -> None:
    office.receive(appointed("sg-one", RECENTLY))
    schedule = office.schedule("sg-one")
    assert [(known.support_manager, known.reason) for known in schedule.allocations] == [
        ("east_1", AllocationReason.APPOINTED)
    ]
    assert len(schedule.obligations) == 5
    assert [session.number for session in open_sessions(schedule)] == [1, 2, 3]
    assert office.published() == [
        "SupportManagerAllocated",
        "ObligationsOpened",
        *["SupportSessionProposed"] * 3,
        *["SupportSessionChanged"] * 3,
        "DutyChanged",
    ]


def test_an_appointment_heard_again_changes_nothing(office: Office) -> None:
    office.receive(appointed("sg-one", RECENTLY))
    before, events = office.schedule("sg-one"), office.published()
    office.receive(appointed("sg-one", RECENTLY), appointed("sg-one", RECENTLY), event_id="the same event")
    office.receive(appointed("sg-one", RECENTLY), event_id="the same event")
    assert (office.schedule("sg-one"), office.published()) == (before, events)


def test_terms_over_by_now_bring_nobody_and_owe_the_decision_alone(office: Office) -> None:
    office.receive(appointed("sg-one", TODAY - timedelta(days=2500)))
    assert office.schedule("sg-one").allocations == ()
    assert office.published() == ["DutyChanged"]


def test_a_further_term_keeps_the_support_manager_and_owes_when_it_begins(office: Office) -> None:
    starts_on = TODAY - timedelta(days=1090)
    further = starts_on + timedelta(days=1096)
    office.receive(appointed("sg-one", starts_on), appointed("sg-one", further, term=2))
    assert {owed.term for owed in office.schedule("sg-one").obligations} == {1}
    office.clock.instant += further - TODAY
    office.daily_run.run()
    schedule = office.schedule("sg-one")
    assert len(schedule.allocations) == 1
    assert sorted(owed.term for owed in schedule.obligations) == [1] * 5 + [2] * 5
    assert office.published().count("SupportManagerAllocated") == 1


def test_the_fewest_allocated_get_the_next_person(database_kind: str, tmp_path: Path) -> None:
    office = Office(tmp_path / "scheduling.db", Team(east_1="east", east_2="east"))
    office.receive(*(appointed(f"sg-{n}", RECENTLY) for n in range(6)))
    rows = office.rows("SELECT support_manager, COUNT(*) FROM allocation GROUP BY support_manager ORDER BY 1")
    assert rows == [("east_1", 3), ("east_2", 3)]
    office.close()


def test_a_support_manager_never_has_two_sessions_at_once(database_kind: str, tmp_path: Path) -> None:
    office = Office(tmp_path / "scheduling.db", Team(east_1="east"))
    office.receive(*(appointed(f"sg-{n}", RECENTLY) for n in range(12)))
    office.receive(*(raised(f"sg-{n}", f"c-{n}", rules_pb2.LANE_SAFETY, within=5) for n in range(12)))
    starts = office.rows("SELECT starts_at, COUNT(*) FROM support_session WHERE is_open GROUP BY starts_at")
    assert sum(row[1] for row in starts) == 12 * 3 + 10  # two a day for five days; two people's concerns wait
    assert {row[1] for row in starts} == {1}
    office.close()


def test_a_concern_goes_on_the_next_agenda_and_praise_comes_first(office: Office) -> None:
    office.receive(appointed("sg-one", RECENTLY), raised("sg-one", "c1"))
    office.receive(raised("sg-one", "praise", rules_pb2.LANE_EXCELLENCE), updated("sg-one", "c1"))
    assert agenda(office.schedule("sg-one")) == ["praise", "c1"]
    assert office.published().count("AgendaItemAdded") == 2


@pytest.mark.parametrize("lane", [rules_pb2.LANE_SAFETY, rules_pb2.LANE_ESCALATION])
def test_a_concern_that_cannot_wait_brings_an_earlier_session(office: Office, lane: Any) -> None:
    office.receive(appointed("sg-one", RECENTLY), raised("sg-one", "c1", lane, within=10))
    first = open_sessions(office.schedule("sg-one"))[0]
    assert (first.number, first.proposed_for_concern) == (0, "c1")
    assert first.starts_on <= add_working_days(WorkingCalendar.OFFICE, TODAY, 10)
    assert len(open_sessions(office.schedule("sg-one"))) == 4


def test_a_data_gap_is_the_teams_own_task_and_never_on_an_agenda(office: Office) -> None:
    office.receive(raised("sg-one", "early", rules_pb2.LANE_DATA_GAP), appointed("sg-one", RECENTLY))
    office.receive(raised("sg-one", "late", rules_pb2.LANE_DATA_GAP, within=5))
    schedule = office.schedule("sg-one")
    assert all(session.agenda == () for session in schedule.sessions)
    assert (schedule.waiting, schedule.early_concerns, len(schedule.sessions)) == ((), (), 3)


def test_a_concern_that_a_person_dismissed_is_off_the_agenda_with_the_session_proposed_for_it(office: Office) -> None:
    office.receive(appointed("sg-one", RECENTLY), raised("sg-one", "c1", within=10), raised("sg-one", "c2"))
    office.receive(dismissed("sg-one", "c2"), dismissed("sg-one", "c1"), dismissed("sg-one", "never heard of"))
    sessions = office.schedule("sg-one").sessions
    assert [session.state for session in sessions] == [SessionState.CANCELLED, *[SessionState.PROPOSED] * 3]
    assert all(session.unsettled == () for session in sessions)


def test_a_concern_heard_before_the_appointment_is_taken_up_with_it(office: Office) -> None:
    office.receive(raised("sg-one", "c1", within=10), raised("sg-one", "c2"), raised("sg-one", "c3"))
    office.receive(dismissed("sg-one", "c3"))
    assert [concern.concern_id for concern in office.schedule("sg-one").early_concerns] == ["c1", "c2"]
    office.receive(appointed("sg-one", RECENTLY))
    schedule = office.schedule("sg-one")
    assert (agenda(schedule), schedule.early_concerns) == (["c1", "c2"], ())


def test_a_concern_that_is_reopened_is_on_the_agenda_again(office: Office) -> None:
    """P2: it was dismissed, and nothing is keyed so that the second word on it is lost."""
    office.receive(appointed("sg-one", RECENTLY), raised("sg-one", "c1"), dismissed("sg-one", "c1"))
    assert agenda(office.schedule("sg-one")) == []
    office.receive(reopened("sg-one", "c1"))
    assert agenda(office.schedule("sg-one")) == ["c1"]


def test_what_is_newly_said_of_an_early_concern_replaces_what_was_said_first(office: Office) -> None:
    office.receive(raised("sg-one", "c1"), updated("sg-one", "c1", rules_pb2.LANE_SAFETY, within=10))
    office.receive(appointed("sg-one", RECENTLY))
    first = open_sessions(office.schedule("sg-one"))[0]
    assert [(item.concern_id, item.lane) for item in first.agenda] == [("c1", "safety")]
    assert first.proposed_for_concern == "c1"


def test_what_a_session_left_unsettled_goes_on_with_the_daily_run(office: Office) -> None:
    """P2: also what the release before left on a session that was held."""
    office.receive(appointed("sg-one", RECENTLY), raised("sg-one", "c1"))
    first, second, _ = open_sessions(office.schedule("sg-one"))
    office.clock.instant = first.starts_at + timedelta(hours=2)

    def left_behind(context: SchedulingContext) -> None:
        before = context.schedule(SafeguarderId("sg-one"))
        held = replace(before.sessions[0], state=SessionState.HELD, attendance=BOTH_PRESENT)
        context.keep(before, replace(before, sessions=(held, *before.sessions[1:])), ())

    office.command(left_behind)
    office.daily_run.run()
    sessions = {session.session_id: session for session in office.schedule("sg-one").sessions}
    assert sessions[first.session_id].unsettled == ()
    assert [item.concern_id for item in sessions[second.session_id].unsettled] == ["c1"]
    assert office.published().count("AgendaItemAdded") == 2


def test_the_end_of_membership_stops_everything(office: Office) -> None:
    office.receive(appointed("sg-one", RECENTLY), raised("sg-one", "c1", within=10), ended("sg-one", TODAY))
    schedule = office.schedule("sg-one")
    assert {owed.clock.state_on(TODAY + timedelta(days=1)) for owed in schedule.obligations} == {ClockState.STOPPED}
    assert {session.state for session in schedule.sessions} == {SessionState.CANCELLED}
    assert [known.to_on for known in schedule.allocations] == [TODAY]
    assert office.rows("SELECT * FROM relation") == []
    events = office.published()
    assert events.count("SupportManagerAllocationEnded") == 1
    office.receive(ended("sg-one", TODAY), appointed("sg-one", RECENTLY), raised("sg-one", "c2"))
    office.clock.instant += timedelta(days=400)
    office.daily_run.run()
    after = office.schedule("sg-one")
    assert (replace(after, early_concerns=schedule.early_concerns), office.published()) == (schedule, events)
    waits = {concern.concern_id for concern in after.early_concerns}
    assert waits == {"c1", "c2"}, "a correction can say that it did not end"


def test_without_a_support_manager_in_the_region_a_person_waits_for_one_with_their_concerns(office: Office) -> None:
    del office.team.members["east_1"]
    office.receive(appointed("sg-one", RECENTLY), raised("sg-one", "c1"))
    schedule = office.schedule("sg-one")
    assert (schedule.allocations, len(schedule.obligations), schedule.sessions) == ((), 5, ())
    office.daily_run.run()
    office.team.members["east_2"] = "east"
    office.daily_run.run()
    assert office.schedule("sg-one") == schedule, "once a day is enough"
    office.clock.instant += timedelta(days=1)
    office.daily_run.run()
    schedule = office.schedule("sg-one")
    assert [known.support_manager for known in schedule.allocations] == ["east_2"]
    assert agenda(schedule) == ["c1"]


def test_a_support_manager_of_another_region_can_be_named_by_a_person(office: Office) -> None:
    del office.team.members["east_1"]
    office.receive(appointed("sg-one", RECENTLY), raised("sg-one", "c1"))
    who, by = SafeguarderId("sg-one"), SupportManagerId("north_1")
    office.command(lambda context: create_allocation(who, by, AllocationReason.REQUESTED, context))
    assert agenda(office.schedule("sg-one")) == ["c1"]
    assert office.rows("SELECT subject, person FROM relation") == [("sg-one", "north_1")]


def test_the_next_year_opens_on_the_anniversary_with_three_more_dates(office: Office) -> None:
    office.receive(appointed("sg-one", RECENTLY))
    anniversary = date(RECENTLY.year + 1, RECENTLY.month, RECENTLY.day)
    office.clock.instant += anniversary - TODAY - timedelta(days=1)
    office.daily_run.run()
    assert len(office.schedule("sg-one").obligations) == 5
    office.clock.instant += timedelta(days=1)
    office.daily_run.run()
    schedule = office.schedule("sg-one")
    assert sum(owed.window_starts_on == anniversary for owed in schedule.obligations) == 5
    assert sum(session.starts_on > anniversary for session in schedule.sessions) == 3


def test_a_daily_run_that_was_cut_off_goes_on_where_it_is_needed(office: Office) -> None:
    office.receive(*(appointed(f"sg-{n}", RECENTLY) for n in range(4)))
    office.clock.instant += timedelta(days=365)
    office.daily_run.run()
    done, events = [office.schedule(f"sg-{n}") for n in range(4)], office.published()
    office.database.write(lambda tx: tx.exec_driver_sql("DELETE FROM daily_run"))
    office.daily_run.run()
    assert ([office.schedule(f"sg-{n}") for n in range(4)], office.published()) == (done, events)


def to_come(schedule: Schedule) -> Any:
    """Return everything that still has an effect. Cancelled sessions are history."""
    sessions = [(session.session_id, session.starts_at, session.unsettled) for session in open_sessions(schedule)]
    held = (schedule.waiting, {concern.concern_id for concern in schedule.early_concerns})
    return schedule.terms, schedule.allocations, schedule.obligations, sessions, held


FROM_EVIDENCE = [
    appointed("sg-east", TODAY - timedelta(days=1200)),
    appointed("sg-north", RECENTLY, areas=("moray",)),
    appointed("sg-east", TODAY - timedelta(days=100), term=2),
    appointed("sg-west", RECENTLY, areas=("glasgow",)),
    ended("sg-west", TODAY),
]
FROM_RULES = [
    raised("sg-east", "c1"),
    raised("sg-north", "c2", rules_pb2.LANE_SAFETY, within=5),
    raised("sg-west", "c3", within=10),
    raised("sg-east", "praise", rules_pb2.LANE_EXCELLENCE),
    raised("sg-east", "c4", rules_pb2.LANE_ESCALATION, within=10),
    updated("sg-north", "c2", rules_pb2.LANE_SAFETY, within=5),
    raised("sg-north", "c5"),
    raised("sg-east", "c6", rules_pb2.LANE_DATA_GAP),
    dismissed("sg-east", "c4"),
]


@pytest.fixture(scope="module")
def end_state(database_kind: str, tmp_path_factory: pytest.TempPathFactory) -> Callable[[list[Any]], Any]:
    folder, numbers = tmp_path_factory.mktemp("orders"), count()

    def play(messages: list[Any]) -> Any:
        office = Office(folder / f"{next(numbers)}.db")
        office.receive(*messages)
        found = {who: to_come(office.schedule(who)) for who in ("sg-east", "sg-north", "sg-west")}
        dead = office.rows("SELECT * FROM dead_letter")
        office.close()
        return found, dead

    return play


@settings(max_examples=part_of(25), deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    turns=st.permutations([True] * len(FROM_EVIDENCE) + [False] * len(FROM_RULES)),
    again=st.lists(st.sampled_from([*FROM_EVIDENCE, *FROM_RULES[:4]]), max_size=4),
)
def test_whatever_order_the_two_feeds_come_in_the_end_is_the_same(
    end_state: Callable[[list[Any]], Any], turns: list[bool], again: list[Any]
) -> None:
    undisturbed = end_state([*FROM_EVIDENCE, *FROM_RULES])
    evidence, rules = iter(FROM_EVIDENCE), iter(FROM_RULES)
    mixed = [next(evidence) if turn else next(rules) for turn in turns]
    assert end_state([*mixed, *again]) == undisturbed
    assert undisturbed[1] == []
