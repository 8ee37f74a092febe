"""Faults put into the services on purpose, one at a time, to prove that the checks find them (reliability H-1)."""

import contextlib
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from unittest.mock import patch

from sqlalchemy import Connection, select

from services.evidence.domain.evidence_item import EvidenceItem
from services.notifications.adapters import notifications
from services.notifications.adapters.tables import INTENDED
from services.notifications.adapters.tables import notification as notification_table
from services.notifications.domain import notification
from services.notifications.handlers import send_notifications
from services.notifications.worker import Sender
from services.platform.calls import commands
from services.platform.events import inbox
from services.platform.events.inbox import Inbox
from services.platform.events.outbox import StoredEvent, events_after
from services.platform.kafka import relay
from services.platform.kafka.cloud_events import to_record
from services.platform.kafka.consumer import KafkaEventConsumer
from services.platform.kafka.relay import KafkaRelay
from services.platform.kafka.topics import topic_of
from services.platform.storage.database import execute
from tests.sim.simulated.copies import SERVICES
from tests.sim.world import World

_NOTE = "INSERT OR IGNORE INTO inbox (event_id, source, position) VALUES (?, ?, ?)"
_NOTED = "SELECT 1 FROM inbox WHERE event_id = ?"


def _each_alone(self: Inbox, events: Any, position: int = 0) -> None:
    for event in events:
        self._apply_one(event)
    self._database.write(lambda tx: self._advance(tx, position))


def _inbox_first(self: Inbox, event: StoredEvent) -> None:
    taken: list[StoredEvent] = []
    reactions, self._reactions = self._reactions, _Taken(taken)
    try:
        self._database.write(lambda tx: self._take(tx, [event]))
    finally:
        self._reactions = reactions
    for one in taken:
        self._database.write(lambda tx: reactions[one.type](tx, one))  # noqa: B023


class _Taken(dict[str, Any]):
    def __init__(self, taken: list[StoredEvent]) -> None:
        super().__init__()
        self._taken = taken

    def __contains__(self, key: object) -> bool:
        return True

    def __getitem__(self, key: str) -> Any:
        return lambda _, event: self._taken.append(event)


def _check_then_insert(self: Inbox, event: StoredEvent) -> None:
    def is_next(tx: Connection) -> bool:
        row = execute(tx, inbox._LAST, (self.source, event.key)).fetchone()
        return event.key_sequence == (row[0] if row else 0) + 1

    def apply(tx: Connection) -> None:
        execute(tx, _NOTE, (event.event_id, self.source, event.position))
        place = (self.source, event.key, event.key_sequence, event.event_id, event.key_sequence)
        execute(tx, inbox._ADVANCE_KEY, place)
        execute(tx, "DELETE FROM dead_letter WHERE event_id = ?", (event.event_id,))
        _react(self, tx, event)

    if self._database.write(is_next):
        self._database.write(apply)
    else:
        self._database.write(lambda tx: self._take(tx, [event]))


def _react(self: Inbox, tx: Connection, event: StoredEvent) -> None:
    self._reactions[event.type](tx, event)


def _no_inbox(self: Inbox, tx: Connection, events: Any) -> None:
    for event in events:
        _react(self, tx, event)


def _no_sequence(self: Inbox, tx: Connection, events: Any) -> None:
    for event in events:
        if execute(tx, _NOTED, (event.event_id,)).fetchone() is None:
            execute(tx, _NOTE, (event.event_id, self.source, event.position))
            _react(self, tx, event)


def _skip(self: Inbox, event: StoredEvent, reason: str) -> None:
    self._database.write(lambda tx: self.pass_over(tx, event.event_id, event.key, event.key_sequence, reason))


def _offset_first(self: KafkaEventConsumer, client: Any) -> None:
    records = [record for batch in client.poll().values() for record in batch]
    if records:
        client.commit()
        self._inbox.apply(list(self._events(records)))


_at, _send, _lease = World.at, KafkaRelay._send, KafkaRelay._take_lease


def _publish_early(self: World, moment: str, place: str) -> None:
    if moment == "before_commit" and self.running and self.shape.by_kafka and place in SERVICES:
        database = self.databases[place]
        position = (database.rows("SELECT position FROM relay") or [(0,)])[0][0]
        for event in events_after(database.writing, position, 50):
            key, value, headers = to_record(event, place)
            self.broker.append(topic_of(place), key, value, headers)
    _at(self, moment, place)


def _mark_first(self: KafkaRelay, events: Any, origin: str, fence: int) -> Any:
    self._database.write(lambda tx: relay.note_sent(tx, fence, events[-1].position))
    return _send(self, events, origin, fence)


def _send_and_forget(self: KafkaRelay, events: Any, origin: str, fence: int) -> Any:
    for event in events:
        key, value, headers = to_record(event, self._service)
        self._producer.send(self._topic, key=key, value=value, headers=headers)
    self._producer.flush()
    return relay._Sent((), events[-1].position, fence)


def _any_lease(self: KafkaRelay, tx: Connection) -> Any:
    execute(tx, "UPDATE relay SET holder = ''")
    return _lease(self, tx)


def _no_fence(tx: Connection, fence: int, position: int) -> None:
    execute(tx, "UPDATE relay SET position = ?", (position,))


def _claim_late(self: Sender) -> None:
    now = self._clock.now()
    with self._database.read() as connection:
        group = notifications.SqlNotifications(connection).next_group(now, self._retries)
    claimed = [notification.claim(one, one.reference or group[0].notification_id, "", now) for one in group]
    outcome = send_notifications.send(claimed, self._people, self._mailer, now)
    tried = [notification.after_try(one, outcome, now, self._retries) for one in claimed]
    self._database.write(lambda tx: notifications.SqlNotifications(tx).keep(tried))


def _unmarked(one: notification.Notification, now: datetime, retries: notification.Retries) -> Any:
    return notification.after_try(one, notification.Outcome.NOT_SENT, now, retries)


_Patch = tuple[Any, str, Any]


@dataclass(frozen=True, slots=True)
class Sabotage:
    """The replacements for a fault, and the invariants of which one must catch it."""

    patches: Sequence[_Patch]
    caught_by: Sequence[str]
    found_by: int = 0
    """A seed that found it once: `make test` begins there, as most seeds before it are in vain."""


_ONCE = "each event is applied once"
_IN_ORDER = "events of a key are applied in order"
_QUIET = "quiet within a minute"
"""The invariant that catches lost events: a lost event is never applied, and its key waits for it."""
_FORWARD = "the relay's mark moves forward"
_ANSWER, _EFFECT = "a repeat gets the same answer", "an acknowledged command has one effect"
_ALONE: _Patch = (Inbox, "_apply_together", _each_alone)
_KEPT_BY_NOBODY = (
    (commands, "_KEPT", f"{commands._KEPT} AND 1 = 0"),
    (commands, "_KEEP", commands._KEEP.replace("INSERT", "INSERT OR IGNORE")),
)
_NO_FENCE = ((KafkaRelay, "_take_lease", _any_lease), (relay, "note_sent", _no_fence))
_NO_DUPLICATE = "no duplicate is unmarked"
_COUNTS = property(lambda item: item.content.received_on)
_EACH_INTENDED = select(notification_table).where(INTENDED).order_by(*notifications._ORDER)
_AT_ONCE = (
    (notifications, "_DUE", _EACH_INTENDED.where(notifications._IS_DUE).limit(1)),
    (notifications, "_URGENT_DUE", _EACH_INTENDED.where(notifications._IS_DUE, notifications._IS_URGENT).limit(1)),
    (notifications, "_TOGETHER", _EACH_INTENDED.where(notifications._OF_ONE_MAIL).limit(notifications.LARGEST_GROUP)),
)
SABOTAGES = {
    "inbox-in-its-own-transaction": Sabotage((_ALONE, (Inbox, "_apply_one", _inbox_first)), (_ONCE, _IN_ORDER, _QUIET)),
    "check-then-insert": Sabotage((_ALONE, (Inbox, "_apply_one", _check_then_insert)), (_ONCE,), 1),
    "no-inbox": Sabotage(((Inbox, "_take", _no_inbox),), (_ONCE, _IN_ORDER)),
    "sequence-ignored": Sabotage(((Inbox, "_take", _no_sequence),), (_IN_ORDER,)),
    "poison-skipped": Sabotage(((Inbox, "dead_letter", _skip),), (_IN_ORDER, _QUIET), 12),
    "offset-before-effect": Sabotage(((KafkaEventConsumer, "_turn", _offset_first),), (_QUIET,)),
    "publish-before-commit": Sabotage(((World, "at", _publish_early),), ("no effect without its cause",)),
    "mark-before-ack": Sabotage(((KafkaRelay, "_send", _mark_first),), (_QUIET, _FORWARD), found_by=2),
    "send-dropped": Sabotage(((KafkaRelay, "_send", _send_and_forget),), (_QUIET,)),
    "relay-without-fence": Sabotage(_NO_FENCE, (_FORWARD,), found_by=100),
    "staff-told-at-once": Sabotage(_AT_ONCE, ("the person hears first",), found_by=34),
    "answers-not-kept": Sabotage(_KEPT_BY_NOBODY, (_ANSWER, _EFFECT)),
    "everything-counts": Sabotage(((EvidenceItem, "countable_on", _COUNTS),), ("only what is countable counts",)),
    "claim-after-sending": Sabotage(((Sender, "_send_next", _claim_late),), (_NO_DUPLICATE,), 2),
    "unknown-outcome-unmarked": Sabotage(((notification, "release_claim", _unmarked),), (_NO_DUPLICATE,), 2),
}


@contextlib.contextmanager
def sabotaged(name: str) -> Iterator[None]:
    """Run with one sabotage. An empty name means none."""
    with contextlib.ExitStack() as stack:
        for owner, attribute, instead in SABOTAGES[name].patches if name else ():
            stack.enter_context(patch.object(owner, attribute, instead))
        yield


def seeds_until_caught(name: str, run: Callable[[int], Any], most: int, first: int = 0) -> tuple[int, Any]:
    """Return how many seeds it takes until a check fails, and the result of the last one."""
    for seeds in range(1, most + 1):
        with sabotaged(name):
            result = run(first + seeds - 1)
        if result.invariant:
            break
    return seeds, result
