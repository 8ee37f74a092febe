"""What the forms of the Team ask for: who acts for a support manager, and who supports somebody from now on."""

import uuid
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from datetime import date

from services.console.forms.answers import ID, MISSING, TypedDay, choice_in, day_in

REASONS = ("absence", "workload", "handover")
CHANGES = ("workload", "absence", "conflict_of_interest", "requested")
BEFORE = "before"
"""The hidden field with the support manager whom somebody had when the form was opened; empty for none."""
FIRST = "appointed"
"""Why somebody has a support manager who had none: they were appointed."""
_OF_EACH = uuid.UUID("6e0d9d0a-51a4-5f0e-8a41-3a5f8f1f2016")


@dataclass(frozen=True, slots=True)
class TypedCover:
    """Who is to act, from when to when, and why. `faults`: what is wrong, by field, in words of a closed list."""

    delegate: str = ""
    first: TypedDay = TypedDay()
    last: TypedDay = TypedDay()
    reason: str = ""
    faults: Mapping[str, str] = field(default_factory=dict)

    @property
    def answer(self) -> dict[str, date | str]:
        """Return the fields of the request."""
        return {
            "delegate": self.delegate,
            "from_date": self.first.read,
            "to_date": self.last.read,
            "reason": self.reason,
        }


@dataclass(frozen=True, slots=True)
class TypedChange:
    """Who is to support somebody, and why."""

    manager: str = ""
    reason: str = ""
    faults: Mapping[str, str] = field(default_factory=dict)


def read_cover(form: Mapping[str, str]) -> TypedCover:
    """Return what was answered. Whether the delegate can act is checked by the service."""
    delegate, reason = form.get("delegate", ""), choice_in(form, "reason", REASONS)
    first, last = day_in(form, "from_date"), day_in(form, "to_date")
    faults: dict[str, str] = {}
    if not ID.fullmatch(delegate):
        delegate, faults["delegate"] = "", MISSING
    for name, day in (("from_date", first), ("to_date", last)):
        if isinstance(day.read, str):
            faults[name] = day.read
    if not reason:
        faults["reason"] = MISSING
    return TypedCover(delegate, first, last, reason, faults)


def read_change(form: Mapping[str, str], offered: Collection[str], *, asks_why: bool) -> TypedChange:
    """Return what was answered. `asks_why`: somebody who has a support manager is given another one for a reason."""
    manager = choice_in(form, "manager", offered)
    reason = choice_in(form, "reason", CHANGES) if asks_why else FIRST
    faults = {name: MISSING for name, value in (("manager", manager), ("reason", reason)) if not value}
    return TypedChange(manager, reason, faults)


def request_id_for(request_id: str, record: str) -> str:
    """Return the request id for one of several records that a form changes: the same when the form is sent again."""
    return str(uuid.uuid5(_OF_EACH, f"{request_id}/{record}"))
