"""Stopping a suite that runs in a folder, from outside."""

import os
import signal
import time
from collections.abc import Callable, Iterable
from pathlib import Path

from services.client.addresses import LOCK_FILE, STATE_FILE, is_running, read_suite
from services.client.errors import NoSuiteError

STOP_SECONDS = 120.0
LOOK_AGAIN_SECONDS = 0.1


def stop_running(folder: Path) -> bool:
    """Stop the suite of a folder, wait until it has stopped, and return whether there was one.

    Services, Kafka and PostgreSQL are stopped too if their supervisor has died.

    Raises:
        NoSuiteError: it does not stop.
    """
    if not (folder / STATE_FILE).exists():
        return False
    suite = read_suite(folder)
    stopped = _end([suite.supervisor], folder, _holds_lock)
    stopped = _end(suite.processes.values(), folder, _holds_lock) or stopped
    end = time.monotonic() + STOP_SECONDS
    while is_running(folder) and time.monotonic() < end:
        time.sleep(LOOK_AGAIN_SECONDS)  # The rules engine, a child of a service, ends a moment later.
    if is_running(folder):
        raise NoSuiteError(f"The demo in {folder} does not stop. Its processes: {suite.processes}")
    return stop_left_over(folder) or stopped


def stop_left_over(folder: Path) -> bool:
    """Stop the Kafka and PostgreSQL that a killed supervisor left behind, and return whether there were any.

    Call it only while holding the folder's lock, or when nobody holds it. Otherwise it would stop a running suite.
    """
    try:
        parts = read_suite(folder).parts
    except NoSuiteError:
        return False
    return _end([part.process for part in parts], folder, _works_in)


def _end(processes: Iterable[int], folder: Path, belongs: Callable[[int, Path], bool]) -> bool:
    """Ask the processes that belong to the folder to end, wait for them, and return whether there were any."""
    end = time.monotonic() + STOP_SECONDS
    there = [process for process in processes if belongs(process, folder)]
    for process in there:
        os.kill(process, signal.SIGTERM)
    while time.monotonic() < end and any(belongs(process, folder) for process in there):
        time.sleep(LOOK_AGAIN_SECONDS)
    return bool(there)


def _holds_lock(process: int, folder: Path) -> bool:
    """Return whether a process is the supervisor or a service of the folder.

    The id alone does not tell: the system may have given it to another program since.
    """
    lock = (folder / LOCK_FILE).resolve()
    try:
        return any(file.resolve() == lock for file in Path(f"/proc/{process}/fd").iterdir())
    except OSError:
        return False


def _works_in(process: int, folder: Path) -> bool:
    """Return whether a process works in the suite's folder, as Kafka and PostgreSQL do."""
    try:
        return Path(f"/proc/{process}/cwd").resolve(strict=True).is_relative_to(folder.resolve())
    except OSError:
        return False
