"""F13: the writer's thread, and every thread that a service needs, goes on after a fault or ends the process.

F14: an acknowledged commit is also safe from a power cut right after it.
"""

import subprocess
import sys
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Connection
from structlog.testing import capture_logs

from services.platform.storage.database import Commits, Database, execute
from services.platform.threads import EXIT_CODE
from services.refusals import Refusal
from tests import databases
from tests.conftest import only_sqlite
from tests.platform.small_service import count_one, counts, new_database
from tests.waiting import HUNG, run_to_end

DECISIONS = Path(__file__).parents[3] / "docs" / "decisions"
FAULTS_WITHOUT_A_LOG = """
import sys
from services.platform.storage.database import Database, execute
from services.platform.telemetry.logs import configure

def fail():
    raise RuntimeError

configure("small")
database = Database("sqlite:///" + sys.argv[1])
database.commits.announce = fail
for number in range(2):
    database.write(lambda tx: execute(tx, f"CREATE TABLE t{number} (number INTEGER)"))
print("written")
"""
ONE_BACKUP = """
import sys
from pathlib import Path
from services.platform.storage.database import Database, execute
from services.platform.storage.sqlite.backup import back_up

database = Database("sqlite:///" + sys.argv[1])
database.write(lambda tx: execute(tx, "CREATE TABLE origin (database_id TEXT, epoch INTEGER)"))
database.write(lambda tx: execute(tx, "INSERT INTO origin VALUES ('one', 1)"))
database.close()
back_up([Path(sys.argv[1])], Path(sys.argv[2]))
print("answered", flush=True)
"""
EXTRA = 3
"""`synchronous=EXTRA`, as SQLite reports it."""


def answer(database: Database, work: Callable[[Connection], Any]) -> Any:
    """Write in a thread, so that a write that hangs fails the test instead of hanging it."""
    with ThreadPoolExecutor(1) as caller:
        future: Future[Any] = caller.submit(database.write, work)
        return future.result(HUNG)


class Deaf(Commits):
    """Commits of which nobody can be told for some time: there is no memory or no thread to spare."""

    def __init__(self, faults: int) -> None:
        super().__init__()
        self.faults = faults

    def announce(self) -> None:
        """Fail a few times, then announce."""
        if self.faults:
            self.faults -= 1
            raise MemoryError
        super().announce()


@pytest.mark.parametrize(("faults", "announced"), [(1, 5), (9, 2)], ids=["once", "for three commits"])
def test_a_commit_that_cannot_be_announced_does_not_end_writing(
    database: Database, file: Path, faults: int, announced: int
) -> None:
    """F13: the fault is counted and tried again, and the caller has the answer."""
    database.commits = Deaf(faults)
    with capture_logs() as logs:
        for _ in range(5):
            answer(database, lambda tx: count_one(tx, "kept"))
        database.close()
    assert counts(file) == {"kept": 5}
    assert database.commits.count == announced, "tried again for the same commit"
    assert [entry["error"] for entry in logs if entry["event"] == "writer_fault"] == ["MemoryError"] * faults


def close_it(tx: Connection) -> None:
    """Close the driver's connection, as a server that ends a session or a descriptor that is gone."""
    tx.connection.driver_connection.close()  # type: ignore[union-attr]


def close_it_and_go_on(tx: Connection) -> None:
    """Use the closed connection."""
    close_it(tx)
    execute(tx, "SELECT 1")


@pytest.mark.parametrize("fault", [close_it, close_it_and_go_on])
def test_a_connection_that_cannot_even_be_rolled_back_is_replaced(
    database: Database, file: Path, fault: Callable[[Connection], None]
) -> None:
    """F13: the writer opens a new connection, and the next caller is served."""
    answer(database, lambda tx: count_one(tx, "kept"))
    with pytest.raises(Exception, match=r".*"):
        answer(database, fault)
    answer(database, lambda tx: count_one(tx, "kept"))
    assert counts(file) == {"kept": 2}


@only_sqlite
def test_a_database_that_was_away_at_the_first_write_is_written_later(database_kind: str, tmp_path: Path) -> None:
    """F13: the writer's first connection may fail too."""
    folder, elsewhere = tmp_path / "here", tmp_path / "elsewhere"
    new_database(folder / "small.db").close()
    database = Database(databases.address(folder / "small.db"))
    folder.rename(elsewhere)
    with pytest.raises(Refusal, match="DATABASE_UNAVAILABLE"):
        answer(database, lambda tx: count_one(tx, "kept"))
    elsewhere.rename(folder)
    answer(database, lambda tx: count_one(tx, "kept"))
    database.close()
    assert counts(folder / "small.db") == {"kept": 1}


VITAL = """
import sys, time
from services.platform.loop import Loop
from services.platform.storage.database import Database
from services.platform.threads import vital_thread

def fail(*_):
    raise {fault}

def of_the_writer():
    Database("sqlite:///" + sys.argv[1]).write(fail)

def of_a_loop():
    Loop("loop", fail, on_fault=fail).start()

def of_any_thread():
    vital_thread("any", fail).start()

{whose}()
time.sleep(30)
"""


@pytest.mark.parametrize(
    ("whose", "fault"),
    [
        ("of_the_writer", "SystemExit(0)"),
        ("of_the_writer", "KeyboardInterrupt"),
        ("of_a_loop", "RuntimeError"),
        ("of_a_loop", "SystemExit(0)"),
        ("of_any_thread", "MemoryError"),
        ("of_any_thread", "GeneratorExit"),
    ],
)
def test_a_service_without_one_of_its_threads_ends(whose: str, fault: str, tmp_path: Path) -> None:
    """F13: a dead writer ends the process with exit code 70, and so does every other thread that a service needs."""
    script = VITAL.format(whose=whose, fault=fault)
    ended = run_to_end([sys.executable, "-c", script, str(tmp_path / "small.db")])
    assert ended.returncode == EXIT_CODE == 70


@only_sqlite
def test_each_connection_syncs_the_folder_after_a_commit(database: Database) -> None:
    """F14: with `synchronous=FULL` a power cut can bring the journal back, which undoes an acknowledged commit."""

    def setting(connection: Connection) -> int:
        return int(execute(connection, "PRAGMA synchronous").fetchone()[0])

    assert answer(database, setting) == EXTRA
    with database.read() as connection:
        assert setting(connection) == EXTRA
    with database.engine.connect() as connection:
        assert setting(connection) == EXTRA, "migrations use a connection of their own"
    decided = (DECISIONS / "0005-sqlite-one-writer.md").read_text()
    assert "`synchronous=EXTRA`" in decided
    assert "**What is promised.**" in decided


def test_a_log_that_cannot_be_written_ends_no_thread(tmp_path: Path) -> None:
    """F13: the log is a file on a full disk, and the writer has a fault to log. Each caller has the answer."""
    command = [sys.executable, "-c", FAULTS_WITHOUT_A_LOG, str(tmp_path / "small.db")]
    with Path("/dev/full").open("w") as full:
        ended = subprocess.run(command, stdout=subprocess.PIPE, stderr=full, text=True, check=False)
    assert (ended.returncode, ended.stdout) == (0, "written\n")


@pytest.mark.parametrize("fault", [MemoryError, RecursionError, StopIteration])
def test_a_fault_of_the_machine_in_one_work_is_that_callers_alone(database: Database, fault: type[Exception]) -> None:
    """F13: the writer goes on, and the next caller is served."""

    def work(_: Connection) -> None:
        raise fault

    with pytest.raises(fault):
        database.write(work)
    database.write(lambda tx: count_one(tx, "acknowledged"))


def test_a_backup_is_answered_after_its_names_are_on_the_disk(tmp_path: Path) -> None:
    """F14: a power cut after `psmf ops backup` took back the copies, or the folder that they stand in."""
    calls, folder = tmp_path / "calls", tmp_path / "backup"
    command = ["strace", "-f", "-y", "-e", "trace=unlink,unlinkat,fsync,fdatasync,write", "-o", str(calls)]
    ended = run_to_end([*command, sys.executable, "-c", ONE_BACKUP, str(tmp_path / "small.db"), str(folder)])
    assert ended.returncode == 0, ended.stderr
    lines = calls.read_text().splitlines()
    answered = next(place for place, line in enumerate(lines) if "write(1<" in line and "answered" in line)
    deleted = max(place for place, line in enumerate(lines[:answered]) if "small.db-journal" in line)
    for place in (folder, tmp_path):
        assert [line for line in lines[deleted:answered] if "sync(" in line and f"<{place}>" in line], place
