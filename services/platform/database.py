"""One database for each service: a single writer with group commit, and readers beside it.

SQLite takes one writer at a time anyway. Handing every write to one thread groups the commits of concurrent callers
(one fsync for many), never meets "database is locked", and acknowledges only what is on disk.
"""

import queue
import sqlite3
import threading
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Future
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any, TypeVar

from sqlalchemy import Connection, Engine, Table, create_engine, event
from sqlalchemy.exc import OperationalError

from services.platform import telemetry
from services.refusals import Kind, Refusal

T = TypeVar("T")

GROUP_LIMIT = 500
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


class Database:
    """A service's own SQLite database: rollback journal, `synchronous=FULL`, foreign keys on (docs/decisions/0005)."""

    def __init__(self, file: Path) -> None:
        file.parent.mkdir(parents=True, exist_ok=True)
        self.engine = _engine(file)
        self.commits = Commits()
        self._turns = _Turns()
        self._queue: queue.SimpleQueue[tuple[Callable[[Connection], Any], Future[Any]] | None] = queue.SimpleQueue()
        self._writer = threading.Thread(target=self._write_forever, name="writer", daemon=True)
        self._writer.start()

    def write(self, work: Callable[[Connection], T]) -> T:
        """Run `work` in a transaction and return its result once it is on disk.

        Whatever `work` raises undoes its own changes alone and is raised here. Blocks; never call it from `work`.

        Raises:
            Refusal: EXHAUSTED when the disk is full, UNAVAILABLE when the database cannot be written now.
        """
        future: Future[T] = Future()
        self._queue.put((telemetry.carried(work), future))
        return future.result()

    @contextmanager
    def read(self) -> Iterator[Connection]:
        """A connection on one consistent snapshot, for reading only. Brief: a commit waits for it."""
        with self._turns.reading(), self.engine.connect() as connection, connection.begin():
            yield connection

    def close(self) -> None:
        """Finish what is queued, then let go of the file."""
        self._queue.put(None)
        self._writer.join()
        self.engine.dispose()

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
                outcomes = [_attempt(connection, work) for work, _ in group]
                with self._turns.committing():
                    transaction.commit()
        except Exception as problem:
            # A commit that fails leaves its transaction open: without this the connection could never write again.
            connection.rollback()
            outcomes = [(None, _as_refusal(problem))] * len(group)
        self.commits.announce()
        for (_, future), (result, failure) in zip(group, outcomes, strict=True):
            if failure is None:
                future.set_result(result)
            else:
                future.set_exception(failure)


def _attempt(connection: Connection, work: Callable[[Connection], Any]) -> tuple[Any, BaseException | None]:
    """Run one caller's work behind a savepoint, so that its failure undoes nobody else's."""
    execute(connection, "SAVEPOINT work")
    try:
        result = work(connection)
    except Exception as problem:
        if _is_storage_fault(problem):
            raise
        execute(connection, "ROLLBACK TO work")
        execute(connection, "RELEASE work")
        return None, problem
    execute(connection, "RELEASE work")
    return result, None


def _is_storage_fault(problem: Exception) -> bool:
    """Whether the database itself cannot go on (full, locked, unreadable), as against a statement that is wrong."""
    cause = getattr(problem, "orig", problem)
    code = getattr(cause, "sqlite_errorcode", sqlite3.SQLITE_ERROR)
    return isinstance(cause, sqlite3.OperationalError) and code != sqlite3.SQLITE_ERROR


def _as_refusal(problem: Exception) -> Exception:
    if isinstance(problem, OperationalError | sqlite3.OperationalError):
        if "full" in str(problem):
            return Refusal(Kind.EXHAUSTED, "STORAGE_FULL", "The service has no space left to record this. Try later.")
        return Refusal(Kind.UNAVAILABLE, "DATABASE_UNAVAILABLE", "The service cannot write now. Try again shortly.")
    return problem


def _engine(file: Path) -> Engine:
    engine = create_engine(f"sqlite:///{file}", connect_args={"timeout": 10, "check_same_thread": False})

    @event.listens_for(engine, "connect")
    def _configure(connection: Any, _: object) -> None:
        connection.isolation_level = None
        # Without cache_spill=OFF a large transaction takes the file to itself before its commit, against _Turns.
        for pragma in ("journal_mode=DELETE", "synchronous=FULL", "foreign_keys=ON", "cache_spill=OFF"):
            connection.execute(f"PRAGMA {pragma}")

    @event.listens_for(engine, "begin")
    def _begin(connection: Connection) -> None:
        # A deferred BEGIN that later wants to write fails at once and ignores the timeout (reliability Q14).
        writing = connection.get_execution_options().get("psmf_write", False)
        connection.exec_driver_sql("BEGIN IMMEDIATE" if writing else "BEGIN")

    return engine


def execute(connection: Connection, sql: str, parameters: Sequence[Any] = ()) -> Any:
    """Run one statement by the driver itself, `?` for each parameter; rows come back as tuples.

    SQLAlchemy's bookkeeping costs some 40 µs a statement, most of what a small command takes: the statements that
    every call runs go this way, all others through SQLAlchemy.
    """
    return connection.connection.cursor().execute(sql, parameters)


def execute_many(connection: Connection, sql: str, rows: Sequence[Sequence[Any]]) -> None:
    """Run one statement for each row of parameters, by the driver itself."""
    connection.connection.cursor().executemany(sql, rows)


def insert_sql(table: Table) -> str:
    """The statement that inserts whole rows of `table` given as tuples in column order: the fast path of SQLAlchemy."""
    columns = ", ".join(column.name for column in table.columns)
    return f"INSERT INTO {table.name} ({columns}) VALUES ({', '.join('?' * len(table.columns))})"  # noqa: S608
