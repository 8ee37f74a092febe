"""Attendance in the database, as scheduling last told of it, in the current transaction."""

from datetime import date

from sqlalchemy import Connection

from services.evidence.domain.review_requests.absence import Attendance
from services.platform.storage.database import execute

_PUT = (
    "INSERT INTO attendance (record_id, safeguarder_id, word, told_on, version) VALUES (?, ?, ?, ?, ?) "
    "ON CONFLICT (record_id) DO UPDATE SET word = excluded.word, told_on = excluded.told_on, "
    "version = excluded.version"
)


class SqlAttendances:
    """Attendance by the id of the session or of the training owed."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def find(self, record_id: str) -> Attendance | None:
        """Return how somebody took part, or None if nobody told."""
        statement = "SELECT safeguarder_id, word, told_on, version FROM attendance WHERE record_id = ?"
        row = execute(self._connection, statement, (record_id,)).fetchone()
        return Attendance(record_id, row[0], row[1], date.fromisoformat(row[2]), row[3]) if row else None

    def put(self, known: Attendance) -> None:
        """Store how somebody took part, in place of what was known."""
        row = (known.record_id, known.safeguarder_id, known.word, known.told_on.isoformat(), known.version)
        execute(self._connection, _PUT, row)
