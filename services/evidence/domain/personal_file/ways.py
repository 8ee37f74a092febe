"""Ways in which a Safeguarder can show a standard (R82)."""

from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Way:
    """One way, in a sentence."""

    way: str
    words: str
    standards: frozenset[str] | None
    """The standards for which it is named; None for all."""


def ways_for(standard: str, ways: Iterable[Way]) -> list[Way]:
    """Return the ways to show a standard, in the order in which they are named."""
    return [way for way in ways if way.standards is None or standard in way.standards]
