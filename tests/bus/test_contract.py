"""The contract of every transport: each event has its effect once, and events about one person stay in order.

The same tests over the feed and over Kafka, on SQLite and on PostgreSQL (reliability Q4-Q8, mistakes 3, 4, 6, 7).
"""

import random
import signal
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import grpc
import pytest
from psmf.platform.v1 import events_pb2

from tests.bus.guarded.dying_listener import BEFORE_ITS_PLACE_IS_KEPT, DEADLY, IN_THE_EFFECT, a_listener
from tests.bus.line import KAFKA, PATIENCE, Line
from tests.conftest import only_sqlite
from tests.platform.small_service import counts
from tests.waiting import run_to_end, until


def test_what_was_said_before_a_listener_came_and_what_comes_is_applied_once_in_order(line: Line) -> None:
    line.speaker.say("sg-one", 3)
    line.speaker.say("sg-two", 2)
    line.listener.start()
    line.until_arrived()
    line.speaker.say("sg-one", 2)
    line.until_arrived()
    assert line.in_order()


def test_four_speaking_at_once_are_heard_in_order(line: Line) -> None:
    line.listener.start()

    def many(number: int) -> None:
        for _ in range(40):
            line.speaker.say(f"sg-{number % 3}")

    with ThreadPoolExecutor(4) as callers:
        list(callers.map(many, range(4)))
    line.until_arrived()
    assert line.in_order()


def test_a_listener_hears_on_when_the_speaker_has_restarted(line: Line) -> None:
    line.listener.start()
    line.speaker.say("sg-one", 3)
    line.until_arrived()
    line.speaker.restart()
    line.speaker.say("sg-one", 3)
    line.until_arrived()
    assert line.listener.reaction.seen == [1, 2, 3, 4, 5, 6]


def test_a_listener_that_restarts_goes_on_where_it_was(line: Line) -> None:
    line.listener.start()
    line.speaker.say("sg-one", 3)
    line.until_arrived()
    line.listener.stop()
    line.speaker.say("sg-one", 2)
    line.listener.start()
    line.until_arrived()
    assert line.listener.reaction.seen == [1, 2, 3, 4, 5]


def test_a_transport_that_forgets_how_far_it_was_read_changes_nothing(line: Line) -> None:
    """If a group's offsets are deleted or expire, every event arrives again, but none has its effect again."""
    line.listener.start()
    line.speaker.say("sg-one", 20)
    line.until_arrived()
    line.listener.stop()
    line.listener.forget_place()
    line.speaker.say("sg-one", 5)
    line.listener.start()
    line.until_arrived()
    assert line.listener.reaction.seen == list(range(1, 26))


def a_death(line: Line, moment: str) -> None:
    """Start a listener in its own process and let it die at the moment."""
    died = run_to_end(a_listener(line, moment))
    assert died.returncode == -signal.SIGKILL, died.stderr


def test_a_listener_killed_when_its_effect_stands_and_its_place_does_not_doubles_nothing(line: Line) -> None:
    line.speaker.say("sg-one", 5)
    a_death(line, BEFORE_ITS_PLACE_IS_KEPT)
    assert counts(line.listener.file) != {}
    line.speaker.say("sg-one", 3)
    line.listener.start()
    line.until_arrived()


@only_sqlite
def test_an_event_that_kills_its_listener_three_times_is_set_aside(line: Line) -> None:
    line.speaker.say(DEADLY, 2)
    line.speaker.say("sg-one", 3)
    for _ in range(3):
        a_death(line, IN_THE_EFFECT)
    line.listener.start()
    until(lambda: counts(line.listener.file) == {"sg-one 1": 1, "sg-one 2": 1, "sg-one 3": 1}, PATIENCE)
    held = [(DEADLY, 1, "dead", "ended_the_process"), (DEADLY, 2, "waits", "before_its_turn")]
    until(lambda: line.listener.set_aside() == held, PATIENCE)


def with_poison(line: Line) -> str:
    """Make the first of three events of a key fail while another key continues. Return the failed event's id."""
    line.listener.reaction.poison.add(1)
    line.listener.start()
    line.speaker.say("sg-one", 3)
    line.speaker.say("sg-two", 3)
    until(lambda: counts(line.listener.file) == {"sg-two 1": 1, "sg-two 2": 1, "sg-two 3": 1}, PATIENCE)
    waits = [("sg-one", number, "waits", "before_its_turn") for number in (2, 3)]
    until(lambda: line.listener.set_aside() == [("sg-one", 1, "dead", "ValueError"), *waits], PATIENCE)
    return line.speaker.story()[0].event_id


def test_an_event_that_cannot_be_applied_holds_its_key_and_no_other_until_it_is_retried(line: Line) -> None:
    event_id = with_poison(line)
    with line.listener.operator() as (events, operator):
        (dead, *waiting) = events.ListDeadLetters(events_pb2.ListDeadLettersRequest(), metadata=operator).dead_letters
        assert (dead.event_id, dead.source, len(waiting)) == (event_id, line.source, 2)
        request = events_pb2.RetryDeadLetterRequest(event_id=event_id, request_id="retry-one")
        assert events.RetryDeadLetter(request, metadata=operator).state == "dead", "it still cannot be applied"
        line.listener.reaction.poison.clear()
        again = events_pb2.RetryDeadLetterRequest(event_id=event_id, request_id="retry-two")
        assert events.RetryDeadLetter(again, metadata=operator).state == "applied"
    line.until_arrived()
    assert line.listener.set_aside() == []


def test_an_event_that_is_let_go_lets_those_behind_it_go_on(line: Line) -> None:
    event_id = with_poison(line)
    with line.listener.operator() as (events, operator):
        request = events_pb2.DropDeadLetterRequest(event_id=event_id, reason="known_fault", request_id="drop-one")
        assert events.DropDeadLetter(request, metadata=operator).state == "dropped"
    line.speaker.say("sg-one")
    until(lambda: "sg-one 4" in counts(line.listener.file), PATIENCE)
    assert {"sg-one 2", "sg-one 3"} <= set(counts(line.listener.file))
    assert "sg-one 1" not in counts(line.listener.file)
    assert line.listener.set_aside() == [("sg-one", 1, "dropped", "known_fault")]


def test_an_event_of_an_unknown_major_version_is_set_aside_and_its_key_waits(line: Line) -> None:
    line.speaker.say_in_version("sg-one", 2)
    line.speaker.say("sg-one")
    line.speaker.say("sg-two")
    line.listener.start()
    held = [("sg-one", 1, "dead", "UnknownVersionError"), ("sg-one", 2, "waits", "before_its_turn")]
    until(lambda: line.listener.set_aside() == held, PATIENCE)
    until(lambda: counts(line.listener.file) == {"sg-two 1": 1}, PATIENCE)


def test_the_trace_an_event_came_with_goes_on(line: Line) -> None:
    traceparent = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01"
    heard: list[str] = []
    kind = next(iter(line.listener.reactions))
    line.listener.reactions = {kind: lambda connection, event: heard.append(event.traceparent)}
    line.listener.start()
    line.speaker.say("sg-one", traceparent=traceparent)
    until(lambda: heard == [traceparent], PATIENCE)


def test_a_speaker_sends_again_what_it_is_asked_to_and_nothing_happens_again(line: Line) -> None:
    line.listener.start()
    line.speaker.say("sg-one", 30)
    line.speaker.say("sg-two", 30)
    line.until_arrived()
    request = events_pb2.RepublishEventsRequest(request_id="again")
    with line.speaker.operator() as (events, operator):
        if line.transport == KAFKA:
            assert events.RepublishEvents(request, metadata=operator).events == 60
        else:
            with pytest.raises(grpc.RpcError) as refused:
                events.RepublishEvents(request, metadata=operator)
            assert refused.value.code() == grpc.StatusCode.FAILED_PRECONDITION
    line.speaker.say("sg-one")
    line.until_arrived()
    assert line.in_order()
    assert line.listener.set_aside() == []


def test_any_interruptions_in_any_order_lose_and_double_nothing(line: Line) -> None:
    line.listener.start()
    chance = random.Random(20261125)
    ends: dict[str, Any] = {"listener": line.listener.restart, "speaker": line.speaker.restart}
    for _ in range(10):
        line.speaker.say(f"sg-{chance.randrange(3)}", chance.randrange(1, 20))
        match chance.choice(["listener", "forgets", "speaker", "nothing"]):
            case "forgets":
                line.listener.stop()
                line.listener.forget_place()
                line.listener.start()
            case "nothing":
                pass
            case end:
                ends[end]()
    line.until_arrived()
    assert line.in_order()
    assert line.listener.set_aside() == []
