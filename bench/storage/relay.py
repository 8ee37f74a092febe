"""Goal 13: events relayed from an outbox to Kafka, against a bare producer: `python -m bench.storage.relay`."""

import tempfile
import time
import uuid
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from bench.measuring import Ratio, paired, table
from services.demo.stack import Parts, Profile
from services.platform.events.outbox import StoredEvent
from services.platform.kafka.clients import KafkaConnection
from services.platform.kafka.cloud_events import to_record
from services.platform.kafka.relay import KafkaRelay, relay_position
from services.platform.kafka.topics import topic_of
from services.platform.storage.database import Database, execute_many, to_micros
from tests.platform.small_service import new_database

PEOPLE = 50
EVENTS = 4_000
KIND = "psmf.evidence.v1.EvidenceItemRecorded"
_INSERT = (
    "INSERT INTO outbox (event_id, type, key, key_sequence, recorded_at, traceparent, data) VALUES (?,?,?,?,?,?,?)"
)


def measure(server: str) -> list[Ratio]:
    """Send events by the relay itself, the same records by the bare client, and bodies of their length alone."""
    with tempfile.TemporaryDirectory() as folder:
        database = new_database(Path(folder) / "relayed.db")
        relay = KafkaRelay("notifications", database, KafkaConnection((server,)), lambda: datetime.now(UTC))
        relay.start()
        producer = bare_producer(server)
        try:
            _relayed(database)  # opens the relay's connections
            return [
                _row("bare produce of the same records", database, lambda: _bare(producer, with_headers=True)),
                _row("bare produce of their keys and bodies", database, lambda: _bare(producer, with_headers=False)),
            ]
        finally:
            producer.close()
            relay.stop()
            database.close()


def _row(of_what: str, database: Database, bare: Callable[[], float]) -> Ratio:
    mine, theirs, ratio = paired(lambda: _relayed(database), bare)
    what = f"events sent by the relay, acknowledged and noted ÷ {of_what}"
    return Ratio("13", what, mine, theirs, "records/s", ratio, "≥ 0.7", ratio >= 0.7)


def _relayed(database: Database) -> float:
    """Store events, and return how many a second are sent and noted from then on."""
    before = _position(database)
    events = [_event(number) for number in range(before, before + EVENTS)]
    rows = [(e.event_id, e.type, e.key, e.key_sequence, to_micros(e.recorded_at), "", e.data) for e in events]
    database.write(lambda tx: execute_many(tx, _INSERT, rows))
    started = time.perf_counter()
    while _position(database) < before + EVENTS:
        time.sleep(0.005)
    return EVENTS / (time.perf_counter() - started)


def _position(database: Database) -> int:
    with database.read() as connection:
        return relay_position(connection)


def _bare(producer: Any, with_headers: bool) -> float:
    topic = topic_of("notifications")
    records = [to_record(_event(number), "notifications") for number in range(EVENTS)]
    started = time.perf_counter()
    for key, value, headers in records:
        producer.send(topic, key=key, value=value, headers=headers if with_headers else None)
    producer.flush()
    return EVENTS / (time.perf_counter() - started)


def _event(number: int) -> StoredEvent:
    key, sequence = f"bench-{number % PEOPLE}", number // PEOPLE + 1
    return StoredEvent(number, str(uuid.uuid4()), KIND, key, sequence, datetime.now(UTC), "", b"x" * 180)


def bare_producer(server: str) -> Any:
    """Make a producer without idempotence, which sends each record at once."""
    from kafka import KafkaProducer

    return KafkaProducer(bootstrap_servers=[server], acks="all", linger_ms=0, allow_auto_create_topics=False)


def main() -> None:
    """Start Kafka, measure and print."""
    with tempfile.TemporaryDirectory() as folder:
        parts = Parts(Path(folder), Profile.SQLITE_KAFKA)
        parts.start()
        try:
            assert parts.kafka is not None
            print(table(measure(parts.kafka.address)))
        finally:
            parts.stop()


if __name__ == "__main__":
    main()
