"""The order of standards and indicators by their ids, where a number may have more than one digit (P13)."""

import re

_PART = re.compile(r"\d+|\D+")


def standard_order(known: str) -> tuple[tuple[int, str], ...]:
    """Return what to sort ids of standards and indicators by. As text, P12 would come before P2."""
    return tuple((int(part), "") if part.isdecimal() else (-1, part) for part in _PART.findall(known))
