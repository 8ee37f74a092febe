"""Pairs of alternating measurements, the median of their ratios, and the table that shows them."""

import os
import platform
import statistics
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from services.platform.storage.sqlite.library import JOURNAL, library

PAIRS = 5
MEMORY = Path("/dev/shm")  # noqa: S108  a disk in memory, not a folder for anybody's files


@dataclass(frozen=True)
class Ratio:
    """One goal: our figure and a reference from the same run. `beside`: what one must know to read them."""

    number: str
    what: str
    ours: float
    reference: float
    unit: str
    ratio: float
    floor: str
    met: bool
    beside: str = ""


@dataclass(frozen=True)
class Place:
    """Where databases lie: on the disk, or on a disk in memory, where no slow commit makes a ratio look good."""

    name: str
    parent: Path | None

    @contextmanager
    def folder(self) -> Iterator[Path]:
        """Make a folder for the block."""
        with tempfile.TemporaryDirectory("", "psmf-bench-", self.parent, ignore_cleanup_errors=True) as name:
            yield Path(name)


DISK = Place("disk", None)
PLACES = (DISK, *([Place("disk in memory", MEMORY)] if MEMORY.is_dir() else []))


def cpu_seconds(pid: int) -> float:
    """Return the processor time that a process has used, in steps of 10 ms."""
    fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def resident_mib(pid: int | str = "self") -> float:
    """Return the memory of a process that is not swapped out."""
    pages = int(Path(f"/proc/{pid}/statm").read_text().split()[1])
    return pages * os.sysconf("SC_PAGE_SIZE") / 2**20


def seconds(work: Callable[[], object]) -> float:
    """Return the wall time of one run."""
    started = time.perf_counter()
    work()
    return time.perf_counter() - started


def paired(ours: Callable[[], float], reference: Callable[[], float]) -> tuple[float, float, float]:
    """Return the medians of both sides and of their ratios, over alternating pairs."""
    pairs = [(ours(), reference()) for _ in range(PAIRS)]
    return (
        statistics.median(mine for mine, _ in pairs),
        statistics.median(theirs for _, theirs in pairs),
        statistics.median(mine / theirs for mine, theirs in pairs),
    )


def percentile(values: list[float], share: float) -> float:
    """Return the value below which a share of the values lies."""
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, int(share * len(ordered)))]


def short(value: float) -> str:
    """Return a figure with three significant places, or a whole number."""
    return f"{value:,.0f}" if value >= 100 else f"{value:.3g}"


def table(rows: list[Ratio]) -> str:
    """Return the rows as a Markdown table under a line that describes the machine."""
    when = datetime.now(UTC).strftime("%-d %B %Y")
    machine = (
        f"{when}, {os.cpu_count()} cores, Python {platform.python_version()}, SQLite {library.sqlite_version} "
        f"({JOURNAL}), load {os.getloadavg()[0]:.1f}"
    )
    lines = [
        f"Measured {machine}.\n",
        "| goal | what | beside | ours | reference | unit | ratio | floor | met |",
        "| --- | --- | --- | ---: | ---: | --- | ---: | --- | --- |",
    ]
    for row in rows:
        numbers = f"{short(row.ours)} | {short(row.reference)} | {row.unit} | {short(row.ratio)}"
        met = "-" if row.floor == "-" else "yes" if row.met else "**no**"
        lines.append(f"| {row.number} | {row.what} | {row.beside} | {numbers} | {row.floor} | {met} |")
    return "\n".join(lines) + "\n"
