"""Who is asked for a duty, and on which day: pure, without a database (record 3)."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.calendar_days import WorkingCalendar, add_working_days, is_working_day
from services.notifications.adapters.ladders import read_ladders
from services.notifications.domain.duty import Duty, DutyKind, DutyStands, OwedBy, follow, take_steps
from services.notifications.domain.ladder import Rung, Step
from services.notifications.domain.notification import Subject

LADDERS = read_ladders()
OF_SAFEGUARDER, OF_STAFF = LADDERS.duties_of_safeguarder, LADDERS.duties_of_staff
START = date(2026, 11, 24)
TODAYS = st.integers(0, 400).map(lambda days: START + timedelta(days=days))
OWED = st.sampled_from([OwedBy.SAFEGUARDER, OwedBy.SUPPORT_MANAGER, OwedBy.PANEL_TEAM])


def a_duty(due_on: date | None, owed_by: OwedBy = OwedBy.SAFEGUARDER, version: int = 1) -> Duty:
    return Duty("sg-one", "d-1", version, DutyKind.ANSWER_SUPPORT, owed_by, DutyStands.RUNNING, due_on)


def steps_of(duty: Duty) -> tuple[Step, ...]:
    return OF_SAFEGUARDER if duty.is_the_persons else OF_STAFF


def working_days(first: date, days: int) -> list[date]:
    every = (first + timedelta(days=number) for number in range(days))
    return [day for day in every if is_working_day(WorkingCalendar.OFFICE, day)]


def asked_on(duty: Duty, days: list[date]) -> list[tuple[date, Rung]]:
    """Whom the steps ask on each of these days."""
    asked = []
    for day in days:
        duty, steps = take_steps(duty, steps_of(duty), day)
        asked += [(day, step.who) for step in steps]
    return asked


def first_known(duty: Duty, today: date) -> Duty:
    return follow(None, duty, steps_of(duty), today)


def from_day(day: date, number: int) -> date:
    return add_working_days(WorkingCalendar.OFFICE, day, number)


def test_the_packaged_ladders_are_what_was_decided() -> None:
    """Record 3.1: the Safeguarder a week and a day before, on the day, then a call; staff as everywhere."""
    assert [(step.who, step.after) for step in OF_SAFEGUARDER] == [
        (Rung.OWNER, -5),
        (Rung.OWNER, -1),
        (Rung.OWNER, 0),
        (Rung.MANAGER, 1),
    ]
    assert [(step.who, step.after) for step in OF_STAFF] == [
        (Rung.OWNER, -2),
        (Rung.OWNER, 0),
        (Rung.COVER, 2),
        (Rung.SENIOR, 5),
    ]


@given(TODAYS, OWED, st.integers(6, 40))
def test_each_step_comes_once_on_its_working_day_and_then_nobody_is_asked(
    today: date, owed_by: OwedBy, ahead: int
) -> None:
    """Record 3.1: over a year of days, for a duty that is known in good time."""
    due_on = from_day(today, ahead)
    duty = first_known(a_duty(due_on, owed_by), today)
    asked = asked_on(duty, working_days(today, 120))
    assert asked == [(from_day(due_on, step.after), step.who) for step in steps_of(duty)]


EACH_DAY = [START + timedelta(days=days) for days in range(35)]
"""Weekends, Christmas and the days before it."""


@pytest.mark.parametrize("ahead", range(-30, 31))
@pytest.mark.parametrize("owed_by", [OwedBy.SAFEGUARDER, OwedBy.PANEL_TEAM])
def test_nobody_is_asked_for_days_gone_by(owed_by: OwedBy, ahead: int) -> None:
    """Record 3.1: whenever a duty is first known, no reminder is made up for, and staff are asked once by then.

    A Safeguarder is not asked at all after the day. The support manager calls them.
    """
    for today in EACH_DAY:
        due_on = today + timedelta(days=ahead)
        days = working_days(today, 60)
        asked = asked_on(first_known(a_duty(due_on, owed_by), today), days)
        reminders = [day for day, who in asked if who is Rung.OWNER and day < due_on]
        assert all(day > today for day in reminders)
        after = [(day, who) for day, who in asked if day > due_on]
        if owed_by is OwedBy.SAFEGUARDER:
            assert after == [(max(days[0], from_day(due_on, 1)), Rung.MANAGER)]
        elif ahead < 0:
            first = days[0]
            assert asked == [(first, Rung.OWNER), (from_day(first, 2), Rung.COVER), (from_day(first, 5), Rung.SENIOR)]


@pytest.mark.parametrize("away", [1, 2, 4, 8, 15, 40])
@pytest.mark.parametrize("owed_by", [OwedBy.SAFEGUARDER, OwedBy.PANEL_TEAM])
def test_a_service_that_was_away_asks_each_person_once(owed_by: OwedBy, away: int) -> None:
    """Record 3.1: several steps that came due meanwhile are one message to a person, and no day gone by."""
    due_on = from_day(START, 8)
    for before in range(40):
        duty = first_known(a_duty(due_on, owed_by), START)
        for day in working_days(START, before):
            duty, _ = take_steps(duty, steps_of(duty), day)
        back = working_days(START + timedelta(days=before + away), 10)[0]
        after, steps = take_steps(duty, steps_of(duty), back)
        asked = [step.who for step in steps]
        assert len(asked) <= 1 or asked == [Rung.COVER, Rung.SENIOR]
        assert take_steps(after, steps_of(duty), back) == (after, ())
        assert owed_by is not OwedBy.SAFEGUARDER or back <= due_on or Rung.OWNER not in asked


@given(TODAYS, OWED, st.integers(6, 40), st.integers(0, 60), st.integers(1, 60))
def test_a_day_that_moves_takes_the_steps_with_it(
    today: date, owed_by: OwedBy, ahead: int, passed: int, later: int
) -> None:
    """Record 3.2: after a standstill the steps are those of the new day, as if it had always been that day."""
    duty = first_known(a_duty(from_day(today, ahead), owed_by), today)
    for day in working_days(today, passed):
        duty, _ = take_steps(duty, steps_of(duty), day)
    now = today + timedelta(days=passed)
    told = a_duty(from_day(today, ahead + later), owed_by, version=2)
    moved, fresh = follow(duty, told, steps_of(duty), now), first_known(told, now)
    assert moved == fresh
    days = working_days(now, 150)
    assert asked_on(moved, days) == asked_on(fresh, days)


@pytest.mark.parametrize("stands", [DutyStands.STANDING_STILL, DutyStands.OVER])
@given(today=TODAYS, owed_by=OWED, passed=st.integers(-20, 20))
def test_what_stands_still_or_is_over_asks_nobody(
    stands: DutyStands, today: date, owed_by: OwedBy, passed: int
) -> None:
    """Record 3.2: no time passes meanwhile."""
    duty = replace(a_duty(today + timedelta(days=passed), owed_by), stands=stands)
    assert take_steps(duty, steps_of(duty), today) == (duty, ())


def test_what_goes_on_with_the_same_day_goes_on_where_it_was() -> None:
    """Record 3.2: a standstill that moves no day repeats no step."""
    due_on = from_day(START, 6)
    duty, asked = take_steps(first_known(a_duty(due_on), START), OF_SAFEGUARDER, from_day(START, 1))
    assert [step.after for step in asked] == [-5]
    still = follow(duty, replace(a_duty(due_on, version=2), stands=DutyStands.STANDING_STILL), OF_SAFEGUARDER, START)
    again = follow(still, a_duty(due_on, version=3), OF_SAFEGUARDER, from_day(START, 1))
    assert take_steps(again, OF_SAFEGUARDER, from_day(START, 1)) == (again, ())


def test_what_is_owed_again_asks_its_owner_first() -> None:
    """Record 2.3: a support that was not received after all is owed again, long after its day."""
    due_on = from_day(START, 1)
    team = a_duty(due_on, OwedBy.PANEL_TEAM)
    asked, _ = take_steps(first_known(team, START), OF_STAFF, due_on)
    over = follow(asked, replace(team, version=2, stands=DutyStands.OVER), OF_STAFF, due_on)
    later = from_day(due_on, 20)
    again = follow(over, replace(team, version=3), OF_STAFF, later)
    assert asked_on(again, working_days(later, 20)) == [
        (later, Rung.OWNER),
        (from_day(later, 2), Rung.COVER),
        (from_day(later, 5), Rung.SENIOR),
    ]


@pytest.mark.parametrize("due_on", [None, date(2099, 1, 5), date(9000, 1, 4)])
def test_a_day_far_away_or_none_asks_nobody_and_stops_nothing(due_on: date | None) -> None:
    """Record 0.2: a fact is never a dead letter because of what it says. No calendar knows the year 9000."""
    duty = first_known(a_duty(due_on), START)
    assert take_steps(duty, OF_SAFEGUARDER, START) == (duty, ())


def test_nobody_is_asked_for_what_somebody_owes_whom_only_a_later_release_knows() -> None:
    duty = a_duty(START, OwedBy.OTHER)
    assert take_steps(duty, OF_STAFF, START) == (duty, ())


@pytest.mark.parametrize("kind", [kind for kind in DutyKind if kind is not DutyKind.OTHER])
def test_a_message_says_what_is_due_and_no_day_gone_by(kind: DutyKind) -> None:
    """Record 6: each kind has a word. A call about an action of the Safeguarder's is a talk about it."""
    duty = replace(a_duty(START), kind=kind)
    on_the_day = duty.line(Step(Rung.OWNER, 0), START)
    assert on_the_day.subject is not None
    assert (on_the_day.to_the_person, on_the_day.answer_by_on) == (True, START)
    call = duty.line(Step(Rung.MANAGER, 1), START + timedelta(days=1))
    talk = Subject.ACTION_REVIEW_DUE if kind is DutyKind.ACTION else Subject.CALL_DUE
    assert (call.subject, call.to_the_person, call.answer_by_on) == (talk, False, None)
