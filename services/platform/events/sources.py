"""Which database of a source is read, and what stops the reading of another one (F2, F9).

Positions and numbers mean something only in the database that gave them. A source whose database was lost, mixed up or
restored from an older copy gives them again to other events. A reader that goes on would drop those events as known.
"""

from collections.abc import Sequence

from sqlalchemy import Connection

from services.platform.events.inbox_tables import CURRENT
from services.platform.events.outbox import StoredEvent
from services.platform.storage.database import Database, count_rows, execute

_ORIGINS = "SELECT origin, state FROM inbox_origin WHERE source = ?"
_ADOPT = (
    "INSERT INTO inbox_origin (source, origin, state) VALUES (?, ?, 'current') "
    "ON CONFLICT (source, origin) DO UPDATE SET state = 'current'"
)
_IS_KNOWN = "SELECT 1 FROM inbox WHERE event_id = ? UNION ALL SELECT 1 FROM dead_letter WHERE event_id = ?"
UNNAMED = "unnamed"
"""The name of a database that was given up before it had said its name."""


class SourceStoppedError(Exception):
    """A source cannot be read any further until an operator has decided. `reason`: one word for the status."""

    reason = "source_stopped"


class SourceRestoredError(SourceStoppedError):
    """The source's database is not the one that was read: another one, an empty one, or an older copy."""

    reason = "source_restored"


class AnotherSourceError(SourceStoppedError):
    """Another service answers at the source's address. Its events are not the source's."""

    reason = "another_source"


class SequenceConflictError(SourceStoppedError):
    """A source sent a new event under a number it had already used, or somebody forged one."""

    reason = "sequence_conflict"

    def __init__(self, event: StoredEvent) -> None:
        super().__init__(event.event_id)
        self.event = event


class Sources:
    """The databases that one source has had, as its reader knows them."""

    def __init__(self, database: Database, source: str) -> None:
        self._database = database
        self._source = source
        self._read: frozenset[str] = frozenset()
        """Origins of which it is known that they are read. Only a cache: it saves a look for each message."""

    def is_read(self, origin: str, *, may_adopt: bool = True) -> bool:
        """Return whether events of this origin are read, and False for one that was given up.

        The first origin that is met is the one that is read from then on. An empty origin comes from a release that
        names none, and is read. `may_adopt`: the source itself names its origin now. A topic may hold records of a
        database that was given up, so after that only the source can say what is read.

        Raises:
            SourceRestoredError: another origin is read.
        """
        if not origin or origin in self._read:
            return True
        states = self.states()
        if CURRENT not in states.values() and (may_adopt or not states):
            self._database.write(lambda tx: execute(tx, _ADOPT, (self._source, origin)))
            states = self.states()
        if states.get(origin) == CURRENT:
            self._read = frozenset({origin})
            return True
        if origin in states or CURRENT not in states.values():
            return False
        raise SourceRestoredError

    def check_place(self, position: int, events: Sequence[StoredEvent], head: int) -> None:
        """Check that the event read last still stands at its position in the source, with which `events` begin.

        Raises:
            SourceRestoredError: the source ends before it, or has another event there.
        """
        if not position:
            return
        if head < position:
            raise SourceRestoredError
        if events and (events[0].position != position or not self._is_known(events[0].event_id)):
            raise SourceRestoredError

    def accept(self, connection: Connection) -> None:
        """Give up the database that was read. From now on the source is read from its first event.

        What was applied stays applied: the inbox knows each event by its id. What the source has lost stays too.
        """
        number = count_rows(connection, "inbox_origin WHERE source = ?", (self._source,))
        execute(connection, "UPDATE inbox_origin SET state = 'past' WHERE source = ?", (self._source,))
        if not number:
            execute(connection, "INSERT INTO inbox_origin VALUES (?, ?, 'past')", (self._source, UNNAMED))
        for statement in (
            "DELETE FROM inbox_key WHERE source = ?",
            "DELETE FROM inbox_position WHERE source = ?",
            "DELETE FROM dead_letter WHERE source = ? AND state = 'waits'",
            "UPDATE dead_letter SET state = 'dropped', reason = 'source_accepted' WHERE source = ? AND state = 'dead'",
        ):
            execute(connection, statement, (self._source,))
        self._read = frozenset()

    def states(self) -> dict[str, str]:
        """Return the databases that the source has had, and whether each is current or past."""
        with self._database.read() as connection:
            return {row[0]: row[1] for row in execute(connection, _ORIGINS, (self._source,)).fetchall()}

    def may_go_on(self, problem: SourceStoppedError, states_before: dict[str, str]) -> bool:
        """Return whether an operator has settled what stopped the reading."""
        if self.states() != states_before:
            return True
        return isinstance(problem, SequenceConflictError) and self._is_applied(problem.event.event_id)

    def _is_known(self, event_id: str) -> bool:
        with self._database.read() as connection:
            return is_known(connection, event_id)

    def _is_applied(self, event_id: str) -> bool:
        with self._database.read() as connection:
            return is_applied(connection, event_id)


def is_applied(connection: Connection, event_id: str) -> bool:
    """Return whether an event was applied."""
    return execute(connection, "SELECT 1 FROM inbox WHERE event_id = ?", (event_id,)).fetchone() is not None


def is_known(connection: Connection, event_id: str) -> bool:
    """Return whether an event was applied or kept."""
    return execute(connection, _IS_KNOWN, (event_id, event_id)).fetchone() is not None
