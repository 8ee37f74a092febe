"""Days as people read them."""

from datetime import UTC, date, datetime

import pytest

from services.console.days import clock_time, long_day, named_day

TODAY = date(2026, 12, 1)


@pytest.mark.parametrize(
    ("day", "text"),
    [
        (date(2026, 12, 7), "Monday 7\u00a0December"),
        (date(2026, 12, 1), "today"),
        (date(2026, 12, 2), "tomorrow"),
        (date(2026, 11, 30), "yesterday"),
        (date(2027, 12, 7), "Tuesday 7\u00a0December 2027"),
        (date(2025, 11, 1), "Saturday 1\u00a0November 2025"),
    ],
)
def test_a_day_is_named_with_its_year_only_where_it_is_far(day: date, text: str) -> None:
    assert named_day(day, TODAY).text == text
    assert named_day(day, TODAY).iso == day.isoformat()


def test_a_day_stays_with_its_month() -> None:
    assert long_day(TODAY).text == "1\u00a0December 2026"


def test_times_are_those_of_scotland() -> None:
    assert clock_time(datetime(2026, 7, 1, 8, 2, tzinfo=UTC)) == "09:02"
