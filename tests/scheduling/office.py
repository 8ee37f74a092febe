"""Scheduling without its server: a database, a clock that stands still, and two feeds."""

import uuid
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping
from itertools import count
from pathlib import Path
from typing import Any, TypeVar

from google.protobuf.message import Message

from services.platform.events.inbox import Inbox
from services.platform.events.outbox import StoredEvent
from services.platform.storage.database import Database
from services.scheduling import consumer
from services.scheduling.adapters.store import SqlSchedules
from services.scheduling.adapters.tables import metadata
from services.scheduling.compose import context_factory
from services.scheduling.domain.identifiers import Region, SafeguarderId, SupportManagerId
from services.scheduling.domain.schedule import Schedule
from services.scheduling.handlers.context import SchedulingContext
from services.scheduling.worker import DailyRun
from tests import databases
from tests.clock import FixedClock
from tests.scheduling.builders import NOW

T = TypeVar("T")


STAFF = {"team-one": "panel_team", "team-two": "panel_team", "senior-one": "senior_manager"}
"""Others who work for the Team."""


class Team:
    """Support managers, one in each region unless said otherwise."""

    def __init__(self, **region_by_manager: str) -> None:
        self.members = region_by_manager or {"east_1": "east", "north_1": "north", "west_1": "west"}

    def regions(self) -> Mapping[SupportManagerId, Region]:
        return {SupportManagerId(who): Region(region) for who, region in self.members.items()}

    def role_of_staff(self, person: str, safeguarder_id: str) -> str:
        role = "support_manager" if person in self.members else STAFF.get(person, "")
        return "" if person == f"also-{safeguarder_id}" else role

    def with_role(self, role: str) -> list[str]:
        return [person for person, known in STAFF.items() if known == role]


class Office:
    """A copy of the service that receives events and shows what it then stores."""

    def __init__(self, file: Path, team: Team | None = None) -> None:
        self.database = Database(databases.address(file))
        metadata.create_all(self.database.engine)
        self.clock = FixedClock(NOW)
        self.team = team or Team()
        self._new_context = context_factory(self.team, self.clock)
        self.daily_run = DailyRun(self.database, self._new_context, self.clock)
        self._sequences: dict[tuple[str, str], Iterator[int]] = defaultdict(lambda: count(1))
        self._inboxes = {
            "evidence": Inbox(self.database, "evidence", consumer.from_evidence(self._new_context), self.clock.now),
            "rules": Inbox(self.database, "rules", consumer.from_rules(self._new_context), self.clock.now),
        }

    def receive(self, *messages: Message, event_id: str = "") -> None:
        """Apply events, each from the service that publishes its kind."""
        for message in messages:
            source = message.DESCRIPTOR.full_name.split(".")[1]
            inbox = self._inboxes[source]
            key = getattr(message, "safeguarder_id", "") or message.concern.safeguarder_id  # type: ignore[attr-defined]
            position = next(self._sequences[key, source])
            event = StoredEvent(
                position,
                event_id or uuid.uuid4().hex,
                message.DESCRIPTOR.full_name,
                key,
                position,
                self.clock.now(),
                "",
                message.SerializeToString(),
            )
            inbox.apply([event])

    def command(self, work: Callable[[SchedulingContext], T]) -> T:
        """Run a handler in a transaction."""
        return self.database.write(lambda connection: work(self._new_context(connection)))

    def schedule(self, safeguarder_id: str) -> Schedule:
        """What is kept of a person."""
        with self.database.read() as connection:
            found = SqlSchedules(connection, self.clock.now()).find(SafeguarderId(safeguarder_id))
        assert found is not None
        return found

    def published(self) -> list[str]:
        """The names of the events published, in order."""
        return [row[0].rpartition(".")[2] for row in self.rows("SELECT type FROM outbox ORDER BY position")]

    def rows(self, sql: str) -> list[tuple[Any, ...]]:
        """Rows of the database."""
        with self.database.read() as connection:
            return [tuple(row) for row in connection.exec_driver_sql(sql)]

    def close(self) -> None:
        """Close the file."""
        self.database.close()
