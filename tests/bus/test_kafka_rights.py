"""Kafka as in production, over mutual TLS. A service's certificate gives exactly the rights in deploy/k8s."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from kafka import TopicPartition
from kafka.errors import ClusterAuthorizationFailedError, TopicAuthorizationFailedError
from structlog.testing import capture_logs

from services.platform.events.inbox import Inbox
from services.platform.kafka.clients import KafkaConnection, new_admin, new_consumer, new_producer
from services.platform.kafka.consumer import KafkaEventConsumer
from services.platform.kafka.reachability import NOT_ALLOWED, TOPIC_NOT_SEEN
from services.platform.kafka.topics import Topic, create_topics, dead_letter_topic_of, topic_of, topics
from tests.bus.guarded.broker import GuardedBroker
from tests.bus.guarded.line import GuardedLine
from tests.bus.line import PATIENCE
from tests.conftest import only_sqlite
from tests.deploy.suite import arrows
from tests.platform.small_service import new_database, now
from tests.waiting import HUNG, until

MakeLine = Callable[[str, str], GuardedLine]


@pytest.fixture
def line_between(guarded: GuardedBroker, database_kind: str, tmp_path: Path) -> Iterator[MakeLine]:
    """Make lines from one service to another, and stop them after the test."""
    made: list[GuardedLine] = []

    def make(source: str, service: str) -> GuardedLine:
        made.append(GuardedLine(tmp_path, guarded, source, service))
        return made[-1]

    yield make
    for line in made:
        line.stop()


@only_sqlite
@pytest.mark.parametrize(("source", "service"), sorted(arrows()))
def test_the_rights_in_the_manifests_are_enough(
    guarded: GuardedBroker, line_between: MakeLine, source: str, service: str
) -> None:
    """Send, join the group by name, read, commit, write a dead letter, leave and continue: nothing is refused."""
    line = line_between(source, service)
    dead_before = dead_letters_in(guarded, dead_letter_topic_of(service))
    with capture_logs() as logs:
        line.listener.start()
        for name in ("one", "two", "poison", "one"):
            line.speaker.say(line.key(name))
        until(lambda: len(line.listener.set_aside()) == 1, PATIENCE)
        line.listener.restart()
        line.speaker.say(line.key("two"))
        expected = {line.key(name): 1 for name in ("one 1", "one 2", "two 1", "two 2")}
        until(lambda: line.heard() == expected, PATIENCE)
        until(lambda: committed(guarded, line.group) == records_in(guarded, line.topic), PATIENCE)
        line.stop()
    # Each is sent at least once: on a busy machine the group may be shared out again before the offset moves.
    assert len(dead_letters_in(guarded, dead_letter_topic_of(service)) - dead_before) == 1
    assert {entry["event"] for entry in logs if entry["log_level"] in ("error", "critical")} == {"event_set_aside"}


def records_in(guarded: GuardedBroker, topic: str) -> int:
    """Return how many records a topic has."""
    client = new_consumer(guarded.kafka.connection, "psmf.onlooker", "onlooker")
    try:
        places = [TopicPartition(topic, number) for number in client.partitions_for_topic(topic) or ()]
        return sum(client.end_offsets(places).values())
    finally:
        client.close(autocommit=False)


def dead_letters_in(guarded: GuardedBroker, topic: str) -> set[bytes]:
    """Return the ids of the events that a topic of dead letters has."""
    client = new_consumer(guarded.kafka.connection, "psmf.onlooker", "onlooker")
    try:
        places = [TopicPartition(topic, number) for number in client.partitions_for_topic(topic) or ()]
        ends = client.end_offsets(places)
        client.assign(places)
        client.seek_to_beginning(*places)
        found: set[bytes] = set()

        def all_read() -> bool:
            found.update(
                dict(record.headers)["ce_id"] for batch in client.poll(timeout_ms=200).values() for record in batch
            )
            return all(client.position(place) >= ends[place] for place in places)

        until(all_read, PATIENCE)
        return found
    finally:
        client.close(autocommit=False)


def committed(guarded: GuardedBroker, group: str) -> int:
    """Return how many records a group has committed."""
    admin = new_admin(guarded.kafka.connection, "onlooker")
    try:
        return sum(max(0, one.offset) for one in admin.list_group_offsets(group)[group].values())
    finally:
        admin.close()


@pytest.fixture
def as_rules(guarded: GuardedBroker) -> KafkaConnection:
    """Return the connection of rules to Kafka."""
    return guarded.connection(guarded.certificate_of("rules"))


def test_a_service_may_not_speak_for_another(as_rules: KafkaConnection) -> None:
    producer = new_producer(as_rules, "rules")
    with pytest.raises(TopicAuthorizationFailedError):
        producer.send(topic_of("evidence"), key=b"sg-one", value=b"x").get(timeout=HUNG)
    producer.close()


@only_sqlite
@pytest.mark.parametrize(
    ("user", "service", "source", "fault"),
    [
        ("scheduling", "scheduling", "notifications", TOPIC_NOT_SEEN),  # rules read that topic too
        ("rules", "notifications", "evidence", NOT_ALLOWED),
    ],
)
def test_a_service_reads_nothing_it_does_not_listen_to_and_in_no_group_of_another_and_says_so(  # noqa: PLR0917
    guarded: GuardedBroker, database_kind: str, tmp_path: Path, user: str, service: str, source: str, fault: str
) -> None:
    database = new_database(tmp_path / "listener.db")
    consumer = KafkaEventConsumer(
        service, Inbox(database, source, {}, now), guarded.connection(guarded.certificate_of(user))
    )
    with capture_logs() as logs:
        consumer.start()
        until(lambda: consumer.fault == fault, PATIENCE)
        assert not consumer.connected
        consumer.stop()
    assert {(entry["source"], entry["reason"]) for entry in logs} == {(source, fault)}
    database.close()


def test_a_service_does_not_read_what_was_set_aside(as_rules: KafkaConnection) -> None:
    client = new_consumer(as_rules, "psmf.rules.dead", "rules")
    client.assign([TopicPartition(dead_letter_topic_of("rules"), 0)])
    client.seek_to_beginning()
    with pytest.raises(TopicAuthorizationFailedError):
        until(lambda: client.poll(timeout_ms=500) and False, 15)
    client.close(autocommit=False)


def test_a_service_makes_no_topic_and_whoever_makes_them_does_so_over_tls(
    guarded: GuardedBroker, as_rules: KafkaConnection
) -> None:
    wanted = [Topic("psmf.tests.made", "tests", 2, 1)]
    with pytest.raises((ClusterAuthorizationFailedError, TopicAuthorizationFailedError)):
        create_topics(as_rules, wanted=wanted)
    owner = guarded.connection(guarded.clients.issue("psmf-topics"))
    assert create_topics(owner, wanted=wanted) == ["psmf.tests.made"]
    assert create_topics(owner) == [], "all of ours must be there"


def test_what_scales_the_services_sees_how_far_they_are_and_reads_nothing(guarded: GuardedBroker) -> None:
    keda = guarded.connection(guarded.certificate_of("scaling"))
    admin = new_admin(keda, "keda")
    group = "psmf.rules.evidence"
    assert set(admin.list_group_offsets(group)) == {group}
    admin.close()
    client = new_consumer(keda, "psmf.scaling", "keda")
    places = [TopicPartition(topic.name, 0) for topic in topics()]
    assert len(client.end_offsets(places)) == len(places)
    client.assign(places)
    client.seek_to_beginning()
    with pytest.raises(TopicAuthorizationFailedError):
        until(lambda: client.poll(timeout_ms=500) and False, 15)
    client.close(autocommit=False)
