"""Support sessions and their papers in the database, in the current transaction."""

from collections.abc import Collection, Sequence
from datetime import date, datetime
from types import SimpleNamespace

from pydantic import TypeAdapter
from sqlalchemy import Connection

from services.evidence.adapters.bodies import item_of
from services.evidence.adapters.tables import own_item, session_late_items, session_pack, session_slot
from services.evidence.domain.evidence_item import EvidenceItem
from services.evidence.domain.sessions.late_items import LateItems
from services.evidence.domain.sessions.pack import OwnItem, Pack
from services.evidence.domain.sessions.slot import Slot, SlotState, newest
from services.evidence.wire import session_records as wire
from services.platform.events.outbox import add_events
from services.platform.storage.database import execute, from_micros, insert_sql, to_micros
from services.platform.telemetry.traces import traceparent

_SLOT, _PACK, _LATE = TypeAdapter(Slot), TypeAdapter(Pack), TypeAdapter(LateItems)
_ADD_OWN_ITEM = insert_sql(own_item)
_ADD_SLOT = f"{insert_sql(session_slot)} ON CONFLICT (session_id, version) DO NOTHING"
_PUT_PACK = (
    f"{insert_sql(session_pack)} ON CONFLICT (session_id) DO UPDATE "
    "SET state = excluded.state, freezes_at = excluded.freezes_at, body = excluded.body"
)
_PUT_LATE = f"{insert_sql(session_late_items)} ON CONFLICT (session_id) DO UPDATE SET body = excluded.body"
_ITEMS = (
    "SELECT evidence_id, safeguarder_id, version, recorded_at, sender, receipt_id, to_look_at, derived, body "
    "FROM evidence_item WHERE safeguarder_id = ?"
)
_THEN = (
    "SELECT version, recorded_at, body FROM evidence_version WHERE evidence_id = ? AND recorded_at <= ? "
    "ORDER BY version DESC LIMIT 1"
)


class SqlSessionPacks:
    """Slots, papers and own items."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def add_slot(self, slot: Slot) -> None:
        """Store a version of a session. One that is known already changes nothing."""
        execute(self._connection, _ADD_SLOT, (slot.session_id, slot.version, _SLOT.dump_json(slot).decode()))

    def slots(self, session_id: str) -> list[Slot]:
        """Return every known version of a session, in their order."""
        statement = "SELECT body FROM session_slot WHERE session_id = ? ORDER BY version"
        return [_SLOT.validate_json(body) for (body,) in execute(self._connection, statement, (session_id,))]

    def asked_on(self, safeguarder_id: str, name: str, *, without: Collection[str] = ()) -> list[date]:
        """Return the days on which sessions with a person were held whose frozen papers name something.

        `without`: sessions that are left out.
        """
        asking = [pack for pack in self.of(safeguarder_id) if pack.session_id not in without]
        named = [pack for pack in asking if any(entry.name == name for entry in pack.entries)]
        latest = [newest(self.slots(pack.session_id)) for pack in named]
        return [slot.held_on for slot in latest if slot.state is SlotState.HELD]

    def find(self, session_id: str) -> Pack | None:
        """Return the papers of a session, or None if evidence does not know the session."""
        statement = "SELECT body FROM session_pack WHERE session_id = ?"
        row = execute(self._connection, statement, (session_id,)).fetchone()
        return _PACK.validate_json(row[0]) if row else None

    def of(self, safeguarder_id: str) -> list[Pack]:
        """Return the papers of a person's sessions, in no order."""
        statement = "SELECT body FROM session_pack WHERE safeguarder_id = ?"
        return [_PACK.validate_json(body) for (body,) in execute(self._connection, statement, (safeguarder_id,))]

    def put(self, pack: Pack) -> None:
        """Store the papers of a session."""
        freezes_at = to_micros(pack.freezes_at) if pack.freezes_at else None
        row = (pack.session_id, pack.safeguarder_id, pack.state.value, freezes_at, _PACK.dump_json(pack).decode())
        execute(self._connection, _PUT_PACK, row)

    def publish(self, pack: Pack, now: datetime) -> None:
        """Publish how the papers of a session stand."""
        add_events(self._connection, [(pack.safeguarder_id, wire.pack_event(pack))], now, traceparent())

    def to_freeze(self, now: datetime, most: int) -> list[Pack]:
        """Return papers that are to be frozen by now, and those that a clock which stood ahead froze too early."""
        statement = (
            "SELECT body FROM session_pack WHERE (state = 'growing' AND freezes_at <= ?) "
            "OR (state = 'frozen' AND freezes_at > ?) ORDER BY freezes_at, session_id LIMIT ?"
        )
        rows = execute(self._connection, statement, (to_micros(now), to_micros(now), most))
        return [_PACK.validate_json(body) for (body,) in rows]

    def late_items(self, session_id: str) -> LateItems | None:
        """Return what was offered beside the papers of a session, or None if nothing was."""
        statement = "SELECT body FROM session_late_items WHERE session_id = ?"
        row = execute(self._connection, statement, (session_id,)).fetchone()
        return _LATE.validate_json(row[0]) if row else None

    def put_late_items(self, late: LateItems, pack: Pack, now: datetime) -> None:
        """Store what was offered beside papers, and publish how it stands."""
        execute(self._connection, _PUT_LATE, (late.session_id, late.safeguarder_id, _LATE.dump_json(late).decode()))
        event = wire.late_items_event(late, pack, now)
        add_events(self._connection, [(late.safeguarder_id, event)], now, traceparent())

    def add_own_item(self, item: OwnItem) -> None:
        """Store something that the Safeguarder wants to speak of."""
        row = (item.item_id, item.session_id, item.safeguarder_id, to_micros(item.added_at), item.words)
        execute(self._connection, _ADD_OWN_ITEM, row)

    def own_items(self, safeguarder_id: str) -> list[OwnItem]:
        """Return what a person wanted to speak of at any session, in the order in which it was added."""
        statement = (
            "SELECT item_id, session_id, safeguarder_id, words, added_at FROM own_item WHERE safeguarder_id = ? "
            "ORDER BY added_at, item_id"
        )
        rows = execute(self._connection, statement, (safeguarder_id,))
        return [
            OwnItem(item_id, session_id, safeguarder_id, words, from_micros(added_at))
            for item_id, session_id, safeguarder_id, words, added_at in rows
        ]

    def items_at(self, safeguarder_id: str, instant: datetime, *, hidden: bool = False) -> list[EvidenceItem]:
        """Return every item on a person's file in the version that it had at an instant, without its words.

        `hidden`: only what the person may not see now.
        """
        limit = to_micros(instant)
        statement = f"{_ITEMS} AND NOT open_to_the_person" if hidden else _ITEMS
        rows = execute(self._connection, statement, (safeguarder_id,)).fetchall()
        found: list[EvidenceItem] = []
        for evidence_id, person, version, recorded_at, sender, receipt_id, to_look_at, derived, body in rows:
            then: Sequence[object] | None = (version, recorded_at, body)
            if recorded_at > limit:
                then = execute(self._connection, _THEN, (evidence_id, limit)).fetchone()
            if then is not None:
                ids = {"evidence_id": evidence_id, "safeguarder_id": person, "sender": sender, "receipt_id": receipt_id}
                state = dict(zip(("version", "recorded_at", "body"), then, strict=True))
                # The words and the time of the first version are no part of papers.
                same = {"to_look_at": to_look_at, "derived": derived, "under_review": False, "stages": None}
                row = SimpleNamespace(**ids, **state, **same, created_at=state["recorded_at"])
                found.append(item_of(row, ("", "")))
        return found
