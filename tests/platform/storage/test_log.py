"""A commit and its readers do not wait for each other, and the write-ahead log neither grows for ever nor gets lost.

Kind of fault: what stands in the log alone is acknowledged, so a log that is deleted, mixed up or cut off is a loss.
"""

import os
import shutil
import signal
import subprocess
import sys
import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy.exc import OperationalError

from services.evidence.compose import HERE, OWN_TABLE
from services.platform.storage.database import Database, execute
from services.platform.storage.opening import open_database
from services.platform.storage.sqlite import log, storage
from services.platform.storage.sqlite.backup import back_up
from services.platform.storage.sqlite.library import JOURNAL, library
from services.platform.storage.unusable import UnusableDatabaseError
from services.refusals import Refusal
from tests import databases
from tests.conftest import only_sqlite
from tests.platform.small_service import count_one, counts, new_database
from tests.waiting import HUNG

pytestmark = [only_sqlite, pytest.mark.skipif(JOURNAL != "wal", reason="needs the wheel of the library")]
KILLED = """
import os, sys
from services.platform.storage.database import Database, execute
database = Database("sqlite:///" + sys.argv[1])
database.write(lambda tx: execute(tx, "CREATE TABLE tally (name TEXT PRIMARY KEY, count INTEGER)"))
database.write(lambda tx: execute(tx, "INSERT INTO tally VALUES ('kept', 5)"))
os.kill(os.getpid(), 9)
"""
ENDLESS = "WITH RECURSIVE n(x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM n) SELECT COUNT(*) FROM n"


def mode_of(file: Path) -> bytes:
    """Return what a file says of its journal: 1 twice for a rollback journal, 2 twice for a log."""
    return file.read_bytes()[18:20]


def fill(database: Database, name: str = "much") -> None:
    """Write some 30 pages."""
    database.write(lambda tx: execute(tx, "INSERT INTO tally VALUES (? || hex(randomblob(60000)), 1)", (name,)))


def test_a_commit_is_answered_while_somebody_reads(database: Database) -> None:
    """11.3: with a rollback journal it waits until the reader has done."""
    database.write(lambda tx: count_one(tx, "kept"))
    with database.read() as connection:
        seen = "SELECT count FROM tally"
        assert execute(connection, seen).fetchone() == (1,)
        with ThreadPoolExecutor(1) as writer:
            assert writer.submit(database.write, lambda tx: count_one(tx, "kept")).result(HUNG) == 2
        assert execute(connection, seen).fetchone() == (1,), "the reader still sees its moment"


def test_a_log_in_which_somebody_always_reads_begins_again(
    database: Database, file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """11.3: readers that follow each other without a gap would otherwise let it grow for ever."""
    monkeypatch.setattr(log, "CHECKPOINT_PAGES", 10)
    monkeypatch.setattr(log, "LONGEST_PAGES", 100)
    stop = threading.Event()

    def read_on(handed_over: threading.Event, taken: threading.Event) -> None:
        while not stop.is_set():
            with database.read() as connection:
                execute(connection, "SELECT COUNT(*) FROM tally").fetchone()
                handed_over.set()
                taken.wait(0.01)  # until the other reads too
                taken.clear()

    one, other = threading.Event(), threading.Event()
    with ThreadPoolExecutor(2) as readers:
        reading = [readers.submit(read_on, one, other), readers.submit(read_on, other, one)]
        for _ in range(60):
            fill(database)
        stop.set()
        for each in reading:
            each.result(HUNG)
    assert database.log_bytes < 4200 * 250, "1,800 pages were written"


def test_a_checkpoint_that_fails_ends_nothing_and_is_tried_again(
    database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    """11.3: it ended the thread that writes, and every write waited for ever."""
    tried = []

    def fails(*_: object) -> None:
        tried.append(1)
        raise library.OperationalError("disk I/O error")

    monkeypatch.setattr(log, "_checkpoint", fails)
    for number in range(1, 4):
        assert database.write(lambda tx: count_one(tx, "kept")) == number
    assert len(tried) >= 2
    monkeypatch.undo()
    monkeypatch.setattr(log, "CHECKPOINT_PAGES", 1)
    database.write(lambda tx: count_one(tx, "kept"))
    assert database.health.fault == ""


def test_a_log_that_is_deleted_loses_nothing(database: Database, file: Path) -> None:
    """SQLite goes on writing to a log that has no name any more. At the next start it would be gone."""
    for _ in range(3):
        database.write(lambda tx: count_one(tx, "kept"))
    with database.read() as connection:
        execute(connection, "SELECT 1").fetchone()
    Path(f"{file}-wal").unlink()
    with pytest.raises(Refusal, match="DATABASE_UNAVAILABLE"):
        database.write(lambda tx: count_one(tx, "kept"))
    assert database.write(lambda tx: count_one(tx, "kept")) == 4
    assert counts(file) == {"kept": 4}


def test_another_file_in_the_place_of_the_database_is_neither_written_nor_read(database: Database, file: Path) -> None:
    database.write(lambda tx: count_one(tx, "kept"))
    other = new_database(file.with_name("other.db"))
    other.close()
    file.rename(file.with_suffix(".aside"))
    shutil.copy(file.with_name("other.db"), file)
    with pytest.raises(Refusal, match="DATABASE_UNAVAILABLE"):
        database.write(lambda tx: count_one(tx, "kept"))
    database.engine.dispose()
    with pytest.raises(OperationalError, match="no longer where it was opened"), database.read():
        raise AssertionError("it was read")
    file.with_suffix(".aside").rename(file)
    assert database.write(lambda tx: count_one(tx, "kept")) == 2


def test_a_reading_that_takes_too_long_is_ended(database: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    """11.3: the log cannot begin again while somebody reads in it. The connection is of use to the next reader."""
    monkeypatch.setattr(storage, "READ_SECONDS", 0.05)
    with pytest.raises(library.OperationalError, match="interrupted"), database.read() as connection:
        execute(connection, ENDLESS).fetchone()
    with database.read() as connection:
        assert execute(connection, "SELECT 1").fetchone() == (1,)
    slow = "WITH RECURSIVE n(x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM n WHERE x < 400000) SELECT COUNT(*) FROM n"
    assert database.write(lambda tx: execute(tx, slow).fetchone()) == (400_000,), "the writer has its own limit"


def test_a_database_has_a_log_while_it_is_open_and_is_one_file_when_it_is_closed(file: Path) -> None:
    """The release before reads no log. So it can be started where this one stopped."""
    with closing(library.connect(file)) as before:
        before.execute("CREATE TABLE tally (name TEXT PRIMARY KEY, count INTEGER)")
    assert mode_of(file) == b"\1\1"
    for number in (1, 2):
        database = Database(f"sqlite:///{file}")
        assert database.journal == "wal"
        assert database.write(lambda tx: count_one(tx, "kept")) == number
        database.close()
        assert mode_of(file) == b"\1\1"
        assert [entry.name for entry in file.parent.iterdir()] == [file.name]


def killed(file: Path) -> None:
    """Leave a database whose service was killed, with its log."""
    ended = subprocess.run([sys.executable, "-c", KILLED, str(file)], check=False, timeout=HUNG, env=os.environ)
    assert ended.returncode == -signal.SIGKILL
    assert Path(f"{file}-wal").stat().st_size


def test_what_a_killed_service_left_is_copied_and_opened_whole(file: Path, tmp_path: Path) -> None:
    killed(file)
    assert mode_of(file) == b"\2\2"
    back_up([file], tmp_path / "backup")
    assert [entry.name for entry in (tmp_path / "backup").iterdir()] == [file.name]
    assert mode_of(tmp_path / "backup" / file.name) == b"\1\1"
    for found in (file, tmp_path / "backup" / file.name):
        assert counts(found) == {"kept": 5}
    Database(f"sqlite:///{file}").close()
    assert mode_of(file) == b"\1\1", "as the release before reads it"


def test_a_backup_that_is_put_beside_the_log_of_a_killed_service_is_refused(file: Path, tmp_path: Path) -> None:
    """11.3: SQLite takes the log for that of the restored file, and the database is malformed."""
    url = databases.of_service("evidence", file)
    back_up([file], tmp_path / "backup")
    killed(tmp_path / "killed.db")
    shutil.copy(tmp_path / "backup" / file.name, file)
    shutil.copy(tmp_path / "killed.db-wal", f"{file}-wal")
    with pytest.raises(UnusableDatabaseError, match=r"the log of another database.*Move away small.db-wal"):
        open_database(url, HERE / "migrations", OWN_TABLE)
    Path(f"{file}-wal").unlink()
    open_database(url, HERE / "migrations", OWN_TABLE).close()


def test_commits_go_on_while_databases_are_copied(
    database: Database, file: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The copy is of the moment at which all were locked, not of the moment at which it is made."""
    database.write(lambda tx: count_one(tx, "kept"))
    real: Callable[..., Any] = library.connect

    def connect(*given: Any, **named: Any) -> Any:
        if Path(str(given[0])).parent == tmp_path / "backup":
            database.write(lambda tx: count_one(tx, "kept"))
        return real(*given, **named)

    monkeypatch.setattr(library, "connect", connect)
    back_up([file], tmp_path / "backup")
    monkeypatch.undo()
    assert counts(tmp_path / "backup" / file.name) == {"kept": 1}
    assert counts(file) == {"kept": 2}
