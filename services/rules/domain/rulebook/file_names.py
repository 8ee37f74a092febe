"""Which files a rulebook has."""

import re
from collections.abc import Iterable

from services.refusals import invalid

_FILE = re.compile(r"(?:parameters|measures|(?:rules|standards|notes|kpis)/[^/\x00]{1,100})\.yaml")
_IN_WORDS = "parameters.yaml, measures.yaml, rules/NAME.yaml, standards/NAME.yaml, notes/NAME.yaml, kpis/NAME.yaml"


def is_rule_file(name: str) -> bool:
    """Whether a rulebook has a file of that name, written with `/`."""
    return _FILE.fullmatch(name) is not None


def check_names(names: Iterable[str], field: str) -> None:
    """Whether all are files of a rulebook.

    Raises:
        Refusal: INVALID with how many are not; a name is not said again.
    """
    strange = sum(not is_rule_file(name) for name in names)
    if strange:
        message = f"A rulebook holds these files and no others: {_IN_WORDS}. {strange} names are others."
        raise invalid("NOT_A_RULE_FILE", message, field)
