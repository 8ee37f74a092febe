"""Clocks run, pause and stop; while paused no time passes, in whatever order pauses come (X40, B5, D15.5, D15.15)."""

from datetime import date, timedelta
from functools import reduce

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from services.calendar_days import WorkingCalendar, is_working_day
from services.refusals import Refusal
from services.scheduling.domain.obligations.clocks import (
    Clock,
    ClockState,
    Pause,
    PauseReason,
    pause_clock,
    resume_clock,
)
from services.scheduling.domain.obligations.obligations import end_membership, pause_obligations, resume_obligations
from tests.scheduling.builders import TODAY, a_term, an_obligation, obligations_of
from tests.sizes import part_of

START = date(2026, 11, 2)


def suspended(cause: str, from_on: str) -> Pause:
    return Pause(cause, PauseReason.SUSPENDED, date.fromisoformat(from_on))


def test_a_clock_runs_pauses_with_its_reason_and_runs_again() -> None:
    clock = pause_clock(Clock(START), suspended("s1", "2026-12-01"))
    clock = resume_clock(clock, "s1", date(2026, 12, 11))
    states = [clock.state_on(date(2026, 12, day)) for day in (10, 11)]
    assert clock.state_on(date(2026, 11, 30)) is ClockState.RUNNING
    assert states == [ClockState.PAUSED, ClockState.RUNNING]
    assert clock.pause_reasons_on(date(2026, 12, 10)) == (PauseReason.SUSPENDED,)
    assert clock.running_days(date(2026, 12, 31)) == 59 - 10


def test_a_clock_with_two_causes_runs_only_when_both_have_ended() -> None:
    clock = pause_clock(Clock(START), suspended("s1", "2026-12-01"))
    clock = pause_clock(clock, Pause("leave", PauseReason.ON_LEAVE, date(2026, 12, 5)))
    clock = resume_clock(clock, "s1", date(2026, 12, 8))
    assert clock.state_on(date(2026, 12, 9)) is ClockState.PAUSED
    assert clock.pause_reasons_on(date(2026, 12, 6)) == (PauseReason.ON_LEAVE, PauseReason.SUSPENDED)
    clock = resume_clock(clock, "leave", date(2026, 12, 12))
    assert clock.state_on(date(2026, 12, 12)) is ClockState.RUNNING


def test_pausing_or_resuming_twice_for_one_cause_changes_nothing() -> None:
    once = resume_clock(pause_clock(Clock(START), suspended("s1", "2026-12-01")), "s1", date(2026, 12, 8))
    assert resume_clock(pause_clock(once, suspended("s1", "2026-12-01")), "s1", date(2026, 12, 9)) == once


@pytest.mark.parametrize(
    ("cause", "on", "refusal"),
    [("other", date(2026, 12, 8), "CLOCK_NOT_PAUSED"), ("s1", date(2026, 11, 30), "RESUMED_BEFORE_PAUSED")],
)
def test_resuming_what_was_not_paused_is_refused(cause: str, on: date, refusal: str) -> None:
    with pytest.raises(Refusal, match=refusal):
        resume_clock(pause_clock(Clock(START), suspended("s1", "2026-12-01")), cause, on)


def test_ending_membership_stops_every_clock_also_a_paused_or_met_one() -> None:
    obligations = pause_obligations(obligations_of(a_term()), suspended("s1", "2026-11-20"))
    ended = end_membership(obligations, last_day=date(2026, 12, 31))
    assert {owed.clock.state_on(date(2026, 12, 31)) for owed in ended} == {ClockState.PAUSED}
    assert {owed.clock.state_on(date(2027, 1, 1)) for owed in ended} == {ClockState.STOPPED}
    assert {owed.clock.running_days(date(2029, 1, 1)) for owed in ended} == {18}


def test_an_earlier_end_of_membership_stands() -> None:
    ended = end_membership(end_membership(obligations_of(a_term()), date(2026, 12, 31)), date(2027, 3, 31))
    assert {owed.clock.ended_on for owed in ended} == {date(2027, 1, 1)}


# Pauses as (first day, length) from the start of the window, in days; they may overlap, nest and touch.
PAUSES = st.lists(st.tuples(st.integers(-30, 500), st.integers(0, 120)), max_size=6)


def with_pauses(pauses: list[tuple[int, int]], start: date = START) -> Clock:
    clock = Clock(start)
    for n, (first, length) in enumerate(pauses):
        from_on = start + timedelta(days=first)
        clock = pause_clock(clock, Pause(f"cause-{n}", PauseReason.REVIEW_OPEN, from_on))
        clock = resume_clock(clock, f"cause-{n}", from_on + timedelta(days=length))
    return clock


def runs_on(pauses: list[tuple[int, int]], n: int) -> bool:
    """Whether the n-th day from the start is free of every pause: asked of each day apart, unlike the code."""
    return not any(first <= n < first + length for first, length in pauses)


@given(PAUSES, st.integers(0, 700), st.none() | st.integers(0, 600))
def test_time_on_a_clock_is_the_number_of_days_nothing_paused_it(
    pauses: list[tuple[int, int]], until: int, ended: int | None
) -> None:
    clock = with_pauses(pauses)
    if ended is not None:
        clock = Clock(START, clock.pauses, ended_on=START + timedelta(days=ended))
    days = until if ended is None else min(until, ended)
    assert clock.running_days(START + timedelta(days=until)) == sum(runs_on(pauses, n) for n in range(days))


@given(st.data(), PAUSES)
def test_the_order_in_which_pauses_are_recorded_makes_no_difference(
    data: st.DataObject, pauses: list[tuple[int, int]]
) -> None:
    shuffled = data.draw(st.permutations(pauses))
    until = START + timedelta(days=700)
    assert with_pauses(shuffled).running_days(until) == with_pauses(pauses).running_days(until)
    assert with_pauses(shuffled).day_reached(365, until) == with_pauses(pauses).day_reached(365, until)


@given(PAUSES, st.integers(0, 600))
def test_while_a_clock_is_paused_no_time_passes_on_it(pauses: list[tuple[int, int]], n: int) -> None:
    clock, day = with_pauses(pauses), START + timedelta(days=n)
    passed = clock.running_days(day + timedelta(days=1)) - clock.running_days(day)
    assert passed == (0 if clock.state_on(day) is ClockState.PAUSED else 1)


@settings(max_examples=part_of(1000), deadline=None)
@given(st.dates(date(2016, 1, 1), date(2036, 12, 31)), PAUSES)
def test_a_due_date_is_the_last_office_day_of_a_window_counted_day_by_day(
    start: date, pauses: list[tuple[int, int]]
) -> None:
    days_owed = 365
    owed = an_obligation(str(start), str(start + timedelta(days=days_owed - 1)))
    for pause in with_pauses(pauses, start).pauses:
        (owed,) = pause_obligations([owed], pause)
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
    obligations = obligations_of(a_term())
    paused = reduce(pause_obligations, with_pauses(pauses).pauses, obligations)
    later = START + timedelta(days=2000)
    assert {owed.clock.state_on(later) for owed in paused} == {ClockState.RUNNING}
    ended = end_membership(paused, later - timedelta(days=1))
    assert {owed.clock.state_on(later) for owed in ended} == {ClockState.STOPPED}


def test_an_open_pause_moves_the_due_date_with_each_day_it_lasts() -> None:
    (owed,) = pause_obligations([an_obligation()], suspended("s1", "2026-11-20"))
    assert owed.due_on(today=date(2026, 11, 19)) == date(2027, 11, 1)
    assert owed.due_on(today=TODAY) == date(2027, 11, 5)
    (owed,) = resume_obligations([owed], "s1", date(2026, 11, 25))
    assert owed.due_on(today=date(2027, 6, 1)) == date(2027, 11, 5)


def test_a_pause_after_an_obligation_fell_due_does_not_excuse_it() -> None:
    (owed,) = pause_obligations([an_obligation()], suspended("s1", "2027-12-01"))
    assert owed.due_on(today=date(2028, 1, 1)) == date(2027, 11, 1)
