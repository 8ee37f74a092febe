"""Kafka that listens before it answers. The demo waits for it, and says in a sentence if it never does (F7)."""

import socket
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from services.demo.local_kafka import KafkaNotStartedError, LocalKafka


@pytest.fixture
def silent(tmp_path: Path) -> Iterator[LocalKafka]:
    """A Kafka whose port is taken by something that takes connections and says nothing."""
    kafka = LocalKafka(tmp_path)
    with socket.create_server(("127.0.0.1", int(kafka.address.rpartition(":")[2]))) as listening:
        taken: list[socket.socket] = []
        stopping = threading.Event()

        def take() -> None:
            listening.settimeout(0.2)
            while not stopping.is_set():
                try:
                    taken.append(listening.accept()[0])
                except TimeoutError:
                    continue

        thread = threading.Thread(target=take)
        thread.start()
        yield kafka
        stopping.set()
        thread.join()
        for one in taken:
            one.close()


def test_a_broker_that_listens_and_does_not_answer_is_named(silent: LocalKafka) -> None:
    """F7: no stack trace of the client's. It waits for one whole attempt of Kafka's client, 5 to 10 s."""
    with pytest.raises(KafkaNotStartedError, match="listens but does not answer"):
        silent.create_topics(seconds=0.5)
