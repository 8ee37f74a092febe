"""`python -m bench.storage.journals`: the write-ahead log against the rollback journal, both sides in one run.

The other side is this release on a machine without the wheel: Python's own SQLite, with a rollback journal.
"""

import os
import statistics
import subprocess
import sys
import tempfile
import uuid
import warnings
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

from bench.journey import Listener, until_heard
from bench.measuring import percentile, seconds, short
from bench.suite import PEOPLE, Processes
from services.platform.storage.sqlite.library import JOURNAL, library

ROUNDS = 5
COMMITS = 400
CALLS = 150
IN_FLIGHT = 8
HEARD = 10
_COMMITS = """
import sys, threading, time
from services.platform.storage.database import Database, execute
database, commits = Database("sqlite:///" + sys.argv[1]), int(sys.argv[2])
database.write(lambda tx: execute(tx, "CREATE TABLE kept (number INTEGER PRIMARY KEY, text TEXT)"))
def commit(number):
    begun = time.perf_counter()
    database.write(lambda tx: execute(tx, "INSERT INTO kept VALUES (?, ?)", (number, "x" * 600)))
    return time.perf_counter() - begun
for number in range(50):
    commit(number)
cpu = time.process_time()
times = sorted(commit(number) for number in range(50, commits))
cpu = (time.process_time() - cpu) / (commits - 50)
held = threading.Event()
def read():
    with database.read() as connection:
        execute(connection, "SELECT COUNT(*) FROM kept").fetchone()
        held.set()
        time.sleep(1.0)
reader = threading.Thread(target=read)
reader.start()
held.wait()
begun, waited, number = time.perf_counter(), 0.0, commits
while time.perf_counter() - begun < 0.9:
    waited, number = max(waited, commit(number)), number + 1
reader.join()
print(cpu * 1e6, times[len(times) // 2] * 1e3, waited * 1e3)
database.close()
"""
Environment = Mapping[str, str]


def without_the_wheel(folder: Path) -> dict[str, str]:
    """Return what makes a process think that there is no wheel of the library."""
    (folder / "pysqlite3").mkdir(parents=True)
    (folder / "pysqlite3" / "__init__.py").write_text("raise ImportError\n")
    return {"PYTHONPATH": str(folder)}


def _commits(folder: Path, extra: Environment) -> tuple[float, ...]:
    """Return the CPU of a commit in microseconds, its p50, and the longest beside a reading of a second, in ms."""
    command = [sys.executable, "-c", _COMMITS, str(folder / f"{uuid.uuid4().hex}.db"), str(COMMITS)]
    ended = subprocess.run(command, env={**os.environ, **extra}, check=True, stdout=subprocess.PIPE, text=True)
    return tuple(float(figure) for figure in ended.stdout.split())


def _calls(processes: Processes) -> tuple[float, float, float]:
    """Return calls a second at 8 in flight, and the CPU of evidence and of rules for each, in microseconds."""
    requests = [processes.item_request(f"bench-{n % PEOPLE}") for n in range(CALLS)]
    for request in requests:
        request.request_id = str(uuid.uuid4())
    call: Callable[[Any], Any] = lambda request: processes.items.CreateEvidenceItem(  # noqa: E731
        request, metadata=processes.metadata
    )
    before = [processes.cpu_seconds(service) for service in ("evidence", "rules")]
    with ThreadPoolExecutor(IN_FLIGHT) as pool:
        taken = seconds(lambda: list(pool.map(call, requests)))
    evidence, rules = (
        (processes.cpu_seconds(service) - was) / CALLS * 1e6
        for service, was in zip(("evidence", "rules"), before, strict=True)
    )
    return CALLS / taken, evidence, rules


def _heard(processes: Processes, listener: Listener, turn: int) -> float:
    """Return the p50 of the time from accepted to heard in milliseconds. Each person has a concern once."""
    people = [f"bench-{number}" for number in range(turn * HEARD, (turn + 1) * HEARD)]
    return percentile([until_heard(processes, listener, person) for person in people], 0.5) * 1e3


WHAT = (
    "CPU of a commit of one row, µs",
    "commit of one row, p50, ms",
    "longest commit beside a reading of a second, ms",
    "calls a second, 8 in flight",
    "CPU of evidence for a call, µs",
    "CPU of rules for a call, µs",
    "accepted → concern heard, p50, ms",
)


def main() -> int:
    """Print both sides, and the medians of the ratios of alternating rounds."""
    warnings.simplefilter("ignore")
    folder = Path(tempfile.mkdtemp())
    other = without_the_wheel(folder / "without")
    sides: dict[str, Environment] = {JOURNAL: {}, "delete": other}
    suites = {name: Processes(_new(folder / f"suite-{name}"), dict(extra)) for name, extra in sides.items()}
    found: dict[str, list[tuple[float, ...]]] = {name: [] for name in sides}
    listeners = {name: Listener(suite) for name, suite in suites.items()}
    try:
        for listener in listeners.values():
            listener.__enter__()
        for number in range(ROUNDS):
            for name, extra in sides.items():
                heard = (_heard(suites[name], listeners[name], number),) if number < PEOPLE // HEARD else ()
                found[name].append((*_commits(folder, extra), *_calls(suites[name]), *heard))
    finally:
        for listener in listeners.values():
            listener.__exit__()
        for suite in suites.values():
            suite.stop()
    print(f"SQLite {library.sqlite_version} ({JOURNAL}) and Python's own (delete), load {os.getloadavg()[0]:.1f}\n")
    print("| | write-ahead log | rollback journal | ratio |\n| --- | ---: | ---: | ---: |")
    for place, what in enumerate(WHAT):
        print(f"| {what} | {_row(found[JOURNAL], found['delete'], place)} |")
    return 0


def _new(folder: Path) -> Path:
    folder.mkdir()
    return folder


def _row(mine: Sequence[tuple[float, ...]], theirs: Sequence[tuple[float, ...]], place: int) -> str:
    pairs = [(a[place], b[place]) for a, b in zip(mine, theirs, strict=True) if place < len(a)]
    columns = [statistics.median(pair[side] for pair in pairs) for side in (0, 1)]
    ratio = statistics.median(a / b for a, b in pairs)
    return " | ".join(short(figure) for figure in (*columns, ratio))


if __name__ == "__main__":
    sys.exit(main())
