"""One arithmetic of months for terms, anniversaries and windows, proved from every day of four years."""

from datetime import date, timedelta

import pytest

from services.calendar_days import last_day, months_later, window_start

DAY = timedelta(days=1)
EVERY_DAY = [date(2023, 3, 1) + n * DAY for n in range(4 * 365 + 1)]
"""Four years with one 29 February among them."""
MONTHS = (1, 2, 3, 6, 12, 18, 24, 35, 36)


@pytest.mark.parametrize(
    ("starts_on", "months", "ends_on"),
    [
        ("2024-02-29", 36, "2027-02-28"),
        ("2024-02-29", 12, "2025-02-28"),
        ("2024-02-29", 48, "2028-02-28"),
        ("2024-03-01", 36, "2027-02-28"),
        ("2024-02-28", 36, "2027-02-27"),
        ("2026-08-31", 18, "2028-02-29"),
        ("2026-08-30", 18, "2028-02-29"),
        ("2026-08-29", 18, "2028-02-28"),
        ("2026-10-31", 1, "2026-11-30"),
        ("2026-04-01", 12, "2027-03-31"),
        ("2026-12-31", 36, "2029-12-30"),
    ],
)
def test_a_period_of_months_ends_the_day_before_the_same_day_and_is_never_short(
    starts_on: str, months: int, ends_on: str
) -> None:
    """P12: a term that begins on 29 February is as long as any other."""
    assert last_day(date.fromisoformat(starts_on), months) == date.fromisoformat(ends_on)


@pytest.mark.parametrize("months", MONTHS)
def test_a_later_start_never_ends_earlier_and_no_period_is_shorter_than_its_months(months: int) -> None:
    """P12."""
    ends = [last_day(day, months) for day in EVERY_DAY]
    assert ends == sorted(ends)
    for day, end in zip(EVERY_DAY, ends, strict=True):
        apart = (end + DAY).year * 12 + (end + DAY).month - day.year * 12 - day.month
        if (end + DAY).day == day.day:
            assert apart == months
        else:
            # The month has no such day, so the period has all of it.
            assert ((end + DAY).day, apart) == (1, months + 1)
            assert end.day < day.day


@pytest.mark.parametrize("years", [1, 2, 3, 4])
def test_the_years_of_a_term_follow_each_other_without_a_gap(years: int) -> None:
    """P12: an anniversary is counted from the first day, so 29 February comes back after four years."""
    for day in EVERY_DAY:
        assert last_day(day, 12 * years) + DAY == months_later(day, 12 * years)
        assert (months_later(day, 12 * years) - months_later(day, 12 * (years - 1))).days in (365, 366)
    assert months_later(date(2024, 2, 29), 48) == date(2028, 2, 29)


@pytest.mark.parametrize("months", MONTHS)
def test_a_window_holds_exactly_the_days_from_which_its_months_are_not_over(months: int) -> None:
    """P12: what a window still holds, and the day on which it lets go, are one answer."""
    for day in EVERY_DAY:
        first = window_start(day, months)
        assert months_later(first - DAY, months) <= day < months_later(first, months)


def test_months_count_back_too() -> None:
    assert months_later(date(2026, 7, 15), -36) == date(2023, 7, 15)
