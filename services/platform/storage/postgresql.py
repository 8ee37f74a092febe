"""A database in PostgreSQL: one writing transaction at a time, also among several copies of a service.

SQLite has that by its file lock; here an advisory lock, taken when a writing transaction begins, gives the same. So
the order of outbox positions is the order of commits, and what a transaction reads stays so until it commits
(docs/decisions/0012).
"""

import contextlib
import threading
import uuid
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import psycopg
from sqlalchemy import Connection, create_engine, event

WRITER_LOCK = 7_316
"""Any number, the same in every copy of a service; advisory locks belong to one database."""
CHANNEL = "psmf_commit"
SESSION = "-c statement_timeout=30000 -c lock_timeout=20000 -c idle_in_transaction_session_timeout=30000"
"""Milliseconds. A statement, a wait or a silence that long is a fault, and must not stop the other copies."""
RECONNECT_SECONDS = 0.5
LISTEN_SECONDS = 1.0


class WrongDatabaseError(Exception):
    """The database cannot be used as it is. The message says why, and what to do."""


class PostgresStorage:
    """One database, any number of copies of its service."""

    faults = (psycopg.OperationalError, psycopg.InterfaceError)

    def __init__(self, url: str, announce: Callable[[], None]) -> None:
        self.engine = create_engine(
            url, pool_size=10, max_overflow=30, pool_pre_ping=True, connect_args={"options": SESSION}
        )
        event.listen(self.engine, "begin", _begin)
        self._readers = self.engine.execution_options(isolation_level="REPEATABLE READ", postgresql_readonly=True)
        self._listener = _Listener(url, announce)

    @contextmanager
    def reading(self) -> Iterator[Connection]:
        """A connection on one consistent snapshot."""
        with self._readers.connect() as connection, connection.begin():
            yield connection

    @contextmanager
    def committing(self, connection: Connection) -> Iterator[None]:
        """Tell the other copies, in the transaction itself."""
        self._notify(connection)
        yield

    def _notify(self, connection: Connection) -> None:
        connection.exec_driver_sql(f"NOTIFY {CHANNEL}, '{self._listener.name}'")

    def ends_transaction(self, problem: Exception) -> bool:
        """Whether the connection or the server is gone, as against a statement that is wrong or took too long."""
        if not isinstance(problem, self.faults):
            return False
        state = getattr(problem, "sqlstate", None) or "08000"
        return state[:2] in ("08", "53", "57", "58") and state != psycopg.errors.QueryCanceled.sqlstate

    def is_full(self, problem: Exception) -> bool:
        """Whether there is no space left."""
        return getattr(problem, "sqlstate", "") == psycopg.errors.DiskFull.sqlstate

    def recover(self, connection: Connection) -> None:
        """Whatever is left of the connection is thrown away; the next transaction opens a new one."""
        with contextlib.suppress(Exception):
            connection.rollback()
        with contextlib.suppress(Exception):
            connection.invalidate()

    def close(self) -> None:
        """Let go of every connection."""
        self._listener.stop(self._wake_listener)
        self.engine.dispose()

    def _wake_listener(self) -> None:
        with contextlib.suppress(Exception), self.engine.begin() as connection:
            self._notify(connection)


def _begin(connection: Connection) -> None:
    if connection.get_execution_options().get("psmf_write", False):
        connection.exec_driver_sql(f"SELECT pg_advisory_xact_lock({WRITER_LOCK})")


def check(connection: Connection) -> None:
    """Raises WrongDatabaseError unless text sorts by code point, as in SQLite: pages of a list depend on it."""
    query = "SELECT datcollate FROM pg_database WHERE datname = current_database()"
    collation = str(connection.exec_driver_sql(query).scalar_one())
    if collation not in ("C", "POSIX", "C.UTF-8", "C.utf8"):
        raise WrongDatabaseError(f"The database sorts text by {collation}. Create it with LC_COLLATE 'C'.")


class _Listener:
    """Hears of the commits of other copies, so that nobody here has to look again and again."""

    def __init__(self, url: str, announce: Callable[[], None]) -> None:
        self._address = url.replace("postgresql+psycopg://", "postgresql://", 1)
        self._announce = announce
        self.name = uuid.uuid4().hex
        """What this copy signs its own commits with, to tell them from others'."""
        self._stopping = threading.Event()
        self._thread = threading.Thread(target=self._listen_forever, name="listener", daemon=True)
        self._thread.start()

    def stop(self, wake: Callable[[], None]) -> None:
        """Stop listening. `wake` sends something to hear, so that nobody waits; without a server it takes a second."""
        self._stopping.set()
        wake()
        self._thread.join()

    def _listen_forever(self) -> None:
        while not self._stopping.is_set():
            # The server is away: whoever waits for a commit looks by itself every second or two.
            with contextlib.suppress(psycopg.Error), self._connected() as connection:
                connection.execute(f"LISTEN {CHANNEL}")
                self._announce()
                self._hear(connection)
            self._stopping.wait(RECONNECT_SECONDS)

    def _connected(self) -> "psycopg.Connection[Any]":
        return psycopg.connect(self._address, autocommit=True, connect_timeout=5)

    def _hear(self, connection: "psycopg.Connection[Any]") -> None:
        while not self._stopping.is_set():
            for heard in connection.notifies(timeout=LISTEN_SECONDS, stop_after=1):
                if heard.payload != self.name:
                    self._announce()
