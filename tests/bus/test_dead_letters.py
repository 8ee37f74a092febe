"""A dead letter is also published on a topic of its own, with the reason. The database row remains authoritative."""

import grpc
import pytest
from psmf.platform.v1 import events_pb2

from services.platform.kafka.clients import new_producer
from services.platform.kafka.topics import dead_letter_topic_of
from tests import brokers
from tests.bus.line import LISTENER, PATIENCE, Line
from tests.bus.records import records
from tests.conftest import only_sqlite
from tests.waiting import HUNG, until

pytestmark = only_sqlite


def dead_letters(line: Line) -> list[tuple[dict[str, str], bytes]]:
    """Return headers and body of the dead letters of this line's events."""
    found = []
    for record in records(dead_letter_topic_of(LISTENER), 1):
        headers = {name: value.decode() for name, value in record.headers}
        if headers["ce_source"] == f"psmf/{line.source}":
            found.append((headers, record.value))
    return found


def test_an_event_that_cannot_be_applied_is_sent_there_with_the_reason(kafka_line: Line) -> None:
    line = kafka_line
    line.listener.reaction.poison.add(1)
    line.speaker.say("sg-one", 2)
    line.listener.start()
    ((headers, body),) = until(lambda: dead_letters(line), PATIENCE)
    event = line.speaker.story()[0]
    assert headers["ce_id"] == event.event_id
    assert headers["ce_reason"] == "ValueError"
    assert headers["ce_deadlettersource"] == line.topic
    assert headers["ce_partitionkey"] == "sg-one"
    assert body == event.data
    assert line.listener.set_aside()[0] == ("sg-one", 1, "dead", "ValueError")


def test_what_is_no_event_is_sent_there_by_its_place_and_without_its_words(kafka_line: Line) -> None:
    line = kafka_line
    stranger = new_producer(brokers.broker().connection, "stranger")
    stranger.send(line.topic, key=b"sg-one", value=b"words of a child").get(timeout=HUNG)
    stranger.close()
    line.listener.start()
    ((headers, body),) = until(lambda: dead_letters(line), PATIENCE)
    assert headers["ce_id"].startswith(line.topic)
    assert headers["ce_reason"].startswith("not_an_event")
    assert body == b""


def test_what_is_no_event_cannot_be_retried_only_dropped(kafka_line: Line) -> None:
    line = kafka_line
    stranger = new_producer(brokers.broker().connection, "stranger")
    stranger.send(line.topic, key=b"sg-one", value=b"words").get(timeout=HUNG)
    stranger.close()
    line.listener.start()
    until(lambda: len(line.listener.set_aside()) == 1, PATIENCE)
    with line.listener.operator() as (events, operator):
        (letter,) = events.ListDeadLetters(events_pb2.ListDeadLettersRequest(), metadata=operator).dead_letters
        with pytest.raises(grpc.RpcError) as refused:
            events.RetryDeadLetter(
                events_pb2.RetryDeadLetterRequest(event_id=letter.event_id, request_id="one"), metadata=operator
            )
        assert refused.value.code() == grpc.StatusCode.FAILED_PRECONDITION
        drop = events_pb2.DropDeadLetterRequest(event_id=letter.event_id, reason="a_stranger", request_id="two")
        assert events.DropDeadLetter(drop, metadata=operator).state == "dropped"
