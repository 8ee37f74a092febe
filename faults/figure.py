"""The result of a bar with its statistics, and the table of results."""

import os
import platform
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime

from services.platform.storage.sqlite.library import JOURNAL, library


@dataclass(slots=True)
class Figure:
    """One line of the table. `trials` is the number of independent trials, `problems` the broken promises."""

    bar: str
    what: str
    reached: str
    trials: int
    problems: list[str] = field(default_factory=list)
    reported: str = ""
    """Times. They are reported but not judged, because the machine may be noisy."""

    @property
    def bound(self) -> str:
        """Return the bound on failures if none of n trials failed: less than 3/n at 95 % confidence (rule of three)."""
        return "-" if self.problems or not self.trials else f"< {min(1.0, 3 / self.trials):.2%}"


@dataclass(frozen=True, slots=True)
class Size:
    """The number of trials of each kind: for every commit, for `make faults`, or for a release."""

    kills: int
    """Number of kills of each service."""
    crashes: int
    """Number of crashes at each failpoint."""
    away_seconds: float
    stops: int
    changes: int
    logs: int
    database_deaths: int
    full_disks: int
    poison_stream: int


COMMIT = Size(1, 1, 4, 1, 2, 40, 1, 1, 300)
T1 = Size(12, 3, 10, 3, 6, 1_000, 5, 5, 1_000)
FULL = Size(100, 20, 60, 20, 30, 10_000, 20, 20, 5_000)


def table(figures: Sequence[Figure], seed: int) -> str:
    """Return the figures as a table for a page or a terminal."""
    when = datetime.now(UTC).strftime("%-d %B %Y")
    machine = f"{os.cpu_count()} cores, load {os.getloadavg()[0]:.1f}"
    versions = f"Python {platform.python_version()}, SQLite {library.sqlite_version} ({JOURNAL})"
    lines = [
        f"Run {when}, seed {seed}, {machine}, {versions}.\n",
        "| bar | what | reached | trials | 95 % bound | times | met |",
        "| --- | --- | --- | ---: | ---: | --- | --- |",
    ]
    for one in figures:
        met = "**no**" if one.problems else "yes"
        lines.append(
            f"| {one.bar} | {one.what} | {one.reached} | {one.trials} | {one.bound} | {one.reported} | {met} |"
        )
    return "\n".join(lines)


def longest(seconds: Sequence[float]) -> str:
    """Return the median and the longest of some times."""
    ordered = sorted(seconds)
    return f"{ordered[len(ordered) // 2]:.1f} s, longest {ordered[-1]:.1f} s" if ordered else "-"


def lost_or_doubled(problems: Sequence[str]) -> str:
    """Return the usual summary of a check."""
    return f"{len(problems)} found: {problems[0]}" if problems else "0 lost, 0 doubled"
