"""What an evaluation stores, in the current transaction: its decision record, and what it does to concerns."""

import zlib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection

from services.platform.storage.database import execute, from_micros, insert_sql
from services.rules.adapters.store import tables
from services.rules.adapters.store.concerns import SqlConcerns, concern_row
from services.rules.adapters.store.kpis import SqlKpis
from services.rules.domain.concerns.concern import Concern, EvaluationId
from services.rules.domain.evaluation.compact_record import restored
from services.rules.domain.evaluation.decision_record import DecisionRecord
from services.rules.domain.evaluation.same_record import KeptRecord
from services.rules.domain.kpis.facts import ConcernFact
from services.rules.wire.concerns import concern_event

_ADD_CONCERN = insert_sql(tables.concern)
_ADD_RECORD = insert_sql(tables.evaluation)
_LAST = (
    "SELECT number, sha256, essence, CASE WHEN same_as = '' THEN evaluation_id ELSE same_as END, inputs "
    "FROM evaluation WHERE safeguarder_id = ? ORDER BY number DESC LIMIT 1"
)
PLAIN_OF = "e.record, e.packed, eb.record, eb.packed, w.record, w.packed, wb.record, wb.packed"
"""What `plain_records` needs of a record, its whole one, and the records on which the two stand."""
WITH_WHOLE = (
    "evaluation e LEFT JOIN evaluation eb ON eb.evaluation_id = e.stands_on AND e.stands_on <> '' "
    "LEFT JOIN evaluation w ON w.evaluation_id = e.same_as AND e.same_as <> '' "
    "LEFT JOIN evaluation wb ON wb.evaluation_id = w.stands_on AND w.stands_on <> ''"
)
_RECORD = (
    f"SELECT e.sha256, e.same_as, w.sha256, {PLAIN_OF} FROM {WITH_WHOLE} "  # noqa: S608
    "WHERE e.evaluation_id = ? AND e.safeguarder_id = ?"
)
COMPRESSION = 4
"""A record of 47 KB becomes one of 4.9 KB. zlib's own level, 6, makes it 5 % smaller in twice the time."""

PLAIN = 500
"""Bytes up to which a record is not compressed: a line that only names another one."""


@dataclass(frozen=True, slots=True)
class LastRecord:
    """What the next record of a person needs of the last one. `whole_id`: the last record that is whole."""

    number: int = 0
    sha256: str = ""
    essence: str = ""
    whole_id: str = ""
    inputs: str = ""
    """Hash of what the record follows from; empty in one of a release before."""


class SqlEvaluations(SqlConcerns):
    """Decision records, and concerns as evaluations raise and update them."""

    def __init__(self, connection: Connection, now: datetime, evidence_recorded_at: int = 0) -> None:
        """`evidence_recorded_at`: when the evidence behind this evaluation was recorded, in microseconds; 0 if none."""
        super().__init__(connection)
        self._now = now
        self._evidence_recorded_at = from_micros(evidence_recorded_at) if evidence_recorded_at else None

    def last_record(self, safeguarder_id: str) -> LastRecord:
        """Return a person's latest decision record in short; an empty one if there is none."""
        row = execute(self._connection, _LAST, (safeguarder_id,)).fetchone()
        return LastRecord(*row) if row else LastRecord()

    def keep_record(self, evaluation_id: EvaluationId, safeguarder_id: str, record: DecisionRecord) -> None:
        """Store the decision record of an evaluation, compressed unless it is a line."""
        number = self.last_record(safeguarder_id).number + 1
        packed = not record.same_as or len(record.content) > PLAIN
        content = zlib.compress(record.content, COMPRESSION) if packed else record.content
        kept = (record.sha256, content, record.same_as, record.essence, packed, record.inputs, "")
        execute(self._connection, _ADD_RECORD, (evaluation_id, safeguarder_id, number, *kept))

    def whole_record(self, safeguarder_id: str, evaluation_id: str) -> bytes:
        """Return a person's whole record by its id. Raises LookupError if there is none."""
        found = kept_record(self._connection, safeguarder_id, evaluation_id)
        if found is None:
            raise LookupError(f"evaluation {evaluation_id} is not there")
        return found.whole

    def add(self, concern: Concern) -> None:
        """Store a new concern, and publish that it was raised."""
        row = concern_row(concern)
        execute(self._connection, _ADD_CONCERN, row)
        self._store_version(row, self._now)
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


def unpacked(record: bytes, packed: bool) -> bytes:
    """Return a decision record from what is stored. Records of earlier releases are not packed."""
    return zlib.decompress(record) if packed else bytes(record)


def plain_records(stored: Sequence[Any]) -> tuple[bytes, bytes]:
    """Return a record and its whole one, from the columns of `PLAIN_OF`. Empty for what is not there."""
    return _plain(*stored[:4]), _plain(*stored[4:])


def _plain(record: bytes | None, packed: bool, base: bytes | None, base_packed: bool) -> bytes:
    if record is None:
        return b""
    content = unpacked(record, packed)
    return content if base is None else restored(unpacked(base, base_packed), content)


def kept_record(connection: Connection, safeguarder_id: str, evaluation_id: str) -> KeptRecord | None:
    """Return a decision record; None if that person has none of this id."""
    row = execute(connection, _RECORD, (evaluation_id, safeguarder_id)).fetchone()
    if row is None:
        return None
    sha256, same_as, whole_sha256, *stored = row
    content, whole = plain_records(stored)
    if not same_as:
        return KeptRecord(content, sha256, "", content, sha256)
    return KeptRecord(content, sha256, same_as, whole, whole_sha256)
