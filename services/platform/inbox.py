"""Events reach a service through its inbox: applied once, in order for each key, in the transaction of their effect."""

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime

from sqlalchemy import BigInteger, Column, Connection, LargeBinary, MetaData, String, Table, UniqueConstraint, text

from services.platform.database import Database, execute, to_micros
from services.platform.outbox import StoredEvent
from services.refusals import Kind, Refusal

Reaction = Callable[[Connection, StoredEvent], None]
"""Applies one event in the given transaction. It may see the same event only once; it must not wait for anything."""

TRIES = 3


def inbox_tables(metadata: MetaData) -> tuple[Table, Table, Table]:
    """What was applied, how far each source was read, and what was set aside."""
    applied = Table(
        "inbox",
        metadata,
        Column("event_id", String(36), primary_key=True),
        Column("source", String(20), nullable=False),
        Column("position", BigInteger, nullable=False),
    )
    read = Table(
        "inbox_position",
        metadata,
        Column("source", String(20), primary_key=True),
        Column("position", BigInteger, nullable=False),
    )
    dead = Table(
        "dead_letter",
        metadata,
        Column("event_id", String(36), primary_key=True),
        Column("source", String(20), nullable=False),
        Column("position", BigInteger, nullable=False),
        Column("type", String(100), nullable=False),
        Column("key", String(64), nullable=False, index=True),
        Column("reason", String(60), nullable=False),
        Column("set_aside_at", BigInteger, nullable=False),
        Column("data", LargeBinary, nullable=False),
        UniqueConstraint("source", "position", name="dead_letter_place"),
    )
    return applied, read, dead


class Inbox:
    """Applies what comes from one source.

    An event that cannot be applied is set aside with a reason after three tries, and later events of its key wait
    behind it, so that one person's history is never applied with a hole. Other keys go on.
    """

    def __init__(
        self, database: Database, source: str, reactions: Mapping[str, Reaction], now: Callable[[], datetime]
    ) -> None:
        self.source = source
        self._database = database
        self._reactions = reactions
        self._now = now
        self.waiting_since: datetime | None = None
        """When the oldest event at hand was recorded, until it is applied or set aside."""

    def position(self) -> int:
        """Position of the last event applied or set aside."""
        with self._database.read() as connection:
            found = connection.execute(
                text("SELECT position FROM inbox_position WHERE source = :source"), {"source": self.source}
            ).scalar()
        return int(found or 0)

    def apply(self, events: Sequence[StoredEvent]) -> None:
        """Apply events in order: all in one transaction, or one by one when one of them fails."""
        self.waiting_since = events[0].recorded_at
        try:
            self._database.write(lambda connection: self._apply_all(connection, events))
        except Exception:
            for event in events:
                self._apply_one(event)
        self.waiting_since = None

    def _apply_one(self, event: StoredEvent) -> None:
        for attempt in range(TRIES):
            try:
                self._database.write(lambda connection: self._apply_all(connection, [event]))
                return
            except Exception as problem:
                if isinstance(problem, Refusal) and problem.kind in (Kind.UNAVAILABLE, Kind.EXHAUSTED):
                    raise  # the database's trouble, not the event's: to be read again, never set aside
                if attempt == TRIES - 1:
                    reason = getattr(problem, "reason", type(problem).__name__)
                    self._database.write(lambda connection, r=reason: self._set_aside(connection, event, r))  # type: ignore[misc]

    def _apply_all(self, connection: Connection, events: Sequence[StoredEvent]) -> None:
        blocked = self._blocked_keys(connection)
        for event in events:
            if event.key in blocked:
                self._set_aside(connection, event, "behind_one_set_aside")
                continue
            reaction = self._reactions.get(event.type)
            if reaction is not None and self._is_new(connection, event):
                reaction(connection, event)
        self._advance(connection, events[-1].position)

    def _is_new(self, connection: Connection, event: StoredEvent) -> bool:
        """Note the event as applied; False when it was before. The unique row decides, not a look beforehand."""
        done = execute(
            connection,
            "INSERT INTO inbox (event_id, source, position) VALUES (?, ?, ?) ON CONFLICT DO NOTHING",
            (event.event_id, self.source, event.position),
        )
        return bool(done.rowcount == 1)

    def _advance(self, connection: Connection, position: int) -> None:
        execute(
            connection,
            "INSERT INTO inbox_position (source, position) VALUES (?, ?) "
            "ON CONFLICT (source) DO UPDATE SET position = MAX(position, excluded.position)",
            (self.source, position),
        )

    def _blocked_keys(self, connection: Connection) -> set[str]:
        rows = execute(connection, "SELECT DISTINCT key FROM dead_letter WHERE source = ?", (self.source,))
        return {row[0] for row in rows}

    def _set_aside(self, connection: Connection, event: StoredEvent, reason: str) -> None:
        execute(
            connection,
            "INSERT INTO dead_letter (event_id, source, position, type, key, reason, set_aside_at, data) "
            "VALUES (?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING",
            (
                event.event_id,
                self.source,
                event.position,
                event.type,
                event.key,
                reason[:60],
                to_micros(self._now()),
                event.data,
            ),
        )
        self._advance(connection, event.position)


def dead_letters(connection: Connection) -> int:
    """How many events are set aside."""
    return int(connection.execute(text("SELECT COUNT(*) FROM dead_letter")).scalar_one())
