"""Backup of several SQLite databases at one instant, while their services run (docs/decisions/0014)."""

import os
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

    When this returns, a power cut takes nothing back (F14): the copies are synced as the databases are, and so are the
    folder and the one that it stands in.

    Each copy gets the next epoch and knows the other copies by theirs, so that they go on together once they are
    restored together. The readers of one that is restored alone meet another epoch, and stop (F2).

    Only the owner of the process can read the copies, whatever its umask: they hold personal data (A10).

    Raises:
        sqlite3.Error: a database cannot be read, or another process locks it for too long. The folder is then useless.
    """
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    with ExitStack() as stack:
        copies: list[sqlite3.Connection] = []
        locked = [_locked(stack, file) for file in files]
        for file, source in zip(files, locked, strict=True):
            (folder / file.name).touch(mode=0o600)
            target = stack.enter_context(closing(sqlite3.connect(folder / file.name)))
            target.execute("PRAGMA synchronous = EXTRA")
            source.backup(target)
            copies.append(target)
        _raise_epochs(copies)
    for place in (folder, folder.resolve().parent):
        _sync(place)


def _sync(folder: Path) -> None:
    """Have the names in a folder on the disk."""
    opened = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(opened)
    finally:
        os.close(opened)


def _locked(stack: ExitStack, file: Path) -> sqlite3.Connection:
    """Return a connection whose open read keeps out every commit. With a WAL it would not; the services use none."""
    address = f"{file.resolve().as_uri()}?mode=ro"
    opened = sqlite3.connect(address, uri=True, timeout=WAIT_SECONDS, isolation_level=None)
    connection = stack.enter_context(closing(opened))
    connection.execute("BEGIN")
    connection.execute("SELECT COUNT(*) FROM sqlite_master").fetchone()  # BEGIN alone takes no lock
    return connection


def _raise_epochs(copies: Sequence[sqlite3.Connection]) -> None:
    """Raise the epoch of each copy, and have the copies read one another under their new epochs."""
    renamed = {}
    for copy in copies:
        if copy.execute("SELECT 1 FROM sqlite_master WHERE name = 'origin'").fetchone():
            for database_id, epoch in copy.execute("SELECT database_id, epoch FROM origin").fetchall():
                renamed[f"{database_id}/{epoch}"] = f"{database_id}/{epoch + 1}"
            copy.execute("UPDATE origin SET epoch = epoch + 1")
    for copy in copies:
        if copy.execute("SELECT 1 FROM sqlite_master WHERE name = 'inbox_origin'").fetchone():
            for old, new in renamed.items():
                # The old name stays as one that was given up: a topic may still hold what came after the backup.
                copy.execute(
                    "INSERT INTO inbox_origin SELECT source, ?, state FROM inbox_origin WHERE origin = ? "
                    "AND state = 'current'",
                    (new, old),
                )
                copy.execute("UPDATE inbox_origin SET state = 'past' WHERE origin = ?", (old,))
        copy.commit()
