"""What other services told about a person, and what of it could not be read, in the current transaction."""

from datetime import datetime

from sqlalchemy import Connection

from services.evidence.domain.personal_file.sources import Source, SourceState
from services.platform.events.inbox_tables import has_told, waits
from services.platform.storage.database import execute, from_micros, to_micros

_NOTE = (
    "INSERT INTO told (safeguarder_id, source, recorded_at) VALUES (?, ?, ?) "
    "ON CONFLICT (safeguarder_id, source) DO UPDATE SET recorded_at = "
    "CASE WHEN excluded.recorded_at > told.recorded_at THEN excluded.recorded_at ELSE told.recorded_at END"
)


class SqlTold:
    """When each service last told something about a person."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def note(self, source: str, safeguarder_id: str, at: datetime) -> None:
        """Store that a source told something about a person, and when it recorded it."""
        execute(self._connection, _NOTE, (safeguarder_id, source, to_micros(at)))

    def source(self, name: str, safeguarder_id: str) -> Source:
        """Return what is known of what a source tells about a person."""
        statement = "SELECT recorded_at FROM told WHERE safeguarder_id = ? AND source = ?"
        row = execute(self._connection, statement, (safeguarder_id, name)).fetchone()
        known_at = from_micros(row[0]) if row else None
        if not has_told(self._connection, name):
            return Source(name, SourceState.NEVER_TOLD, known_at)
        is_waiting = waits(self._connection, name, safeguarder_id)
        return Source(name, SourceState.WAITS if is_waiting else SourceState.KNOWN, known_at)
