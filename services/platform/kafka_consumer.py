"""The `kafka` transport, incoming: reads another service's topic in a consumer group, and applies it by the inbox."""

import contextlib
import threading
import uuid
from collections.abc import Iterable, Sequence
from datetime import UTC, datetime
from typing import Any

from services.platform import telemetry
from services.platform.cloud_events import NotAnEventError, from_record
from services.platform.inbox import Inbox
from services.platform.outbox import StoredEvent
from services.platform.poison import TooManySetAsideError
from services.platform.topics import topic_of

POLL_MS = 500
MOST = 100
AFTER_FAULT_SECONDS = 1.0
SESSION_MS = 6_000


class KafkaEventConsumer:
    """Reads one topic for good. Its place in the topic is committed only after the effect: nothing can be skipped."""

    def __init__(self, consumer: str, inbox: Inbox, servers: Sequence[str]) -> None:
        self.source = inbox.source
        self.connected = False
        self.head = 0
        self._group = f"psmf.{consumer}"
        self._inbox = inbox
        self._servers = list(servers)
        self._stopping = threading.Event()
        self._thread = threading.Thread(target=self._read_forever, name=f"kafka-{self.source}", daemon=True)

    @property
    def waiting_since(self) -> datetime | None:
        """When the oldest event at hand was recorded, until it is applied or set aside."""
        return self._inbox.waiting_since

    def start(self) -> None:
        """Begin reading."""
        self._thread.start()

    def stop(self) -> None:
        """Stop after the records in hand, and leave the group at once."""
        self._stopping.set()
        self._thread.join()

    def _read_forever(self) -> None:
        while not self._stopping.is_set():
            client: Any = None
            try:
                client = _client(self._servers, f"{self._group}.{self.source}")
                client.subscribe([topic_of(self.source)])
                while not self._stopping.is_set():
                    self._turn(client)
            except TooManySetAsideError:
                # Loudly: `connected` stays false and the oldest event waits, until somebody starts the service again.
                telemetry.log().critical("too_many_set_aside", source=self.source)
                self._stopping.set()
            except Exception as problem:
                telemetry.log().error("topic_not_read", source=self.source, error=type(problem).__name__)
                self._stopping.wait(AFTER_FAULT_SECONDS)
            finally:
                self.connected = False
                if client is not None:
                    with contextlib.suppress(Exception):
                        client.close(autocommit=False)

    def _turn(self, client: Any) -> None:
        polled = client.poll(timeout_ms=POLL_MS, max_records=MOST)
        self.connected = bool(client.assignment()) or self.connected
        records = [record for batch in polled.values() for record in batch]
        if records:
            self._inbox.apply(list(self._events(records)))
            client.commit()

    def _events(self, records: Iterable[Any]) -> Iterable[StoredEvent]:
        for record in records:
            try:
                yield from_record(record.key, record.value, list(record.headers))
            except NotAnEventError as problem:
                # Its place in its person's history is not known, so nobody waits for it but the event that is missing.
                self._inbox.set_aside(_unreadable(record), f"not_an_event_{problem}")


def _unreadable(record: Any) -> StoredEvent:
    name = f"{record.topic}-{record.partition}-{record.offset}"
    return StoredEvent(0, name[-60:], "unknown", "", 0, datetime.now(UTC), "", b"")


def _client(servers: Sequence[str], group: str) -> Any:
    from kafka import KafkaConsumer

    return KafkaConsumer(
        bootstrap_servers=list(servers),
        group_id=group,
        client_id=f"{group}-{uuid.uuid4().hex[:8]}",
        enable_auto_commit=False,
        auto_offset_reset="earliest",
        isolation_level="read_committed",
        allow_auto_create_topics=False,
        max_poll_records=MOST,
        session_timeout_ms=SESSION_MS,
        heartbeat_interval_ms=SESSION_MS // 4,
        fetch_max_wait_ms=100,
    )
