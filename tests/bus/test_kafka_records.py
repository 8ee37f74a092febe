"""Kafka records are CloudEvents with ids only. Foreign records become dead letters. Partitions may be added."""

from typing import Any

import pytest

from services.platform.events.outbox import StoredEvent
from services.platform.kafka.clients import KafkaConnection, new_admin, new_consumer, new_producer
from tests import brokers
from tests.bus.line import PATIENCE, Line
from tests.bus.records import records
from tests.conftest import only_sqlite
from tests.platform.events import TYPE
from tests.waiting import HUNG, until

TRACE = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01"


def kafka() -> KafkaConnection:
    return brokers.broker().connection


@only_sqlite
def test_a_record_is_a_cloudevent_with_ids_and_nothing_else(kafka_line: Line) -> None:
    kafka_line.speaker.say("sg-one", traceparent=TRACE)
    (event,) = kafka_line.speaker.story()
    (record,) = records(kafka_line.topic, 1)
    headers = {name: value.decode() for name, value in record.headers}
    assert headers == {
        "ce_specversion": "1.0",
        "ce_id": event.event_id,
        "ce_source": f"psmf/{kafka_line.source}",
        "ce_type": TYPE,
        "ce_time": event.recorded_at.isoformat().replace("+00:00", "Z"),
        "ce_dataschema": f"psmf:{TYPE}",
        "ce_partitionkey": "sg-one",
        "ce_sequence": "00000000000000000001",
        "ce_position": "1",
        "ce_traceparent": TRACE,
        "content-type": "application/protobuf",
    }
    assert (record.key, record.value) == (b"sg-one", event.data)


def header(name: str, value: bytes) -> Any:
    """Return a function that changes one header of a valid record."""
    return lambda headers: {**headers, name: value}


HOSTILE: dict[str, Any] = {
    "no headers": lambda headers: {},
    "no number": lambda headers: {name: value for name, value in headers.items() if name != "ce_sequence"},
    "a number that is none": header("ce_sequence", b"first"),
    "a number below one": header("ce_sequence", b"0"),
    "a number no database holds": header("ce_sequence", b"99999999999999999999"),
    "a position no database holds": header("ce_position", b"-99999999999999999999"),
    "a time without a zone": header("ce_time", b"2026-01-01T00:00:00"),
    "an id as long as a letter": header("ce_id", b"x" * 5_000),
    "a type as long as a letter": header("ce_type", b"psmf.a.v1." + b"x" * 5_000),
    "another source": header("ce_source", b"psmf/evidence"),
    "bytes that are no text": header("ce_id", b"\xff\xfe\xfd"),
}


KEYS = {"a key with a zero in it": b"sg\x00one", "a key of nobody": b"", "no key": None, "a long key": b"k" * 500}


@pytest.mark.parametrize("what", [*HOSTILE, *KEYS])
def test_a_record_that_is_no_event_is_set_aside_and_stops_nothing(kafka_line: Line, what: str) -> None:
    line = kafka_line
    line.speaker.say("sg-one")
    (good,) = records(line.topic, 1)
    producer = new_producer(kafka(), "stranger")
    changed = list(HOSTILE.get(what, dict)(dict(good.headers)).items())
    key = KEYS.get(what, b"sg-one")
    producer.send(line.topic, key=key, value=b"words", headers=changed).get(timeout=HUNG)
    producer.close()
    line.speaker.say("sg-one")
    line.listener.start()
    line.until_arrived()
    ((person, sequence, state, reason),) = line.listener.set_aside()
    assert (person, sequence, state) == ("", 0, "dead")
    assert reason.startswith("not_an_event")


@only_sqlite
@pytest.mark.parametrize("value", [None, b""])
def test_a_record_without_a_body_stops_nothing(kafka_line: Line, value: bytes | None) -> None:
    producer = new_producer(kafka(), "stranger")
    producer.send(kafka_line.topic, key=b"sg-one", value=value).get(timeout=HUNG)
    producer.close()
    kafka_line.speaker.say("sg-one")
    kafka_line.listener.start()
    kafka_line.until_arrived()


def test_a_partition_added_meanwhile_costs_nothing_and_keeps_the_order(kafka_line: Line) -> None:
    """Keys move to other partitions, which may be read first. Events that arrive too early wait in the inbox."""
    line = kafka_line
    line.listener.start()
    for number in range(8):
        line.speaker.say(f"sg-{number}", 5)
    admin = new_admin(kafka(), "psmf-tests")
    admin.create_partitions({line.topic: 12})
    admin.close()
    line.speaker.restart()
    for number in range(8):
        line.speaker.say(f"sg-{number}", 5)
    line.until_arrived()
    assert line.in_order()
    assert line.listener.set_aside() == []


def test_the_clients_are_set_as_nothing_lost_demands() -> None:
    """Check the settings that kafka-python ended up with, not those we passed (mistakes 3, 4 and 5)."""
    consumer, producer = new_consumer(kafka(), "psmf.tests", "tests"), new_producer(kafka(), "tests")
    try:
        assert consumer.config["enable_auto_commit"] is False
        assert consumer.config["auto_offset_reset"] == "earliest"
        assert consumer.config["isolation_level"] == "read_committed"
        assert producer.config["acks"] == -1
        assert producer.config["enable_idempotence"] is True
        assert producer.config["max_in_flight_requests_per_connection"] <= 5
        for client in (consumer, producer):
            assert client.config["allow_auto_create_topics"] is False
    finally:
        consumer.close(autocommit=False)
        producer.close()


@only_sqlite
def test_nothing_makes_a_topic_by_speaking_of_it(kafka_line: Line) -> None:
    admin = new_admin(kafka(), "psmf-tests")
    consumer = new_consumer(kafka(), "psmf.tests.unmade", "tests")
    consumer.subscribe([f"{kafka_line.topic}.unmade"])
    consumer.poll(timeout_ms=500)
    consumer.close(autocommit=False)
    assert f"{kafka_line.topic}.unmade" not in admin.list_topics()
    admin.close()


def test_an_event_comes_back_as_it_was(kafka_line: Line) -> None:
    heard: list[StoredEvent] = []
    kafka_line.listener.reactions = {TYPE: lambda connection, event: heard.append(event)}
    kafka_line.listener.start()
    kafka_line.speaker.say("sg-one", 2, TRACE)
    until(lambda: heard == kafka_line.speaker.story(), PATIENCE)
