"""A small world for one service: keys, people, and publishers in place of the other services' feeds."""

import json
import socket
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from functools import cache
from pathlib import Path
from typing import Any

import grpc
from google.protobuf.message import Message
from joserfc.jwk import OKPKey
from sqlalchemy import MetaData

from services.platform.calls.client import open_channel
from services.platform.calls.commands import command_tables
from services.platform.calls.identity import new_key, public_entry, sign_token
from services.platform.calls.relations import Subjects, relation_tables
from services.platform.events.inbox_tables import inbox_tables
from services.platform.events.outbox import add_events, outbox_table
from services.platform.process.process import Process, ServiceParts
from services.platform.process.settings import ServiceSettings
from services.platform.storage.counters import counter_table
from services.platform.storage.database import Database
from services.platform.storage.origin import origin_table
from tests import databases

SUBJECTS = Subjects("safeguarders", "support_manager", "safeguarder", lambda connection, subject: None)
"""What the records of the tests' services are about, as in the suite. They know everybody."""

SERVICES = ("evidence", "rules", "scheduling", "notifications")
PEOPLE: dict[str, dict[str, Any]] = {
    "panel-team": {"role": "panel_team"},
    "senior-manager": {"role": "senior_manager", "email": "senior-manager@example.invalid"},
    "manager-one": {"role": "support_manager", "region": "east", "email": "manager-one@example.invalid"},
    "manager-two": {"role": "support_manager", "region": "west", "email": "manager-two@example.invalid"},
    "recorder": {"role": "decision_recorder"},
    "recorder-two": {"role": "decision_recorder"},
    "editor": {"role": "policy_editor"},
    "approver": {"role": "policy_approver"},
    "official": {"role": "official"},
    "operator": {"role": "operator"},
    "feedback-desk": {"role": "feedback_desk"},
    "partner": {"role": "partner_system", "sender": "scra"},
    "other-partner": {"role": "partner_system", "sender": "local-authority"},
    "unknown-partner": {"role": "partner_system"},
    "person-one": {"role": "safeguarder", "subject": "sg-one", "email": "person-one@example.invalid"},
    "person-two": {"role": "safeguarder", "subject": "sg-two", "email": "person-two@example.invalid"},
    **{f"service:{service}": {"role": "service"} for service in SERVICES},
}


def free_port() -> int:
    """Return a port that is free now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@dataclass
class World:
    """The files that every service reads, and tokens for everyone in them."""

    folder: Path
    issuer: OKPKey = field(default_factory=lambda: new_key("issuer-1"))
    service_keys: dict[str, OKPKey] = field(default_factory=lambda: {name: new_key(name) for name in SERVICES})

    def __post_init__(self) -> None:
        entries = [public_entry(self.issuer, "test-issuer")]
        for name, key in self.service_keys.items():
            entries.append(public_entry(key, f"service:{name}"))
            (self.folder / f"{name}.key").write_text(json.dumps(key.as_dict(private=True)))
        (self.folder / "keys.json").write_text(json.dumps({"keys": entries}))
        self.write_people(PEOPLE)

    def write_people(self, people: Mapping[str, Mapping[str, Any]]) -> None:
        """Write the people file."""
        (self.folder / "people.json").write_text(json.dumps(people))

    def settings(self, service: str) -> dict[str, Any]:
        """Return the settings that every service needs, with a database at the newest schema."""
        return self.own_settings(service) | {"database": databases.of_service(service, self.folder / f"{service}.db")}

    def own_settings(self, service: str) -> dict[str, Any]:
        """Return the settings that every service needs, but for its database."""
        return {
            "listen": "127.0.0.1:0",
            "keys_file": self.folder / "keys.json",
            "people_file": self.folder / "people.json",
            "service_key_file": self.folder / f"{service}.key",
        }

    def metadata(self, person: str, at: datetime | None = None) -> tuple[tuple[str, str], ...]:
        """Return the metadata that `person` sends with a call. `at`: when, if not now."""
        now = at or datetime.now(UTC)
        if person.startswith("service:"):
            token = sign_token(self.service_keys[person.removeprefix("service:")], person, person, now)
        else:
            token = sign_token(self.issuer, "test-issuer", person, now)
        return (("authorization", f"Bearer {token}"),)


def platform_tables() -> MetaData:
    """Return the tables that every service has."""
    metadata = MetaData()
    outbox_table(metadata)
    inbox_tables(metadata)
    command_tables(metadata)
    relation_tables(metadata)
    counter_table(metadata)
    origin_table(metadata)
    return metadata


@cache
def _empty_feed() -> bytes:
    """The database of a publisher with nothing published, as a SQLite file."""
    with tempfile.TemporaryDirectory() as folder:
        database = Database(f"sqlite:///{folder}/empty.db")
        platform_tables().create_all(database.engine)
        database.close()
        return Path(folder, "empty.db").read_bytes()


class Publisher:
    """A service's outbox and feed without the service, in a SQLite file. It sends the events that a test gives it."""

    def __init__(self, world: World, service: str) -> None:
        file = world.folder / f"{service}-feed.db"
        file.write_bytes(_empty_feed())
        settings = ServiceSettings(**world.own_settings(service) | {"database": f"sqlite:///{file}"})
        self.database = Database(settings.database_url)
        folder = world.folder / "policies" / service
        folder.mkdir(parents=True, exist_ok=True)
        (folder / "access.cedar").write_text("")
        parts = ServiceParts(settings, self.database, [], folder, SUBJECTS)
        self.process = parts.process(lambda: ({}, {}))
        self.process.start()
        self.address = f"127.0.0.1:{self.process.server.port}"

    def publish(self, key: str, *messages: Message) -> None:
        """Commit messages for one key."""
        now = datetime.now(UTC)
        self.database.write(lambda tx: add_events(tx, [(key, message) for message in messages], now))


@contextmanager
def publishers(world: World, *services: str) -> Iterator[dict[str, Publisher]]:
    """Start publishers for some services and stop them afterwards."""
    made = {service: Publisher(world, service) for service in services}
    try:
        yield made
    finally:
        for publisher in made.values():
            publisher.process.stop()


@contextmanager
def running(process: Process) -> Iterator[grpc.Channel]:
    """Run a service in this process and open a channel to it."""
    process.start()
    channel = open_channel(f"127.0.0.1:{process.server.port}")
    try:
        yield channel
    finally:
        channel.close()
        process.stop()
