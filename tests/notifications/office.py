"""The notifications service without its server and threads: events in, alerts and messages out, step by step."""

import uuid
from collections import defaultdict
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime, time, timedelta
from itertools import count
from pathlib import Path
from typing import Any, TypeVar

from google.protobuf.message import Message
from sqlalchemy import Connection, select

from services.notifications import consumer
from services.notifications.adapters.alerts import Scope, SqlAlerts
from services.notifications.adapters.ladders import read_ladders
from services.notifications.adapters.notifications import SqlNotifications
from services.notifications.adapters.people import DirectoryPeople
from services.notifications.adapters.tables import alert
from services.notifications.compose import context_factory
from services.notifications.domain.alert import Alert
from services.notifications.domain.notification import Notification, Outcome, Retries
from services.notifications.handlers.context import AlertContext
from services.notifications.ports import Mailer
from services.notifications.settings import Settings
from services.notifications.worker import ClockJob, Sender
from services.platform.calls.identity import Directory
from services.platform.events.inbox import Inbox
from services.platform.events.inbox_tables import DEAD_LETTERS, dead_lettered
from services.platform.events.outbox import StoredEvent, events_after
from services.platform.storage.counts import keep_counts
from services.platform.storage.database import Database, execute
from tests.clock import FixedClock
from tests.world import World

T = TypeVar("T")
TODAY = date(2026, 11, 24)
NOW = datetime(2026, 11, 24, 9, 30, tzinfo=UTC)
RETRIES = Retries(timedelta(minutes=5), most=4, office=read_ladders().office)


class Post:
    """A mailer that returns the given outcomes in turn and then takes everything. It keeps what it was given."""

    def __init__(self, *outcomes: Outcome, watch: Callable[[str, str], None] | None = None) -> None:
        self.sent: list[tuple[str, str]] = []
        self._outcomes = list(outcomes)
        self._watch = watch

    @property
    def addresses(self) -> list[str]:
        """The people who were written to, in order."""
        return [address.partition("@")[0] for address, _ in self.sent]

    def send(self, address: str, reference: str, at: datetime, answer_by_on: date | None = None) -> Outcome:
        """Take an e-mail."""
        self.sent.append((address, reference))
        if self._watch is not None:
            self._watch(address, reference)
        return self._outcomes.pop(0) if self._outcomes else Outcome.SENT


class Office:
    """One service's database, clock and reactions."""

    def __init__(self, folder: Path, **settings: Any) -> None:
        self.world = World(folder)
        self.clock = FixedClock(NOW)
        self.settings = settings_of(self.world, **settings)
        self.database = Database(self.settings.database_url)
        keep_counts(self.database.engine, (DEAD_LETTERS,))
        self.people = DirectoryPeople(Directory(self.settings.people_file))
        self.context_at = context_factory(self.settings, self.people)
        self._inboxes = {
            "evidence": Inbox(self.database, "evidence", consumer.from_evidence(self._context_now), self.clock.now),
            "rules": Inbox(self.database, "rules", consumer.from_rules(self._context_now), self.clock.now),
            "scheduling": Inbox(
                self.database, "scheduling", consumer.from_scheduling(self._context_now), self.clock.now
            ),
        }
        self._position = 0
        self._sequences: dict[tuple[str, str], Iterator[int]] = defaultdict(lambda: count(1))

    def _context_now(self, connection: Connection) -> AlertContext:
        return self.context_at(connection, self.clock.now())

    def event(self, message: Message, recorded_at: datetime | None = None) -> StoredEvent:
        """A message as another service has it in its outbox."""
        fields: Any = message
        key = getattr(message, "safeguarder_id", "") or getattr(message, "rulebook_hash", "")
        key = key or (fields.fact if hasattr(fields, "fact") else fields.concern).safeguarder_id
        self._position += 1
        at = recorded_at or self.clock.now()
        name, data = message.DESCRIPTOR.full_name, message.SerializeToString()
        sequence = next(self._sequences[key, name.split(".")[1]])
        return StoredEvent(self._position, str(uuid.uuid4()), name, key, sequence, at, "", data)

    def receive_events(self, *events: StoredEvent) -> None:
        """Apply events one by one. None may be dead-lettered."""
        for event in events:
            self._inboxes[event.type.split(".")[1]].apply([event])
        with self.database.read() as connection:
            assert dead_lettered(connection) == 0

    def receive(self, *messages: Message) -> None:
        """Apply messages as new events."""
        self.receive_events(*[self.event(message) for message in messages])

    def do(self, work: Callable[[AlertContext], T]) -> T:
        """Carry out a command."""
        return self.database.write(lambda tx: work(self._context_now(tx)))

    def alerts(self) -> list[Alert]:
        """Every alert, in order of opening."""
        with self.database.read() as connection:
            ids = connection.execute(select(alert.c.alert_id).order_by(alert.c.opened_at, alert.c.change)).scalars()
            found = [SqlAlerts(connection).find(alert_id) for alert_id in ids.all()]
        return [one for one in found if one is not None]

    def alert(self, concern_id: str = "c-1") -> Alert:
        """The newest alert of a concern."""
        return [one for one in self.alerts() if one.concern.concern_id == concern_id][-1]

    def notifications(self) -> list[Notification]:
        """Every notification, in order of intent."""
        with self.database.read() as connection:
            intent = "rowid" if connection.dialect.name == "sqlite" else "created_at, to_the_person DESC"
            rows = execute(connection, f"SELECT notification_id, safeguarder_id FROM notification ORDER BY {intent}")  # noqa: S608
            ids = {row[0]: row[1] for row in rows}
            pages = [SqlNotifications(connection).page(Scope(person), (), 500) for person in set(ids.values())]
        found = {one.notification_id: one for page in pages for one in page}
        return [found[notification_id] for notification_id in ids]

    def published(self) -> list[str]:
        """Names of the events published, in order."""
        with self.database.read() as connection:
            return [event.type.rpartition(".")[2] for event in events_after(connection, 0, 500)]

    def sender(self, mailer: Mailer, copy_name: str = "only") -> Sender:
        """The sender, with a mail server."""
        return Sender(self.database, self.people, mailer, self.clock, RETRIES, copy_name)

    def send_all(self, mailer: Mailer) -> None:
        """Send what is due now."""
        sender = self.sender(mailer)
        while sender.turn() == 0.0:
            pass

    def go_on(self, **span: float) -> None:
        """Let time pass."""
        self.clock.instant += timedelta(**span)

    def go_to(self, day: date) -> None:
        """Move the clock to the morning of a day."""
        self.clock.instant = datetime.combine(day, time(9, 30), tzinfo=UTC)

    def tick(self) -> None:
        """One turn of the clock job."""
        ClockJob(self.database, self.context_at, self.sender(Post()), self.clock).turn()


def settings_of(world: World, **changes: Any) -> Settings:
    """Settings of the service in a world."""
    fields: dict[str, Any] = {
        **world.settings("notifications"),
        "evidence_address": "127.0.0.1:1",
        "rules_address": "127.0.0.1:1",
        "scheduling_address": "127.0.0.1:1",
        "smtp_address": "127.0.0.1:1",
        "mail_from": "no-reply@psmf.example.invalid",
        "smtp_start_tls": False,
    }
    return Settings(**(fields | changes))


@contextmanager
def an_office(folder: Path, **settings: Any) -> Iterator[Office]:
    """An office, closed afterwards."""
    office = Office(folder, **settings)
    try:
        yield office
    finally:
        office.database.close()
