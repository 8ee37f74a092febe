"""Training events in the database, in the current transaction."""

from pydantic import TypeAdapter
from sqlalchemy import Connection

from services.platform.storage.database import execute
from services.scheduling.domain.identifiers import TrainingEventId
from services.scheduling.domain.obligations.trainings import TrainingEvent

_EVENT = TypeAdapter(TrainingEvent)
_PUT = (
    "INSERT INTO training_event (training_event_id, body) VALUES (?, ?) "
    "ON CONFLICT (training_event_id) DO UPDATE SET body = excluded.body"
)
_FIND = "SELECT body FROM training_event WHERE training_event_id = ?"


class SqlTrainings:
    """All training events that were recorded. There are a few in a year."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def find(self, event_id: TrainingEventId) -> TrainingEvent | None:
        """Return the event with this id, or None."""
        row = execute(self._connection, _FIND, (event_id,)).fetchone()
        return _EVENT.validate_json(row[0]) if row else None

    def all(self) -> tuple[TrainingEvent, ...]:
        """Return every event, in order of id."""
        rows = execute(self._connection, "SELECT body FROM training_event ORDER BY training_event_id")
        return tuple(_EVENT.validate_json(body) for (body,) in rows)

    def put(self, event: TrainingEvent) -> None:
        """Store an event, or replace the one with its id."""
        execute(self._connection, _PUT, (event.training_event_id, _EVENT.dump_json(event).decode()))
