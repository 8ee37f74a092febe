"""Runs simulations one after another, each in its own process beside the service, and replays all records every night.

The process gets what it needs by line and has no way to the database. What is read is read briefly, so that no commit
of the live path waits for it. A run that its copy of the service did not finish is begun again by whoever is there.
"""

import os
import select
import subprocess
import sys
import threading
import time
import uuid
from collections.abc import Callable, Mapping, Sequence
from datetime import date, datetime, timedelta
from typing import Any, TypeVar

import orjson

from services.platform.clock import LONDON, Clock
from services.platform.process.loop import Loop
from services.platform.storage.database import Database
from services.platform.telemetry.logs import log
from services.rules.adapters.store.simulations import KEPT_FOR, Simulation, SqlSimulations, parts
from services.rules.simulations.replay import ReplayOutcome
from services.rules.telemetry import REPLAYS

COMMAND = (sys.executable, "-m", "services.rules.simulations.process")
LOOK_AGAIN_SECONDS = 1.0
SECONDS_OF_A_PART = 300.0
SECONDS_BETWEEN_SIGNS = 1.0
SILENT_FOR = timedelta(minutes=10)
NIGHT_BEGINS = 2
"""Hour in Scotland from which the nightly replay may begin."""
_IDS = uuid.UUID("3f1a1f0e-7d4c-5c8e-9c4f-0d6d9f7a1a55")
_INHERITED = ("PATH", "PYTHONPATH", "LD_LIBRARY_PATH", "VIRTUAL_ENV")
T = TypeVar("T")


class _Stopped(Exception):
    """The run ends before it is done: the service stops, or a person has stopped it."""


class _Failed(Exception):
    """The process did not answer."""


class Simulator:
    """Takes the next simulation that waits."""

    def __init__(self, database: Database, clock: Clock, command: Sequence[str] = COMMAND) -> None:
        self._command = command
        self._database = database
        self._clock = clock
        self._started_on: date | None = None
        self._stopping = threading.Event()
        self._loop = Loop("simulator", self.turn)

    def start(self) -> None:
        """Begin; returns at once."""
        for outcome in ReplayOutcome:
            # There from the start: a counter that appears with its first fault shows no increase.
            REPLAYS.add(0, {"outcome": outcome.value})
        if not self._database.is_shared:
            # No other copy can be running it: what is left from the last life of this one begins again at once.
            self._write(lambda store: store.queue_again())
        self._loop.start()

    def stop(self) -> None:
        """End the run in hand; it begins again when a service is there."""
        self._stopping.set()
        self._loop.stop()

    def turn(self) -> float:
        """Run the next one, if any waits; seconds until the next look."""
        self._start_day()
        found = self._take_next()
        if found is None:
            return LOOK_AGAIN_SECONDS
        try:
            result = self._run(found)
        except _Stopped:
            self._write(lambda store: store.move(found.simulation_id, "queued", self._clock.now()))
            return LOOK_AGAIN_SECONDS
        except Exception as problem:
            # Whatever it is: the run would only fail again, and those behind it wait.
            log().error("simulation_failed", error=type(problem).__name__)
            words = "The run ended without an answer. Ask the operator, who finds why in the service's log."
            self._write(lambda store: store.move(found.simulation_id, "failed", self._clock.now(), problem=words))
            return 0.0
        text = orjson.dumps(result).decode()
        self._write(lambda store: store.move(found.simulation_id, "done", self._clock.now(), result=text))
        if found.kind == "replay":
            _count(result)
        return 0.0

    def _start_day(self) -> None:
        """Once a day: forget what is over, and replay; not on the very first, when nothing is there to replay."""
        now = self._clock.now()
        today = self._clock.today()
        if now.astimezone(LONDON).hour < NIGHT_BEGINS or self._started_on == today:
            return
        self._started_on = today
        self._write(lambda store: store.forget(now))
        if (self._read(lambda store: store.first_day()) or today.isoformat()) < today.isoformat():
            self._write(lambda store: _add_replay(store, nightly_id(today), now))

    def _take_next(self) -> Simulation | None:
        now = self._clock.now()
        if self._read(lambda store: store.next_to_run(now - SILENT_FOR)) is None:
            return None

        def take(store: SqlSimulations) -> Simulation | None:
            found = store.next_to_run(now - SILENT_FOR)
            if found is not None:
                store.move(found.simulation_id, "running", now)
            return found

        return self._write(take)

    def _run(self, simulation: Simulation) -> Mapping[str, Any]:
        asked = {**simulation.asked, "kind": simulation.kind}
        if simulation.kind == "replay":
            asked["rulebooks"] = self._read(lambda store: store.rulebooks())
        else:
            asked["before"] = self._read(lambda store: store.rulebooks(simulation.rulebook_hash))[
                simulation.rulebook_hash
            ]
        total = self._read(lambda store: store.how_many(simulation.kind))
        done = 0
        with _Child(self._command, self._stopping, lambda: self._goes_on(simulation, done, total)) as child:
            child.send(asked)
            for part in parts(simulation.kind, self._read):
                done += int(child.ask(part)["done"])
            result: Mapping[str, Any] = child.ask([])["result"]
        self._goes_on(simulation, done, total)
        return result

    def _goes_on(self, simulation: Simulation, done: int, total: int) -> bool:
        now = self._clock.now()
        return self._write(lambda store: store.progress(simulation.simulation_id, done, max(done, total), now))

    def _read(self, work: Callable[[SqlSimulations], T]) -> T:
        with self._database.read() as connection:
            return work(SqlSimulations(connection))

    def _write(self, work: Callable[[SqlSimulations], T]) -> T:
        return self._database.write(lambda connection: work(SqlSimulations(connection)))


class _Child:
    """The process of one run. `goes_on` is asked every second: false stops it."""

    def __init__(self, command: Sequence[str], stopping: threading.Event, goes_on: Callable[[], bool]) -> None:
        self._stopping = stopping
        self._goes_on = goes_on
        self._asked_at = 0.0
        environment = {name: os.environ[name] for name in _INHERITED if name in os.environ}
        self._process = subprocess.Popen(
            command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, env=environment, start_new_session=True
        )

    def __enter__(self) -> "_Child":
        return self

    def __exit__(self, *_: object) -> None:
        self._process.kill()
        self._process.wait()
        for pipe in (self._process.stdin, self._process.stdout):
            if pipe is not None:
                try:
                    pipe.close()
                except OSError:
                    continue

    def send(self, line: Any) -> None:
        """Send one line."""
        assert self._process.stdin is not None  # noqa: S101  opened as a pipe
        self._process.stdin.write(orjson.dumps(line) + b"\n")
        self._process.stdin.flush()

    def ask(self, part: Any) -> Mapping[str, Any]:
        """Send a part and wait for its answer.

        Raises:
            _Stopped: the run is to end.
            _Failed: no answer in time, or the process ended.
        """
        self.send(part)
        assert self._process.stdout is not None  # noqa: S101  opened as a pipe
        waited = 0.0
        while not select.select([self._process.stdout], [], [], SECONDS_BETWEEN_SIGNS)[0]:
            waited += SECONDS_BETWEEN_SIGNS
            self._check()
            if waited > SECONDS_OF_A_PART:
                raise _Failed
        self._check()
        answer = self._process.stdout.readline()
        if not answer:
            raise _Failed
        return orjson.loads(answer)  # type: ignore[no-any-return]

    def _check(self) -> None:
        if self._stopping.is_set():
            raise _Stopped
        if time.monotonic() - self._asked_at > SECONDS_BETWEEN_SIGNS:
            self._asked_at = time.monotonic()
            if not self._goes_on():
                raise _Stopped


def nightly_id(day: date) -> str:
    """The id of a night's replay: the same for every copy of the service, so that one of them runs it."""
    return uuid.uuid5(_IDS, day.isoformat()).hex


def _add_replay(store: SqlSimulations, simulation_id: str, now: datetime) -> None:
    store.add(Simulation(simulation_id, "replay", "queued", {}, "", now, now + KEPT_FOR))


def _count(result: Mapping[str, Any]) -> None:
    for outcome in ReplayOutcome:
        REPLAYS.add(int(result[outcome.value]), {"outcome": outcome.value})
    if result["not_identical"]:
        log().error("decisions_do_not_replay")
