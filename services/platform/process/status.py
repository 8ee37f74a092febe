"""The status of one service for operators. It contains no personal data."""

from collections.abc import Sequence
from datetime import timedelta
from typing import Any

from psmf.platform.v1 import status_pb2, status_pb2_grpc

from services.build import build_version
from services.platform.clock import Clock
from services.platform.events.consumer import EventConsumer
from services.platform.events.inbox_tables import dead_lettered, done_with, of_unknown_type
from services.platform.events.outbox import published
from services.platform.process.clock_watch import ClockWatch
from services.platform.process.gauges import Figures
from services.platform.storage.database import Database


class StatusServer(status_pb2_grpc.StatusServiceServicer):
    """The StatusService of one service, on its database and its consumers."""

    def __init__(
        self,
        service: str,
        database: Database,
        consumers: Sequence[EventConsumer],
        clock: Clock,
        figures: Figures,
        clock_watch: ClockWatch,
    ) -> None:
        self._service = service
        self._database = database
        self._consumers = consumers
        self._clock = clock
        self._figures = figures
        self._clock_watch = clock_watch

    def GetStatus(self, request: status_pb2.GetStatusRequest, context: Any) -> status_pb2.Status:
        """Return the current status of the service."""
        with self._database.read() as connection:
            head, dead = published(connection), dead_lettered(connection)
            done = {consumer.source: done_with(connection, consumer.source) for consumer in self._consumers}
            unknown = {consumer.source: of_unknown_type(connection, consumer.source) for consumer in self._consumers}
        figures, facts = self._figures()
        status = status_pb2.Status(
            service=self._service,
            version=build_version(),
            outbox_position=head,
            dead=dead,
            figures=dict(figures),
            facts=dict(facts) | self._journal(),
            sources=[
                status_pb2.SourceStatus(
                    source=consumer.source,
                    position=done[consumer.source],
                    # Kafka tells no head, and a feed's head is as old as its last message.
                    head_position=max(consumer.head, done[consumer.source]),
                    connected=consumer.connected,
                    unknown=unknown[consumer.source],
                    gap_events=consumer.gap_events,
                    gap_position=consumer.gap_position,
                    fault="" if consumer.connected else consumer.fault,
                )
                for consumer in self._consumers
            ],
        )
        self._add_storage(status)
        status.time.FromDatetime(self._clock.now())
        if self._clock_watch.stepped_at is not None:
            status.clock_step_time.FromDatetime(self._clock_watch.stepped_at)
            status.clock_step_seconds = self._clock_watch.step_seconds
        return status

    def _journal(self) -> dict[str, str]:
        """Return how SQLite keeps a commit. A server has no such choice."""
        return {"journal": self._database.journal} if self._database.journal else {}

    def _add_storage(self, status: status_pb2.Status) -> None:
        health, now = self._database.health, self._clock.now()
        status.storage_fault, status.last_refusal = health.fault, health.last_refusal
        if (commit := health.seconds_since_commit) is not None:
            status.last_commit_time.FromDatetime(now - timedelta(seconds=commit))
        if (refusal := health.seconds_since_refusal) is not None:
            status.last_refusal_time.FromDatetime(now - timedelta(seconds=refusal))
