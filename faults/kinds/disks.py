"""Q13: the disk of a database fills up under load several times, and is freed each time."""

import itertools
import os
import subprocess
import tempfile
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

import grpc

from faults.checker import check
from faults.figure import Figure, Size, longest, lost_or_doubled
from faults.history import Kind as Asked
from faults.history import Outcome
from faults.load import PEOPLE
from faults.stage import Stage, stage
from services.demo.waiting import OPERATOR
from services.platform.storage.database import Database, count_rows, execute
from services.refusals import Kind, Refusal
from tests.waiting import until

DISK = "12m"
"""Room for what is stored, and for a write-ahead log of 4 MiB that is copied when it is full."""
FULL_SECONDS, WHOLE_SECONDS, LOAD_SECONDS = 30.0, 10.0, 2.0
FULL_SERVICE = "rules"
"""Filled in turn with evidence. Evidence refuses commands; this one cannot apply the events it receives."""


class NoSmallDiskError(Exception):
    """Small disks are not possible here: mounting needs root and a machine that allows it."""


@contextmanager
def small_disks(*services: str) -> Iterator[Callable[[Path], None]]:
    """Mount a disk of a few MiB in memory for each service's database. Yield a function that moves databases there."""
    with tempfile.TemporaryDirectory(prefix="psmf-disks-") as name:
        disks = {service: Path(name) / service for service in services}
        mounted: list[Path] = []
        try:
            for disk in disks.values():
                disk.mkdir()
                _mount(disk)
                mounted.append(disk)
            yield lambda folder: _put(folder, list(disks.values()))
        finally:
            for disk in mounted:
                subprocess.run(["/bin/umount", "--lazy", str(disk)], check=True)


def full_disks(seed: int, size: Size) -> Figure:
    """Q13: acknowledged data stays readable, commands fail with a reason, reads continue, and everything recovers.

    If no small disk can be mounted (that needs root), limit the size of the database instead.
    """
    try:
        return _on_small_disks(seed, size)
    except NoSmallDiskError:
        return _at_page_limit(size)


def _on_small_disks(seed: int, size: Size) -> Figure:
    whole: list[float] = []
    problems: list[str] = []
    with small_disks("evidence", "rules") as prepare, stage(seed, prepare=prepare) as running:
        with running.load("Q13"):
            for number in range(size.full_disks):
                threading.Event().wait(LOAD_SECONDS)
                whole.append(_fill(running, "evidence" if number % 2 == 0 else FULL_SERVICE, problems))
        drained = running.settle()
        problems += check(running)
        for service in ("evidence", "rules"):
            problems += [row[0] for row in running.rows(service, "PRAGMA integrity_check") if row[0] != "ok"]
    what = f"SQLite on a disk of {DISK}iB, filled {size.full_disks} times under load"
    times = f"whole again {longest(whole)}; drained in {drained:.1f} s"
    return Figure("Q13", what, lost_or_doubled(problems), size.full_disks, problems, times)


def _at_page_limit(size: Size) -> Figure:
    problems: list[str] = []
    with tempfile.TemporaryDirectory() as folder:
        database = Database(f"sqlite:///{Path(folder) / 'small.db'}")
        database.write(lambda tx: execute(tx, "CREATE TABLE kept (number INTEGER, text TEXT)"))
        acknowledged = 0
        for number in range(1, size.full_disks + 1):
            database.write(lambda tx, pages=100 * number: execute(tx, f"PRAGMA max_page_count = {pages}"))  # type: ignore[misc]
            acknowledged += _until_full(database)
            with database.read() as connection:
                kept = count_rows(connection, "kept")
            if kept != acknowledged:
                problems.append(f"{acknowledged} acknowledged, {kept} stored")
        database.close()
    what = f"SQLite at its largest number of pages, {size.full_disks} times (no root, so no small disk)"
    return Figure("Q13", what, lost_or_doubled(problems), size.full_disks, problems)


def _until_full(database: Database) -> int:
    """Write until there is no space. Return the number of acknowledged writes."""
    for written in itertools.count():
        try:
            database.write(lambda tx: execute(tx, "INSERT INTO kept VALUES (1, hex(randomblob(1000)))"))
        except Refusal as refusal:
            if refusal.kind is not Kind.EXHAUSTED:
                raise
            return written
    raise AssertionError


def _fill(running: Stage, service: str, problems: list[str]) -> float:
    """Fill one disk, check the suite's behaviour and free the disk. Return the seconds until the suite recovers."""
    ballast = _disk_of(running, service) / "ballast"
    with ballast.open("wb") as file:
        full = lambda: _stuff(file.fileno()) and _is_refused(running, service)  # noqa: E731
        until(full, FULL_SECONDS)
    try:
        running.client.status(OPERATOR, service)
    except grpc.RpcError as error:
        problems.append(f"a read was refused while the disk was full: {error}")
    ballast.unlink()
    freed = time.monotonic()
    until(lambda: not _is_refused(running, service), FULL_SECONDS)
    took = time.monotonic() - freed
    if took > WHOLE_SECONDS:
        problems.append(f"{service} recovered only after {took:.0f} s")
    return took


def _is_refused(running: Stage, service: str) -> bool:
    """Return whether a write fails now for lack of space: a command, or applying events if there are no commands."""
    operation = running.askers[0].tell(Asked.ITEM, PEOPLE[0])
    if service == "evidence":
        return operation.outcome is not Outcome.OK and "RESOURCE_EXHAUSTED" in operation.problem
    head = int(running.rows("evidence", "SELECT MAX(position) FROM outbox")[0][0])
    threading.Event().wait(0.5)
    return int(running.rows(service, "SELECT position FROM inbox_position WHERE source = 'evidence'")[0][0]) < head


def _stuff(file: int) -> bool:
    """Use up the remaining space."""
    for block in (1 << 16, 1 << 12):
        try:
            while True:
                os.write(file, b"-" * block)
        except OSError:
            continue
    return True


def _disk_of(running: Stage, service: str) -> Path:
    return (running.folder / f"{service}.db").resolve().parent


def _mount(disk: Path) -> None:
    command = ["/bin/mount", "-t", "tmpfs", "-o", f"size={DISK}", "tmpfs", str(disk)]
    if os.geteuid() != 0 or subprocess.run(command, check=False, capture_output=True).returncode != 0:
        raise NoSmallDiskError("mounting a small disk needs root")


def _put(folder: Path, disks: Sequence[Path]) -> None:
    for disk in disks:
        (folder / f"{disk.name}.db").symlink_to(disk / f"{disk.name}.db")
