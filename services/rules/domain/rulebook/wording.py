"""Numbers, days and words as people read them.

In the sentence of a rule, `{late_reports:report|reports}` reads `1 report` and `2 reports`.
"""

import re
from datetime import date

_ONE_AND_MORE = re.compile(r"[^|{}]+\|[^|{}]+")


def has_one_and_more(form: str) -> bool:
    """Return whether what follows the colon in a sentence has a word for one and a word for several."""
    return _ONE_AND_MORE.fullmatch(form) is not None


class Number(str):
    """A number in words or digits, which can be written with the word for what it counts."""

    __slots__ = ()

    def __format__(self, form: str) -> str:
        """Return the number with the word for one or for several; without a form, the number alone."""
        one, _, several = form.partition("|")
        return f"{self} {one if self == '1' else several}" if form else str(self)


# Not strftime: its month names follow the locale of the machine, and a decision record must be the same everywhere.
_MONTHS = (
    "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
)  # fmt: skip


_OTHER_WORDS = {
    "scra": "SCRA",
    "scra_timeliness": "record of timeliness",
    "attendance": "record of attendance",
    "action_outcome": "outcome of an action",
    "self_assessment": "self-assessment",
    "self": "the Safeguarder",
}


def day_in_words(day: date) -> str:
    """Return a day as people write it, for example `3 December 2026`."""
    return f"{day.day} {_MONTHS[day.month - 1]} {day.year}"


def in_words(code: str) -> str:
    """Return a word of a closed list in plain English. Names of organisations keep their capitals."""
    return _OTHER_WORDS.get(code) or code.replace("_", " ")
