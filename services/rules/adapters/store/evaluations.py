"""What an evaluation stores, in the current transaction: its decision record, and what it does to concerns."""

from datetime import datetime

from sqlalchemy import Connection

from services.platform.storage.database import execute, from_micros, insert_sql
from services.rules.adapters.store import tables
from services.rules.adapters.store.concerns import SqlConcerns, concern_row
from services.rules.adapters.store.kpis import SqlKpis
from services.rules.domain.concerns.concern import Concern, EvaluationId
from services.rules.domain.evaluation.decision_record import DecisionRecord
from services.rules.domain.kpis.facts import ConcernFact
from services.rules.wire.concerns import concern_event

_ADD_CONCERN = insert_sql(tables.concern)
_ADD_RECORD = insert_sql(tables.evaluation)
_LAST = "SELECT number, sha256 FROM evaluation WHERE safeguarder_id = ? ORDER BY number DESC LIMIT 1"
_RECORD = "SELECT record, sha256 FROM evaluation WHERE evaluation_id = ? AND safeguarder_id = ?"


class SqlEvaluations(SqlConcerns):
    """Decision records, and concerns as evaluations raise and update them."""

    def __init__(self, connection: Connection, now: datetime, evidence_recorded_at: int = 0) -> None:
        """`evidence_recorded_at`: when the evidence behind this evaluation was recorded, in microseconds; 0 if none."""
        super().__init__(connection)
        self._now = now
        self._evidence_recorded_at = from_micros(evidence_recorded_at) if evidence_recorded_at else None

    def last_record_hash(self, safeguarder_id: str) -> str:
        """Return the hash of a person's latest decision record; empty if there is none."""
        row = execute(self._connection, _LAST, (safeguarder_id,)).fetchone()
        return str(row[1]) if row else ""

    def keep_record(self, evaluation_id: EvaluationId, safeguarder_id: str, record: DecisionRecord) -> None:
        """Store the decision record of an evaluation."""
        last = execute(self._connection, _LAST, (safeguarder_id,)).fetchone()
        number = last[0] + 1 if last else 1
        execute(self._connection, _ADD_RECORD, (evaluation_id, safeguarder_id, number, record.sha256, record.content))

    def add(self, concern: Concern) -> None:
        """Store a new concern, and publish that it was raised."""
        execute(self._connection, _ADD_CONCERN, concern_row(concern))
        self._store_version(concern, self._now)
        ids = (concern.concern_id, concern.safeguarder_id)
        fact = ConcernFact(*ids, concern.answer.lane, concern.raised_at, self._evidence_recorded_at)
        SqlKpis(self._connection).remember(concern.concern_id, fact)
        self._publish_change(concern, "raised", concern.quiet)

    def change(self, concern: Concern, what: str, *, quiet: bool = False) -> None:
        """Store a change that rules made, and publish it as `updated` or `closing_proposed`.

        `quiet`: only a change of the rulebook caused it.
        """
        self._store(concern, self._now)
        self._publish_change(concern, what, quiet)

    def _publish_change(self, concern: Concern, what: str, quiet: bool) -> None:
        self._publish(concern, concern_event(concern, what, self._evidence_recorded_at, quiet), self._now)


def kept_record(connection: Connection, safeguarder_id: str, evaluation_id: str) -> tuple[bytes, str] | None:
    """Return a decision record and its hash; None if that person has none of this id."""
    row = execute(connection, _RECORD, (evaluation_id, safeguarder_id)).fetchone()
    return (row[0], row[1]) if row else None
