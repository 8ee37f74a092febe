"""Development plans in the database, in the current transaction. Every version of every part is kept."""

from datetime import datetime
from typing import Any, TypeVar

from pydantic import TypeAdapter
from sqlalchemy import Connection

from services.evidence.adapters.tables import plan_part
from services.evidence.domain.plans.action import Action
from services.evidence.domain.plans.need import Need
from services.evidence.domain.plans.strength import Strength
from services.evidence.domain.plans.support import Support
from services.evidence.wire.plans import events as wire
from services.platform.events.outbox import add_events
from services.platform.storage.database import execute, insert_sql, to_micros
from services.platform.telemetry.traces import traceparent

P = TypeVar("P", Strength, Need, Action, Support)
_KINDS: dict[type[Any], tuple[str, TypeAdapter[Any]]] = {
    kind: (kind.__name__.lower(), TypeAdapter(kind)) for kind in (Strength, Need, Action, Support)
}
_ADD = insert_sql(plan_part)
_OF_AT = (
    "SELECT body FROM plan_part AS part WHERE safeguarder_id = ? AND kind = ? AND version = "
    "(SELECT MAX(version) FROM plan_part AS before WHERE before.part_id = part.part_id AND before.recorded_at <= ?)"
)
_NOT_NEWEST = "UPDATE plan_part SET is_newest = false WHERE part_id = ? AND is_newest"


class SqlDevelopmentPlans:
    """Strengths, needs, actions and supports, by id and by person."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def find(self, kind: type[P], part_id: str) -> P | None:
        """Return a part as it stands, or None."""
        word, body = _KINDS[kind]
        statement = "SELECT body FROM plan_part WHERE part_id = ? AND kind = ? AND is_newest"
        row = execute(self._connection, statement, (part_id, word)).fetchone()
        return body.validate_json(row[0]) if row else None

    def of(self, kind: type[P], safeguarder_id: str) -> list[P]:
        """Return a person's parts of one kind as they stand, in no order."""
        word, body = _KINDS[kind]
        statement = "SELECT body FROM plan_part WHERE safeguarder_id = ? AND kind = ? AND is_newest"
        rows = execute(self._connection, statement, (safeguarder_id, word))
        return [body.validate_json(text) for (text,) in rows]

    def of_at(self, kind: type[P], safeguarder_id: str, instant: datetime) -> list[P]:
        """Return a person's parts of one kind in the version that each had at an instant, in no order."""
        word, body = _KINDS[kind]
        rows = execute(self._connection, _OF_AT, (safeguarder_id, word, to_micros(instant))).fetchall()
        return [body.validate_json(text) for (text,) in rows]

    def put(self, part: Strength | Need | Action | Support) -> None:
        """Store a version of a part. Publish it if it is an action or a support."""
        word, body = _KINDS[type(part)]
        execute(self._connection, _NOT_NEWEST, (part.part_id,))
        ids = (part.part_id, part.version, part.safeguarder_id, word)
        execute(self._connection, _ADD, (*ids, to_micros(part.recorded_at), True, body.dump_json(part).decode()))
        if isinstance(part, Action):
            self._publish(part, wire.action_event(part))
        elif isinstance(part, Support):
            self._publish(part, wire.support_event(part))

    def _publish(self, part: Action | Support, event: Any) -> None:
        add_events(self._connection, [(part.safeguarder_id, event)], part.recorded_at, traceparent())
