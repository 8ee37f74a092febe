"""The differences between SQLite and PostgreSQL that `Database` relies on."""

from contextlib import AbstractContextManager
from typing import Protocol

from sqlalchemy import Connection, Engine


class Storage(Protocol):
    """One kind of database, behind the one writer and its readers."""

    engine: Engine
    journal: str
    """How a commit is kept on SQLite: `wal` or `delete`. Empty for a server, which keeps its own journal."""

    @property
    def faults(self) -> tuple[type[Exception], ...]:
        """Return the driver's errors that can mean trouble of the database, not of one statement."""
        ...

    def reading(self) -> AbstractContextManager[Connection]:
        """Open a connection on one consistent snapshot."""
        ...

    def committing(self, connection: Connection) -> AbstractContextManager[None]:
        """Do what must surround the commit of a writing transaction."""
        ...

    def tidy(self, connection: Connection) -> None:
        """Do what a commit leaves to be done once its callers have their answers. It may raise anything."""
        ...

    def log_bytes(self) -> int:
        """Return the size of the write-ahead log on this machine; 0 if there is none."""
        ...

    def ends_transaction(self, problem: Exception) -> bool:
        """Return whether a driver's error ends the whole transaction, not only the work of one caller in it."""
        ...

    def is_full(self, problem: Exception) -> bool:
        """Return whether a driver's error says that there is no space left."""
        ...

    def is_damage(self, problem: Exception) -> bool:
        """Return whether a driver's error says that a part of the database cannot be read."""
        ...

    def check(self) -> None:
        """Read everything. Raises UnusableDatabaseError if a part is damaged."""
        ...

    def recover(self, connection: Connection) -> None:
        """Make the writing connection usable again after a failed transaction."""
        ...

    def close(self) -> None:
        """Close every connection."""
        ...
