"""Simulations, run one after another, in a process of their own. Every night all records are replayed.

The process gets what it needs line by line and has no access to the database. Every read is short, so that no commit of
the live path waits for it. If a copy of the service does not finish a run, another copy begins it again.
"""

import os
import select
import subprocess
import sys
import threading
import time
import uuid
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date, datetime
from functools import partial
from typing import Any, TypeVar

import orjson

from services.platform.clock import LONDON, Clock
from services.platform.loop import Loop
from services.platform.storage.database import Database
from services.platform.telemetry.logs import log
from services.platform.waits import ConfirmedTime
from services.rules.adapters.rule_files.folder import check_stored
from services.rules.adapters.store.simulations import PEOPLE_TOGETHER, SqlSimulations, parts
from services.rules.domain.forecasts.simulation import KEPT_FOR, Simulation
from services.rules.simulations.replay import ReplayOutcome
from services.rules.telemetry import REPLAYS

COMMAND = (sys.executable, "-m", "services.rules.simulations.process")
LOOK_AGAIN_SECONDS = 1.0
SECONDS_OF_A_PART = 300.0
"""Longest wait for the answer to one part. After that the process is taken for hung, and the run fails."""
SECONDS_BETWEEN_SIGNS = 1.0
"""Time between two marks of progress. Each also asks whether a person has stopped the run."""
KEPT_SECONDS = 900.0
"""How long after a run over people its process keeps what the next one may read. Then it ends."""
NIGHT_BEGINS = 2
"""Hour in Scotland from which the nightly replay may begin."""
_IDS = uuid.UUID("3f1a1f0e-7d4c-5c8e-9c4f-0d6d9f7a1a55")
# The process inherits only these: no setting, address or key of the service.
_INHERITED = ("PATH", "PYTHONPATH", "LD_LIBRARY_PATH", "VIRTUAL_ENV")
T = TypeVar("T")


class _Stopped(Exception):
    """The run ends early: the service stops, or a person has stopped the run."""


class _Failed(Exception):
    """The process ended or did not answer in time."""


class Simulator:
    """The runner of waiting simulations, one at a time."""

    def __init__(self, database: Database, clock: Clock, command: Sequence[str] = COMMAND) -> None:
        self._command = command
        self._database = database
        self._clock = clock
        self._confirmed = ConfirmedTime(clock)
        self._started_on: date | None = None
        self._running: _Child | None = None
        self._used_at = 0.0
        self._stopping = threading.Event()
        self._loop = Loop("simulator", self.turn)

    def start(self) -> None:
        """Begin; returns at once."""
        for outcome in ReplayOutcome:
            # Present from the start: a counter that appears with its first fault would show no increase.
            REPLAYS.add(0, {"outcome": outcome.value})
        if not self._database.is_shared:
            # There is no other copy, so a run still marked as running was cut off: it begins again at once.
            self._write(lambda store: store.queue_again())
        self._loop.start()

    def stop(self) -> None:
        """End the current run. It begins again when a service starts."""
        self._stopping.set()
        self._loop.stop()
        self.forget()

    def turn(self) -> float:
        """Run the next simulation if one waits, and return the seconds until the next look."""
        self._start_day()
        found = self._take_next()
        if found is None:
            if time.monotonic() - self._used_at > KEPT_SECONDS:
                self.forget()
            return LOOK_AGAIN_SECONDS
        try:
            result = self._run(found)
            self._used_at = time.monotonic()
        except _Stopped:
            self.forget()
            self._write(lambda store: store.move(found.simulation_id, "queued", self._clock.now()))
            return LOOK_AGAIN_SECONDS
        except Exception as problem:
            self.forget()
            # Any fault ends the run for good: it would fail again, and those behind it would wait for ever.
            log().error("simulation_failed", error=type(problem).__name__)
            words = "The run ended without an answer. Ask the operator, who finds why in the service's log."
            self._write(lambda store: store.move(found.simulation_id, "failed", self._clock.now(), problem=words))
            return 0.0
        text = orjson.dumps(result).decode()
        self._write(lambda store: store.move(found.simulation_id, "done", self._clock.now(), result=text))
        if found.kind == "replay":
            self.forget()
            _count(result)
        return 0.0

    def _start_day(self) -> None:
        """Once a day, forget expired simulations and add the nightly replay.

        No replay on the very first day, when there is nothing to replay.
        """
        now = self._clock.now()
        today = self._clock.today()
        if now.astimezone(LONDON).hour < NIGHT_BEGINS or self._started_on == today:
            return
        self._started_on = today
        if (confirmed := self._confirmed.now()) is not None:
            self._write(lambda store: store.forget(confirmed))
        if (self._read(lambda store: store.first_day()) or today.isoformat()) < today.isoformat():
            self._write(lambda store: _add_replay(store, nightly_id(today), now))

    def _take_next(self) -> Simulation | None:
        now = self._clock.now()
        # A look without a write first: an idle service must not take the write lock every second.
        if self._read(lambda store: store.next_to_run(now)) is None:
            return None

        def take(store: SqlSimulations) -> Simulation | None:
            found = store.next_to_run(now)
            if found is not None:
                store.move(found.simulation_id, "running", now)
            return found

        return self._write(take)

    def _run(self, simulation: Simulation) -> Mapping[str, Any]:
        asked = {**simulation.asked, "kind": simulation.kind}
        if simulation.kind != "replay":
            asked["before"] = self._read(lambda store: store.rulebooks(simulation.rulebook_hash))[
                simulation.rulebook_hash
            ]
            # What was changed in the store since it was signed, or asked for, is tried on nobody.
            check_stored(asked["before"], simulation.rulebook_hash)
            if "after" in asked and "after_hash" in asked:  # a release before queued it without the hash
                check_stored(asked["after"], asked["after_hash"])
        total = self._read(lambda store: store.how_many(simulation.kind))
        done = 0
        child = self._child(simulation.kind)
        child.goes_on = lambda: self._goes_on(simulation, done, total)
        child.send(asked)
        sent: set[str] = set()
        read = 0
        for part in parts(simulation.kind, self._read):
            if simulation.kind == "replay":
                self._send_rulebooks(child, sent)
            answer = child.ask(part)
            done += int(answer["done"])
            for some in _together(answer["needed"], PEOPLE_TOGETHER):
                people = self._read(lambda store, some=some: store.people(some))  # type: ignore[misc]
                done += int(child.ask(people)["done"]) if people else 0
                read += len(people)
        result: Mapping[str, Any] = child.ask([])["result"]
        self._goes_on(simulation, done, total)
        log().info("simulation_done", type=simulation.kind, count=done, people_read=read)
        return result

    def _child(self, kind: str) -> "_Child":
        """Return the process for a run. One that went over people keeps what the next such run may read."""
        if kind == "replay" or (self._running is not None and not self._running.is_alive):
            self.forget()
        if self._running is None:
            self._running = _Child(self._command, self._stopping)
        self._used_at = time.monotonic()
        return self._running

    def forget(self) -> None:
        """End the process, with all that it keeps of people."""
        if self._running is not None:
            self._running.close()
            self._running = None

    def _send_rulebooks(self, child: "_Child", sent: set[str]) -> None:
        """Send the rulebooks that the process does not have. One may have come into force since the run began.

        Read after the records that name them: a rulebook is stored before anybody is evaluated by it.
        """
        for content_hash in self._read(lambda store: store.rulebook_hashes()):
            if content_hash not in sent:
                child.ask({"rulebooks": self._read(partial(_files, content_hash))})
                sent.add(content_hash)

    def _goes_on(self, simulation: Simulation, done: int, total: int) -> bool:
        now = self._clock.now()
        return self._write(lambda store: store.progress(simulation.simulation_id, done, max(done, total), now))

    def _read(self, work: Callable[[SqlSimulations], T]) -> T:
        with self._database.read() as connection:
            return work(SqlSimulations(connection))

    def _write(self, work: Callable[[SqlSimulations], T]) -> T:
        return self._database.write(lambda connection: work(SqlSimulations(connection)))


class _Child:
    """A process that runs simulations, one after another. `goes_on` is asked every second; false stops the run."""

    def __init__(self, command: Sequence[str], stopping: threading.Event) -> None:
        self._stopping = stopping
        self.goes_on: Callable[[], bool] = lambda: True
        self._asked_at = 0.0
        environment = {name: os.environ[name] for name in _INHERITED if name in os.environ}
        self._process = subprocess.Popen(
            command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, env=environment, start_new_session=True
        )

    @property
    def is_alive(self) -> bool:
        """Whether the process still runs. A system that is short of memory may have ended it."""
        return self._process.poll() is None

    def close(self) -> None:
        """End the process, with all that it keeps."""
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
            _Stopped: the run must end.
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
            if not self.goes_on():
                raise _Stopped


def _together(ids: Sequence[str], most: int) -> Iterator[Sequence[str]]:
    return (ids[place : place + most] for place in range(0, len(ids), most))


def _files(content_hash: str, store: SqlSimulations) -> Mapping[str, Any]:
    return store.rulebooks(content_hash)


def nightly_id(day: date) -> str:
    """Return the id of a night's replay. It is the same in every copy of the service, so only one of them runs it."""
    return uuid.uuid5(_IDS, day.isoformat()).hex


def _add_replay(store: SqlSimulations, simulation_id: str, now: datetime) -> None:
    store.add(Simulation(simulation_id, "replay", "queued", {}, "", now, now + KEPT_FOR))


def _count(result: Mapping[str, Any]) -> None:
    for outcome in ReplayOutcome:
        REPLAYS.add(int(result[outcome.value]), {"outcome": outcome.value})
    if result["not_identical"]:
        log().error("decisions_do_not_replay")
