"""Events of a small story of allocations, numbered in the order they happened."""

import itertools
import uuid
from collections.abc import Iterable, Sequence

from psmf.scheduling.v1 import events_pb2
from sqlalchemy import Connection

from services.platform.events.inbox import Inbox, Reaction
from services.platform.events.outbox import StoredEvent
from services.platform.storage.database import Database
from tests.platform.small_service import count_one, now

TYPE = events_pb2.SupportManagerAllocated.DESCRIPTOR.full_name


def a_message(key: str, what: str = "someone") -> events_pb2.SupportManagerAllocated:
    """Return a message that holds a recognisable word."""
    return events_pb2.SupportManagerAllocated(safeguarder_id=key, support_manager=what)


def a_story(*keys: str) -> list[StoredEvent]:
    """Return one event for each given key, with positions from 1."""
    sequences: dict[str, itertools.count[int]] = {}
    return [
        StoredEvent(
            position,
            str(uuid.uuid4()),
            TYPE,
            key,
            next(sequences.setdefault(key, itertools.count(1))),
            now(),
            "",
            a_message(key, f"{position}").SerializeToString(),
        )
        for position, key in enumerate(keys, 1)
    ]


class Applied:
    """A reaction that counts each event in the database and remembers what it saw. Positions in `poison` fail."""

    def __init__(self, poison: Iterable[int] = ()) -> None:
        self.poison = set(poison)
        self.seen: list[int] = []

    def __call__(self, connection: Connection, event: StoredEvent) -> None:
        """Apply one event."""
        self.seen.append(event.position)
        count_one(connection, f"{event.key} {event.key_sequence}")
        if event.position in self.poison:
            raise ValueError("this one cannot be applied")


class StillThere:
    """The context of a call whose caller waits for the answer."""

    def is_active(self) -> bool:
        """Return True."""
        return True


def an_inbox(database: Database, reaction: Reaction) -> Inbox:
    """Return an inbox for the events that evidence publishes."""
    return Inbox(database, "evidence", {TYPE: reaction}, now)


def once_each(events: Sequence[StoredEvent]) -> dict[str, int]:
    """Return the counts if every event was applied exactly once."""
    return {f"{event.key} {event.key_sequence}": 1 for event in events}
