"""The notifications in the database, in the transaction at hand."""

from collections.abc import Sequence
from dataclasses import fields
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Connection, and_, delete, func, or_, select, tuple_

from services.notifications.adapters.alerts import seen_by
from services.notifications.adapters.tables import CLAIMED, INTENDED, alert, notification
from services.notifications.domain.notification import FINAL_STATES, Channel, Notification, State
from services.notifications.ports import Scope
from services.platform.storage.database import execute_many, from_micros, to_micros

LARGEST_GROUP = 500
_FIELDS = tuple(field.name for field in fields(Notification))
_INSTANTS = ("created_at", "due_at", "claimed_at", "sent_at")
_KEEP = (
    f"INSERT INTO notification ({', '.join(_FIELDS)}) VALUES ({', '.join('?' * len(_FIELDS))}) "  # noqa: S608
    "ON CONFLICT (notification_id) DO UPDATE SET "
    + ", ".join(f"{name} = excluded.{name}" for name in _FIELDS if name != "notification_id")
)


class SqlNotifications:
    """The notifications."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def keep(self, notifications: Sequence[Notification]) -> None:
        """Store notifications, new or changed."""
        if notifications:
            execute_many(self._connection, _KEEP, [_row(one) for one in notifications])

    def withdraw(self, alert_id: str) -> None:
        """Forget what was intended for staff about an alert, and never tried."""
        never_tried = and_(INTENDED, notification.c.tries == 0, ~notification.c.to_the_person)
        self._connection.execute(delete(notification).where(notification.c.alert_id == alert_id, never_tried))

    def next_group(self, now: datetime) -> Sequence[Notification]:
        """What goes as one e-mail next: due, and to one recipient. Empty for nothing."""
        due = and_(INTENDED, _may_go(), notification.c.due_at <= to_micros(now))
        order = [notification.c.urgent.desc(), notification.c.due_at, notification.c.notification_id]
        first = next(iter(self._notifications(due, order=order, most=1)), None)
        if first is None:
            return []
        # What was tried before is tried again as it was: nothing may join an e-mail that perhaps got through.
        together = and_(
            INTENDED,
            notification.c.recipient == first.recipient,
            notification.c.channel == first.channel.value,
            notification.c.reference == first.reference,
            _may_go(),
        )
        return self._notifications(together, order=order, most=LARGEST_GROUP)

    def next_due_at(self, now: datetime) -> datetime | None:
        """The earliest time after now at which something falls due, or None."""
        query = select(func.min(notification.c.due_at)).where(INTENDED, notification.c.due_at > to_micros(now))
        found = self._connection.execute(query).scalar()
        return None if found is None else from_micros(found)

    def claimed(self, before: datetime, copy_name: str) -> Sequence[Notification]:
        """Claims without an outcome: by one copy of the service, and by any if older than an instant."""
        old = notification.c.claimed_at <= to_micros(before)
        return self._notifications(CLAIMED, or_(old, notification.c.claimed_by == copy_name))

    def page(self, scope: Scope, after: Sequence[int | str], most: int) -> Sequence[Notification]:
        """Notifications about a person, newest first, after a creation time in microseconds and an id."""
        place = [notification.c.created_at, notification.c.notification_id]
        conditions: list[ColumnElement[bool]] = [notification.c.safeguarder_id == scope.safeguarder_id]
        if scope.own:
            conditions.append(notification.c.alert_id.in_(select(alert.c.alert_id).where(*seen_by(scope))))
        if after:
            conditions.append(tuple_(*place) < tuple_(*after))
        return self._notifications(*conditions, order=[column.desc() for column in place], most=most)

    def _notifications(
        self, *conditions: ColumnElement[bool], order: Sequence[ColumnElement[Any]] = (), most: int | None = None
    ) -> list[Notification]:
        query = select(notification).where(*conditions).order_by(*order).limit(most)
        return [_notification(row) for row in self._connection.execute(query)]


def _may_go() -> ColumnElement[bool]:
    """Nothing told to the person concerned, of the same alert and no later, is still on its way."""
    theirs = notification.alias("theirs")
    on_its_way = select(theirs.c.notification_id).where(
        theirs.c.alert_id == notification.c.alert_id,
        theirs.c.to_the_person,
        theirs.c.created_at <= notification.c.created_at,
        theirs.c.state.not_in([state.value for state in FINAL_STATES]),
    )
    return or_(notification.c.to_the_person, notification.c.urgent, ~on_its_way.exists())


def _row(kept: Notification) -> tuple[Any, ...]:
    values = {name: getattr(kept, name) for name in _FIELDS}
    for name in _INSTANTS:
        values[name] = None if values[name] is None else to_micros(values[name])
    return tuple(values.values())


def _notification(row: Any) -> Notification:
    values = dict(row._mapping)
    for name in _INSTANTS:
        values[name] = None if values[name] is None else from_micros(values[name])
    for name in ("to_the_person", "urgent", "possible_duplicate"):
        values[name] = bool(values[name])
    values["state"], values["channel"] = State(values["state"]), Channel(values["channel"])
    return Notification(**values)
