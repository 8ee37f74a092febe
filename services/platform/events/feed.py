"""The `feed` transport: each service streams its own outbox over gRPC, from a position.

It needs no broker and is as durable as one, because outboxes are kept for good and readers keep their own position.
"""

import threading
import time
from collections.abc import Iterable, Iterator, Sequence
from datetime import UTC
from typing import Any, NamedTuple

import grpc
from google.protobuf.timestamp_pb2 import Timestamp
from psmf.platform.v1 import feed_pb2, feed_pb2_grpc

from services.platform.calls.client import ServiceToken
from services.platform.events.consumer import EventConsumer
from services.platform.events.inbox import Inbox
from services.platform.events.outbox import StoredEvent, events_after, head_position
from services.platform.events.poison import TooManyDeadLettersError
from services.platform.events.sources import AnotherSourceError, SourceStoppedError
from services.platform.storage.database import Database
from services.platform.storage.origin import read_origin
from services.platform.telemetry.logs import log

BATCH = 200
"""Events in one message. Events hold ids and words, so a message stays far below the 16 MiB that a client takes."""
HEARTBEAT_SECONDS = 2.0
"""How often a reader is told that an idle stream still lives, and how soon a server notices that a reader has left."""
RECONNECT_SECONDS = 0.2
"""Rest before a stream is opened again. It doubles with each try in vain: a try costs milliseconds of a core."""
LONGEST_REST_SECONDS = 1.0
"""The longest rest: a service that comes back is read within about a second."""
STREAM_SECONDS = 60.0
"""Time for which a reader reads one stream, with a token that it signs for it. It then opens another one at once."""
LOST_SECONDS = 15.0
"""Time after that until a stream is given up. It says every two seconds that it lives."""


class FeedServer(feed_pb2_grpc.FeedServiceServicer):
    """The server that sends the outbox of one service to the others."""

    def __init__(self, service: str, database: Database) -> None:
        self._database = database
        self._tail = _Tail(service, database)
        self.sent: dict[str, int] = {}
        """The position up to which each reader was sent events, since this process started."""

    def ReadFeed(self, request: feed_pb2.ReadFeedRequest, context: Any) -> Iterator[feed_pb2.FeedBatch]:
        """Stream the events after a position as they are committed, and an empty batch every two seconds without any.

        The reader owns its position: it asks again from there after any break, and may receive an event twice.
        """
        position = self.sent[request.consumer] = request.after_position
        with self._database.read() as connection:
            origin = read_origin(connection)
        heartbeat_at = time.monotonic()
        published = self._database.published
        while context.is_active() and not published.ended:
            found = self._tail.after(position)
            if found.events or time.monotonic() >= heartbeat_at:
                yield feed_pb2.FeedBatch(events=found.events, head_position=found.head, origin=origin)
                heartbeat_at = time.monotonic() + HEARTBEAT_SECONDS
            if found.events:
                position = self.sent[request.consumer] = found.events[-1].position
            if position >= found.head:
                published.wait_beyond(found.commits, max(0.0, heartbeat_at - time.monotonic()))


class _Found(NamedTuple):
    """Events after a position, ready to send."""

    events: Sequence[feed_pb2.FeedEvent]
    head: int
    """The position of the newest event there was."""
    commits: int
    """The number of commits with events before the look. One that came meanwhile ends a wait for more at once."""


class _Tail:
    """The last events that were read. All readers want new events at the same moment, and one look serves them all."""

    def __init__(self, service: str, database: Database) -> None:
        self._service = service
        self._database = database
        self._lock = threading.Lock()
        self._after = 0
        self._found = _Found((), 0, 0)

    def after(self, position: int) -> _Found:
        """Return at most `BATCH` events after a position. There are none only if the database has none."""
        with self._lock:
            events, head, commits = self._found
            # Anything newer is looked for: a reader takes `head` for the newest event there is.
            newest = commits == self._database.published.count
            if newest and events and self._after <= position < events[-1].position:
                return _Found([event for event in events if event.position > position], head, commits)
            self._after, self._found = position, self._look(position)
            return self._found

    def _look(self, position: int) -> _Found:
        commits = self._database.published.count
        with self._database.read() as connection:
            events = events_after(connection, position, BATCH)
            head = head_position(connection)
        return _Found([as_sent(event, self._service) for event in events], head, commits)


def as_sent(event: StoredEvent, service: str) -> feed_pb2.FeedEvent:
    """Return an event of a service's outbox as its feed sends it."""
    recorded = Timestamp()
    recorded.FromDatetime(event.recorded_at)
    return feed_pb2.FeedEvent(
        position=event.position,
        id=event.event_id,
        type=event.type,
        source=service,
        key=event.key,
        key_sequence=event.key_sequence,
        time=recorded,
        traceparent=event.traceparent,
        data=event.data,
    )


class FeedConsumer(EventConsumer):
    """A thread that reads another service's feed and has its events applied in order."""

    def __init__(
        self, consumer: str, inbox: Inbox, address: str, token: ServiceToken, stream_seconds: float = STREAM_SECONDS
    ) -> None:
        """Prepare to read. `stream_seconds`: how long to read one stream, less than its token lasts."""
        super().__init__(inbox, f"feed-{inbox.source}")
        self._stream_seconds = stream_seconds
        self._consumer = consumer
        self._address = address
        self._token = token
        self._stream: Any = None

    def stop(self) -> None:
        """Finish the current batch, then return."""
        self._stopping.set()
        # An idle stream blocks for as long as the other service lives: only cancelling it wakes the thread.
        if self._stream is not None:
            self._stream.cancel()
        super().stop()

    def _read_forever(self) -> None:
        rest = RECONNECT_SECONDS
        while not self._stopping.is_set():
            try:
                # Opened each time, so that it shows the certificate that is valid now.
                with self._token.open_channel(self.source, self._address) as channel:
                    if self._read(feed_pb2_grpc.FeedServiceStub(channel)):
                        continue  # still connected, as far as operators are concerned
            except grpc.RpcError:
                pass  # the other service is away, which operators see in `connected`
            except SourceStoppedError as problem:
                self._stop_reading(problem)
            except TooManyDeadLettersError:
                self._give_up()
            except Exception as problem:
                # The position has not moved, so the same events come again. A fault of one event alone ends in a dead
                # letter, so this is the database's.
                log().error("feed_not_applied", source=self.source, error=type(problem).__name__)
            if self.connected:
                self.connected, rest = False, RECONNECT_SECONDS
            self._stopping.wait(rest)
            rest = min(2 * rest, LONGEST_REST_SECONDS)

    def _read(self, stub: feed_pb2_grpc.FeedServiceStub) -> bool:
        """Read until the stream ends, or it is time for another token. Return whether to read on with one at once."""
        self._inbox.take_up()
        position, until = self._inbox.position(), time.monotonic() + self._stream_seconds
        metadata = self._token.metadata(self.source, new=True)
        deadline = self._stream_seconds + LOST_SECONDS
        self._stream = stub.ReadFeed(request_from(position, self._consumer), metadata=metadata, timeout=deadline)
        if self._stopping.is_set():  # `stop` came before there was a stream to cancel
            self._stream.cancel()
        for events, head in checked(self._stream, self._inbox, position):
            self.connected, self.head = True, head
            if events:
                self._inbox.apply(events, events[-1].position)
            # An idle stream has a heartbeat, so this is looked at every two seconds.
            if self._stopping.is_set() or time.monotonic() >= until:
                return not self._stopping.is_set()
        return False


def request_from(position: int, consumer: str) -> feed_pb2.ReadFeedRequest:
    """Return the request to read on from a position. The event there is read again, as `checked` needs it."""
    return feed_pb2.ReadFeedRequest(after_position=max(0, position - 1), consumer=consumer)


def checked(
    batches: Iterable[feed_pb2.FeedBatch], inbox: Inbox, position: int
) -> Iterator[tuple[list[StoredEvent], int]]:
    """Yield the events of each batch after `position`, and how many the source has.

    The batches begin with the event at `position`, which is only looked at: it must still be the one that was read.

    Raises:
        SourceRestoredError: it is not, or another database answers.
        AnotherSourceError: another service answers.
    """
    for batch in batches:
        # Before the database is known by its name: that of another service would have to be given up again.
        if any(event.source != inbox.source for event in batch.events):
            raise AnotherSourceError
        events = [_decode(event) for event in batch.events]
        inbox.origins.is_read(batch.origin)
        inbox.origins.check_place(position, events, batch.head_position)
        if position and events:
            position, events = 0, events[1:]
        yield events, batch.head_position


def _decode(event: feed_pb2.FeedEvent) -> StoredEvent:
    at = event.time.ToDatetime(tzinfo=UTC)
    return StoredEvent(
        event.position, event.id, event.type, event.key, event.key_sequence, at, event.traceparent, event.data
    )
