"""Recorded decisions of Ministers and their corrections in the database, in the current transaction."""

import orjson
from pydantic import TypeAdapter
from sqlalchemy import Connection

from services.evidence.adapters.tables import decision_correction
from services.evidence.domain.decisions.correction import Correction, RecordedDecision
from services.evidence.domain.safeguarder import Decision, Safeguarder
from services.evidence.wire.decisions import correction_event
from services.platform.events.outbox import add_events
from services.platform.storage.database import execute, insert_sql
from services.platform.telemetry.traces import traceparent

_DECISION, _CORRECTION = TypeAdapter(Decision), TypeAdapter(Correction)
_DECISIONS = "SELECT version, body FROM ministerial_decision WHERE safeguarder_id = ? ORDER BY version"
_CORRECTIONS = "SELECT decision, body FROM decision_correction WHERE safeguarder_id = ? ORDER BY decision, number"
_PUT = (
    f"{insert_sql(decision_correction)} ON CONFLICT (safeguarder_id, decision, number) "
    "DO UPDATE SET body = excluded.body"
)
_FOLLOW = "UPDATE safeguarder SET state = ?, terms = ?, version = ? WHERE safeguarder_id = ?"


class SqlDecisions:
    """Decisions of Ministers as they were recorded, with their corrections."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def of(self, safeguarder_id: str) -> list[RecordedDecision]:
        """Return what is recorded of the decisions about a person, in the order in which they were recorded."""
        corrections: dict[int, list[Correction]] = {}
        for number, body in execute(self._connection, _CORRECTIONS, (safeguarder_id,)):
            corrections.setdefault(number, []).append(_CORRECTION.validate_json(body))
        return [
            RecordedDecision(safeguarder_id, number, _DECISION.validate_json(body), tuple(corrections.get(number, ())))
            for number, body in execute(self._connection, _DECISIONS, (safeguarder_id,)).fetchall()
        ]

    def put(self, known: RecordedDecision, entry: Safeguarder) -> None:
        """Store the last correction of a decision, and publish it. `entry`: the register as it stands with it."""
        last = known.corrections[-1]
        number = len(known.corrections)
        body = _CORRECTION.dump_json(last).decode()
        execute(self._connection, _PUT, (known.safeguarder_id, known.number, number, body))
        event = (known.safeguarder_id, correction_event(known, entry))
        add_events(self._connection, [event], last.answered_at or last.entered_at, traceparent())

    def follow(self, entry: Safeguarder) -> None:
        """Store the entry of the register after a correction."""
        terms = orjson.dumps(entry.terms).decode()
        execute(self._connection, _FOLLOW, (entry.state.value, terms, entry.version, entry.safeguarder_id))
