"""Session records in the database, in the current transaction. Every version is kept."""

from collections.abc import Iterator, Sequence
from datetime import date, datetime

from pydantic import TypeAdapter
from sqlalchemy import Connection

from services.evidence.adapters.tables import session_record
from services.evidence.domain.sessions.record import RecordState, SessionRecord
from services.evidence.wire import session_records as wire
from services.platform.events.outbox import add_events
from services.platform.storage.database import execute, insert_sql, to_micros
from services.platform.telemetry.traces import traceparent

_RECORD = TypeAdapter(SessionRecord)
_ADD = insert_sql(session_record)
_NOT_NEWEST = "UPDATE session_record SET is_newest = false WHERE session_id = ? AND is_newest"


class SqlSessionRecords:
    """Session records by session and by person."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def find(self, session_id: str, edition: int = 0) -> SessionRecord | None:
        """Return the record of a session, or None. `edition`: an earlier text, in its last version; 0: as it stands."""
        where, values = ("edition = ?", (session_id, edition)) if edition else ("is_newest", (session_id,))
        statement = f"SELECT body FROM session_record WHERE session_id = ? AND {where} ORDER BY version DESC LIMIT 1"  # noqa: S608
        row = execute(self._connection, statement, values).fetchone()
        return _RECORD.validate_json(row[0]) if row else None

    def of(self, safeguarder_id: str) -> list[SessionRecord]:
        """Return a person's records as they stand, latest session first."""
        statement = "SELECT body FROM session_record WHERE safeguarder_id = ? AND is_newest"
        return _latest_first(execute(self._connection, statement, (safeguarder_id,)).fetchall())

    def of_at(self, safeguarder_id: str, instant: datetime) -> list[SessionRecord]:
        """Return a person's records in the version that they had at an instant, latest session first."""
        statement = "SELECT body FROM session_record WHERE safeguarder_id = ? AND recorded_at <= ? ORDER BY version"
        rows = execute(self._connection, statement, (safeguarder_id, to_micros(instant))).fetchall()
        return _latest_first(rows)

    def awaited(self, before: date) -> Iterator[SessionRecord]:
        """Yield shared records whose day to answer was before a day, those that wait longest first.

        Some of them may stand still, so a caller reads on until it has enough.
        """
        statement = (
            "SELECT session_id FROM session_record WHERE is_newest AND state = 'shared' AND answer_due_on < ? "
            "ORDER BY answer_due_on, session_id"
        )
        for (session_id,) in execute(self._connection, statement, (before.isoformat(),)).fetchall():
            record = self.find(session_id)
            if record is not None:
                yield record

    def put(self, record: SessionRecord) -> None:
        """Store a version of a record. Publish it, unless it was never shared."""
        execute(self._connection, _NOT_NEWEST, (record.session_id,))
        due_on = record.answer_due_on.isoformat() if record.answer_due_on else None
        ids = (record.session_id, record.version, record.safeguarder_id, record.edition, record.state.value, due_on)
        row = (*ids, to_micros(record.recorded_at), True, _RECORD.dump_json(record).decode())
        execute(self._connection, _ADD, row)
        if record.was_shared:
            event = (record.safeguarder_id, wire.record_event(record))
            add_events(self._connection, [event], record.recorded_at, traceparent())


def _latest_first(rows: Sequence[tuple[str]]) -> list[SessionRecord]:
    newest = {record.session_id: record for record in (_RECORD.validate_json(body) for (body,) in rows)}
    shown = [record for record in newest.values() if record.was_shared or record.state is RecordState.DRAFTED]
    return sorted(shown, key=lambda record: (record.held_on, record.session_id), reverse=True)
