"""Whom a text names, among the people whom somebody may see (doors D2, X8)."""

from collections.abc import Iterable, Sequence
from enum import StrEnum
from typing import NamedTuple

from services.refusals import nearest

MOST_NEAR = 5
"""People offered because their name or id is spelt much like the text: enough to see a slip of the pen."""


class Match(StrEnum):
    """How a text names somebody."""

    EXACT = "exact"
    ID_BEGINS = "id_begins"
    NAME_BEGINS = "name_begins"
    NEAR = "near"


class Known(NamedTuple):
    """What a person can be found by."""

    safeguarder_id: str
    display_name: str
    panel_number: str = ""


class Found(NamedTuple):
    """A person whom the text may name."""

    match: Match
    person: Known


def search(text: str, people: Sequence[Known]) -> list[Found]:
    """Return those whom a text may name, the surest first, equals in order of name.

    Only an exact name, number or id says who is meant: a part of a name could mean somebody else when another person
    joins. Those spelt much like it are offered only if the text begins nobody's name or id.
    """
    wanted = _plain(text)
    if not wanted:
        return []
    found: dict[Known, Match] = {}
    for match, fits in (
        (Match.EXACT, [one for one in people if wanted in (_plain(each) for each in one)]),
        (Match.ID_BEGINS, [one for one in people if one.safeguarder_id.startswith(wanted)]),
        (Match.NAME_BEGINS, [one for one in people if _begins(wanted, one.display_name)]),
    ):
        for one in sorted(fits, key=_in_order):
            found.setdefault(one, match)
    if not found:
        found = dict.fromkeys(_near(wanted, people), Match.NEAR)
    return [Found(match, one) for one, match in found.items()]


def _begins(wanted: str, name: str) -> bool:
    words = _plain(name).split()
    return all(any(word.startswith(part) for word in words) for part in wanted.split())


def _near(wanted: str, people: Sequence[Known]) -> Iterable[Known]:
    """Return those whose name holds every word, else those whose name or id is spelt most like it."""
    parts = wanted.split()
    holding = [one for one in people if all(part in _plain(one.display_name) for part in parts)]
    if holding:
        return sorted(holding, key=_in_order)
    spelt: dict[str, list[Known]] = {}
    for one in sorted(people, key=_in_order):
        for form in (_plain(one.display_name), one.safeguarder_id):
            spelt.setdefault(form, []).append(one)
    return [one for form in nearest(wanted, spelt, MOST_NEAR) for one in spelt[form]]


def _in_order(one: Known) -> tuple[str, str]:
    return one.display_name, one.safeguarder_id


def _plain(name: str) -> str:
    return " ".join(name.split()).casefold()
