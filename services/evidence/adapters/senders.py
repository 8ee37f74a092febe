"""The file of bodies whose systems send evidence. It is part of the package, and checked when it is read."""

import functools
from collections.abc import Set
from pathlib import Path
from typing import Any

import yaml

from services.evidence.domain.evidence_item import Kind
from services.evidence.domain.senders import Bodies, Body
from services.evidence.wire import items as wire
from services.refusals import did_you_mean

SENDERS_FILE = Path(__file__).parents[1] / "data" / "senders.yaml"
_ENTRY = ("means", "sources", "kinds")
_NOT_A_PARTNERS = ("self", "panel_team")
"""Sources for which no partner speaks: the Safeguarder, and the Team itself."""

_NOT_A_PARTNERS_KINDS = (Kind.REPORT_SAMPLE_REVIEW, Kind.SELF_ASSESSMENT)
"""Kinds of evidence that only the Team and the Safeguarder make."""


class SendersFileError(ValueError):
    """A fault of the file, with its line."""


@functools.cache
def known_bodies() -> Bodies:
    """Return the bodies by name. The file is part of the package, so it is read once."""
    return read_bodies(SENDERS_FILE)


def read_bodies(file: Path) -> Bodies:
    """Return the bodies in a file, by name.

    Raises:
        SendersFileError: the file is not YAML, or has a word that is not in its list. The text begins with file:line.
    """
    try:
        root = yaml.compose(file.read_text(encoding="utf-8"), Loader=yaml.SafeLoader)
    except yaml.YAMLError as fault:
        mark = getattr(fault, "problem_mark", None)
        raise SendersFileError(f"{file.name}:{mark.line + 1 if mark else 1}: This is not YAML.") from None
    if not isinstance(root, yaml.MappingNode):
        raise SendersFileError(f"{file.name}:1: Write one entry for each body.")
    bodies: dict[str, Body] = {}
    for key, value in root.value:
        if key.value in bodies:
            raise _fault(file, key, f"{key.value!r} is entered twice.")
        bodies[key.value] = _body(file, key, value)
    return bodies


def _body(file: Path, key: Any, value: Any) -> Body:
    if not isinstance(value, yaml.MappingNode):
        raise _fault(file, key, f"{key.value!r} needs {', '.join(_ENTRY)}.")
    parts = {part.value: node for part, node in value.value}
    for part, _ in value.value:
        if part.value not in _ENTRY:
            raise _fault(file, part, f"{part.value!r} is unknown here.{did_you_mean(part.value, _ENTRY)}")
    missing = [name for name in _ENTRY if name not in parts]
    if missing:
        raise _fault(file, key, f"{key.value!r} has no {missing[0]}.")
    known = wire.source_words() - set(_NOT_A_PARTNERS)
    sources = _words(file, parts["sources"], known)
    kinds = _words(file, parts["kinds"], {str(kind) for kind in Kind if kind not in _NOT_A_PARTNERS_KINDS})
    return Body(key.value, sources, frozenset(map(Kind, kinds)))


def _words(file: Path, node: Any, known: Set[str]) -> frozenset[str]:
    if not isinstance(node, yaml.SequenceNode) or not node.value:
        raise _fault(file, node, "Write a list with at least one word.")
    for word in node.value:
        if word.value not in known:
            hint = did_you_mean(word.value, known) or f" Write one of: {', '.join(sorted(known))}."
            raise _fault(file, word, f"{word.value!r} is not in the list.{hint}")
    return frozenset(word.value for word in node.value)


def _fault(file: Path, node: Any, message: str) -> SendersFileError:
    return SendersFileError(f"{file.name}:{node.start_mark.line + 1}: {message}")
