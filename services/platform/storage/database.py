"""One database for each service: a single writer with group commit, and readers beside it.

One writing transaction at a time is what SQLite can do, and what makes read-then-write safe everywhere. Handing every
write to one thread groups the commits of concurrent callers (one fsync for many), never meets "database is locked",
and acknowledges only what is on disk.
"""

import functools
import queue
import threading
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Future
from contextlib import AbstractContextManager, contextmanager
from datetime import UTC, datetime, timedelta
from typing import Any, Protocol, TypeVar

from sqlalchemy import Connection, Engine, Index, Table, event, text

from services.platform.failpoints import reach
from services.platform.storage.sqlite import SqliteStorage
from services.platform.storage.watchdog import Watchdog
from services.platform.telemetry import traces
from services.refusals import Kind, Refusal

T = TypeVar("T")

GROUP_LIMIT = 500
WORK_SECONDS = 60.0
"""Work of one caller, or a commit, that takes longer hangs, and everyone behind it waits: the process ends."""
EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


def to_micros(instant: datetime) -> int:
    """An aware instant as whole microseconds since 1970: sorts, and means the same in every database."""
    return (instant - EPOCH) // timedelta(microseconds=1)


def from_micros(micros: int) -> datetime:
    """The instant, aware, in UTC."""
    return EPOCH + timedelta(microseconds=micros)


def seconds_since(micros: int | None, now: datetime) -> int:
    """Whole seconds from an instant to now; 0 when there is no instant, or it lies ahead."""
    return 0 if micros is None else max(0, (to_micros(now) - micros) // 1_000_000)


class Commits:
    """Wakes those who wait for something to be committed, so that nobody polls."""

    def __init__(self) -> None:
        self._changed = threading.Condition()
        self._count = 0
        self.ended = False

    @property
    def count(self) -> int:
        """Commits so far."""
        return self._count

    def announce(self) -> None:
        """Wake everyone."""
        with self._changed:
            self._count += 1
            self._changed.notify_all()

    def end(self) -> None:
        """Wake everyone for the last time: streams that wait for commits end at their next turn."""
        self.ended = True
        self.announce()

    def wait_beyond(self, count: int, seconds: float) -> int:
        """Block until there are more commits than `count`, or the time is up; the number now."""
        with self._changed:
            self._changed.wait_for(lambda: self._count > count, timeout=seconds)
            return self._count


class Storage(Protocol):
    """What `Database` needs of a kind of database."""

    engine: Engine

    @property
    def faults(self) -> tuple[type[Exception], ...]:
        """The driver's errors that are not a statement's."""
        ...

    def reading(self) -> AbstractContextManager[Connection]:
        """A connection on one consistent snapshot."""
        ...

    def committing(self, connection: Connection) -> AbstractContextManager[None]:
        """Around the commit of a writing transaction."""
        ...

    def ends_transaction(self, problem: Exception) -> bool:
        """Whether a driver's error ends the whole transaction, and not only what one caller did in it."""
        ...

    def is_full(self, problem: Exception) -> bool:
        """Whether a driver's error says that there is no space left."""
        ...

    def recover(self, connection: Connection) -> None:
        """Make the writing connection fit to begin anew after a transaction that failed."""
        ...

    def close(self) -> None:
        """Let go of the database."""
        ...


def _close(connection: Any, _: Any) -> None:
    if connection is not None:
        connection.close()


class Database:
    """A service's own database, named by its address: `sqlite:///FILE`, or `postgresql+psycopg://…`."""

    def __init__(self, url: str, work_seconds: float = WORK_SECONDS) -> None:
        self.commits = Commits()
        self._storage = _storage(url, self.commits)
        self.engine = self._storage.engine
        self._queue: queue.SimpleQueue[tuple[Callable[[Connection], Any], Future[Any]] | None] = queue.SimpleQueue()
        self._watchdog = Watchdog("writer", work_seconds)
        self._writer = threading.Thread(target=self._write_forever, name="writer", daemon=True)
        self._writer.start()

    @property
    def is_shared(self) -> bool:
        """Whether other copies of the service may write to it."""
        return self.engine.dialect.name != "sqlite"

    def write(self, work: Callable[[Connection], T]) -> T:
        """Run `work` in a transaction and return its result once it is on disk.

        Whatever `work` raises undoes its own changes alone and is raised here. Blocks; never call it from `work`.

        Raises:
            Refusal: EXHAUSTED when the disk is full, UNAVAILABLE when the database cannot be written now.
        """
        future: Future[T] = Future()
        self._queue.put((traces.carried(work), future))
        return future.result()

    @contextmanager
    def read(self) -> Iterator[Connection]:
        """A connection on one consistent snapshot, for reading only. Brief: a commit waits for it."""
        with self._storage.reading() as connection:
            yield connection

    def close(self) -> None:
        """Finish what is queued, then let go of the database; of a connection in use, when its work is done."""
        self._queue.put(None)
        self._writer.join()
        self._watchdog.stop()
        event.listen(self.engine.pool, "checkin", _close)
        self._storage.close()

    def _write_forever(self) -> None:
        with self.engine.connect().execution_options(psmf_write=True) as connection:
            while True:
                group, more = self._next_group()
                if group:
                    self._commit_group(connection, group)
                if not more:
                    return

    def _next_group(self) -> tuple[list[tuple[Callable[[Connection], Any], Future[Any]]], bool]:
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

    def _commit_group(
        self, connection: Connection, group: list[tuple[Callable[[Connection], Any], Future[Any]]]
    ) -> None:
        try:
            with connection.begin() as transaction:
                outcomes = [self._attempt(connection, work) for work, _ in group]
                self._watchdog.begin()
                reach("after_flush_before_commit")
                with self._storage.committing(connection):
                    transaction.commit()
        except Exception as problem:
            self._storage.recover(connection)
            outcomes = [(None, self._as_refusal(problem))] * len(group)
        self._watchdog.end()
        for (_, future), (result, failure) in zip(group, outcomes, strict=True):
            if failure is None:
                future.set_result(result)
            else:
                future.set_exception(failure)
        self.commits.announce()

    def _attempt(self, connection: Connection, work: Callable[[Connection], Any]) -> tuple[Any, BaseException | None]:
        """Run one caller's work behind a savepoint, so that its failure undoes nobody else's."""
        self._watchdog.begin()
        execute(connection, "SAVEPOINT work")
        try:
            result = work(connection)
        except Exception as problem:
            if self._storage.ends_transaction(getattr(problem, "orig", problem)):
                raise
            execute(connection, "ROLLBACK TO work")
            execute(connection, "RELEASE work")
            return None, problem
        execute(connection, "RELEASE work")
        return result, None

    def _as_refusal(self, problem: Exception) -> Exception:
        cause = getattr(problem, "orig", problem)
        if not isinstance(cause, self._storage.faults):
            return problem
        if self._storage.is_full(cause):
            return Refusal(Kind.EXHAUSTED, "STORAGE_FULL", "The service has no space left to record this. Try later.")
        return Refusal(Kind.UNAVAILABLE, "DATABASE_UNAVAILABLE", "The service cannot write now. Try again shortly.")


def _storage(url: str, commits: Commits) -> Storage:
    if url.startswith("sqlite:///"):
        return SqliteStorage(url)
    from services.platform.storage.postgresql import PostgresStorage  # its driver is loaded only where it is used

    return PostgresStorage(url, commits.announce)


def execute(connection: Connection, sql: str, parameters: Sequence[Any] = ()) -> Any:
    """Run one statement by the driver itself, `?` for each parameter; rows come back as tuples.

    SQLAlchemy's bookkeeping costs some 40 µs a statement, most of what a small command takes: the statements that
    every call runs go this way, all others through SQLAlchemy. They must mean the same in SQLite and PostgreSQL.
    """
    return connection.connection.driver_connection.execute(_for_driver(connection, sql), parameters)  # type: ignore[union-attr]


def execute_many(connection: Connection, sql: str, rows: Sequence[Sequence[Any]]) -> None:
    """Run one statement for each row of parameters, by the driver itself."""
    connection.connection.cursor().executemany(_for_driver(connection, sql), rows)


def _for_driver(connection: Connection, sql: str) -> str:
    return sql if connection.dialect.name == "sqlite" else _with_percent_s(sql)


@functools.cache
def _with_percent_s(sql: str) -> str:
    return sql.replace("%", "%%").replace("?", "%s")


def count_rows(connection: Connection, rows: str, parameters: Sequence[Any] = ()) -> int:
    """How many rows there are in a table, with what may follow its name in a statement."""
    return int(execute(connection, f"SELECT COUNT(*) FROM {rows}", parameters).fetchone()[0])  # noqa: S608


def key_taken(connection: Connection) -> type[Exception]:
    """The driver's error for a row whose key is there already."""
    error: type[Exception] = connection.dialect.loaded_dbapi.IntegrityError
    return error


def partial_index(name: str, *columns: str, where: str, unique: bool = False) -> Index:
    """An index of the rows for which a condition holds, in either kind of database."""
    return Index(name, *columns, unique=unique, sqlite_where=text(where), postgresql_where=text(where))


def insert_sql(table: Table) -> str:
    """The statement that inserts whole rows of `table` given as tuples in column order: the fast path of SQLAlchemy."""
    columns = ", ".join(column.name for column in table.columns)
    return f"INSERT INTO {table.name} ({columns}) VALUES ({', '.join('?' * len(table.columns))})"  # noqa: S608
