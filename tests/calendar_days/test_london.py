"""London dates and times against a table written by hand, with each change of the clocks from 2016 to 2036."""

from datetime import UTC, date, datetime, time, timedelta, timezone

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from services.calendar_days import (
    london_instant,
    london_today,
)
from services.refusals import Refusal
from tests.sizes import part_of

# instant in UTC, the date in London
DATES_BY_HAND = [
    ("2026-11-24T23:59", "2026-11-24"),
    ("2026-06-30T23:30", "2026-07-01"),
    ("2026-06-30T22:59", "2026-06-30"),
    ("2026-03-29T00:59", "2026-03-29"),
    ("2026-03-29T23:00", "2026-03-30"),
    ("2026-10-24T23:00", "2026-10-25"),
    ("2026-10-25T23:59", "2026-10-25"),
    ("2025-12-31T23:59", "2025-12-31"),
    ("2026-01-01T00:00", "2026-01-01"),
    ("2024-02-29T23:30", "2024-02-29"),
]

# day, time shown in London, the instant in UTC
INSTANTS_BY_HAND = [
    ("2026-11-24", "10:00", "2026-11-24T10:00"),
    ("2026-07-01", "00:30", "2026-06-30T23:30"),
    ("2026-03-29", "00:59", "2026-03-29T00:59"),
    ("2026-03-29", "02:00", "2026-03-29T01:00"),
    ("2026-10-25", "00:59", "2026-10-24T23:59"),
    ("2026-10-25", "02:00", "2026-10-25T02:00"),
]

# The last Sundays of March and of October, 2016 to 2036, read from a wall calendar.
YEARS = range(2016, 2037)
MARCH = [27, 26, 25, 31, 29, 28, 27, 26, 31, 30, 29, 28, 26, 25, 31, 30, 28, 27, 26, 25, 30]
OCTOBER = [30, 29, 28, 27, 25, 31, 30, 29, 27, 26, 25, 31, 29, 28, 27, 26, 31, 30, 29, 28, 26]
CLOCKS_GO_FORWARD = [date(year, 3, day) for year, day in zip(YEARS, MARCH, strict=True)]
CLOCKS_GO_BACK = [date(year, 10, day) for year, day in zip(YEARS, OCTOBER, strict=True)]


def utc(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


@pytest.mark.parametrize(("instant", "day"), DATES_BY_HAND)
def test_the_date_of_an_instant_is_the_date_in_london(instant: str, day: str) -> None:
    assert london_today(utc(instant)) == date.fromisoformat(day)


@pytest.mark.parametrize(("day", "shown", "instant"), INSTANTS_BY_HAND)
def test_a_time_shown_in_london_is_one_instant(day: str, shown: str, instant: str) -> None:
    found = london_instant(date.fromisoformat(day), time.fromisoformat(shown))
    assert found == utc(instant)
    assert found.tzinfo is UTC


@pytest.mark.parametrize("day", CLOCKS_GO_FORWARD, ids=str)
@pytest.mark.parametrize("shown", ["01:00", "01:30", "01:59:59"])
def test_a_time_the_clocks_skip_is_refused(day: date, shown: str) -> None:
    with pytest.raises(Refusal) as refused:
        london_instant(day, time.fromisoformat(shown))
    assert refused.value.reason == "LONDON_TIME_NEVER_HAPPENS"
    assert f"{day} {shown[:5]} does not exist in London" in refused.value.message


@pytest.mark.parametrize("day", CLOCKS_GO_BACK, ids=str)
@pytest.mark.parametrize("shown", ["01:00", "01:30", "01:59:59"])
def test_a_time_the_clocks_show_twice_is_refused_with_both_instants_named(day: date, shown: str) -> None:
    with pytest.raises(Refusal) as refused:
        london_instant(day, time.fromisoformat(shown))
    assert refused.value.reason == "LONDON_TIME_HAPPENS_TWICE"
    assert f"at 00:{shown[3:5]} and at 01:{shown[3:5]} UTC" in refused.value.message


def test_a_fold_chosen_on_the_time_does_not_slip_past_the_question() -> None:
    with pytest.raises(Refusal, match="LONDON_TIME_HAPPENS_TWICE"):
        london_instant(date(2026, 10, 25), time(1, 30, fold=1))


def test_an_instant_in_another_zone_is_the_same_instant() -> None:
    assert london_today(datetime(2026, 7, 1, 4, 0, tzinfo=timezone(timedelta(hours=5, minutes=30)))) == date(
        2026, 6, 30
    )


def test_an_instant_without_a_zone_is_refused() -> None:
    with pytest.raises(ValueError, match="no time zone"):
        london_today(utc("2026-07-01T00:30").replace(tzinfo=None))


@settings(max_examples=part_of(1000), deadline=None)
@given(st.dates(date(2016, 1, 1), date(2036, 12, 31)), st.times().filter(lambda at: at.hour != 1))
def test_outside_the_hour_of_change_day_and_instant_lead_to_each_other(day: date, at: time) -> None:
    assert london_today(london_instant(day, at)) == day
