"""A shadow of the service is apart from it: groups of its own, no way out, and no database but its own (B2)."""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import grpc
import pytest
from psmf.platform.v1 import events_pb2, events_pb2_grpc, feed_pb2, feed_pb2_grpc
from pydantic import ValidationError

from services.platform.calls.client import open_channel
from services.platform.kafka.consumer import KafkaEventConsumer
from services.platform.process.process import ServiceParts
from services.platform.storage.database import Database, execute
from services.platform.storage.unusable import UnusableDatabaseError
from services.rules.adapters.shadow import take_for
from services.rules.compose import CONTRACTS, HERE, SUBJECTS
from services.rules.settings import Settings
from tests.answers import refused
from tests.builders import a_request_id
from tests.rules.conftest import NOBODY
from tests.world import World

SETTINGS = {f"{name}_address": NOBODY for name in ("evidence", "scheduling", "notifications")}
ON_KAFKA = {"transport": "kafka", "kafka_servers": NOBODY}


@pytest.fixture
def world(tmp_path: Path, database_kind: str) -> World:
    """Return a world with no database of rules yet. Each test has its own."""
    return World(tmp_path)


@pytest.fixture
def database(world: World) -> Iterator[Database]:
    """An unused database of rules."""
    opened = Database(world.settings("rules")["database"])
    yield opened
    opened.close()


@pytest.fixture
def parts(world: World, database: Database) -> Callable[[str], ServiceParts]:
    """Make the platform's parts of rules on Kafka, as the service or as a shadow."""

    def make(shadow: str) -> ServiceParts:
        settings = Settings(**world.settings("rules") | SETTINGS | ON_KAFKA, shadow=shadow)
        made = ServiceParts(settings, database, CONTRACTS, HERE, SUBJECTS)
        made.listen_to("evidence", settings.evidence_address, {})
        return made

    return make


def groups(parts: ServiceParts) -> set[str]:
    return {consumer._group for consumer in parts._consumers if isinstance(consumer, KafkaEventConsumer)}


def test_a_shadow_reads_in_a_group_of_its_own_and_sends_nothing(
    parts: Callable[[str], ServiceParts], world: World
) -> None:
    assert groups(parts("")) == {"psmf.rules.evidence"}
    shadow = parts("candidate")
    assert groups(shadow) == {"psmf.rules.shadow.candidate.evidence"}
    assert shadow._relay is None
    process = shadow.process(lambda: ({}, {}))
    process.server.start()
    try:
        with open_channel(f"127.0.0.1:{process.server.port}") as channel:
            feed = feed_pb2_grpc.FeedServiceStub(channel)
            asked = feed.ReadFeed(feed_pb2.ReadFeedRequest(), metadata=world.metadata("service:notifications"))
            with pytest.raises(grpc.RpcError) as ended:
                next(asked)
            assert ended.value.code() is grpc.StatusCode.UNIMPLEMENTED
            events = events_pb2_grpc.EventsServiceStub(channel)
            again = events_pb2.RepublishEventsRequest(request_id=a_request_id())
            assert (
                refused(lambda: events.RepublishEvents(again, metadata=world.metadata("operator"))).reason == "NO_TOPIC"
            )
    finally:
        process.server.stop(0)


def test_a_shadow_takes_an_unused_database_and_keeps_it(database: Database) -> None:
    take_for("candidate", database)
    take_for("candidate", database)
    with pytest.raises(UnusableDatabaseError, match="that of the shadow 'candidate'"):
        take_for("", database)


def test_a_shadow_does_not_take_the_database_of_another(database: Database) -> None:
    take_for("candidate", database)
    with pytest.raises(UnusableDatabaseError, match="that of the shadow 'candidate'"):
        take_for("other", database)


def test_a_shadow_does_not_take_the_database_of_the_service(database: Database) -> None:
    take_for("", database)
    database.write(lambda tx: execute(tx, "INSERT INTO inbox VALUES (?, ?, ?)", ("an-event", "evidence", 1)))
    with pytest.raises(UnusableDatabaseError, match="in use by the service itself"):
        take_for("candidate", database)


@pytest.mark.parametrize("name", ["Candidate", "a.b", "-a", "a b", "a" * 41])
def test_the_name_of_a_shadow_is_a_word_of_a_consumer_group(world: World, name: str) -> None:
    given: dict[str, Any] = world.own_settings("rules") | SETTINGS | {"database": "sqlite:///x.db"}
    with pytest.raises(ValidationError):
        Settings(**given, shadow=name)
