"""Q15: a service does not start on a database in WAL mode if its SQLite may lose commits in that mode."""

import tempfile
from pathlib import Path

from faults.figure import Figure, Size
from services.platform.storage.sqlite.library import check_journal, library
from services.platform.storage.sqlite.storage import SqliteStorage
from services.platform.storage.unusable import UnusableDatabaseError

FAULTY = ((3, 7, 0), (3, 40, 1), (3, 44, 5), (3, 45, 0), (3, 50, 6), (3, 51, 2))
SOUND = ((3, 6, 23), (3, 44, 6), (3, 50, 7), (3, 51, 3), (3, 52, 0), (4, 0, 0))


def journals(seed: int, size: Size) -> Figure:
    """Q15: check the table of versions, and a real file in each mode with this machine's SQLite."""
    problems = [f"{version} in WAL mode is let through" for version in FAULTY if not refuses("wal", version)]
    problems += [f"{version} in WAL mode is refused" for version in SOUND if refuses("wal", version)]
    problems += [f"{version} with a rollback journal is refused" for version in FAULTY if refuses("delete", version)]
    here = library.sqlite_version_info
    if starts(in_wal=True) is refuses("wal", here):
        problems.append(f"a file in WAL mode is not treated as {here} requires")
    if not starts(in_wal=False):
        problems.append("a file with a rollback journal is refused")
    trials = len(FAULTY) * 2 + len(SOUND) + 2
    reached = f"{len(problems)} wrong" if problems else "refused in WAL mode on each faulty version"
    return Figure("Q15", "versions of SQLite and journal modes", reached, trials, problems)


def refuses(mode: str, version: tuple[int, int, int]) -> bool:
    """Return whether a version refuses a file in a mode."""
    try:
        check_journal(mode, version)
    except UnusableDatabaseError:
        return True
    return False


def starts(in_wal: bool) -> bool:
    """Return whether a service would start on a real file."""
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "service.db"
        connection = library.connect(file)
        connection.execute(f"PRAGMA journal_mode={'WAL' if in_wal else 'DELETE'}")
        connection.execute("CREATE TABLE kept (row INTEGER)")
        connection.close()
        try:
            SqliteStorage(f"sqlite:///{file}").close()
        except UnusableDatabaseError:
            return False
        return True
