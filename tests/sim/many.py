"""Runs of many seeds, with or without sabotaged services."""

import functools
import os
from collections.abc import Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context

from tests.sim.run import Result, run
from tests.sim.sabotage import sabotaged


def run_sabotaged(sabotage: str, seed: int, only: Sequence[str] | None = None) -> Result:
    """Run a seed against sabotaged services. An empty name means no sabotage."""
    with sabotaged(sabotage):
        return run(seed, only)


def run_many(seeds: Sequence[int], sabotage: str = "", jobs: int = 0) -> Iterator[Result]:
    """Yield results in order of seed. Each simulation runs in one process, and several run at once."""
    work = functools.partial(run_sabotaged, sabotage)
    with ProcessPoolExecutor(jobs or os.cpu_count(), mp_context=get_context("spawn")) as pool:
        yield from pool.map(work, seeds, chunksize=10)
