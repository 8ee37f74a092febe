"""Days and times as people read them. A page shows no other form."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from services.platform.clock import LONDON

NBSP = "\u00a0"


@dataclass(frozen=True, slots=True)
class Day:
    """A day as words, with the form that machines read."""

    text: str
    iso: str


def long_day(day: date) -> Day:
    """Return `1 January 2026`. The day stays with its month when a line breaks."""
    return Day(f"{day.day}{NBSP}{day:%B} {day.year}", day.isoformat())


def named_day(day: date, today: date) -> Day:
    """Return `Monday 7 December`, with the year only where it is not within twelve months; or `today`, `tomorrow`."""
    near = {today: "today", today + timedelta(days=1): "tomorrow", today - timedelta(days=1): "yesterday"}
    if day in near:
        return Day(near[day], day.isoformat())
    year = f" {day.year}" if abs((day - today).days) > 365 else ""
    return Day(f"{day:%A} {day.day}{NBSP}{day:%B}{year}", day.isoformat())


def at_start(day: Day) -> Day:
    """Return a day as a line begins with it: `Today` where it says `today`."""
    return Day(day.text[0].upper() + day.text[1:], day.iso)


def clock_time(instant: datetime) -> str:
    """Return `09:02`, by the clocks of Scotland."""
    return f"{instant.astimezone(LONDON):%H:%M}"
