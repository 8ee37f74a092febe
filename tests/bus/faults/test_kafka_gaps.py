"""Kind of fault: records that expire, or a place that is moved, before a reader has read them (F6)."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta

import pytest
from kafka import TopicPartition

from services.platform.calls.client import ServiceToken
from services.platform.events.gaps import Gaps
from services.platform.events.inbox import Inbox
from services.platform.kafka.clients import leave, new_admin, new_consumer
from services.platform.kafka.consumer import KafkaEventConsumer
from tests import brokers
from tests.bus.line import LISTENER, PATIENCE, Line
from tests.bus.records import records
from tests.platform.events import TYPE
from tests.platform.small_service import new_database, now
from tests.waiting import until


def expire(line: Line) -> None:
    """Delete every record of the topic, as its retention does."""
    admin = new_admin(brokers.broker().connection, "psmf-tests")
    client = new_consumer(brokers.broker().connection, "onlooker", "onlooker")
    try:
        parts = [TopicPartition(line.topic, number) for number in client.partitions_for_topic(line.topic)]
        admin.delete_records(client.end_offsets(parts))
    finally:
        client.close(autocommit=False)
        admin.close()


def move_to_the_end(line: Line) -> None:
    """Move the place of the group behind every record, as an operator by mistake."""
    client = new_consumer(brokers.broker().connection, line.group, "mistaken")
    try:
        parts = [TopicPartition(line.topic, number) for number in client.partitions_for_topic(line.topic)]
        client.assign(parts)
        client.seek_to_end(*parts)
        for part in parts:
            client.position(part)
        client.commit()
    finally:
        leave(client)


def hours_later() -> datetime:
    """Return an instant at which the topic has delivered all that it will."""
    return now() + timedelta(hours=1)


@contextmanager
def reading(line: Line) -> Iterator[KafkaEventConsumer]:
    """Run a reader by Kafka that looks for gaps every two seconds."""
    database = new_database(line.listener.file)
    inbox = Inbox(database, line.source, {TYPE: line.listener.reaction}, now)
    token = ServiceToken(line.world.folder / f"{LISTENER}.key", LISTENER, now)
    gaps = Gaps(LISTENER, inbox, line.speaker.address, token, hours_later, look_seconds=2.0)
    consumer = KafkaEventConsumer(LISTENER, inbox, brokers.broker().connection, gaps=gaps)
    consumer.start()
    try:
        yield consumer
    finally:
        consumer.stop()
        database.close()


@pytest.mark.parametrize("lose", [expire, move_to_the_end])
def test_what_the_topic_does_not_deliver_is_read_from_the_source(
    kafka_line: Line, lose: Callable[[Line], None]
) -> None:
    """F6: the runbook asked to restore every database. Nothing was lost: the source had it all."""
    kafka_line.speaker.say("sg-one", 3)
    kafka_line.speaker.say("sg-two", 2)
    records(kafka_line.topic, 5)
    lose(kafka_line)
    with reading(kafka_line) as consumer:
        until(lambda: consumer.gap_events, PATIENCE)
        assert (consumer.gap_events, consumer.gap_position) == (5, 1)
        kafka_line.speaker.say("sg-one")
        until(kafka_line.arrived, PATIENCE)
        assert kafka_line.in_order()


def test_a_topic_that_delivers_everything_has_no_gap(kafka_line: Line) -> None:
    """F6: what was read by Kafka is looked at again and changes nothing."""
    kafka_line.speaker.say("sg-one", 3)
    records(kafka_line.topic, 3)
    with reading(kafka_line) as consumer:
        until(kafka_line.arrived, PATIENCE)
        until(lambda: consumer._inbox.position() == 3, PATIENCE)
        assert (consumer.gap_events, consumer.gap_position) == (0, 0)
        assert kafka_line.arrived()


def test_a_source_that_is_away_stops_nothing(kafka_line: Line) -> None:
    """F6: Kafka delivers while the source itself does not answer."""
    kafka_line.speaker.say("sg-one", 3)
    records(kafka_line.topic, 3)
    kafka_line.speaker.stop()
    with reading(kafka_line) as consumer:
        until(lambda: len(kafka_line.listener.reaction.seen) == 3, PATIENCE)
        assert consumer.fault == ""
