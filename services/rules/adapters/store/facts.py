"""What is known of people, and requests to evaluate them, in the database and the current transaction."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from enum import IntEnum
from typing import Any

from sqlalchemy import Connection

from services.platform.calls import relations
from services.platform.events.outbox import add_events
from services.platform.storage.counters import count_one
from services.platform.storage.counts import Changes
from services.platform.storage.database import count_rows, execute, execute_many, insert_sql, to_micros
from services.platform.telemetry.traces import traceparent
from services.platform.waits import come_sql, come_within
from services.rules.adapters.store import tables
from services.rules.adapters.store.items import item_body, item_versions
from services.rules.adapters.store.overlays import overlays_of
from services.rules.adapters.store.overrides import overrides_of
from services.rules.adapters.store.review_requests import requests_of
from services.rules.adapters.store.team_duties import duties_of, mark_evaluated, not_evaluated
from services.rules.domain.evaluation.evaluate import Evaluation
from services.rules.domain.facts import CaseFile, ConcernKey, EvidenceFact, PersonFact
from services.rules.domain.rulebook.dated import RulesThen
from services.rules.wire.evaluations import held_event

LONGEST_PAUSE = timedelta(minutes=10)
"""Longest time for which a deferred evaluation waits."""
CLAIM = timedelta(seconds=60)
"""How long a copy of the service has for the people it took, before another may take them."""
_ADD_PERSON = insert_sql(tables.person) + (
    " ON CONFLICT (safeguarder_id) DO UPDATE SET appointed_on = excluded.appointed_on, "
    "term_starts_on = excluded.term_starts_on, term_ends_on = excluded.term_ends_on, serving = excluded.serving"
)
BY_REVIEW = "review"
"""Origin of a version that no service has told: a review that was upheld says it until scheduling does."""
_ADD_FACT = (
    insert_sql(tables.fact) + " ON CONFLICT (evidence_id, version) DO UPDATE SET origin = excluded.origin, "
    f"body = excluded.body WHERE fact.origin = '{BY_REVIEW}' AND excluded.origin <> '{BY_REVIEW}'"
)
_PERSON = "SELECT appointed_on, term_starts_on, term_ends_on, serving FROM person WHERE safeguarder_id = ?"
_REQUEST = "safeguarder_id, number, tries, traceparent, evidence_recorded_at, urgency"
# Evidence by age, then people without new evidence, who have all the time of the day.
_ORDER = "ORDER BY urgency, evidence_recorded_at, safeguarder_id LIMIT ?"
_DUE = f"FROM evaluation_request WHERE {come_sql('not_before')} AND (claimed_by = ? OR {come_sql('claimed_until')})"
# One statement finds and marks the people, so that no two copies can claim the same person.
_CLAIM = (
    "UPDATE evaluation_request SET claimed_by = ?, claimed_until = ? WHERE safeguarder_id IN "  # noqa: S608
    f"(SELECT safeguarder_id {_DUE} {_ORDER}) RETURNING {_REQUEST}"
)
_NEXT = f"SELECT {_REQUEST} {_DUE} {_ORDER}"
_CLAIMED_BY = "SELECT claimed_by FROM evaluation_request WHERE safeguarder_id = ?"
_NOT_EVALUATED = "SELECT evidence_id, version FROM fact WHERE safeguarder_id = ? AND NOT evaluated"
_OPEN = "SELECT rule, subject, as_of FROM concern WHERE safeguarder_id = ? AND is_open"
_LAST = "SELECT rulebook_hash, as_of FROM last_evaluation WHERE safeguarder_id = ?"
_EVALUATED = insert_sql(tables.last_evaluation) + (
    " ON CONFLICT (safeguarder_id) DO UPDATE SET rulebook_hash = excluded.rulebook_hash, as_of = excluded.as_of, "
    "holds_until = excluded.holds_until, changes = excluded.changes, made_with = excluded.made_with"
)
# A second reason raises the number and keeps the earliest evidence that the first one set. A new reason is evaluated at
# once, so tries begin again.
_REQUESTS = (
    "INSERT INTO evaluation_request "
    "(safeguarder_id, number, tries, not_before, traceparent, evidence_recorded_at, claimed_by, claimed_until, urgency)"
)
_AGAIN = (
    "ON CONFLICT (safeguarder_id) DO UPDATE "
    "SET number = evaluation_request.number + 1, tries = 0, not_before = 0, traceparent = excluded.traceparent, "
    "evidence_recorded_at = CASE WHEN evaluation_request.evidence_recorded_at = 0 "
    "THEN excluded.evidence_recorded_at ELSE evaluation_request.evidence_recorded_at END, "
    "urgency = CASE WHEN excluded.urgency < evaluation_request.urgency "
    "THEN excluded.urgency ELSE evaluation_request.urgency END"
)
_ASK = f"{_REQUESTS} VALUES (?, 1, 0, 0, ?, ?, '', 0, ?) {_AGAIN}"
_ASK_EVERYONE = (
    f"{_REQUESTS} SELECT person.safeguarder_id, 1, 0, 0, ?, 0, '', 0, ? FROM person "  # noqa: S608
    "LEFT JOIN last_evaluation AS made ON made.safeguarder_id = person.safeguarder_id WHERE person.serving"
)
# Their day has come, something has changed since that nobody asked about, or something else would evaluate them now.
# A day of evaluation that lies ahead is that of a clock that stood wrong.
_WHOSE_DAY_HAS_COME = (
    "(made.holds_until IS NULL OR made.holds_until < ? OR made.as_of > ? OR made.changes <> person.changes "
    "OR made.made_with <> ?)"
)
INPUTS: Mapping[str, tuple[str, ...]] = {
    "person": ("appointed_on", "term_starts_on", "term_ends_on", "serving"),
    "fact": ("origin", "body"),
    "team_duty": ("body",),
    "concern": (),
    "rule_override": (),
    "review_request": (),
    "overlay": (),
}
"""The tables that an evaluation looks at, each with the columns whose change counts as one; none for all."""
_FORGET = "UPDATE last_evaluation SET holds_until = NULL WHERE holds_until IS NOT NULL"
CHANGES = tuple(Changes(table, "person", "safeguarder_id", _FORGET, columns) for table, columns in INPUTS.items())
"""What the database counts of each person, so that the daily run leaves out nobody about whom anything has changed."""


class Urgency(IntEnum):
    """The order in which people are evaluated: safety, evidence by its age, and last those without new evidence."""

    SAFETY = 0
    EVIDENCE = 1
    EVERYBODY = 2


@dataclass(frozen=True, slots=True)
class Holding:
    """How long an evaluation holds: to which day, for how many changes of its inputs, and for which rules and programs.

    `changes`: read before the inputs, so that a change in between is one that it has not seen.
    """

    until: date
    changes: int
    made_with: str


@dataclass(frozen=True, slots=True)
class Request:
    """A request to evaluate a person. `number` rises with every new reason."""

    safeguarder_id: str
    number: int
    tries: int
    traceparent: str
    evidence_recorded_at: int = 0
    """When the earliest waiting evidence was recorded, in microseconds; 0 if evidence is not the reason."""
    urgency: Urgency = Urgency.EVIDENCE

    @property
    def place(self) -> tuple[Urgency, int, str]:
        """The order in which people are evaluated."""
        return self.urgency, self.evidence_recorded_at, self.safeguarder_id


class SqlFacts:
    """People, their evidence, and the requests to evaluate them."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def case_file(self, safeguarder_id: str) -> CaseFile | None:
        """Return everything that an evaluation looks at, None for somebody who was never appointed."""
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
        still_open = execute(self._connection, _OPEN, (safeguarder_id,))
        aside = overrides_of(self._connection, safeguarder_id)
        concerns = {ConcernKey(rule, subject): date.fromisoformat(day) for rule, subject, day in still_open}
        items, duties = item_versions(self._connection, safeguarder_id), duties_of(self._connection, safeguarder_id)
        reviews = tuple(
            request.fact for request in requests_of(self._connection, safeguarder_id) if request.evidence_ids
        )
        suspensions = tuple(one.fact for one in overlays_of(self._connection, safeguarder_id) if one.holds_practice)
        return CaseFile(person, items, concerns, aside, duties, reviews, suspensions)

    def remember_person(self, person: PersonFact) -> None:
        """Store a person's membership in place of what was stored before."""
        row = (
            person.safeguarder_id,
            person.appointed_on.isoformat(),
            person.term_starts_on.isoformat(),
            person.term_ends_on.isoformat(),
            person.serving,
            0,
        )
        execute(self._connection, _ADD_PERSON, row)

    def changes_of(self, people: Sequence[str]) -> dict[str, int]:
        """Return how often what an evaluation of these people looks at has changed. Read it before the rest."""
        marks = ", ".join("?" * len(people))
        query = f"SELECT safeguarder_id, changes FROM person WHERE safeguarder_id IN ({marks})"  # noqa: S608
        return dict(execute(self._connection, query, tuple(people)).fetchall())

    def end_membership(self, safeguarder_id: str) -> None:
        """Note that a person no longer serves, and end the allocation to a support manager."""
        execute(self._connection, "UPDATE person SET serving = false WHERE safeguarder_id = ?", (safeguarder_id,))
        relations.end_allocation(self._connection, safeguarder_id)

    def correct_membership(self, safeguarder_id: str, person: PersonFact | None) -> None:
        """Store a person's membership as a correction has it, and ask for an evaluation. None: never appointed."""
        if person is not None:
            self.remember_person(person)
        if person is None or not person.serving:
            self.end_membership(safeguarder_id)
        self.ask_for_evaluation(safeguarder_id)

    def remember_fact(self, safeguarder_id: str, fact: EvidenceFact, origin: str) -> None:
        """Store one version of one item. If it is stored already, nothing changes, so an event can come twice.

        A version that a review made gives way: the record of scheduling with this number is a later word on it.
        """
        row = (fact.evidence_id, fact.version, safeguarder_id, origin, False, item_body(fact))
        execute(self._connection, _ADD_FACT, row)

    def excuse(self, safeguarder_id: str, evidence_id: str, asked_on: date, at: datetime) -> None:
        """Store that a review excused an absence. Scheduling says so too, but evidence may be heard first.

        Otherwise an evaluation in between would raise again what the review has just closed. An absence after the day
        on which the review was asked for is another one, from the next event for the same training.
        """
        versions = [item for item in item_versions(self._connection, safeguarder_id) if item.evidence_id == evidence_id]
        newest = max(versions, key=lambda item: item.version, default=None)
        if newest is None or newest.happened_on > asked_on or newest.details.get("attendance") != "absent_unexcused":
            return
        details = {**newest.details, "attendance": "absent_excused"}
        excused = replace(newest, version=newest.version + 1, recorded_at=at, details=details)
        self.remember_fact(safeguarder_id, excused, BY_REVIEW)

    def ask_for_evaluation(
        self,
        safeguarder_id: str,
        evidence_recorded_at: datetime | None = None,
        urgency: Urgency = Urgency.EVIDENCE,
    ) -> None:
        """Request an evaluation of a person. Only a finished evaluation removes the request.

        Of several reasons the most urgent counts.

        `evidence_recorded_at` is when the evidence was recorded that is the reason, to measure how long it takes.
        """
        since = to_micros(evidence_recorded_at) if evidence_recorded_at else 0
        execute(self._connection, _ASK, (safeguarder_id, traceparent(), since, urgency))

    def due(self, now: datetime, copy_name: str, most: int) -> list[Request]:
        """Return at most `most` requests that are due and that no other copy has claimed."""
        rows = execute(self._connection, _NEXT, (*_due(now, copy_name), most)).fetchall()
        return list(map(_request, rows))

    def claim(self, now: datetime, copy_name: str, most: int) -> list[Request]:
        """Claim the requests that are due for one copy of the service.

        A claim ends by itself, so that another copy takes over if this one dies.
        """
        until = to_micros(now + CLAIM)
        rows = execute(self._connection, _CLAIM, (copy_name, until, *_due(now, copy_name), most)).fetchall()
        return sorted(map(_request, rows), key=lambda request: request.place)

    def is_claimed(self, request: Request, copy_name: str) -> bool:
        """Return whether a request is still claimed by this copy. Another copy may have answered or claimed it."""
        row = execute(self._connection, _CLAIMED_BY, (request.safeguarder_id,)).fetchone()
        return row is not None and row[0] == copy_name

    def waiting(self) -> int:
        """Return how many people wait to be evaluated."""
        return count_rows(self._connection, "evaluation_request")

    def news(self, safeguarder_id: str) -> frozenset[str]:
        """Return the ids of a person's items that no evaluation has looked at yet."""
        rows = execute(self._connection, _NOT_EVALUATED, (safeguarder_id,)).fetchall()
        return frozenset(evidence_id for evidence_id, _ in rows)

    def news_of_duties(self, safeguarder_id: str) -> frozenset[tuple[str, int]]:
        """Return the id and version of each duty of the Team that no evaluation has looked at yet."""
        return not_evaluated(self._connection, safeguarder_id)

    def last_evaluation(self, safeguarder_id: str) -> RulesThen | None:
        """Return the rules of a person's last evaluation, None before the first."""
        row = execute(self._connection, _LAST, (safeguarder_id,)).fetchone()
        return RulesThen(row[0], date.fromisoformat(row[1])) if row else None

    def done(
        self,
        request: Request,
        case_file: CaseFile | None = None,
        evaluation: Evaluation | None = None,
        holding: Holding | None = None,
    ) -> None:
        """Note that a request was answered from a case file, by an evaluation; None for somebody never appointed.

        If a new reason came in the meantime, the request has a higher number and stays. What the evaluation looked at
        is marked as evaluated either way.
        """
        facts: Sequence[EvidenceFact] = case_file.evidence if case_file else ()
        if evaluation is not None:
            held = (holding.until.isoformat(), holding.changes, holding.made_with) if holding else (None, None, None)
            row = (request.safeguarder_id, evaluation.rulebook_hash, evaluation.as_of.isoformat(), *held)
            execute(self._connection, _EVALUATED, row)
        answered = execute(
            self._connection,
            "DELETE FROM evaluation_request WHERE safeguarder_id = ? AND number = ?",
            (request.safeguarder_id, request.number),
        )
        if not answered.rowcount:
            execute(
                self._connection,
                "UPDATE evaluation_request SET held = '' WHERE safeguarder_id = ? AND held <> ''",
                (request.safeguarder_id,),
            )
        mark_evaluated(self._connection, request.safeguarder_id, case_file.duties if case_file else ())
        rows = execute(self._connection, _NOT_EVALUATED, (request.safeguarder_id,)).fetchall()
        # Not every row: a version that came after the facts were read is not evaluated yet.
        seen = {(fact.evidence_id, fact.version) for fact in facts} if rows else set()
        versions = [(evidence_id, number) for evidence_id, number in rows if (evidence_id, number) in seen]
        if versions:
            execute_many(
                self._connection,
                "UPDATE fact SET evaluated = true WHERE evidence_id = ? AND version = ?",
                versions,
            )

    def try_later(self, request: Request, not_before: int, why: str) -> None:
        """Defer a request until `not_before` (microseconds), and keep in a word why it could not be answered."""
        execute(
            self._connection,
            "UPDATE evaluation_request SET tries = tries + 1, not_before = ?, held = ? "
            "WHERE safeguarder_id = ? AND number = ?",
            (not_before, why, request.safeguarder_id, request.number),
        )

    def publish_held(self, request: Request, reason: str, now: datetime) -> None:
        """Publish that a person's evaluation is deferred, and why."""
        event = held_event(request.safeguarder_id, reason)
        add_events(self._connection, [(request.safeguarder_id, event)], now, request.traceparent)

    def last_day(self, before: date) -> date | None:
        """Return the day of the last daily run before a day, None if there was none."""
        row = execute(
            self._connection, "SELECT MAX(day) FROM daily_run WHERE day < ?", (before.isoformat(),)
        ).fetchone()
        return date.fromisoformat(row[0]) if row[0] else None

    def start_day(self, day: date, made_with: str) -> bool:
        """Request, once a day, an evaluation of those whose last one may not hold. Return False if it was done before.

        `made_with`: hash of the rulebook and the programs that would evaluate now.
        """
        # A day ahead of today was begun by a clock that stood wrong. Everyone is then evaluated again.
        ahead = execute(self._connection, "DELETE FROM daily_run WHERE day > ?", (day.isoformat(),))
        # The row of the day is the lock: of several copies of the service, only one inserts it.
        done = execute(
            self._connection, "INSERT INTO daily_run (day) VALUES (?) ON CONFLICT DO NOTHING", (day.isoformat(),)
        )
        if ahead.rowcount:
            self.ask_for_everyone()
        elif done.rowcount:
            asked = f"{_ASK_EVERYONE} AND {_WHOSE_DAY_HAS_COME} {_AGAIN}"
            due = (day.isoformat(), day.isoformat(), made_with)
            execute(self._connection, asked, (traceparent(), Urgency.EVERYBODY, *due))
        return bool(ahead.rowcount or done.rowcount)

    def ask_for_everyone(self) -> None:
        """Request an evaluation of everyone who serves, after all who wait because of evidence."""
        execute(self._connection, f"{_ASK_EVERYONE} {_AGAIN}", (traceparent(), Urgency.EVERYBODY))

    def count(self, name: str) -> None:
        """Add one to a counter for operators."""
        count_one(self._connection, name)


def _request(row: Sequence[Any]) -> Request:
    request = Request(*row)
    return replace(request, urgency=Urgency(request.urgency))


def _due(now: datetime, copy_name: str) -> tuple[int | str, ...]:
    return (*come_within(now, LONGEST_PAUSE), copy_name, *come_within(now, CLAIM))
