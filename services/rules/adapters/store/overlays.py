"""Overlays in the database, as evidence tells of them, in the current transaction. The newest version holds."""

from pydantic import TypeAdapter
from sqlalchemy import Connection

from services.platform.storage.database import execute
from services.rules.domain.concerns.overlays.followed import OverlayFact

_FACT = TypeAdapter(OverlayFact)
_PUT = (
    "INSERT INTO overlay (overlay_id, safeguarder_id, version, body) VALUES (?, ?, ?, ?) "
    "ON CONFLICT (overlay_id) DO UPDATE SET version = excluded.version, body = excluded.body "
    "WHERE overlay.version < excluded.version"
)
_OF_PERSON = "SELECT body FROM overlay WHERE safeguarder_id = ? ORDER BY overlay_id"


def overlays_of(connection: Connection, safeguarder_id: str) -> tuple[OverlayFact, ...]:
    """Return the newest version of every overlay of a person."""
    rows = execute(connection, _OF_PERSON, (safeguarder_id,)).fetchall()
    return tuple(_FACT.validate_json(body) for (body,) in rows)


class SqlOverlays:
    """Overlays by person."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def remember(self, said: OverlayFact) -> None:
        """Store a version of an overlay, unless a later one is stored already."""
        values = (said.overlay_id, said.safeguarder_id, said.version, _FACT.dump_json(said).decode())
        execute(self._connection, _PUT, values)

    def of(self, safeguarder_id: str) -> tuple[OverlayFact, ...]:
        """Return the newest version of every overlay of a person."""
        return overlays_of(self._connection, safeguarder_id)
