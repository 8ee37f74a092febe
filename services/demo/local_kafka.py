"""Apache Kafka as one process on this machine (KRaft, one node), without Docker."""

import base64
import shutil
import signal
import socket
import subprocess
import time
import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from services.client.patience import Patience, has_ended
from services.demo.free_ports import free_ports
from services.platform.kafka.clients import KafkaConnection
from services.platform.kafka.topics import create_topics
from services.platform.process.stop_signal import signals_wait

JARS = Path(__file__).parents[2] / ".cache" / "kafka" / "libs"
START_SECONDS = 60.0
STOP_SECONDS = 20.0
JAVA_OPTIONS = ("-Xms256m", "-Xmx256m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1")
"""Options for a small broker that starts fast: it serves one machine for minutes."""
PROPERTIES = """\
process.roles=broker,controller
node.id=1
controller.quorum.bootstrap.servers=127.0.0.1:{controller}
listeners=PLAINTEXT://127.0.0.1:{port},CONTROLLER://127.0.0.1:{controller}{listeners}
advertised.listeners=PLAINTEXT://127.0.0.1:{port},CONTROLLER://127.0.0.1:{controller}{advertised}
listener.security.protocol.map=CONTROLLER:PLAINTEXT,PLAINTEXT:PLAINTEXT{protocols}
controller.listener.names=CONTROLLER
inter.broker.listener.name=PLAINTEXT
log.dirs={data}
auto.create.topics.enable=false
offsets.topic.num.partitions=1
offsets.topic.replication.factor=1
transaction.state.log.num.partitions=1
transaction.state.log.replication.factor=1
transaction.state.log.min.isr=1
share.coordinator.state.topic.num.partitions=1
share.coordinator.state.topic.replication.factor=1
share.coordinator.state.topic.min.isr=1
group.initial.rebalance.delay.ms=0
group.min.session.timeout.ms=1000
"""


class KafkaNotStartedError(Exception):
    """A Kafka that cannot run here or did not start. The message says why and ends with the last lines of its log."""


def version() -> str:
    """Return the version of the jars, empty if there are none."""
    found = sorted(JARS.glob("kafka-server-*.jar")) or sorted(JARS.glob("kafka_2.13-*.jar"))
    return found[0].stem.rpartition("-")[2] if found else ""


@dataclass(frozen=True, slots=True)
class Listener:
    """An additional listener. Clients that connect to it are sent on to `advertised_port`, which may be a proxy's."""

    name: str
    protocol: str
    port: int
    advertised_port: int
    properties: str = ""


class LocalKafka:
    """One broker with its data in a folder. The object keeps its port through stops and kills."""

    def __init__(self, folder: Path, more: Sequence[Listener] = ()) -> None:
        self._folder = folder.resolve()
        self.more = tuple(more)
        self._process: subprocess.Popen[bytes] | None = None
        self._port, self._controller = free_ports(2)

    @property
    def address(self) -> str:
        """Address for clients."""
        return f"127.0.0.1:{self._port}"

    @property
    def process(self) -> int:
        """Process id, 0 while it is not running."""
        return self._process.pid if self._process else 0

    @property
    def connection(self) -> KafkaConnection:
        """Connection settings for clients, without TLS."""
        return KafkaConnection((self.address,))

    def start(self) -> None:
        """Start the broker and create every topic.

        Raises:
            KafkaNotStartedError: jars or Java are missing, or the broker did not start.
        """
        if not version():
            raise KafkaNotStartedError(f"Kafka's jars are not in {JARS}. Fetch them with: ./dev kafka")
        if shutil.which("java") is None:
            raise KafkaNotStartedError("Kafka needs Java 17 or newer, and there is no `java`. Run: ./dev kafka")
        self._folder.mkdir(parents=True, exist_ok=True)
        data = self._folder / "data"
        (self._folder / "server.properties").write_text(self._properties(data))
        if not (data / "meta.properties").exists():
            cluster = base64.urlsafe_b64encode(uuid.uuid4().bytes).decode().rstrip("=")
            # One argument with "=", because an id may begin with a dash and would be read as an option.
            named = f"--cluster-id={cluster}"
            self._run("kafka.tools.StorageTool", "format", "--standalone", named, "-c", "server.properties")
        with (self._folder / "kafka.log").open("ab") as log, signals_wait():
            self._process = subprocess.Popen(
                self._java("kafka.Kafka", "server.properties"),
                cwd=self._folder,
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=subprocess.STDOUT,
                start_new_session=True,
            )
        self._wait_until_serving()
        self.create_topics()

    @property
    def log(self) -> str:
        """The last 2,000 characters of its log."""
        file = self._folder / "kafka.log"
        return file.read_text(errors="replace")[-2000:] if file.exists() else ""

    def stop(self) -> None:
        """Stop the broker in an orderly way."""
        self._end(signal.SIGTERM)

    def kill(self) -> None:
        """Kill the broker."""
        self._end(signal.SIGKILL)

    def pause(self) -> None:
        """Pause the broker with its connections open, which is harder on clients than a broker that is gone."""
        self._signal(signal.SIGSTOP)

    def go_on(self) -> None:
        """End the pause."""
        self._signal(signal.SIGCONT)

    def _properties(self, data: Path) -> str:
        return PROPERTIES.format(
            port=self._port,
            controller=self._controller,
            data=data,
            listeners="".join(f",{one.name}://127.0.0.1:{one.port}" for one in self.more),
            advertised="".join(f",{one.name}://127.0.0.1:{one.advertised_port}" for one in self.more),
            protocols="".join(f",{one.name}:{one.protocol}" for one in self.more),
        ) + "".join(one.properties for one in self.more)

    def _signal(self, number: int) -> None:
        if self._process is not None:
            self._process.send_signal(number)

    def _end(self, number: int) -> None:
        if self._process is None:
            return
        self._process.send_signal(number)
        if not has_ended(self._process, STOP_SECONDS):
            self._process.kill()
            self._process.wait()
        self._process = None

    def _java(self, *arguments: str) -> list[str]:
        return ["java", *JAVA_OPTIONS, "-cp", f"{JARS}/*", *arguments]

    def _run(self, *arguments: str) -> None:
        program = None
        try:
            with signals_wait():
                program = subprocess.Popen(
                    self._java(*arguments), cwd=self._folder, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE
                )
            problem = program.communicate()[1]
        except BaseException:
            # After Ctrl-C `subprocess.run` does not wait for what it has killed, and Java ends slowly.
            if program is not None:
                program.kill()
                program.wait()
            raise
        if program.returncode:
            raise KafkaNotStartedError(f"Kafka's {arguments[0]} failed.\n{problem[-2000:].decode(errors='replace')}")

    def create_topics(self, seconds: float = START_SECONDS) -> None:
        """Create the topics. A broker that listens may still need time until it answers (F7).

        Raises:
            KafkaNotStartedError: it does not answer for so long.
        """
        from kafka.errors import KafkaError

        patience = Patience(seconds)
        while True:
            try:
                create_topics(self.connection)
            except KafkaError as problem:
                if patience.is_over():
                    message = f"Kafka listens but does not answer ({type(problem).__name__}): {patience.why()}."
                    self.kill()
                    raise KafkaNotStartedError(f"{message} Try again on a quieter machine.\n{self.log}") from problem
                time.sleep(0.5)
            else:
                return

    def _wait_until_serving(self) -> None:
        patience = Patience(START_SECONDS)
        while not patience.is_over():
            if self._process is None or self._process.poll() is not None:
                break
            with socket.socket() as probe:
                if probe.connect_ex(("127.0.0.1", self._port)) == 0:
                    return
            time.sleep(0.1)
        why = patience.why() if self._process and self._process.poll() is None else "it ended"
        self.kill()
        raise KafkaNotStartedError(f"Kafka did not start: {why}.\n{self.log}")
