"""The pack of a recommendation: what both sides can read about the person's practice, by name and version (B10).

It holds names and versions, never copies. A version never changes, so the same names and versions are the same content.
What the person cannot see is in no pack.
"""

import hashlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import date, datetime

import orjson

from services.evidence.domain.approach.change import ApproachChange
from services.evidence.domain.evidence_item import EvidenceClass, EvidenceItem, ItemState
from services.evidence.domain.plans.action import Action
from services.evidence.domain.plans.need import Need
from services.evidence.domain.plans.strength import Strength
from services.evidence.domain.plans.support import Support
from services.evidence.domain.plans.view import View
from services.evidence.domain.recommendations.recommendation import Entry, Kind, Pack, Section, Text
from services.evidence.domain.reviews.review import ActionReview
from services.evidence.domain.sessions.pack import item_name
from services.evidence.domain.sessions.record import SessionRecord

_USED = (EvidenceClass.STANDARD, EvidenceClass.DEVELOPMENTAL, EvidenceClass.SAFETY)
"""Classes of evidence in a pack. A request for help and what nobody could verify are no evidence."""
_ORDER = tuple(Section)


@dataclass(frozen=True, slots=True)
class Material:
    """Everything that can be in a pack, as it stands."""

    safeguarder_id: str
    since_on: date
    """The first day of the term. What was received before belongs to another recommendation."""
    items: Sequence[EvidenceItem] = ()
    records: Sequence[SessionRecord] = ()
    strengths: Sequence[Strength] = ()
    needs: Sequence[Need] = ()
    actions: Sequence[Action] = ()
    supports: Sequence[Support] = ()
    reviews: Sequence[ActionReview] = ()
    changes: Sequence[ApproachChange] = ()
    views: Sequence[View] = ()


def gather(material: Material) -> tuple[Entry, ...]:
    """Return the entries of a pack from what is on record."""
    return tuple(sorted(_entries(material), key=lambda entry: (_ORDER.index(entry.section), entry.name)))


def days_of(material: Material) -> Mapping[str, date]:
    """Return the day on which each thing happened or was held, by its name. What has no such day is left out."""
    person = f"safeguarders/{material.safeguarder_id}"
    return {
        **{item_name(item): item.content.happened_on for item in material.items},
        **{f"{person}/supportSessions/{one.session_id}/record": one.held_on for one in material.records},
        **{f"{person}/actionReviews/{one.part_id}": one.held_on for one in material.reviews},
        **{f"{person}/views/{one.part_id}": one.given_on for one in material.views if one.given_on},
    }


def freeze(kind: Kind, text: Text, entries: tuple[Entry, ...], now: datetime) -> Pack:
    """Return the pack that is shared, with its hash."""
    return Pack(entries, hash_of(kind, text, entries), now)


def hash_of(kind: Kind, text: Text, entries: Iterable[Entry]) -> str:
    """Return the SHA-256 of a recommendation and its pack in canonical JSON, in hexadecimal digits."""
    held = {"kind": kind, "text": asdict(text), "entries": [asdict(entry) for entry in entries]}
    return hashlib.sha256(orjson.dumps(held, option=orjson.OPT_SORT_KEYS)).hexdigest()


def changed_since(text: Text, frozen: Pack, entries: Iterable[Entry]) -> list[str]:
    """Return the names that a recommendation relies on and that have another version than in its pack, or none."""
    then = {entry.name: entry.version for entry in frozen.entries}
    now = {entry.name: entry.version for entry in entries}
    return [name for name in text.names if then.get(name) != now.get(name)]


def _entries(material: Material) -> Iterator[Entry]:
    for item in material.items:
        if _goes_in(item, material.since_on):
            yield Entry(Section.EVIDENCE, item_name(item), item.version)
    person = f"safeguarders/{material.safeguarder_id}"
    for record in material.records:
        if record.was_shared and record.held_on >= material.since_on:
            yield Entry(Section.SESSION_RECORD, f"{person}/supportSessions/{record.session_id}/record", record.version)
    for section, collection, parts in (
        (Section.STRENGTH, "strengths", material.strengths),
        (Section.NEED, "needs", material.needs),
        (Section.ACTION, "actions", material.actions),
        (Section.SUPPORT, "supports", material.supports),
        (Section.ACTION_REVIEW, "actionReviews", material.reviews),
        (Section.VIEW, "views", material.views),
    ):
        for part in parts:
            yield Entry(section, f"{person}/{collection}/{part.part_id}", part.version)
    for change in material.changes:
        yield Entry(Section.APPROACH_CHANGE, change.name, change.version)


def _goes_in(item: EvidenceItem, since_on: date) -> bool:
    return (
        item.state is ItemState.CURRENT
        and item.content.received_on >= since_on
        and item.open_to_the_person
        and item.content.evidence_class in _USED
    )
