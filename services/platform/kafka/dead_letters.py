"""What a service could not apply, on its own topic for whoever watches. The row in its database is the truth."""

import contextlib
from collections import deque
from typing import Any

from services.platform.events.outbox import StoredEvent
from services.platform.kafka.clients import SEND_SECONDS, KafkaConnection, new_producer
from services.platform.kafka.cloud_events import to_record
from services.platform.kafka.topics import dead_letter_topic_of, topic_of


class DeadLetters:
    """Sends events that were set aside, each at least once: until it is there, nobody's place in a topic moves on."""

    def __init__(self, service: str, source: str, kafka: KafkaConnection) -> None:
        self._topic = dead_letter_topic_of(service)
        self._client_id = f"psmf-{service}-dead-letters"
        self._source = source
        self._kafka = kafka
        self._waiting: deque[tuple[StoredEvent, str]] = deque()
        self._producer: Any = None

    def add(self, event: StoredEvent, reason: str) -> None:
        """Have an event sent; from any thread."""
        self._waiting.append((event, reason))

    def send(self) -> None:
        """Send what waits, and wait for the broker to have it; from one thread."""
        while self._waiting:
            event, reason = self._waiting[0]
            if self._producer is None:
                self._producer = new_producer(self._kafka, self._client_id)
            why = {"reason": reason, "deadlettersource": topic_of(self._source)}
            key, value, headers = to_record(event, self._source, why)
            self._producer.send(self._topic, key=key, value=value, headers=headers).get(timeout=SEND_SECONDS)
            self._waiting.popleft()

    def close(self) -> None:
        """Let go of the connection."""
        if self._producer is not None:
            with contextlib.suppress(Exception):
                self._producer.close(timeout=1)
        self._producer = None
