"""Duties in the database, and the facts that they are worked out from, in the current transaction."""

from collections.abc import Sequence
from datetime import date, datetime

from pydantic import TypeAdapter
from sqlalchemy import Connection, select, text, tuple_

from services.platform.calls.relations import Listed
from services.platform.events.outbox import add_events
from services.platform.storage.database import execute, execute_many
from services.platform.telemetry.traces import traceparent
from services.scheduling.adapters import tables
from services.scheduling.adapters.rows import put_sql
from services.scheduling.domain.duties.complaints import ITEMS, ComplaintFact
from services.scheduling.domain.duties.duties import Duty
from services.scheduling.domain.duties.facts import (
    PLAN,
    ActionFact,
    ApproachFact,
    Fact,
    PlanFact,
    RecommendationFact,
    RecordFact,
    ReviewFact,
    SupportFact,
    ViewFact,
)
from services.scheduling.domain.duties.overlays import OverlayFact
from services.scheduling.domain.duties.samples import SampleFact
from services.scheduling.domain.events import DutyChanged
from services.scheduling.domain.identifiers import SafeguarderId
from services.scheduling.wire.events import event_message

_DUTY = TypeAdapter(Duty)
_FACTS: dict[str, TypeAdapter[Fact]] = {
    "supportSessions": TypeAdapter(RecordFact),
    "actions": TypeAdapter(ActionFact),
    "supports": TypeAdapter(SupportFact),
    "views": TypeAdapter(ViewFact),
    "approachChanges": TypeAdapter(ApproachFact),
    "reviewRequests": TypeAdapter(ReviewFact),
    "recommendations": TypeAdapter(RecommendationFact),
    "overlays": TypeAdapter(OverlayFact),
    "reportSamples": TypeAdapter(SampleFact),
    ITEMS: TypeAdapter(ComplaintFact),
    PLAN: TypeAdapter(PlanFact),
}
"""How a fact is stored, by the collection in its name."""
_PUT_DUTY, _PUT_FACT = put_sql(tables.duty), put_sql(tables.duty_fact)
_OF = "SELECT body FROM duty WHERE safeguarder_id = ? ORDER BY duty_id"
_FACTS_OF = "SELECT about, body FROM duty_fact WHERE safeguarder_id = ? ORDER BY about"
_OPEN = text("is_open")
"""In the words of the index. SQLite would not use it for `is_open = 1`."""
_PEOPLE = "SELECT DISTINCT safeguarder_id FROM duty WHERE is_open"


class SqlDuties:
    """The duties about all Safeguarders."""

    def __init__(self, connection: Connection, now: datetime) -> None:
        self._connection = connection
        self._now = now

    def of(self, safeguarder_id: SafeguarderId) -> tuple[Duty, ...]:
        """Return every duty about a Safeguarder, also those that are over."""
        rows = execute(self._connection, _OF, (safeguarder_id,))
        return tuple(_DUTY.validate_json(body) for (body,) in rows)

    def facts(self, safeguarder_id: SafeguarderId) -> tuple[Fact, ...]:
        """Return the newest version of each record, plan, action and support of a Safeguarder."""
        rows = execute(self._connection, _FACTS_OF, (safeguarder_id,))
        return tuple(_adapter(about).validate_json(body) for about, body in rows)

    def people(self) -> list[SafeguarderId]:
        """Return the ids of everyone about whom something is owed."""
        return [SafeguarderId(row[0]) for row in execute(self._connection, _PEOPLE)]

    def put_fact(self, safeguarder_id: SafeguarderId, fact: Fact) -> None:
        """Store a fact, or replace the one about the same thing."""
        body = _adapter(fact.about).dump_json(fact).decode()
        execute(self._connection, _PUT_FACT, (safeguarder_id, fact.about, body))

    def put(self, changed: Sequence[Duty], events: Sequence[DutyChanged]) -> None:
        """Store duties that changed, and publish the events."""
        if changed:
            execute_many(self._connection, _PUT_DUTY, [_row(duty) for duty in changed])
        messages = [(event.safeguarder_id, event_message(event)) for event in events]
        add_events(self._connection, messages, self._now, traceparent())

    def page(self, after: tuple[date, str] | None, most: int, people: Listed, *, own: bool = False) -> list[Duty]:
        """Return open duties about some people after a place in the list, the earliest due first.

        `own`: whether the person concerned asks. What is owed for a complaint is not theirs to see: they may not know
        of the complaint, and of one that they know the item says how far it has come.
        """
        duty = tables.duty.c
        query = select(duty.body).where(_OPEN).order_by(duty.due_on, duty.duty_id).limit(most)
        if after is not None:
            query = query.where(tuple_(duty.due_on, duty.duty_id) > (after[0].isoformat(), after[1]))
        query = query.where(*people.limits(duty.safeguarder_id))
        if own:
            query = query.where(~duty.body.contains(f'"about":"{ITEMS}/', autoescape=True))
        return [_DUTY.validate_json(body) for body in self._connection.execute(query).scalars()]


def _adapter(about: str) -> TypeAdapter[Fact]:
    return _FACTS[about.partition("/")[0]]


def _row(duty: Duty) -> tuple[object, ...]:
    body = _DUTY.dump_json(duty).decode()
    return (duty.duty_id, duty.safeguarder_id, duty.is_open, duty.due_on.isoformat(), body)
