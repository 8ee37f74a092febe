"""Facts, evaluation requests and decision records in the database, in the transaction at hand."""

import functools
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from pydantic import TypeAdapter
from sqlalchemy import Connection, select

from services.platform.calls import relations
from services.platform.storage.database import execute, execute_many, insert_sql, to_micros
from services.platform.telemetry.traces import traceparent
from services.rules.adapters.store import tables
from services.rules.adapters.store.overrides import overrides_of
from services.rules.domain.facts import CaseFile, ConcernKey, EvidenceFact, PersonFact

_FACT = TypeAdapter(EvidenceFact)
_ADD_PERSON = insert_sql(tables.person) + (
    " ON CONFLICT (safeguarder_id) DO UPDATE SET appointed_on = excluded.appointed_on, "
    "term_starts_on = excluded.term_starts_on, term_ends_on = excluded.term_ends_on, serving = excluded.serving"
)
_ADD_FACT = insert_sql(tables.fact) + " ON CONFLICT DO NOTHING"
_PERSON = "SELECT appointed_on, term_starts_on, term_ends_on, serving FROM person WHERE safeguarder_id = ?"
_REQUEST = "safeguarder_id, number, tries, traceparent, evidence_recorded_at, instead_of"
_DUE = "FROM evaluation_request WHERE not_before <= ? AND (claimed_by = ? OR claimed_until <= ?)"
_CLAIM = (
    "UPDATE evaluation_request SET claimed_by = ?, claimed_until = ? WHERE safeguarder_id IN "  # noqa: S608
    f"(SELECT safeguarder_id {_DUE} ORDER BY safeguarder_id LIMIT ?) RETURNING {_REQUEST}"
)
_NEXT = f"SELECT {_REQUEST} {_DUE} ORDER BY safeguarder_id LIMIT ?"
_CLAIMED_BY = "SELECT claimed_by FROM evaluation_request WHERE safeguarder_id = ?"
_FACTS = "SELECT body FROM fact WHERE safeguarder_id = ? ORDER BY evidence_id, version"
_NOT_EVALUATED = "SELECT evidence_id, version FROM fact WHERE safeguarder_id = ? AND NOT evaluated"
_OPEN = "SELECT rule, subject, as_of FROM concern WHERE safeguarder_id = ? AND is_open"
_ASK = (
    "INSERT INTO evaluation_request "
    "(safeguarder_id, number, tries, not_before, traceparent, evidence_recorded_at, claimed_by, claimed_until, "
    "instead_of) VALUES (?, 1, 0, 0, ?, ?, '', 0, ?) ON CONFLICT (safeguarder_id) DO UPDATE "
    "SET number = evaluation_request.number + 1, tries = 0, not_before = 0, traceparent = excluded.traceparent, "
    "evidence_recorded_at = CASE WHEN evaluation_request.evidence_recorded_at = 0 "
    "THEN excluded.evidence_recorded_at ELSE evaluation_request.evidence_recorded_at END, "
    "instead_of = CASE WHEN evaluation_request.instead_of = '' "
    "THEN excluded.instead_of ELSE evaluation_request.instead_of END"
)


@functools.lru_cache(maxsize=50_000)
def read_fact(body: str) -> EvidenceFact:
    """A fact from its JSON. Parsed once for each text: a version of an item never changes."""
    return _FACT.validate_json(body)


@dataclass(frozen=True, slots=True)
class Request:
    """That a person is to be evaluated."""

    safeguarder_id: str
    number: int
    tries: int
    traceparent: str
    evidence_recorded_at: int = 0
    """When the earliest evidence that waits was recorded (microseconds); 0 when none set it off."""
    instead_of: str = ""
    """Rulebook of the evaluation before, where another has come into force since; else empty."""


class SqlFacts:
    """What is known of people."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def case_file(self, safeguarder_id: str) -> CaseFile | None:
        """All that an evaluation looks at, None for someone never appointed."""
        row = execute(self._connection, _PERSON, (safeguarder_id,)).fetchone()
        if row is None:
            return None
        person = PersonFact(
            safeguarder_id,
            date.fromisoformat(row[0]),
            date.fromisoformat(row[1]),
            date.fromisoformat(row[2]),
            bool(row[3]),
        )
        facts = execute(self._connection, _FACTS, (safeguarder_id,)).fetchall()
        still_open = execute(self._connection, _OPEN, (safeguarder_id,))
        aside = overrides_of(self._connection, safeguarder_id)
        concerns = {ConcernKey(rule, subject): date.fromisoformat(day) for rule, subject, day in still_open}
        return CaseFile(person, tuple(read_fact(body) for (body,) in facts), concerns, aside)

    def remember_person(self, person: PersonFact) -> None:
        """Keep a person's membership as it now stands."""
        row = (
            person.safeguarder_id,
            person.appointed_on.isoformat(),
            person.term_starts_on.isoformat(),
            person.term_ends_on.isoformat(),
            person.serving,
        )
        execute(self._connection, _ADD_PERSON, row)

    def end_membership(self, safeguarder_id: str) -> None:
        """Keep that a person no longer serves."""
        execute(self._connection, "UPDATE person SET serving = false WHERE safeguarder_id = ?", (safeguarder_id,))
        relations.end_allocation(self._connection, safeguarder_id)

    def remember_fact(self, safeguarder_id: str, fact: EvidenceFact, origin: str) -> None:
        """Keep one version of one item. A version kept before stays as it is."""
        body = _FACT.dump_json(fact).decode()
        row = (fact.evidence_id, fact.version, safeguarder_id, origin, False, body)
        execute(self._connection, _ADD_FACT, row)

    def ask_for_evaluation(
        self, safeguarder_id: str, evidence_recorded_at: datetime | None = None, instead_of: str = ""
    ) -> None:
        """Have a person evaluated: a row that only a finished evaluation removes.

        `evidence_recorded_at`: when the evidence that sets it off was recorded, to know how long it took.
        `instead_of`: the rulebook that was in force until now, when a change of it sets it off.
        """
        since = to_micros(evidence_recorded_at) if evidence_recorded_at else 0
        execute(self._connection, _ASK, (safeguarder_id, traceparent(), since, instead_of))

    def everyone(self) -> Sequence[str]:
        """Ids of everyone serving."""
        query = select(tables.person.c.safeguarder_id).where(tables.person.c.serving)
        return list(self._connection.execute(query.order_by(tables.person.c.safeguarder_id)).scalars())

    def due(self, now: int, copy_name: str, most: int) -> list[Request]:
        """Some of those who wait and whom no other copy of the service evaluates, as at `now` (microseconds)."""
        rows = execute(self._connection, _NEXT, (now, copy_name, now, most)).fetchall()
        return [Request(*row) for row in rows]

    def claim(self, now: int, until: int, copy_name: str, most: int) -> list[Request]:
        """Take them for one copy of the service, until an instant."""
        due = (now, copy_name, now, most)
        rows = execute(self._connection, _CLAIM, (copy_name, until, *due)).fetchall()
        return [Request(*row) for row in sorted(rows)]

    def is_claimed(self, request: Request, copy_name: str) -> bool:
        """Whether a request is still this copy's to answer."""
        row = execute(self._connection, _CLAIMED_BY, (request.safeguarder_id,)).fetchone()
        return row is not None and row[0] == copy_name

    def waiting(self) -> int:
        """How many people wait to be evaluated."""
        return int(execute(self._connection, "SELECT COUNT(*) FROM evaluation_request").fetchone()[0])

    def news(self, safeguarder_id: str) -> frozenset[str]:
        """Ids of a person's items that no evaluation has looked at yet."""
        rows = execute(self._connection, _NOT_EVALUATED, (safeguarder_id,)).fetchall()
        return frozenset(evidence_id for evidence_id, _ in rows)

    def done(self, request: Request, facts: Sequence[EvidenceFact], rulebook_hash: str = "") -> None:
        """Note that a request was answered from these facts; it stays when a new reason came meanwhile."""
        if request.instead_of:
            execute(
                self._connection,
                "UPDATE evaluation_request SET instead_of = ? WHERE safeguarder_id = ? AND number <> ?",
                (rulebook_hash, request.safeguarder_id, request.number),
            )
        execute(
            self._connection,
            "DELETE FROM evaluation_request WHERE safeguarder_id = ? AND number = ?",
            (request.safeguarder_id, request.number),
        )
        rows = execute(self._connection, _NOT_EVALUATED, (request.safeguarder_id,)).fetchall()
        seen = {(fact.evidence_id, fact.version) for fact in facts} if rows else set()
        versions = [(evidence_id, number) for evidence_id, number in rows if (evidence_id, number) in seen]
        if versions:
            execute_many(
                self._connection,
                "UPDATE fact SET evaluated = true WHERE evidence_id = ? AND version = ?",
                versions,
            )

    def try_later(self, request: Request, not_before: int) -> None:
        """Keep a request for later, after an engine did not answer or the two differ."""
        execute(
            self._connection,
            "UPDATE evaluation_request SET tries = tries + 1, not_before = ? WHERE safeguarder_id = ? AND number = ?",
            (not_before, request.safeguarder_id, request.number),
        )

    def start_day(self, day: date) -> bool:
        """Have everyone evaluated once on a day; False when that was asked for before."""
        done = execute(
            self._connection, "INSERT INTO daily_run (day) VALUES (?) ON CONFLICT DO NOTHING", (day.isoformat(),)
        )
        if done.rowcount == 0:
            return False
        for safeguarder_id in self.everyone():
            self.ask_for_evaluation(safeguarder_id)
        return True

    def count(self, name: str) -> None:
        """Add one to a figure for operators."""
        execute(
            self._connection,
            "INSERT INTO counter (name, value) VALUES (?, 1) "
            "ON CONFLICT (name) DO UPDATE SET value = counter.value + 1",
            (name,),
        )
