"""The Apache Kafka for the tests. TEST_KAFKA chooses it, and the chosen Kafka must start: nothing is skipped.

`external` is the Kafka named in TEST_KAFKA_SERVERS, `jvm` runs Kafka's own jars on this machine, `docker` runs a
container. `auto`, the default, takes the first of these that is available. It starts at its first use, once per run.
"""

import atexit
import os
import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from services.demo import local_kafka
from services.demo.free_ports import free_ports
from services.demo.local_kafka import KafkaNotStartedError, Listener, LocalKafka
from services.platform.kafka.clients import KafkaConnection, new_admin
from services.platform.kafka.topics import Topic, create_topics
from tests import sharing
from tests.reporting import USED

IMAGE = "confluentinc/cp-kafka:7.9.0"
AUTO = "auto"


@dataclass(frozen=True)
class Broker:
    """A running broker. `local` is set if it is a process of this machine, which a test may pause."""

    kind: str
    address: str
    version: str
    local: LocalKafka | None = None

    @property
    def connection(self) -> KafkaConnection:
        """Return how clients connect to it."""
        return KafkaConnection(tuple(self.address.split(",")))

    def __str__(self) -> str:
        return f"Apache Kafka {self.version} ({self.kind}, {self.address})"


class _Chosen:
    broker: Broker | None = None
    local: LocalKafka | None = None


def wanted() -> str:
    """Return the kind of broker that TEST_KAFKA chooses."""
    return os.environ.get("TEST_KAFKA", AUTO)


def broker() -> Broker:
    """Return the run's broker. The first call starts it.

    Raises:
        KafkaNotStartedError: the chosen kind cannot start. The message holds the reason and the end of its log.
    """
    if _Chosen.broker is None:
        _Chosen.broker = start(wanted())
        USED.append(str(_Chosen.broker))
        sharing.when_its_group_ends(_end)
        create_topics(_Chosen.broker.connection)
    return _Chosen.broker


def local_broker() -> LocalKafka:
    """Return a broker that a test may pause and stop: the run's own, or a second one if the first is not ours to stop.

    Its listener PROXIED advertises a port where a test may put a proxy.
    """
    if _Chosen.local is None:
        _Chosen.local = broker().local or _jvm().local
    assert _Chosen.local is not None
    return _Chosen.local


def start(kind: str) -> Broker:
    """Start a broker of one kind. For `auto`, start the first kind that is available."""
    if kind != AUTO and kind not in _KINDS:
        raise KafkaNotStartedError(f"TEST_KAFKA must be one of {', '.join([AUTO, *_KINDS])}, not {kind}")
    if kind != AUTO:
        return _KINDS[kind]()
    why = []
    for name, begin in _KINDS.items():
        try:
            return begin()
        except KafkaNotStartedError as problem:
            why.append(f"{name}: {problem}")
    raise KafkaNotStartedError("No Apache Kafka is available for the tests.\n" + "\n".join(why))


def _end() -> None:
    for local in (_Chosen.broker.local if _Chosen.broker else None, _Chosen.local):
        if local is not None:
            local.stop()
    _Chosen.broker = _Chosen.local = None


def make_topic(name: str, partitions: int = 6) -> None:
    """Create a topic for one test."""
    create_topics(broker().connection, wanted=[Topic(name, "tests", partitions, 1)])


def _external() -> Broker:
    if not (servers := os.environ.get("TEST_KAFKA_SERVERS", "")):
        raise KafkaNotStartedError("TEST_KAFKA_SERVERS names no server")
    try:
        return Broker("external", servers, _version(servers))
    except Exception as problem:
        raise KafkaNotStartedError(f"no broker answers at {servers}: {type(problem).__name__} {problem}") from problem


def _jvm() -> Broker:
    port, advertised = free_ports(2)
    proxied = Listener("PROXIED", "PLAINTEXT", port, advertised)
    local = LocalKafka(Path(tempfile.mkdtemp(prefix="psmf-kafka-")), [proxied])
    local.start()
    atexit.register(local.stop)
    return Broker("jvm", local.address, local_kafka.version(), local)


def _docker() -> Broker:
    from testcontainers.community.kafka import KafkaContainer

    container: Any = None
    try:
        container = KafkaContainer(IMAGE).with_kraft()
        container.start()
    except Exception as problem:
        raise KafkaNotStartedError(f"{type(problem).__name__} {problem}\n{_log(container)}") from problem
    atexit.register(container.stop)
    address = container.get_bootstrap_server()
    return Broker("docker", address, _version(address))


def _log(container: Any) -> str:
    """Return the end of a container's log, or an empty text without a container."""
    try:
        return b"".join(container.get_logs()).decode(errors="replace")[-2000:]
    except Exception:
        return ""


def _version(servers: str) -> str:
    """Return what a broker reveals of its version: the newest protocol it speaks."""
    admin = new_admin(KafkaConnection(tuple(servers.split(","))), "psmf-tests")
    try:
        first = admin.describe_cluster()["brokers"][0]["broker_id"]
        return ".".join(map(str, admin.get_broker_version_data(first).broker_version))
    finally:
        admin.close()


_KINDS: dict[str, Callable[[], Broker]] = {"external": _external, "jvm": _jvm, "docker": _docker}
