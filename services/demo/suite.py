"""A suite that runs in a folder: where its services listen, whether it is still there, how to stop it."""

import os
import signal
import time
from collections.abc import Callable, Iterable
from pathlib import Path

from services.client.addresses import LOCK_FILE, STATE_FILE, NoSuiteError, is_running, read_suite

STOP_SECONDS = 120.0
LOOK_AGAIN_SECONDS = 0.1


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
