"""The file of ways to show a standard. It is checked when it is read."""

import functools
import re
from pathlib import Path

from services.evidence.domain.personal_file.ways import Way
from services.platform.data_file import Place

WAYS_FILE = Path(__file__).parents[2] / "data" / "ways.yaml"
_ALL = "all"
_STANDARD = re.compile(r"[A-Z][A-Z0-9]{0,9}")
_BASES = ("given", "ours")


@functools.cache
def ways_to_show() -> tuple[Way, ...]:
    """Return every way, in the order of the file. The file is part of the package, so it is read once."""
    return read_ways(WAYS_FILE)


def read_ways(file: Path) -> tuple[Way, ...]:
    """Return the ways in a file. Each needs words, standards, a basis, a source and an owner.

    Raises:
        DataFileError: something is missing or is not in its list. The text begins with file:line.
    """
    rows = Place.of(file.read_text(encoding="utf-8"), file.name).any_fields()
    return tuple(_way(known, row) for known, row in rows.items())


def _way(known: str, row: Place) -> Way:
    parts = row.fields("words", "standards", "basis", "source", "owner")
    parts["basis"].word(_BASES)
    for reason in ("source", "owner"):
        parts[reason].text()
    return Way(known, parts["words"].text(), _standards(parts["standards"]))


def _standards(place: Place) -> frozenset[str] | None:
    try:
        ids = [each.text() for each in place.items()]
    except ValueError:
        place.word((_ALL,))
        return None
    if not ids or not all(_STANDARD.fullmatch(each) for each in ids):
        raise place.fault("write `all`, or a list of ids of standards such as [S1, S4]")
    return frozenset(ids)
