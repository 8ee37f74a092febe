"""Closed lists in plain words, days in words, and names of records as people type them.

gRPC and protobuf are imported inside functions, because the help of every command imports this module.
"""

from datetime import date, datetime
from functools import cache
from typing import Any

from services.rules.domain.rulebook.wording import day_in_words

LANES = {
    "safety": "Safety",
    "escalation": "For a senior manager",
    "reappointment_risk": "Before reappointment",
    "support_need": "To discuss",
    "data_gap": "For the Team",
    "excellence": "Praise",
}
"""Headings of the lanes, most urgent first. None of them judges anybody."""
EVERYBODY = "safeguarders/-"
"""The parent of a list over all Safeguarders."""
SHORT_ID = 8
"""Characters of an id that people see and type. Thousands of random ids rarely share eight."""


def iso_in_words(day: str) -> str:
    """Return `2026-12-03` as `3 December 2026`; `-` if it is empty."""
    return day_in_words(date.fromisoformat(day)) if day else "-"


def day_of(message: Any, field: str) -> str:
    """Return a date field as `3 December 2026`; `-` if it is not set."""
    from services.platform.calls.wire import from_date

    day = from_date(message, field)
    return day_in_words(day) if day else "-"


def word_of(message: Any, field: str) -> str:
    """Return the closed-list word in an enum field, for example `support_need`; empty if it is not set."""
    from services.platform.calls.wire import to_word

    return to_word(enum_of(message, field), getattr(message, field))


def enum_of(message: Any, field: str) -> Any:
    """Return the enum of a message's field, as `to_word` and `from_word` take it."""
    return _enum(message.DESCRIPTOR.fields_by_name[field].enum_type)


@cache
def _enum(descriptor: Any) -> Any:
    # Cached because the words of an enum are kept by this object: there are a few dozen, fixed when psmf starts.
    from google.protobuf.internal.enum_type_wrapper import EnumTypeWrapper

    return EnumTypeWrapper(descriptor)


def how_many(number: int, unit: str) -> str:
    """Return a number with its unit as people say it: `1 report`, `2 types of source`."""
    word, of, rest = unit.partition(" of ")
    return f"{number} {word.removesuffix('s')}{of}{rest}" if number == 1 else f"{number} {unit}"


def span_of(simulation: Any) -> str:
    """Return the first and last day that a simulation looked at."""
    return f"{day_of(simulation, 'since_date')} to {day_of(simulation, 'until_date')}"


def london_time(stamp: Any) -> str:
    """Return an instant as clocks in Scotland show it, for example `3 December 2026 09:30`."""
    from services.platform.calls.wire import from_instant
    from services.platform.clock import LONDON

    local: datetime = from_instant(stamp).astimezone(LONDON)
    return f"{day_in_words(local.date())} {local:%H:%M}"


def spaced(word: str) -> str:
    """Return a closed-list word in plain words: `support need` for `support_need`."""
    return word.replace("_", " ")


def short(name: str) -> str:
    """Return the part of a record's id that people type."""
    return name.rpartition("/")[2][:SHORT_ID]


def id_under(name: str) -> str:
    """Return the id of what a resource name under a Safeguarder names. Empty for what there is one of, as the plan."""
    return next(iter(name.split("/")[3:4]), "")


def safeguarder_of(name: str) -> str:
    """Return the Safeguarder's id in a record's name."""
    return name.split("/")[1]
