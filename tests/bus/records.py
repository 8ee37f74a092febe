"""The records of a topic, as any permitted reader sees them."""

import uuid
from typing import Any

from services.platform.kafka.clients import new_consumer
from tests import brokers
from tests.bus.line import PATIENCE
from tests.waiting import until


def records(topic: str, how_many: int) -> list[Any]:
    """Return at least this many records of a topic, from its beginning."""
    client = new_consumer(brokers.broker().connection, f"onlooker.{uuid.uuid4().hex}", "onlooker")
    client.partitions_for_topic(topic)
    client.subscribe([topic])
    found: list[Any] = []

    def all_there() -> bool:
        found.extend(record for batch in client.poll(timeout_ms=200).values() for record in batch)
        return len(found) >= how_many

    try:
        until(all_there, PATIENCE)
    finally:
        client.close(autocommit=False)
    return found
