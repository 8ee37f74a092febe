"""How far a reader has come, key by key, and whether its source has published the same events (F2).

Numbers of events agree also where a database went back and its numbers were used for other events. An id is random and
used once. So a key whose last event has the same number and the same id on both sides has one history.
"""

from collections.abc import Sequence

from psmf.platform.v1 import events_pb2 as pb
from sqlalchemy import Connection

from services.platform.events.inbox_tables import CURRENT
from services.platform.storage.database import count_rows, execute

_PLACES = (
    "SELECT key, sequence, CASE WHEN event_sequence = sequence THEN event_id ELSE '' END FROM inbox_key "
    "WHERE source = ? AND key > ? ORDER BY key LIMIT ?"
)
_ORIGIN = "SELECT origin FROM inbox_origin WHERE source = ? AND state = ?"
_POSITION = "SELECT position FROM inbox_position WHERE source = ?"
_PUBLISHED = "SELECT event_id FROM outbox WHERE key = ? AND key_sequence = ?"


def places(connection: Connection, source: str, after_key: str, most: int) -> list[pb.Place]:
    """Return the last event of each key of a source that was applied, in the order of the keys."""
    rows = execute(connection, _PLACES, (source, after_key, most)).fetchall()
    return [pb.Place(key=key, sequence=sequence, event_id=event_id) for key, sequence, event_id in rows]


def origin_read(connection: Connection, source: str) -> str:
    """Return the name of the source's database that is read; empty if none is."""
    row = execute(connection, _ORIGIN, (source, CURRENT)).fetchone()
    return str(row[0]) if row else ""


def position_read(connection: Connection, source: str) -> int:
    """Return the position in the source's outbox up to which every event was read."""
    row = execute(connection, _POSITION, (source,)).fetchone()
    return int(row[0]) if row else 0


def differing(connection: Connection, found: Sequence[pb.Place]) -> list[pb.Place]:
    """Return the places of a reader whose event the outbox does not have, or has under another id."""
    return [place for place in found if not _is_published(connection, place)]


def unread(connection: Connection, position: int) -> int:
    """Return how many events stand after a position."""
    return count_rows(connection, "outbox WHERE position > ?", (position,))


def _is_published(connection: Connection, place: pb.Place) -> bool:
    row = execute(connection, _PUBLISHED, (place.key, place.sequence)).fetchone()
    return row is not None and place.event_id in ("", row[0])
