"""Working days of the two calendars, and how to count them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from functools import cache
from importlib.resources import files
from typing import NamedTuple

import yaml

from services.refusals import invalid

STATUTORY_HOLIDAYS = {(12, 25), (12, 26), (1, 1), (1, 2)}
"""Month and day of the statutory holidays. Children's Hearings (Scotland) Act 2011, s.202 excludes only these days,
Saturdays and Sundays."""

SATURDAY = 5


class WorkingCalendar(StrEnum):
    """The two calendars. They differ on most bank holidays and on substitute days for Christmas and New Year."""

    STATUTORY = "statutory"
    OFFICE = "office"


@dataclass(frozen=True, slots=True)
class OfficeException:
    """A day on which the office differs from Scotland's published bank holidays, with the reason."""

    day: date
    is_open: bool
    reason: str
    source: str


def is_working_day(calendar: WorkingCalendar, day: date) -> bool:
    """Return whether the day is a working day. Refuse DATE_OUTSIDE_CALENDAR."""
    return closed_because(calendar, day) is None


def closed_because(calendar: WorkingCalendar, day: date) -> str | None:
    """Return in words why the day is not a working day, or None if it is one. Refuse DATE_OUTSIDE_CALENDAR."""
    if calendar is WorkingCalendar.OFFICE:
        return office_closed_because(day, office_exceptions())
    if day.weekday() >= SATURDAY:
        return f"{day:%A}"
    return f"{day.day} {day:%B}" if (day.month, day.day) in STATUTORY_HOLIDAYS else None


def office_closed_because(day: date, exceptions: Mapping[date, OfficeException]) -> str | None:
    """Return why the office is closed on the day, or None if it is open.

    An exception comes first, so that it can also open the office on a weekend or a bank holiday.
    """
    exception = exceptions.get(day)
    if exception is not None:
        return None if exception.is_open else exception.reason
    return f"{day:%A}" if day.weekday() >= SATURDAY else _bank_holidays(day.year).get(day)


def add_working_days(calendar: WorkingCalendar, day: date, n: int) -> date:
    """Return the n-th working day after a day. A negative n counts back, and 0 returns the day itself.

    The day itself never counts. Refuse DATE_OUTSIDE_CALENDAR.
    """
    step = timedelta(days=1 if n > 0 else -1)
    left = abs(n)
    while left:
        day += step
        if is_working_day(calendar, day):
            left -= 1
    return day


class Days(NamedTuple):
    """A stretch of days. The last one is None while nobody knows it."""

    first_on: date
    last_on: date | None

    def covers(self, day: date) -> bool:
        """Return whether a day lies in the stretch."""
        return self.first_on <= day and (self.last_on is None or day <= self.last_on)


def add_working_days_without(
    calendar: WorkingCalendar, day: date, n: int, left_out: Sequence[Days] = ()
) -> date | None:
    """Return the n-th working day after a day, where some days do not count. n is 1 or more.

    Return None if a stretch without a known last day begins before n days are counted. Refuse DATE_OUTSIDE_CALENDAR.
    """
    left, day = n, day + timedelta(days=1)
    while True:
        out = next((days for days in left_out if days.covers(day)), None)
        if out is not None:
            if out.last_on is None:
                return None
            day = out.last_on
        elif is_working_day(calendar, day):
            left -= 1
            if not left:
                return day
        day += timedelta(days=1)


def working_days_between(calendar: WorkingCalendar, after: date, until: date) -> int:
    """Return how many working days follow `after`, up to and including `until`. This undoes `add_working_days`.

    Raises:
        ValueError: `until` is before `after`.
        Refusal: DATE_OUTSIDE_CALENDAR.
    """
    if until < after:
        raise ValueError(
            f"cannot count working days from {after.isoformat()} back to {until.isoformat()}: swap the two dates"
        )
    days = (after + timedelta(days=n) for n in range(1, (until - after).days + 1))
    return sum(is_working_day(calendar, day) for day in days)


def first_working_day_from(calendar: WorkingCalendar, day: date) -> date:
    """Return the day itself if it is a working day, or else the first one after it. Refuse DATE_OUTSIDE_CALENDAR."""
    return day if is_working_day(calendar, day) else add_working_days(calendar, day, 1)


def last_working_day_until(calendar: WorkingCalendar, day: date) -> date:
    """Return the day itself if it is a working day, or else the last one before it. Refuse DATE_OUTSIDE_CALENDAR."""
    return day if is_working_day(calendar, day) else add_working_days(calendar, day, -1)


@cache
def office_exceptions() -> Mapping[date, OfficeException]:
    """Return the table of office_exceptions.yaml, by day. It is read once, because the file is part of the package."""
    text = files(__package__).joinpath("office_exceptions.yaml").read_text(encoding="utf-8")
    return {
        row["day"]: OfficeException(row["day"], row["open"], row["reason"], row["source"])
        for row in yaml.safe_load(text)["exceptions"]
    }


@cache
def _bank_holidays(year: int) -> Mapping[date, str]:
    import holidays  # it brings the calendars of all countries, and a service starts without them

    # Threads share this cache, so it holds a finished table for each year. The library's own object is not safe to
    # share, because it adds years to itself when it is asked about them.
    scotland = holidays.country_holidays("GB", subdiv="SCT", years=year)
    if not scotland:
        known = f"from {scotland.start_year} to {scotland.end_year}"
        message = f"Scotland's bank holidays are known {known}, but not for {year}. Check the date."
        raise invalid("DATE_OUTSIDE_CALENDAR", message, year=str(year))
    return dict(scotland)
