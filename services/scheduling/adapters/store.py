"""Schedules in the database, in the current transaction."""

import functools
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any

from pydantic import TypeAdapter
from sqlalchemy import Connection, select, tuple_

from services.calendar_days import london_instant
from services.platform.calls import relations
from services.platform.calls.pages import read_on
from services.platform.calls.relations import Listed
from services.platform.events.outbox import add_events
from services.platform.storage.database import execute, execute_many, from_micros, to_micros
from services.platform.telemetry.traces import traceparent
from services.scheduling.adapters import tables
from services.scheduling.adapters.rows import put_sql
from services.scheduling.domain.allocation import Allocation
from services.scheduling.domain.concerns import Concern
from services.scheduling.domain.events import Event
from services.scheduling.domain.identifiers import SafeguarderId, SupportManagerId
from services.scheduling.domain.obligations.obligations import Obligation, Term
from services.scheduling.domain.obligations.times_away import TimeAway
from services.scheduling.domain.schedule import Schedule
from services.scheduling.domain.sessions.agenda import AgendaItem
from services.scheduling.domain.sessions.sessions import SessionState, SupportSession
from services.scheduling.wire.events import event_message


@dataclass(frozen=True, slots=True)
class _Person:
    """The parts of a schedule in the Safeguarder's own row. The other parts have tables of their own."""

    areas: tuple[str, ...]
    terms: tuple[Term, ...]
    ended_on: date | None
    waiting: tuple[AgendaItem, ...]
    early_concerns: tuple[Concern, ...]
    times_away: tuple[TimeAway, ...] = ()
    left_on: date | None = None
    leaves_on: date | None = None


@dataclass(frozen=True, slots=True)
class WhichSessions:
    """What a list of sessions is limited to. None or empty: no limit."""

    people: Listed
    upcoming: bool = False
    from_on: date | None = None
    until_on: date | None = None
    states: tuple[SessionState, ...] = ()


_PERSON, _ALLOCATION = TypeAdapter(_Person), TypeAdapter(Allocation)
_OBLIGATION, _SESSION = TypeAdapter(Obligation), TypeAdapter(SupportSession)
_PUT_PERSON, _PUT_ALLOCATION = put_sql(tables.safeguarder), put_sql(tables.allocation)
_PUT_OBLIGATION, _PUT_SESSION = put_sql(tables.obligation), put_sql(tables.support_session)
_FIND = "SELECT body FROM safeguarder WHERE safeguarder_id = ?"
_ALLOCATIONS = "SELECT body FROM allocation WHERE safeguarder_id = ? ORDER BY number"
_OBLIGATIONS = "SELECT body FROM obligation WHERE safeguarder_id = ? ORDER BY obligation_id"
_SESSIONS = "SELECT body FROM support_session WHERE safeguarder_id = ? ORDER BY starts_at, session_id"
_ENGAGED = (
    "SELECT starts_at FROM support_session "
    "WHERE support_manager = ? AND is_open AND starts_at > ? AND safeguarder_id <> ?"
)
_ALLOCATED = "SELECT support_manager, COUNT(*) FROM allocation WHERE is_current GROUP BY support_manager"
_SERVING = "SELECT safeguarder_id FROM safeguarder WHERE serves_until >= ? ORDER BY safeguarder_id"


# The caches are keyed by the whole stored text, and a parsed value never changes, so an entry can never be out of date.
# The size only bounds their memory.
@functools.lru_cache(maxsize=20_000)
def _session(body: str) -> SupportSession:
    """Return the session in a stored text, parsed once."""
    return _SESSION.validate_json(body)


@functools.lru_cache(maxsize=20_000)
def _obligation(body: str) -> Obligation:
    """Return the obligation in a stored text, parsed once."""
    return _OBLIGATION.validate_json(body)


class SqlSchedules:
    """The schedules of all Safeguarders."""

    def __init__(self, connection: Connection, now: datetime) -> None:
        self._connection = connection
        self._now = now

    def find(self, safeguarder_id: SafeguarderId) -> Schedule | None:
        """Return the schedule of a Safeguarder, or None."""
        row = execute(self._connection, _FIND, (safeguarder_id,)).fetchone()
        if row is None:
            return None
        person = _PERSON.validate_json(row[0])
        return Schedule(
            safeguarder_id=safeguarder_id,
            areas=person.areas,
            terms=person.terms,
            ended_on=person.ended_on,
            allocations=tuple(_ALLOCATION.validate_json(body) for body in self._bodies(_ALLOCATIONS, safeguarder_id)),
            obligations=tuple(_obligation(body) for body in self._bodies(_OBLIGATIONS, safeguarder_id)),
            sessions=tuple(_session(body) for body in self._bodies(_SESSIONS, safeguarder_id)),
            waiting=person.waiting,
            early_concerns=person.early_concerns,
            times_away=person.times_away,
            left_on=person.left_on,
            leaves_on=person.leaves_on,
        )

    def engaged_at(self, support_manager: SupportManagerId, apart_from: SafeguarderId) -> frozenset[datetime]:
        """Return the start times of a support manager's open future sessions, except those with one Safeguarder."""
        rows = execute(self._connection, _ENGAGED, (support_manager, to_micros(self._now), apart_from))
        return frozenset(from_micros(starts_at) for (starts_at,) in rows)

    def allocated(self) -> Mapping[SupportManagerId, int]:
        """Return how many Safeguarders each support manager has now. A manager with none is missing."""
        return {SupportManagerId(row[0]): row[1] for row in execute(self._connection, _ALLOCATED)}

    def put(self, before: Schedule, after: Schedule, events: Sequence[Event]) -> None:
        """Store what changed between two versions of a schedule, and publish the events."""
        if _person(before) != _person(after):
            body = _PERSON.dump_json(_person(after)).decode()
            until = after.serves_until
            row = (after.safeguarder_id, until.isoformat() if until else None, body)
            execute(self._connection, _PUT_PERSON, row)
        self._put(_PUT_ALLOCATION, before.allocations, after.allocations, _allocation_row)
        self._put(_PUT_OBLIGATION, before.obligations, after.obligations, _obligation_row)
        self._put(_PUT_SESSION, before.sessions, after.sessions, _session_row)
        self._relate(before, after)
        messages = [(after.safeguarder_id, event_message(event)) for event in events]
        add_events(self._connection, messages, self._now, traceparent())

    def page(self, after: tuple[int, str] | None, most: int, which: WhichSessions) -> list[SupportSession]:
        """Return sessions after a place in the list, earliest first."""
        session, people = tables.support_session.c, which.people
        query = select(session.body).order_by(session.starts_at, session.session_id).limit(most)
        query = query.where(*people.limits(session.safeguarder_id))
        if which.upcoming:
            query = query.where(session.is_open)
        if which.from_on:
            query = query.where(session.starts_at >= to_micros(london_instant(which.from_on, time(0))))
        if which.until_on:
            next_day = london_instant(which.until_on + timedelta(days=1), time(0))
            query = query.where(session.starts_at < to_micros(next_day))

        def later(last: tuple[int, str] | None) -> list[SupportSession]:
            rest = query if last is None else query.where(tuple_(session.starts_at, session.session_id) > last)
            return [_session(body) for body in self._connection.execute(rest).scalars()]

        # The state stands in no column. Those of a span of days are few.
        return read_on(
            later,
            lambda page: (each for each in page if not which.states or each.state in which.states),
            lambda each: (to_micros(each.starts_at), each.session_id),
            after,
            most,
        )

    def serving(self, day: date) -> list[SafeguarderId]:
        """Return the ids of everyone whose membership reaches a day."""
        return [SafeguarderId(row[0]) for row in execute(self._connection, _SERVING, (day.isoformat(),))]

    def day_done(self, day: date) -> bool:
        """Return whether everyone was brought up to date on a day, and on no later one.

        A later day was done by a clock that stood wrong. What it did may not hold, so the day is done again.
        """
        found = execute(self._connection, "SELECT MAX(day) FROM daily_run WHERE day >= ?", (day.isoformat(),))
        return bool(found.fetchone()[0] == day.isoformat())

    def finish_day(self, day: date) -> None:
        """Record that everyone was brought up to date on a day, and on no later one."""
        execute(self._connection, "DELETE FROM daily_run WHERE day > ?", (day.isoformat(),))
        execute(self._connection, "INSERT INTO daily_run (day) VALUES (?) ON CONFLICT DO NOTHING", (day.isoformat(),))

    def _bodies(self, sql: str, safeguarder_id: SafeguarderId) -> Iterable[str]:
        return (row[0] for row in execute(self._connection, sql, (safeguarder_id,)))

    def _put(self, sql: str, before: Sequence[Any], after: Sequence[Any], to_row: Any) -> None:
        # Values never change, so one that was there before is already stored.
        known = frozenset(before)
        rows = [to_row(value) for value in after if value not in known]
        if rows:
            execute_many(self._connection, sql, rows)

    def _relate(self, before: Schedule, after: Schedule) -> None:
        """Keep the relation that access checks in step with the allocation, in the same transaction.

        Otherwise a former support manager could still open the file for a while.
        """
        old, new = before.current_manager, after.current_manager
        if new is not None and new != old:
            relations.allocate(self._connection, after.safeguarder_id, new)
        elif new is None and old is not None:
            relations.end_allocation(self._connection, after.safeguarder_id)


def _person(schedule: Schedule) -> _Person:
    membership = (schedule.areas, schedule.terms, schedule.ended_on)
    days = (schedule.left_on, schedule.leaves_on)
    return _Person(*membership, schedule.waiting, schedule.early_concerns, schedule.times_away, *days)


def _allocation_row(allocation: Allocation) -> tuple[object, ...]:
    body = _ALLOCATION.dump_json(allocation).decode()
    key = (allocation.safeguarder_id, allocation.number)
    return (*key, allocation.support_manager, allocation.to_on is None, body)


def _obligation_row(obligation: Obligation) -> tuple[object, ...]:
    body = _OBLIGATION.dump_json(obligation).decode()
    return (obligation.obligation_id, obligation.safeguarder_id, obligation.clock.stopped_on is None, body)


def _session_row(session: SupportSession) -> tuple[object, ...]:
    return (
        session.session_id,
        session.safeguarder_id,
        session.support_manager,
        to_micros(session.starts_at),
        session.is_open,
        _SESSION.dump_json(session).decode(),
    )
