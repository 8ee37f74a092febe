"""Nobody's time to answer runs out while they are on leave or suspended (R90, D15)."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from psmf.scheduling.v1 import duties_pb2, events_pb2

from services.calendar_days import WorkingCalendar, first_working_day_from
from services.evidence.domain.safeguarder import LegalBasis, Safeguarder, SafeguarderId, State, Term
from services.evidence.domain.standing import DaysAway, GivenTime, Standing, Timed, days_away, standing_of
from services.evidence.domain.time_away import AwayKind, TimeAway
from services.evidence.wire.plans.facts import duty_time
from services.platform.calls.wire import to_date

MONDAY = date(2026, 11, 2)
DUE = MONDAY + timedelta(days=14)
OURS = GivenTime(SafeguarderId("sg-one"), "x1", Timed.ANSWER_RECORD, MONDAY + timedelta(days=1), DUE)


def day(number: int) -> date:
    return MONDAY + timedelta(days=number)


def away(first: int, last: int | None) -> DaysAway:
    return DaysAway(day(first), None if last is None else day(last))


def standing(*times: DaysAway, said: Standing | None = None, today: date = MONDAY, **changes: Any) -> Standing:
    fields = {name: getattr(OURS, name) for name in ("safeguarder_id", "about_id", "timed", "first_on", "last_on")}
    return standing_of(GivenTime(**fields | changes), times, said, today)


def test_without_any_time_away_the_day_that_was_set_holds() -> None:
    assert standing() == Standing(DUE)
    assert not standing().is_over(DUE)
    assert standing().is_over(DUE + timedelta(days=1))


def test_the_days_away_within_the_time_are_added_and_a_moved_day_is_an_office_day() -> None:
    assert standing(away(3, 9)).due_on == day(21)
    assert standing(away(3, 7)).due_on == day(21), "day 19 is a Saturday"
    assert standing(away(-5, 3)).due_on == day(17), "only what lies within the time is added"
    assert standing(away(-5, 0)).due_on == DUE, "the day on which it was shared is none of its days"
    assert standing(away(14, 20)).due_on == day(21), "a leave from the last day on leaves that day for the return"
    assert standing(away(15, 20)).due_on == DUE, "a leave after the last day changes nothing"
    assert standing(away(3, 9), away(15, 18)).due_on == day(25), "a leave within the days that were added moves it too"


def test_a_day_of_two_times_away_is_added_once() -> None:
    assert standing(away(1, 7), away(4, 7)).due_on == standing(away(1, 7)).due_on
    assert standing(away(1, 5), away(3, 7)).due_on == standing(away(1, 7)).due_on


def test_a_time_that_took_the_place_of_another_one_counts_from_its_own_day_and_is_never_over_earlier() -> None:
    before: dict[str, Any] = {"before": ((day(1), day(14)),), "first_on": day(10), "last_on": day(22)}
    assert standing(away(2, 8), **before).due_on == day(22), "days before it was given are not given twice"
    assert standing(away(11, 17), **before).due_on == day(29)
    sooner = standing(away(2, 18), **before | {"last_on": day(16)})
    assert sooner.due_on == day(31), "17 days of the first time"


def test_on_a_day_away_nothing_is_over_also_while_nobody_knows_the_last_day() -> None:
    open_end = standing(away(10, None), today=day(90))
    assert (open_end.stands_still, open_end.is_over(day(90))) == (True, False)
    assert not standing(away(10, 12), today=day(11)).is_over(day(90))
    assert not standing(away(10, 12), today=day(13)).stands_still


def test_the_later_of_scheduling_and_of_the_register_holds() -> None:
    assert standing(said=Standing(day(30))).due_on == day(30)
    assert standing(away(3, 9), said=Standing(DUE)).due_on == day(21), "an event that is late closes nothing"
    assert standing(said=Standing(DUE, stands_still=True)).stands_still


def test_leave_of_the_safeguarder_gives_nobody_else_more_time() -> None:
    assert standing(away(3, 9), today=day(5), is_theirs=False) == Standing(DUE)


def a_time(first: int, last: int | None, cancelled: bool = False) -> TimeAway:
    who, now = SafeguarderId("sg-one"), datetime(2026, 11, 2, tzinfo=UTC)
    ends_on = None if last is None else day(last)
    return TimeAway("t1", who, AwayKind.LEAVE, day(first), ends_on, cancelled, "panel-team", now)


def a_member(*, leaves_on: date) -> Safeguarder:
    term = Term(1, date(2026, 1, 1), leaves_on, LegalBasis("SSI 2012/54", "reg 7(1)", "as made"))
    now = datetime(2026, 1, 1, tzinfo=UTC)
    return Safeguarder(SafeguarderId("sg-one"), "Demo Person", ("fife",), State.APPOINTED, (term,), True, now)


def test_what_is_cancelled_is_no_time_away_and_they_come_in_order() -> None:
    times = [a_time(20, None), a_time(3, 9), a_time(5, 6, cancelled=True)]
    assert days_away(times, a_member(leaves_on=day(300)), MONDAY) == [away(3, 9), away(20, None)]


@pytest.mark.parametrize("last", [None, 3000, 2_000_000])
def test_nobody_is_away_after_their_membership(last: int | None) -> None:
    member, times = a_member(leaves_on=day(30)), [a_time(3, last)]
    assert days_away(times, member, day(31)) == [away(3, 30)]
    assert not standing(*days_away(times, member, day(31)), today=day(31)).stands_still
    assert days_away([a_time(31, last)], member, day(40)) == []
    assert days_away(times, replace(member, terms=()), day(31)) == []


TIMES = st.lists(st.tuples(st.integers(-10, 40), st.integers(0, 20)), max_size=5)


@given(TIMES)
def test_as_many_days_at_work_are_left_as_were_given(times: list[tuple[int, int]]) -> None:
    known = sorted(away(first, first + length) for first, length in times)
    due_on, days_at_work = OURS.first_on - timedelta(days=1), 0
    while days_at_work < 14:
        due_on += timedelta(days=1)
        days_at_work += not any(one.first_on <= due_on <= (one.last_on or due_on) for one in known)
    assert standing(*known).due_on == first_working_day_from(WorkingCalendar.OFFICE, due_on)


def test_a_duty_of_a_kind_that_only_a_later_release_knows_says_nothing() -> None:
    """Record 0.2: a fact is never a dead letter because of what it says."""
    message = events_pb2.DutyChanged(duty_id="d", version=1, about="actions/a", due_date=to_date(date(2026, 12, 1)))
    message.kind = duties_pb2.Duty.KIND_ACTION
    assert duty_time(message) is not None
    message.kind = 99  # type: ignore[assignment]
    assert duty_time(message) is None
