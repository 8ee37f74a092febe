"""A system that has only our topics, our protos and docs/events.md reads every event, whenever it begins (doors D22).

The kind that this closes: what a reader needs and only our own code knows.
"""

import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from typing import Any

import pytest
import yaml
from kafka import KafkaConsumer, TopicPartition
from kafka.errors import KafkaError, TopicAuthorizationFailedError
from psmf.platform.v1 import events_pb2
from psmf.scheduling.v1 import events_pb2 as scheduling

from services.platform.events.outbox import StoredEvent
from services.platform.kafka.clients import KafkaConnection, new_admin, new_producer
from services.platform.kafka.cloud_events import ORIGIN, from_record, to_record
from services.platform.kafka.topics import FILE, topics
from tests import brokers
from tests.bus.guarded.broker import GuardedBroker
from tests.bus.line import PATIENCE, Line
from tests.bus.records import records
from tests.conftest import only_sqlite
from tests.platform.small_service import now
from tests.waiting import HUNG, until

TRACE = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01"


class Stranger:
    """A reader written from docs/events.md. It uses none of our code beside the protos."""

    def __init__(self, topic: str, servers: str) -> None:
        self.client = KafkaConsumer(
            bootstrap_servers=servers, group_id=f"psmf-reader-{uuid.uuid4().hex}", auto_offset_reset="earliest"
        )
        self.client.subscribe([topic])
        self.last: dict[str, int] = {}
        self.read: list[Any] = []
        self.gap = False
        self.position = 0

    def turn(self) -> "Stranger":
        """Apply the next records by the rule of the page. Return the reader as it is then."""
        for batch in self.client.poll(timeout_ms=200).values():
            for record in batch:
                self._apply(record)
        return self

    def _apply(self, record: Any) -> None:
        headers = {name: value.decode() for name, value in record.headers}
        key, sequence = headers["ce_partitionkey"], int(headers["ce_sequence"])
        self.position = max(self.position, int(headers["ce_position"]))  # partitions come in any order
        following = self.last.get(key, 0) + 1
        self.gap |= sequence > following
        if sequence == following:
            self.last[key] = sequence
            kind = headers["ce_type"].rpartition(".")[2]
            self.read.append(getattr(scheduling, kind).FromString(record.value))


@pytest.fixture
def stranger(kafka_line: Line) -> Iterator[Stranger]:
    made = Stranger(kafka_line.topic, brokers.broker().address)
    yield made
    made.client.close(autocommit=False)


def in_sequence(events: list[StoredEvent]) -> dict[str, list[bytes]]:
    """Return the bodies of each key in order."""
    return {key: [event.data for event in events if event.key == key] for key in {event.key for event in events}}


def as_read(stranger: Stranger) -> dict[str, list[bytes]]:
    """Return what a reader has applied, likewise."""
    found: dict[str, list[bytes]] = {}
    for message in stranger.read:
        found.setdefault(message.safeguarder_id, []).append(message.SerializeToString())
    return found


@only_sqlite
def test_a_reader_that_begins_after_the_retention_has_everything_once_it_is_sent_again(
    kafka_line: Line, stranger: Stranger
) -> None:
    """doors D22: after the retention nobody could start."""
    speaker = kafka_line.speaker
    for number in range(4):
        speaker.say(f"sg-{number}", 3)
    records(kafka_line.topic, 12)
    forget(kafka_line.topic)
    speaker.say("sg-1", 2)
    speaker.say("sg-new", 1)
    until(lambda: stranger.turn().gap, PATIENCE)
    with speaker.operator() as (events, operator):
        request = events_pb2.RepublishEventsRequest(request_id="again")
        answer = events.RepublishEvents(request, metadata=operator)
    assert (answer.events, answer.last_position) == (15, speaker.story()[-1].position)
    speaker.say("sg-2", 2)
    until(lambda: as_read(stranger.turn()) == in_sequence(speaker.story()), PATIENCE)
    assert stranger.position >= answer.last_position


def forget(topic: str) -> None:
    """Make Kafka drop every record of a topic, as the retention does."""
    admin = new_admin(brokers.broker().connection, "psmf-tests")
    try:
        partitions = admin.describe_topics([topic])[0]["partitions"]
        places = [TopicPartition(topic, partition["partition_index"]) for partition in partitions]
        admin.delete_records(dict.fromkeys(places, -1))
    finally:
        admin.close()


def an_event(sequence: int = 1) -> StoredEvent:
    body = scheduling.SupportManagerAllocated(safeguarder_id="sg-one").SerializeToString()
    return StoredEvent(
        7, "event-1", "psmf.scheduling.v1.SupportManagerAllocated", "sg-one", sequence, now(), TRACE, body
    )


def test_the_numbers_of_a_key_sort_as_text() -> None:
    """doors D22: "1", "2" and "10" do not sort as CloudEvents asks of a sequence."""
    numbers = [1, 2, 9, 10, 11, 99, 100, 10**9, 2**63 - 1]
    texts = [dict(to_record(an_event(number), "scheduling")[2])["ce_sequence"] for number in numbers]
    assert texts == sorted(texts)
    assert {len(text) for text in texts} == {20}


@pytest.mark.parametrize("sequence", [1, 10, 2**63 - 1])
def test_a_record_of_an_earlier_release_is_read_too(sequence: int) -> None:
    """doors D22: records without zeros in front stay on the topic until their retention ends."""
    key, value, headers = to_record(an_event(sequence), "scheduling")
    before = [(name, str(sequence).encode() if name == "ce_sequence" else data) for name, data in headers]
    assert from_record(key, value, before, "scheduling") == from_record(key, value, headers, "scheduling")


def test_every_header_is_on_the_page_and_every_header_of_the_page_is_sent() -> None:
    """doors D22: the headers stood nowhere."""
    known = yaml.safe_load((FILE.parent / "headers.yaml").read_text())["headers"]
    why = {"reason": "DecodeError", "deadlettersource": "psmf.evidence.v1"}
    more = why | {ORIGIN.removeprefix("ce_"): "a database/1"}
    assert {name for name, _ in to_record(an_event(), "scheduling", more)[2]} == {header["name"] for header in known}
    always = {header["name"] for header in known if "only" not in header}
    untraced = replace(an_event(), traceparent="")
    assert {name for name, _ in to_record(untraced, "scheduling")[2]} == always


@only_sqlite
def test_the_reading_user_reads_the_events_and_writes_nothing(guarded: GuardedBroker, database_kind: str) -> None:
    """doors D22: nobody but our own services had the right to read."""
    kafka = guarded.connection(guarded.certificate_of("reader"))
    for topic in topics():
        if not topic.name.endswith(".dead"):
            with reading(kafka, topic.name) as (client, place):
                client.poll(timeout_ms=500)
                assert client.position(place) is not None
                client.commit()
    with reading(kafka, "psmf.rules.v1") as (client, _):
        assert sees(client, "psmf.rules.v1")
        assert not sees(client, "psmf.rules.v1.dead")
    producer = new_producer(kafka, "psmf-reader")
    with pytest.raises(KafkaError, match="AuthorizationFailed"):
        producer.send("psmf.rules.v1", key=b"sg-one", value=b"x").get(timeout=HUNG)
    producer.close()


def sees(client: Any, topic: str) -> bool:
    try:
        return bool(client.partitions_for_topic(topic))
    except TopicAuthorizationFailedError:
        return False


@contextmanager
def reading(kafka: KafkaConnection, topic: str) -> Iterator[tuple[Any, TopicPartition]]:
    """Yield a client of another system at the beginning of a partition, and the partition."""
    client = KafkaConsumer(**kafka.options("stranger"), group_id="psmf-reader-one", enable_auto_commit=False)
    place = TopicPartition(topic, 0)
    client.assign([place])
    client.seek_to_beginning()
    try:
        yield client, place
    finally:
        client.close(autocommit=False)
