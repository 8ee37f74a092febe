"""Times away in the database, in the current transaction. Every version is kept."""

import orjson
from pydantic import TypeAdapter
from sqlalchemy import Connection

from services.evidence.adapters.tables import time_away
from services.evidence.domain.time_away import TimeAway
from services.evidence.wire import times_away as wire
from services.platform.events.outbox import add_events
from services.platform.storage.database import execute, insert_sql, to_micros
from services.platform.telemetry.traces import traceparent

_ADD = insert_sql(time_away)
_TIME_AWAY = TypeAdapter(TimeAway)


class SqlTimesAway:
    """Times away by person."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def of(self, safeguarder_id: str) -> list[TimeAway]:
        """Return a person's times away as they were last recorded, latest first."""
        statement = "SELECT body FROM time_away WHERE safeguarder_id = ? ORDER BY version"
        rows = execute(self._connection, statement, (safeguarder_id,)).fetchall()
        newest = {found.time_away_id: found for found in map(_TIME_AWAY.validate_json, (body for (body,) in rows))}
        return sorted(newest.values(), key=lambda away: (away.starts_on, away.time_away_id), reverse=True)

    def record(self, away: TimeAway) -> None:
        """Store a version of a time away, and publish it."""
        body = orjson.dumps(away).decode()
        row = (away.time_away_id, away.version, away.safeguarder_id, to_micros(away.recorded_at), body)
        execute(self._connection, _ADD, row)
        event = (away.safeguarder_id, wire.time_away_event(away))
        add_events(self._connection, [event], away.recorded_at, traceparent())
