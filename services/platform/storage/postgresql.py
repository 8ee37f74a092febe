"""A database in PostgreSQL, with one writing transaction at a time, even among several copies of a service.

SQLite ensures this with its file lock. Here an advisory lock does, taken when a writing transaction begins. So outbox
positions are in the order of commits, and what a transaction has read stays true until it commits
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

from services.platform.storage.unusable import UnusableDatabaseError
from services.platform.threads import vital_thread

WRITER_LOCK = 7_316
"""An arbitrary number, the same in every copy of a service. Advisory locks belong to one database."""
CHANNEL = "psmf_commit"
"""The channel on which copies tell each other of commits."""
SESSION = "-c statement_timeout=30000 -c lock_timeout=20000 -c idle_in_transaction_session_timeout=30000"
"""Milliseconds. A statement, a wait or a silence that long is a fault. Ending it lets the other copies go on."""
RECONNECT_SECONDS = 0.5
LISTEN_SECONDS = 1.0
"""Longest time until the listener sees that it is to stop, when no notification can wake it."""


class PostgresStorage:
    """One database for any number of copies of a service."""

    faults = (psycopg.OperationalError, psycopg.InterfaceError)
    journal = ""

    def __init__(self, url: str, announce: Callable[[], None]) -> None:
        # 40 connections: more than the 32 threads of the server and the few workers can use at once, so none waits.
        # pre_ping: after the server restarted, a dead connection is replaced instead of failing somebody's call.
        self.engine = create_engine(
            url, pool_size=10, max_overflow=30, pool_pre_ping=True, connect_args={"options": SESSION}
        )
        event.listen(self.engine, "begin", _begin)
        self._readers = self.engine.execution_options(isolation_level="REPEATABLE READ", postgresql_readonly=True)
        self._listener = _Listener(url, announce)

    @contextmanager
    def reading(self) -> Iterator[Connection]:
        """Open a connection on one consistent snapshot."""
        with self._readers.connect() as connection, connection.begin():
            yield connection

    @contextmanager
    def committing(self, connection: Connection) -> Iterator[None]:
        """Tell the other copies, in the transaction itself: they are told of a commit only if there is one."""
        self._notify(connection)
        yield

    def tidy(self, connection: Connection) -> None:
        """Do nothing: the server keeps its own journal."""

    def log_bytes(self) -> int:
        """Return 0: the log is the server's."""
        return 0

    def _notify(self, connection: Connection) -> None:
        connection.exec_driver_sql(f"NOTIFY {CHANNEL}, '{self._listener.name}'")

    def ends_transaction(self, problem: Exception) -> bool:
        """Return whether the connection or the server is gone. A wrong or slow statement ends only itself."""
        if not isinstance(problem, self.faults):
            return False
        # An error without a state comes from the driver, which lost the connection. The classes are those of lost
        # connections, missing resources, an operator's intervention and system errors.
        state = getattr(problem, "sqlstate", None) or "08000"
        return state[:2] in ("08", "53", "57", "58") and state != psycopg.errors.QueryCanceled.sqlstate

    def is_full(self, problem: Exception) -> bool:
        """Return whether there is no space left."""
        return getattr(problem, "sqlstate", "") == psycopg.errors.DiskFull.sqlstate

    def is_damage(self, problem: Exception) -> bool:
        """Return whether PostgreSQL found a damaged page or index."""
        return getattr(problem, "sqlstate", None) in ("XX001", "XX002")

    def check(self) -> None:
        """Do nothing: PostgreSQL checks each page as it reads it, and `pg_amcheck` all of them."""

    def recover(self, connection: Connection) -> None:
        """Throw away the connection, whatever its state. The next transaction opens a new one."""
        with contextlib.suppress(Exception):
            connection.rollback()
        with contextlib.suppress(Exception):
            connection.invalidate()

    def close(self) -> None:
        """Close every connection."""
        self._listener.stop(self._wake_listener)
        self.engine.dispose()

    def _wake_listener(self) -> None:
        with contextlib.suppress(Exception), self.engine.begin() as connection:
            self._notify(connection)


def _begin(connection: Connection) -> None:
    if connection.get_execution_options().get("psmf_write", False):
        # The lock ends with the transaction, so a copy that is killed never keeps it.
        connection.exec_driver_sql(f"SELECT pg_advisory_xact_lock({WRITER_LOCK})")


def check(connection: Connection) -> None:
    """Check that text sorts by code point, as in SQLite. Pages of a list would otherwise skip or repeat rows.

    Raises:
        UnusableDatabaseError: it sorts in another way.
    """
    query = "SELECT datcollate FROM pg_database WHERE datname = current_database()"
    collation = str(connection.exec_driver_sql(query).scalar_one())
    if collation not in ("C", "POSIX", "C.UTF-8", "C.utf8"):
        raise UnusableDatabaseError(f"The database sorts text by {collation}. Create it with LC_COLLATE 'C'.")


class _Listener:
    """A thread that learns of the commits of other copies, so that nobody here polls."""

    def __init__(self, url: str, announce: Callable[[], None]) -> None:
        self._address = url.replace("postgresql+psycopg://", "postgresql://", 1)
        self._announce = announce
        self.name = uuid.uuid4().hex
        """The mark of this copy's own commits, which it announces itself and need not be told of."""
        self._stopping = threading.Event()
        self._thread = vital_thread("listener", self._listen_forever)
        self._thread.start()

    def stop(self, wake: Callable[[], None]) -> None:
        """Stop listening. `wake` sends a notification that ends the wait; without a server it takes a second."""
        self._stopping.set()
        wake()
        self._thread.join()

    def _listen_forever(self) -> None:
        while not self._stopping.is_set():
            # An error means that the server is away. Threads that wait for a commit also look every second or two.
            with contextlib.suppress(psycopg.Error), self._connected() as connection:
                connection.execute(f"LISTEN {CHANNEL}")
                self._announce()  # a commit may have been missed while nothing listened
                self._receive(connection)
            self._stopping.wait(RECONNECT_SECONDS)

    def _connected(self) -> "psycopg.Connection[Any]":
        return psycopg.connect(self._address, autocommit=True, connect_timeout=5)

    def _receive(self, connection: "psycopg.Connection[Any]") -> None:
        while not self._stopping.is_set():
            for commit in connection.notifies(timeout=LISTEN_SECONDS, stop_after=1):
                if commit.payload != self.name:
                    self._announce()
