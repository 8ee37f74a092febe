"""Commands: the answer kept by request id and the audit row, both in the transaction of the effect."""

import contextlib
import contextvars
import hashlib
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, TypeVar

from google.protobuf.message import Message
from sqlalchemy import BigInteger, Column, Connection, LargeBinary, MetaData, String, Table, text

from services.platform.audit.chain import Entry
from services.platform.audit.log import AuditLog, audit_tables
from services.platform.audit.people import people_in
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


def command_tables(metadata: MetaData) -> None:
    """Declare the tables of answers by request id and of the audit log."""
    Table(
        "request",
        metadata,
        Column("person", String(64), primary_key=True),
        Column("request_id", String(64), primary_key=True),
        Column("body_hash", LargeBinary(32), nullable=False),
        Column("answer", LargeBinary, nullable=False),
        Column("answered_at", BigInteger, nullable=False, index=True),
    )
    audit_tables(metadata)


_CHECKS = "SELECT COUNT(*) FROM audit WHERE subject = ? AND person = ? AND method LIKE ? AND at > ?"
_CHECKED = "check"
"""What an audit row says of a system's command that was only checked, of which a system has a few in a day."""
TRIAL = "trial"
"""What it says of a command that was tried with `validate_only`: it answered the record, and changed nothing."""
REPEAT = "repeat"
"""What it says of a command that was answered as at its first run."""
DENIED = "denied"
"""What it says of a call that the caller may not make."""
REFUSED = "refused"
"""What it says of a call that was allowed and not carried out."""
_KEEP = "INSERT INTO request (person, request_id, body_hash, answer, answered_at) VALUES (?, ?, ?, ?, ?)"
_KEPT = "SELECT body_hash, answer FROM request WHERE person = ? AND request_id = ?"


class Notes:
    """Rows of the audit log that say how often the caller has learnt one sort of thing about a record in 24 hours."""

    def __init__(self, log: AuditLog, connection: Connection, call: Call, what: str, now: datetime) -> None:
        self._log = log
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
        self._log.add(self._connection, Entry(to_micros(self._now), *who, method, subject[:64]))


class Commands:
    """The commands of one service."""

    def __init__(self, database: Database, now: Callable[[], datetime], log: AuditLog) -> None:
        self._database = database
        self._now = now
        self._log = log

    def run(self, request: Any, answer: type[M], work: Callable[[Connection], M]) -> M:
        """Run `work` at most once for a request id, and return its answer, or the answer of its first run.

        `request` is a message with `request_id` and `validate_only`. With `validate_only` everything is checked, the
        answer shows what the command would do, and nothing is kept but that it was tried.

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
                    before = _kept_answer(kept, body, answer)
                    self._write(connection, call, (request, before), REPEAT)
                    return before
            result = _tried(work, connection) if request.validate_only else _answer_or_trace(work, connection)
            if isinstance(result, Refusal):
                return result
            if request.request_id and not request.validate_only:
                row = (call.principal.person, request.request_id, body, result.SerializeToString())
                execute(connection, _KEEP, (*row, to_micros(self._now())))
            # In the same transaction: no effect without its audit row.
            self._write(connection, call, (request, result), TRIAL if request.validate_only else "")
            return result

        answered = self._database.write(transaction)
        reach("after_commit_before_reply")
        return _answer_or_raise(answered)

    def run_part(self, part: Any, work: Callable[[Connection], T]) -> T:
        """Run `work` for one part of a client's stream, with its audit row.

        No answer is kept: each thing in the part has an id of its own, by which `work` finds a repeat. With
        `validate_only` nothing else is kept either.
        """
        call = current_call.get()

        def transaction(connection: Connection) -> T:
            result = _undone(work, connection) if part.validate_only else work(connection)
            self._write(connection, call, (part,), TRIAL if part.validate_only else "")
            return result

        return self._database.write(transaction)

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
        return lambda connection: Notes(self._log, connection, call, what, now)

    def note_read(self, call: Call, people: Sequence[str] = ()) -> None:
        """Write the audit row of a read, before it is answered. If that fails, the read is refused by the same error.

        `people`: whom the answer is about, if the call itself is about no one person.
        """
        entry = self._entry(call, people=people)
        self._database.write(lambda connection: self._log.add(connection, entry))

    def note_refusal(self, call: Call, mark: str) -> None:
        """Write the audit row of a call that was not answered: who tried what at whose file, and nothing of the input.

        If that fails, the caller still learns why the call was not answered. Nothing was told that needs a row.
        """
        entry = self._entry(call, mark)
        with contextlib.suppress(Exception):
            self._database.write(lambda connection: self._log.add(connection, entry))

    def people_of(self, call: Call, messages: Sequence[Message]) -> list[str]:
        """Return whom messages are about, if the call itself is about no one person."""
        return [] if call.subject else people_in(messages, self._log.collection)

    def _write(self, connection: Connection, call: Call, messages: Sequence[Message], mark: str) -> None:
        self._log.add(connection, self._entry(call, mark, self.people_of(call, messages)))

    def _entry(self, call: Call, mark: str = "", people: Sequence[str] = ()) -> Entry:
        method = f"{call.rules.method} ({mark})" if mark else call.rules.method
        who = (call.principal.person, call.principal.role)
        whom = (call.subject, call.for_whom or None, call.relation, " ".join(people) or None)
        return Entry(to_micros(self._now()), *who, method, *whom)

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


def _tried(work: Callable[[Connection], M], connection: Connection) -> M | Refusal:
    """Return what `work` would answer, with its writing undone. What a refusal leaves as its trace is not undone."""
    execute(connection, "SAVEPOINT trial")
    result = _answer_or_trace(work, connection)
    if not isinstance(result, Refusal):
        execute(connection, "ROLLBACK TO trial")
    execute(connection, "RELEASE trial")
    return result


def _undone(work: Callable[[Connection], T], connection: Connection) -> T:
    """Return what `work` would return, with its writing undone."""
    execute(connection, "SAVEPOINT trial")
    result = work(connection)
    execute(connection, "ROLLBACK TO trial")
    execute(connection, "RELEASE trial")
    return result


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
