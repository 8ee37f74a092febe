"""The notifications in the database, in the current transaction."""

from collections.abc import Sequence
from dataclasses import fields
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, Connection, Select, and_, bindparam, func, or_, select, tuple_

from services.notifications.adapters.alerts import Scope, about_people, seen_by
from services.notifications.adapters.tables import CLAIMED, INTENDED, alert, notification
from services.notifications.domain.news import News
from services.notifications.domain.notification import FINAL_STATES, Channel, Notification, Retries, State, Subject
from services.platform.storage.database import execute, execute_many, from_micros, to_micros

LARGEST_GROUP = 500
"""Notifications in one e-mail. It bounds a transaction. The e-mail's text is the same for any number."""
_FIELDS = tuple(field.name for field in fields(Notification))
_DAYS = ("answer_by_on", "session_on", "review_on")
_INSTANTS = ("created_at", "due_at", "claimed_at", "sent_at")
_SUBJECTS = {subject.value: subject for subject in Subject}
_KEEP = (
    f"INSERT INTO notification ({', '.join(_FIELDS)}) VALUES ({', '.join('?' * len(_FIELDS))}) "  # noqa: S608
    "ON CONFLICT (notification_id) DO UPDATE SET "
    + ", ".join(f"{name} = excluded.{name}" for name in _FIELDS if name != "notification_id")
)

# Nearly each event that is heard asks these.
_WITHDRAW_REQUEST = "DELETE FROM notification WHERE alert_id = ? AND state = ? AND tries = 0 AND to_the_person"
_WITHDRAW = "DELETE FROM notification WHERE alert_id = ? AND state = ? AND tries = 0 AND NOT to_the_person"
_HAS_TOLD = "SELECT 1 FROM notification WHERE alert_id = ? LIMIT 1"
_HAS_ASKED = "SELECT 1 FROM notification WHERE alert_id = ? AND to_the_person AND answer_by_on = ? LIMIT 1"
_NEWS_OF = "SELECT version, told FROM session_news WHERE about = ?"
_KEEP_NEWS = (
    "INSERT INTO session_news (about, version, told) VALUES (?, ?, ?) "
    "ON CONFLICT (about) DO UPDATE SET version = excluded.version, told = excluded.told"
)


class SqlNotifications:
    """The store of notifications."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def keep(self, notifications: Sequence[Notification]) -> None:
        """Store new or changed notifications."""
        if notifications:
            execute_many(self._connection, _KEEP, [_row(one) for one in notifications])

    def withdraw(self, alert_id: str) -> None:
        """Delete the messages to staff about an alert that were never tried."""
        execute(self._connection, _WITHDRAW, (alert_id, State.INTENDED.value))

    def withdraw_request(self, about: str) -> None:
        """Delete the messages that ask a Safeguarder for something they have given, if they were never tried."""
        execute(self._connection, _WITHDRAW_REQUEST, (about, State.INTENDED.value))

    def has_asked(self, about: str, day: date) -> bool:
        """Return whether a Safeguarder was asked already for an answer about something by a day."""
        return execute(self._connection, _HAS_ASKED, (about, day.isoformat())).fetchone() is not None

    def has_told(self, about: str) -> bool:
        """Return whether anybody was told of something already."""
        return execute(self._connection, _HAS_TOLD, (about,)).fetchone() is not None

    def news_of(self, about: str) -> News:
        """Return what was last told about something on record."""
        found = execute(self._connection, _NEWS_OF, (about,)).fetchone()
        return News(*found) if found else News()

    def keep_news(self, about: str, news: News) -> None:
        """Store what was last told about something on record."""
        execute(self._connection, _KEEP_NEWS, (about, news.version, news.told))

    def next_group(self, now: datetime, retries: Retries) -> Sequence[Notification]:
        """Return the due notifications of the next e-mail, all to one recipient. Empty if nothing is due.

        What would wait longer than the longest wait is due: a clock that stood wrong has put it off.
        """
        due = _URGENT_DUE if retries.only_urgent(now) else _DUE
        first = self._read(due, now=to_micros(now), put_off=to_micros(now + retries.longest_wait))
        if not first:
            return []
        one = first[0]
        return self._read(_TOGETHER, recipient=one.recipient, channel=one.channel.value, reference=one.reference)

    def next_due_at(self, now: datetime) -> datetime | None:
        """Return the earliest time after now at which a notification falls due, or None."""
        found = self._connection.execute(_NEXT_DUE_AT, {"now": to_micros(now)}).scalar()
        return None if found is None else from_micros(found)

    def claimed(self, claimed_at: datetime, copy_name: str) -> Sequence[Notification]:
        """Return the claims of one copy of the service, and all claims made no later than an instant."""
        old = notification.c.claimed_at <= to_micros(claimed_at)
        return self._notifications(CLAIMED, or_(old, notification.c.claimed_by == copy_name))

    def lost(self, now: datetime, forgotten_after: timedelta, copy_name: str) -> Sequence[Notification]:
        """Return the claims of one copy of the service, and all claims too old or too far ahead to have a sender."""
        old, ahead = to_micros(now - forgotten_after), to_micros(now + forgotten_after)
        return self._read(_LOST, old=old, ahead=ahead, copy_name=copy_name)

    def page(self, scope: Scope, after: Sequence[int | str], most: int) -> Sequence[Notification]:
        """Return the notifications in a scope, newest first, after a creation time in microseconds and an id."""
        place = [notification.c.created_at, notification.c.notification_id]
        conditions = about_people(scope, notification.c.safeguarder_id)
        if scope.own:
            seen = select(alert.c.alert_id).where(*seen_by(scope))
            conditions.append(or_(notification.c.to_the_person, notification.c.alert_id.in_(seen)))
        if after:
            conditions.append(tuple_(*place) < tuple_(*after))
        return self._notifications(*conditions, order=[column.desc() for column in place], most=most)

    def sent_to_the_person(self, scope: Scope) -> Sequence[Notification]:
        """Return every message that went to the Safeguarders in a scope, oldest first."""
        sent = (notification.c.to_the_person, notification.c.state == State.SENT.value)
        order = [notification.c.created_at, notification.c.notification_id]
        return self._notifications(*about_people(scope, notification.c.safeguarder_id), *sent, order=order)

    def _read(self, query: Select[Any], **values: Any) -> list[Notification]:
        return [_notification(row) for row in self._connection.execute(query, values)]

    def _notifications(
        self, *conditions: ColumnElement[bool], order: Sequence[ColumnElement[Any]] = (), most: int | None = None
    ) -> list[Notification]:
        query = select(notification).where(*conditions).order_by(*order).limit(most)
        return self._read(query)


def _may_go() -> ColumnElement[bool]:
    """Return the condition that no message to the Safeguarder holds a notification back (D5).

    A message to staff waits while one to the Safeguarder, about the same alert and created no later, is neither sent
    nor failed. Urgent messages never wait.
    """
    theirs = notification.alias("theirs")
    on_its_way = select(theirs.c.notification_id).where(
        theirs.c.alert_id == notification.c.alert_id,
        theirs.c.to_the_person,
        theirs.c.created_at <= notification.c.created_at,
        theirs.c.state.not_in([state.value for state in FINAL_STATES]),
    )
    return or_(notification.c.to_the_person, notification.c.urgent, ~on_its_way.exists())


# The sender asks these at each turn, and most of the time of an answer would go into writing the question.
_ORDER = (notification.c.urgent.desc(), notification.c.due_at, notification.c.notification_id)
# What would wait longer than the longest wait is due: a clock that stood wrong has put it off.
_IS_DUE = or_(notification.c.due_at <= bindparam("now"), notification.c.due_at > bindparam("put_off"))
_EACH_MAY_GO = select(notification).where(INTENDED, _may_go()).order_by(*_ORDER)
_DUE = _EACH_MAY_GO.where(_IS_DUE).limit(1)
# Whatever goes to the inbox is already there, and wakes nobody.
_IS_URGENT = or_(notification.c.urgent, notification.c.channel == Channel.INBOX.value)
_URGENT_DUE = _DUE.where(_IS_URGENT)
# An e-mail that was tried before is tried again with the same notifications. It may have arrived, and then a
# notification that joined it would never be sent.
_OF_ONE_MAIL = and_(
    notification.c.recipient == bindparam("recipient"),
    notification.c.channel == bindparam("channel"),
    notification.c.reference == bindparam("reference"),
)
_TOGETHER = _EACH_MAY_GO.where(_OF_ONE_MAIL).limit(LARGEST_GROUP)
_NEXT_DUE_AT = select(func.min(notification.c.due_at)).where(INTENDED, notification.c.due_at > bindparam("now"))
_LOST = select(notification).where(
    CLAIMED,
    or_(
        notification.c.claimed_at <= bindparam("old"),
        notification.c.claimed_at > bindparam("ahead"),
        notification.c.claimed_by == bindparam("copy_name"),
    ),
)


def _row(kept: Notification) -> tuple[Any, ...]:
    values = {name: getattr(kept, name) for name in _FIELDS}
    for name in _INSTANTS:
        values[name] = None if values[name] is None else to_micros(values[name])
    for name in _DAYS:
        values[name] = values[name].isoformat() if values[name] else ""
    values["subject"] = kept.subject or ""
    return tuple(values.values())


def _notification(row: Any) -> Notification:
    values = dict(row._mapping)
    for name in _INSTANTS:
        values[name] = None if values[name] is None else from_micros(values[name])
    for name in ("to_the_person", "urgent", "possible_duplicate"):
        values[name] = bool(values[name])
    for name in _DAYS:
        values[name] = date.fromisoformat(values[name]) if values[name] else None
    # A word of a later release is left out, so that its message still goes after going back.
    values["subject"] = _SUBJECTS.get(values["subject"])
    values["state"], values["channel"] = State(values["state"]), Channel(values["channel"])
    return Notification(**values)
