"""The feed streams a service's outbox, and its reader reconnects (reliability Q4, Q6, Q7)."""

import itertools
import random
import tempfile
import threading
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import grpc
import pytest
from hypothesis import given
from hypothesis import strategies as st
from psmf.platform.v1 import feed_pb2, feed_pb2_grpc

from services.platform.calls.client import ServiceToken, open_channel
from services.platform.events import feed
from services.platform.events.feed import BATCH, HEARTBEAT_SECONDS, FeedConsumer, FeedServer
from services.platform.events.gaps import MOST_BATCHES, SETTLED, Gaps
from services.platform.events.outbox import add_events, events_after, head_position
from services.platform.events.sources import SourceRestoredError
from services.platform.process.process import Process, ServiceParts
from services.platform.process.settings import ServiceSettings
from services.platform.storage.database import Database, execute
from tests.platform.events import Applied, StillThere, a_message, an_inbox, once_each
from tests.platform.small_service import counts, new_database, now
from tests.waiting import HUNG, until
from tests.world import SUBJECTS, World


@dataclass
class Station:
    """A publishing service that can stop and restart at the same address with the same database."""

    world: World
    database: Database
    process: Process
    port: int

    @property
    def address(self) -> str:
        return f"127.0.0.1:{self.port}"

    def publish(self, key: str, count: int = 1) -> None:
        self.database.write(lambda tx: add_events(tx, [(key, a_message(key))] * count, now()))

    def restart(self) -> None:
        self.process.stop()
        again = started(self.world, self.port)
        self.database, self.process = again.database, again.process

    def story(self) -> dict[str, int]:
        with self.database.read() as connection:
            return once_each(events_after(connection, 0, 100_000))


def started(world: World, port: int, **more: Any) -> Station:
    settings = ServiceSettings(**world.settings("evidence") | {"listen": f"127.0.0.1:{port}"} | more)
    database = new_database(world.folder / "evidence.db")
    folder = world.folder / "evidence"
    folder.mkdir(exist_ok=True)
    (folder / "access.cedar").write_text("")
    process = ServiceParts(settings, database, [], folder, SUBJECTS).process(lambda: ({}, {}))
    process.start()
    return Station(world, database, process, process.server.port)


@pytest.fixture
def station(tmp_path: Path) -> Iterator[Station]:
    made = started(World(tmp_path), 0)
    yield made
    made.process.stop()


@dataclass
class Reader:
    """A service that reads the feed."""

    file: Path
    database: Database
    consumer: FeedConsumer
    reaction: Applied


@pytest.fixture
def reader(station: Station) -> Iterator[Reader]:
    file = station.world.folder / "reader.db"
    database, reaction = new_database(file), Applied()
    made = Reader(file, database, reading(station, database, reaction), reaction)
    yield made
    # Not the consumer that the test began with: it may have another one by now.
    made.consumer.stop()
    database.close()
    still = [thread.name for thread in threading.enumerate() if thread.name == made.consumer._thread.name]
    assert not still, "a reader without a database would log its faults into the tests that follow"


def reading(station: Station, database: Database, reaction: Applied) -> FeedConsumer:
    token = ServiceToken(station.world.folder / "rules.key", "rules", now)
    consumer = FeedConsumer("rules", an_inbox(database, reaction), station.address, token)
    consumer.start()
    return consumer


@pytest.fixture
def batches(station: Station) -> Iterator[Any]:
    """Open a raw stream from a position."""
    with open_channel(station.address) as channel:
        stub = feed_pb2_grpc.FeedServiceStub(channel)
        streams = []

        def read(after: int) -> Any:
            request = feed_pb2.ReadFeedRequest(after_position=after)
            streams.append(stub.ReadFeed(request, metadata=station.world.metadata("service:rules"), timeout=HUNG))
            return streams[-1]

        yield read
        for stream in streams:
            stream.cancel()


def test_the_feed_starts_after_the_position_asked_for(station: Station, batches: Any) -> None:
    station.publish("sg-one", 3)
    batch = next(batches(1))
    assert [(event.position, event.key_sequence) for event in batch.events] == [(2, 2), (3, 3)]
    assert {event.source for event in batch.events} == {"evidence"}


def test_each_batch_says_how_far_the_whole_outbox_is(station: Station, batches: Any) -> None:
    station.publish("sg-one", BATCH + 50)
    stream = batches(0)
    first, second = next(stream), next(stream)
    assert (len(first.events), first.head_position) == (BATCH, BATCH + 50)
    assert (len(second.events), second.head_position) == (50, BATCH + 50)


def test_an_event_is_sent_when_it_is_committed(station: Station, batches: Any) -> None:
    stream = batches(0)
    assert not next(stream).events, "the first answer must say that there are no events yet"
    station.publish("sg-one")
    assert len(next(stream).events) == 1


def test_an_idle_feed_sends_a_heartbeat_and_not_one_for_each_commit(station: Station, batches: Any) -> None:
    stream = batches(0)
    next(stream)
    started_at = now()
    for _ in range(50):
        station.database.write(lambda tx: None)
    assert not next(stream).events
    assert (now() - started_at).total_seconds() > HEARTBEAT_SECONDS / 2


@pytest.mark.parametrize("person", ["panel-team", "senior-manager", "partner", "person-one", "operator"])
def test_only_services_read_a_feed(station: Station, person: str) -> None:
    with open_channel(station.address) as channel:
        stream = feed_pb2_grpc.FeedServiceStub(channel).ReadFeed(
            feed_pb2.ReadFeedRequest(), metadata=station.world.metadata(person), timeout=HUNG
        )
        with pytest.raises(grpc.RpcError) as refused:
            next(stream)
    assert refused.value.code() == grpc.StatusCode.PERMISSION_DENIED


def test_a_reader_applies_what_was_there_before_it_and_what_comes(station: Station, reader: Reader) -> None:
    station.publish("sg-one", 2)
    until(lambda: counts(reader.file) == station.story())
    station.publish("sg-two", 2)
    until(lambda: counts(reader.file) == station.story())
    assert reader.consumer.connected


def test_a_reader_resumes_after_the_publisher_restarts(station: Station, reader: Reader) -> None:
    station.publish("sg-one", 3)
    until(lambda: len(reader.reaction.seen) == 3)
    station.restart()
    station.publish("sg-one", 3)
    until(lambda: len(reader.reaction.seen) == 6)
    assert reader.reaction.seen == [1, 2, 3, 4, 5, 6], "nothing may be missing or sent twice"


def test_a_reader_gives_up_a_stream_that_says_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Not even that it lives. Otherwise one that gRPC has lost would keep its reader from every event to come."""
    monkeypatch.setattr(feed, "LOST_SECONDS", 0.1)
    opened, ends = threading.Semaphore(0), threading.Event()

    def say_nothing() -> None:
        opened.release()
        ends.wait(HUNG)

    with reading_of(say_nothing, tmp_path) as consumer:
        assert all(opened.acquire(timeout=HUNG) for _ in range(3))
        assert not consumer.connected
        ends.set()


def test_a_reader_whose_source_is_away_tries_less_and_less_often(tmp_path: Path) -> None:
    """A try costs milliseconds of a core: two readers that tried five times a second took three hundredths of one."""
    tries: list[float] = []
    with reading_of(lambda: tries.append(time.monotonic()), tmp_path):
        until(lambda: len(tries) == 5, HUNG)
    rests = [later - earlier for earlier, later in itertools.pairwise(tries)]
    assert all(rest >= least for rest, least in zip(rests, (0.2, 0.4, 0.8, 1.0), strict=True))


@contextmanager
def reading_of(answer: Callable[[], None], folder: Path) -> Iterator[FeedConsumer]:
    """Read a feed that sends nothing and ends after `answer`."""

    class Silent(feed_pb2_grpc.FeedServiceServicer):
        def ReadFeed(self, request: feed_pb2.ReadFeedRequest, context: Any) -> Iterator[feed_pb2.FeedBatch]:  # noqa: N802
            answer()
            yield from ()

    server = grpc.server(ThreadPoolExecutor(4))
    feed_pb2_grpc.add_FeedServiceServicer_to_server(Silent(), server)
    address = f"127.0.0.1:{server.add_insecure_port('127.0.0.1:0')}"
    server.start()
    token = ServiceToken(World(folder).folder / "rules.key", "rules", now)
    database = new_database(folder / "reader.db")
    consumer = FeedConsumer("rules", an_inbox(database, Applied()), address, token, stream_seconds=0.1)
    consumer.start()
    try:
        yield consumer
    finally:
        consumer.stop()
        server.stop(0)
        database.close()


def test_a_reader_that_restarts_goes_on_where_it_was(station: Station, reader: Reader) -> None:
    station.publish("sg-one", 3)
    until(lambda: counts(reader.file) == station.story())
    reader.consumer.stop()
    station.publish("sg-one", 2)
    reader.consumer = reading(station, reader.database, reader.reaction)
    until(lambda: counts(reader.file) == station.story())
    assert reader.reaction.seen == [1, 2, 3, 4, 5]


def test_a_reader_can_be_stopped_while_the_publisher_is_away(station: Station, reader: Reader) -> None:
    until(lambda: reader.consumer.connected)
    station.process.stop()
    until(lambda: not reader.consumer.connected)
    reader.consumer.stop()
    assert not reader.consumer._thread.is_alive()
    station.process = started(station.world, 0).process


def test_events_of_four_publishers_at_once_are_applied_in_commit_order(station: Station, reader: Reader) -> None:
    def many(number: int) -> None:
        for _ in range(50):
            station.publish(f"sg-{number}")

    with ThreadPoolExecutor(4) as callers:
        list(callers.map(many, range(4)))
    until(lambda: len(reader.reaction.seen) == 200)
    assert reader.reaction.seen == list(range(1, 201))
    assert counts(reader.file) == station.story()


def test_a_reader_applies_once_whatever_is_cut_and_repeated(station: Station, reader: Reader) -> None:
    """Break the stream at random twelve times: the reader or publisher restarts, or the reader forgets its position."""
    chance = random.Random(20261124)
    for _ in range(12):
        station.publish(f"sg-{chance.randrange(3)}", chance.randrange(1, 30))
        match chance.choice(["reader", "forgets", "publisher", "nothing"]):
            case "reader":
                reader.consumer.stop()
                reader.consumer = reading(station, reader.database, reader.reaction)
            case "forgets":
                reader.consumer.stop()
                reader.database.write(lambda tx: tx.exec_driver_sql("DELETE FROM inbox_position"))
                reader.consumer = reading(station, reader.database, reader.reaction)
            case "publisher":
                station.restart()
    until(lambda: counts(reader.file) == station.story())
    assert reader.reaction.seen == sorted(set(reader.reaction.seen)), "each event must be applied once, in order"


# What a topic did not deliver (F6)


@pytest.fixture
def behind(station: Station, tmp_path: Path) -> Iterator[tuple[Gaps, Applied, Path]]:
    """A reader whose topic delivers nothing, and how it looks for what is missing."""
    file, reaction = tmp_path / "behind.db", Applied()
    database = new_database(file)
    token = ServiceToken(station.world.folder / "rules.key", "rules", now)
    yield (
        Gaps("rules", an_inbox(database, reaction), station.address, token, lambda: now() + SETTLED, 0.0),
        reaction,
        file,
    )
    database.close()


def test_a_gap_longer_than_one_look_is_read_on_at_once(station: Station, behind: tuple[Gaps, Applied, Path]) -> None:
    """F6: a weekend without the broker's records. Each look is short, so that the topic is read meanwhile."""
    gaps, _, file = behind
    station.publish("sg-one", BATCH * MOST_BATCHES + 7)
    gaps._look_seconds = HUNG
    gaps._look_at = 0.0
    gaps.look()
    assert gaps.events == BATCH * MOST_BATCHES
    gaps.look()
    assert (gaps.events, gaps.since) == (BATCH * MOST_BATCHES + 7, 1)
    assert counts(file) == station.story()


def test_an_event_in_a_gap_that_cannot_be_applied_stops_its_person_only(
    station: Station, behind: tuple[Gaps, Applied, Path]
) -> None:
    """F6: the rest of the gap is read, and the later events of that person wait behind it."""
    gaps, reaction, file = behind
    for key in ("sg-one", "sg-two", "sg-one", "sg-two"):
        station.publish(key)
    reaction.poison = {1}
    gaps.look()
    assert counts(file) == {"sg-two 1": 1, "sg-two 2": 1}
    assert gaps.events == 4
    gaps.look()
    assert gaps.events == 4, "what is set aside is no gap"


def test_a_gap_is_not_filled_from_another_database(station: Station, behind: tuple[Gaps, Applied, Path]) -> None:
    """F6: the source was replaced meanwhile. Its events are others, under the same numbers."""
    gaps, _, file = behind
    station.publish("sg-one", 3)
    gaps.look()
    station.database.write(lambda tx: execute(tx, "UPDATE origin SET database_id = 'another'"))
    station.publish("sg-one", 2)
    with pytest.raises(SourceRestoredError):
        gaps.look()
    assert counts(file) == {f"sg-one {number}": 1 for number in (1, 2, 3)}


@given(st.lists(st.integers(-1, 3), max_size=40), st.lists(st.integers(0, 6), min_size=4, max_size=4))
def test_readers_at_different_places_each_get_every_event_once_and_in_order(
    turns: list[int], places: list[int]
) -> None:
    """One look at the outbox serves all readers (Q4). -1 publishes three events, another number is a reader's turn."""
    with tempfile.TemporaryDirectory() as folder:
        database = new_database(Path(folder) / "evidence.db")
        publish(database, max(places))
        server = FeedServer("evidence", database)
        streams = [server.ReadFeed(feed_pb2.ReadFeedRequest(after_position=place), StillThere()) for place in places]
        read: list[list[int]] = [[] for _ in places]

        def take(reader: int) -> None:
            batch = next(streams[reader])
            assert batch.head_position == head(database)
            read[reader] += [event.position for event in batch.events]

        for turn in turns:
            if turn < 0:
                publish(database, 3)
            # A reader without news would wait for its heartbeat.
            elif places[turn] + len(read[turn]) < head(database):
                take(turn)
        for reader, place in enumerate(places):
            while place + len(read[reader]) < head(database):
                take(reader)
            assert read[reader] == list(range(place + 1, head(database) + 1))
        database.close()


def publish(database: Database, count: int) -> None:
    database.write(lambda tx: add_events(tx, [("sg-one", a_message("sg-one"))] * count, now()))


def head(database: Database) -> int:
    with database.read() as connection:
        return head_position(connection)
