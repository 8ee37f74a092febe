"""The table of attacks in docs/security.md names each one that is tried, and its test."""

import re

import pytest

from tests.architecture.source import ROOT, place
from tests.attacks import attempts

CALL = re.compile(r"\battempted\(\s*\"([^\"]+)\"")


def tried() -> dict[str, set[str]]:
    """Return the attacks that tests say they try, with the files of these tests."""
    found: dict[str, set[str]] = {}
    for file in (ROOT / "tests").rglob("test_*.py"):
        for kind in CALL.findall(file.read_text()):
            found.setdefault(kind, set()).add(place(file))
    del found["an attack"]  # of this file
    return found


def test_the_table_names_each_attack_that_is_tried_with_its_test() -> None:
    assert {kind: {place(attack.test)} for kind, attack in attempts.attacks().items()} == tried()


def test_every_row_of_the_table_can_be_read() -> None:
    section = attempts.PAGE.read_text().partition("## What is tried")[2].partition("\n## ")[0]
    rows = [line for line in section.splitlines() if line.startswith("| ")][2:]
    assert len(rows) == len(attempts.attacks()) > 0


def test_what_got_through_is_counted_and_fails() -> None:
    with pytest.raises(AssertionError, match=r"2 of 10 got through: .'the third', 'the fifth'"):
        attempts.attempted("an attack", 10, ["the third", "the fifth"])
    assert attempts.TRIED.pop("an attack") == (10, 8)
    said = attempts.together([{"x": (10, 8)}, {"x": (5, 5), "a": (1000, 1000)}])
    assert said == [
        "    1,000 tried,     1,000 held: a", "       15 tried,        13 held: x <- GOT THROUGH",
    ]  # fmt: skip
