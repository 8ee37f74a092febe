"""Recorded decisions of Ministers and their corrections in the database, in the current transaction."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

import orjson
from pydantic import TypeAdapter
from sqlalchemy import Connection

from services.calendar_days import london_today
from services.evidence.adapters.tables import decision_correction, ministerial_decision
from services.evidence.domain.decisions.correction import Correction, RecordedDecision
from services.evidence.domain.safeguarder import Decision, DecisionKind, Safeguarder, State
from services.evidence.wire.decisions import correction_event
from services.evidence.wire.register import appointed_event, ended_event, leaving_event
from services.platform.events.outbox import add_events
from services.platform.storage.database import execute, insert_sql, to_micros
from services.platform.telemetry.traces import traceparent

_DECISION, _CORRECTION = TypeAdapter(Decision), TypeAdapter(Correction)
_DECISIONS = "SELECT version, body FROM ministerial_decision WHERE safeguarder_id = ? ORDER BY version"
_CORRECTIONS = "SELECT decision, body FROM decision_correction WHERE safeguarder_id = ? ORDER BY decision, number"
_PUT = (
    f"{insert_sql(decision_correction)} ON CONFLICT (safeguarder_id, decision, number) "
    "DO UPDATE SET body = excluded.body"
)
_ADD = insert_sql(ministerial_decision)
_FOLLOW = "UPDATE safeguarder SET state = ?, terms = ?, version = ?, end_to_tell_on = ? WHERE safeguarder_id = ?"
_CHANGED = "UPDATE safeguarder SET version = ? WHERE safeguarder_id = ?"
_NOT_TOLD = "SELECT end_to_tell_on FROM safeguarder WHERE safeguarder_id = ? AND end_to_tell_on IS NOT NULL"
_TO_TELL = (
    "SELECT safeguarder_id, end_to_tell_on, state FROM safeguarder WHERE end_to_tell_on < ? "
    "ORDER BY end_to_tell_on LIMIT ?"
)
_TOLD = "UPDATE safeguarder SET end_to_tell_on = NULL WHERE safeguarder_id = ?"


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

    def record(self, entry: Safeguarder, decision: Decision) -> None:
        """Store a decision with the entry of the register after it, and publish the appointment or the end.

        An end that lies ahead is told once it has come. If the person is appointed again before, it is told first. A
        decision on continuing leaves the membership, and an end that is still to be told, as they are.
        """
        person, today = entry.safeguarder_id, london_today(decision.recorded_at)
        kept = (person, entry.version, to_micros(decision.recorded_at), orjson.dumps(decision).decode())
        execute(self._connection, _ADD, kept)
        if decision.kind is DecisionKind.CONTINUING:
            execute(self._connection, _CHANGED, (entry.version, person))
            return
        events: list[Any] = []
        if decision.kind is not DecisionKind.ENDED:
            end = self._last_end(person) if self._end_to_tell(person) else None
            events = [*([ended_event(person, end)] if end else ()), appointed_event(entry)]
        elif not entry.leaves_on(today):
            events = [ended_event(person, decision)]
        if events:
            add_events(self._connection, [(person, event) for event in events], decision.recorded_at, traceparent())
        self.follow(entry, decision.recorded_at)

    def put(self, known: RecordedDecision, entry: Safeguarder) -> None:
        """Store the last correction of a decision, and publish it. `entry`: the register as it stands with it."""
        last = known.corrections[-1]
        number = len(known.corrections)
        body = _CORRECTION.dump_json(last).decode()
        execute(self._connection, _PUT, (known.safeguarder_id, known.number, number, body))
        event = (known.safeguarder_id, correction_event(known, entry))
        add_events(self._connection, [event], last.answered_at or last.entered_at, traceparent())

    def follow(self, entry: Safeguarder, now: datetime) -> None:
        """Store the entry of the register after a decision or a correction, with the end that is still to be told.

        Publish the last day of a membership if its end lies ahead, and that none does any more.
        """
        person, last_on = entry.safeguarder_id, entry.leaves_on(london_today(now))
        terms, to_tell = orjson.dumps(entry.terms).decode(), last_on.isoformat() if last_on else None
        known = self._end_to_tell(person)
        execute(self._connection, _FOLLOW, (entry.state.value, terms, entry.version, to_tell, person))
        if known != to_tell:
            add_events(self._connection, [(person, leaving_event(person, last_on))], now, traceparent())

    def ends_to_tell(self, today: date, most: int) -> Sequence[Any]:
        """Return ids of people whose last day is over while their end is not told, with that day and their state."""
        return list(execute(self._connection, _TO_TELL, (today.isoformat(), most)))

    def tell_ends(self, today: date, now: datetime, most: int) -> None:
        """Publish the ends of memberships whose last day is over. Calling this again publishes nothing."""
        for person, last_on, state in self.ends_to_tell(today, most):
            # A release before, to which somebody went back, corrects a decision and tells of it at once.
            end = self._last_end(person) if state == State.ENDED.value else None
            if end and end.effective_on.isoformat() == last_on:
                add_events(self._connection, [(person, ended_event(person, end))], now, traceparent())
            execute(self._connection, _TOLD, (person,))

    def _end_to_tell(self, person: str) -> str | None:
        """Return the last day of a membership whose end is not told yet."""
        row = execute(self._connection, _NOT_TOLD, (person,)).fetchone()
        return row[0] if row else None

    def _last_end(self, person: str) -> Decision | None:
        """Return the last decision that ended a membership, as it stands."""
        standing = (known.stands for known in reversed(self.of(person)))
        return next((each for each in standing if each and each.kind is DecisionKind.ENDED), None)
