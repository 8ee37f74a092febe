"""A stream ends with the token with which it began, and who reads it goes on with a new one (A7)."""

import itertools
import json
import os
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path
from typing import Any

import grpc
import pytest
from psmf.notifications.v1 import notifications_pb2 as pb
from psmf.platform.v1 import feed_pb2, feed_pb2_grpc

from services.client.client import Client
from services.platform.calls.client import ServiceToken, open_channel
from services.platform.calls.identity import LONGEST_LIFE, sign_token
from services.platform.events.feed import STREAM_SECONDS, FeedConsumer
from tests.answers import answer_of
from tests.attacks.attempts import attempted
from tests.platform.events import Applied, an_inbox
from tests.platform.small_service import SmallService, counts, new_database, now, small_service
from tests.platform.test_feed import Station, started
from tests.waiting import HUNG, until
from tests.world import World

SHORT = timedelta(seconds=2)
"""Tokens end on a whole second, so such a one lives for one second to two."""
RULES = "service:rules"


@pytest.fixture(scope="module")
def station(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Station]:
    made = started(World(tmp_path_factory.mktemp("streams")), 0)
    made.publish("sg-one")
    yield made
    made.process.stop()


class CountedTokens(ServiceToken):
    """The tokens of rules, each counted and of a given life."""

    def __init__(self, station: Station, life: timedelta) -> None:
        super().__init__(station.world.folder / "rules.key", "rules", now)
        self.signed = 0
        self._life = life
        self._own = station.world.service_keys["rules"]

    def metadata(self, to: str, *, new: bool = False) -> tuple[tuple[str, str], ...]:
        """Return the metadata of a call, with a token of its own."""
        self.signed += 1
        return (("authorization", f"Bearer {sign_token(self._own, RULES, RULES, now(), self._life)}"),)


@contextmanager
def streams(station: Station, how_many: int, life: timedelta) -> Iterator[list[Any]]:
    """Open feeds, each with its own token."""
    with open_channel(station.address) as channel:
        stub, tokens = feed_pb2_grpc.FeedServiceStub(channel), CountedTokens(station, life)
        yield [
            stub.ReadFeed(feed_pb2.ReadFeedRequest(), metadata=tokens.metadata("evidence"), timeout=HUNG)
            for _ in range(how_many)
        ]


def rest_of(stream: Any) -> tuple[set[str], str]:
    """Return about whom a stream still sends events, and the reason with which it ends."""
    heard: set[str] = set()
    try:
        for batch in stream:
            heard |= {event.key for event in batch.events}
    except grpc.RpcError as ended:
        return heard, answer_of(ended).reason
    return heard, ""


def test_nothing_is_sent_after_the_token_of_a_stream_has_ended(station: Station) -> None:
    with streams(station, 8, SHORT) as opened:
        time.sleep(SHORT.total_seconds())
        station.publish("sg-after")
        ends = [rest_of(stream) for stream in opened]
    attempted(
        "Streams that go on after their token",
        len(ends),
        [(heard, reason) for heard, reason in ends if "sg-after" in heard or reason != "TOKEN_ENDED"],
    )


def test_a_stream_ends_once_the_key_of_its_token_is_taken_out(station: Station) -> None:
    file = station.world.folder / "keys.json"
    kept = json.loads(file.read_text())
    with streams(station, 1, LONGEST_LIFE) as (stream,):
        assert next(stream).events
        write(file, {"keys": [entry for entry in kept["keys"] if entry["issuer"] != RULES]})
        try:
            assert rest_of(stream) == (set(), "NOT_SIGNED_IN")
        finally:
            write(file, kept)


def write(file: Path, keys: dict[str, Any]) -> None:
    file.write_text(json.dumps(keys))
    os.utime(file, ns=(time.time_ns(), time.time_ns()))


@pytest.mark.parametrize(
    ("life", "stream_seconds", "streams_at_least"),
    [(SHORT, STREAM_SECONDS, 2), (LONGEST_LIFE, 0.1, 3)],
    ids=["the service ends it", "the reader is before the service"],
)
def test_a_reader_goes_on_with_a_new_token_and_misses_nothing(
    station: Station, tmp_path: Path, life: timedelta, stream_seconds: float, streams_at_least: int
) -> None:
    tokens, database = CountedTokens(station, life), new_database(tmp_path / "reader.db")
    consumer = FeedConsumer("rules", an_inbox(database, Applied()), station.address, tokens, stream_seconds)
    consumer.start()
    looks = []
    try:
        until(lambda: consumer.connected, HUNG)
        for _ in itertools.takewhile(lambda _: tokens.signed < streams_at_least, range(1000)):
            station.publish("sg-one")
            looks.append(consumer.connected)
            time.sleep(0.02)
        until(lambda: counts(tmp_path / "reader.db") == station.story(), HUNG)
    finally:
        consumer.stop()
        database.close()
    assert all(looks) or life == SHORT, "who changes the token in time is connected all the time"


@pytest.fixture
def watched(tmp_path: Path) -> Iterator[SmallService]:
    """Return a service whose watches count on from where they are resumed, ten messages a second."""

    def count_on(request: pb.WatchAlertsRequest) -> Iterator[pb.WatchAlertsResponse]:
        for number in itertools.count(int(request.resume_token or 0) + 1):
            yield pb.WatchAlertsResponse(resume_token=str(number))
            time.sleep(0.1)

    with small_service(tmp_path) as service:
        service.work = count_on
        yield service


def watch(service: SmallService, lives: Iterator[timedelta]) -> Iterator[Any]:
    """Watch as a person whose tokens have these lives."""

    def metadata(person: str) -> tuple[tuple[str, str], ...]:
        token = sign_token(service.world.issuer, "test-issuer", person, now(), next(lives))
        return (("authorization", f"Bearer {token}"),)

    address = f"127.0.0.1:{service.process.server.port}"
    client = Client(dict.fromkeys(("evidence", "rules", "scheduling", "notifications"), address), metadata)
    request = pb.WatchAlertsRequest(parent="safeguarders/-")
    yield from client.watch("panel-team", client.alerts.WatchAlerts, request)


def test_somebody_who_watches_goes_on_with_their_next_token_and_misses_nothing(watched: SmallService) -> None:
    lives = iter([SHORT, LONGEST_LIFE])
    seen = [int(answer.resume_token) for answer in itertools.islice(watch(watched, lives), 30)]
    assert seen == list(range(1, 31))
    assert next(lives, None) is None, "the first token has ended meanwhile"
