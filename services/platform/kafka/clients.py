"""Clients of Kafka. All are made here, so every setting on which "nothing is lost" rests is here too.

kafka-python's own defaults commit offsets before the effect, begin at the newest record, and create a topic when a
client mentions it.
"""

import ssl
from dataclasses import dataclass
from pathlib import Path
from typing import Any

SEND_SECONDS = 15.0
"""Time for the brokers to have a record. A relay's lease may end meanwhile; its fencing number covers that."""
MOST = 100
"""Records of one poll, which are one transaction and the most that a restart repeats."""
SESSION_MS = 6_000
"""Time without a heartbeat until a member's partitions go to others. By default brokers allow no less."""
HEARTBEAT_MS = SESSION_MS // 4
"""Three heartbeats may be lost before a session ends."""
METADATA_MS = 10_000
"""Longest time until an added partition is known."""
RECONNECT_MS = 1_000
"""Longest time until a broker that was away is tried again. kafka-python's default is half a minute."""
BOOTSTRAP_MS = 5_000
"""Longest time a new client tries to reach a broker. Its owner then gets an error, and can log it or stop."""
LEAVE_MS = 2_000
"""Longest time a leaving consumer waits for a broker, which may be away."""


@dataclass(frozen=True, slots=True)
class KafkaConnection:
    """The brokers of Kafka, with the files for mutual TLS. Without files the connection is in plain text."""

    servers: tuple[str, ...]
    ca_file: Path | None = None
    certificate_file: Path | None = None
    key_file: Path | None = None

    def options(self, client_id: str) -> dict[str, Any]:
        """Return the settings that every kind of client gets."""
        plain = {
            "bootstrap_servers": list(self.servers),
            "client_id": client_id,
            "bootstrap_timeout_ms": BOOTSTRAP_MS,
            "metadata_max_age_ms": METADATA_MS,
            "reconnect_backoff_max_ms": RECONNECT_MS,
        }
        if self.ca_file is None:
            return plain
        return plain | {
            "security_protocol": "SSL",
            "ssl_cafile": str(self.ca_file),
            "ssl_certfile": str(self.certificate_file) if self.certificate_file else None,
            "ssl_keyfile": str(self.key_file) if self.key_file else None,
        }


def tls_context(kafka: KafkaConnection) -> ssl.SSLContext:
    """Read the files as kafka-python does at each new connection. Renewed files are used from then on.

    Raises:
        OSError: a file cannot be read; as ssl.SSLError if its content is unusable.
    """
    context = ssl.create_default_context(cafile=str(kafka.ca_file))
    context.minimum_version = ssl.TLSVersion.TLSv1_2
    if kafka.certificate_file:
        context.load_cert_chain(kafka.certificate_file, kafka.key_file)
    return context


def new_producer(kafka: KafkaConnection, client_id: str) -> Any:
    """Make a producer that calls a record sent when every in-sync replica has it, and that never changes the order."""
    from kafka import KafkaProducer

    return KafkaProducer(
        **kafka.options(client_id),
        acks="all",
        enable_idempotence=True,
        max_in_flight_requests_per_connection=5,  # the most with which an idempotent producer keeps the order
        linger_ms=0,  # the relay flushes each batch itself, so waiting for more only delays
        delivery_timeout_ms=int(SEND_SECONDS * 1000),
        request_timeout_ms=10_000,
        max_block_ms=5_000,
        allow_auto_create_topics=False,
    )


def new_consumer(kafka: KafkaConnection, group: str, client_id: str, name: str = "") -> Any:
    """Make a member of a group that begins at the oldest record, and whose offset moves only by an explicit commit.

    `name`: its own name in the group, the same after a restart. A member that is killed and comes back under its name
    before its session ends goes on at once, and the other members read on meanwhile. Without a name it joins as a
    new member, and the group shares out its partitions again.
    """
    from kafka import KafkaConsumer

    return KafkaConsumer(
        **kafka.options(client_id),
        group_id=group,
        group_instance_id=name or None,
        enable_auto_commit=False,
        auto_offset_reset="earliest",
        isolation_level="read_committed",
        allow_auto_create_topics=False,
        max_poll_records=MOST,
        session_timeout_ms=SESSION_MS,
        heartbeat_interval_ms=HEARTBEAT_MS,
        fetch_max_wait_ms=500,  # new records end the wait; a shorter one only keeps both sides busy
    )


def leave(client: Any) -> None:
    """Close a consumer, and let the group give its partitions to others at once.

    kafka-python keeps the place of a named member until its session ends. That is right for one that was killed, but
    for one that stops it means seconds without a reader. There is no setting for this, so here the client is made to
    believe that it has no name.
    """
    client._coordinator.is_dynamic_member = lambda: True
    client.close(autocommit=False, timeout_ms=LEAVE_MS)


def new_admin(kafka: KafkaConnection, client_id: str) -> Any:
    """Make a client for topics and groups."""
    from kafka.admin import KafkaAdminClient

    return KafkaAdminClient(**kafka.options(client_id))
