"""The write-ahead log beside a SQLite file: whether it is still there, how long it is, and how it gets shorter.

A commit stands in the log alone. A checkpoint copies what stands there into the database. Once all of it is copied and
nobody reads in the log, the next commit begins again at its start.
"""

from pathlib import Path

from sqlalchemy import Connection

from services.platform.storage.sqlite.library import library
from services.platform.storage.sqlite.turns import Turns

CHECKPOINT_PAGES = 1_000
"""Pages that one checkpoint copies, 4 MiB. It is SQLite's own measure."""
LONGEST_PAGES = 65_536
"""256 MiB. A log this long has always somebody who reads in it. The next checkpoint then waits for the readers once."""
SIZE_LIMIT = "journal_size_limit=67108864"
"""64 MiB stay on the disk when the log begins again. The rest of a longer one is given back."""
_SEEN = "psmf_log"


class WriteAheadLog:
    """The log of one file, as its writer sees it."""

    def __init__(self, file: Path, turns: Turns) -> None:
        self._file = file
        self._log = Path(f"{file}-wal")
        self._place = place_of(file)
        self._turns = turns
        self._left = 0
        """Pages that stayed although no reader of this process was left: another process reads, such as a backup."""

    def bytes(self) -> int:
        """Return the size of the log; 0 if there is none."""
        return self._log.stat().st_size if self._log.is_file() else 0

    def check_place(self) -> None:
        """Refuse a file that was deleted, or has another in its place.

        Raises:
            library.OperationalError: what is written to it is lost once this process ends.
        """
        if self._place is None or place_of(self._file) != self._place:
            raise library.OperationalError("the database is no longer where it was opened")

    def check_there(self, connection: Connection) -> None:
        """Refuse to commit to a database or a log that was deleted. SQLite itself would not notice.

        Raises:
            library.OperationalError: what is written to it is lost once this process ends.
        """
        self.check_place()
        if self._is_gone(connection):
            raise library.OperationalError("the log of the database is no longer where it was opened")

    def save(self, connection: Connection) -> bool:
        """Return whether the log was deleted. If so, nobody may use the writer's connection any more.

        What stands in a log that was deleted is not lost yet, because the connections have it open. The last one that
        closes copies it into the database.
        """
        if place_of(self._file) != self._place or not self._is_gone(connection):
            return False
        with self._turns.alone():
            connection.invalidate()
            connection.engine.dispose()
        return True

    def _is_gone(self, connection: Connection) -> bool:
        there = place_of(self._log)
        # Set once for each connection: while one is open, SQLite keeps the log.
        return there is None or connection.info.setdefault(_SEEN, there) != there

    def tidy(self, connection: Connection) -> None:
        """Copy what stands in the log into the database, if it is enough to be worth it."""
        pages, copied = _checkpoint(connection, "NOOP")
        self._left = min(self._left, pages)
        if pages - copied < CHECKPOINT_PAGES:
            return
        # PASSIVE waits for nobody, and nobody for it. The other ways hold up readers and the writer.
        pages, copied = _checkpoint(connection, "PASSIVE")
        if pages - self._left >= LONGEST_PAGES:
            with self._turns.alone():
                pages, copied = _checkpoint(connection, "PASSIVE")
            self._left = pages if copied < pages else 0

    def empty(self, connection: Connection) -> None:
        """Copy all that stands in the log into the database, however little it is."""
        _checkpoint(connection, "PASSIVE")


def place_of(file: Path) -> tuple[int, int] | None:
    """Return what the system knows a file by, whatever it is called; None if it is not there."""
    try:
        found = file.stat()
    except OSError:
        return None
    return found.st_dev, found.st_ino


def _checkpoint(connection: Connection, way: str) -> tuple[int, int]:
    """Return how many pages stand in the log, and how many of them are copied. NOOP copies none."""
    row = connection.connection.driver_connection.execute(f"PRAGMA wal_checkpoint({way})").fetchone()  # type: ignore[union-attr]
    return row[1], row[2]
