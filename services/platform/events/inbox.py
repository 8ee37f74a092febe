"""The inbox: a service applies each event once, in order for each key, in the transaction of its effect.

A transport may deliver an event twice, late or out of order. The event's sequence number within its key decides what
happens. An event that was applied is dropped. One that comes before its turn waits here, and so does one of a type that
only a later release knows. One that cannot be applied becomes a dead letter. Both stop the later events of their own
key only.
"""

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Connection

from services.platform.events.inbox_tables import BEFORE_ITS_TURN, CONFLICT, DEAD, UNKNOWN_TYPE, WAITS
from services.platform.events.outbox import StoredEvent, stored_event
from services.platform.events.places import position_read
from services.platform.events.poison import PoisonMeter
from services.platform.events.sources import SequenceConflictError, Sources, is_applied, is_known
from services.platform.failpoints import reach
from services.platform.storage.database import Database, execute, execute_many, to_micros
from services.platform.telemetry.logs import log
from services.refusals import Kind, Refusal

Reaction = Callable[[Connection, StoredEvent], None]
"""Applies one event in the given transaction. It runs on the database's only writer, so it must not wait for anything.
The inbox ensures that its effect is committed once for each event."""

TRIES = 3
"""Tries until an event is a dead letter. More than one, because a fault may pass, such as a file being replaced."""
CAREFUL = 200
"""Events after a start whose tries are noted before they are applied, because one of them may have ended the process.
Noting costs a commit. It may stop after 200, because no transport brings more at once, so what the last process was
applying is among them."""
CAREFUL_BATCH = 20
"""Events that are noted and applied together. If one of them was being applied when a process ended, they go one by
one, so that only the guilty event collects three tries."""

_LAST = "SELECT sequence FROM inbox_key WHERE source = ? AND key = ?"
_ADVANCE_KEY = (
    "INSERT INTO inbox_key (source, key, sequence, event_id, event_sequence) VALUES (?, ?, ?, ?, ?) "
    "ON CONFLICT (source, key) DO UPDATE SET sequence = excluded.sequence, event_id = excluded.event_id, "
    "event_sequence = excluded.event_sequence"
)
_ADVANCE = (
    "INSERT INTO inbox_position (source, position) VALUES (?, ?) ON CONFLICT (source) DO UPDATE SET position = "
    "CASE WHEN excluded.position > inbox_position.position THEN excluded.position ELSE inbox_position.position END"
)
_KEEP = (
    "INSERT INTO dead_letter (event_id, source, position, type, key, key_sequence, recorded_at, traceparent, data, "
    "state, reason, set_aside_at) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT (event_id) DO "
    "UPDATE SET state = excluded.state, reason = excluded.reason"
)
_NEXT_WAITING = (
    "SELECT d.position, d.event_id, d.type, d.key, d.key_sequence, d.recorded_at, d.traceparent, d.data "
    "FROM dead_letter d LEFT JOIN inbox_key k ON k.source = d.source AND k.key = d.key "
    "WHERE d.source = ? AND d.state = 'waits' AND d.reason <> 'unknown_type' "
    "AND d.key_sequence = COALESCE(k.sequence, 0) + 1 LIMIT 1"
)
_UNKNOWN = "SELECT DISTINCT type FROM dead_letter WHERE source = ? AND state = 'waits' AND reason = 'unknown_type'"
_KNOWN_NOW = (
    "UPDATE dead_letter SET reason = 'before_its_turn' "
    "WHERE source = ? AND state = 'waits' AND reason = 'unknown_type' AND type = ?"
)
_TAKEN = (
    "UPDATE dead_letter SET state = 'dead', reason = 'sequence_conflict' "
    "WHERE source = ? AND key = ? AND key_sequence <= ? AND state = 'waits'"
)
_NOTE_TRY = (
    "INSERT INTO inbox_try (event_id, tries) VALUES (?, 1) "
    "ON CONFLICT (event_id) DO UPDATE SET tries = inbox_try.tries + 1"
)
_NOTED = "SELECT tries FROM inbox_try WHERE event_id = ?"


class UnknownVersionError(Exception):
    """An event has a major version that this service does not know."""


def ignore(_: Connection, __: StoredEvent) -> None:
    """Do nothing: the reader knows the event and has no use for it."""


def not_for_it(*messages: Any) -> dict[str, Reaction]:
    """Return reactions that do nothing, to the events that a service knows and has no use for.

    Each service names every event of its sources, with a reaction or here. An event that is in neither list comes from
    a later release, and waits until this service knows it (F8).
    """
    return {message.DESCRIPTOR.full_name: ignore for message in messages}


class Inbox:
    """The inbox for the events of one source."""

    def __init__(
        self, database: Database, source: str, reactions: Mapping[str, Reaction], now: Callable[[], datetime]
    ) -> None:
        self.source = source
        self.origins = Sources(database, source)
        self._database = database
        self._reactions = reactions
        self._now = now
        self._careful = CAREFUL
        self.on_dead: Callable[[StoredEvent, str], None] = lambda event, reason: None
        """Called with each dead-lettered event and the reason, after its row is written."""
        self._noted: set[str] = set()
        self._poison = PoisonMeter(now)
        self.waiting_since: datetime | None = None
        """When the oldest event being applied was recorded; None while there is none."""

    def position(self) -> int:
        """Return the position of the last event read from a feed."""
        with self._database.read() as connection:
            return position_read(connection, self.source)

    def lacks(self, events: Sequence[StoredEvent]) -> list[int]:
        """Return the positions of those events that this inbox has neither applied nor kept."""
        with self._database.read() as connection:
            return [event.position for event in events if not is_known(connection, event.event_id)]

    def apply(self, events: Sequence[StoredEvent], position: int = 0) -> None:
        """Apply events in one transaction, in small ones after a start, or one by one after one of them failed.

        `position` is how far a feed was read with these events; 0 with a transport that keeps its own place.

        Raises:
            Refusal: the database cannot be written now. Nothing is lost, because the events are read again.
            SourceStoppedError, TooManyDeadLettersError: the source cannot be read any further; see there.
        """
        self._poison.came(len(events))
        self.waiting_since = events[0].recorded_at if events else None
        # The position moves with the effect or after it, never before: a crash between the two repeats events, which
        # their sequence numbers tell, and skips none.
        if self._careful > 0:
            self._careful -= len(events)
            for first in range(0, len(events), CAREFUL_BATCH):
                after = first + CAREFUL_BATCH
                self._apply_carefully(events[first:after], position if after >= len(events) else 0)
        else:
            self._apply_together(events, position)
        self.resume()
        reach("after_commit_before_offset_commit")
        self.waiting_since = None

    def take_up(self) -> None:
        """Apply what waits and has nothing to wait for any more. Call it before reading begins, and begins again.

        An earlier release did not know some types. A process may have ended, or its database may have gone away,
        between an event and those that waited for it: a feed has been read past them, so nothing else takes them up.
        """
        with self._database.read() as connection:
            waiting = [row[0] for row in execute(connection, _UNKNOWN, (self.source,)).fetchall()]
        known = [(self.source, kind) for kind in waiting if kind in self._reactions]
        if known:
            self._database.write(lambda connection: execute_many(connection, _KNOWN_NOW, known))
        self.resume()

    def resume(self) -> None:
        """Apply every waiting event whose turn has come."""
        while event := self._next_waiting():
            self._apply_one(event)

    def dead_letter(self, event: StoredEvent, reason: str) -> None:
        """Keep an event that cannot be applied, with the reason. The later events of its key wait for it."""
        self._database.write(lambda connection: self._keep(connection, event, DEAD, reason))
        self._poison.dead_lettered()
        self.on_dead(event, reason)

    def pass_over(self, connection: Connection, event_id: str, key: str, sequence: int, reason: str) -> None:
        """Go on with a key as if its next event had been applied, because a person has dropped it.

        One that was dropped because another event has its number leaves the key where it is.
        """
        execute(connection, "INSERT INTO inbox (event_id, source, position) VALUES (?, ?, 0)", (event_id, self.source))
        if reason != CONFLICT:
            execute(connection, _ADVANCE_KEY, (self.source, key, sequence, event_id, sequence))

    def _apply_together(self, events: Sequence[StoredEvent], position: int) -> None:
        def transaction(connection: Connection) -> None:
            self._take(connection, events)
            self._advance(connection, position)

        try:
            self._database.write(transaction)
        except SequenceConflictError as conflict:
            self._keep_conflict(conflict)
            raise
        except Exception:
            # One event undid the transaction of all. One by one, the others are applied and the fault has a name.
            self._apply_each(events, self._apply_one)
            self._database.write(lambda connection: self._advance(connection, position))

    def _advance(self, connection: Connection, position: int) -> None:
        if position:
            execute(connection, _ADVANCE, (self.source, position))

    def _apply_each(self, events: Sequence[StoredEvent], apply: Callable[[StoredEvent], None]) -> None:
        for event in events:
            apply(event)
            self._poison.check()

    def _apply_carefully(self, events: Sequence[StoredEvent], position: int) -> None:
        """Note the try first, so that an event that ended the process three times is a dead letter before the fourth.

        A process notes an event once. If it comes again because the database was away, it has not ended a process.
        """
        new = [event.event_id for event in events if event.event_id not in self._noted]
        if self._database.write(lambda connection: _were_in_hand(connection, new)):
            self._apply_each(events, self._apply_suspect)
            self._database.write(lambda connection: self._advance(connection, position))
        else:
            self._noted.update(new)
            self._apply_together(events, position)

    def _apply_suspect(self, event: StoredEvent) -> None:
        """Apply an event that may have ended the process, or dead-letter it after too many noted tries."""

        def note(connection: Connection) -> int:
            execute(connection, _NOTE_TRY, (event.event_id,))
            return int(execute(connection, _NOTED, (event.event_id,)).fetchone()[0])

        known = event.event_id in self._noted
        self._noted.add(event.event_id)
        if not known and self._database.write(note) > TRIES:
            self.dead_letter(event, "ended_the_process")
        else:
            self._apply_one(event)

    def _apply_one(self, event: StoredEvent) -> None:
        for attempt in range(TRIES):
            try:
                self._database.write(lambda connection: self._take(connection, [event]))
                return
            except SequenceConflictError as conflict:
                self._keep_conflict(conflict)
                raise
            except Exception as problem:
                if isinstance(problem, Refusal) and problem.kind in (Kind.UNAVAILABLE, Kind.EXHAUSTED):
                    raise  # the database's fault, not the event's: the event is read again and never dead-lettered
                if attempt == TRIES - 1:
                    reason = str(getattr(problem, "reason", type(problem).__name__))
                    log().error("event_set_aside", source=self.source, event_id=event.event_id, reason=reason)
                    self.dead_letter(event, reason)

    def _take(self, connection: Connection, events: Sequence[StoredEvent]) -> None:
        """Apply the events whose turn it is, drop those already applied, and keep those that come early."""
        # Read once and written once for each key, not each event: this transaction is the only writer, so no row
        # changes in between.
        last: dict[str, int] = {}
        moved: dict[str, str] = {}
        for event in events:
            execute(connection, "DELETE FROM inbox_try WHERE event_id = ?", (event.event_id,))
            if event.key not in last:
                row = execute(connection, _LAST, (self.source, event.key)).fetchone()
                last[event.key] = row[0] if row else 0
            if event.key_sequence <= last[event.key]:
                self._check_same(connection, event)
            elif event.key_sequence > last[event.key] + 1:
                self._keep(connection, event, WAITS, BEFORE_ITS_TURN)
            elif _is_of_a_later_release(event, self._reactions):
                self._keep(connection, event, WAITS, UNKNOWN_TYPE)
            else:
                self._react(connection, event)
                last[event.key] = event.key_sequence
                moved[event.key] = event.event_id
        if moved:
            rows = [(self.source, key, last[key], event_id, last[key]) for key, event_id in moved.items()]
            execute_many(connection, _ADVANCE_KEY, rows)
            # What waited for a number that another event has taken would wait for ever, and could not be dropped.
            execute_many(connection, _TAKEN, [(self.source, key, last[key]) for key in moved])

    def _react(self, connection: Connection, event: StoredEvent) -> None:
        if _major_version(event) != "v1":
            raise UnknownVersionError
        new = execute(
            connection,
            "INSERT INTO inbox (event_id, source, position) VALUES (?, ?, ?) ON CONFLICT DO NOTHING",
            (event.event_id, self.source, event.position),
        )
        reach("after_inbox_insert")
        execute(connection, "DELETE FROM dead_letter WHERE event_id = ?", (event.event_id,))
        # Not new: an operator accepted the source's database, and its events come again from the first one.
        if new.rowcount:
            self._reactions[event.type](connection, event)
        reach("after_effect_before_commit")

    def _check_same(self, connection: Connection, event: StoredEvent) -> None:
        """Check that an event whose number was used is the one that used it.

        Dropping another event would lose it. That happens if the source's database was restored from an old backup.
        """
        if not is_applied(connection, event.event_id):
            raise SequenceConflictError(event)

    def _keep_conflict(self, conflict: SequenceConflictError) -> None:
        """Keep the event that another one contradicts, so that an operator can drop it if it was forged."""
        self._database.write(lambda connection: self._keep(connection, conflict.event, DEAD, CONFLICT))

    def _keep(self, connection: Connection, event: StoredEvent, state: str, reason: str) -> None:
        at = to_micros(self._now())
        recorded = to_micros(event.recorded_at)
        place = (event.event_id, self.source, event.position, event.type, event.key, event.key_sequence, recorded)
        execute(connection, _KEEP, (*place, event.traceparent, event.data, state, reason[:60], at))

    def _next_waiting(self) -> StoredEvent | None:
        with self._database.read() as connection:
            row = execute(connection, _NEXT_WAITING, (self.source,)).fetchone()
        return stored_event(row) if row else None


def _is_of_a_later_release(event: StoredEvent, reactions: Mapping[str, Reaction]) -> bool:
    return event.type not in reactions and _major_version(event) == "v1"


def _major_version(event: StoredEvent) -> str:
    return "".join(event.type.split(".")[2:3])


def _were_in_hand(connection: Connection, event_ids: Sequence[str]) -> bool:
    """Return whether a process ended while applying one of these events. If none did, note a try for all of them."""
    if any(execute(connection, _NOTED, (event_id,)).fetchone() for event_id in event_ids):
        return True
    execute_many(connection, _NOTE_TRY, [(event_id,) for event_id in event_ids])
    return False
