"""The Apache Kafka that tests run on. TEST_KAFKA says which, and what it names must start: nothing is skipped.

`external` is the one named in TEST_KAFKA_SERVERS, `jvm` Kafka's own jars on this machine, `docker` a container; `auto`,
the default, is the first of them that can be had. Started when it is first asked for, once for a run.
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
from tests.reporting import USED

IMAGE = "confluentinc/cp-kafka:7.9.0"
AUTO = "auto"


@dataclass(frozen=True)
class Broker:
    """A broker that runs. `local` where it is a process of this machine, which a test may pause."""

    kind: str
    address: str
    version: str
    local: LocalKafka | None = None

    @property
    def connection(self) -> KafkaConnection:
        """How clients reach it."""
        return KafkaConnection(tuple(self.address.split(",")))

    def __str__(self) -> str:
        return f"Apache Kafka {self.version} ({self.kind}, {self.address})"


class _Chosen:
    broker: Broker | None = None
    local: LocalKafka | None = None


def wanted() -> str:
    """Which kind is asked for."""
    return os.environ.get("TEST_KAFKA", AUTO)


def broker() -> Broker:
    """The run's broker, started when it is first asked for.

    Raises:
        KafkaNotStartedError: the kind that was asked for cannot start; why, with the end of the broker's log.
    """
    if _Chosen.broker is None:
        _Chosen.broker = start(wanted())
        USED.append(str(_Chosen.broker))
        create_topics(_Chosen.broker.connection)
    return _Chosen.broker


def local_broker() -> LocalKafka:
    """A broker that a test may pause and stop: the run's own, or one more where that is not ours to stop.

    Its listener PROXIED sends clients on to a port where a test may put a proxy.
    """
    if _Chosen.local is None:
        _Chosen.local = broker().local or _jvm().local
    assert _Chosen.local is not None
    return _Chosen.local


def start(kind: str) -> Broker:
    """Start a broker of a kind, or of the first that can be had."""
    if kind != AUTO and kind not in _KINDS:
        raise KafkaNotStartedError(f"TEST_KAFKA is one of {', '.join([AUTO, *_KINDS])}, not {kind}")
    if kind != AUTO:
        return _KINDS[kind]()
    why = []
    for name, begin in _KINDS.items():
        try:
            return begin()
        except KafkaNotStartedError as problem:
            why.append(f"{name}: {problem}")
    raise KafkaNotStartedError("No Apache Kafka for the tests.\n" + "\n".join(why))


def make_topic(name: str, partitions: int = 6) -> None:
    """A topic of a test's own."""
    create_topics(broker().connection, wanted=[Topic(name, "tests", partitions, 1)])


def _external() -> Broker:
    if not (servers := os.environ.get("TEST_KAFKA_SERVERS", "")):
        raise KafkaNotStartedError("TEST_KAFKA_SERVERS names none")
    try:
        return Broker("external", servers, _version(servers))
    except Exception as problem:
        raise KafkaNotStartedError(f"none answers at {servers}: {type(problem).__name__} {problem}") from problem


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
    """The end of what a container wrote; nothing where there is none."""
    try:
        return b"".join(container.get_logs()).decode(errors="replace")[-2000:]
    except Exception:
        return ""


def _version(servers: str) -> str:
    """As far as a broker tells: the newest protocol it speaks."""
    admin = new_admin(KafkaConnection(tuple(servers.split(","))), "psmf-tests")
    try:
        first = admin.describe_cluster()["brokers"][0]["broker_id"]
        return ".".join(map(str, admin.get_broker_version_data(first).broker_version))
    finally:
        admin.close()


_KINDS: dict[str, Callable[[], Broker]] = {"external": _external, "jvm": _jvm, "docker": _docker}
