"""Dead letters of a service on a topic of their own, for monitoring. The row in its database is what counts."""

import contextlib
from collections import deque
from typing import Any

from services.platform.events.outbox import StoredEvent
from services.platform.kafka.clients import SEND_SECONDS, KafkaConnection, new_producer
from services.platform.kafka.cloud_events import to_record
from services.platform.kafka.topics import dead_letter_topic_of, topic_of


class DeadLetters:
    """A queue of dead-lettered events, each sent at least once: the consumer's offset moves only after them."""

    def __init__(self, service: str, source: str, kafka: KafkaConnection) -> None:
        self._topic = dead_letter_topic_of(service)
        self._client_id = f"psmf-{service}-dead-letters"
        self._source = source
        self._kafka = kafka
        self._waiting: deque[tuple[StoredEvent, str]] = deque()
        self._producer: Any = None

    def add(self, event: StoredEvent, reason: str) -> None:
        """Queue an event. Any thread may call this: a deque needs no lock to append."""
        self._waiting.append((event, reason))

    def send(self) -> None:
        """Send all that waits, and wait until the broker has it. Only the consumer's thread may call this."""
        while self._waiting:
            event, reason = self._waiting[0]
            if self._producer is None:
                self._producer = new_producer(self._kafka, self._client_id)
            why = {"reason": reason, "deadlettersource": topic_of(self._source)}
            key, value, headers = to_record(event, self._source, why)
            self._producer.send(self._topic, key=key, value=value, headers=headers).get(timeout=SEND_SECONDS)
            self._waiting.popleft()  # only now: after a fault the next call sends it again

    def close(self) -> None:
        """Close the connection."""
        if self._producer is not None:
            with contextlib.suppress(Exception):
                self._producer.close(timeout=1)
        self._producer = None
