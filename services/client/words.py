"""Closed lists in plain words, days in words, and names of records as people type them."""

from datetime import date, datetime
from typing import Any

LANES = {
    "safety": "Safety",
    "escalation": "For a senior manager",
    "reappointment_risk": "Before reappointment",
    "support_need": "To discuss",
    "data_gap": "For the Team",
    "excellence": "Praise",
}
"""In order of urgency. None of them judges anybody."""
SHORT_ID = 8


def day_in_words(day: date | str) -> str:
    """For example `3 December 2026`; `-` when there is none."""
    if not day:
        return "-"
    value = date.fromisoformat(day) if isinstance(day, str) else day
    return f"{value.day} {value:%B %Y}"


def day_of(message: Any, field: str) -> str:
    """A message's date in words."""
    from services.platform.calls.wire import from_date

    return day_in_words(from_date(message, field) or "")


def how_many(number: int, unit: str) -> str:
    """A number with its unit, as one says it: `1 report`, `2 types of source`."""
    word, of, rest = unit.partition(" of ")
    return f"{number} {word.removesuffix('s')}{of}{rest}" if number == 1 else f"{number} {unit}"


def span_of(simulation: Any) -> str:
    """The days that a simulation looked at."""
    return f"{day_of(simulation, 'since_date')} to {day_of(simulation, 'until_date')}"


def london_time(stamp: Any) -> str:
    """An instant as the clocks in Scotland show it."""
    from services.platform.calls.wire import from_instant
    from services.platform.clock import LONDON

    local: datetime = from_instant(stamp).astimezone(LONDON)
    return f"{day_in_words(local.date())} {local:%H:%M}"


def spaced(word: str) -> str:
    """A closed list's word in plain words."""
    return word.replace("_", " ")


def short(name: str) -> str:
    """The part of a record's id that people type."""
    return name.rpartition("/")[2][:SHORT_ID]


def safeguarder_name(text: str) -> str:
    """`safeguarders/{id}`, typed with or without the collection."""
    return text if text.startswith("safeguarders/") else f"safeguarders/{text}"


def safeguarder_of(name: str) -> str:
    """The Safeguarder's id in a record's name."""
    return name.split("/")[1]
