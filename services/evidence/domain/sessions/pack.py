"""The papers of a support session: what is known when they are frozen, praise first, no surprises (R70, R110, B6).

They hold names and versions, never copies. Both sides see the same papers. What is not in them cannot be used at the
session, and what comes later goes to the next one.
"""

import hashlib
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import asdict, dataclass, replace
from datetime import date, datetime
from enum import StrEnum

import orjson

from services.calendar_days import london_today, months_later
from services.evidence.domain.evidence_item import DERIVED, EvidenceClass, EvidenceItem, ItemState, Polarity
from services.evidence.domain.plans.action import Action
from services.evidence.domain.plans.support import PROMISED, Support, SupportState
from services.evidence.domain.sessions.progress import Before, Progress, ended_since, progress_of
from services.evidence.domain.sessions.record import OutcomeWord, SessionRecord
from services.evidence.domain.sessions.slot import WITHOUT_A_RECORD, AgendaEntry, Slot
from services.standard_ids import standard_order

WINDOW_MONTHS = 12
"""Ours: evidence of so many months before the papers are frozen goes in. It is the Framework's year of sessions."""
_USED = (EvidenceClass.STANDARD, EvidenceClass.DEVELOPMENTAL)
"""Classes of evidence in papers. Safety is dealt with outside a session, and a request for help is no evidence."""


class Section(StrEnum):
    """The parts of the papers, in their order."""

    PRAISE = "praise"
    NEW_EVIDENCE = "new_evidence"
    CONCERN = "concern"
    OPEN_ACTION = "open_action"
    ENDED_ACTION = "ended_action"
    SUPPORT_OWED = "support_owed"
    SUPPORT_OFFERED = "support_offered"
    NO_EVIDENCE = "no_evidence"
    CARRIED = "carried"


_ORDER = tuple(Section)


class PackState(StrEnum):
    """Where papers stand."""

    GROWING = "growing"
    FROZEN = "frozen"
    USED = "used"
    VOID = "void"


@dataclass(frozen=True, slots=True)
class Entry:
    """Something in the papers. `version` is that of an item, an action or a support, and 0 for anything else."""

    section: Section
    name: str
    version: int = 0
    standards: tuple[str, ...] = ()
    since_on: date | None = None
    reply_due_on: date | None = None
    kind: str = ""
    due_on: date | None = None
    """The due day of an action as it was set last, the day by which a support was promised, or that to answer it."""
    progress: Progress | None = None
    """What changed on an action since the papers before; None for anything else, and where there are none."""
    reply_stands_still: bool | None = None
    """True for an item to which the time to reply stands still, else None."""


@dataclass(frozen=True, slots=True)
class OwnItem:
    """Something that the Safeguarder wants to speak of, in their words."""

    item_id: str
    session_id: str
    safeguarder_id: str
    words: str
    added_at: datetime

    @property
    def name(self) -> str:
        """Return its resource name."""
        return f"safeguarders/{self.safeguarder_id}/supportSessions/{self.session_id}/ownItems/{self.item_id}"


@dataclass(frozen=True, slots=True)
class Pack:
    """The papers of one session. While they grow they have no entries of their own: they are gathered when read."""

    session_id: str
    safeguarder_id: str
    starts_at: datetime
    number: int
    freezes_at: datetime | None
    state: PackState = PackState.GROWING
    version: int = 0
    entries: tuple[Entry, ...] = ()
    hash: str = ""


@dataclass(frozen=True, slots=True)
class Known:
    """What was known at the instant at which papers are gathered."""

    instant: datetime
    agenda: tuple[AgendaEntry, ...]
    items: Sequence[EvidenceItem]
    """Every item on the person's file, in the version of that instant."""
    records: Sequence[SessionRecord]
    """The person's shared records, in the version of that instant, latest session first."""
    standards: tuple[str, ...]
    """The standards of the edition in force on the day of the session."""
    actions: Sequence[Action] = ()
    """Every action of the person's plan, in the version of that instant."""
    supports: Sequence[Support] = ()
    """Every support of the person's plan, in the version of that instant."""
    before: Before | None = None
    """The plan as the papers of the last session with a closed record had it; None without such a session."""


def freeze(pack: Pack, known: Known) -> Pack:
    """Return the papers as frozen. Freezing again with the same knowledge changes nothing, however late it is."""
    entries = gather(pack.safeguarder_id, known)
    packed = hash_of(entries)
    if (pack.state, pack.hash) == (PackState.FROZEN, packed):
        return pack
    return replace(pack, state=PackState.FROZEN, version=pack.version + 1, entries=entries, hash=packed)


def thaw(pack: Pack) -> Pack:
    """Return papers that grow again, because their instant has not come."""
    return replace(pack, state=PackState.GROWING, version=pack.version + 1, entries=(), hash="")


def follow(pack: Pack, slot: Slot) -> Pack:
    """Return the papers after a change of their session's slot. Papers that a shared record rests on stay as they are.

    Papers of a session that does not take place are void. They grow again if it does after all.
    """
    if pack.state is PackState.USED:
        return pack
    moved = replace(pack, starts_at=slot.starts_at, number=slot.number, freezes_at=slot.freezes_at)
    if slot.state in WITHOUT_A_RECORD:
        return moved if pack.state is PackState.VOID else replace(moved, state=PackState.VOID, version=pack.version + 1)
    if pack.state is PackState.VOID:
        return replace(moved, state=PackState.GROWING)
    return moved


def gather(safeguarder_id: str, known: Known) -> tuple[Entry, ...]:
    """Return the entries of papers from what was known at an instant."""
    items = [item for item in known.items if goes_in(item, known.instant)]
    before = frozenset(name for record in known.records for name in record.pack_names)
    acknowledged = frozenset(name for record in known.records for name in acknowledged_in(record))
    entries = [
        *_praise(safeguarder_id, items, known, acknowledged),
        *_new_evidence(items, known, before),
        *_concerns(safeguarder_id, known.agenda),
        *_actions(known),
        *_supports_in_hand(known.supports),
        *_without_evidence(items, known.standards),
    ]
    taken = {entry.name for entry in entries}
    if known.records:
        # An action or a support that was disputed needs an outcome, also where it stands among those in hand.
        entries += [entry for entry in _carried(known.records[0]) if entry.name not in taken or _is_of_plan(entry)]
    return tuple(sorted(entries, key=_place))


def hash_of(entries: Iterable[Entry]) -> str:
    """Return the SHA-256 of entries in canonical JSON, in hexadecimal digits."""
    return hashlib.sha256(orjson.dumps([_canonical(entry) for entry in entries])).hexdigest()


def _canonical(entry: Entry) -> dict[str, object]:
    """Return an entry as it is hashed, its fields in their order.

    What has no due day, no progress or no standstill is hashed without it. Else papers that were frozen before there
    was any would change.
    """
    fields = asdict(entry)
    for field in ("due_on", "progress", "reply_stands_still"):
        if fields[field] is None:
            del fields[field]
    return fields


def acknowledged_in(record: SessionRecord) -> Iterator[str]:
    """Yield the names of what a shared record acknowledges."""
    return (said.item for said in record.content.outcomes if said.word is OutcomeWord.ACKNOWLEDGED)


def item_name(item: EvidenceItem) -> str:
    """Return the resource name of an item of evidence."""
    return f"safeguarders/{item.safeguarder_id}/evidenceItems/{item.evidence_id}"


def _place(entry: Entry) -> tuple[int, date, str]:
    return _ORDER.index(entry.section), entry.since_on or date.min, entry.name


def goes_in(item: EvidenceItem, instant: datetime) -> bool:
    """Return whether an item can be in papers of an instant: evidence that was shared, of our window."""
    since_on = months_later(london_today(instant), -WINDOW_MONTHS)
    return (
        item.state is ItemState.CURRENT
        and item.content.received_on >= since_on
        and item.open_to_the_person
        and item.content.evidence_class in _USED
        and bool(item.content.mappings)
    )


def _is_praise(item: EvidenceItem) -> bool:
    return {mapping.polarity for mapping in item.content.mappings} == {Polarity.PRAISE}


def _praise(
    safeguarder_id: str, items: Iterable[EvidenceItem], known: Known, acknowledged: frozenset[str]
) -> Iterator[Entry]:
    for item in items:
        if _is_praise(item) and item_name(item) not in acknowledged:
            yield evidence_entry(item, known.instant)
    for entry in known.agenda:
        if entry.is_praise:
            yield Entry(Section.PRAISE, concern_name(safeguarder_id, entry.concern_id))


def _new_evidence(items: Iterable[EvidenceItem], known: Known, before: frozenset[str]) -> Iterator[Entry]:
    for item in items:
        if not _is_praise(item) and item_name(item) not in before:
            yield evidence_entry(item, known.instant)


def _concerns(safeguarder_id: str, agenda: Iterable[AgendaEntry]) -> Iterator[Entry]:
    for entry in agenda:
        if not entry.is_praise:
            yield Entry(Section.CONCERN, concern_name(safeguarder_id, entry.concern_id))


def _actions(known: Known) -> Iterator[Entry]:
    """Yield open actions, and those that ended since the papers before, each with what changed since."""
    for action in known.actions:
        if action.is_open:
            yield _action(action, Section.OPEN_ACTION, action.opened_on, known)
    for action in ended_since(known.actions, known.before) if known.before else ():
        yield _action(action, Section.ENDED_ACTION, london_today(action.recorded_at), known)


def _action(action: Action, section: Section, since_on: date | None, known: Known) -> Entry:
    progress = progress_of(action, known.supports, known.before) if known.before else None
    standards, kind = (action.proposal.standard,), str(action.proposal.kind)
    return Entry(
        section, action.name, action.version, standards, since_on, kind=kind, due_on=action.due_on, progress=progress
    )


def _supports_in_hand(supports: Iterable[Support]) -> Iterator[Entry]:
    """Yield what the Team owes, and what the Safeguarder has not answered. They are asked again at the session."""
    for support in supports:
        if support.state in PROMISED:
            yield _support(support, Section.SUPPORT_OWED, support.promised_on)
        elif support.state is SupportState.OFFERED:
            yield _support(support, Section.SUPPORT_OFFERED, support.answer_due_on)


def _support(support: Support, section: Section, due_on: date | None) -> Entry:
    since_on, kind = support.offer.discussed_on, str(support.offer.kind)
    return Entry(section, support.name, support.version, since_on=since_on, kind=kind, due_on=due_on)


def _without_evidence(items: Iterable[EvidenceItem], standards: Iterable[str]) -> Iterator[Entry]:
    """Yield the standards without evidence. What is derived from other evidence is none beside it."""
    gathered = (item.content for item in items if item.content.kind not in DERIVED)
    covered = {mapping.standard for content in gathered for mapping in content.mappings}
    return (
        Entry(Section.NO_EVIDENCE, standard, standards=(standard,)) for standard in standards if standard not in covered
    )


def _is_of_plan(entry: Entry) -> bool:
    return "/actions/" in entry.name or "/supports/" in entry.name


def _carried(record: SessionRecord) -> Iterator[Entry]:
    """Yield what the session before left: carried forward, or disputed.

    Scheduling carries concerns by the agenda, and own items stay with the person.
    """
    carried = [said.item for said in record.content.outcomes if said.word is OutcomeWord.CARRIED_FORWARD]
    for name in dict.fromkeys([*carried, *record.disputed_sections]):
        if "/concerns/" not in name and "/ownItems/" not in name:
            yield Entry(Section.CARRIED, name, since_on=record.held_on)


def evidence_entry(item: EvidenceItem, instant: datetime) -> Entry:
    """Return the entry of an item of evidence in papers of an instant."""
    content, section = item.content, Section.PRAISE if _is_praise(item) else Section.NEW_EVIDENCE
    runs = item.reply_due_on is not None and content.replied_on is None and item.reply_due_on >= london_today(instant)
    return Entry(
        section,
        item_name(item),
        item.version,
        tuple(sorted({mapping.standard for mapping in content.mappings}, key=standard_order)),
        content.happened_on,
        item.reply_due_on if runs and item.speaks_of_concern else None,
        str(content.kind),
        reply_stands_still=(item.reply_stands_still and item.speaks_of_concern) or None,
    )


def concern_name(safeguarder_id: str, concern_id: str) -> str:
    """Return the resource name of a concern."""
    return f"safeguarders/{safeguarder_id}/concerns/{concern_id}"
