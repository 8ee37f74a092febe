"""The names of a rulebook's files."""

import re
from collections.abc import Iterable

from services.plain_text import has_unseen, is_one_line
from services.refusals import invalid

_FILE = re.compile(r"(?:parameters|measures|(?:rules|standards|notes|kpis)/[^/\x00]{1,100})\.yaml")
_IN_WORDS = "parameters.yaml, measures.yaml, rules/NAME.yaml, standards/NAME.yaml, notes/NAME.yaml, kpis/NAME.yaml"


def is_rule_file(name: str) -> bool:
    """Return whether a rulebook can have a file of that name, written with `/`. All of the name can be seen."""
    return _FILE.fullmatch(name) is not None and is_one_line(name) and not has_unseen(name)


def check_names(names: Iterable[str], field: str) -> None:
    """Check that all are names of a rulebook's files.

    Raises:
        Refusal: INVALID with how many are not. It never repeats a name, which is the caller's own text.
    """
    others = sum(not is_rule_file(name) for name in names)
    if others:
        message = f"A rulebook has only these files: {_IN_WORDS}. {others} of the names given are different."
        raise invalid("NOT_A_RULE_FILE", message, field)
