"""The suite for fault trials: real processes, registered people, a history, and access to its databases."""

import random
import shutil
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from faults.history import History
from faults.load import CLIENTS, KEYS, NEW_PERSON, PEOPLE, PER_SECOND, Asker, Load
from services.client.addresses import SERVICES
from services.client.client import Client
from services.client.tokens import Issuer
from services.demo.stack import Parts, Profile
from services.demo.supervisor import Supervisor
from services.demo.waiting import wait_until_settled
from services.platform.clock import SystemClock
from tests.databases import engine_of

SETTLE_SECONDS = 300.0


@dataclass
class Stage:
    """One running suite, with every command sent to it so far."""

    folder: Path
    seed: int
    supervisor: Supervisor
    client: Client
    askers: list[Asker]
    history: History
    spare: list[str]
    killed: dict[str, int] = field(default_factory=lambda: dict.fromkeys(SERVICES, 0))
    """Number of kills of each service. An e-mail cut off between sending and recording is sent again."""

    @property
    def parts(self) -> Parts:
        """Return the database and transport of the suite."""
        return self.supervisor.parts

    def load(self, what: str, per_second: float = PER_SECOND, new_people: float = NEW_PERSON) -> Load:
        """Run clients. `new_people` is the share of commands that cause the whole chain down to an e-mail."""
        return Load(self.askers, self.spare, f"{self.seed} {what}", per_second, new_people)

    def chance(self, what: str) -> random.Random:
        """Return the seeded randomness of one trial."""
        return random.Random(f"{self.seed} {what}")

    def rows(self, service: str, query: str, *parameters: Any) -> list[tuple[Any, ...]]:
        """Return the rows that another process reads from a service's database."""
        with self._engine(service).connect() as connection:
            return [tuple(row) for row in connection.exec_driver_sql(query, parameters or None).fetchall()]

    def change(self, service: str, statement: str, parameters: tuple[Any, ...] = ()) -> None:
        """Change a database without its service, for faults that can only come from outside."""
        with self._engine(service).begin() as connection:
            connection.exec_driver_sql(statement, parameters)

    def settle(self, seconds: float = SETTLE_SECONDS) -> float:
        """Wait until every command has had its effects. Return how long that took."""
        started = time.monotonic()
        wait_until_settled(self.client, seconds)
        return time.monotonic() - started

    def kill(self, service: str) -> float:
        """Kill a service and restart it. Return the seconds until it serves."""
        self.killed[service.partition("-")[0]] += 1
        self.supervisor.kill(service)
        return self.start(service)

    def start(self, service: str) -> float:
        """Start a service that has ended. Return the seconds until it serves."""
        started = time.monotonic()
        self.supervisor.restart(service)
        return time.monotonic() - started

    def log(self, service: str) -> str:
        """Return a service's log."""
        return (self.folder / "logs" / f"{service}.log").read_text(errors="replace")

    def _engine(self, service: str) -> Any:
        url = self.parts.settings(service.partition("-")[0])["database"]
        return engine_of(url)


@contextmanager
def stage(
    seed: int,
    profile: Profile = Profile.EMBEDDED,
    source: Path | None = None,
    copies: Mapping[str, int] | None = None,
    people_settled: bool = True,
    prepare: Callable[[Path], None] = lambda folder: None,
) -> Iterator[Stage]:
    """Run a suite with forty registered people. `source` is a folder whose `services` run instead of ours."""
    folder = Path(tempfile.mkdtemp(prefix="psmf-faults-"))
    prepare(folder)
    supervisor = Supervisor(folder, PEOPLE, Parts(folder, profile), copies)
    if source is not None:
        for name in supervisor.names:
            supervisor.environment[name] = {"PYTHONPATH": str(source)}
    try:
        with supervisor:
            yield from _with_people(folder, seed, supervisor, people_settled)
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _with_people(folder: Path, seed: int, supervisor: Supervisor, settled: bool) -> Iterator[Stage]:
    issuer, history, today = Issuer(folder), History(), SystemClock().today()
    clients = [Client(supervisor.addresses, issuer.metadata) for _ in range(CLIENTS)]
    askers = [
        Asker(client, history, random.Random(f"{seed} asker {number}"), today) for number, client in enumerate(clients)
    ]
    patient = Client(supervisor.addresses, issuer.metadata, SETTLE_SECONDS)
    try:
        for person in PEOPLE[:KEYS]:
            if not askers[0].enter(person):
                raise RuntimeError(f"{person} could not be entered: {[one.problem for one in history.all()]}")
        made = Stage(folder, seed, supervisor, patient, askers, history, list(PEOPLE[KEYS:]))
        if settled:
            made.settle()
        yield made
    finally:
        for client in (*clients, patient):
            client.close()
