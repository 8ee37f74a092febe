"""The file of who sends which evidence. It is part of the package, and checked when it is read."""

import functools
from collections.abc import Mapping, Set
from pathlib import Path

from services.evidence.domain.evidence_item import DERIVED, Kind
from services.evidence.domain.senders import Bodies, Body
from services.evidence.wire import items as wire
from services.platform.data_file import Place

SENDERS_FILE = Path(__file__).parents[1] / "data" / "senders.yaml"
_ENTRY = ("means", "sources", "kinds")
_OWN, _OWN_ENTRY = "safeguarder", ("means", "kinds")
"""The entry of the Safeguarder, whose source is always themselves. No body has this name."""
_NOT_A_PARTNERS = ("self", "panel_team")
"""Sources for which no partner speaks: the Safeguarder, and the Team itself."""

_NOT_A_PARTNERS_KINDS = (Kind.REPORT_SAMPLE_REVIEW, Kind.SELF_ASSESSMENT, *DERIVED)
"""Kinds of evidence that only the Team, the Safeguarder and the service itself make."""


@functools.cache
def known_bodies() -> Bodies:
    """Return the bodies by name. The file is part of the package, so it is read once."""
    return read_bodies(SENDERS_FILE)


@functools.cache
def own_kinds() -> frozenset[Kind]:
    """Return the kinds of evidence that a Safeguarder records about themselves. The file is read once."""
    return read_own_kinds(SENDERS_FILE)


def read_own_kinds(file: Path) -> frozenset[Kind]:
    """Return the kinds of evidence that a Safeguarder records about themselves, from a file.

    Raises:
        DataFileError: the file is not YAML, has a word that is not in its list, or no such entry.
    """
    whole = Place.of(file.read_text(encoding="utf-8"), file.name)
    entry = whole.any_fields().get(_OWN)
    if entry is None:
        raise whole.fault(f"Write an entry {_OWN!r} with the kinds of evidence that a Safeguarder records.")
    known = {str(kind) for kind in Kind if kind not in (Kind.REPORT_SAMPLE_REVIEW, *DERIVED)}
    return frozenset(map(Kind, _words(entry.fields(*_OWN_ENTRY)["kinds"], known)))


def read_bodies(file: Path) -> Bodies:
    """Return the bodies in a file, by name.

    Raises:
        DataFileError: the file is not YAML, or has a word that is not in its list. The text begins with file:line.
    """
    bodies = Place.of(file.read_text(encoding="utf-8"), file.name).any_fields()
    return {name: _body(name, place.fields(*_ENTRY)) for name, place in bodies.items() if name != _OWN}


def _body(name: str, parts: Mapping[str, Place]) -> Body:
    sources = _words(parts["sources"], wire.source_words() - set(_NOT_A_PARTNERS))
    kinds = _words(parts["kinds"], {str(kind) for kind in Kind if kind not in _NOT_A_PARTNERS_KINDS})
    return Body(name, sources, frozenset(map(Kind, kinds)))


def _words(place: Place, known: Set[str]) -> frozenset[str]:
    words = place.items()
    if not words:
        raise place.fault("Write a list with at least one word.")
    return frozenset(word.word(known) for word in words)
