"""Opening a service's own database, and no other: neither a lost one, nor an empty one, nor another service's (F2).

A new database is made only where none was used before. A file beside a SQLite database remembers which one was used, so
that a database that was deleted or emptied is missed. PostgreSQL has no such place: there `migrate` alone makes a new
database, which is the first start of a service, and one that serves never does. A database that was made again,
replaced or restored is known to those who have read it (`services/platform/events/readers.py`).
"""

from pathlib import Path

from sqlalchemy import inspect

from services.platform.storage.database import Database
from services.platform.storage.migrations import bring_up_to_date
from services.platform.storage.origin import read_origin
from services.platform.storage.unusable import UnusableDatabaseError

SQLITE = "sqlite:///"
MARK = ".origin"
"""Ending of the file beside a SQLite database that holds the identity of the database that was used there."""
WAY_ON = (
    "Put it back, or restore the databases of all services from one backup (docs/operations.md, Back up and restore). "
    "If the service is to begin with an empty database, remove"
)
WAY_ON_OF_SERVER = (
    "If this is the first start, make it: python -m services.{service} migrate. Otherwise correct PSMF_DATABASE, or "
    "restore the databases of all services from one backup (docs/operations.md, Back up and restore)."
)
WITHOUT_ROWS = (
    "Restore the databases of all services from one backup (docs/operations.md, Back up and restore). If the service "
    "is to begin with an empty database, drop this one, create it again, and then migrate."
)


def open_database(url: str, migrations: Path, own_table: str, *, may_be_new: bool = False) -> Database:
    """Open a database, bring it to the newest schema, and check that it is the one that was used here.

    `own_table`: a table that only this service has, from its first revision on. `may_be_new`: whether an empty database
    of a server becomes the service's. An empty file does where none was used before.

    Raises:
        UnusableDatabaseError: it is missing, empty, another service's, or another one than was used here, or the log of
            another one stands beside it.
    """
    mark = _Mark(url)
    mark.check_there()
    mark.check_log()
    database = Database(url)
    try:
        if not _is_own(database, own_table):
            mark.check_new()
            if database.is_shared and not may_be_new:
                service = migrations.parent.name
                raise UnusableDatabaseError(f"The database is empty. {WAY_ON_OF_SERVER.format(service=service)}")
        bring_up_to_date(database.engine, migrations)
        with database.read() as connection:
            origin = read_origin(connection)
        if not origin:
            raise UnusableDatabaseError(f"The tables of the database are empty. {WITHOUT_ROWS}")
        mark.check_same(origin.partition("/")[0])
    except BaseException:
        database.close()
        raise
    return database


def _is_own(database: Database, own_table: str) -> bool:
    """Return whether the database has this service's tables, and False if it has none.

    Raises:
        UnusableDatabaseError: they are another service's.
    """
    with database.engine.connect() as connection:
        tables = set(inspect(connection).get_table_names())
    if "alembic_version" not in tables:
        return False
    if own_table not in tables:
        raise UnusableDatabaseError(
            f"The database is another service's: it has no table {own_table}. Correct PSMF_DATABASE."
        )
    return True


def _has_log(file: Path) -> bool:
    """Return whether a database says of itself that it is in WAL mode (https://sqlite.org/fileformat2.html, 1.3.3).

    Nothing of this process may have it open: closing it here takes away the locks of every other connection.
    """
    with file.open("rb") as opened:
        return opened.read(20)[18:] == b"\x02\x02"


class _Mark:
    """The file beside a SQLite database with the identity of the database that was used there."""

    def __init__(self, url: str) -> None:
        self._database = Path(url.removeprefix(SQLITE)) if url.startswith(SQLITE) else None
        self._file = Path(f"{self._database}{MARK}")
        # A mark that is damaged names another database, so it is missed as that one is.
        self._used = self._file.read_text(errors="replace").strip() if self._database and self._file.is_file() else ""

    def check_there(self) -> None:
        """Refuse a missing file where one was used. Opening it would make an empty one."""
        if self._used and self._database is not None and not self._database.is_file():
            raise UnusableDatabaseError(f"The database {self._database} is missing. {WAY_ON} {self._file}")

    def check_log(self) -> None:
        """Refuse a write-ahead log beside a database that has none. SQLite would take it for the database's own.

        A service that is killed leaves its log. If somebody then puts a backup in the place of the database, the two do
        not belong together, and the first reading would mix them.
        """
        if self._database is None or not self._database.is_file():
            return
        file = self._database.resolve()
        log = Path(f"{file}-wal")
        if log.is_file() and file.stat().st_size and not _has_log(file):
            message = f"{log} is the log of another database than {file.name}, for example of the one before a restore."
            raise UnusableDatabaseError(f"{message} Move away {log.name} and {file.name}-shm, then start again.")

    def check_new(self) -> None:
        """Refuse an empty database where one was used."""
        if self._used:
            raise UnusableDatabaseError(f"The database {self._database} is empty. {WAY_ON} {self._file}")

    def check_same(self, database_id: str) -> None:
        """Refuse another database than was used, and note the one that is used from now on."""
        if self._used and database_id != self._used:
            message = f"The database {self._database} is not the one that this service has used here."
            raise UnusableDatabaseError(f"{message} {WAY_ON.replace('an empty', 'this')} {self._file}")
        if self._database is not None and not self._used:
            self._file.write_text(f"{database_id}\n")
