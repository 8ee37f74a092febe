"""The supervisor of the suite on one machine: four services with a database each, the console, issuer and mailbox."""

import http.client
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from types import TracebackType
from typing import Any, Self

import grpc
from grpc_health.v1 import health_pb2, health_pb2_grpc

from services.client.addresses import SERVICES, STATE_FILE, Part, Suite, checkpoints_file, take_lock, trace_file
from services.client.patience import Patience, has_ended
from services.demo.free_ports import free_port, free_ports
from services.demo.issuer import APPROVALS, DESK_KEY, SESSION_KEYS, write_identity
from services.demo.mailbox import Mailbox
from services.demo.profile import Beside
from services.demo.stack import Parts
from services.demo.suite import stop_left_over
from services.demo.telling.loading import Progress
from services.platform.calls.client import open_channel
from services.platform.process.stop_signal import signals_wait

START_SECONDS = 60.0
STOP_SECONDS = 20.0
LOOK_AGAIN_SECONDS = 0.1
OF_A_SETTING = "PSMF_"
NOT_SETTINGS = frozenset(
    {"PSMF_BACKUP_KEY_FILE", "PSMF_DEMO_FOLDER", "PSMF_TOKEN_FILE", "PSMF_PYTHON", "PSMF_SIM_SEEDS"}
)
"""Variables for the command line and for developers, which are no settings of a service."""
OWN = frozenset({
    "profile", "listen", "health_listen", "clear_text", "tls_certificate_file", "tls_key_file", "tls_ca_file",
    "metrics_listen", "trace_file", "copy_name", "database", "database_file", "transport",
    "kafka_servers", "kafka_ca_file", "kafka_certificate_file", "kafka_key_file",
    "keys_file", "people_file", "service_key_file", "approval_key_file", "desk_key_file", "audit_file",
    "evidence_address", "rules_address", "scheduling_address", "notifications_address", "shadow",
    "smtp_address", "smtp_start_tls", "public_url", "session_keys_file", "demo_identity",
    "issuer", "issuer_client_id", "issuer_client_secret_file", "issuer_scope", "issuer_ca_file",
})  # fmt: skip
"""Settings that hold a demo together. Another value would make a service speak to something else than the demo."""
CHOSEN = {
    "mail_from": "psmf-demo@example.invalid",
    "reflection": "true",
    "rulebook_needs_approval": "false",
    "email_in_office_hours": "false",
    "group_seconds": "1",
    "retry_seconds": "2",
}
"""What the demo chooses where the user does not."""
CONSOLE = "console"
CONSOLE_PORT = 7200
"""Where the web pages are, unless something else has the port."""
STARTING = "starting evidence, rules, scheduling and notifications"


def service_environment(user: Mapping[str, str], needed: Mapping[str, object]) -> dict[str, str]:
    """Return a service's environment: what the user has set, without `OWN`, and what the demo needs."""
    chosen = {_variable(name): value for name, value in CHOSEN.items()}
    passed = {name: value for name, value in user.items() if name not in _own_variables()}
    return chosen | passed | {_variable(name): str(value) for name, value in needed.items()}


def not_passed_on(user: Mapping[str, str]) -> list[str]:
    """Return the user's settings that the demo does not pass on, because it needs its own."""
    return sorted(_own_variables() & set(user))


def passed_on(user: Mapping[str, str]) -> list[str]:
    """Return the user's settings that the services of the demo get."""
    found = {name for name in user if name.startswith(OF_A_SETTING)}
    return sorted(found - NOT_SETTINGS - _own_variables())


def _own_variables() -> frozenset[str]:
    return frozenset(map(_variable, OWN))


def _variable(name: str) -> str:
    return f"{OF_A_SETTING}{name.upper()}"


class ServiceNotStartedError(Exception):
    """A service that ended or did not serve in time. The message ends with the last lines of its log."""


class Supervisor:
    """Starts, kills, restarts and stops the services of one folder. Use it as a context."""

    def __init__(
        self,
        folder: Path,
        safeguarders: Iterable[str],
        parts: Parts | None = None,
        copies: Mapping[str, int] | None = None,
        progress: Progress = lambda step, done, total: None,
        beside: Beside = Beside.NOTHING,
    ) -> None:
        self._folder = folder.resolve()
        self._observed = beside is not Beside.NOTHING
        self._with_console = beside is Beside.PAGES
        self.console = ""
        """Address of the web pages, for a browser; empty if the suite runs without them."""
        self._console_health = ""
        self.measures: dict[str, str] = {}
        """Addresses on which services serve their measures, if they are observed."""
        self._safeguarders = tuple(safeguarders)
        self._progress = progress
        self.parts = parts or Parts(folder)
        self.names = [name for service in SERVICES for name in _copies(service, (copies or {}).get(service, 1))]
        self._processes: dict[str, subprocess.Popen[bytes]] = {}
        self.addresses: dict[str, str] = {}
        self.found: list[Part] = []
        """Programs below the services that run."""
        self.environment: dict[str, dict[str, str]] = {}
        """Variables added to a service's environment at its next start."""

    def __enter__(self) -> Self:
        self.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, problem: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.stop()

    def start(self) -> None:
        """Start everything and wait until every service serves.

        Raises:
            NoSuiteError: a suite already runs in the folder.
            ServiceNotStartedError: a service did not start; the others have been stopped again.
        """
        (self._folder / "logs").mkdir(parents=True, exist_ok=True)
        self._lock = take_lock(self._folder)
        # Only under the lock: what is still running then belongs to nobody.
        stop_left_over(self._folder)
        write_identity(self._folder, self._safeguarders)
        mail_port, *ports = free_ports(1 + (2 if self._observed else 1) * len(self.names))
        self.addresses = {name: f"127.0.0.1:{port}" for name, port in zip(self.names, ports, strict=False)}
        if self._observed:
            measured = ports[len(self.names) :]
            self.measures = {name: f"127.0.0.1:{port}" for name, port in zip(self.names, measured, strict=True)}
        if self._with_console:
            self.console = f"http://127.0.0.1:{free_port(CONSOLE_PORT)}"
            self._console_health = f"127.0.0.1:{free_ports(1)[0]}"
        self.mailbox = Mailbox(self._folder / "mail", mail_port)
        self._mail_address = f"127.0.0.1:{mail_port}"
        self.mailbox.start()
        try:
            self.parts.start(self._progress)
            self.found = self.parts.found()
            self._progress(STARTING, 0, 1)
            programs = [*self.names, *([CONSOLE] if self._with_console else [])]
            for name in programs:
                self._spawn(name)
            for name in programs:
                self.wait_until_serving(name)
            self._progress(STARTING, 1, 1)
        except BaseException:
            self.stop()
            raise

    def stop(self) -> None:
        """Ask every service to stop, and wait until all have ended."""
        for process in self._processes.values():
            process.send_signal(signal.SIGTERM)
        for process in self._processes.values():
            if not has_ended(process, STOP_SECONDS):
                process.kill()
                process.wait()
        self._processes.clear()
        self.parts.stop()
        self.mailbox.stop()
        (self._folder / STATE_FILE).unlink(missing_ok=True)
        self._lock.close()

    def kill(self, service: str) -> None:
        """Kill a service, as a power cut would."""
        self._processes[service].kill()
        self._processes[service].wait()

    def end(self, service: str) -> None:
        """Ask a service to stop in an orderly way, and wait until it has."""
        process = self._processes[service]
        process.terminate()
        if not has_ended(process, STOP_SECONDS):
            raise subprocess.TimeoutExpired(process.args, STOP_SECONDS)

    def replace(self, service: str) -> None:
        """Kill a service and start it again at the same address, without waiting until it serves."""
        self.kill(service)
        self._spawn(service)

    def restart(self, service: str) -> None:
        """Start a service again at the same address, and wait until it serves."""
        self._spawn(service)
        self.wait_until_serving(service)

    def exit_code(self, service: str) -> int | None:
        """Return the exit code of a service, negative for a signal; None while it runs."""
        return self._processes[service].poll()

    def signal(self, service: str, number: int) -> None:
        """Send a signal to a service, for example to pause it or let it continue."""
        self._processes[service].send_signal(number)

    def restart_ended(self) -> list[str]:
        """Start every service again that ended without being asked to, and return which."""
        ended = [service for service, process in self._processes.items() if process.poll() is not None]
        for service in ended:
            self.restart(service)
        return ended

    def _spawn(self, service: str) -> None:
        with (self._folder / "logs" / f"{service}.log").open("ab") as log, signals_wait():
            self._processes[service] = subprocess.Popen(
                # -P: otherwise a folder named `services` in the current directory would be run instead of ours.
                [sys.executable, "-P", "-m", f"services.{_service(service)}"],
                env=self._environment(service),
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=subprocess.STDOUT,
                pass_fds=(self._lock.fileno(),),
                # Ctrl-C in the terminal must reach the supervisor alone, which stops the services in an orderly way.
                start_new_session=True,
            )
        suite = Suite(
            self.addresses,
            self._mail_address,
            os.getpid(),
            {name: process.pid for name, process in self._processes.items()},
            self.parts.profile,
            self.found,
            self.console,
        )
        suite.write(self._folder)

    def _environment(self, service: str) -> dict[str, str]:
        needed = self._of_console() if service == CONSOLE else self._of_service(service)
        return service_environment(os.environ, needed) | self.environment.get(service, {})

    def _of_console(self) -> dict[str, object]:
        needed: dict[str, object] = {
            "listen": self.console.removeprefix("http://"),
            "public_url": self.console,
            "session_keys_file": self._folder / SESSION_KEYS,
            "demo_identity": self._folder,
            "desk_key_file": self._folder / f"{DESK_KEY}.key",
            "metrics_listen": self._console_health,
            **{f"{name}_address": self.addresses[name] for name in SERVICES},
        }
        return needed | ({"trace_file": trace_file(self._folder, CONSOLE)} if self._observed else {})

    def _of_service(self, service: str) -> dict[str, object]:
        needed: dict[str, object] = {
            "listen": self.addresses[service],
            **self.parts.settings(_service(service)),
            "keys_file": self._folder / "keys.json",
            "people_file": self._folder / "people.json",
            "service_key_file": self._folder / f"{_service(service)}.key",
            **{f"{name}_address": self.addresses[name] for name in SERVICES},
            "smtp_address": self._mail_address,
            "smtp_start_tls": "false",
            "copy_name": service,
            "audit_file": checkpoints_file(self._folder, _service(service)),
            "approval_key_file": self._folder / f"{APPROVALS}.key",
        }
        if self._observed:
            needed |= {"trace_file": trace_file(self._folder, service), "metrics_listen": self.measures[service]}
        return needed

    def wait_until_serving(self, service: str) -> None:
        """Wait until a service that was started serves.

        Raises:
            ServiceNotStartedError: when it ended, or nothing moved for too long.
        """
        if service == CONSOLE:
            self._wait_until(service, lambda: _shows(self._console_health))
            return
        with open_channel(self.addresses[service]) as channel:
            health: Any = health_pb2_grpc.HealthStub(channel)
            self._wait_until(service, lambda: _serves(health))

    def _wait_until(self, service: str, is_ready: Callable[[], bool]) -> None:
        patience = Patience(START_SECONDS)
        while True:
            if self._processes[service].poll() is not None:
                raise ServiceNotStartedError(f"{service} ended while starting.\n{self._last_lines(service)}")
            if is_ready():
                return
            if patience.is_over():
                message = f"{service} does not serve: {patience.why()}.\n{self._last_lines(service)}"
                raise ServiceNotStartedError(message)

    def _last_lines(self, service: str) -> str:
        lines = (self._folder / "logs" / f"{service}.log").read_text(errors="replace").splitlines()
        return "\n".join(lines[-15:])


def _copies(service: str, how_many: int) -> list[str]:
    """Return the names of a service's copies. The first has the name of the service."""
    return [service, *(f"{service}-{number}" for number in range(2, how_many + 1))]


def _service(name: str) -> str:
    return name.partition("-")[0]


def _serves(health: Any) -> bool:
    try:
        answer = health.Check(health_pb2.HealthCheckRequest(service="ready"), timeout=0.3, wait_for_ready=True)
    except grpc.RpcError:
        return False
    return bool(answer.status == health_pb2.HealthCheckResponse.SERVING)


def _shows(address: str) -> bool:
    """Return whether the console says that it is ready. It is asked again after a moment."""
    host, _, port = address.partition(":")
    connection = http.client.HTTPConnection(host, int(port), timeout=0.3)
    try:
        connection.request("GET", "/health/ready")
        return connection.getresponse().status == 200
    except (OSError, http.client.HTTPException):  # another program may have taken the port, and answer otherwise
        time.sleep(LOOK_AGAIN_SECONDS)
        return False
    finally:
        connection.close()
