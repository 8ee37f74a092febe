"""Backup of several SQLite databases at one instant, while their services run (docs/decisions/0014 and 0096)."""

import os
from collections.abc import Sequence
from contextlib import ExitStack, closing
from pathlib import Path

from services.platform.storage.sqlite.library import check_journal, library

WAIT_SECONDS = 10.0
"""The time that a service waits for a lock, and so the longest time that a backup may hold one."""


def back_up(files: Sequence[Path], folder: Path) -> None:
    """Copy databases into a folder with SQLite's own online backup.

    First every database is locked against commits. Only then a reading begins in each, and the locks are let go. So all
    copies show one instant. Commits of the services wait until then, and with a rollback journal until the copies are
    done.

    When this returns, a power cut takes nothing back (F14): the copies are synced as the databases are, and so are the
    folder and the one that it stands in.

    Each copy gets the next epoch and knows the other copies by theirs, so that they go on together once they are
    restored together. The readers of one that is restored alone meet another epoch, and stop (F2).

    Only the owner of the process can read the copies, whatever its umask: they hold personal data (A10).

    Raises:
        library.Error: a database cannot be read, or another process locks it for too long. The folder is then useless.
        UnusableDatabaseError: a database is in a mode in which this library may lose commits.
    """
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    with ExitStack() as stack:
        copies: list[library.Connection] = []
        for file, source in zip(files, _at_one_instant(stack, files), strict=True):
            (folder / file.name).touch(mode=0o600)
            target = stack.enter_context(closing(library.connect(folder / file.name)))
            target.execute("PRAGMA synchronous = EXTRA")
            source.backup(target)
            # A copy is one file, and no log that stands beside its place one day can be taken for its own.
            target.execute("PRAGMA journal_mode = DELETE")
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


def _at_one_instant(stack: ExitStack, files: Sequence[Path]) -> list[library.Connection]:
    """Return connections with an open reading each. No database had a commit between the first reading and the last."""
    with ExitStack() as locks:
        for file in files:
            locked = _opened(locks, file, "rw")
            check_journal(locked.execute("PRAGMA journal_mode").fetchone()[0])
            locked.execute("BEGIN IMMEDIATE")
        readings = [_opened(stack, file, "ro") for file in files]
        for reading in readings:
            reading.execute("BEGIN")
            reading.execute("SELECT COUNT(*) FROM sqlite_master").fetchone()  # BEGIN alone takes no snapshot
    return readings


def _opened(stack: ExitStack, file: Path, mode: str) -> library.Connection:
    address = f"{file.resolve().as_uri()}?mode={mode}"
    opened = library.connect(address, uri=True, timeout=WAIT_SECONDS, isolation_level=None)
    return stack.enter_context(closing(opened))


def _raise_epochs(copies: Sequence[library.Connection]) -> None:
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
