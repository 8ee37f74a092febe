"""A broker in memory with the faults of at-least-once transports: it loses, repeats, delays, shuffles, rebalances."""

import zlib
from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from tests.sim.simulated.chance import Chance

PARTITIONS = 2
LATEST_DELAY = 8


class BrokerError(Exception):
    """The error of a client library when the broker, or the connection to it, fails."""


@dataclass(frozen=True, slots=True)
class Record:
    """A record in a topic."""

    topic: str
    partition: int
    offset: int
    key: bytes
    value: bytes
    headers: Sequence[tuple[str, bytes]]
    seen_from: int
    """First step at which a consumer can read it."""


@dataclass
class Broker:
    """The topics, and how far each group has read them."""

    chance: Chance
    now: Callable[[], int]
    """Number of the current step."""
    at: Callable[[str], None]
    topics: dict[str, list[list[Record]]] = field(
        default_factory=lambda: defaultdict(lambda: [[] for _ in range(PARTITIONS)])
    )
    offsets: dict[tuple[str, int], int] = field(default_factory=dict)
    members: dict[str, list["Client"]] = field(default_factory=lambda: defaultdict(list))
    generations: dict[str, int] = field(default_factory=lambda: defaultdict(int))

    def append(self, topic: str, key: bytes, value: bytes, headers: Sequence[tuple[str, bytes]]) -> None:
        """Append a record."""
        partition = zlib.crc32(key) % PARTITIONS
        late = self.chance.stream("delay").randint(1, LATEST_DELAY) if self.chance.fault("delay", topic) else 0
        log = self.topics[topic][partition]
        seen_from = max(self.now() + late, log[-1].seen_from if log else 0)
        log.append(Record(topic, partition, len(log), key, value, headers, seen_from))

    def join(self, group: str, topic: str) -> "Client":
        """Add a member to a group and reassign the partitions."""
        client = Client(self, group, topic)
        self.members[group].append(client)
        self.rebalance(group)
        return client

    def leave(self, client: "Client") -> None:
        """Remove a member and assign its partitions to the others."""
        if client in self.members[client.group]:
            self.members[client.group].remove(client)
            self.rebalance(client.group)

    def rebalance(self, group: str) -> None:
        """Reassign a group's partitions. Each member learns of it at its next poll."""
        self.generations[group] += 1
        if self.members[group]:
            self.members[group].append(self.members[group].pop(0))


class Client:
    """A member of a consumer group."""

    def __init__(self, broker: Broker, group: str, topic: str) -> None:
        self.group = group
        self._broker = broker
        self._topic = topic
        self._generation = -1
        self._positions: dict[int, int] = {}

    def subscribe(self, topics: Sequence[str]) -> None:
        """Do nothing: the client is subscribed from the start."""

    def assignment(self) -> list[int]:
        """Return its partitions."""
        return list(self._positions)

    def poll(self, timeout_ms: int = 0, max_records: int = 100) -> Mapping[int, list[Record]]:
        """Return the next records of its partitions. After a rebalance it starts at the group's committed offsets."""
        if self._broker.chance.fault("poll", self.group):
            raise BrokerError("poll")
        if self._generation != self._broker.generations[self.group]:
            self._rejoin()
        found: dict[int, list[Record]] = {}
        chance = self._broker.chance
        most = max_records if chance.quiet else chance.stream("batch").randint(1, 6)
        for partition, position in self._positions.items():
            log = self._broker.topics[self._topic][partition]
            ready = [record for record in log[position:] if record.seen_from <= self._broker.now()][:most]
            if ready:
                found[partition] = ready
                self._positions[partition] = ready[-1].offset + 1
        if found:
            self._broker.at("polled")
        return found

    def commit(self, *_: object) -> None:
        """Commit its offsets. A member that has been replaced is refused."""
        self._broker.at("before_offset")
        if self._broker.chance.fault("commit", self.group):
            raise BrokerError("commit")
        if self._generation != self._broker.generations[self.group]:
            raise BrokerError("another generation")
        for partition, position in self._positions.items():
            self._broker.offsets[self.group, partition] = position

    def close(self, autocommit: bool = False) -> None:
        """Leave the group."""
        self._broker.leave(self)

    def lag(self) -> int:
        """Return how many records of its topic the group has not committed."""
        logs = self._broker.topics[self._topic]
        return sum(len(log) - self._broker.offsets.get((self.group, place), 0) for place, log in enumerate(logs))

    def _rejoin(self) -> None:
        members = self._broker.members[self.group]
        self._generation = self._broker.generations[self.group]
        mine = [place for place in range(PARTITIONS) if members[place % len(members)] is self]
        self._positions = {place: self._broker.offsets.get((self.group, place), 0) for place in mine}


class Sent:
    """The future of a sent record."""

    def __init__(self, send: Callable[[], None]) -> None:
        self.failed = True
        self._send = send

    def get(self, timeout: float | None = None) -> None:
        """Wait until the record was sent, and raise the error if that failed."""
        self._send()
        if self.failed:
            raise BrokerError("not acknowledged")


class Producer:
    """A producer of records. The future of each record holds its outcome."""

    def __init__(self, broker: Broker) -> None:
        self._broker = broker
        self._waiting: list[tuple[Sent, tuple[Any, ...]]] = []

    def send(self, topic: str, key: bytes, value: bytes, headers: Sequence[tuple[str, bytes]]) -> Sent:
        """Accept a record. It is sent once somebody waits for one that was accepted."""
        sent = Sent(self.flush)
        self._waiting.append((sent, (topic, key, value, headers)))
        return sent

    def flush(self, timeout: float | None = None) -> None:
        """Send the waiting records."""
        waiting, self._waiting = self._waiting, []
        if not waiting:
            return
        chance = self._broker.chance
        self._broker.at("before_send")
        if len(waiting) > 1 and chance.fault("shuffle"):
            chance.stream("shuffle").shuffle(waiting)
        for sent, record in waiting:
            if chance.fault("lose", record[0]):
                continue
            self._broker.append(*record)
            if chance.fault("twice", record[0]):
                self._broker.append(*record)
            sent.failed = chance.fault("lose_ack", record[0])
        self._broker.at("after_send")

    def close(self, timeout: float | None = None) -> None:
        """Drop the waiting records."""
        self._waiting.clear()
