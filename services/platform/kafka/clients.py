"""Clients of Kafka, all made here: how they connect, and every choice on which "nothing is lost" rests.

kafka-python's own defaults commit offsets before the effect, begin at the newest record and let a mention make a topic.
"""

import ssl
from dataclasses import dataclass
from pathlib import Path
from typing import Any

SEND_SECONDS = 15.0
MOST = 100
SESSION_MS = 6_000
HEARTBEAT_MS = SESSION_MS // 4
METADATA_MS = 10_000
"""How soon a partition that was added is known."""
RECONNECT_MS = 1_000
"""How long at most until a broker that was away is tried again: left alone, half a minute."""
BOOTSTRAP_MS = 5_000
"""How long a client tries to reach a broker before its owner hears of it, and may stop."""

LEAVE_MS = 2_000
"""How long a consumer that leaves waits for a broker that may be away."""


@dataclass(frozen=True, slots=True)
class KafkaConnection:
    """Where Kafka is; with the files for mutual TLS, or without any where it is not asked for."""

    servers: tuple[str, ...]
    ca_file: Path | None = None
    certificate_file: Path | None = None
    key_file: Path | None = None

    def options(self, client_id: str) -> dict[str, Any]:
        """What every kind of client is given."""
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
    """What kafka-python makes of the files at each new connection: files put in their place are used from then on.

    Raises:
        OSError: a file cannot be read; ssl.SSLError where it is not what it should be.
    """
    context = ssl.create_default_context(cafile=str(kafka.ca_file))
    context.minimum_version = ssl.TLSVersion.TLSv1_2
    if kafka.certificate_file:
        context.load_cert_chain(kafka.certificate_file, kafka.key_file)
    return context


def new_producer(kafka: KafkaConnection, client_id: str) -> Any:
    """A producer whose record is sent only once every replica in sync has it, and never in another order."""
    from kafka import KafkaProducer

    return KafkaProducer(
        **kafka.options(client_id),
        acks="all",
        enable_idempotence=True,
        max_in_flight_requests_per_connection=5,
        linger_ms=0,
        delivery_timeout_ms=int(SEND_SECONDS * 1000),
        request_timeout_ms=10_000,
        max_block_ms=5_000,
        allow_auto_create_topics=False,
    )


def new_consumer(kafka: KafkaConnection, group: str, client_id: str, name: str = "") -> Any:
    """A member of a group that begins at the oldest record, and whose place moves only when it says so.

    `name`: its own in the group, the same after a restart. If it is killed and comes back under it before its session
    has run out, it goes on at once, and nobody else stops reading meanwhile. Without one it is a stranger each time.
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
        fetch_max_wait_ms=100,
    )


def leave(client: Any) -> None:
    """Close a consumer, and have its partitions given to others at once.

    kafka-python would keep the place of a member with a name until its session has run out: right for one that was
    killed, a standstill of seconds for one that stops. It has no setting for it, so it is told that it has no name.
    """
    client._coordinator.is_dynamic_member = lambda: True
    client.close(autocommit=False, timeout_ms=LEAVE_MS)


def new_admin(kafka: KafkaConnection, client_id: str) -> Any:
    """A client for topics and groups."""
    from kafka.admin import KafkaAdminClient

    return KafkaAdminClient(**kafka.options(client_id))
