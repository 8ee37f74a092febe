"""One database for each service, with one writer, group commit, and readers beside it.

SQLite allows one writing transaction at a time, and one at a time makes read-then-write safe in every database. One
thread therefore does all writing. It groups the commits of concurrent callers, so that many share one fsync. It never
meets "database is locked", and it acknowledges only what is on disk.
"""

import contextlib
import functools
import queue
import threading
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Future
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from typing import Any, TypeVar

from sqlalchemy import Connection, Index, Table, event, text

from services.platform.failpoints import reach
from services.platform.storage.health import StorageHealth
from services.platform.storage.kinds import Storage
from services.platform.storage.sqlite.storage import SqliteStorage
from services.platform.storage.unusable import UnusableDatabaseError
from services.platform.storage.watchdog import Watchdog
from services.platform.telemetry import metrics, traces
from services.platform.telemetry.logs import log
from services.platform.threads import vital_thread
from services.platform.wanted import require_wanted
from services.refusals import Kind, Refusal

T = TypeVar("T")

GROUP_LIMIT = 500
"""Callers in one commit. Far more than the calls that run at once, yet it bounds what one failed commit refuses."""
WORK_SECONDS = 60.0
"""Time for the work of one caller, or for a commit. Work that takes longer hangs and blocks all others, so the process
ends. A statement in PostgreSQL is cut after half of this time, which fails only its own caller."""
ANNOUNCEMENTS = 3
"""Tries to wake those who wait for a commit. After that they look by themselves, within seconds."""
EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


def to_micros(instant: datetime) -> int:
    """Return an aware instant as whole microseconds since 1970, which sort and mean the same in every database."""
    return (instant - EPOCH) // timedelta(microseconds=1)


def from_micros(micros: int) -> datetime:
    """Return the instant, aware, in UTC."""
    return EPOCH + timedelta(microseconds=micros)


def seconds_since(micros: int | None, now: datetime) -> int:
    """Return the whole seconds from an instant to now; 0 if there is no instant or it is in the future."""
    return 0 if micros is None else max(0, (to_micros(now) - micros) // 1_000_000)


PUBLISHES = "psmf_publishes"
"""The mark on the writer's connection that its transaction adds events."""


class Commits:
    """A count of commits that threads can wait on, so that nobody polls.

    A waiter reads `count`, looks at the database and then waits for more than that count. A commit between the look and
    the wait is therefore never missed.
    """

    def __init__(self) -> None:
        self._changed = threading.Condition()
        self._count = 0
        self.ended = False

    @property
    def count(self) -> int:
        """Return the number of commits so far."""
        return self._count

    def announce(self) -> None:
        """Wake every waiter."""
        with self._changed:
            self._count += 1
            self._changed.notify_all()

    def end(self) -> None:
        """Wake every waiter for the last time. Streams that wait for commits then end."""
        self.ended = True
        self.announce()

    def wait_beyond(self, count: int, seconds: float) -> int:
        """Block until there are more commits than `count` or the time is up. Return the current number."""
        with self._changed:
            self._changed.wait_for(lambda: self._count > count, timeout=seconds)
            return self._count


def _close(connection: Any, _: Any) -> None:
    if connection is not None:
        connection.close()


class Database:
    """A service's own database at an address: `sqlite:///FILE` or `postgresql+psycopg://…`."""

    def __init__(self, url: str, work_seconds: float = WORK_SECONDS) -> None:
        self.commits = Commits()
        self.published = Commits()
        """The commits with events, for those who read nothing else."""
        self._storage = _storage(url, self._others_committed)
        self.engine = self._storage.engine
        self.health = StorageHealth()
        self._queue: queue.SimpleQueue[tuple[Callable[[Connection], Any], Future[Any]] | None] = queue.SimpleQueue()
        self._watchdog = Watchdog("writer", work_seconds)
        self._connection: Connection | None = None
        """The writer's own connection; None before the first transaction and after one that left it unusable."""
        self._writer = vital_thread("writer", self._write_forever)
        self._writer.start()

    @property
    def journal(self) -> str:
        """Return how SQLite keeps a commit, `wal` or `delete`; empty for a server."""
        return self._storage.journal

    @property
    def log_bytes(self) -> int:
        """Return the size of the write-ahead log beside a SQLite file; 0 for a server."""
        return self._storage.log_bytes()

    @property
    def is_shared(self) -> bool:
        """Return whether other copies of the service may write to it."""
        return self.engine.dialect.name != "sqlite"

    def write(self, work: Callable[[Connection], T]) -> T:
        """Run `work` in a transaction and return its result once it is on disk.

        An exception from `work` undoes the changes of this `work` only, and is raised here. This call blocks. Calling
        it from inside `work` would wait for ever, because there is one writer.

        Raises:
            Refusal: EXHAUSTED if the disk is full, UNAVAILABLE if the database cannot be written now, or if the caller
                for whom it would be written has left.
        """
        require_wanted()
        future: Future[T] = Future()
        self._queue.put((traces.carried(work), future))
        return future.result()

    @contextmanager
    def read(self) -> Iterator[Connection]:
        """Open a connection on one consistent snapshot, for reading only.

        Keep it brief: in SQLite the log grows meanwhile, or a commit waits for it. Writing inside it could wait for
        ever.
        """
        require_wanted()
        with self._storage.reading() as connection:
            try:
                yield connection
            except Exception as problem:
                self._note_damage(problem)
                raise

    def look_for_damage(self) -> None:
        """Read the whole database, table by table, and note damage."""
        try:
            self._storage.check()
        except UnusableDatabaseError:
            self.health.damaged()

    def _note_damage(self, problem: Exception) -> None:
        if self._storage.is_damage(getattr(problem, "orig", problem)):
            self.health.damaged()

    def close(self) -> None:
        """Finish the queued work, then close every connection; one that is still in use closes when it is returned."""
        self._queue.put(None)
        self._writer.join()
        self._watchdog.stop()
        # Disposing of a pool leaves connections that are in use alone, and they would return to a pool nobody closes.
        event.listen(self.engine.pool, "checkin", _close)
        self._storage.close()

    def _write_forever(self) -> None:
        more = True
        while more:
            group, more = self._next_group()
            if group:
                self._commit_group(group)
                self._tidy()
        self._drop_connection()

    def _tidy(self) -> None:
        """Keep the log short, after the answers: no caller waits for it. The next commit tries again after a fault."""
        if self._connection is None:
            return
        self._watchdog.begin()
        try:
            self._storage.tidy(self._connection)
        except Exception as problem:
            _note_fault(problem)
        finally:
            self._watchdog.end()

    def _drop_connection(self) -> None:
        """Close the writer's connection. The next transaction opens a new one."""
        connection, self._connection = self._connection, None
        if connection is not None:
            with contextlib.suppress(Exception):
                connection.close()

    def _next_group(self) -> tuple[list[tuple[Callable[[Connection], Any], Future[Any]]], bool]:
        """Take all the work that waits, at least one item. Return it, and False once the database is to be closed.

        It never waits for the group to grow. While one group commits, the next one gathers, so groups get larger
        exactly when there is load.
        """
        group = []
        item = self._queue.get()
        while item is not None:
            group.append(item)
            if len(group) == GROUP_LIMIT:
                return group, True
            try:
                item = self._queue.get_nowait()
            except queue.Empty:
                return group, True
        return group, False

    def _commit_group(self, group: list[tuple[Callable[[Connection], Any], Future[Any]]]) -> None:
        try:
            outcomes = self._in_one_transaction([work for work, _ in group])
        except Exception as problem:
            # Nothing of the group is on disk, so every caller is refused, also those whose own work succeeded.
            self._recover()
            refusal = self._as_refusal(problem)
            self._note_damage(problem)
            self.health.refused(refusal.reason.lower() if isinstance(refusal, Refusal) else type(refusal).__name__)
            outcomes = [(None, refusal)] * len(group)
        else:
            self.health.committed()
        self._watchdog.end()
        # Only after the commit: an answer that a power cut could take back would be a lie.
        for (_, future), (result, failure) in zip(group, outcomes, strict=True):
            if failure is None:
                future.set_result(result)
            else:
                future.set_exception(failure)
        self._announce()

    def _in_one_transaction(
        self, works: Sequence[Callable[[Connection], Any]]
    ) -> list[tuple[Any, BaseException | None]]:
        if self._connection is None:
            self._connection = self.engine.connect().execution_options(psmf_write=True)
        with self._connection.begin() as transaction:
            outcomes = [self._attempt(self._connection, work) for work in works]
            self._watchdog.begin()  # the commit is timed as work of its own
            reach("after_flush_before_commit")
            with self._storage.committing(self._connection):
                transaction.commit()
        return outcomes

    def _recover(self) -> None:
        """Make the writer's connection usable again, or drop it."""
        if self._connection is None:
            return
        try:
            self._storage.recover(self._connection)
        except Exception as problem:
            _note_fault(problem)
            self._drop_connection()

    def _announce(self) -> None:
        """Wake those who wait for a commit. A fault here must never end the writer, because all writing would hang."""
        for _ in range(ANNOUNCEMENTS):
            try:
                if self._connection is not None and self._connection.info.pop(PUBLISHES, False):
                    self.published.announce()
                self.commits.announce()
            except Exception as problem:
                _note_fault(problem)
            else:
                return

    def _others_committed(self) -> None:
        """Wake those who wait: another copy of the service has committed something, and perhaps events."""
        self.published.announce()
        self.commits.announce()

    def end_waits(self) -> None:
        """Wake every waiter for the last time. Streams that wait for commits then end."""
        self.published.end()
        self.commits.end()

    def _attempt(self, connection: Connection, work: Callable[[Connection], Any]) -> tuple[Any, BaseException | None]:
        """Run one caller's work behind a savepoint, so that its failure does not undo the work of others."""
        self._watchdog.begin()
        execute(connection, "SAVEPOINT work")
        try:
            result = work(connection)
        except Exception as problem:
            if self._storage.ends_transaction(getattr(problem, "orig", problem)):
                raise  # the savepoint is gone with the transaction, so the whole group fails
            self._note_damage(problem)
            execute(connection, "ROLLBACK TO work")
            execute(connection, "RELEASE work")
            return None, problem
        execute(connection, "RELEASE work")
        return result, None

    def is_away(self, problem: Exception) -> bool:
        """Return whether an error says that the database cannot be reached or written now, whatever was asked of it."""
        if isinstance(problem, Refusal):
            return problem.kind in (Kind.EXHAUSTED, Kind.UNAVAILABLE)
        return self._storage.ends_transaction(getattr(problem, "orig", problem))

    def _as_refusal(self, problem: Exception) -> Exception:
        cause = getattr(problem, "orig", problem)
        if not isinstance(cause, self._storage.faults):
            return problem
        if self._storage.is_full(cause):
            return Refusal(Kind.EXHAUSTED, "STORAGE_FULL", "The service has no space left to record this. Try later.")
        return Refusal(Kind.UNAVAILABLE, "DATABASE_UNAVAILABLE", "The service cannot write now. Try again shortly.")


def _note_fault(problem: Exception) -> None:
    """Count and log a fault of the writer that belongs to no caller."""
    metrics.WRITER_FAULTS.add(1)
    log().error("writer_fault", error=type(problem).__name__)


def _storage(url: str, others_committed: Callable[[], None]) -> Storage:
    if url.startswith("sqlite:///"):
        return SqliteStorage(url)
    from services.platform.storage.postgresql import PostgresStorage  # its driver is loaded only where it is used

    return PostgresStorage(url, others_committed)


def execute(connection: Connection, sql: str, parameters: Sequence[Any] = ()) -> Any:
    """Run one statement with the driver itself. Write `?` for each parameter. Rows are returned as tuples.

    SQLAlchemy's bookkeeping costs about 40 µs a statement, which is most of the time of a small command. So the
    statements that every call runs go this way, and all others through SQLAlchemy. A statement must mean the same in
    SQLite and PostgreSQL.
    """
    return connection.connection.driver_connection.execute(_for_driver(connection, sql), parameters)  # type: ignore[union-attr]


def execute_many(connection: Connection, sql: str, rows: Sequence[Sequence[Any]]) -> None:
    """Run one statement for each row of parameters, with the driver itself."""
    connection.connection.cursor().executemany(_for_driver(connection, sql), rows)


def _for_driver(connection: Connection, sql: str) -> str:
    return sql if connection.dialect.name == "sqlite" else _with_percent_s(sql)


# Unlimited, because statements are written in the code and never made from data: there are a few hundred.
@functools.cache
def _with_percent_s(sql: str) -> str:
    return sql.replace("%", "%%").replace("?", "%s")


def count_rows(connection: Connection, rows: str, parameters: Sequence[Any] = ()) -> int:
    """Return the number of rows of a table. `rows` is its name, and may go on with a WHERE clause."""
    return int(execute(connection, f"SELECT COUNT(*) FROM {rows}", parameters).fetchone()[0])  # noqa: S608


def key_taken(connection: Connection) -> type[Exception]:
    """Return the driver's error for a row whose key already exists."""
    error: type[Exception] = connection.dialect.loaded_dbapi.IntegrityError
    return error


def partial_index(name: str, *columns: str, where: str, unique: bool = False) -> Index:
    """Make an index of the rows for which a condition holds, in either kind of database."""
    return Index(name, *columns, unique=unique, sqlite_where=text(where), postgresql_where=text(where))


def insert_sql(table: Table) -> str:
    """Return the statement that inserts whole rows of `table`, given as tuples in the order of its columns."""
    columns = ", ".join(column.name for column in table.columns)
    return f"INSERT INTO {table.name} ({columns}) VALUES ({', '.join('?' * len(table.columns))})"  # noqa: S608
