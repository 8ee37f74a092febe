"""The papers of support sessions: follow the session's slot, freeze in time, show, and take the person's own items."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import datetime

from services.calendar_days import london_today
from services.evidence.adapters.session_files import SessionFile
from services.evidence.domain.evidence_item import DERIVED, EvidenceId, ItemState
from services.evidence.domain.plans.action import Action
from services.evidence.domain.plans.contents import Term, difference
from services.evidence.domain.plans.support import Support
from services.evidence.domain.sessions import late_items as late
from services.evidence.domain.sessions import life_of_a_record as life
from services.evidence.domain.sessions.completeness import Papers
from services.evidence.domain.sessions.pack import (
    Entry,
    Known,
    OwnItem,
    Pack,
    PackState,
    Section,
    follow,
    freeze,
    gather,
    thaw,
)
from services.evidence.domain.sessions.plan_change import PlanChange
from services.evidence.domain.sessions.progress import Before
from services.evidence.domain.sessions.record import OutcomeWord, RecordState, SessionRecord
from services.evidence.domain.sessions.slot import WITHOUT_A_RECORD, Slot, agenda_at, newest
from services.evidence.domain.standards import edition_in_force
from services.refusals import Refusal, invalid, not_found, precondition
from services.standard_ids import standard_order

MOST_OWN_ITEMS = 50
"""Ours: own items for one session."""


def hear_of_session(slot: Slot, files: SessionFile) -> None:
    """Keep a version of a session's slot, and bring its papers and a draft of its record in line.

    Versions can come in any order and more than once. A draft goes if the session turned out not to have been held.
    """
    files.packs.add_slot(slot)
    latest = newest(files.packs.slots(slot.session_id))
    before = files.packs.find(slot.session_id) or _growing(latest)
    after = follow(before, latest)
    # Frozen papers too: something from before that instant may have become known only now.
    after = _at_this_instant(after, files)
    _put(before, after, files)
    record = files.records.find(slot.session_id)
    if record is not None and latest.state in WITHOUT_A_RECORD:
        gone = life.void(record, files.now)
        if gone is not record:
            files.records.put(gone)


def freeze_due(files: SessionFile, most: int) -> int:
    """Freeze papers whose time has come, and return how many.

    Papers that were frozen while a clock stood ahead grow again until their time comes (F1).
    """
    due = files.packs.to_freeze(files.now, most)
    for pack in due:
        _put(pack, _at_this_instant(pack, files), files)
    return len(due)


def find_pack(safeguarder_id: str, session_id: str, files: SessionFile) -> Pack:
    """Return the papers of a session, frozen if their time has come. Nothing is stored.

    Raises:
        Refusal: NOT_FOUND, also for a session of somebody else.
    """
    pack = files.packs.find(session_id)
    if pack is None or pack.safeguarder_id != safeguarder_id:
        raise _session_not_found()
    return pack if pack.state is PackState.FROZEN and _is_due(pack, files) else _at_this_instant(pack, files)


def entries_of(pack: Pack, files: SessionFile) -> tuple[Entry, ...]:
    """Return the entries of papers: their own once they are frozen, and what would be in them now while they grow."""
    if pack.state is PackState.GROWING:
        return gather(pack.safeguarder_id, _known(pack, files.now, files))
    return pack.entries


def items_not_shared(safeguarder_id: str, files: SessionFile) -> int:
    """Return how many current items on the file the Safeguarder may not see, so that papers cannot hold them."""
    hidden = files.packs.items_at(safeguarder_id, files.now, hidden=True)
    return sum(1 for item in hidden if item.state is ItemState.CURRENT)


def add_own_item(item: OwnItem, files: SessionFile) -> Pack:
    """Add something that the Safeguarder wants to speak of, and return the papers.

    Raises:
        Refusal: NOT_FOUND; SESSION_BEGUN once the session has begun, or if it needs no papers; TOO_MANY_OWN_ITEMS.
    """
    pack = find_pack(item.safeguarder_id, item.session_id, files)
    if pack.state is PackState.VOID or pack.starts_at <= files.now:
        message = "The session has begun, or does not take place. Add it to the papers of the next session."
        raise precondition("SESSION_BEGUN", message, "parent")
    standing = own_items_of(pack, files)
    if any(own.words == item.words for own in standing):
        return pack  # a second click: each own item needs an outcome
    if len(standing) >= MOST_OWN_ITEMS:
        message = f"A session takes at most {MOST_OWN_ITEMS} own items."
        raise invalid("TOO_MANY_OWN_ITEMS", message, "parent", most=str(MOST_OWN_ITEMS))
    files.packs.add_own_item(item)
    return pack


def own_items_of(pack: Pack, files: SessionFile) -> list[OwnItem]:
    """Return what the Safeguarder wants to speak of at a session: what they added for it, and what earlier ones left.

    An own item stays with the person until a record ends it, whatever becomes of the session for which it was added.
    """

    def was_before(session_id: str) -> bool:
        other = files.packs.find(session_id)
        return other is None or other.state is PackState.VOID or other.starts_at < pack.starts_at

    # Of earlier sessions only: what a later one ended was still open here, also when this record is corrected then.
    ended = {
        said.item
        for record in files.records.of(pack.safeguarder_id)
        if record.was_shared and record.session_id != pack.session_id and was_before(record.session_id)
        for said in record.content.outcomes
        if said.word is not OutcomeWord.CARRIED_FORWARD
    }

    def comes_here(item: OwnItem) -> bool:
        if item.session_id == pack.session_id:
            return True
        return item.name not in ended and item.added_at < pack.starts_at and was_before(item.session_id)

    return [item for item in files.packs.own_items(pack.safeguarder_id) if comes_here(item)]


def late_items_of(pack: Pack, files: SessionFile) -> list[late.ShownItem]:
    """Return what was shared too late for papers and offered beside them, as both sides see it."""
    offered = files.packs.late_items(pack.session_id)
    if offered is None:
        return []
    items = files.file.find_many([EvidenceId(item.evidence_id) for item in offered.items])
    return late.shown(offered, pack, items, files.now)


def papers_of(pack: Pack, files: SessionFile) -> Papers:
    """Return what the record of a session may rest on, and what it must have."""
    names: dict[Section, set[str]] = {section: set() for section in Section}
    admitted = [one.entry for one in late_items_of(pack, files) if one.late.admitted is not None]
    names[Section.PRAISE].update(entry.name for entry in admitted if entry.section is Section.PRAISE)
    for entry in pack.entries:
        # A standard's id has no slash: it is dealt with by the view of that standard.
        if "/" in entry.name:
            names[entry.section].add(entry.name)
    own = {item.name for item in own_items_of(pack, files)}
    held_on, plan = london_today(pack.starts_at), files.plans
    actions = {action.name for action in plan.of(Action, pack.safeguarder_id) if action.was_live_on(held_on)}
    offered = {one.name for one in plan.of(Support, pack.safeguarder_id) if one.offer.discussed_on >= held_on}
    return Papers(
        pack.hash,
        praise=frozenset(names[Section.PRAISE]),
        own_items=frozenset(own),
        on_agenda=frozenset(names[Section.CONCERN] | names[Section.CARRIED]),
        evidence=frozenset(names[Section.NEW_EVIDENCE]),
        standards=_standards(pack, files),
        admitted=frozenset(entry.name for entry in admitted),
        actions=frozenset(actions),
        actions_in_papers=frozenset(names[Section.OPEN_ACTION] | names[Section.ENDED_ACTION]),
        supports=frozenset(offered | names[Section.SUPPORT_OWED] | names[Section.SUPPORT_OFFERED]),
        derived=_derived([*pack.entries, *admitted], files),
    )


def _derived(entries: Iterable[Entry], files: SessionFile) -> frozenset[str]:
    """Return the names of items that rest on other evidence. What was carried does not say its kind."""
    ids = {entry.name.rpartition("/")[2]: entry.name for entry in entries if "/evidenceItems/" in entry.name}
    found = files.file.find_many([*ids]) if ids else {}
    return frozenset(ids[item.evidence_id] for item in found.values() if item.content.kind in DERIVED)


def use(pack: Pack, files: SessionFile) -> None:
    """Note that a shared record rests on papers, so that nothing changes them any more."""
    if pack.state is not PackState.USED:
        _put(pack, replace(pack, state=PackState.USED, version=pack.version + 1), files)


def slot_of(pack: Pack, files: SessionFile) -> Slot:
    """Return the newest version of a session."""
    return newest(files.packs.slots(pack.session_id))


def _growing(slot: Slot) -> Pack:
    return Pack(slot.session_id, slot.safeguarder_id, slot.starts_at, slot.number, slot.freezes_at)


def _put(before: Pack, after: Pack, files: SessionFile) -> None:
    files.packs.put(after)
    if after.version != before.version:
        files.packs.publish(after, files.now)
    offered = files.packs.late_items(after.session_id)
    if offered is not None and (followed := late.follow(offered, after)) is not offered:
        files.packs.put_late_items(followed, after, files.now)


def _is_due(pack: Pack, files: SessionFile) -> bool:
    return pack.freezes_at is not None and pack.freezes_at <= files.now


def _at_this_instant(pack: Pack, files: SessionFile) -> Pack:
    """Return papers as they stand now: frozen from their instant on, and growing before it."""
    if pack.state not in (PackState.GROWING, PackState.FROZEN):
        return pack
    if pack.freezes_at is not None and _is_due(pack, files):
        return freeze(pack, _known(pack, pack.freezes_at, files))
    return pack if pack.state is PackState.GROWING else thaw(pack)


def _known(pack: Pack, instant: datetime, files: SessionFile) -> Known:
    records = _records_before(pack, instant, files)
    agenda = agenda_at(files.packs.slots(pack.session_id), instant)
    items = files.packs.items_at(pack.safeguarder_id, instant)
    actions = files.plans.of_at(Action, pack.safeguarder_id, instant)
    supports = files.plans.of_at(Support, pack.safeguarder_id, instant)
    before = _before(records, files)
    return Known(instant, agenda, items, records, _standards(pack, files), actions, supports, before)


def plan_change_of(pack: Pack, files: SessionFile) -> PlanChange | None:
    """Return what another version of the plan changed since the papers before; None if no other one is in force.

    The papers stand for their own instant once it has come, and for now while they grow.
    """
    instant = pack.freezes_at if pack.freezes_at is not None and _is_due(pack, files) else files.now
    papers = _papers_before(_records_before(pack, instant, files), files)
    entry = files.people.find(pack.safeguarder_id)
    begun = entry.term_begun_by(london_today(instant)) if entry else None
    if papers is None or papers.freezes_at is None or begun is None:
        return None
    history = files.plans.history(pack.safeguarder_id)
    now = history.in_force_at(instant, Term(begun.number, begun.starts_on))
    before = history.in_force_at(papers.freezes_at)
    if now is None or now == before or (before is not None and before.number == now.number):
        return None
    then, held = (files.plans.as_held(each.contents.entries) if each else [] for each in (before, now))
    number = before.number if before else 0
    return PlanChange(london_today(papers.freezes_at), number, now.number, difference(then, held))


def _records_before(pack: Pack, instant: datetime, files: SessionFile) -> list[SessionRecord]:
    """Return the shared records of a person's other sessions at an instant, latest session first."""
    records = files.records.of_at(pack.safeguarder_id, instant)
    return [record for record in records if record.was_shared and record.session_id != pack.session_id]


def _papers_before(records: Sequence[SessionRecord], files: SessionFile) -> Pack | None:
    """Return the papers of the last session with a closed record. `records`: the latest first."""
    closed = next((record for record in records if record.state is RecordState.CLOSED), None)
    return files.packs.find(closed.session_id) if closed else None


def _before(records: Sequence[SessionRecord], files: SessionFile) -> Before | None:
    """Return the plan as the papers of the last session with a closed record had it. `records`: the latest first."""
    papers = _papers_before(records, files)
    if papers is None or papers.freezes_at is None:
        return None
    person, instant = papers.safeguarder_id, papers.freezes_at
    return Before(instant, files.plans.of_at(Action, person, instant), files.plans.of_at(Support, person, instant))


def _standards(pack: Pack, files: SessionFile) -> tuple[str, ...]:
    """Return the standards of the edition in force on the day of the session; none while no edition is known."""
    try:
        edition = edition_in_force(files.file.editions(), london_today(pack.starts_at))
    except Refusal:
        return ()
    return tuple(sorted(edition.indicators, key=standard_order))


def _session_not_found() -> Refusal:
    return not_found("SESSION_NOT_FOUND", "This Safeguarder has no support session with this id.", "name")
