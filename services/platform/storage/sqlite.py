"""A database in one SQLite file: rollback journal, `synchronous=EXTRA`, foreign keys (docs/decisions/0005)."""

import contextlib
import sqlite3
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, create_engine, event

from services.platform.storage.unusable import UnusableDatabaseError

WRITER_CACHE, READER_CACHE = "cache_size=-65536", "cache_size=-4096"
"""64 MiB of pages for the writer: keys are random, so with SQLite's own 2 MiB each batch would read its index pages
again. 4 MiB for each of up to 15 readers: with more, memory would grow for days with the file (F4)."""
FIRST_WITH_WAL_RESET_BUG, FIRST_WITHOUT = (3, 7, 0), (3, 51, 3)
_PRIMARY = 0xFF
"""The bits of SQLite's codes of errors that say the kind of error."""
REPAIRED = {(3, 44): 6, (3, 50): 7}
"""Older series of SQLite that also got the repair, each with its first repaired version."""


def check_journal(mode: str, version: tuple[int, int, int]) -> None:
    """Refuse a file in WAL mode if this SQLite can lose commits in that mode (reliability Q15).

    Raises:
        UnusableDatabaseError: with the way out.
    """
    has_bug = FIRST_WITH_WAL_RESET_BUG <= version < FIRST_WITHOUT and version[2] < REPAIRED.get(version[:2], 1_000)
    if mode == "wal" and has_bug:
        number = ".".join(map(str, version))
        message = f"The database is in WAL mode, in which SQLite {number} can lose commits (the WAL-reset bug)."
        raise UnusableDatabaseError(
            f"{message} Stop every program that uses it, then run: PRAGMA journal_mode = DELETE"
        )


class _Turns:
    """A lock that many readers share, and that a commit has alone.

    With the rollback journal a commit needs the file to itself. SQLite waits for that by sleeping up to a tenth of a
    second and looking again. Taking turns here wakes each side as soon as it may go on.
    """

    def __init__(self) -> None:
        self._changed = threading.Condition()
        self._readers = 0
        self._committing = False

    @contextmanager
    def reading(self) -> Iterator[None]:
        """Wait until no commit runs, then read beside other readers."""
        with self._changed:
            self._changed.wait_for(lambda: not self._committing)
            self._readers += 1
        try:
            yield
        finally:
            with self._changed:
                self._readers -= 1
                if not self._readers:
                    self._changed.notify_all()

    @contextmanager
    def committing(self) -> Iterator[None]:
        """Wait for the current readers, then have the file alone. New readers wait, or they could starve a commit."""
        with self._changed:
            self._committing = True
            self._changed.wait_for(lambda: not self._readers)
        try:
            yield
        finally:
            with self._changed:
                self._committing = False
                self._changed.notify_all()


class SqliteStorage:
    """One file with one writing process."""

    faults = (sqlite3.OperationalError,)

    def __init__(self, url: str) -> None:
        file = Path(url.removeprefix("sqlite:///"))
        file.parent.mkdir(parents=True, exist_ok=True)
        self._file = file
        _check_file(file)
        # The 10 seconds are for locks of other programs, such as a backup. Inside the process _Turns keeps order.
        self.engine = create_engine(url, connect_args={"timeout": 10, "check_same_thread": False})
        self._turns = _Turns()
        event.listen(self.engine, "connect", _configure)
        event.listen(self.engine, "begin", _begin)

    @contextmanager
    def reading(self) -> Iterator[Connection]:
        """Open a connection on one consistent snapshot."""
        with self._turns.reading(), self.engine.connect() as connection, connection.begin():
            yield connection

    @contextmanager
    def committing(self, connection: Connection) -> Iterator[None]:
        """Give the commit the file alone."""
        with self._turns.committing():
            yield

    def ends_transaction(self, problem: Exception) -> bool:
        """Return whether the database cannot go on (full, locked, unreadable). A wrong statement ends only itself."""
        code = getattr(problem, "sqlite_errorcode", sqlite3.SQLITE_ERROR)
        return isinstance(problem, sqlite3.OperationalError) and code != sqlite3.SQLITE_ERROR

    def is_full(self, problem: Exception) -> bool:
        """Return whether there is no space left."""
        return "full" in str(problem)

    def is_damage(self, problem: Exception) -> bool:
        """Return whether SQLite found a page that makes no sense, or no database at all."""
        return getattr(problem, "sqlite_errorcode", 0) & _PRIMARY in (sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB)

    def check(self) -> None:
        """Read every table with its indexes, one after another: a commit waits for one table at most.

        Raises:
            UnusableDatabaseError: a part is damaged.
        """
        with contextlib.closing(sqlite3.connect(f"{self._file.resolve().as_uri()}?mode=ro", uri=True)) as connection:
            try:
                tables = [name for (name,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
                for table in tables:
                    with self._turns.reading():
                        (found,) = connection.execute(f"PRAGMA quick_check('{table}')").fetchone()
                    if found != "ok":
                        raise _damaged(self._file)
            except sqlite3.DatabaseError as problem:
                if self.is_damage(problem):
                    raise _damaged(self._file) from None
                raise

    def recover(self, connection: Connection) -> None:
        """End the transaction, which a failed commit leaves open. The connection could otherwise never write again."""
        connection.rollback()

    def close(self) -> None:
        """Close the file."""
        self.engine.dispose()


def _check_file(file: Path) -> None:
    try:
        with contextlib.closing(sqlite3.connect(file)) as connection:
            (mode,) = connection.execute("PRAGMA journal_mode").fetchone()
            (found,) = connection.execute("PRAGMA quick_check").fetchone()
    except sqlite3.OperationalError as problem:
        raise UnusableDatabaseError(
            f"{file} cannot be opened: {problem}. Check the path, its rights and the disk."
        ) from None
    except sqlite3.DatabaseError:
        raise _damaged(file) from None
    if found != "ok":
        raise _damaged(file)
    check_journal(mode, sqlite3.sqlite_version_info)


def _damaged(file: Path) -> UnusableDatabaseError:
    way_on = "Keep a copy, then restore all four databases from the last backup: docs/operations.md, Restore."
    return UnusableDatabaseError(f"{file} is damaged, or it is no SQLite database. {way_on}")


def _configure(connection: Any, _: object) -> None:
    connection.isolation_level = None  # the driver would begin transactions by itself; _begin does it here
    # Without cache_spill=OFF a large transaction would take the file alone before its commit, which _Turns cannot know.
    # EXTRA also syncs the folder once the journal is deleted. With FULL a power cut can bring the journal back, and it
    # then undoes a commit that was acknowledged.
    for pragma in ("journal_mode=DELETE", "synchronous=EXTRA", "foreign_keys=ON", "cache_spill=OFF", READER_CACHE):
        connection.execute(f"PRAGMA {pragma}")
    (mode,) = connection.execute("PRAGMA journal_mode").fetchone()
    if mode == "wal":
        raise UnusableDatabaseError(f"The database stays in journal mode {mode}: another program has it open.")


def _begin(connection: Connection) -> None:
    # A deferred BEGIN that later wants to write fails at once and ignores the timeout (reliability Q14).
    writing = connection.get_execution_options().get("psmf_write", False)
    if writing and not connection.info.get("psmf_writer"):
        connection.info["psmf_writer"] = True
        connection.exec_driver_sql(f"PRAGMA {WRITER_CACHE}")
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writing else "BEGIN")
