"""A publishing and a reading service with a transport between them, composed like the real services."""

import uuid
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from kafka.errors import CoordinatorNotAvailableError
from psmf.platform.v1 import events_pb2_grpc
from sqlalchemy import Connection

from services.platform.calls.client import open_channel
from services.platform.events.inbox import Reaction
from services.platform.events.outbox import StoredEvent, add_events, events_after
from services.platform.kafka.clients import new_admin
from services.platform.kafka.topics import topic_of
from services.platform.process.process import Process, ServiceParts
from services.platform.process.settings import ServiceSettings
from services.platform.storage.database import Database
from tests import brokers
from tests.platform.events import TYPE, Applied, a_message, once_each
from tests.platform.small_service import counts, new_database, now, rows
from tests.waiting import until
from tests.world import SUBJECTS, World, free_port

FEED, KAFKA = "feed", "kafka"
TRANSPORTS = (FEED, KAFKA)
PATIENCE = 40.0
LISTENER = "rules"


class Line:
    """Both ends. Each end can stop and restart with its database."""

    def __init__(self, folder: Path, transport: str, kafka_servers: str = "") -> None:
        self.transport = transport
        # Each test has its own source, topic and group, so that tests share only the broker.
        self.source, self.service = f"speaker{uuid.uuid4().hex[:8]}", LISTENER
        self.settings: dict[str, Any] = {}
        if transport == KAFKA:
            brokers.make_topic(topic_of(self.source))
            self.settings = {"transport": KAFKA, "kafka_servers": kafka_servers or brokers.broker().address}
        self.connect_ends(folder)

    def connect_ends(self, folder: Path) -> None:
        """Create both ends and start the speaker."""
        self.world = World(folder)
        self.topic, self.group = topic_of(self.source), f"psmf.{self.service}.{self.source}"
        self.speaker = Speaker(self)
        self.listener = Listener(self)

    def settings_of(self, service: str) -> dict[str, Any]:
        """Return one service's own settings, in addition to those every service has."""
        return {"copy_name": f"{service}-1"} | self.settings

    def stop(self) -> None:
        """Stop both ends."""
        self.listener.stop()
        self.speaker.stop()

    def arrived(self) -> bool:
        """Return whether every published event had its effect exactly once."""
        return counts(self.listener.file) == once_each(self.speaker.story())

    def until_arrived(self) -> None:
        """Wait until every published event has arrived."""
        until(self.arrived, PATIENCE)

    def in_order(self) -> bool:
        """Return whether each event was applied once, and the events of each key in the order they happened."""
        key_of = {event.position: event.key for event in self.speaker.story()}
        seen = self.listener.reaction.seen
        by_key = [[position for position in seen if key_of[position] == key] for key in set(key_of.values())]
        return all(positions == sorted(set(positions)) for positions in by_key)


class End:
    """One of the two services."""

    def __init__(self, line: Line, file: str) -> None:
        self.line = line
        self.file = line.world.folder / file
        self.port = free_port()
        self.process: Process | None = None
        self.database: Database

    @property
    def address(self) -> str:
        """Return the address where it serves."""
        return f"127.0.0.1:{self.port}"

    def parts(self, identity: str, service: str) -> ServiceParts:
        """Create the platform's parts of a service on its database."""
        listen = {"listen": f"127.0.0.1:{self.port}"}
        settings = ServiceSettings(**self.line.world.settings(identity) | self.line.settings_of(service) | listen)
        self.database = new_database(self.file)
        folder = self.line.world.folder / "policies" / identity / service
        folder.mkdir(parents=True, exist_ok=True)
        (folder / "access.cedar").write_text("")
        return ServiceParts(settings, self.database, [], folder, SUBJECTS)

    def run(self, process: Process) -> None:
        """Start this end."""
        self.process = process
        process.start()

    def stop(self) -> None:
        """Stop this end if it runs."""
        if self.process is not None:
            self.process.stop()
        self.process = None

    @contextmanager
    def operator(self) -> Iterator[tuple[Any, Any]]:
        """Yield the client for an operator's calls about events, with the operator's metadata."""
        with open_channel(self.address) as channel:
            yield events_pb2_grpc.EventsServiceStub(channel), self.line.world.metadata("operator")


class Speaker(End):
    """The end that publishes through its outbox."""

    def __init__(self, line: Line) -> None:
        super().__init__(line, "speaker.db")
        self.start()

    def start(self) -> None:
        """Start, or restart at the same address."""
        self.run(self.parts("evidence", self.line.source).process(lambda: ({}, {})))

    def restart(self) -> None:
        """Stop and start again."""
        self.stop()
        self.start()

    def say(self, key: str, times: int = 1, traceparent: str = "") -> None:
        """Commit events of one key."""
        said = [(key, a_message(key))] * times
        self.database.write(lambda tx: add_events(tx, said, now(), traceparent))

    def say_in_version(self, key: str, major: int) -> None:
        """Commit an event of another major version."""
        kind = TYPE.replace(".v1.", f".v{major}.")
        rename = f"UPDATE outbox SET type = '{kind}' WHERE position = (SELECT MAX(position) FROM outbox)"  # noqa: S608

        def work(connection: Connection) -> None:
            add_events(connection, [(key, a_message(key))], now())
            connection.exec_driver_sql(rename)

        self.database.write(work)

    def story(self) -> list[StoredEvent]:
        """Return every published event."""
        with self.database.read() as connection:
            return events_after(connection, 0, 1_000_000)


class Listener(End):
    """The end that receives events and counts each in its database."""

    def __init__(self, line: Line) -> None:
        super().__init__(line, "listener.db")
        self.reaction = Applied()
        self.reactions: Mapping[str, Reaction] = {TYPE: self.reaction}
        self.database = new_database(self.file)
        self.database.close()

    def start(self) -> None:
        """Start, or continue where it stopped."""
        parts = self.parts(self.line.service, self.line.service)
        parts.listen_to(self.line.source, self.line.speaker.address, self.reactions)
        self.run(parts.process(lambda: ({}, {})))

    def restart(self) -> None:
        """Stop and start again."""
        self.stop()
        self.start()

    def forget_place(self) -> None:
        """Make the transport forget how far it read: delete the group's offsets or the position in the feed."""
        assert self.process is None, "Kafka deletes the offsets of an empty group only"
        if self.line.transport == KAFKA:
            delete_group(self.line.group)
        else:
            database = new_database(self.file)
            database.write(lambda tx: tx.exec_driver_sql("DELETE FROM inbox_position"))
            database.close()

    def set_aside(self) -> list[tuple[Any, ...]]:
        """Return key, number within the key, state and reason of each dead letter and of each event behind it."""
        columns = "key, key_sequence, state, reason"
        return rows(self.file, f"SELECT {columns} FROM dead_letter ORDER BY key, key_sequence")  # noqa: S608


def delete_group(group: str) -> None:
    """Make Kafka delete a group once its last member has left."""
    admin = new_admin(brokers.broker().connection, "psmf-tests")
    try:

        def gone() -> bool:
            try:
                answers = admin.delete_groups([group]).values()
            except CoordinatorNotAvailableError:
                return False  # there has been no group yet: the broker now creates the topic for them
            return all(answer == "OK" or "GroupIdNotFound" in str(answer) for answer in answers)

        until(gone, PATIENCE)
    finally:
        admin.close()
