"""The outbox: a service stores its events with their effect, for good and in commit order."""

import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from google.protobuf.message import Message
from sqlalchemy import BigInteger, Column, Connection, Index, Integer, LargeBinary, MetaData, String, Table

from services.platform.storage.counts import Count, count_of
from services.platform.storage.database import PUBLISHES, execute, execute_many, from_micros, to_micros

MAX_EVENT_BYTES = 256 * 1024
"""A quarter of what Kafka takes by default, so that attributes and framing always fit beside the body."""


@dataclass(frozen=True, slots=True)
class StoredEvent:
    """An event as stored in an outbox: CloudEvents attributes and a protobuf body."""

    position: int
    event_id: str
    type: str
    key: str
    key_sequence: int
    recorded_at: datetime
    traceparent: str
    data: bytes


def outbox_table(metadata: MetaData) -> Table:
    """Declare the table of events, one row each, never deleted."""
    return Table(
        "outbox",
        metadata,
        Column("position", BigInteger().with_variant(Integer, "sqlite"), primary_key=True, autoincrement=True),
        Column("event_id", String(36), nullable=False, unique=True),
        Column("type", String(100), nullable=False),
        Column("key", String(64), nullable=False),
        Column("key_sequence", BigInteger, nullable=False),
        Column("recorded_at", BigInteger, nullable=False),
        Column("traceparent", String(64), nullable=False),
        Column("data", LargeBinary, nullable=False),
        Index("outbox_key", "key", "key_sequence", unique=True),
        sqlite_autoincrement=True,  # a position is never used twice
    )


_ADD = (
    "INSERT INTO outbox (event_id, type, key, key_sequence, recorded_at, traceparent, data) VALUES "
    "(?, ?, ?, (SELECT COALESCE(MAX(key_sequence), 0) + 1 FROM outbox WHERE key = ?), ?, ?, ?)"
)
_AFTER = (
    "SELECT position, event_id, type, key, key_sequence, recorded_at, traceparent, data FROM outbox "
    "WHERE position > ? ORDER BY position LIMIT ?"
)


def add_events(
    connection: Connection, events: Sequence[tuple[str, Message]], recorded_at: datetime, traceparent: str = ""
) -> None:
    """Put messages, each with its key, into the outbox in the caller's transaction.

    Raises:
        ValueError: a message is larger than a transport takes. Accepted, it would stop the relay for ever.
    """
    at = to_micros(recorded_at)
    rows = []
    for key, message in events:
        data = message.SerializeToString()
        if len(data) > MAX_EVENT_BYTES:
            raise ValueError(f"event {message.DESCRIPTOR.full_name} has {len(data)} bytes")
        rows.append((str(uuid.uuid4()), message.DESCRIPTOR.full_name, key, key, at, traceparent, data))
    if rows:
        execute_many(connection, _ADD, rows)
        connection.info[PUBLISHES] = True


def events_after(connection: Connection, position: int, most: int) -> list[StoredEvent]:
    """Return at most `most` events after a position, in commit order.

    Positions are in commit order because a service has one writing transaction at a time. So no event can appear
    later before a position that was read.
    """
    return [stored_event(row) for row in execute(connection, _AFTER, (position, most))]


def stored_event(row: Sequence[Any]) -> StoredEvent:
    """Make an event from its columns, in the order of `StoredEvent`."""
    position, event_id, event_type, key, sequence, recorded_at, traceparent, data = row
    return StoredEvent(
        position, event_id, event_type, key, sequence, from_micros(recorded_at), traceparent, bytes(data)
    )


PUBLISHED = Count("events", "outbox")


def published(connection: Connection) -> int:
    """Return the number of events."""
    return count_of(connection, PUBLISHED)


def head_position(connection: Connection) -> int:
    """Return the position of the newest event; 0 if there is none."""
    return int(execute(connection, "SELECT COALESCE(MAX(position), 0) FROM outbox").fetchone()[0])
