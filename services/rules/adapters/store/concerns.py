"""Concerns and decision records in the database, in the transaction at hand."""

import functools
from collections import namedtuple
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from pydantic import TypeAdapter
from sqlalchemy import Connection, FromClause, and_, func, or_, select, update

from services.platform.events.outbox import add_events
from services.platform.storage.database import execute, from_micros, insert_sql, to_micros
from services.platform.telemetry.traces import traceparent
from services.refusals import precondition
from services.rules import wire
from services.rules.adapters.store import tables
from services.rules.adapters.store.concern_history import moves_of
from services.rules.adapters.store.kpis import SqlKpis
from services.rules.domain.closed_lists import Lane, State
from services.rules.domain.concerns.concern import URGENCY, Concern, ConcernId, EvaluationId, Reason
from services.rules.domain.concerns.history import Made
from services.rules.domain.concerns.progress import Progress
from services.rules.domain.evaluation.answers import RuleAnswer
from services.rules.domain.evaluation.decision_record import DecisionRecord
from services.rules.domain.evaluation.evaluate import Evaluation
from services.rules.domain.kpis.facts import ConcernFact
from services.rules.wire import concern_moves as wire_concern_moves

_ANSWER = TypeAdapter(RuleAnswer)
_COURSE = TypeAdapter(Progress)
_NOTHING_DONE = Progress()
_ADD_CONCERN = insert_sql(tables.concern)
_ADD_VERSION = insert_sql(tables.concern_version)
_ADD_MOVE = insert_sql(tables.concern_move)
_Row = namedtuple("_Row", tables.concern.columns.keys())  # type: ignore[misc]
_OF_PERSON = f"SELECT {', '.join(_Row._fields)} FROM concern WHERE safeguarder_id = ? ORDER BY raised_at, concern_id"  # noqa: S608
_LAST = "SELECT number, sha256 FROM evaluation WHERE safeguarder_id = ? ORDER BY number DESC LIMIT 1"


@dataclass(frozen=True, slots=True)
class Which:
    """Which concerns are listed: a lane (empty: all), also ended ones, the Team's duties; `people`: None for all."""

    lane: str = ""
    ended: bool = False
    data_gaps: bool = True
    people: Sequence[str] | None = None


class SqlConcerns:
    """Concerns and decision records."""

    def __init__(self, connection: Connection, now: int, evidence_recorded_at: int = 0) -> None:
        """`evidence_recorded_at`: when the evidence that set off what is done now was recorded; 0 when none did."""
        self._connection = connection
        self._now = now
        self._evidence_recorded_at = evidence_recorded_at

    def find(self, concern_id: str, at: datetime | None = None) -> Concern | None:
        """The concern, now or as it stood at an instant, or None."""
        concern = _as_at(at)
        row = self._connection.execute(select(concern).where(concern.c.concern_id == concern_id)).first()
        return _concern(row) if row else None

    def of_person(self, safeguarder_id: str) -> Sequence[Concern]:
        """All of a person's concerns, oldest first."""
        return [_concern(_Row(*row)) for row in execute(self._connection, _OF_PERSON, (safeguarder_id,))]

    def page(
        self,
        after: tuple[int, int, str] | None,
        most: int,
        which: Which,
        at: datetime | None = None,
    ) -> list[Concern]:
        """Concerns, most urgent first, then oldest, now or as they stood at an instant."""
        source = _as_at(at)
        concern = source.c
        query = select(source)
        if after is not None:
            urgency, raised_at, concern_id = after
            later = or_(
                concern.raised_at > raised_at, and_(concern.raised_at == raised_at, concern.concern_id > concern_id)
            )
            query = query.where(or_(concern.urgency > urgency, and_(concern.urgency == urgency, later)))
        if which.lane:
            query = query.where(concern.urgency == URGENCY.index(Lane(which.lane)))
        if not which.data_gaps:
            query = query.where(concern.urgency != URGENCY.index(Lane.DATA_GAP))
        if not which.ended:
            query = query.where(concern.is_open)
        if which.people is not None:
            query = query.where(concern.safeguarder_id.in_(which.people))
        query = query.order_by(concern.urgency, concern.raised_at, concern.concern_id).limit(most)
        return [_concern(row) for row in self._connection.execute(query)]

    def open_or_ended_since(self, at: int) -> list[Concern]:
        """Everybody's concerns that are open, or that people ended from an instant on (microseconds)."""
        concern = tables.concern
        query = select(concern).where(or_(concern.c.is_open, concern.c.ended_at >= at))
        return [_concern(row) for row in self._connection.execute(query.order_by(concern.c.concern_id))]

    def check_history(self, at: datetime, only: Sequence[str] | None) -> None:
        """Refuse a moment at which a concern about these people stood that nobody kept: before the history began.

        Raises:
            Refusal: PRECONDITION, HISTORY_NOT_KEPT with the instant it begins.
        """
        concern, version = tables.concern.c, tables.concern_version.c
        begins = select(func.min(version.kept_at)).where(version.concern_id == concern.concern_id).scalar_subquery()
        query = select(func.max(begins)).where(concern.raised_at <= to_micros(at), begins > to_micros(at))
        if only is not None:
            query = query.where(concern.safeguarder_id.in_(only))
        found = self._connection.execute(query).scalar()
        if found is not None:
            since = from_micros(found).isoformat(timespec="seconds")
            message = f"How concerns stood then was not kept. The history begins at {since}."
            raise precondition("HISTORY_NOT_KEPT", message, "as_of_date", begins=since)

    def last_record_hash(self, safeguarder_id: str) -> str:
        """Hash of a person's latest decision record; empty when there is none."""
        row = execute(self._connection, _LAST, (safeguarder_id,)).fetchone()
        return str(row[1]) if row else ""

    def record(self, safeguarder_id: str, evaluation_id: str) -> tuple[bytes, str] | None:
        """A decision record and its hash, None when that person has none of that id."""
        row = execute(
            self._connection,
            "SELECT record, sha256 FROM evaluation WHERE evaluation_id = ? AND safeguarder_id = ?",
            (evaluation_id, safeguarder_id),
        ).fetchone()
        return (row[0], row[1]) if row else None

    def keep_record(self, evaluation_id: EvaluationId, evaluation: Evaluation, record: DecisionRecord) -> None:
        """Keep an evaluation's decision record."""
        safeguarder_id = evaluation.case_file.person.safeguarder_id
        last = execute(self._connection, _LAST, (safeguarder_id,)).fetchone()
        number = last[0] + 1 if last else 1
        execute(
            self._connection,
            "INSERT INTO evaluation (evaluation_id, safeguarder_id, number, sha256, record) VALUES (?, ?, ?, ?, ?)",
            (evaluation_id, safeguarder_id, number, record.sha256, record.content),
        )

    def add(self, concern: Concern) -> None:
        """Keep a new concern, and publish that it was raised."""
        execute(self._connection, _ADD_CONCERN, _row(concern))
        self._keep_version(concern)
        SqlKpis(self._connection).remember(concern.concern_id, self._raised(concern))
        self._publish(concern, "raised", concern.quiet)

    def change(self, concern: Concern, what: str, *, quiet: bool = False) -> None:
        """Keep what rules change, and publish it."""
        self._keep(concern)
        self._publish(concern, what, quiet)

    def make(self, concern: Concern, made: Made, *, confirms: bool = False) -> None:
        """Keep a move and its place in the history, and publish it."""
        row = (
            concern.concern_id,
            concern.version,
            made.move.value,
            made.by,
            to_micros(made.at),
            made.from_state.value,
            made.to_state.value,
            made.word,
        )
        execute(self._connection, _ADD_MOVE, row)
        self._keep(concern)
        event = wire_concern_moves.event(concern, made, confirms)
        add_events(self._connection, [(concern.safeguarder_id, event)], from_micros(self._now), traceparent())

    def moves(self, concern: Concern) -> Sequence[Made]:
        """Every move of people until a concern stood as it is given, oldest first."""
        return moves_of(self._connection, concern.concern_id, concern.version)

    def in_state(self, state: State) -> list[Concern]:
        """Every concern that stands there."""
        query = select(tables.concern).where(tables.concern.c.is_open, tables.concern.c.state == state.value)
        return [_concern(row) for row in self._connection.execute(query.order_by(tables.concern.c.concern_id))]

    def _keep(self, concern: Concern) -> None:
        values = dict(zip(tables.concern.columns.keys(), _row(concern), strict=True))
        self._connection.execute(
            update(tables.concern).where(tables.concern.c.concern_id == concern.concern_id).values(values)
        )
        self._keep_version(concern)

    def _keep_version(self, concern: Concern) -> None:
        execute(self._connection, _ADD_VERSION, (*_row(concern), self._now))

    def _raised(self, concern: Concern) -> ConcernFact:
        ids = (concern.concern_id, concern.safeguarder_id)
        return ConcernFact(*ids, concern.answer.lane, concern.raised_at, self._since)

    @property
    def _since(self) -> datetime | None:
        return from_micros(self._evidence_recorded_at) if self._evidence_recorded_at else None

    def _publish(self, concern: Concern, what: str, quiet: bool = False) -> None:
        event = wire.concern_event(concern, what, self._since, quiet)
        add_events(self._connection, [(concern.safeguarder_id, event)], from_micros(self._now), traceparent())


def order_of(concern: Concern) -> list[str | int]:
    """The keys a concern is listed by."""
    return [URGENCY.index(concern.answer.lane), to_micros(concern.raised_at), concern.concern_id]


def _as_at(at: datetime | None) -> FromClause:
    """Concerns as they stand, or the version of each that stood at an instant."""
    if at is None:
        return tables.concern
    version = tables.concern_version.c
    last = (
        select(version.concern_id, func.max(version.version).label("version"))
        .where(version.kept_at <= to_micros(at))
        .group_by(version.concern_id)
        .subquery()
    )
    stood = and_(version.concern_id == last.c.concern_id, version.version == last.c.version)
    return select(*version).join_from(tables.concern_version, last, stood).subquery()


def _row(concern: Concern) -> tuple[object, ...]:
    return (
        concern.concern_id,
        concern.safeguarder_id,
        concern.answer.rule_id,
        concern.answer.subject,
        URGENCY.index(concern.answer.lane),
        concern.is_open,
        concern.state.value,
        concern.closing_proposed,
        _ANSWER.dump_json(concern.answer).decode(),
        concern.evaluation_id,
        concern.rulebook_hash,
        concern.as_of.isoformat(),
        to_micros(concern.raised_at),
        concern.owner,
        concern.next_on.isoformat() if concern.next_on else None,
        concern.reason.value if concern.reason else None,
        concern.version,
        _COURSE.dump_json(concern.course, exclude_defaults=True).decode() if concern.course != _NOTHING_DONE else None,
        to_micros(concern.ended_at) if concern.ended_at else None,
        concern.quiet,
    )


@functools.lru_cache(maxsize=2_000)
def _answer(body: str) -> RuleAnswer:
    """Parsed once for each text: every evaluation of a person reads what is open again."""
    return _ANSWER.validate_json(body)


def _concern(row: Any) -> Concern:
    return Concern(
        concern_id=ConcernId(row.concern_id),
        safeguarder_id=row.safeguarder_id,
        answer=_answer(row.answer),
        evaluation_id=EvaluationId(row.evaluation_id),
        rulebook_hash=row.rulebook_hash,
        as_of=date.fromisoformat(row.as_of),
        raised_at=from_micros(row.raised_at),
        state=State(row.state),
        closing_proposed=bool(row.closing_proposed),
        owner=row.owner,
        next_on=date.fromisoformat(row.next_on) if row.next_on else None,
        reason=Reason(row.reason) if row.reason else None,
        course=_COURSE.validate_json(row.course) if row.course else _NOTHING_DONE,
        ended_at=from_micros(row.ended_at) if row.ended_at else None,
        version=row.version,
        quiet=bool(row.quiet),
    )
