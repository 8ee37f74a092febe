"""What a list can be limited by: one select for each, as a form that changes the address and nothing else."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from urllib.parse import urlencode

from services.console.views.form import Choice
from services.console.views.heading import Link
from services.console.words import words


@dataclass(frozen=True, slots=True)
class Select:
    """One limit: what it is called in the address and on the page, and what can be chosen."""

    name: str
    text: str
    choices: tuple[Choice, ...]


@dataclass(frozen=True, slots=True)
class Limits:
    """What a list is limited to, and which page of it is asked for, as the address says."""

    chosen: Mapping[str, str] = field(default_factory=dict)
    page: str = ""


def pages_of(address: str, limits: Limits, following: str) -> tuple[Link, ...]:
    """Return links to the first page of a list and to the next one, with the same limits. `following`: its token."""
    said, chosen = words("people"), dict(limits.chosen)
    first = Link(said["first_page"], _with(address, chosen))
    more = Link(said["next_page"], _with(address, chosen | {"page": following}))
    return (*([first] if limits.page else []), *([more] if following else []))


def _with(address: str, fields: Mapping[str, str]) -> str:
    return f"{address}?{urlencode(fields)}" if fields else address


def select_of(name: str, offered: Mapping[str, str], chosen: str) -> Select:
    """Return a select. The first choice limits nothing."""
    said = words("people")
    first = Choice("", said["any"], is_chosen=not chosen)
    rest = (Choice(value, text, is_chosen=value == chosen) for value, text in offered.items())
    return Select(name, said["limits"][name], (first, *rest))
