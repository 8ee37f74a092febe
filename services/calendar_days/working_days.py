"""Which days are working days, on each of the two calendars, and how they are counted."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from functools import cache
from importlib.resources import files

import holidays
import yaml

from services.refusals import invalid

STATUTORY_HOLIDAYS = {(12, 25), (12, 26), (1, 1), (1, 2)}
"""Month and day. Children's Hearings (Scotland) Act 2011, s.202: these, Saturdays and Sundays, and nothing else."""

SATURDAY = 5


class WorkingCalendar(StrEnum):
    """The two calendars. They differ on most bank holidays and on days in place of 25-26 December and 1-2 January."""

    STATUTORY = "statutory"
    OFFICE = "office"


@dataclass(frozen=True, slots=True)
class OfficeException:
    """One day on which the office differs from Scotland's bank holidays as published, and why."""

    day: date
    is_open: bool
    reason: str
    source: str


def is_working_day(calendar: WorkingCalendar, day: date) -> bool:
    """Whether the day counts on this calendar. Refuses DATE_OUTSIDE_CALENDAR."""
    return closed_because(calendar, day) is None


def closed_because(calendar: WorkingCalendar, day: date) -> str | None:
    """Why the day does not count on this calendar, in words; None when it does. Refuses DATE_OUTSIDE_CALENDAR."""
    if calendar is WorkingCalendar.OFFICE:
        return office_closed_because(day, office_exceptions())
    if day.weekday() >= SATURDAY:
        return f"{day:%A}"
    return f"{day.day} {day:%B}" if (day.month, day.day) in STATUTORY_HOLIDAYS else None


def office_closed_because(day: date, exceptions: Mapping[date, OfficeException]) -> str | None:
    """Why the office is closed on the day: an exception, a weekend or a bank holiday, in that order; None when open."""
    exception = exceptions.get(day)
    if exception is not None:
        return None if exception.is_open else exception.reason
    return f"{day:%A}" if day.weekday() >= SATURDAY else _bank_holidays(day.year).get(day)


def add_working_days(calendar: WorkingCalendar, day: date, n: int) -> date:
    """The n-th working day after the day, itself not counted; a negative n counts back, and 0 is the day itself.

    Refuses DATE_OUTSIDE_CALENDAR.
    """
    step = timedelta(days=1 if n > 0 else -1)
    left = abs(n)
    while left:
        day += step
        if is_working_day(calendar, day):
            left -= 1
    return day


def working_days_between(calendar: WorkingCalendar, after: date, until: date) -> int:
    """How many working days follow `after`, up to and including `until`: the n that add_working_days needs.

    Raises ValueError when `until` is before `after`, and refuses DATE_OUTSIDE_CALENDAR.
    """
    if until < after:
        raise ValueError(
            f"cannot count working days from {after.isoformat()} back to {until.isoformat()}: swap the two dates"
        )
    days = (after + timedelta(days=n) for n in range(1, (until - after).days + 1))
    return sum(is_working_day(calendar, day) for day in days)


def last_working_day_until(calendar: WorkingCalendar, day: date) -> date:
    """The day itself when it is a working day, else the last one before it. Refuses DATE_OUTSIDE_CALENDAR."""
    return day if is_working_day(calendar, day) else add_working_days(calendar, day, -1)


@cache
def office_exceptions() -> Mapping[date, OfficeException]:
    """The table of office_exceptions.yaml, by day."""
    text = files(__package__).joinpath("office_exceptions.yaml").read_text(encoding="utf-8")
    return {
        row["day"]: OfficeException(row["day"], row["open"], row["reason"], row["source"])
        for row in yaml.safe_load(text)["exceptions"]
    }


@cache
def _bank_holidays(year: int) -> Mapping[date, str]:
    # One finished table for each year: the library's own object fills itself when asked, and threads must not share it.
    scotland = holidays.country_holidays("GB", subdiv="SCT", years=year)
    if not scotland:
        known = f"from {scotland.start_year} to {scotland.end_year}"
        message = f"Scotland's bank holidays are known {known}, not for {year}. Check the date."
        raise invalid("DATE_OUTSIDE_CALENDAR", message, year=str(year))
    return dict(scotland)
