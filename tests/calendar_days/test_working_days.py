"""The two calendars against a table written by hand from the 2011 Act and from Scotland's published bank holidays."""

from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from services.calendar_days import (
    WorkingCalendar,
    add_working_days,
    closed_because,
    first_working_day_from,
    is_working_day,
    last_working_day_until,
    working_days_between,
)
from services.calendar_days.working_days import OfficeException, office_closed_because, office_exceptions
from services.refusals import Refusal
from tests.sizes import part_of

STATUTORY, OFFICE = WorkingCalendar.STATUTORY, WorkingCalendar.OFFICE
ANY_DAY = st.dates(date(2015, 1, 1), date(2040, 12, 31))

# day, works by the 2011 Act, works in the office, what the day is
BY_HAND = [
    ("2026-11-24", True, True, "an ordinary Tuesday"),
    ("2026-11-28", False, False, "a Saturday"),
    ("2026-11-29", False, False, "a Sunday"),
    ("2025-12-24", True, True, "Christmas Eve"),
    ("2025-12-25", False, False, "Christmas Day, a Thursday"),
    ("2025-12-26", False, False, "Boxing Day, a Friday"),
    ("2025-12-31", True, True, "Hogmanay"),
    ("2026-01-01", False, False, "New Year's Day, a Thursday"),
    ("2026-01-02", False, False, "2 January, a Friday: a holiday in Scotland only"),
    ("2026-12-28", True, False, "Monday in place of Boxing Day, a Saturday: the Act gives no substitute"),
    ("2027-12-27", True, False, "Monday in place of Christmas Day, a Saturday"),
    ("2027-12-28", True, False, "Tuesday in place of Boxing Day, a Sunday"),
    ("2022-01-03", True, False, "Monday in place of 1 January 2022, a Saturday"),
    ("2022-01-04", True, False, "Tuesday in place of 2 January 2022, a Sunday"),
    ("2023-01-02", False, False, "2 January itself, a Monday, the year 1 January is a Sunday"),
    ("2023-01-03", True, False, "Tuesday in place of 1 January 2023, a Sunday"),
    ("2027-01-04", True, False, "Monday in place of 2 January 2027, a Saturday"),
    ("2026-04-03", True, False, "Good Friday"),
    ("2026-04-06", True, True, "Easter Monday: a bank holiday in England, not in Scotland"),
    ("2026-05-04", True, False, "early May bank holiday"),
    ("2020-05-04", True, True, "first Monday of May 2020: moved to the 8th that year"),
    ("2020-05-08", True, False, "VE Day, the early May holiday of 2020"),
    ("2026-05-25", True, False, "spring bank holiday"),
    ("2026-06-15", True, False, "the one-off Scottish holiday of 2026"),
    ("2026-08-03", True, False, "Scotland's summer bank holiday: first Monday of August"),
    ("2026-08-31", True, True, "England's summer bank holiday"),
    ("2026-11-30", True, False, "St Andrew's Day, a Monday"),
    ("2025-11-30", False, False, "St Andrew's Day, a Sunday"),
    ("2025-12-01", True, False, "Monday in place of St Andrew's Day"),
    ("2024-12-02", True, False, "Monday in place of St Andrew's Day, a Saturday"),
    ("2022-09-19", True, False, "the State Funeral"),
    ("2023-05-08", True, False, "the Coronation holiday"),
    ("2024-02-29", True, True, "a leap day, a Thursday"),
]

# calendar, from, working days, the day reached: counted on a wall calendar
COUNTED_BY_HAND = [
    (STATUTORY, "2026-11-24", 1, "2026-11-25"),
    (STATUTORY, "2026-11-27", 1, "2026-11-30"),
    (OFFICE, "2026-11-27", 1, "2026-12-01"),
    (STATUTORY, "2025-12-24", 1, "2025-12-29"),
    (STATUTORY, "2025-12-24", 4, "2026-01-05"),
    (OFFICE, "2025-12-24", 4, "2026-01-05"),
    (STATUTORY, "2026-12-24", 5, "2027-01-04"),
    (OFFICE, "2026-12-24", 5, "2027-01-06"),
    (STATUTORY, "2024-02-28", 1, "2024-02-29"),
    (STATUTORY, "2024-02-28", 2, "2024-03-01"),
    (STATUTORY, "2023-02-28", 1, "2023-03-01"),
    (OFFICE, "2026-06-12", 1, "2026-06-16"),
    (STATUTORY, "2026-06-12", 1, "2026-06-15"),
    (OFFICE, "2026-03-27", 5, "2026-04-06"),
    (STATUTORY, "2026-03-27", 5, "2026-04-03"),
    (STATUTORY, "2026-11-28", 1, "2026-11-30"),
    (STATUTORY, "2026-11-28", 0, "2026-11-28"),
    (OFFICE, "2026-12-07", -5, "2026-11-27"),
    (STATUTORY, "2026-12-07", -5, "2026-11-30"),
    (OFFICE, "2027-01-08", -5, "2026-12-30"),
    (STATUTORY, "2026-10-23", 20, "2026-11-20"),
]


@pytest.mark.parametrize(("day", "by_the_act", "in_the_office", "what"), BY_HAND, ids=[row[3] for row in BY_HAND])
def test_each_calendar_agrees_with_the_table_written_by_hand(
    day: str, by_the_act: bool, in_the_office: bool, what: str
) -> None:
    assert is_working_day(STATUTORY, date.fromisoformat(day)) is by_the_act
    assert is_working_day(OFFICE, date.fromisoformat(day)) is in_the_office


@pytest.mark.parametrize(("calendar", "start", "n", "reached"), COUNTED_BY_HAND)
def test_working_days_are_counted_as_on_a_wall_calendar(
    calendar: WorkingCalendar, start: str, n: int, reached: str
) -> None:
    assert add_working_days(calendar, date.fromisoformat(start), n) == date.fromisoformat(reached)


@given(st.sampled_from([STATUTORY, OFFICE]), ANY_DAY)
def test_the_first_working_day_from_a_day_is_that_day_or_the_next_open_one(
    calendar: WorkingCalendar, day: date
) -> None:
    found = first_working_day_from(calendar, day)
    assert is_working_day(calendar, found)
    assert not any(is_working_day(calendar, day + timedelta(days=n)) for n in range((found - day).days))


def test_a_closed_day_says_why() -> None:
    assert closed_because(OFFICE, date(2026, 11, 30)) == "Saint Andrew's Day"
    assert closed_because(OFFICE, date(2026, 6, 15)) == "one-off Scottish bank holiday, 15 June 2026"
    assert closed_because(STATUTORY, date(2026, 1, 2)) == "2 January"
    assert closed_because(STATUTORY, date(2026, 11, 28)) == "Saturday"
    assert closed_because(STATUTORY, date(2026, 11, 30)) is None


def test_each_exception_of_the_office_has_a_reason_and_a_source() -> None:
    assert all(exception.reason and exception.source for exception in office_exceptions().values())


def test_the_office_may_open_on_a_bank_holiday_and_close_on_another_day() -> None:
    st_andrews, hogmanay = date(2026, 11, 30), date(2026, 12, 31)
    exceptions = {
        st_andrews: OfficeException(st_andrews, is_open=True, reason="the office works", source="Panel team"),
        hogmanay: OfficeException(hogmanay, is_open=False, reason="the office closes early", source="Panel team"),
    }
    assert office_closed_because(st_andrews, exceptions) is None
    assert office_closed_because(hogmanay, exceptions) == "the office closes early"


def test_the_last_working_day_until_a_day_is_that_day_or_the_one_before_the_holidays() -> None:
    assert last_working_day_until(OFFICE, date(2026, 11, 24)) == date(2026, 11, 24)
    assert last_working_day_until(OFFICE, date(2026, 12, 28)) == date(2026, 12, 24)
    assert last_working_day_until(STATUTORY, date(2027, 1, 3)) == date(2026, 12, 31)


def test_the_office_calendar_refuses_a_year_it_does_not_know() -> None:
    with pytest.raises(Refusal) as refused:
        is_working_day(OFFICE, date(2101, 6, 1))
    assert refused.value.reason == "DATE_OUTSIDE_CALENDAR"
    assert "not for 2101" in refused.value.message


def test_days_are_never_counted_backwards() -> None:
    with pytest.raises(ValueError, match="swap the two dates"):
        working_days_between(STATUTORY, date(2026, 11, 24), date(2026, 11, 23))


def statutory_by_arithmetic(day: date) -> bool:
    """The Act's rule, written in another way than in the code."""
    return day.isoweekday() < 6 and day.strftime("%d%m") not in {"2512", "2612", "0101", "0201"}


@settings(max_examples=part_of(1000), deadline=None)
@given(ANY_DAY, st.integers(1, 60))
def test_the_day_reached_is_the_nth_of_an_independent_listing(start: date, n: int) -> None:
    following = [start + timedelta(days=k) for k in range(1, 120)]
    assert add_working_days(STATUTORY, start, n) == [day for day in following if statutory_by_arithmetic(day)][n - 1]


@given(st.sampled_from(WorkingCalendar), ANY_DAY, st.integers(1, 60))
def test_counting_to_a_day_and_counting_what_lies_between_agree(calendar: WorkingCalendar, start: date, n: int) -> None:
    reached = add_working_days(calendar, start, n)
    assert is_working_day(calendar, reached)
    assert working_days_between(calendar, start, reached) == n


@given(ANY_DAY)
def test_a_day_the_office_works_is_a_statutory_working_day(day: date) -> None:
    assert not is_working_day(OFFICE, day) or is_working_day(STATUTORY, day)
