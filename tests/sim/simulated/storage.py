"""A service's database without its writer thread. `write` commits at once, with the same savepoints and refusals."""

import contextlib
import functools
import importlib
import sqlite3
import tempfile
from collections import defaultdict
from collections.abc import Callable, Iterator
from concurrent.futures import Future
from pathlib import Path
from typing import Any, TypeVar, cast

from sqlalchemy import Connection, StaticPool, create_engine, event

from services.platform.events.inbox_tables import DEAD_LETTERS
from services.platform.events.outbox import PUBLISHED
from services.platform.storage.counts import keep_counts
from services.platform.storage.database import Commits, Database
from services.platform.storage.health import StorageHealth
from services.platform.storage.migrations import bring_up_to_date
from services.platform.storage.sqlite.storage import IN_MEMORY, SqliteStorage, _begin, _configure

T = TypeVar("T")
At = Callable[[str], None]
"""Called at each moment when something may go wrong: `before_commit`, `after_commit`, `between`."""

_APPLIED = (
    "CREATE TABLE sim_applied (n INTEGER PRIMARY KEY AUTOINCREMENT, source TEXT NOT NULL, event_id TEXT NOT NULL, "
    "key TEXT NOT NULL, sequence INTEGER NOT NULL)"
)
"""Events a service has applied, in order of commit. The simulator writes a row in the effect's transaction."""


class MemoryStorage(SqliteStorage):
    """SQLite in memory, on a single connection. Python's own library: it can load an image, and there is no file."""

    faults = (sqlite3.OperationalError,)
    journal = IN_MEMORY

    def __init__(self) -> None:
        self.engine = create_engine("sqlite://", poolclass=StaticPool)
        event.listen(self.engine, "connect", _configure)
        event.listen(self.engine, "begin", _begin)
        self.at: At = lambda _: None
        self._reader = self.engine.connect()
        driver = self._reader.connection.driver_connection
        assert isinstance(driver, sqlite3.Connection)
        self.driver = driver

    @contextlib.contextmanager
    def reading(self) -> Iterator[Connection]:
        """Open a snapshot. Nothing else runs meanwhile."""
        with self._reader.begin():
            yield self._reader

    @contextlib.contextmanager
    def committing(self, connection: Connection) -> Iterator[None]:
        """Commit, with possible faults before and after."""
        self.at("before_commit")
        yield
        self.at("after_commit")


class _Patience:
    """A watchdog that does nothing, because nothing takes time here."""

    def begin(self) -> None:
        """Note the start of work."""

    def end(self) -> None:
        """Note the end of work."""


class InlineDatabase(Database):
    """A database that commits in the caller's thread. Other copies may run before `write` returns."""

    def __init__(self) -> None:
        self.commits, self.published = Commits(), Commits()
        self.health = StorageHealth()
        self._watchdog = cast(Any, _Patience())
        self._storage: MemoryStorage = MemoryStorage()
        self.engine = self._storage.engine
        self._connection = self.writing = self.engine.connect().execution_options(psmf_write=True)
        self._at: At = lambda _: None

    @property
    def is_shared(self) -> bool:
        """Return True: copies of a service share it, as they share PostgreSQL."""
        return True

    def write(self, work: Callable[[Connection], T]) -> T:
        """Run `work` in its own transaction."""
        future: Future[T] = Future()
        self._commit_group([(work, future)])
        self._at("between")
        return future.result()

    def rows(self, sql: str, *parameters: object) -> list[tuple[Any, ...]]:
        """Return rows for the checks, without faults."""
        return self._storage.driver.execute(sql, parameters).fetchall()

    def empty(self, image: bytes, at: At) -> None:
        """Empty the database. Keeping the engine saves most of the time that a new database takes."""
        self._storage.driver.deserialize(image)
        self._at = self._storage.at = at


_FREE: dict[str, list[InlineDatabase]] = defaultdict(list)


def take(service: str, at: At) -> InlineDatabase:
    """Return an empty database."""
    if not _FREE[service]:
        _FREE[service].append(InlineDatabase())
    database = _FREE[service].pop()
    database.empty(empty_image(service), at)
    return database


def give_back(service: str, database: InlineDatabase) -> None:
    """Give a database back for reuse."""
    _FREE[service].append(database)


@functools.cache
def empty_image(service: str) -> bytes:
    """Return the image of a service's database after its migrations."""
    here = Path(str(importlib.import_module(f"services.{service}").__file__)).parent
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "empty.db"
        storage = SqliteStorage(f"sqlite:///{file}")
        bring_up_to_date(storage.engine, here / "migrations")
        counts = importlib.import_module(f"services.{service}.compose").COUNTS
        keep_counts(storage.engine, (PUBLISHED, DEAD_LETTERS, *counts))
        storage.close()
        with contextlib.closing(sqlite3.connect(file)) as connection:
            connection.execute(_APPLIED)
            return connection.serialize()
