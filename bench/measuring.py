"""Pairs of alternating measurements, the median of their ratios, and the table that shows them."""

import os
import platform
import statistics
import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime

from services.platform.storage.sqlite.library import JOURNAL, library

PAIRS = 5


@dataclass(frozen=True)
class Ratio:
    """One goal: our figure and a reference from the same run."""

    number: str
    what: str
    ours: float
    reference: float
    unit: str
    ratio: float
    floor: str
    met: bool


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
        "| goal | what | ours | reference | unit | ratio | floor | met |",
        "| --- | --- | ---: | ---: | --- | ---: | --- | --- |",
    ]
    for row in rows:
        numbers = f"{short(row.ours)} | {short(row.reference)} | {row.unit} | {short(row.ratio)}"
        met = "-" if row.floor == "-" else "yes" if row.met else "**no**"
        lines.append(f"| {row.number} | {row.what} | {numbers} | {row.floor} | {met} |")
    return "\n".join(lines) + "\n"
