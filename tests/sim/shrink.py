"""A search for the faults that make a run fail. It leaves out faults for as long as the same invariant fails."""

from collections.abc import Callable, Sequence

from tests.sim.run import Result

MOST_RUNS = 150


def shrink(failed: Result, run: Callable[[int, Sequence[str]], Result]) -> Result:
    """Return the failure with the fewest faults found (delta debugging)."""
    best, parts, runs = failed, 2, 0
    while parts <= len(best.fired) and runs < MOST_RUNS:
        size = -(-len(best.fired) // parts)
        for start in range(0, len(best.fired), size):
            runs += 1
            fewer = run(failed.seed, best.fired[:start] + best.fired[start + size :])
            if fewer.invariant == failed.invariant:
                best, parts = fewer, max(2, parts - 1)
                break
        else:
            parts = parts * 2 if size > 1 else len(best.fired) + 1
    without = run(failed.seed, ())
    return without if without.invariant == failed.invariant else best
