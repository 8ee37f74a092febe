"""The order of standards and indicators by their ids, where a number may have more than one digit (P13)."""

import re
from functools import lru_cache

_PART = re.compile(r"\d+|\D+")


# Every evaluation sorts its answers by these, and an edition has a few dozen of them.
@lru_cache(maxsize=1024)
def standard_order(known: str) -> tuple[tuple[int, str], ...]:
    """Return what to sort ids of standards and indicators by. As text, P12 would come before P2."""
    return tuple((int(part), "") if part.isdecimal() else (-1, part) for part in _PART.findall(known))
