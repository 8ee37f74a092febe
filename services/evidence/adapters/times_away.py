"""Times away in the database, in the current transaction. Every version is kept."""

import orjson
from pydantic import TypeAdapter
from sqlalchemy import Connection

from services.evidence.adapters.tables import time_away
from services.evidence.domain.time_away import TimeAway, days_not_counted
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
        newest = {found.time_away_id: found for found in self.versions_of(safeguarder_id)}
        return sorted(newest.values(), key=lambda away: (away.starts_on, away.time_away_id), reverse=True)

    def versions_of(self, safeguarder_id: str) -> list[TimeAway]:
        """Return every version of a person's times away, the newest of each last."""
        statement = "SELECT body FROM time_away WHERE safeguarder_id = ? ORDER BY version"
        return [_TIME_AWAY.validate_json(body) for (body,) in execute(self._connection, statement, (safeguarder_id,))]

    def people(self) -> list[str]:
        """Return the ids of those who were ever away."""
        statement = "SELECT DISTINCT safeguarder_id FROM time_away ORDER BY safeguarder_id"
        return [safeguarder_id for (safeguarder_id,) in execute(self._connection, statement, ())]

    def record(self, away: TimeAway) -> None:
        """Store a version of a time away, and publish it."""
        body = orjson.dumps(away).decode()
        row = (away.time_away_id, away.version, away.safeguarder_id, to_micros(away.recorded_at), body)
        execute(self._connection, _ADD, row)
        versions = [known for known in self.versions_of(away.safeguarder_id) if known.time_away_id == away.time_away_id]
        event = (away.safeguarder_id, wire.time_away_event(away, days_not_counted(versions)))
        add_events(self._connection, [event], away.recorded_at, traceparent())
