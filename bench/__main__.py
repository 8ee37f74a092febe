"""`make bench`: measure, print the table and write it into docs/benchmarks.md.

`python -m bench peers` puts other rules engines beside ours, once `./dev peers` has added them.
"""

import sys
import time
import warnings
from collections.abc import Callable
from pathlib import Path

from bench import evaluate, ingest, journey, packs, pages, production, whatif
from bench.calls import starts
from bench.days import daily_run, news
from bench.measuring import Ratio, table
from bench.storage import large, writers

PAGE = Path(__file__).parents[1] / "docs" / "benchmarks.md"
PAIRS_OF_PARTS = """
## On PostgreSQL and Apache Kafka

The same work on the four pairs of database and transport. PostgreSQL and Kafka run on the same two cores as the rest.
The number in brackets is the ratio to the first column.

"""
MARK = "<!-- make bench writes below this line -->\n"


PARTS: tuple[Callable[[], list[Ratio]], ...] = (
    ingest.measure,
    journey.measure,
    news.measure,
    daily_run.measure,
    evaluate.measure,
    whatif.measure,
    large.measure,
    writers.measure,
    starts.measure,
    packs.measure,
    pages.measure,
)


def main() -> int:
    """Run all benchmarks. The exit code is always 0, because figures from a noisy machine must not fail a build."""
    warnings.simplefilter("ignore")
    began = time.perf_counter()
    pairs, rows = production.measure()
    _tell("bench.production", began)
    for part in (*PARTS, *_peers()):
        since = time.perf_counter()
        rows += part()
        _tell(part.__module__, since)
    minutes = (time.perf_counter() - began) / 60
    text = f"{table(sorted(rows, key=_place))}\nThe whole run took {minutes:.0f} minutes.\n{PAIRS_OF_PARTS}{pairs}"
    print(text)
    page = PAGE.read_text()
    PAGE.write_text(page[: page.index(MARK)] + MARK + "\n" + text)
    return 0


def _peers() -> tuple[Callable[[], list[Ratio]], ...]:
    if "peers" not in sys.argv[1:]:
        return ()
    from bench import peers

    return (peers.measure,)


def _tell(part: str, since: float) -> None:
    print(f"{part} took {time.perf_counter() - since:.0f} s", file=sys.stderr, flush=True)


def _place(row: Ratio) -> tuple[int, str]:
    """Return where a row stands: by its goal's number, and what no goal asks for last."""
    digits = row.number.rstrip("abcdefghijklmnopqrstuvwxyz")
    return (int(digits), row.number) if digits.isdigit() else (sys.maxsize, "")


if __name__ == "__main__":
    sys.exit(main())
