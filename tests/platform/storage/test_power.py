"""F14: a power cut at any moment takes back nothing that was acknowledged, with either journal."""

import os
import random
import re
import shutil
from contextlib import closing
from pathlib import Path

import pytest

from services.platform.storage.sqlite.library import JOURNAL, library
from tests.platform.storage.power import Call, Disk, calls_of
from tests.sizes import part_of

COMMITS = """
import os, sys
from services.platform.storage.database import Database, execute
from services.platform.storage.sqlite import log

log.CHECKPOINT_PAGES = 9
database = Database("sqlite:///" + sys.argv[1])
os.write(2, database.journal.encode())
database.write(lambda tx: execute(tx, "CREATE TABLE kept (number INTEGER PRIMARY KEY, text TEXT UNIQUE)"))
for number in range(1, 31):
    rows = [(number * 10 + place, f"{number * 7919 % 31:03} {place} " + "x" * 700) for place in range(4)]
    database.write(lambda tx: [execute(tx, "INSERT INTO kept VALUES (?, ?)", row) for row in rows])
    os.write(1, f"kept {number}".encode())
database.close()
os.write(1, b"closed")
"""
ROWS, EACH = 30, 4
CUTS = 600
_KEPT = re.compile(rb"kept (\d+)")

pytestmark = pytest.mark.skipif(shutil.which("strace") is None, reason="needs strace, which tells what was written")


def without_the_wheel(folder: Path) -> dict[str, str]:
    """Return an environment of a machine for which there is no wheel of the library."""
    (folder / "pysqlite3").mkdir()
    (folder / "pysqlite3" / "__init__.py").write_text("raise ImportError\n")
    return dict(os.environ) | {"PYTHONPATH": f"{folder}{os.pathsep}{os.environ.get('PYTHONPATH', '')}"}


@pytest.fixture(scope="module", params=["wal", "delete"])
def calls(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> list[Call]:
    folder = tmp_path_factory.mktemp("cut")
    if request.param == "wal" != JOURNAL:
        pytest.skip("needs the wheel of the library")
    environment = dict(os.environ) if request.param == JOURNAL else without_the_wheel(folder)
    made = calls_of(COMMITS, str(folder / "small.db"), trace=folder / "calls", environment=environment)
    assert request.param.encode() in {call.held for call in made}
    return made


def broken(calls: list[Call], folder: Path, cuts: int, disk: Disk) -> list[str]:
    """Cut the power at random moments. Return what was wrong with the disks that were left."""
    draw, acknowledged, problems = random.Random(5), 0, []
    moments = sorted(draw.choices(range(len(calls)), k=cuts))
    for moment, call in enumerate(calls):
        disk.take(call)
        if told := _KEPT.fullmatch(call.held):
            acknowledged = int(told[1])
        while moments and moments[0] == moment:
            moments.pop(0)
            problems += [f"call {moment}: {why}" for why in _wrong(disk.after_a_cut(draw), folder, acknowledged)]
    return problems


def _wrong(files: dict[str, bytes], folder: Path, acknowledged: int) -> list[str]:
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir()
    for name, held in files.items():
        if "small.db" in name and not name.endswith("-shm"):
            (folder / Path(name).name).write_bytes(held)
    try:
        with closing(library.connect(folder / "small.db")) as connection:
            checked = connection.execute("PRAGMA quick_check").fetchone()[0]
            there = connection.execute("SELECT 1 FROM sqlite_master WHERE name = 'kept'").fetchone()
            rows = {row[0] for row in connection.execute("SELECT number FROM kept")} if there else set()
    except library.DatabaseError as problem:
        return [str(problem)]
    wanted = {number * 10 + place for number in range(1, acknowledged + 1) for place in range(EACH)}
    halves = len(rows) % EACH
    return (
        [f"{checked}, {acknowledged} acknowledged, rows {len(rows)}"]
        if checked != "ok" or wanted - rows or halves
        else []
    )


def test_a_power_cut_at_any_moment_takes_back_nothing_that_was_acknowledged(calls: list[Call], tmp_path: Path) -> None:
    assert broken(calls, tmp_path / "left", part_of(CUTS), Disk()) == []


def test_a_disk_that_does_not_sync_is_found(calls: list[Call], tmp_path: Path) -> None:
    """Otherwise the test above might find nothing because it sees nothing."""
    assert broken(calls, tmp_path / "left", 40, Disk(ignores_syncs=True))
