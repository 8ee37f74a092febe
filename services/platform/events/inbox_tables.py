"""Tables of an inbox: events applied, how far each key and feed has come, tries and dead letters."""

from collections.abc import Sequence

from sqlalchemy import BigInteger, Column, Connection, Index, Integer, LargeBinary, MetaData, String, Table

from services.platform.storage.counts import Count, count_of
from services.platform.storage.database import count_rows, execute

DEAD, WAITS, DROPPED = "dead", "waits", "dropped"
"""States of a row: the event cannot be applied, it waits, or a person dropped it."""
BEFORE_ITS_TURN, UNKNOWN_TYPE = "before_its_turn", "unknown_type"
"""Reasons to wait: an earlier event of the key has not come, or only a later release knows the type."""
CONFLICT = "sequence_conflict"
"""Reason of a dead letter: another event of the key has its number, so reading stopped there."""
CURRENT = "current"
"""State of the source's database that is read. One that an operator gave up is `past`."""


DEAD_LETTERS = Count("dead_letters", "dead_letter", f"{{row}}.state = '{DEAD}'")


def inbox_tables(metadata: MetaData) -> None:
    """Declare the tables, one set for all sources.

    Rows of `inbox` are never deleted, because an event may be sent again years later.
    """
    Table(
        "inbox",
        metadata,
        Column("event_id", String(60), primary_key=True),
        Column("source", String(20), nullable=False),
        Column("position", BigInteger, nullable=False),
    )
    Table(
        "inbox_key",
        metadata,
        Column("source", String(20), primary_key=True),
        Column("key", String(64), primary_key=True),
        Column("sequence", BigInteger, nullable=False, comment="number of the last event of the key that was applied"),
        Column("event_id", String(60), comment="id of the event with the number in event_sequence"),
        Column("event_sequence", BigInteger, comment="behind sequence where a release before applied an event"),
    )
    Table(
        "inbox_position",
        metadata,
        Column("source", String(20), primary_key=True),
        Column("position", BigInteger, nullable=False, comment="how far the source's feed was read"),
    )
    Table(
        "inbox_origin",
        metadata,
        Column("source", String(20), primary_key=True),
        Column("origin", String(60), primary_key=True),
        Column("state", String(10), nullable=False, comment="current, or past once it is given up"),
    )
    Table(
        "inbox_try",
        metadata,
        Column("event_id", String(60), primary_key=True),
        Column("tries", Integer, nullable=False),
    )
    _dead_letters(metadata)


def _dead_letters(metadata: MetaData) -> None:
    Table(
        "dead_letter",
        metadata,
        Column("event_id", String(60), primary_key=True),
        Column("source", String(20), nullable=False),
        Column("position", BigInteger, nullable=False),
        Column("type", String(100), nullable=False),
        Column("key", String(64), nullable=False),
        Column("key_sequence", BigInteger, nullable=False),
        Column("recorded_at", BigInteger, nullable=False),
        Column("traceparent", String(64), nullable=False),
        Column("data", LargeBinary, nullable=False),
        Column("state", String(10), nullable=False),
        Column("reason", String(60), nullable=False),
        Column("set_aside_at", BigInteger, nullable=False),
        Index("dead_letter_of_key", "source", "key", "key_sequence"),
        Index("dead_letter_by_age", "set_aside_at", "key", "key_sequence"),
    )


def done_with(connection: Connection, source: str) -> int:
    """Return how many of a source's events need no reading: applied, dead-lettered, or waiting for their turn.

    Sequence numbers have no gaps, so the last number of a key is the number of its applied events. What the source has
    never published does not count: a record that is no event, or one under a number that was taken.
    """
    done = execute(connection, "SELECT COALESCE(SUM(sequence), 0) FROM inbox_key WHERE source = ?", (source,))
    kept = "dead_letter WHERE source = ? AND state IN ('dead', 'waits') AND key_sequence > 0 AND reason <> ?"
    return int(done.fetchone()[0]) + count_rows(connection, kept, (source, CONFLICT))


def dead_lettered(connection: Connection) -> int:
    """Return how many events could not be applied and wait for an operator."""
    return count_of(connection, DEAD_LETTERS)


def has_come(connection: Connection, sources: Sequence[str], key: str) -> bool:
    """Return whether an event with this key was applied from any of these sources."""
    marks = ", ".join("?" * len(sources))
    query = f"SELECT 1 FROM inbox_key WHERE source IN ({marks}) AND key = ? LIMIT 1"  # noqa: S608  marks only
    return execute(connection, query, (*sources, key)).fetchone() is not None


def has_told(connection: Connection, source: str) -> bool:
    """Return whether any event of a source was ever applied."""
    return execute(connection, "SELECT 1 FROM inbox_key WHERE source = ? LIMIT 1", (source,)).fetchone() is not None


def waits(connection: Connection, source: str, key: str) -> bool:
    """Return whether an event of a source with this key could not be applied, or waits for its turn."""
    query = f"SELECT 1 FROM dead_letter WHERE source = ? AND key = ? AND state IN ('{DEAD}', '{WAITS}') LIMIT 1"  # noqa: S608
    return execute(connection, query, (source, key)).fetchone() is not None


def of_unknown_type(connection: Connection, source: str) -> int:
    """Return how many of a source's events wait because only a later release knows their type."""
    return count_rows(
        connection, "dead_letter WHERE source = ? AND state = ? AND reason = ?", (source, WAITS, UNKNOWN_TYPE)
    )
