"""The database has one writer for many callers, and every acknowledged write is on disk (reliability Q1, Q13, Q14)."""

import os
import signal
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Connection

from services.platform.storage.database import Database, execute
from services.refusals import Kind, Refusal
from tests import databases
from tests.conftest import only_sqlite
from tests.platform.small_service import count_one, counts, new_database, rows
from tests.waiting import HUNG, until

WRITER = """
import sys
from services.platform.storage.database import Database
from tests.platform.small_service import count_one, small_tables
database = Database(sys.argv[1])
small_tables().create_all(database.engine)
while True:
    print(database.write(lambda tx: count_one(tx, "acknowledged")), flush=True)
"""


def write_together(database: Database, *works: Callable[[Connection], Any]) -> list[Any]:
    """Run the works in one group by queueing them behind a first one. Return each result or exception."""
    go, holding = threading.Event(), threading.Event()

    def hold(_: Connection) -> None:
        holding.set()
        assert go.wait(HUNG)

    with ThreadPoolExecutor(len(works) + 1) as callers:
        first = callers.submit(database.write, hold)
        assert holding.wait(HUNG)
        futures = []
        for work in works:
            futures.append(callers.submit(database.write, work))
            queued = len(futures)
            until(lambda: database._queue.qsize() >= queued)  # noqa: B023
        go.set()
        first.result()
        return [future.exception() or future.result() for future in futures]


def test_callers_who_come_together_share_one_commit(database: Database) -> None:
    before = database.commits.count
    assert write_together(database, *[lambda tx: count_one(tx, "together")] * 20) == list(range(1, 21))
    assert database.commits.count == before + 2


def test_one_callers_failure_undoes_only_its_own(database: Database, file: Path) -> None:
    def half_way(tx: Connection) -> None:
        count_one(tx, "half-way")
        raise ValueError("no")

    outcomes = write_together(database, lambda tx: count_one(tx, "a"), half_way, lambda tx: count_one(tx, "b"))
    assert [type(outcome) for outcome in outcomes] == [int, ValueError, int]
    assert counts(file) == {"a": 1, "b": 1}


def test_one_callers_wrong_statement_undoes_only_its_own(database: Database, file: Path) -> None:
    def wrong(tx: Connection) -> None:
        count_one(tx, "half-way")
        execute(tx, "SELECT nothing FROM nowhere")

    outcomes = write_together(database, lambda tx: count_one(tx, "a"), wrong, lambda tx: count_one(tx, "b"))
    assert outcomes[0] == outcomes[2] == 1
    assert not isinstance(outcomes[1], Refusal), "a fault in our code must not be reported as a missing database"
    assert counts(file) == {"a": 1, "b": 1}


def test_a_refusal_reaches_its_caller_as_it_was_raised(database: Database) -> None:
    def refuse(_: Connection) -> None:
        raise Refusal(Kind.INVALID, "NOT_SO", "Not so.")

    with pytest.raises(Refusal, match="NOT_SO"):
        database.write(refuse)


def test_what_was_acknowledged_is_there_after_the_process_was_killed(file: Path) -> None:
    process = subprocess.Popen(
        [sys.executable, "-c", WRITER, databases.address(file)], stdout=subprocess.PIPE, text=True
    )
    assert process.stdout is not None
    acknowledged = 0
    for line in process.stdout:
        acknowledged = int(line)
        if acknowledged == 25:
            process.send_signal(signal.SIGKILL)
    process.wait()
    process.stdout.close()
    assert counts(file)["acknowledged"] - acknowledged in (0, 1), "at most one unacknowledged write may be on disk"


def test_eight_writers_of_two_hundred_read_modify_writes_lose_nothing(database: Database, file: Path) -> None:
    def write(_: int) -> None:
        for _ in range(200):
            database.write(lambda tx: count_one(tx, "all"))

    with ThreadPoolExecutor(8) as writers:
        list(writers.map(write, range(8)))
    assert counts(file) == {"all": 1600}


def test_a_reader_sees_one_moment_while_others_write(database: Database) -> None:
    for name in ("left", "right"):
        database.write(lambda tx, n=name: count_one(tx, n))  # type: ignore[misc]

    def both(tx: Connection) -> None:
        count_one(tx, "left")
        count_one(tx, "right")

    with ThreadPoolExecutor(2) as writers:
        busy = [writers.submit(lambda: [database.write(both) for _ in range(30)]) for _ in range(2)]
        while not all(future.done() for future in busy):
            with database.read() as connection:
                left, right = (
                    execute(connection, "SELECT count FROM tally WHERE name = ?", (name,)).fetchone()[0]
                    for name in ("left", "right")
                )
            assert left == right


@contextmanager
def small_disk(folder: Path) -> Iterator[Path]:
    """Mount a disk of 512 KiB in memory and return its folder. Without the right to mount, return a normal folder."""
    folder.mkdir()
    size = ["-o", "size=512k"]
    mounted = os.geteuid() == 0 and (
        subprocess.run(["/bin/mount", "-t", "tmpfs", *size, "tmpfs", str(folder)], check=False).returncode == 0
    )
    try:
        yield folder
    finally:
        if mounted:
            subprocess.run(["/bin/umount", "--lazy", str(folder)], check=True)


@only_sqlite
def test_a_full_disk_refuses_writes_and_reads_go_on(database_kind: str, tmp_path: Path) -> None:
    with small_disk(tmp_path / "disk") as disk:
        database = new_database(disk / "small.db")
        # If no small disk could be mounted, limit the size of the database itself.
        database.write(lambda tx: tx.exec_driver_sql("PRAGMA max_page_count = 128"))
        database.write(lambda tx: count_one(tx, "before"))
        (disk / "ballast").write_bytes(b"-" * 200_000)

        def much(tx: Connection) -> None:
            execute(tx, "INSERT INTO tally (name, count) VALUES (hex(randomblob(100000)), 1)")

        def refused() -> str:
            try:
                database.write(much)
            except Refusal as refusal:
                return refusal.reason
            return ""

        assert until(refused) == refused() == "STORAGE_FULL"
        with database.read() as connection:
            assert execute(connection, "SELECT count FROM tally WHERE name = 'before'").fetchone() == (1,)
        (disk / "ballast").unlink()
        database.write(lambda tx: execute(tx, "DELETE FROM tally WHERE name <> 'before'"))
        assert database.write(lambda tx: count_one(tx, "before")) == 2
        database.close()


@only_sqlite
def test_a_database_at_its_limit_says_that_storage_is_full(database: Database, file: Path) -> None:
    pages = rows(file, "PRAGMA page_count")[0][0]
    database.write(lambda tx: tx.exec_driver_sql(f"PRAGMA max_page_count = {pages}"))
    with pytest.raises(Refusal) as refused:
        database.write(lambda tx: execute(tx, "INSERT INTO tally VALUES (hex(randomblob(100000)), 1)"))
    assert refused.value.kind is Kind.EXHAUSTED
    assert refused.value.reason == "STORAGE_FULL"
    database.write(lambda tx: count_one(tx, "small things still fit"))


def test_a_connection_in_use_when_the_database_is_closed_is_closed_when_its_work_is_done(file: Path) -> None:
    database = new_database(file)
    with database.read() as connection:
        connection.exec_driver_sql("SELECT 1")
        own: Any = connection.connection.driver_connection
        database.close()
        assert own.execute("SELECT 2").fetchone()[0] == 2
    with pytest.raises(Exception, match="closed"):
        own.execute("SELECT 3")


def test_closing_finishes_what_is_queued(file: Path) -> None:
    database = new_database(file)
    assert len(write_together(database, *[lambda tx: count_one(tx, "queued")] * 5)) == 5
    database.close()
    assert counts(file) == {"queued": 5}
