"""The alerts in the database, in the current transaction."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import ColumnElement, Connection, and_, func, insert, select, tuple_, update

from services.notifications import wire
from services.notifications.adapters.tables import ASKING, LIVE, PARKED, UNASSIGNED, alert, silence
from services.notifications.domain.alert import Alert, Concern, Lane, Reason, Role, State, has_acted, what_happened
from services.platform.calls.relations import Listed
from services.platform.events.outbox import add_events
from services.platform.storage.database import from_micros, to_micros
from services.platform.telemetry.traces import link, traceparent

_LIVE_NOT_SUPPRESSED = and_(LIVE, alert.c.silenced_by == "")


@dataclass(frozen=True, slots=True)
class Scope:
    """The alerts that a caller may see. Empty fields set no limit."""

    safeguarder_id: str = ""
    people: Listed = Listed()
    own: bool = False
    """Limit to alerts that the Safeguarder concerned may see."""


@dataclass(frozen=True, slots=True)
class Changed:
    """An alert with the number of its latest change. The numbers rise in commit order over all alerts."""

    change: int
    alert: Alert


def seen_by(scope: Scope) -> list[ColumnElement[bool]]:
    """Return the conditions that limit a query of alerts to what a caller may see."""
    conditions = about_people(scope, alert.c.safeguarder_id)
    if scope.own:
        conditions.append(alert.c.open_to_the_person)
    return conditions


def about_people(scope: Scope, safeguarder_id: ColumnElement[Any]) -> list[ColumnElement[bool]]:
    """Return the conditions that limit a query to the people about whom a caller may see something."""
    one = [safeguarder_id == scope.safeguarder_id] if scope.safeguarder_id else []
    return [*one, *scope.people.limits(safeguarder_id)]


class SqlAlerts:
    """The store of alerts. Every change gets the next number, so that a caller who watches can resume after it."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def find(self, alert_id: str) -> Alert | None:
        """Return the alert, or None."""
        found = self._alerts(alert.c.alert_id == alert_id)
        return found[0] if found else None

    def live_of(self, safeguarder_id: str) -> Sequence[Alert]:
        """Return a person's live alerts, in order of id."""
        return self._alerts(alert.c.safeguarder_id == safeguarder_id, LIVE, order=[alert.c.alert_id])

    def find_standing(self, concern: Concern) -> Alert | None:
        """Return the alert of this concern that has not ended for good, or else the live one of the same matter.

        The same matter is the same person, rule, subject and window.
        """
        for state in (LIVE, PARKED) if concern.concern_id else ():
            found = self._alerts(alert.c.concern_id == concern.concern_id, state)
            if found:
                return found[0]
        found = self._alerts(
            alert.c.safeguarder_id == concern.safeguarder_id,
            alert.c.rule == concern.rule,
            alert.c.subject == concern.subject,
            alert.c.window_starts_on == _iso(concern.window_starts_on),
            LIVE,
        )
        return found[0] if found else None

    def keep(self, before: Alert | None, after: Alert, at: datetime) -> None:
        """Store an alert, publish what happened to it, and record a suppression that begins or ends."""
        # One writer at a time: reading the highest number and taking the next cannot race with another transaction.
        row = _row(after) | {"change": self.head() + 1}
        if before is None:
            self._connection.execute(insert(alert).values(row | {"traceparent": traceparent()}))
        else:
            self._link_to_opening(after.alert_id)
            self._connection.execute(update(alert).where(alert.c.alert_id == after.alert_id).values(row))
        if (before.silenced_by if before else "") != after.silenced_by:
            self._record_suppression(after, to_micros(at))
        happened = what_happened(before, after)
        if happened:
            event = wire.event(after, happened, acted=has_acted(before, after))
            add_events(self._connection, [(after.safeguarder_id, event)], at, traceparent())

    def asking_by(self, today: date, most_asked: int) -> Sequence[Alert]:
        """Return the alerts whose day to ask has come and that were asked about less often, earliest first."""
        conditions = (ASKING, alert.c.asks_on <= today.isoformat(), alert.c.asked < most_asked)
        return self._alerts(*conditions, order=[alert.c.asks_on, alert.c.alert_id])

    def unassigned(self) -> Sequence[Alert]:
        """Return the live alerts without a recipient, oldest first."""
        return self._alerts(UNASSIGNED, order=[alert.c.opened_at, alert.c.alert_id])

    def page(
        self, scope: Scope, recipient: str, include_ended: bool, after: Sequence[int | str], most: int
    ) -> Sequence[Alert]:
        """Return alerts after a place in the list, most urgent first.

        `include_ended` adds resolved and suppressed ones.
        """
        conditions = seen_by(scope)
        place = [alert.c.urgency, alert.c.respond_by_on, alert.c.alert_id]
        if recipient:
            conditions.append(alert.c.recipient == recipient)
        if not include_ended:
            conditions.append(_LIVE_NOT_SUPPRESSED)
        if after:
            conditions.append(tuple_(*place) > tuple_(*after))
        return self._alerts(*conditions, order=place, most=most)

    def changes(self, scope: Scope, after: int, most: int, live_only: bool) -> Sequence[Changed]:
        """Return alerts changed after a number, in order of change. `live_only` omits resolved and suppressed ones."""
        conditions = [*seen_by(scope), alert.c.change > after]
        if live_only:
            conditions.append(_LIVE_NOT_SUPPRESSED)
        query = select(alert).where(*conditions).order_by(alert.c.change).limit(most)
        return [Changed(row.change, _alert(row)) for row in self._connection.execute(query)]

    def head(self) -> int:
        """Return the number of the latest change, or 0."""
        return int(self._connection.execute(select(func.max(alert.c.change))).scalar() or 0)

    def _alerts(
        self, *conditions: ColumnElement[bool], order: Sequence[ColumnElement[Any]] = (), most: int | None = None
    ) -> list[Alert]:
        query = select(alert).where(*conditions).order_by(*order).limit(most)
        return [_alert(row) for row in self._connection.execute(query)]

    def _link_to_opening(self, alert_id: str) -> None:
        """Link the current trace to the one in which the alert was opened."""
        if traceparent():
            link(self._connection.execute(select(alert.c.traceparent).where(alert.c.alert_id == alert_id)).scalar_one())

    def _record_suppression(self, after: Alert, at: int) -> None:
        current = and_(silence.c.alert_id == after.alert_id, silence.c.ended_at.is_(None))
        self._connection.execute(update(silence).where(current).values(ended_at=at))
        if after.silenced_by:
            begun = {"alert_id": after.alert_id, "silenced_by": after.silenced_by, "started_at": at}
            self._connection.execute(insert(silence).values(begun))


def _iso(day: date | None) -> str:
    return day.isoformat() if day else ""


def _day(text: str) -> date | None:
    return date.fromisoformat(text) if text else None


def _row(kept: Alert) -> dict[str, Any]:
    concern = kept.concern
    return {
        "alert_id": kept.alert_id,
        "safeguarder_id": concern.safeguarder_id,
        "concern_id": concern.concern_id,
        "rule": concern.rule,
        "subject": concern.subject,
        "standards": " ".join(concern.standards),
        "lane": concern.lane.value,
        "urgency": kept.place[0],
        "window_starts_on": _iso(concern.window_starts_on),
        "tell": concern.tell.value,
        "respond_within_working_days": concern.respond_within_working_days,
        "quiet_if_escalated": concern.quiet_if_escalated,
        "recipient": kept.recipient,
        "respond_by_on": kept.respond_by_on.isoformat(),
        "opened_at": to_micros(kept.opened_at),
        "open_to_the_person": kept.open_to_the_person,
        "state": kept.state.value,
        "owner": kept.owner,
        "next_on": _iso(kept.next_on),
        "reason": kept.reason.value if kept.reason else "",
        "updates": kept.updates,
        "silenced_by": kept.silenced_by,
        "closing_proposed": kept.closing_proposed,
        "version": kept.version,
        "quiet": kept.quiet,
        "held_since": _iso(kept.held_since),
        "asks_on": _iso(kept.asks_on),
        "asked": kept.asked,
        "acted_at": to_micros(kept.acted_at) if kept.acted_at else None,
        "acted_by": kept.acted_by,
    }


def _alert(row: Any) -> Alert:
    return Alert(
        alert_id=row.alert_id,
        concern=Concern(
            safeguarder_id=row.safeguarder_id,
            concern_id=row.concern_id,
            rule=row.rule,
            subject=row.subject,
            standards=tuple(row.standards.split()),
            lane=Lane(row.lane),
            window_starts_on=_day(row.window_starts_on),
            tell=Role(row.tell),
            respond_within_working_days=row.respond_within_working_days,
            quiet_if_escalated=bool(row.quiet_if_escalated),
        ),
        recipient=row.recipient,
        respond_by_on=date.fromisoformat(row.respond_by_on),
        opened_at=from_micros(row.opened_at),
        open_to_the_person=bool(row.open_to_the_person),
        state=State(row.state),
        owner=row.owner,
        next_on=_day(row.next_on),
        reason=Reason(row.reason) if row.reason else None,
        updates=row.updates,
        silenced_by=row.silenced_by,
        closing_proposed=bool(row.closing_proposed),
        version=row.version,
        quiet=bool(row.quiet),
        held_since=_day(row.held_since),
        asks_on=_day(row.asks_on),
        asked=row.asked,
        acted_at=from_micros(row.acted_at) if row.acted_at is not None else None,
        acted_by=row.acted_by,
    )
