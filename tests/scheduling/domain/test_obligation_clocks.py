"""A clock stands still while anything pauses it, in whatever order pauses come (X40, B5, D15.5, D15.15)."""

from dataclasses import replace
from datetime import date, timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from services.calendar_days import WorkingCalendar, is_working_day
from services.scheduling.domain.obligations.clocks import Clock, ClockState, Pause, PauseReason
from services.scheduling.domain.obligations.obligations import end_membership
from tests.scheduling.builders import TODAY, a_term, an_obligation, obligations_of, paused
from tests.sizes import part_of

START = date(2026, 11, 2)


def suspended(cause: str, from_on: str, resumed_on: str = "") -> Pause:
    until = date.fromisoformat(resumed_on) if resumed_on else None
    return Pause(cause, PauseReason.SUSPENDED, date.fromisoformat(from_on), until)


def test_a_clock_runs_pauses_with_its_reason_and_runs_again() -> None:
    clock = Clock(START, (suspended("s1", "2026-12-01", "2026-12-11"),))
    states = [clock.state_on(date(2026, 12, day)) for day in (10, 11)]
    assert clock.state_on(date(2026, 11, 30)) is ClockState.RUNNING
    assert states == [ClockState.PAUSED, ClockState.RUNNING]
    assert clock.pause_reasons_on(date(2026, 12, 10)) == (PauseReason.SUSPENDED,)


def test_a_clock_with_two_causes_runs_only_when_both_have_ended() -> None:
    leave = Pause("leave", PauseReason.ON_LEAVE, date(2026, 12, 5))
    clock = Clock(START, (suspended("s1", "2026-12-01", "2026-12-08"), leave))
    assert clock.state_on(date(2026, 12, 9)) is ClockState.PAUSED
    assert clock.pause_reasons_on(date(2026, 12, 6)) == (PauseReason.ON_LEAVE, PauseReason.SUSPENDED)
    clock = Clock(START, (clock.pauses[0], replace(leave, resumed_on=date(2026, 12, 12))))
    assert clock.state_on(date(2026, 12, 12)) is ClockState.RUNNING


def test_ending_membership_stops_every_clock_also_a_paused_or_met_one() -> None:
    obligations = paused(obligations_of(a_term()), suspended("s1", "2026-11-20"))
    ended = end_membership(obligations, last_day=date(2026, 12, 31))
    assert {owed.clock.state_on(date(2026, 12, 31)) for owed in ended} == {ClockState.PAUSED}
    assert {owed.clock.state_on(date(2027, 1, 1)) for owed in ended} == {ClockState.STOPPED}


def test_an_earlier_end_of_membership_stands() -> None:
    ended = end_membership(end_membership(obligations_of(a_term()), date(2026, 12, 31)), date(2027, 3, 31))
    assert {owed.clock.ended_on for owed in ended} == {date(2027, 1, 1)}


# Pauses as (first day, length) from the start of the window, in days; they may overlap, nest and touch.
PAUSES = st.lists(st.tuples(st.integers(-30, 500), st.integers(0, 120)), max_size=6)


def pauses_of(pauses: list[tuple[int, int]], start: date = START) -> tuple[Pause, ...]:
    days = [(start + timedelta(days=first), timedelta(days=length)) for first, length in pauses]
    return tuple(
        Pause(f"cause-{n}", PauseReason.REVIEW_OPEN, from_on, from_on + length)
        for n, (from_on, length) in enumerate(days)
    )


def runs_on(pauses: list[tuple[int, int]], n: int) -> bool:
    """Return whether no pause covers the n-th day from the start. Unlike the code, this looks at each day by itself."""
    return not any(first <= n < first + length for first, length in pauses)


@given(st.data(), PAUSES)
def test_the_order_in_which_pauses_are_recorded_makes_no_difference(
    data: st.DataObject, pauses: list[tuple[int, int]]
) -> None:
    shuffled = data.draw(st.permutations(pauses))
    until = START + timedelta(days=700)
    clocks = [Clock(START, pauses_of(some)) for some in (shuffled, pauses)]
    assert clocks[0].day_reached(365, until) == clocks[1].day_reached(365, until)


@given(PAUSES, st.integers(0, 600))
def test_a_clock_is_paused_on_just_the_days_that_a_pause_covers(pauses: list[tuple[int, int]], n: int) -> None:
    state = Clock(START, pauses_of(pauses)).state_on(START + timedelta(days=n))
    assert state is (ClockState.RUNNING if runs_on(pauses, n) else ClockState.PAUSED)


@settings(max_examples=part_of(1000), deadline=None)
@given(st.dates(date(2016, 1, 1), date(2036, 12, 31)), PAUSES)
def test_a_due_date_is_the_last_office_day_of_a_window_counted_day_by_day(
    start: date, pauses: list[tuple[int, int]]
) -> None:
    days_owed = 365
    owed = an_obligation(str(start), str(start + timedelta(days=days_owed - 1)))
    (owed,) = paused([owed], *pauses_of(pauses, start))
    n, passed = -1, 0
    while passed < days_owed:
        n += 1
        passed += runs_on(pauses, n)
    due = start + timedelta(days=n)
    while not is_working_day(WorkingCalendar.OFFICE, due):
        due -= timedelta(days=1)
    assert owed.due_on(today=start + timedelta(days=3000)) == due


@given(PAUSES)
def test_after_every_pause_has_ended_only_the_end_of_membership_stops_a_clock(pauses: list[tuple[int, int]]) -> None:
    obligations = paused(obligations_of(a_term()), *pauses_of(pauses))
    later = START + timedelta(days=2000)
    assert {owed.clock.state_on(later) for owed in obligations} == {ClockState.RUNNING}
    ended = end_membership(obligations, later - timedelta(days=1))
    assert {owed.clock.state_on(later) for owed in ended} == {ClockState.STOPPED}


def test_an_open_pause_moves_the_due_date_with_each_day_it_lasts() -> None:
    (owed,) = paused([an_obligation()], suspended("s1", "2026-11-20"))
    assert owed.due_on(today=date(2026, 11, 19)) == date(2027, 11, 1)
    assert owed.due_on(today=TODAY) == date(2027, 11, 5)
    (owed,) = paused([an_obligation()], suspended("s1", "2026-11-20", "2026-11-25"))
    assert owed.due_on(today=date(2027, 6, 1)) == date(2027, 11, 5)


def test_a_pause_after_an_obligation_fell_due_does_not_excuse_it() -> None:
    (owed,) = paused([an_obligation()], suspended("s1", "2027-12-01"))
    assert owed.due_on(today=date(2028, 1, 1)) == date(2027, 11, 1)
