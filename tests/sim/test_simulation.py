"""Any schedule of faults, replayable from a seed, and checks that catch every sabotage (Q3, H-1)."""

import os
import subprocess
import sys

import pytest

from tests.sim.many import run_many, run_sabotaged
from tests.sim.run import run
from tests.sim.sabotage import SABOTAGES, seeds_until_caught
from tests.sim.shrink import shrink
from tests.sizes import WHOLE, part_of

SEEDS = int(os.environ.get("PSMF_SIM_SEEDS") or (part_of(1000) if WHOLE else part_of(100)))
"""Number of seeds in one run of the tests."""
SAME = range(1, 1 + part_of(3, least=1))
"""Seeds that are run again and again."""
MOST_SEEDS_TO_CATCH = 350


def test_no_schedule_of_faults_breaks_an_invariant() -> None:
    """Takes most of a second of a core for each seed: it is days of four services, a broker and a mail server."""
    failed = [f"seed {result.seed}: {result.what}" for result in run_many(range(SEEDS)) if result.invariant]
    assert failed == []


def test_the_same_seed_is_the_same_run_whatever_the_seed_of_hashes() -> None:
    """Takes three runs of a seed, one of them in a process of its own."""
    here = [run(seed).hash for seed in SAME]
    assert here == [run(seed).hash for seed in SAME]
    code = f"from tests.sim.run import run; print(*(run(seed).hash for seed in {SAME}))"
    environment = os.environ | {"PYTHONHASHSEED": "77", "PYTHONPATH": os.pathsep.join(sys.path)}
    elsewhere = subprocess.run(
        [sys.executable, "-c", code], env=environment, capture_output=True, text=True, check=True
    )
    assert elsewhere.stdout.split() == here


@pytest.mark.parametrize("name", SABOTAGES)
def test_a_fault_put_into_the_services_is_caught(name: str) -> None:
    first = 0 if WHOLE else SABOTAGES[name].found_by
    seeds, result = seeds_until_caught(name, run, MOST_SEEDS_TO_CATCH, first)
    assert result.invariant, f"{name} is not caught in {seeds} seeds"
    assert result.invariant in SABOTAGES[name].caught_by


def test_a_failure_is_shrunk_to_the_faults_it_takes() -> None:
    """Takes dozens of runs of a seed, each with fewer faults."""
    first = 0 if WHOLE else SABOTAGES["mark-before-ack"].found_by
    _, failed = seeds_until_caught("mark-before-ack", run, MOST_SEEDS_TO_CATCH, first)
    least = shrink(failed, lambda seed, only: run_sabotaged("mark-before-ack", seed, only))
    assert least.invariant == failed.invariant
    assert len(least.fired) < len(failed.fired) / 10
    for name in least.fired:
        without = [other for other in least.fired if other != name]
        assert run_sabotaged("mark-before-ack", least.seed, without).invariant != least.invariant, name
    assert run_sabotaged("mark-before-ack", least.seed, least.fired) == least
