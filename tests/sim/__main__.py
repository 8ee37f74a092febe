"""Run seeds: `python -m tests.sim --seeds 1000`. Ends with 1 if an invariant does not hold."""

import argparse
import functools
import sys
import time

from tests.sim.many import run_many, run_sabotaged
from tests.sim.run import Result
from tests.sim.sabotage import SABOTAGES
from tests.sim.shrink import shrink


def report(failed: Result, sabotage: str) -> str:
    """Return a report of what failed, the faults that caused it, and how to reproduce it."""
    least = shrink(failed, functools.partial(run_sabotaged, sabotage))
    only = ",".join(least.fired)
    again = f"python -m tests.sim --first {failed.seed} --seeds 1" + (f" --sabotage {sabotage}" if sabotage else "")
    return "\n".join(
        (
            f"seed {failed.seed}: {failed.what}",
            f"  faults: {len(failed.fired)}, of which it takes {len(least.fired)}: {least.what}",
            *(f"    {name}" for name in least.fired),
            f"  again: {again} --only '{only}'",
        )
    )


def main() -> int:
    """Run the command line."""
    options = _options()
    if options.only is not None:
        result = run_sabotaged(options.sabotage, options.first, [name for name in options.only.split(",") if name])
        sys.stdout.write(f"{result.what or 'every invariant holds'}\n")
        return bool(result.invariant)
    started, failures, steps = time.monotonic(), 0, 0
    for result in run_many(range(options.first, options.first + options.seeds), options.sabotage, options.jobs):
        steps += result.steps
        if result.invariant:
            failures += 1
            sys.stdout.write(report(result, options.sabotage) + "\n")
            sys.stdout.flush()
            if failures == options.failures:
                break
    took = time.monotonic() - started
    sys.stdout.write(f"{options.seeds} seeds from {options.first}, {steps} steps, {failures} failed, {took:.0f} s\n")
    return bool(failures)


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m tests.sim", description=__doc__)
    parser.add_argument("--seeds", type=int, default=1000, help="how many")
    parser.add_argument("--first", type=int, default=0, help="the first of them")
    parser.add_argument("--only", help="run the first seed with these faults alone, as a failure names them")
    parser.add_argument("--sabotage", default="", choices=["", *SABOTAGES], help="put a fault into the services")
    parser.add_argument("--jobs", type=int, default=0, help="processes; one for each core unless given")
    parser.add_argument("--failures", type=int, default=3, help="stop after as many")
    return parser.parse_args()


if __name__ == "__main__":
    sys.exit(main())
