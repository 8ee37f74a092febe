"""Numbers in the sentence of a rule: `{late_reports:report|reports}` reads `1 report` and `2 reports`."""

import re

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
