"""The forms of changes of the rules: a number with its reason, and the steps on a change."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time

from services.console.forms.answers import (
    ID,
    MISSING,
    TOO_LONG,
    TypedDay,
    choice_in,
    day_in,
    words_in,
)
from services.platform.clock import LONDON

FROM, VALUE, WHY, CITES, ORIGIN = "from_date", "value", "why", "cites", "origin"
"""Fields of the form of a number, named as in the contract."""
MOST_WHY, MOST_CITES, MOST_REASON = 300, 200, 500
NOT_WHOLE = "not_whole"
ORIGINS = ("ours", "given")
REASON, WHEN, DAY, REPORT, KNOWN = "reason", "when", "day", "report", "known"
NOW, LATER = "now", "later"
MOST_DIGITS = 12
STEPS = ("approve", "publish", "back", "take-back")
"""Every step on a change, by its name in an address."""
KEY, TITLE = "example-", "title-"
"""Beginnings of the fields of a suggested example: whether it is wanted, and its title. Its key follows."""
MOST_EXAMPLES = 5
_TICKED = re.compile(rf"{KEY}([0-9a-f]{{16}})-1")


@dataclass(frozen=True, slots=True)
class TypedNumber:
    """A change of a number as it was typed. `faults`: what is wrong, by field, in words of a closed list."""

    day: TypedDay = TypedDay()
    value: str = ""
    why: str = ""
    cites: str = ""
    origin: str = ""
    faults: Mapping[str, str] = field(default_factory=dict)

    @property
    def from_on(self) -> date | None:
        """Return the first day; None if it is none."""
        return None if isinstance(self.day.read, str) else self.day.read

    @property
    def number(self) -> int | None:
        """Return the value; None if it is no whole number."""
        text = self.value.replace(",", "")
        return int(text) if text.isascii() and text.isdigit() and len(text) <= MOST_DIGITS else None


@dataclass(frozen=True, slots=True)
class TypedStep:
    """An answer to a step. `at`: from when; None for now. `report`: the run that the reader had before them."""

    reason: str = ""
    when: str = ""
    day: TypedDay = TypedDay()
    report: str = ""
    known: int = 0
    faults: Mapping[str, str] = field(default_factory=dict)

    @property
    def at(self) -> datetime | None:
        """Return the beginning of the chosen day in Scotland; None for now."""
        if self.when != LATER or isinstance(self.day.read, str):
            return None
        return datetime.combine(self.day.read, time(), LONDON)


def read_number(form: Mapping[str, str]) -> TypedNumber:
    """Return what was typed. What the number's scale and its other days allow is checked by the service."""
    day, value = day_in(form, FROM), form.get(VALUE, "").strip()[:20]
    why, why_fault = words_in(form, WHY, MOST_WHY)
    cites, cites_fault = words_in(form, CITES, MOST_CITES)
    typed = TypedNumber(day, value, why, cites, choice_in(form, ORIGIN, ORIGINS))
    faults = {
        FROM: day.read if isinstance(day.read, str) else "",
        VALUE: (MISSING if not value else NOT_WHOLE) if typed.number is None else "",
        WHY: why_fault,
        CITES: cites_fault,
        ORIGIN: "" if typed.origin else MISSING,
    }
    return TypedNumber(day, value, why, cites, typed.origin, {name: fault for name, fault in faults.items() if fault})


def read_step(step: str, form: Mapping[str, str], today: date) -> TypedStep:
    """Return the answer to a step."""
    reason, fault = words_in(form, REASON, MOST_REASON)
    when, day, given = choice_in(form, WHEN, (NOW, LATER)), day_in(form, DAY), form.get(KNOWN, "")
    faults: dict[str, str] = {}
    if step == "publish":
        if not when:
            faults[WHEN] = MISSING
        elif when == LATER and (isinstance(day.read, str) or day.read <= today):
            faults[DAY] = day.read if isinstance(day.read, str) else "not_ahead"
    elif fault:
        faults[REASON] = fault
    report = form.get(REPORT, "")
    known = int(given) if given.isascii() and given.isdigit() and len(given) < 6 else 0
    return TypedStep(reason, when, day, report if ID.fullmatch(report) else "", known, faults)


def wanted_examples(form: Mapping[str, str]) -> tuple[tuple[str, str], ...]:
    """Return the examples that are wanted, each by its key with the title that was typed."""
    return tuple((key, words_in(form, f"{TITLE}{key}", MOST_CITES)[0]) for key in _wanted(form))


def title_faults(form: Mapping[str, str]) -> dict[str, str]:
    """Return the titles that are too long, by the key of their example."""
    return {key: TOO_LONG for key in _wanted(form) if words_in(form, f"{TITLE}{key}", MOST_CITES)[1] == TOO_LONG}


def _wanted(form: Mapping[str, str]) -> list[str]:
    """Return the keys of the examples whose box is ticked."""
    keys = (found[1] for name in form if (found := _TICKED.fullmatch(name)))
    return [*keys][:MOST_EXAMPLES]
