"""Leave and suspension pause every clock of a person, in whatever order they are told and corrected (P2, X40)."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.scheduling.domain import schedule as domain
from services.scheduling.domain.obligations.clocks import Clock, ClockState, PauseReason
from services.scheduling.domain.obligations.obligations import open_obligations, with_due_dates_told
from services.scheduling.domain.obligations.times_away import TimeAway, pauses_of
from services.scheduling.domain.schedule import Schedule
from services.scheduling.domain.sessions.proposals import propose_sessions
from tests.scheduling.builders import (
    NOW,
    POLICY,
    TODAY,
    a_diary,
    a_term,
    obligation_ids,
    obligations_of,
    session_ids,
)

LEAVE = TimeAway("leave", 1, PauseReason.ON_LEAVE, date(2026, 12, 1), date(2026, 12, 14), False)


def a_schedule() -> Schedule:
    return Schedule(a_term().safeguarder_id, terms=(a_term(),), obligations=obligations_of(a_term()))


def after(*said: TimeAway) -> Schedule:
    schedule = a_schedule()
    for away in said:
        schedule = domain.record_time_away(schedule, away)
    return schedule


def due(schedule: Schedule, today: date = TODAY) -> list[date]:
    return [owed.due_on(today) for owed in schedule.obligations]


def test_due_dates_move_by_the_days_away_from_the_first_to_the_last() -> None:
    """P2: fourteen days of leave, both ends included, move each due date by fourteen days, to a working day."""
    for before, moved in zip(a_schedule().obligations, after(LEAVE).obligations, strict=True):
        assert moved.clock.day_reached(200, TODAY) == before.clock.day_reached(200, TODAY) + timedelta(days=14)
        states = [moved.clock.state_on(date(2026, 11, 30) + timedelta(days=n)) for n in range(16)]
        assert states == [ClockState.RUNNING, *[ClockState.PAUSED] * 14, ClockState.RUNNING]


@pytest.mark.parametrize(
    ("corrected", "days"),
    [
        (replace(LEAVE, version=2, ends_on=date(2026, 12, 7)), 7),
        (replace(LEAVE, version=2, starts_on=date(2026, 12, 8)), 7),
        (replace(LEAVE, version=2, ends_on=date(2026, 12, 21)), 21),
        (replace(LEAVE, version=2, cancelled=True), 0),
    ],
)
def test_a_correction_moves_the_due_dates_again(corrected: TimeAway, days: int) -> None:
    """P2: what was recorded before leaves no trace on a clock."""
    before, moved = a_schedule().obligations[0], after(LEAVE, corrected).obligations[0]
    assert moved.clock.day_reached(200, TODAY) == before.clock.day_reached(200, TODAY) + timedelta(days=days)


VERSIONS = st.builds(
    TimeAway,
    st.sampled_from(["a", "b", "c"]),
    st.integers(1, 4),
    st.sampled_from([PauseReason.ON_LEAVE, PauseReason.SUSPENDED]),
    st.dates(date(2026, 10, 1), date(2027, 6, 1)),
    st.none() | st.dates(date(2027, 6, 1), date(2027, 12, 1)),
    st.booleans(),
)
TOLD = st.lists(VERSIONS, max_size=8, unique_by=lambda away: (away.time_away_id, away.version))


@given(TOLD, st.data())
def test_twice_late_and_out_of_order_change_nothing(told: list[TimeAway], data: st.DataObject) -> None:
    """P2: after any order of deliveries, with repeats, the clocks are those of the newest versions alone."""
    newest = {away.time_away_id: away for away in sorted(told, key=lambda away: away.version)}
    shuffled = data.draw(st.permutations(told + told[: len(told) // 2]))
    assert after(*shuffled) == after(*newest.values())
    pauses = pauses_of(after(*shuffled).times_away)
    assert {pause.cause_id for pause in pauses} == {away.time_away_id for away in newest.values() if not away.cancelled}


@given(TOLD)
def test_what_opens_later_stands_still_like_what_was_open(told: list[TimeAway]) -> None:
    """P2: obligations that open during a time away, or after it was recorded, have the same pauses."""
    schedule = Schedule(a_term().safeguarder_id, terms=(a_term(),))
    for away in told:
        schedule = domain.record_time_away(schedule, away)
    pauses = pauses_of(schedule.times_away)
    opened, _ = open_obligations(a_term(), (), TODAY, POLICY, obligation_ids(), pauses)
    assert [owed.clock for owed in opened] == [owed.clock for owed in after(*told).obligations]


def test_a_moved_due_date_is_told_at_once_if_the_last_day_is_known() -> None:
    """P2: rules count by the due date that was told, so it is told during the leave too."""
    for today in (TODAY, LEAVE.starts_on, date(2026, 12, 15)):
        schedule = after(LEAVE)
        owed, told = with_due_dates_told((a_term(),), schedule.obligations, today, POLICY)
        assert [event.obligation.due_on for event in told] == due(schedule, today)
        assert with_due_dates_told((a_term(),), owed, today, POLICY) == (owed, ())


def test_no_due_date_is_past_while_a_suspension_lasts() -> None:
    """P2: nobody knows its last day, so the due date is told again when the day that was told has come."""
    suspension = TimeAway("s", 1, PauseReason.SUSPENDED, date(2026, 12, 1), None, False)
    obligations, messages = after(suspension).obligations, 0
    for n in range(400):
        today = suspension.starts_on + timedelta(days=n)
        obligations, told = with_due_dates_told((a_term(),), obligations, today, POLICY)
        messages += len(told)
        assert all(owed.told_due_on is None or owed.told_due_on > today for owed in obligations)
    assert messages < 20


@pytest.mark.parametrize("left", [True, False])
def test_a_leave_that_is_heard_of_after_the_last_day_moves_what_was_owed_before_it(left: bool) -> None:
    """P2: somebody left, or their term ran out. Otherwise a KPI would count short what fell due after that."""
    last_day = date(2027, 3, 8)
    terms = (a_term(ends_on=str(last_day)),)
    schedule = replace(a_schedule(), terms=terms, obligations=obligations_of(terms[0]))
    before = schedule.obligations[0]
    assert before.due_on(TODAY) == date(2027, 3, 3)
    if left:
        schedule = domain.end_membership(schedule, last_day, NOW).schedule
    schedule = domain.record_time_away(schedule, LEAVE)
    today = last_day + timedelta(days=30)
    owed, told = with_due_dates_told(terms, schedule.obligations, today, POLICY)
    assert date(2027, 3, 17) in [event.obligation.due_on for event in told]
    assert with_due_dates_told(terms, owed, today, POLICY) == (owed, ())


def test_what_is_met_no_longer_moves_with_a_suspension_that_began_after_it() -> None:
    """P2: otherwise it would fall due later each day, and a KPI would never count it."""
    met = replace(a_schedule().obligations[0], clock=Clock(a_term().starts_on, met_on=date(2026, 11, 30)))
    suspension = TimeAway("s", 1, PauseReason.SUSPENDED, date(2026, 12, 1), None, False)
    schedule = domain.record_time_away(replace(a_schedule(), obligations=(met,)), suspension)
    for days in (0, 90, 900):
        assert due(schedule, TODAY + timedelta(days=days)) == [date(2027, 3, 3)]


def test_no_session_is_proposed_on_a_day_away() -> None:
    """P2: nobody is asked to come while they are away, also if the leave is still to come."""
    leave = replace(LEAVE, starts_on=TODAY + timedelta(days=1), ends_on=TODAY + timedelta(days=100))
    schedule = after(leave)
    diary = propose_sessions(a_diary(), schedule.obligations, NOW, POLICY, session_ids()).diary
    assert len(diary.sessions) == 3
    for session in diary.sessions:
        assert not leave.starts_on <= session.starts_on <= (leave.ends_on or date.max)
