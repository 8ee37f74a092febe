"""How many attacks are tried and how many held: noted here, printed at the end of a run, kept in docs/security.md.

To add an attack: its row in the table of docs/security.md, and one call of `attempted` in its test, with the words of
the row. The test may stand in any folder.
"""

import re
from collections.abc import Collection
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from tests import sizes

PAGE = Path(__file__).parents[2] / "docs/security.md"
ROW = re.compile(
    r"^\| (?P<kind>[^|]+?) \| (?P<least>[\d,]+) \| [^|]+ \| \[[^\]]+\]\((?P<test>[^)]+)\) \|$", re.MULTILINE
)
"""A row of the table: the attack, how often it is tried at least, what holds, and the test."""
Tally = dict[str, tuple[int, int]]
"""Attacks, with how often each was tried and how often it held."""
TRIED: Tally = {}
"""The attacks that this process has tried, and how many of them held."""


@dataclass(frozen=True)
class Attack:
    """One row of the table. `least`: how often one call of `attempted` in `make long` has tried it at least."""

    kind: str
    least: int
    test: Path


@cache
def attacks() -> dict[str, Attack]:
    """Return every row of the table by its first words."""
    found = (row.groupdict() for row in ROW.finditer(PAGE.read_text()))
    return {
        row["kind"]: Attack(row["kind"], int(row["least"].replace(",", "")), (PAGE.parent / row["test"]).resolve())
        for row in found
    }


def attempted(kind: str, tried: int, got_through: Collection[object] = ()) -> None:
    """Note that an attack was tried, and fail if one of its attempts got through.

    kind: the first words of its row.
    got_through: what each attempt that did not hold can be known by.
    """
    before = TRIED.get(kind, (0, 0))
    TRIED[kind] = before[0] + tried, before[1] + tried - len(got_through)
    assert not got_through, f"{len(got_through)} of {tried} got through: {list(got_through)[:5]}"
    assert tried >= (attacks()[kind].least if sizes.WHOLE else 1), f"{kind}: tried {tried} times only"


def together(parts: list[Tally]) -> list[str]:
    """Return the lines that say what several processes have tried."""
    found: Tally = {}
    for part in parts:
        for kind, (tried, held) in part.items():
            before = found.get(kind, (0, 0))
            found[kind] = before[0] + tried, before[1] + held
    return [
        f"{tried:>9,} tried, {held:>9,} held: {kind}" + ("" if tried == held else " <- GOT THROUGH")
        for kind, (tried, held) in sorted(found.items())
    ]
