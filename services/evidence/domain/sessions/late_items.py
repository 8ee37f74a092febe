"""Items that were shared too late for the papers of a session: offered beside them (record 2.1, R72).

The Safeguarder alone admits one, and silence admits none. A record may use what was admitted.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime

from services.calendar_days import london_today
from services.evidence.domain.evidence_item import EvidenceItem
from services.evidence.domain.sessions.pack import Entry, Pack, PackState, evidence_entry, goes_in, item_name
from services.refusals import Refusal, conflict, invalid, not_found, precondition

MOST_LATE_ITEMS = 50
"""Ours: late items for one session."""
_OVER = (PackState.VOID, PackState.USED)
"""States of papers beside which nothing is offered or admitted."""


@dataclass(frozen=True, slots=True)
class LateItem:
    """One item that was offered, and the Safeguarder's act if they admitted it."""

    evidence_id: str
    version: int
    """The version of the item when it was offered."""
    offered_by: str
    offered_at: datetime
    admitted: Entry | None = None
    """The item as the Safeguarder read and admitted it; None while they have not."""
    admitted_by: str = ""
    admitted_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class LateItems:
    """Everything that was offered beside the papers of one session."""

    session_id: str
    safeguarder_id: str
    version: int = 0
    items: tuple[LateItem, ...] = ()
    is_over: bool = False
    """True once the record is shared, and for a session that does not take place."""

    def find(self, evidence_id: str) -> LateItem | None:
        """Return an item that was offered, or None."""
        return next((item for item in self.items if item.evidence_id == evidence_id), None)

    @property
    def waiting(self) -> int:
        """How many items the Safeguarder can admit."""
        return 0 if self.is_over else sum(1 for item in self.items if item.admitted is None)


@dataclass(frozen=True, slots=True)
class ShownItem:
    """A late item as both sides see it. `entry`: as it was admitted, else as the item is now."""

    late: LateItem
    entry: Entry

    @property
    def changed(self) -> bool:
        """True if the item has changed since it was offered and is not admitted."""
        return self.late.admitted is None and self.entry.version != self.late.version


@dataclass(frozen=True, slots=True)
class Read:
    """Who admits an item, when, and which version of it they read."""

    version: int
    by: str
    at: datetime


def offer(late: LateItems, item: EvidenceItem | None, by: str, pack: Pack, now: datetime) -> LateItems:
    """Return the late items with one more. `pack`: the papers as they stand now. To offer one again changes nothing.

    Raises:
        Refusal: PAPERS_GROW before they are frozen; SESSION_OVER once the day of the session is over; SHOW_THE_EVIDENCE
            for what is not on the file or the Safeguarder cannot see; NOT_FOR_PAPERS; IN_THE_PAPERS;
            TOO_MANY_LATE_ITEMS.
    """
    if pack.state is PackState.GROWING:
        message = "The papers are not frozen yet. What is shared before then is in them."
        raise precondition("PAPERS_GROW", message, "parent")
    if pack.state in _OVER or london_today(now) > london_today(pack.starts_at):
        raise _session_over()
    if item is None or item.safeguarder_id != pack.safeguarder_id or not item.open_to_the_person:
        message = "Name evidence that is on the file and that the Safeguarder can see. Share it first."
        raise precondition("SHOW_THE_EVIDENCE", message, "item")
    if not goes_in(item, pack.freezes_at or now):
        message = "Papers hold evidence of practice that names a standard, of the last twelve months."
        raise precondition("NOT_FOR_PAPERS", message, "item")
    if item_name(item) in {entry.name for entry in pack.entries}:
        raise precondition("IN_THE_PAPERS", "The item is in the papers.", "item")
    if late.find(item.evidence_id) is not None:
        return late
    if len(late.items) >= MOST_LATE_ITEMS:
        message = f"A session takes at most {MOST_LATE_ITEMS} late items."
        raise invalid("TOO_MANY_LATE_ITEMS", message, "parent", most=str(MOST_LATE_ITEMS))
    offered = LateItem(item.evidence_id, item.version, by, now)
    return replace(late, version=late.version + 1, items=(*late.items, offered))


def admit(late: LateItems, evidence_id: str, item: EvidenceItem | None, read: Read, pack: Pack) -> LateItems:
    """Return the late items with one that the Safeguarder admits. To admit it again changes nothing.

    Raises:
        Refusal: LATE_ITEM_NOT_FOUND; SESSION_OVER once the record is shared, or if the session does not take place;
            LATE_ITEM_GONE if the item was withdrawn or replaced; OTHER_VERSION if they read another version of it.
    """
    offered = late.find(evidence_id)
    if offered is None:
        raise not_found("LATE_ITEM_NOT_FOUND", "This item was not offered for this session.", "item")
    if offered.admitted is not None:
        return late
    if pack.state in _OVER:
        raise _session_over()
    if item is None or not goes_in(item, pack.freezes_at or read.at):
        message = "The item was withdrawn, replaced or changed after it was offered. It cannot be admitted any more."
        raise precondition("LATE_ITEM_GONE", message, "item")
    if item.version != read.version:
        message = f"You read version {read.version} of the item, and it is at {item.version} now. Read it again."
        raise conflict("OTHER_VERSION", message, "version", read=str(read.version), current=str(item.version))
    admitted = replace(offered, admitted=evidence_entry(item, read.at), admitted_by=read.by, admitted_at=read.at)
    items = tuple(admitted if one is offered else one for one in late.items)
    return replace(late, version=late.version + 1, items=items)


def follow(late: LateItems, pack: Pack) -> LateItems:
    """Return the late items after a change of the papers. Nothing is admitted once a shared record rests on them."""
    is_over = pack.state in _OVER
    return late if late.is_over is is_over else replace(late, version=late.version + 1, is_over=is_over)


def shown(late: LateItems, pack: Pack, items: Mapping[str, EvidenceItem], now: datetime) -> list[ShownItem]:
    """Return the late items that both sides see beside papers.

    What is in the papers themselves is left out: they can be made again after something was offered. So is what was
    withdrawn or replaced before the Safeguarder admitted it. `items`: the items as they are now, by id.
    """
    in_papers = {entry.name for entry in pack.entries}

    def entry_of(offered: LateItem) -> Entry | None:
        if offered.admitted is not None:
            return offered.admitted
        item = items.get(offered.evidence_id)
        return evidence_entry(item, now) if item is not None and goes_in(item, pack.freezes_at or now) else None

    found = [(offered, entry_of(offered)) for offered in late.items]
    return [ShownItem(offered, entry) for offered, entry in found if entry is not None and entry.name not in in_papers]


def _session_over() -> Refusal:
    message = "The session is over, or does not take place. What is shared is in the papers of the next session."
    return precondition("SESSION_OVER", message, "parent")
