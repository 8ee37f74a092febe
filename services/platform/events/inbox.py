"""Events reach a service through its inbox: applied once, in order for each key, in the transaction of their effect.

Whatever a transport does (twice, late, out of order), the sequence number an event has within its key decides: what was
applied is dropped, what comes before its turn waits here, and an event that cannot be applied holds its key alone.
"""

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime

from sqlalchemy import Connection

from services.platform.events.inbox_tables import DEAD, WAITS
from services.platform.events.outbox import StoredEvent, stored_event
from services.platform.events.poison import PoisonMeter
from services.platform.failpoints import reach
from services.platform.storage.database import Database, execute, execute_many, to_micros
from services.platform.telemetry.logs import log
from services.refusals import Kind, Refusal

Reaction = Callable[[Connection, StoredEvent], None]
"""Applies one event in the given transaction. It may see the same event only once; it must not wait for anything."""

TRIES = 3
CAREFUL = 200
"""Events noted before they are applied, after a start: one of them may be what ended the process."""
CAREFUL_BATCH = 20
"""As many are noted and applied together; one at a time those that were in hand when a process ended."""

_LAST = "SELECT sequence FROM inbox_key WHERE source = ? AND key = ?"
_ADVANCE_KEY = (
    "INSERT INTO inbox_key (source, key, sequence) VALUES (?, ?, ?) "
    "ON CONFLICT (source, key) DO UPDATE SET sequence = excluded.sequence"
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
    "WHERE d.source = ? AND d.state = 'waits' AND d.key_sequence = COALESCE(k.sequence, 0) + 1 LIMIT 1"
)
_NOTE_TRY = (
    "INSERT INTO inbox_try (event_id, tries) VALUES (?, 1) "
    "ON CONFLICT (event_id) DO UPDATE SET tries = inbox_try.tries + 1"
)
_NOTED = "SELECT tries FROM inbox_try WHERE event_id = ?"


class SequenceConflictError(Exception):
    """A source sent another event under a number it had used: its database is not the one we knew."""


class UnknownVersionError(Exception):
    """An event is of a major version that this service does not know."""


class Inbox:
    """Applies what comes from one source."""

    def __init__(
        self, database: Database, source: str, reactions: Mapping[str, Reaction], now: Callable[[], datetime]
    ) -> None:
        self.source = source
        self._database = database
        self._reactions = reactions
        self._now = now
        self._careful = CAREFUL
        self.on_dead: Callable[[StoredEvent, str], None] = lambda event, reason: None
        """Told of each event that is set aside because it cannot be applied, once its row is written."""
        self._noted: set[str] = set()
        self._poison = PoisonMeter(now)
        self.waiting_since: datetime | None = None
        """When the oldest event at hand was recorded, until it is applied or set aside."""

    def position(self) -> int:
        """Position of the last event read from a feed."""
        with self._database.read() as connection:
            row = execute(connection, "SELECT position FROM inbox_position WHERE source = ?", (self.source,)).fetchone()
        return int(row[0]) if row else 0

    def apply(self, events: Sequence[StoredEvent], position: int = 0) -> None:
        """Apply events: all in one transaction, in small ones after a start, and one by one when one of them fails.

        `position` is how far a feed was read with them; 0 from a transport that keeps its own place.

        Raises:
            Refusal: the database cannot be written now. Nothing is lost: the events are to be read again.
            SequenceConflictError, TooManyDeadLettersError: see there.
        """
        self._poison.came(len(events))
        self.waiting_since = events[0].recorded_at if events else None
        if self._careful > 0:
            self._careful -= len(events)
            for first in range(0, len(events), CAREFUL_BATCH):
                self._apply_carefully(events[first : first + CAREFUL_BATCH])
            self._database.write(lambda connection: self._advance(connection, position))
        else:
            self._apply_together(events, position)
        self.resume()
        reach("after_commit_before_offset_commit")
        self.waiting_since = None

    def resume(self) -> None:
        """Apply what waits and whose turn has come."""
        while event := self._next_waiting():
            self._apply_one(event)

    def dead_letter(self, event: StoredEvent, reason: str) -> None:
        """Keep an event that cannot be applied, with the reason. Its key goes on only after it."""
        self._database.write(lambda connection: self._keep(connection, event, DEAD, reason))
        self._poison.dead_lettered()
        self.on_dead(event, reason)

    def pass_over(self, connection: Connection, event_id: str, key: str, sequence: int) -> None:
        """Go on with a key as if its next event had been applied: a person has let it go."""
        execute(connection, "INSERT INTO inbox (event_id, source, position) VALUES (?, ?, 0)", (event_id, self.source))
        execute(connection, _ADVANCE_KEY, (self.source, key, sequence))

    def _apply_together(self, events: Sequence[StoredEvent], position: int = 0) -> None:
        def transaction(connection: Connection) -> None:
            self._take(connection, events)
            self._advance(connection, position)

        try:
            self._database.write(transaction)
        except SequenceConflictError:
            raise
        except Exception:
            self._apply_each(events, self._apply_one)
            self._database.write(lambda connection: self._advance(connection, position))

    def _advance(self, connection: Connection, position: int) -> None:
        if position:
            execute(connection, _ADVANCE, (self.source, position))

    def _apply_each(self, events: Sequence[StoredEvent], apply: Callable[[StoredEvent], None]) -> None:
        for event in events:
            apply(event)
            self._poison.check()

    def _apply_carefully(self, events: Sequence[StoredEvent]) -> None:
        """Note the try first: an event that has ended the process three times is set aside before the fourth.

        Once for each process: an event that comes again because the database was away has ended nothing.
        """
        new = [event.event_id for event in events if event.event_id not in self._noted]
        if self._database.write(lambda connection: _were_in_hand(connection, new)):
            self._apply_each(events, self._apply_suspect)
        else:
            self._noted.update(new)
            self._apply_together(events)

    def _apply_suspect(self, event: StoredEvent) -> None:

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
            except SequenceConflictError:
                raise
            except Exception as problem:
                if isinstance(problem, Refusal) and problem.kind in (Kind.UNAVAILABLE, Kind.EXHAUSTED):
                    raise  # the database's trouble, not the event's: to be read again, never set aside
                if attempt == TRIES - 1:
                    reason = str(getattr(problem, "reason", type(problem).__name__))
                    log().error("event_set_aside", source=self.source, event_id=event.event_id, reason=reason)
                    self.dead_letter(event, reason)

    def _take(self, connection: Connection, events: Sequence[StoredEvent]) -> None:
        """Apply those whose turn it is, drop those applied before, keep those that come early."""
        last: dict[str, int] = {}
        moved: set[str] = set()
        for event in events:
            execute(connection, "DELETE FROM inbox_try WHERE event_id = ?", (event.event_id,))
            if event.key not in last:
                row = execute(connection, _LAST, (self.source, event.key)).fetchone()
                last[event.key] = row[0] if row else 0
            if event.key_sequence <= last[event.key]:
                self._check_same(connection, event)
            elif event.key_sequence > last[event.key] + 1:
                self._keep(connection, event, WAITS, "before_its_turn")
            else:
                self._react(connection, event)
                last[event.key] = event.key_sequence
                moved.add(event.key)
        if moved:
            execute_many(connection, _ADVANCE_KEY, [(self.source, key, last[key]) for key in moved])

    def _react(self, connection: Connection, event: StoredEvent) -> None:
        if event.type.split(".")[2:3] != ["v1"]:
            raise UnknownVersionError
        execute(
            connection,
            "INSERT INTO inbox (event_id, source, position) VALUES (?, ?, ?)",
            (event.event_id, self.source, event.position),
        )
        reach("after_inbox_insert")
        execute(connection, "DELETE FROM dead_letter WHERE event_id = ?", (event.event_id,))
        reaction = self._reactions.get(event.type)
        if reaction is not None:
            reaction(connection, event)
        reach("after_effect_before_commit")

    def _check_same(self, connection: Connection, event: StoredEvent) -> None:
        if execute(connection, "SELECT 1 FROM inbox WHERE event_id = ?", (event.event_id,)).fetchone() is None:
            raise SequenceConflictError(f"{self.source} event {event.event_id}")

    def _keep(self, connection: Connection, event: StoredEvent, state: str, reason: str) -> None:
        at = to_micros(self._now())
        recorded = to_micros(event.recorded_at)
        place = (event.event_id, self.source, event.position, event.type, event.key, event.key_sequence, recorded)
        execute(connection, _KEEP, (*place, event.traceparent, event.data, state, reason[:60], at))

    def _next_waiting(self) -> StoredEvent | None:
        with self._database.read() as connection:
            row = execute(connection, _NEXT_WAITING, (self.source,)).fetchone()
        return stored_event(row) if row else None


def _were_in_hand(connection: Connection, event_ids: Sequence[str]) -> bool:
    """Whether a process ended with one of them in hand. If none did, all are noted as in hand now."""
    if any(execute(connection, _NOTED, (event_id,)).fetchone() for event_id in event_ids):
        return True
    execute_many(connection, _NOTE_TRY, [(event_id,) for event_id in event_ids])
    return False
