"""A database in one SQLite file: `synchronous=EXTRA`, foreign keys, one writer (docs/decisions/0005 and 0096)."""

import contextlib
import math
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, create_engine, event

from services.platform.storage.sqlite.library import JOURNAL, check_journal, library
from services.platform.storage.sqlite.log import SIZE_LIMIT, WriteAheadLog
from services.platform.storage.sqlite.turns import Turns
from services.platform.storage.unusable import UnusableDatabaseError

WRITER_CACHE, READER_CACHE = "cache_size=-65536", "cache_size=-4096"
"""64 MiB of pages for the writer: keys are random, so with SQLite's own 2 MiB each batch would read its index pages
again. 4 MiB for each of up to 15 readers: with more, memory would grow for days with the file (F4)."""
LOCK_SECONDS = 10.0
"""For locks of other programs, such as a backup. Inside the process `Turns` keeps order."""
READ_SECONDS = 30.0
"""A reading that takes longer is ended, as a statement is on PostgreSQL. The log cannot begin again meanwhile."""
STEPS = 100_000
"""Steps of SQLite between two looks at the clock: about a millisecond."""
IN_MEMORY = "memory"
_PRIMARY = 0xFF
"""The bits of SQLite's codes of errors that say the kind of error."""
_UNTIL = "psmf_until"


class SqliteStorage:
    """One file with one writing process."""

    faults: tuple[type[Exception], ...] = (library.OperationalError,)
    journal = JOURNAL

    def __init__(self, url: str) -> None:
        file = Path(url.removeprefix("sqlite:///"))
        file.parent.mkdir(parents=True, exist_ok=True)
        _check_file(file)
        self._file = file.resolve()
        self._turns = Turns()
        self._log = WriteAheadLog(self._file, self._turns)
        self.engine = create_engine(url, module=library, creator=self._connect)
        event.listen(self.engine, "connect", _configure)
        event.listen(self.engine, "begin", _begin)

    @contextmanager
    def reading(self) -> Iterator[Connection]:
        """Open a connection on one consistent snapshot, for 30 seconds at most."""
        with self._turns.reading(), self.engine.connect() as connection, connection.begin():
            info = connection.info
            info[_UNTIL] = time.monotonic() + READ_SECONDS
            try:
                yield connection
            finally:
                info.pop(_UNTIL)

    @contextmanager
    def committing(self, connection: Connection) -> Iterator[None]:
        """Commit beside the readers, to a log that is still there. With a rollback journal, give it the file alone."""
        if self.journal == "wal":
            self._log.check_there(connection)
            yield
        else:
            with self._turns.alone():
                yield

    def tidy(self, connection: Connection) -> None:
        """Keep the log short. It may raise what SQLite raises, for example on a full disk."""
        if self.journal == "wal":
            self._log.tidy(connection)

    def log_bytes(self) -> int:
        """Return the size of the write-ahead log."""
        return self._log.bytes()

    def ends_transaction(self, problem: Exception) -> bool:
        """Return whether the database cannot go on (full, locked, unreadable). A wrong statement ends only itself."""
        code = getattr(problem, "sqlite_errorcode", library.SQLITE_ERROR)
        return isinstance(problem, self.faults) and code != library.SQLITE_ERROR

    def is_full(self, problem: Exception) -> bool:
        """Return whether there is no space left."""
        return "full" in str(problem)

    def is_damage(self, problem: Exception) -> bool:
        """Return whether SQLite found a page that makes no sense, or no database at all."""
        return getattr(problem, "sqlite_errorcode", 0) & _PRIMARY in (library.SQLITE_CORRUPT, library.SQLITE_NOTADB)

    def check(self) -> None:
        """Read every table with its indexes, one after another, so that no reading lasts longer than one table.

        Raises:
            UnusableDatabaseError: a part is damaged.
        """
        with contextlib.closing(library.connect(f"{self._file.as_uri()}?mode=ro", uri=True)) as connection:
            try:
                tables = [name for (name,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
                for table in tables:
                    with self._turns.reading():
                        (found,) = connection.execute(f"PRAGMA quick_check('{table}')").fetchone()
                    if found != "ok":
                        raise _damaged(self._file)
            except library.DatabaseError as problem:
                if self.is_damage(problem):
                    raise _damaged(self._file) from None
                raise

    def recover(self, connection: Connection) -> None:
        """End the transaction, which a failed commit leaves open. The connection could otherwise never write again.

        Raises:
            library.OperationalError: the connection is of no more use, because its log was deleted.
        """
        connection.rollback()
        if self.journal == "wal":
            if self._log.save(connection):
                raise library.OperationalError("the log of the database was deleted")
            # On a full disk the log can then begin again, in the place that it has.
            with contextlib.suppress(library.Error):
                self._log.empty(connection)

    def close(self) -> None:
        """Close the file, and leave a database that is one file in the mode of every release and program.

        Somebody who copies it then copies all of it, and the release before can open it. While another program has the
        file open, it stays as it is, which is as safe.
        """
        self.engine.dispose()
        if self.journal == "wal":
            with contextlib.suppress(library.Error), contextlib.closing(self._connect(0)) as connection:
                connection.execute("PRAGMA synchronous=EXTRA")
                connection.execute("PRAGMA journal_mode=DELETE")

    def _connect(self, seconds: float = LOCK_SECONDS) -> Any:
        """Open the file that was there at the start. Without `mode=rw` SQLite would make an empty one in its place."""
        self._log.check_place()
        return library.connect(f"{self._file.as_uri()}?mode=rw", uri=True, timeout=seconds, check_same_thread=False)


def _check_file(file: Path) -> None:
    """Make the file, or check the one that is there, and have it in the journal mode of this library."""
    try:
        with contextlib.closing(library.connect(file, timeout=LOCK_SECONDS)) as connection:
            check_journal(connection.execute("PRAGMA journal_mode").fetchone()[0])
            (found,) = connection.execute("PRAGMA quick_check").fetchone()
            if found == "ok":
                _set_journal(connection)
    except library.OperationalError as problem:
        raise UnusableDatabaseError(
            f"{file} cannot be opened: {problem}. Check the path, its rights and the disk."
        ) from None
    except library.DatabaseError:
        raise _damaged(file) from None
    if found != "ok":
        raise _damaged(file)


def _set_journal(connection: Any) -> None:
    # EXTRA also syncs the folder once a rollback journal is deleted. With FULL a power cut can bring the journal back,
    # and it then undoes a commit that was acknowledged. With a write-ahead log EXTRA is FULL: each commit is synced.
    connection.execute("PRAGMA synchronous=EXTRA")
    (mode,) = connection.execute(f"PRAGMA journal_mode={JOURNAL}").fetchone()
    if mode not in (JOURNAL, IN_MEMORY):
        why = "another program has it open, or it is on a network drive"
        raise UnusableDatabaseError(f"The database stays in journal mode {mode}: {why}.")


def _damaged(file: Path) -> UnusableDatabaseError:
    way_on = "Keep a copy, then restore all four databases from the last backup: docs/operations.md, Restore."
    return UnusableDatabaseError(f"{file} is damaged, or it is no SQLite database. {way_on}")


def _configure(connection: Any, record: Any) -> None:
    connection.isolation_level = None  # the driver would begin transactions by itself; _begin does it here
    _set_journal(connection)
    # Without cache_spill=OFF a large transaction would take the file alone before its commit, which Turns cannot know.
    # The writer itself makes checkpoints once it has answered. secure_delete overwrites what is deleted.
    for pragma in ("foreign_keys=ON", "cache_spill=OFF", "wal_autocheckpoint=0", "secure_delete=ON", READER_CACHE):
        connection.execute(f"PRAGMA {pragma}")
    connection.execute(f"PRAGMA {SIZE_LIMIT}")
    info = record.info
    connection.set_progress_handler(lambda: time.monotonic() > info.get(_UNTIL, math.inf), STEPS)


def _begin(connection: Connection) -> None:
    # A deferred BEGIN that later wants to write fails at once and ignores the timeout (reliability Q14).
    # It goes to the driver itself, because every call begins a transaction and SQLAlchemy's bookkeeping costs more.
    writing = connection.get_execution_options().get("psmf_write", False)
    driver: Any = connection.connection.driver_connection
    if writing and not connection.info.get("psmf_writer"):
        connection.info["psmf_writer"] = True
        driver.execute(f"PRAGMA {WRITER_CACHE}")
    driver.execute("BEGIN IMMEDIATE" if writing else "BEGIN")
