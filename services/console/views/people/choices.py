"""What a list can be limited by: one select for each, as a form that changes the address and nothing else."""

from collections.abc import Mapping
from dataclasses import dataclass

from services.console.views.form import Choice
from services.console.words import words


@dataclass(frozen=True, slots=True)
class Select:
    """One limit: what it is called in the address and on the page, and what can be chosen."""

    name: str
    text: str
    choices: tuple[Choice, ...]


def select_of(name: str, offered: Mapping[str, str], chosen: str) -> Select:
    """Return a select. The first choice limits nothing."""
    said = words("people")
    first = Choice("", said["any"], is_chosen=not chosen)
    rest = (Choice(value, text, is_chosen=value == chosen) for value, text in offered.items())
    return Select(name, said["limits"][name], (first, *rest))
