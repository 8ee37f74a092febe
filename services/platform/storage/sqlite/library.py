"""The one SQLite library of the process, and the journal that is safe with it (docs/decisions/0096).

Two SQLite libraries in one process destroy each other's work. When either closes a file, the system takes away the
locks of both, and the one that closes last deletes the write-ahead log with acknowledged rows in it. So lint refuses
`import sqlite3`, and everything that opens a file takes the library from here. Python's own `open` on a database that
this process has open takes the locks away too.
"""

from typing import TYPE_CHECKING

from services.platform.storage.unusable import UnusableDatabaseError

if TYPE_CHECKING:
    import sqlite3 as library
else:
    try:
        from pysqlite3 import dbapi2 as library
    except ImportError:  # there is no wheel for this machine, so Python's own library has to do
        import sqlite3 as library

__all__ = ["JOURNAL", "check_journal", "library", "may_lose_commits"]

FIRST_WITH_WAL_RESET_BUG, FIRST_WITHOUT = (3, 7, 0), (3, 51, 3)
REPAIRED = {(3, 44): 6, (3, 50): 7}
"""Older series of SQLite that also got the repair, each with its first repaired version."""


def may_lose_commits(version: tuple[int, int, int]) -> bool:
    """Return whether this SQLite has the WAL-reset bug: in WAL mode it can lose commits (reliability Q15)."""
    return FIRST_WITH_WAL_RESET_BUG <= version < FIRST_WITHOUT and version[2] < REPAIRED.get(version[:2], 1_000)


JOURNAL = "wal" if library.sqlite_version_info >= FIRST_WITHOUT else "delete"
"""The journal of every database that this process opens: with a write-ahead log readers and commits do not wait for
each other. An older library works with a rollback journal, as before. The older series that were repaired too cannot
say how long the log is without a checkpoint."""


def check_journal(mode: str, version: tuple[int, int, int] = library.sqlite_version_info) -> None:
    """Refuse a file in WAL mode if this SQLite can lose commits in that mode.

    Raises:
        UnusableDatabaseError: with the way out.
    """
    if mode == "wal" and may_lose_commits(version):
        number = ".".join(map(str, version))
        message = f"The database is in WAL mode, in which SQLite {number} can lose commits (the WAL-reset bug)."
        raise UnusableDatabaseError(
            f"{message} Stop every program that uses it, then run: PRAGMA journal_mode = DELETE"
        )
