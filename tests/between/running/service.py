"""A service without threads of workers, and the way of its events to another."""

from collections.abc import Iterator
from dataclasses import dataclass

import grpc
from psmf.platform.v1 import feed_pb2

from services.platform.events.feed import FeedConsumer, FeedServer
from services.platform.events.outbox import head_position
from services.platform.loop import Loop
from services.platform.process.process import Process
from services.platform.storage.database import Database
from services.platform.storage.origin import read_origin
from services.rules.simulations.runner import Simulator
from services.rules.worker import Evaluator
from tests.platform.events import StillThere


class FromOutbox:
    """A stream of another service's feed that ends when everything there has been read."""

    def __init__(self, service: "Running") -> None:
        self._service = service

    def ReadFeed(self, request: feed_pb2.ReadFeedRequest, **call: object) -> Iterator[feed_pb2.FeedBatch]:  # noqa: N802
        """Yield what the real feed sends, and end when its reader has everything."""
        if request.after_position >= self._service.head():
            # The real feed says so after two seconds. Here it says so at once.
            with self._service.database.read() as connection:
                head, origin = head_position(connection), read_origin(connection)
            yield feed_pb2.FeedBatch(head_position=head, origin=origin)
            return
        for batch in FeedServer(self._service.name, self._service.database).ReadFeed(request, StillThere()):
            yield batch
            if not batch.events or batch.events[-1].position >= batch.head_position:
                return

    def cancel(self) -> None:
        """Do nothing: the stream ends by itself."""


@dataclass
class Running:
    """One service: composed as it runs, and served. Its workers get their turns from the test."""

    name: str
    process: Process
    channel: grpc.Channel
    _head: tuple[int, int] = (-1, 0)

    @property
    def database(self) -> Database:
        """Return its database."""
        return self.process._database

    def head(self) -> int:
        """Return the position of its last event."""
        with self.database.read() as connection:
            return head_position(connection)

    def known_head(self) -> int:
        """Return the position of its last event, without a look into the database while nothing was committed."""
        if self._head[0] != self.database.commits.count:
            self._head = self.database.commits.count, self.head()
        return self._head[1]

    def readers(self) -> list[FeedConsumer]:
        """Return its readers of other services' events."""
        return [worker for worker in self.process._workers if isinstance(worker, FeedConsumer)]

    def work(self) -> None:
        """Give every other worker a turn. Simulations are processes of their own, so they have none here."""
        for worker in self.process._workers:
            if isinstance(worker, Evaluator):
                while worker._turn() == 0.0:
                    pass
            elif isinstance(worker, Loop):
                # They write at every turn, or ask a service at its address. Nothing would ever be settled.
                if worker._name not in ("housekeeping", "probe", "audit checkpoints"):
                    worker._turn()
            else:
                assert isinstance(worker, FeedConsumer | Simulator), f"nobody gives {worker} a turn"

    def end(self) -> None:
        """End it as a stop of its process does."""
        self.channel.close()
        self.database.end_waits()
        self.process.server.stop(0)
        for worker in self.process._workers:
            if isinstance(worker, Evaluator):
                worker._engine.close()
        self.database.close()
