"""Numbers in the sentence of a rule: `{late_reports:report|reports}` reads `1 report` and `2 reports`."""

import re
from datetime import date

_ONE_AND_MORE = re.compile(r"[^|{}]+\|[^|{}]+")


def has_one_and_more(form: str) -> bool:
    """Whether what follows a colon in a sentence names what one is called, and what several are."""
    return _ONE_AND_MORE.fullmatch(form) is not None


class Number(str):
    """A number in words or digits, which may be told with what it counts."""

    __slots__ = ()

    def __format__(self, form: str) -> str:
        """Without a form the number alone."""
        one, _, several = form.partition("|")
        return f"{self} {one if self == '1' else several}" if form else str(self)


# Not strftime: its month names follow the machine's locale, and a decision record must not.
_MONTHS = (
    "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
)  # fmt: skip


_OTHER_WORDS = {
    "scra": "SCRA",
    "scra_timeliness": "record of timeliness",
    "attendance": "record of attendance",
    "self_assessment": "self-assessment",
    "self": "the Safeguarder",
}


def day_in_words(day: date) -> str:
    """For example `3 December 2026`."""
    return f"{day.day} {_MONTHS[day.month - 1]} {day.year}"


def in_words(code: str) -> str:
    """A closed-list word as plain words; names of organisations keep their capitals."""
    return _OTHER_WORDS.get(code) or code.replace("_", " ")
