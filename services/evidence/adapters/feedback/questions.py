"""The file of what feedback links ask. It is part of the package, and checked when it is read."""

import functools
import re
from pathlib import Path

from services.evidence.domain.feedback.answers import Choice, Form, Forms, Question, longest_summary
from services.evidence.domain.feedback.link import Giver
from services.evidence.wire import items as wire
from services.platform.data_file import Place

QUESTIONS_FILE = Path(__file__).parents[2] / "data" / "feedback.yaml"
_NAME = re.compile(r"[a-z_]{2,20}")
_INDICATOR = re.compile(r"S\d{1,2}\.\d{1,2}")
_YES = "yes"


@functools.cache
def feedback_forms() -> Forms:
    """Return the form for each kind of giver. The file is part of the package, so it is read once."""
    return read_forms(QUESTIONS_FILE)


def read_forms(file: Path) -> Forms:
    """Return the forms in a file.

    Raises:
        DataFileError: the file is not YAML, has an unknown word or key, or a form whose answers fit no summary. The
            text begins with file:line.
    """
    rows = Place.of(file.read_text(encoding="utf-8"), file.name).fields(*Giver)
    return {Giver(name): _form(row) for name, row in rows.items()}


def _form(row: Place) -> Form:
    parts = _some_fields(row, {"source", "questions"})
    if "questions" not in parts:
        raise row.fault("This needs questions too.")
    source = parts["source"].word(wire.source_words()) if "source" in parts else ""
    form = Form(source, {_named(name, each): _question(each) for name, each in parts["questions"].any_fields().items()})
    if longest_summary(form) > wire.LONGEST_SUMMARY:
        raise row.fault(f"All answers together may be longer than the {wire.LONGEST_SUMMARY} characters of a summary.")
    return form


def _question(row: Place) -> Question:
    parts = _some_fields(row, {"asks", "choices", "hints"})
    if "asks" not in parts:
        raise row.fault("This needs asks too.")
    choices = parts["choices"].any_fields() if "choices" in parts else {}
    hints = [_hint(each) for each in parts["hints"].items()] if "hints" in parts else []
    offered = {_named(name, each): _choice(each) for name, each in choices.items()}
    return Question(parts["asks"].text(), offered, tuple(hints))


def _choice(row: Place) -> Choice:
    parts = _some_fields(row, {"says", "source", "complaint", "unsafe"})
    if "says" not in parts:
        raise row.fault("This needs says too.")
    for mark in ("complaint", "unsafe"):
        if mark in parts:
            parts[mark].word({_YES})
    source = parts["source"].word(wire.source_words()) if "source" in parts else ""
    return Choice(parts["says"].text(), source, "complaint" in parts, "unsafe" in parts)


def _some_fields(row: Place, known: set[str]) -> dict[str, Place]:
    """Return the values by their keys, which may be these."""
    found = row.any_fields()
    for name, place in found.items():
        if name not in known:
            raise place.fault(f"{name!r} is unknown here. Write some of: {', '.join(sorted(known))}.")
    return found


def _named(name: str, row: Place) -> str:
    if not _NAME.fullmatch(name):
        raise row.fault("A name is 2 to 20 of a-z and _.")
    return name


def _hint(row: Place) -> str:
    if not _INDICATOR.fullmatch(row.text()):
        raise row.fault("Write an indicator such as S2.1.")
    return row.text()
