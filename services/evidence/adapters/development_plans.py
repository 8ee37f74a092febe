"""Development plans in the database, in the current transaction. Every version of every part is kept."""

from collections.abc import Iterable
from datetime import date, datetime, time
from typing import Any, TypeVar

from pydantic import TypeAdapter
from sqlalchemy import Connection

from services.calendar_days import london_instant
from services.evidence.adapters.tables import approach_change, plan_part, term_plan
from services.evidence.domain.approach.change import ApproachChange
from services.evidence.domain.plans.action import Action
from services.evidence.domain.plans.contents import Entry, Part
from services.evidence.domain.plans.need import Need
from services.evidence.domain.plans.strength import Strength
from services.evidence.domain.plans.support import Support
from services.evidence.domain.plans.term_plan import History, TermPlan, history_of
from services.evidence.domain.plans.view import View
from services.evidence.domain.reviews.review import ActionReview
from services.evidence.wire.plans import events as wire
from services.evidence.wire.plans.approach import change_event
from services.evidence.wire.plans.reviews import review_event
from services.platform.events.outbox import add_events
from services.platform.storage.database import execute, insert_sql, to_micros
from services.platform.telemetry.traces import traceparent

P = TypeVar("P", Strength, Need, Action, Support, View, ActionReview)
_WORDS: dict[type[Any], str] = {
    Strength: "strength",
    Need: "need",
    Action: "action",
    Support: "support",
    View: "view",
    ActionReview: "review",
}
_KINDS: dict[type[Any], tuple[str, TypeAdapter[Any]]] = {
    kind: (word, TypeAdapter(kind)) for kind, word in _WORDS.items()
}
_BY_WORD = dict(_KINDS.values())
_TERM_PLAN = TypeAdapter(TermPlan)
_CHANGE = TypeAdapter(ApproachChange)
_ADD, _ADD_PLAN = insert_sql(plan_part), insert_sql(term_plan)
_ADD_CHANGE = insert_sql(approach_change)
_OF_AT = (
    "SELECT body FROM plan_part AS part WHERE safeguarder_id = ? AND kind = ? AND version = "
    "(SELECT MAX(version) FROM plan_part AS before WHERE before.part_id = part.part_id AND before.recorded_at <= ?)"
)
_NEWEST = "SELECT body FROM plan_part WHERE part_id = ? AND kind = ? AND is_newest = ?"
_VERSION = "SELECT body FROM plan_part WHERE part_id = ? AND kind = ? AND version = ?"
_NOT_NEWEST = "UPDATE plan_part SET is_newest = false WHERE part_id = ? AND is_newest"


class SqlDevelopmentPlans:
    """Strengths, needs, actions, supports, views and reviews, by id and by person, and the plans of terms."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def find(self, kind: type[P], part_id: str, version: int = 0) -> P | None:
        """Return a part as it stands, or a version of it; None without one."""
        word, body = _KINDS[kind]
        statement = _VERSION if version else _NEWEST
        row = execute(self._connection, statement, (part_id, word, version or True)).fetchone()
        return body.validate_json(row[0]) if row else None

    def of(self, kind: type[P], safeguarder_id: str) -> list[P]:
        """Return a person's parts of one kind as they stand, in no order."""
        word, body = _KINDS[kind]
        statement = "SELECT body FROM plan_part WHERE safeguarder_id = ? AND kind = ? AND is_newest"
        rows = execute(self._connection, statement, (safeguarder_id, word))
        return [body.validate_json(text) for (text,) in rows]

    def supports(self, discussed: tuple[date, date]) -> list[Support]:
        """Return every support, of everybody, that was spoken of from one day to another, in no order."""
        # Nothing is spoken of after it was recorded, so what was recorded before the first day is not among them.
        statement = "SELECT body FROM plan_part WHERE kind = 'support' AND is_newest AND recorded_at >= ?"
        since = to_micros(london_instant(discussed[0], time()))
        found = (_KINDS[Support][1].validate_json(text) for (text,) in execute(self._connection, statement, (since,)))
        return [support for support in found if discussed[0] <= support.offer.discussed_on <= discussed[1]]

    def of_at(self, kind: type[P], safeguarder_id: str, instant: datetime) -> list[P]:
        """Return a person's parts of one kind in the version that each had at an instant, in no order."""
        word, body = _KINDS[kind]
        rows = execute(self._connection, _OF_AT, (safeguarder_id, word, to_micros(instant))).fetchall()
        return [body.validate_json(text) for (text,) in rows]

    def put(self, part: Strength | Need | Action | Support | View | ActionReview) -> None:
        """Store a version of a part. Publish it if it is an action, a support, a view or a review of actions."""
        word, body = _KINDS[type(part)]
        execute(self._connection, _NOT_NEWEST, (part.part_id,))
        ids = (part.part_id, part.version, part.safeguarder_id, word)
        execute(self._connection, _ADD, (*ids, to_micros(part.recorded_at), True, body.dump_json(part).decode()))
        if isinstance(part, Action):
            self._publish(part, wire.action_event(part))
        elif isinstance(part, Support):
            self._publish(part, wire.support_event(part))
        elif isinstance(part, View):
            self._publish(part, wire.view_event(part))
        elif isinstance(part, ActionReview):
            self._publish(part, review_event(part))

    def all_of(self, safeguarder_id: str) -> list[Part]:
        """Return every part of a person's plan as it stands, in no order. Views and reviews are no parts of it."""
        statement = (
            "SELECT kind, body FROM plan_part WHERE safeguarder_id = ? AND is_newest AND kind NOT IN ('view', 'review')"
        )
        rows = execute(self._connection, statement, (safeguarder_id,))
        return [_BY_WORD[word].validate_json(body) for word, body in rows]

    def as_held(self, entries: Iterable[Entry]) -> list[Part]:
        """Return parts in the versions that a version of a plan holds, in its order."""
        statement = "SELECT kind, body FROM plan_part WHERE part_id = ? AND version = ?"
        found: list[Part] = []
        for entry in entries:
            rows = execute(self._connection, statement, (entry.part_id, entry.version))
            found += [_BY_WORD[word].validate_json(body) for word, body in rows]
        return found

    def history(self, safeguarder_id: str) -> History:
        """Return every change of the plans of a person's terms."""
        statement = "SELECT body FROM term_plan WHERE safeguarder_id = ?"
        rows = execute(self._connection, statement, (safeguarder_id,))
        return history_of(_TERM_PLAN.validate_json(body) for (body,) in rows)

    def put_plan(self, plan: TermPlan) -> None:
        """Store how the plan of a term stands after a change, and publish it."""
        ids = (plan.safeguarder_id, plan.term.number, plan.version)
        execute(self._connection, _ADD_PLAN, (*ids, to_micros(plan.recorded_at), _TERM_PLAN.dump_json(plan).decode()))
        event = (plan.safeguarder_id, wire.plan_event(plan))
        add_events(self._connection, [event], plan.recorded_at, traceparent())

    def _publish(self, part: Action | Support | View | ActionReview, event: Any) -> None:
        add_events(self._connection, [(part.safeguarder_id, event)], part.recorded_at, traceparent())


class SqlApproachChanges:
    """Changes of the approach to concerns, by id and by person."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def find(self, change_id: str) -> ApproachChange | None:
        """Return a change as it stands, or None."""
        statement = "SELECT body FROM approach_change WHERE change_id = ? AND is_newest"
        row = execute(self._connection, statement, (change_id,)).fetchone()
        return _CHANGE.validate_json(row[0]) if row else None

    def of(self, safeguarder_id: str) -> list[ApproachChange]:
        """Return a person's changes as they stand: those that apply first, then the newest first."""
        statement = "SELECT body FROM approach_change WHERE safeguarder_id = ? AND is_newest"
        rows = execute(self._connection, statement, (safeguarder_id,))
        found = [_CHANGE.validate_json(body) for (body,) in rows]
        found.sort(key=lambda change: (change.created_at, change.change_id), reverse=True)
        return sorted(found, key=lambda change: not change.applies)

    def put(self, change: ApproachChange) -> None:
        """Store a version of a change, and publish it."""
        statement = "UPDATE approach_change SET is_newest = false WHERE change_id = ? AND is_newest"
        execute(self._connection, statement, (change.change_id,))
        ids = (change.change_id, change.version, change.safeguarder_id, to_micros(change.recorded_at), True)
        execute(self._connection, _ADD_CHANGE, (*ids, _CHANGE.dump_json(change).decode()))
        event = (change.safeguarder_id, change_event(change))
        add_events(self._connection, [event], change.recorded_at, traceparent())
