"""A suite that runs in a folder: where its services listen, whether it is still there, how to stop it."""

import fcntl
import json
import os
import signal
import time
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import IO, NamedTuple

STATE_FILE = "suite.json"
LOCK_FILE = "lock"
STOP_SECONDS = 120.0
LOOK_AGAIN_SECONDS = 0.1


class NoSuiteError(Exception):
    """No suite runs in a folder, or one runs already. The message says what to do."""


class Part(NamedTuple):
    """What a suite stands on: `kafka` or `postgresql`, where it is, which version, and its process id."""

    name: str
    address: str
    version: str
    process: int


@dataclass(frozen=True, slots=True)
class Suite:
    """What others need to know of a running suite. Addresses by service; process ids, the supervisor's apart."""

    addresses: Mapping[str, str]
    mailbox: str
    supervisor: int
    processes: Mapping[str, int]
    profile: str
    parts: Sequence[Part]

    def address_of(self, name: str) -> str:
        """Where a part is, empty when the suite does without it."""
        return next((part.address for part in self.parts if part.name == name), "")

    def write(self, folder: Path) -> None:
        """Tell others, in one step, so that nobody reads half of it."""
        new = folder / f"{STATE_FILE}.new"
        new.write_text(json.dumps(asdict(self), indent=1))
        new.replace(folder / STATE_FILE)


def read_suite(folder: Path) -> Suite:
    """The suite of a folder.

    Raises:
        NoSuiteError: when none was started there.
    """
    try:
        kept = json.loads((folder / STATE_FILE).read_text())
        return Suite(**kept | {"parts": [Part(*part) for part in kept["parts"]]})
    except FileNotFoundError:
        raise NoSuiteError(f"No demo was started in {folder}. Start one with: psmf demo up") from None


def take_lock(folder: Path) -> IO[bytes]:
    """The folder's lock, held as long as the file, or a child that was given it, is open.

    The services inherit it: even if their supervisor dies, nobody can start a second suite on the same databases.

    Raises:
        NoSuiteError: when a suite runs there already.
    """
    file = (folder / LOCK_FILE).open("ab")
    try:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        file.close()
        raise NoSuiteError(f"A demo runs in {folder} already. Stop it with: psmf demo down") from None
    return file


def is_running(folder: Path) -> bool:
    """Whether a suite, or a part of one, runs in the folder."""
    if not (folder / LOCK_FILE).exists():
        return False
    try:
        take_lock(folder).close()
    except NoSuiteError:
        return True
    return False


def stop_running(folder: Path) -> bool:
    """Stop the suite of a folder from outside, and wait until it is gone; whether there was one.

    Services, Kafka and PostgreSQL whose supervisor is gone are stopped too.

    Raises:
        NoSuiteError: when it does not stop.
    """
    if not (folder / STATE_FILE).exists():
        return False
    suite = read_suite(folder)
    stopped = _end([suite.supervisor], folder, _holds_lock)
    stopped = _end(suite.processes.values(), folder, _holds_lock) or stopped
    end = time.monotonic() + STOP_SECONDS
    while is_running(folder) and time.monotonic() < end:
        time.sleep(LOOK_AGAIN_SECONDS)  # a child of a service, the rules engine, may be a moment behind it
    if is_running(folder):
        raise NoSuiteError(f"The demo in {folder} does not stop. Its processes: {suite.processes}")
    return stop_left_over(folder) or stopped


def stop_left_over(folder: Path) -> bool:
    """Stop the Kafka and the PostgreSQL that a supervisor left when it was killed; whether there were any.

    Only for whoever holds the folder's lock, or knows that nobody does.
    """
    try:
        parts = read_suite(folder).parts
    except NoSuiteError:
        return False
    return _end([part.process for part in parts], folder, _works_in)


def _end(processes: Iterable[int], folder: Path, belongs: Callable[[int, Path], bool]) -> bool:
    """Ask those processes to end that belong to the folder, and wait; whether there were any."""
    end = time.monotonic() + STOP_SECONDS
    there = [process for process in processes if belongs(process, folder)]
    for process in there:
        os.kill(process, signal.SIGTERM)
    while time.monotonic() < end and any(belongs(process, folder) for process in there):
        time.sleep(LOOK_AGAIN_SECONDS)
    return bool(there)


def _holds_lock(process: int, folder: Path) -> bool:
    """Whether a process is the supervisor or a service of the folder. Its id may name another program by now."""
    lock = (folder / LOCK_FILE).resolve()
    try:
        return any(file.resolve() == lock for file in Path(f"/proc/{process}/fd").iterdir())
    except OSError:
        return False


def _works_in(process: int, folder: Path) -> bool:
    """Whether a process has its own folder in the suite's."""
    try:
        return Path(f"/proc/{process}/cwd").resolve(strict=True).is_relative_to(folder.resolve())
    except OSError:
        return False
