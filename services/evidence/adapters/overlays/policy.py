"""The file of the policies that overlays rest on. It is checked when it is read."""

import functools
from collections.abc import Collection
from pathlib import Path

from services.evidence.domain.overlays.overlay import DecidedBy, Effect, Notice, OverlayPolicy, Policy, Reason
from services.platform.data_file import Place

POLICY_FILE = Path(__file__).parents[2] / "data" / "overlays.yaml"
_REASONS = ("basis", "why", "source", "owner")
_BASES = ("given", "ours")


@functools.cache
def overlay_policy() -> OverlayPolicy:
    """Return what the file says. It is part of the package, so it is read once."""
    return read_policy(POLICY_FILE)


def read_policy(file: Path) -> OverlayPolicy:
    """Return the policies in a file. Each entry needs a basis, a reason, a source and an owner.

    Raises:
        DataFileError: something is missing, or a word is not in its list. The text begins with file:line.
    """
    rows = Place.of(file.read_text(encoding="utf-8"), file.name).fields(
        "review_suspension_days", "leave_answer_working_days", "suspension_does", "leave_does", "policies"
    )
    policies = tuple(_policy(name, row) for name, row in rows["policies"].any_fields().items())
    return OverlayPolicy(
        _number(rows["review_suspension_days"]),
        _number(rows["leave_answer_working_days"]),
        _effects(rows["suspension_does"]),
        _effects(rows["leave_does"]),
        policies,
    )


def _number(row: Place) -> int:
    days = _fields(row, "value")["value"]
    if not days.text().isdigit() or not int(days.text()):
        raise days.fault("write a whole number of at least 1")
    return int(days.text())


def _effects(row: Place) -> tuple[Effect, ...]:
    words = _words(_fields(row, "value")["value"], [effect.value for effect in Effect])
    return tuple(Effect(word) for word in words)


def _policy(name: str, row: Place) -> Policy:
    parts = _fields(row, "reasons", "decided_by", "notice")
    reasons = _words(parts["reasons"], [reason.value for reason in Reason])
    decided_by = parts["decided_by"].word([each.value for each in DecidedBy])
    notice = parts["notice"].word([each.value for each in Notice])
    return Policy(name, tuple(Reason(word) for word in reasons), DecidedBy(decided_by), Notice(notice))


def _fields(row: Place, *names: str) -> dict[str, Place]:
    parts = row.fields(*names, *_REASONS)
    parts["basis"].word(_BASES)
    for reason in _REASONS[1:]:
        parts[reason].text()
    return parts


def _words(place: Place, known: Collection[str]) -> list[str]:
    return [each.word(known) for each in place.items()]
