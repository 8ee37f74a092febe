"""`make bench`: measure, print the table and write it into docs/benchmarks.md."""

import sys
import tempfile
import warnings
from pathlib import Path

from bench import evaluate, ingest, journey, packs, pages, production, whatif
from bench.days import news
from bench.measuring import table
from bench.storage import writers
from bench.suite import Processes

PAGE = Path(__file__).parents[1] / "docs" / "benchmarks.md"
PAIRS_OF_PARTS = """
## On PostgreSQL and Apache Kafka

The same work on the four pairs of database and transport. PostgreSQL and Kafka run on the same two cores as the rest.
The number in brackets is the ratio to the first column.

"""
MARK = "<!-- make bench writes below this line -->\n"


def main() -> int:
    """Run all benchmarks. The exit code is always 0, because figures from a noisy machine must not fail a build."""
    warnings.simplefilter("ignore")
    folder = Path(tempfile.mkdtemp())
    processes = Processes(folder)
    try:
        rows = ingest.measure(processes, folder) + journey.measure(processes, folder)
    finally:
        processes.stop()
    rows += news.measure() + evaluate.measure() + whatif.measure() + packs.measure() + pages.measure()
    pairs, kafka = production.measure()
    text = table(rows + kafka + writers.measure()) + PAIRS_OF_PARTS + pairs
    print(text)
    page = PAGE.read_text()
    PAGE.write_text(page[: page.index(MARK)] + MARK + "\n" + text)
    return 0


if __name__ == "__main__":
    sys.exit(main())
