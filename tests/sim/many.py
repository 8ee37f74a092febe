"""Runs many seeds, with or without a fault put into the services."""

import functools
import os
from collections.abc import Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context

from tests.sim.run import Result, run
from tests.sim.sabotage import sabotaged


def run_sabotaged(sabotage: str, seed: int, only: Sequence[str] | None = None) -> Result:
    """Run a seed against services with a fault put into them; none for an empty name."""
    with sabotaged(sabotage):
        return run(seed, only)


def run_many(seeds: Sequence[int], sabotage: str = "", jobs: int = 0) -> Iterator[Result]:
    """Results in order of seed, each simulation in one process, some of them beside one another."""
    work = functools.partial(run_sabotaged, sabotage)
    with ProcessPoolExecutor(jobs or os.cpu_count(), mp_context=get_context("spawn")) as pool:
        yield from pool.map(work, seeds, chunksize=10)
