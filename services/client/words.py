"""Closed lists in plain words, days in words, and names of records as people type them."""

from datetime import UTC, date, datetime
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


def read_day(text: str, what: str) -> date:
    """A day typed as 2026-12-03.

    Raises:
        CommandError: USAGE.
    """
    from services.cli.failure import CommandError

    try:
        return date.fromisoformat(text)
    except ValueError:
        raise CommandError("USAGE", f"{what} {text!r} is not a day. Write it as 2026-12-03.") from None


def read_instant(text: str, what: str) -> datetime:
    """An instant typed as 2026-12-03T09:00, on the clocks in Scotland unless it says otherwise; in UTC.

    Raises:
        CommandError: USAGE.
    """
    from services.cli.failure import CommandError
    from services.platform.clock import LONDON

    try:
        instant = datetime.fromisoformat(text)
    except ValueError:
        raise CommandError("USAGE", f"{what} {text!r} is no instant. Write it as 2026-12-03T09:00.") from None
    return (instant if instant.tzinfo else instant.replace(tzinfo=LONDON)).astimezone(UTC)


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


def choose(enum: Any, word: str, what: str) -> Any:
    """The value of an enum for a word typed.

    Raises:
        CommandError: USAGE, with the words allowed.
    """
    from services.cli.failure import CommandError
    from services.platform.calls.wire import from_word, to_word

    try:
        value = from_word(enum, word.replace("-", "_")) if word else 0
    except KeyError:
        value = 0
    if not value:
        allowed = ", ".join(to_word(enum, number) for number in enum.values() if number)
        raise CommandError("USAGE", f"{what} {word!r} is not one of: {allowed}.")
    return value
