"""Kind of fault: a service whose database refuses every write, and that says all is well (F5, F7, F10).

A service knows its last commit and its last refusal, probes its database, and says so in readiness and status. What it
cannot work with at the start it says in a sentence, with exit code 2.
"""

import os
import resource
import signal
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import psycopg
import pytest
from sqlalchemy import MetaData

from services.platform.process.probe import StorageProbe
from services.platform.storage.counters import counter_table
from services.platform.storage.database import Database, execute
from services.platform.storage.only_writer import only_writer
from services.platform.storage.sqlite.library import JOURNAL, library
from services.platform.storage.unusable import UnusableDatabaseError
from services.refusals import Refusal
from tests import databases
from tests.conftest import only_sqlite
from tests.platform.test_program import run, run_here
from tests.waiting import HUNG


class Watched:
    """A database with its probe, and what readiness was told."""

    def __init__(self, file: Path) -> None:
        self.file = file
        self.address = databases.address(file)
        self.database = Database(self.address)
        metadata = MetaData()
        counter_table(metadata)
        metadata.create_all(self.database.engine)
        self.ready: list[bool] = []
        self.probe = StorageProbe(self.database, self.ready.append)

    def look(self) -> tuple[str, bool]:
        self.probe.turn()
        return self.database.health.fault, self.ready[-1]


@pytest.fixture
def watched(database_kind: str, tmp_path: Path) -> Iterator[Watched]:
    made = Watched(tmp_path / "own.db")
    yield made
    made.database.close()


@contextmanager
def _deleted(watched: Watched) -> Iterator[None]:
    aside = watched.file.with_suffix(".aside")
    watched.file.rename(aside)
    yield
    aside.rename(watched.file)


@contextmanager
def _no_rights(watched: Watched) -> Iterator[None]:
    """Take the place of the journal or log, as a folder without rights does. Root may write anywhere."""
    journal = Path(f"{watched.file}-{'wal' if JOURNAL == 'wal' else 'journal'}")
    journal.unlink(missing_ok=True)
    journal.mkdir()
    yield
    journal.rmdir()


@contextmanager
def _no_descriptors(watched: Watched) -> Iterator[None]:
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    used = max(int(entry.name) for entry in Path("/proc/self/fd").iterdir())
    fillers = []
    resource.setrlimit(resource.RLIMIT_NOFILE, (used + 2, hard))
    try:
        while True:
            fillers.append(os.open(os.devnull, os.O_RDONLY))
    except OSError:
        pass
    try:
        yield
    finally:
        for filler in fillers:
            os.close(filler)
        resource.setrlimit(resource.RLIMIT_NOFILE, (soft, hard))


BROKEN: dict[str, Callable[[Watched], object]] = {
    "the file is deleted": _deleted,
    "the journal cannot be written": _no_rights,
}
if JOURNAL == "delete":  # a write-ahead log stays open, so a commit needs no more descriptors
    BROKEN["descriptors are exhausted"] = _no_descriptors


@only_sqlite
@pytest.mark.parametrize("break_it", BROKEN.values(), ids=BROKEN)
def test_a_file_that_refuses_every_write_is_seen_without_a_caller(
    database_kind: str, watched: Watched, break_it: Callable[[Watched], object]
) -> None:
    """F5: readiness falls, status has the word, and both recover by themselves."""
    assert watched.look() == ("", True)
    with break_it(watched):  # type: ignore[attr-defined]
        assert watched.look() == ("database_unavailable", False)
        with pytest.raises(Refusal):
            watched.database.write(lambda tx: execute(tx, "UPDATE counter SET value = 7"))
    assert watched.look() == ("", True)
    assert watched.database.health.last_refusal == "database_unavailable"


@pytest.mark.parametrize("database_kind", ["postgresql"], indirect=True)
def test_a_server_that_admits_nobody_is_seen_without_a_caller(database_kind: str, watched: Watched) -> None:
    """F5: the same on PostgreSQL."""
    assert watched.look() == ("", True)
    with watched.database.read() as connection:
        (name,) = execute(connection, "SELECT current_database()").fetchone()
    with psycopg.connect(databases.postgresql(), autocommit=True) as server:
        server.execute(f'ALTER DATABASE "{name}" ALLOW_CONNECTIONS false'.encode())
        server.execute("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = %s", (name,))
        assert watched.look() == ("database_unavailable", False)
        server.execute(f'ALTER DATABASE "{name}" ALLOW_CONNECTIONS true'.encode())
    assert watched.look() == ("", True)


def test_a_caller_who_is_refused_is_remembered_after_the_next_commit(database_kind: str, watched: Watched) -> None:
    """F5: on a disk with little space small commits go on, and the large ones are refused."""
    health = watched.database.health
    watched.look()
    health.refused("storage_full")
    assert health.fault == "storage_full"
    assert watched.look() == ("", True)
    assert health.last_refusal == "storage_full"
    assert health.seconds_since_refusal is not None


@only_sqlite
@pytest.mark.parametrize("size", [4096 * 40, 2], ids=["pages that cannot be read", "a place that is wrong"])
def test_damage_is_found_by_the_daily_look_and_stays(database_kind: str, watched: Watched, size: int) -> None:
    """F5: `quick_check`, table by table. Only a restore ends it."""
    _fill(watched.database)
    watched.database.look_for_damage()
    assert watched.look() == ("", True)
    _damage(watched.file, size)
    watched.database.look_for_damage()
    assert watched.look() == ("damaged", False)


@only_sqlite
def test_damage_that_no_reader_meets_is_found_at_the_start(database_kind: str, watched: Watched) -> None:
    """F5: `quick_check` over the whole file, before anything is served."""
    _fill(watched.database)
    watched.database.close()
    _damage(watched.file, 2)
    with pytest.raises(UnusableDatabaseError):
        Database(databases.address(watched.file))


@only_sqlite
def test_damage_that_a_reader_meets_is_remembered(database_kind: str, watched: Watched) -> None:
    """F5: not only the daily look finds it."""
    _fill(watched.database)
    watched.database.engine.dispose()  # its cache has the pages as they were
    _damage(watched.file)
    with pytest.raises(library.DatabaseError), watched.database.read() as connection:
        execute(connection, "SELECT SUM(length(name)) FROM counter").fetchone()
    assert watched.database.health.fault == "damaged"


def _fill(database: Database) -> None:
    rows = [(f"{number:040}", number) for number in range(5_000)]
    database.write(lambda tx: [execute(tx, "INSERT INTO counter VALUES (?, ?)", row) for row in rows])


def _damage(file: Path, size: int = 4096 * 40) -> None:
    """Write over many pages, which no reader takes, or over the first place in a page, which only a check sees."""
    with closing(library.connect(file)) as connection:
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")  # pages in the log would be read there
    with file.open("r+b") as opened:
        opened.seek(4096 * 7 + (8 if size < 4096 else 0))
        opened.write(b"\xa5" * size)


def _empty_of_sense(file: Path) -> None:
    file.write_bytes(b"no database at all" * 1_000)


def _damaged_pages(file: Path) -> None:
    assert run_here("evidence", "migrate", PSMF_DATABASE=f"sqlite:///{file}").returncode == 0
    content = bytearray(file.read_bytes())
    content[4096 * 2 : 4096 * 12] = b"\xa5" * 4096 * 10
    file.write_bytes(content)


def _a_folder(file: Path) -> None:
    file.mkdir()


@pytest.mark.parametrize("make", [_empty_of_sense, _damaged_pages, _a_folder])
def test_a_file_that_is_no_sound_database_is_refused_in_a_sentence(
    make: Callable[[Path], None], tmp_path: Path
) -> None:
    """F7: no stack trace, what to do, exit code 2."""
    file = tmp_path / "evidence.db"
    make(file)
    done = run_here("evidence", "migrate", PSMF_DATABASE=f"sqlite:///{file}")
    assert done.returncode == 2
    assert "Traceback" not in done.stderr
    assert done.stderr.startswith(f"psmf evidence: {file} ")
    assert len(done.stderr.splitlines()) == 1


def test_a_server_that_does_not_answer_is_named_in_a_sentence() -> None:
    """F7: the same for PostgreSQL."""
    done = run_here("rules", "migrate", PSMF_DATABASE="postgresql+psycopg://nobody@127.0.0.1:9/nothing")
    assert done.returncode == 2
    assert "Traceback" not in done.stderr
    assert "PSMF_DATABASE" in done.stderr


def test_a_second_process_on_the_same_file_says_so_and_ends(tmp_path: Path) -> None:
    """F10: two processes would send each message twice."""
    address = f"sqlite:///{tmp_path / 'notifications.db'}"
    with only_writer(address):
        done = run("notifications", "migrate", PSMF_DATABASE=address)
        assert done.returncode == 2
        assert "Another process already works on this database" in done.stderr
    assert run_here("notifications", "migrate", PSMF_DATABASE=address).returncode == 0


def test_the_same_file_through_a_link_is_the_same_database(tmp_path: Path) -> None:
    """F10: a link to the file, or to its folder, is another name and no other database."""
    (tmp_path / "real").mkdir()
    file = tmp_path / "real" / "rules.db"
    file.touch()
    (tmp_path / "linked.db").symlink_to(file)
    (tmp_path / "folder").symlink_to(tmp_path / "real")
    with only_writer(f"sqlite:///{file}"):
        for other in (tmp_path / "linked.db", tmp_path / "folder" / "rules.db"):
            with pytest.raises(UnusableDatabaseError), only_writer(f"sqlite:///{other}"):
                raise AssertionError("two processes hold it")


def test_a_process_that_is_killed_leaves_no_lock(tmp_path: Path) -> None:
    """F10: the operating system gives it back."""
    address = f"sqlite:///{tmp_path / 'rules.db'}"
    holding = "import sys, time\nfrom services.platform.storage.only_writer import only_writer\n"
    holding += "with only_writer(sys.argv[1]):\n    print('holds', flush=True)\n    time.sleep(600)\n"
    holder = subprocess.Popen([sys.executable, "-c", holding, address], stdout=subprocess.PIPE, text=True)
    assert holder.stdout is not None
    assert holder.stdout.readline() == "holds\n"
    with pytest.raises(UnusableDatabaseError), only_writer(address):
        raise AssertionError("two processes hold it")
    holder.send_signal(signal.SIGKILL)
    holder.wait(HUNG)
    holder.stdout.close()
    with only_writer(address):
        pass


def test_copies_on_postgresql_share_a_database() -> None:
    """F10: there claims part the work, so no lock is wanted."""
    address = "postgresql+psycopg://nobody@127.0.0.1:9/nothing"
    held = threading.Event()
    with only_writer(address), only_writer(address):
        held.set()
    assert held.is_set()
