"""A database in one SQLite file: rollback journal, `synchronous=FULL`, foreign keys on (docs/decisions/0005)."""

import contextlib
import sqlite3
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, create_engine, event

CACHE = "cache_size=-65536"
"""64 MiB of pages. With SQLite's own 2 MiB each batch reads the pages of its indexes again: its keys are random."""
FIRST_WITH_WAL_RESET_BUG, FIRST_WITHOUT = (3, 7, 0), (3, 51, 3)
MENDED = {(3, 44): 6, (3, 50): 7}
"""Series of SQLite that the repair was taken back to, and the first version of each that has it."""


class UnsafeJournalError(Exception):
    """The database file is in a journal mode that this service does not write in. The message says what to do."""


def check_journal(mode: str, version: tuple[int, int, int]) -> None:
    """Raises UnsafeJournalError for a file in WAL mode on a SQLite that may lose commits in it (reliability Q15)."""
    has_bug = FIRST_WITH_WAL_RESET_BUG <= version < FIRST_WITHOUT and version[2] < MENDED.get(version[:2], 1_000)
    if mode == "wal" and has_bug:
        number = ".".join(map(str, version))
        message = f"The database is in WAL mode, in which SQLite {number} can lose commits (the WAL-reset bug)."
        raise UnsafeJournalError(f"{message} With no program using it, run on it: PRAGMA journal_mode = DELETE")


class _Turns:
    """Lets readers in together, and a commit in alone.

    With the rollback journal a commit needs the file to itself, and SQLite's way of waiting for that is to sleep and
    look again, up to a tenth of a second. Taking turns here wakes each side as soon as it may go on.
    """

    def __init__(self) -> None:
        self._changed = threading.Condition()
        self._readers = 0
        self._committing = False

    @contextmanager
    def reading(self) -> Iterator[None]:
        """While no commit is under way."""
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
        """Once the readers of this moment are done; new ones wait."""
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
    """One file, one writing process."""

    faults = (sqlite3.OperationalError,)

    def __init__(self, url: str) -> None:
        file = Path(url.removeprefix("sqlite:///"))
        file.parent.mkdir(parents=True, exist_ok=True)
        _check_file(file)
        self.engine = create_engine(url, connect_args={"timeout": 10, "check_same_thread": False})
        self._turns = _Turns()
        event.listen(self.engine, "connect", _configure)
        event.listen(self.engine, "begin", _begin)

    @contextmanager
    def reading(self) -> Iterator[Connection]:
        """A connection on one consistent snapshot."""
        with self._turns.reading(), self.engine.connect() as connection, connection.begin():
            yield connection

    @contextmanager
    def committing(self, connection: Connection) -> Iterator[None]:
        """While the commit has the file to itself."""
        with self._turns.committing():
            yield

    def ends_transaction(self, problem: Exception) -> bool:
        """Whether the database itself cannot go on (full, locked, unreadable), as against a statement that is wrong."""
        code = getattr(problem, "sqlite_errorcode", sqlite3.SQLITE_ERROR)
        return isinstance(problem, sqlite3.OperationalError) and code != sqlite3.SQLITE_ERROR

    def is_full(self, problem: Exception) -> bool:
        """Whether there is no space left."""
        return "full" in str(problem)

    def recover(self, connection: Connection) -> None:
        """A commit that fails leaves its transaction open: without this the connection could never write again."""
        connection.rollback()

    def close(self) -> None:
        """Let go of the file."""
        self.engine.dispose()


def _check_file(file: Path) -> None:
    with contextlib.closing(sqlite3.connect(file)) as connection:
        (mode,) = connection.execute("PRAGMA journal_mode").fetchone()
    check_journal(mode, sqlite3.sqlite_version_info)


def _configure(connection: Any, _: object) -> None:
    connection.isolation_level = None
    # Without cache_spill=OFF a large transaction takes the file to itself before its commit, against _Turns.
    for pragma in ("journal_mode=DELETE", "synchronous=FULL", "foreign_keys=ON", "cache_spill=OFF", CACHE):
        connection.execute(f"PRAGMA {pragma}")
    (mode,) = connection.execute("PRAGMA journal_mode").fetchone()
    if mode == "wal":
        raise UnsafeJournalError(f"The database stays in journal mode {mode}: another program has it open.")


def _begin(connection: Connection) -> None:
    # A deferred BEGIN that later wants to write fails at once and ignores the timeout (reliability Q14).
    writing = connection.get_execution_options().get("psmf_write", False)
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writing else "BEGIN")
