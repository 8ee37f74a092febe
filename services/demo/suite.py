"""A suite that runs in a folder: where its services listen, whether it is still there, how to stop it."""

import fcntl
import json
import os
import signal
import time
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import IO, NamedTuple

STATE_FILE = "suite.json"
LOCK_FILE = "lock"
STOP_SECONDS = 40.0


class NoSuiteError(Exception):
    """No suite runs in a folder, or one runs already. The message says what to do."""


class Part(NamedTuple):
    """What a suite stands on: `kafka` or `postgresql`, where it is, and which version."""

    name: str
    address: str
    version: str


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

    Services whose supervisor is gone are stopped too.

    Raises:
        NoSuiteError: when it does not stop.
    """
    if not is_running(folder):
        return False
    suite = read_suite(folder)
    end = time.monotonic() + STOP_SECONDS
    for process in (suite.supervisor, *suite.processes.values()):
        if _is_part(process, folder):
            os.kill(process, signal.SIGTERM)
            while time.monotonic() < end and _is_part(process, folder):
                time.sleep(0.1)
    if is_running(folder):
        raise NoSuiteError(f"The demo in {folder} does not stop. Its processes: {suite.processes}")
    return True


def _is_part(process: int, folder: Path) -> bool:
    """Whether a process is part of the suite: it holds the lock. Its id may name another program by now."""
    lock = (folder / LOCK_FILE).resolve()
    try:
        return any(file.resolve() == lock for file in Path(f"/proc/{process}/fd").iterdir())
    except OSError:
        return False
