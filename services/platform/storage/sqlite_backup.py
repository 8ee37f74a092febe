"""Backup of several SQLite databases at one instant, while their services run (docs/decisions/0014)."""

import sqlite3
from collections.abc import Sequence
from contextlib import ExitStack, closing
from pathlib import Path

WAIT_SECONDS = 10.0
"""The time that a service waits for a lock, and so the longest time that a backup may hold it."""


def back_up(files: Sequence[Path], folder: Path) -> None:
    """Copy databases into a folder with SQLite's own online backup.

    First every database is locked against commits, and only then is any copied. So all copies show one instant. Commits
    of the services wait until the copies are done.

    Raises:
        sqlite3.Error: a database cannot be read, or another process locks it for too long. The folder is then useless.
    """
    folder.mkdir(parents=True, exist_ok=True)
    with ExitStack() as stack:
        locked = [_locked(stack, file) for file in files]
        for file, source in zip(files, locked, strict=True):
            target = stack.enter_context(closing(sqlite3.connect(folder / file.name)))
            source.backup(target)


def _locked(stack: ExitStack, file: Path) -> sqlite3.Connection:
    """Return a connection whose open read keeps out every commit. With a WAL it would not; the services use none."""
    address = f"{file.resolve().as_uri()}?mode=ro"
    opened = sqlite3.connect(address, uri=True, timeout=WAIT_SECONDS, isolation_level=None)
    connection = stack.enter_context(closing(opened))
    connection.execute("BEGIN")
    connection.execute("SELECT COUNT(*) FROM sqlite_master").fetchone()  # BEGIN alone takes no lock
    return connection
