"""Commands: the answer kept by request id and the audit row, both in the transaction of the effect."""

import contextvars
import hashlib
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, TypeVar

from google.protobuf.message import Message
from sqlalchemy import BigInteger, Column, Connection, Index, Integer, LargeBinary, MetaData, String, Table, text

from services.platform.calls.identity import Principal
from services.platform.calls.method_rules import MethodPolicy
from services.platform.failpoints import reach
from services.platform.storage.database import Database, execute, to_micros
from services.refusals import Refusal, invalid

M = TypeVar("M", bound=Message)
T = TypeVar("T")

_REQUEST_ID = re.compile(r"[A-Za-z0-9_-]{1,64}")


@dataclass(frozen=True, slots=True)
class Call:
    """The gRPC call that is being served."""

    principal: Principal
    rules: MethodPolicy
    subject: str
    relation: str
    traceparent: str
    for_whom: str = ""
    """The person for whom the caller acts, if they act by a delegation."""

    @property
    def responsible(self) -> str:
        """The person to whom the matter falls: the caller, or the one for whom they act."""
        return self.for_whom or self.principal.person


# gRPC passes a method its request and nothing of ours. The gate sets this in the thread that serves the call.
current_call: contextvars.ContextVar[Call] = contextvars.ContextVar("current_call")


class _NothingKept(Exception):
    """The end of a transaction that only checks. It carries the answer out, and undoes what was written."""

    def __init__(self, answer: Any) -> None:
        super().__init__()
        self.answer = answer


def command_tables(metadata: MetaData) -> tuple[Table, Table]:
    """Declare the tables of answers by request id and of the audit log."""
    answers = Table(
        "request",
        metadata,
        Column("person", String(64), primary_key=True),
        Column("request_id", String(64), primary_key=True),
        Column("body_hash", LargeBinary(32), nullable=False),
        Column("answer", LargeBinary, nullable=False),
        Column("answered_at", BigInteger, nullable=False, index=True),
    )
    audit = Table(
        "audit",
        metadata,
        Column("number", BigInteger().with_variant(Integer, "sqlite"), primary_key=True, autoincrement=True),
        Column("at", BigInteger, nullable=False),
        Column("person", String(64), nullable=False),
        Column("role", String(40), nullable=False),
        Column("method", String(60), nullable=False),
        Column("subject", String(64), nullable=False),
        Column("for_whom", String(64), nullable=True, comment="for whom a delegate acted"),
        Column("relation", String(10), nullable=True, comment="of the caller to the record at that time"),
        Index("ix_audit_subject_number", "subject", "number"),
    )
    return answers, audit


_AUDIT = "INSERT INTO audit (at, person, role, method, subject, for_whom, relation) VALUES (?, ?, ?, ?, ?, ?, ?)"
_CHECKS = "SELECT COUNT(*) FROM audit WHERE subject = ? AND person = ? AND method LIKE ? AND at > ?"
_CHECKED = "check"
"""What an audit row says of a command that was only checked."""
_KEEP = "INSERT INTO request (person, request_id, body_hash, answer, answered_at) VALUES (?, ?, ?, ?, ?)"
_KEPT = "SELECT body_hash, answer FROM request WHERE person = ? AND request_id = ?"


class Notes:
    """Rows of the audit log that say how often the caller has learnt one sort of thing about a record in 24 hours."""

    def __init__(self, connection: Connection, call: Call, what: str, now: datetime) -> None:
        self._connection = connection
        self._call = call
        self._what = what
        self._now = now

    def count(self, subject: str) -> int:
        """Return how often the caller has learnt it about a record."""
        since = to_micros(self._now - timedelta(days=1))
        values = (subject[:64], self._call.principal.person, f"%({self._what})", since)
        return int(execute(self._connection, _CHECKS, values).fetchall()[0][0])

    def add(self, subject: str, *, refused: bool = False) -> None:
        """Note that the caller learns it about a record. `refused`: that they asked, and do not learn it."""
        who = (self._call.principal.person, self._call.principal.role)
        method = f"{self._call.rules.method} ({self._what}{' refused' if refused else ''})"
        execute(self._connection, _AUDIT, (to_micros(self._now), *who, method, subject[:64], None, None))


class Commands:
    """The commands of one service."""

    def __init__(self, database: Database, now: Callable[[], datetime]) -> None:
        self._database = database
        self._now = now

    def run(self, request: Any, answer: type[M], work: Callable[[Connection], M]) -> M:
        """Run `work` at most once for a request id, and return its answer, or the answer of its first run.

        `request` is a message with `request_id` and `validate_only`. With `validate_only` everything is checked, the
        answer shows what the command would do, and nothing is kept.

        A refusal that leaves a trace undoes nothing, so `work` has written nothing else before it.

        Raises:
            Refusal: as `work` raises it; REQUEST_ID_REUSED if the id was used before with another method or body.
        """
        call = current_call.get()
        check_request_id(request.request_id)
        body = _body_hash(call, request) if request.request_id else b""

        def transaction(connection: Connection) -> M | Refusal:
            # Looked up inside the transaction of the effect. There is one writer, so two calls with the same id cannot
            # both find nothing.
            if request.request_id:
                kept = execute(connection, _KEPT, (call.principal.person, request.request_id)).fetchone()
                if kept is not None:
                    return _kept_answer(kept, body, answer)
            result = _answer_or_trace(work, connection)
            if isinstance(result, Refusal):
                return result
            if request.validate_only:  # raised and not returned, because only an exception undoes what `work` wrote
                raise _NothingKept(result)
            now = to_micros(self._now())
            if request.request_id:
                row = (call.principal.person, request.request_id, body, result.SerializeToString(), now)
                execute(connection, _KEEP, row)
            _write_audit(connection, call, now)  # in the same transaction: no effect without its audit row
            return result

        try:
            answered = self._database.write(transaction)
        except _NothingKept as checked:
            return checked.answer  # type: ignore[no-any-return]
        reach("after_commit_before_reply")
        return _answer_or_raise(answered)

    def run_part(self, work: Callable[[Connection], T], *, validate_only: bool = False) -> T:
        """Run `work` for one part of a client's stream, with its audit row.

        No answer is kept: each thing in the part has an id of its own, by which `work` finds a repeat. With
        `validate_only` nothing else is kept either.
        """
        call = current_call.get()

        def transaction(connection: Connection) -> T:
            result = work(connection)
            if validate_only:
                raise _NothingKept(result)
            _write_audit(connection, call, to_micros(self._now()))
            return result

        try:
            return self._database.write(transaction)
        except _NothingKept as checked:
            return checked.answer  # type: ignore[no-any-return]

    def note_checks(self, subjects: Sequence[str], most: int) -> list[bool]:
        """Write an audit row for each record about which the caller has a command checked, before it is answered.

        Return for each whether it is among the first `most` of the caller about that record in 24 hours. The audit log
        has one row for all that are not.
        """
        notes_in = self.notes(_CHECKED)

        def transaction(connection: Connection) -> list[bool]:
            notes = notes_in(connection)
            done: dict[str, int] = {}
            allowed, refused = [], dict[str, None]()
            for subject in subjects:
                if subject not in done:
                    done[subject] = notes.count(subject)
                allowed.append(done[subject] < most)
                done[subject] += allowed[-1]
                if allowed[-1]:
                    notes.add(subject)
                else:
                    refused[subject] = None
            for subject in refused:
                notes.add(subject, refused=True)
            return allowed

        return self._database.write(transaction)

    def notes(self, what: str) -> Callable[[Connection], Notes]:
        """Return what opens the caller's notes of one sort in a transaction, which another thread may run."""
        call, now = current_call.get(), self._now()
        return lambda connection: Notes(connection, call, what, now)

    def note_read(self, call: Call) -> None:
        """Write the audit row of a read. If that fails, the read is refused by the same error."""
        now = to_micros(self._now())
        self._database.write(lambda connection: _write_audit(connection, call, now))

    def forget_answers(self, before: datetime) -> int:
        """Delete the answers given before an instant, and return their number."""
        old = {"before": to_micros(before)}
        statement = text("DELETE FROM request WHERE answered_at < :before")
        return self._database.write(lambda connection: connection.execute(statement, old).rowcount)


def _answer_or_trace(work: Callable[[Connection], M], connection: Connection) -> M | Refusal:
    """Return the answer of `work`, or a refusal whose trace is to be kept. Any other is raised, and undoes all."""
    try:
        return work(connection)
    except Refusal as refusal:
        if refusal.leaves_a_trace:
            return refusal
        raise


def _answer_or_raise(answered: M | Refusal) -> M:
    if isinstance(answered, Refusal):
        raise answered
    return answered


def check_request_id(request_id: str) -> None:
    """Refuse a request id that does not have the form of one. An empty one is allowed here.

    Raises:
        Refusal: INVALID.
    """
    if request_id and not _REQUEST_ID.fullmatch(request_id):
        raise invalid("REQUEST_ID_NOT_VALID", "A request_id is a UUID: letters, digits and hyphens.", "request_id")


def _body_hash(call: Call, request: Any) -> bytes:
    # Requests of two methods can have the same bytes. So the path is part of the hash: closing is not acknowledging.
    return hashlib.sha256(call.rules.path.encode() + b"\n" + request.SerializeToString(deterministic=True)).digest()


def _kept_answer(kept: Any, body: bytes, answer: type[M]) -> M:
    if kept[0] != body:
        raise invalid(
            "REQUEST_ID_REUSED",
            "This request_id was used before with different content. Use a new UUID for a new request.",
            "request_id",
        )
    return answer.FromString(kept[1])


def _write_audit(connection: Connection, call: Call, now: int) -> None:
    who = (call.principal.person, call.principal.role)
    row = (now, *who, call.rules.method, call.subject, call.for_whom or None, call.relation)
    execute(connection, _AUDIT, row)
