"""The `feed` transport: each service streams its own outbox over gRPC, from a position. Durable, without a broker."""

import time
from collections.abc import Iterator
from datetime import UTC
from typing import Any

import grpc
from google.protobuf.timestamp_pb2 import Timestamp
from psmf.platform.v1 import feed_pb2, feed_pb2_grpc

from services.platform.calls.client import ServiceToken, open_channel
from services.platform.events.consumer import EventConsumer
from services.platform.events.inbox import Inbox
from services.platform.events.outbox import StoredEvent, events_after, head_position
from services.platform.events.poison import TooManyDeadLettersError
from services.platform.storage.database import Database
from services.platform.telemetry.logs import log

BATCH = 200
HEARTBEAT_SECONDS = 2.0
RECONNECT_SECONDS = 0.2


class FeedServer(feed_pb2_grpc.FeedServiceServicer):
    """Sends the outbox of one service to the others."""

    def __init__(self, service: str, database: Database) -> None:
        self._service = service
        self._database = database
        self.sent: dict[str, int] = {}
        """How far each reader was sent the events, since this process started."""

    def ReadFeed(self, request: feed_pb2.ReadFeedRequest, context: Any) -> Iterator[feed_pb2.FeedBatch]:
        """Events after a position, as they are committed; an empty batch every two seconds when there are none."""
        position = self.sent[request.consumer] = request.after_position
        heartbeat_at = time.monotonic()
        while context.is_active() and not self._database.commits.ended:
            commits = self._database.commits.count
            with self._database.read() as connection:
                events = events_after(connection, position, BATCH)
                head = head_position(connection)
            if events or time.monotonic() >= heartbeat_at:
                yield feed_pb2.FeedBatch(events=[self._encode(event) for event in events], head_position=head)
                heartbeat_at = time.monotonic() + HEARTBEAT_SECONDS
            if events:
                position = self.sent[request.consumer] = events[-1].position
            else:
                self._database.commits.wait_beyond(commits, max(0.0, heartbeat_at - time.monotonic()))

    def _encode(self, event: StoredEvent) -> feed_pb2.FeedEvent:
        recorded = Timestamp()
        recorded.FromDatetime(event.recorded_at)
        return feed_pb2.FeedEvent(
            position=event.position,
            id=event.event_id,
            type=event.type,
            source=self._service,
            key=event.key,
            key_sequence=event.key_sequence,
            time=recorded,
            traceparent=event.traceparent,
            data=event.data,
        )


class FeedConsumer(EventConsumer):
    """Reads another service's feed for good, and has its events applied in order."""

    def __init__(self, consumer: str, inbox: Inbox, address: str, token: ServiceToken) -> None:
        super().__init__(inbox, f"feed-{inbox.source}")
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
        channel = open_channel(self._address)
        stub = feed_pb2_grpc.FeedServiceStub(channel)
        while not self._stopping.is_set():
            try:
                self._read(stub)
            except grpc.RpcError:
                pass  # The other service is away: `connected` tells operators.
            except TooManyDeadLettersError:
                self._give_up()
            except Exception as problem:
                log().error("feed_not_applied", source=self.source, error=type(problem).__name__)
            self.connected = False
            self._stopping.wait(RECONNECT_SECONDS)
        channel.close()

    def _read(self, stub: feed_pb2_grpc.FeedServiceStub) -> None:
        request = feed_pb2.ReadFeedRequest(after_position=self._inbox.position(), consumer=self._consumer)
        self._stream = stub.ReadFeed(request, metadata=self._token.metadata(), wait_for_ready=True)
        if self._stopping.is_set():  # set before there was a stream to cancel
            self._stream.cancel()
        for batch in self._stream:
            self.connected = True
            self.head = batch.head_position
            if batch.events:
                self._inbox.apply([_decode(event) for event in batch.events], batch.events[-1].position)
            if self._stopping.is_set():
                return


def _decode(event: feed_pb2.FeedEvent) -> StoredEvent:
    at = event.time.ToDatetime(tzinfo=UTC)
    return StoredEvent(
        event.position, event.id, event.type, event.key, event.key_sequence, at, event.traceparent, event.data
    )
