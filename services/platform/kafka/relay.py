"""The `kafka` transport, outgoing: one copy of a service at a time sends its outbox to its topic, in commit order."""

import contextlib
import time
import uuid
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import BigInteger, Column, Connection, Integer, MetaData, String, Table

from services.platform.events.outbox import StoredEvent, events_after
from services.platform.failpoints import reach
from services.platform.kafka.clients import SEND_SECONDS, KafkaConnection, new_producer
from services.platform.kafka.cloud_events import to_record
from services.platform.kafka.reachability import why
from services.platform.kafka.topics import topic_of
from services.platform.loop import Loop
from services.platform.storage.database import Database, execute, to_micros
from services.platform.storage.origin import read_origin
from services.platform.telemetry.logs import log
from services.platform.waits import has_come

BATCH = 200
"""Events sent between two notes. One batch is sent while the broker answers for another: a crash sends two again."""
LEASE = timedelta(seconds=10)
"""Time that a killed copy delays the others. A copy that stops gives its lease back at once."""
IDLE_SECONDS = 2.0
"""Longest rest without new events. It is how soon another copy notices that a lease has ended, and how soon events that
an operator wants again are sent."""


def relay_table(metadata: MetaData) -> Table:
    """Declare the table of one row: who may send, until when, its fencing number, and how far the outbox was sent."""
    return Table(
        "relay",
        metadata,
        Column("name", String(20), primary_key=True),
        Column("holder", String(36), nullable=False),
        Column("fence", Integer, nullable=False),
        Column("held_until", BigInteger, nullable=False),
        Column("position", BigInteger, nullable=False),
    )


class LeaseLostError(Exception):
    """Another copy sends now. What this one sent meanwhile is not noted, and the other sends it again."""


@dataclass(frozen=True, slots=True)
class _Lease:
    fence: int
    ends: float
    """On this process's monotonic clock, because a jump of the wall clock must not lengthen a lease."""


@dataclass(frozen=True, slots=True)
class _Sent:
    """Events that were sent, and for which the broker has yet to answer."""

    futures: Sequence[Any]
    position: int
    fence: int


class KafkaRelay:
    """A loop that sends events, waits until the broker has each, and only then notes them as sent.

    A copy that was paused past its lease may still send its current batches. Consumers drop what they have applied, and
    the fencing number of the late copy is refused when it notes what it sent.
    """

    def __init__(
        self, service: str, database: Database, kafka: KafkaConnection, now: Callable[[], datetime], batch: int = BATCH
    ) -> None:
        self._topic = topic_of(service)
        self._service = service
        self._database = database
        self._kafka = kafka
        self._now = now
        self._batch = batch
        self._me = str(uuid.uuid4())
        self._lease: _Lease | None = None
        self._producer: Any = None
        self._awaited: _Sent | None = None
        self.connected = False
        self.sent: dict[str, int] = {}
        """The position up to which events were sent to the topic. Empty while another copy sends."""
        self._loop = Loop("relay", self._turn, database.published, self._interrupted)

    def start(self) -> None:
        """Begin; return at once."""
        self._loop.start()

    def stop(self) -> None:
        """Finish the current round, and let another copy go on at once."""
        self._loop.stop()
        with contextlib.suppress(Exception):  # if it fails, the next copy sends the batch again
            if self._awaited is not None:
                self._settle(self._awaited)
        self._release()
        self._close_producer()

    def _turn(self) -> float:
        return 0.0 if self._round() else IDLE_SECONDS

    def _interrupted(self, problem: Exception) -> None:
        # The broker or the database is away, or another copy sends. What is not noted as sent is sent again.
        self._let_go()
        error, reason = type(problem).__name__, why(problem, self._kafka)
        log().error("relay_interrupted", source=self._service, error=error, reason=reason)

    def _let_go(self) -> None:
        """Drop the lease and the producer. The next round asks for both again."""
        self.connected = False
        self._lease = None
        self._close_producer()

    def _round(self) -> int:
        """Send the next events if this copy has the lease, then wait for those before them. Return their number."""
        self._lease = self._lease_now()
        if self._lease is None:
            self.sent = {}
            return 0
        if self._awaited is not None and self._awaited.fence != self._lease.fence:
            self._awaited = None  # another copy had the lease meanwhile, and noted what it sent
        with self._database.read() as connection:
            position = self.sent["topic"] = relay_position(connection)
            events = events_after(connection, self._awaited.position if self._awaited else position, self._batch)
            origin = read_origin(connection)
        before, self._awaited = self._awaited, self._send(events, origin, self._lease.fence) if events else None
        if before is not None:
            self._settle(before)
        if self._awaited is not None and len(events) < self._batch:  # no more to send meanwhile
            self._settle(self._awaited)
            self._awaited = None
        return len(events)

    def _send(self, events: Sequence[StoredEvent], origin: str, fence: int) -> _Sent:
        # Opened late and kept: opening costs several round trips, and a copy without the lease needs none.
        if self._producer is None:
            self._producer = new_producer(self._kafka, f"psmf-{self._service}-relay")
        futures = []
        for event in events:
            key, value, headers = to_record(event, self._service, {"origin": origin} if origin else None)
            futures.append(self._producer.send(self._topic, key=key, value=value, headers=headers))
        reach("after_send_before_ack")
        return _Sent(futures, events[-1].position, fence)

    def _settle(self, sent: _Sent) -> None:
        """Wait until the broker has each event of a batch, then note how far the outbox was sent."""
        for future in sent.futures:
            future.get(timeout=SEND_SECONDS)
        self.connected = True
        reach("after_ack_before_mark")
        self._database.write(lambda tx: note_sent(tx, sent.fence, sent.position))
        self.sent["topic"] = sent.position

    def _lease_now(self) -> _Lease | None:
        """Return the lease, renewed after half of its life; None while another copy has it.

        The look-up does not write. A write would wake every thread that waits for a commit, this one too, and two
        copies would wake each other without end.
        """
        if self._lease is not None and time.monotonic() <= self._lease.ends - LEASE.total_seconds() / 2:
            return self._lease
        with self._database.read() as connection:
            if self._is_held_by_another(_holding(connection)):
                return None
        return self._database.write(self._take_lease)

    def _is_held_by_another(self, holding: tuple[str, int, int, int]) -> bool:
        holder, _, until, _ = holding
        return holder not in ("", self._me) and not has_come(until, self._now(), LEASE)

    def _take_lease(self, connection: Connection) -> _Lease | None:
        # The monotonic clock is read before the lease is written, so this copy never believes in it for too long.
        now, started = to_micros(self._now()), time.monotonic()
        holder, fence, _, position = holding = _holding(connection)  # again: another may have taken it since
        if self._is_held_by_another(holding):
            return None
        fence = fence if holder == self._me else fence + 1
        execute(
            connection,
            "INSERT INTO relay (name, holder, fence, held_until, position) VALUES ('kafka', ?, ?, ?, ?) "
            "ON CONFLICT (name) DO UPDATE SET holder = excluded.holder, fence = excluded.fence, "
            "held_until = excluded.held_until",
            (self._me, fence, now + LEASE // timedelta(microseconds=1), position),
        )
        return _Lease(fence, started + LEASE.total_seconds())

    def _release(self) -> None:
        with contextlib.suppress(Exception):  # if it fails, the lease ends by itself
            self._database.write(
                lambda tx: execute(tx, "UPDATE relay SET holder = '', held_until = 0 WHERE holder = ?", (self._me,))
            )

    def _close_producer(self) -> None:
        if self._producer is not None:
            with contextlib.suppress(Exception):
                # `close` alone gives up when it cannot flush, and leaves a thread behind that would go on sending.
                self._producer._sender.force_close()
                self._producer.close(timeout=1)
        self._producer = None
        self._awaited = None


def _holding(connection: Connection) -> tuple[str, int, int, int]:
    """Return who has the lease, its fencing number and end, and how far the outbox was sent."""
    row = execute(connection, "SELECT holder, fence, held_until, position FROM relay").fetchone()
    return tuple(row) if row else ("", 0, 0, 0)


def note_sent(connection: Connection, fence: int, position: int) -> None:
    """Note how far the outbox was sent.

    Raises:
        LeaseLostError: another copy has taken over, and nothing is noted.
    """
    noted = execute(connection, "UPDATE relay SET position = ? WHERE fence = ?", (position, fence))
    if noted.rowcount != 1:
        raise LeaseLostError


def relay_position(connection: Connection) -> int:
    """Return the position up to which the outbox was sent."""
    row = execute(connection, "SELECT position FROM relay").fetchone()
    return int(row[0]) if row else 0


def send_again(connection: Connection, position: int = 0) -> None:
    """Have everything after a position sent again. The current sender loses its lease and cannot note anything."""
    execute(connection, "UPDATE relay SET position = ?, fence = fence + 1, holder = '', held_until = 0", (position,))
