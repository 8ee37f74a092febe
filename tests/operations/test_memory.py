"""Memory of a process that works for long: flat once its caches are full (F4)."""

import sys

import pytest

from tests.waiting import run_to_end

MEMORY = """
import sys, tempfile
from pathlib import Path
from bench.ten_years import grow

def resident():
    return int(Path("/proc/self/statm").read_text().split()[1])

for round_ in range(4):
    with tempfile.TemporaryDirectory() as folder:
        grow(Path(folder), 4, 120)
    print(resident(), flush=True)
"""


@pytest.mark.journey
def test_memory_is_flat_after_the_first_season() -> None:
    """F4: four times four people for 120 days in one process, which takes a minute. At most 5 % more each time."""
    done = run_to_end([sys.executable, "-c", MEMORY])
    assert done.returncode == 0, done.stderr
    _, warm, *later = (int(line) for line in done.stdout.split())
    assert max(later) <= 1.05 * warm
