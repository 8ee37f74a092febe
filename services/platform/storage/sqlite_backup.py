"""A copy of several SQLite databases as they were at one instant, while their services run (docs/decisions/0014)."""

import sqlite3
from collections.abc import Sequence
from contextlib import ExitStack, closing
from pathlib import Path

WAIT_SECONDS = 10.0
"""As long as a service waits for a lock, and so as long as a copy may hold it."""


def back_up(files: Sequence[Path], folder: Path) -> None:
    """Copy databases into a folder, by SQLite's own online backup.

    Each is first held against commits; once all are, there is an instant at which all stood as they are copied. What a
    service wants to commit meanwhile waits.

    Raises:
        sqlite3.Error: a database cannot be read, or is held by another for too long; what was copied is of no use.
    """
    folder.mkdir(parents=True, exist_ok=True)
    with ExitStack() as stack:
        held = [_held(stack, file) for file in files]
        for file, source in zip(files, held, strict=True):
            target = stack.enter_context(closing(sqlite3.connect(folder / file.name)))
            source.backup(target)


def _held(stack: ExitStack, file: Path) -> sqlite3.Connection:
    """A connection whose open read keeps every commit out: the services keep a rollback journal, not a WAL."""
    address = f"{file.resolve().as_uri()}?mode=ro"
    opened = sqlite3.connect(address, uri=True, timeout=WAIT_SECONDS, isolation_level=None)
    connection = stack.enter_context(closing(opened))
    connection.execute("BEGIN")
    connection.execute("SELECT COUNT(*) FROM sqlite_master").fetchone()
    return connection
