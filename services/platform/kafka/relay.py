"""The `kafka` transport, outgoing: one copy of a service at a time sends its outbox to its topic, in commit order."""

import contextlib
import threading
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
from services.platform.storage.database import Database, execute, to_micros
from services.platform.telemetry.logs import log

BATCH = 200
LEASE = timedelta(seconds=10)
IDLE_SECONDS = 2.0
AFTER_FAULT_SECONDS = 1.0


def relay_table(metadata: MetaData) -> Table:
    """Who may send, until when, under which fencing number, and how far the outbox was sent. One row."""
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
    """Another copy sends now: what this one sent meanwhile is not noted, and will be sent by the other."""


@dataclass(frozen=True, slots=True)
class _Lease:
    fence: int
    position: int
    ends: float
    """On this process's monotonic clock: a wall clock that jumps cannot lengthen it."""


class KafkaRelay:
    """Sends events, waits for the broker to have each, and only then notes them as sent.

    A copy that was paused past its lease may still send what it had in hand; consumers drop what they have applied,
    and the note is refused by its fencing number.
    """

    def __init__(self, service: str, database: Database, kafka: KafkaConnection, now: Callable[[], datetime]) -> None:
        self._topic = topic_of(service)
        self._service = service
        self._database = database
        self._kafka = kafka
        self._now = now
        self._me = str(uuid.uuid4())
        self._lease: _Lease | None = None
        self._producer: Any = None
        self.connected = False
        self.sent: dict[str, int] = {}
        """How far the topic was sent the events; empty while another copy sends."""
        self._stopping = threading.Event()
        self._thread = threading.Thread(target=self._relay_forever, name="relay", daemon=True)

    def start(self) -> None:
        """Begin."""
        self._thread.start()

    def stop(self) -> None:
        """Finish the round in hand, and let another copy go on at once."""
        self._stopping.set()
        self._database.commits.announce()
        self._thread.join()

    def _relay_forever(self) -> None:
        while not self._stopping.is_set():
            commits = self._database.commits.count
            try:
                sent = self._round()
            except Exception as problem:
                # The broker or the database is away, or another copy sends: what is not noted is sent again.
                self._let_go()
                error, reason = type(problem).__name__, why(problem, self._kafka)
                log().error("relay_interrupted", source=self._service, error=error, reason=reason)
                self._stopping.wait(AFTER_FAULT_SECONDS)
                continue
            if not sent:
                self._database.commits.wait_beyond(commits, IDLE_SECONDS)
        self._release()
        self._close_producer()

    def _let_go(self) -> None:
        """Whatever was in hand is asked for and opened anew."""
        self.connected = False
        self._lease = None
        self._close_producer()

    def _round(self) -> int:
        """Send the next events, when it is this copy's turn; how many."""
        self._lease = self._lease_now()
        if self._lease is None:
            self.sent = {}
            return 0
        with self._database.read() as connection:
            position = self.sent["topic"] = relay_position(connection)
            events = events_after(connection, position, BATCH)
        if events:
            self._send(events)
            reach("after_ack_before_mark")
            fence = self._lease.fence
            self._database.write(lambda tx: note_sent(tx, fence, events[-1].position))
            self.sent["topic"] = events[-1].position
        return len(events)

    def _send(self, events: Sequence[StoredEvent]) -> None:
        if self._producer is None:
            self._producer = new_producer(self._kafka, f"psmf-{self._service}-relay")
        futures = []
        for event in events:
            key, value, headers = to_record(event, self._service)
            futures.append(self._producer.send(self._topic, key=key, value=value, headers=headers))
        reach("after_send_before_ack")
        self._producer.flush(timeout=SEND_SECONDS)
        for future in futures:
            future.get(timeout=SEND_SECONDS)  # errors are in the futures, not in flush
        self.connected = True

    def _lease_now(self) -> _Lease | None:
        """The lease in hand, renewed at half its life; None while another copy has it.

        That is looked up without writing: a write wakes whoever waits for a commit, this copy too.
        """
        if self._lease is not None and time.monotonic() <= self._lease.ends - LEASE.total_seconds() / 2:
            return self._lease
        with self._database.read() as connection:
            if self._is_held_by_another(_holding(connection)):
                return None
        return self._database.write(self._take_lease)

    def _is_held_by_another(self, holding: tuple[str, int, int, int]) -> bool:
        holder, _, until, _ = holding
        return holder not in ("", self._me) and until > to_micros(self._now())

    def _take_lease(self, connection: Connection) -> _Lease | None:
        now, started = to_micros(self._now()), time.monotonic()
        holder, fence, _, position = holding = _holding(connection)
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
        return _Lease(fence, position, started + LEASE.total_seconds())

    def _release(self) -> None:
        with contextlib.suppress(Exception):
            self._database.write(
                lambda tx: execute(tx, "UPDATE relay SET holder = '', held_until = 0 WHERE holder = ?", (self._me,))
            )

    def _close_producer(self) -> None:
        if self._producer is not None:
            with contextlib.suppress(Exception):
                # Its close gives up when it cannot flush, and then leaves a thread that would go on sending.
                self._producer._sender.force_close()
                self._producer.close(timeout=1)
        self._producer = None


def _holding(connection: Connection) -> tuple[str, int, int, int]:
    """Who has the lease, under which number, until when, and how far the outbox was sent."""
    row = execute(connection, "SELECT holder, fence, held_until, position FROM relay").fetchone()
    return tuple(row) if row else ("", 0, 0, 0)


def note_sent(connection: Connection, fence: int, position: int) -> None:
    """Note how far the outbox was sent.

    Raises:
        LeaseLostError: another copy sends since; nothing is noted.
    """
    noted = execute(connection, "UPDATE relay SET position = ? WHERE fence = ?", (position, fence))
    if noted.rowcount != 1:
        raise LeaseLostError


def relay_position(connection: Connection) -> int:
    """How far the outbox was sent."""
    row = execute(connection, "SELECT position FROM relay").fetchone()
    return int(row[0]) if row else 0


def send_again(connection: Connection, position: int = 0) -> None:
    """Have everything after a position sent once more. Whoever sends now is fenced off, and begins there."""
    execute(connection, "UPDATE relay SET position = ?, fence = fence + 1, holder = '', held_until = 0", (position,))
