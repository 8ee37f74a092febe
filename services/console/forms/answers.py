"""What was typed into the fields of a form, read and checked. Faults are words of a closed list, never sentences."""

import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date
from uuid import uuid4

PARTS = ("day", "month", "year")
MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
MISSING, NOT_A_DAY, TOO_LONG = "missing", "not_a_day", "too_long"
REQUEST_ID, ETAG = "request_id", "etag"
"""Names of the hidden fields with which every form is sent: a repeat has no second effect, a stale copy is refused."""
REUSED = "REQUEST_ID_REUSED"
"""Why a form is refused that was sent before with another answer. With the same id it could never be taken."""
RECORD_ID = "sg-[a-z0-9-]{1,37}"
"""The id of a Safeguarder's record, as a pattern."""
ID = re.compile(r"[A-Za-z0-9_-]{1,64}")
"""An id, or a word of a closed list."""


@dataclass(frozen=True, slots=True)
class TypedDay:
    """A day in three boxes, as it was typed, so that a wrong one is shown again as it was."""

    day: str = ""
    month: str = ""
    year: str = ""

    @property
    def read(self) -> date | str:
        """Return the day, or `missing` or `not_a_day`."""
        if not (self.day or self.month or self.year):
            return MISSING
        try:
            return date(_number(self.year), _month(self.month), _number(self.day))
        except (ValueError, OverflowError):  # a year of ten digits is no ValueError
            return NOT_A_DAY


@dataclass(frozen=True, slots=True)
class Sent:
    """What makes a form act once, on the copy that the reader saw."""

    request_id: str
    etag: str


def sent_in(form: Mapping[str, str]) -> Sent:
    """Return the id with which a form was made, and the copy that it was made from."""
    return Sent(request_id_of(form), form.get(ETAG, "")[:64])


def request_id_of(form: Mapping[str, str]) -> str:
    """Return the id with which a form was made. If it was taken out, a new one stands in for it."""
    given = form.get(REQUEST_ID, "")
    return given if ID.fullmatch(given) else str(uuid4())


def day_in(form: Mapping[str, str], name: str) -> TypedDay:
    """Return what was typed into the boxes `{name}-day`, `{name}-month` and `{name}-year`."""
    return TypedDay(*(form.get(f"{name}-{part}", "").strip()[:20] for part in PARTS))


def of_day(day: date) -> TypedDay:
    """Return a day as somebody would type it."""
    return TypedDay(str(day.day), str(day.month), str(day.year))


def choice_in(form: Mapping[str, str], name: str, offered: Collection[str]) -> str:
    """Return what was chosen; empty if nothing was, or what was not offered."""
    chosen = form.get(name, "")
    return chosen if chosen in offered else ""


def ticked_in(form: Mapping[str, str], name: str, offered: Collection[str]) -> tuple[str, ...]:
    """Return what was ticked of what is offered, in the order in which it is offered.

    Each box has a name of its own, because a field that is sent twice counts once.
    """
    ticked = {value for field, value in form.items() if re.fullmatch(rf"{re.escape(name)}-\d+", field)}
    return tuple(value for value in offered if value in ticked)


def words_in(form: Mapping[str, str], name: str, most: int) -> tuple[str, str]:
    """Return words as they were typed, and the fault in them: `missing`, `too_long`, or empty for none.

    Browsers send a line end as two signs. The limit of a box counts it as one, so they are made one here.
    """
    words = form.get(name, "").replace("\r\n", "\n").strip()
    return words, MISSING if not words else TOO_LONG if len(words) > most else ""


def _number(text: str) -> int:
    if not text.isascii() or not text.isdigit():
        raise ValueError
    return int(text)


def _month(text: str) -> int:
    """Return the number of a month that was typed as a number or by its name."""
    named = text[:3].lower()
    return MONTHS.index(named) + 1 if named in MONTHS else _number(text)
