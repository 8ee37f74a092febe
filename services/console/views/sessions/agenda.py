"""What a record of a session has to say: a part for everything on the agenda, for each standard and for the child."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from services.client.words import word_of
from services.console.forms.record import CHILD, MATTER, OWN, PLAN, PRAISE, SPOKEN, VIEW, Offered, Part
from services.console.views.parts import Found
from services.console.views.sessions.entries import Beside
from services.platform.calls.wire import from_date

SHOWN_ONLY = ("open_action", "ended_action", "support_owed", "support_offered", "no_evidence")
"""Sections of the papers that need no outcome. What becomes of an action or a support is said on it."""
LIVE = ("proposed", "open", "completion_offered", "offered", "accepted", "not_delivered", "delivered")
"""States of actions and supports that a record is likely to name."""
KIND_OF = {"praise": PRAISE, "concern": MATTER, "carried": MATTER}
OF_RECORD = {PRAISE: 0, OWN: 1, MATTER: 2, VIEW: 3, CHILD: 4, SPOKEN: 5, PLAN: 6}
"""The order of the parts. Praise is said first."""


@dataclass(frozen=True, slots=True)
class Agenda:
    """The parts of a record, and what they let choose from. `entries`: those of the papers, by name."""

    parts: tuple[Part, ...]
    offered: Offered
    entries: dict[str, Any]

    def part(self, known: str) -> Part | None:
        """Return a part by the id in its address."""
        return next((one for one in self.parts if one.id == known), None)


def agenda_of(pack: Any, beside: Beside, held_on: date) -> Agenda:
    """Return what the record on these papers is about."""
    admitted = [late.entry for late in pack.late_items if word_of(late, "state") == "admitted"]
    entries = {one.name: one for one in (*pack.entries, *admitted)}
    about: dict[str, Part] = {}
    for part in (*_on_agenda(entries.values()), *(_part(one.name, OWN) for one in pack.own_items)):
        about.setdefault(part.about, part)
    views = [Part(known, VIEW, known) for known in standards_on(beside, held_on)]
    parts = [*about.values(), *views, Part("child", CHILD), Part("spoken", SPOKEN), *_on_plan(pack, beside)]
    parts.sort(key=lambda one: OF_RECORD[one.kind])
    return Agenda(tuple(parts), _offered(pack, entries, beside), entries)


def standards_on(beside: Beside, day: date) -> Sequence[str]:
    """Return the ids of the standards of the edition in force on a day, in their order; none while nobody answers."""
    found = beside.editions.answer.standards_editions if isinstance(beside.editions, Found) else ()
    begun = [one for one in found if (from_date(one, "effective_date") or date.min) <= day]
    return [one.standard for one in begun[-1].standards] if begun else []


def _on_agenda(entries: Any) -> Iterator[Part]:
    for entry in entries:
        kind = KIND_OF.get(word_of(entry, "section"))
        # A standard that was disputed last time has no slash: its view deals with it.
        if kind and "/" in entry.name:
            yield _part(entry.name, OWN if "/ownItems/" in entry.name else kind)


def _on_plan(pack: Any, beside: Beside) -> Iterator[Part]:
    """Yield the part on the plan while it isn't final. An extra one-to-one needs none."""
    if pack.number and isinstance(beside.plan, Found) and not beside.plan.answer.HasField("in_force"):
        yield Part("plan", PLAN)


def _part(name: str, kind: str) -> Part:
    return Part(name.rpartition("/")[2], kind, name)


def _offered(pack: Any, entries: dict[str, Any], beside: Beside) -> Offered:
    basis = [name for name, entry in entries.items() if "/" in name and word_of(entry, "section") not in SHOWN_ONLY] + [
        one.name for one in pack.own_items
    ]
    if not isinstance(beside.plan, Found):
        return Offered(basis)
    plan = beside.plan.answer
    actions = [one.name for one in plan.actions if word_of(one, "state") in LIVE]
    supports = [one.name for one in plan.supports if word_of(one, "state") in LIVE]
    return Offered(basis, actions, [*actions, *supports])
