"""`make faults`: try every fault against the real suite, and print whether each bar is met."""

import argparse
import sys
import warnings
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager

from faults import groups, journals
from faults.figure import COMMIT, FULL, T1, Figure, Size, table
from faults.kinds import broker, crashes, databases, disks, logs, poison, sabotage
from faults.stage import Stage, stage
from services.demo.stack import Profile

SEED = 20161001
OnStage = Callable[[Stage, Size], Figure]
Alone = Callable[[int, Size], Figure]
ALONE: Sequence[tuple[str, Alone]] = (
    ("Q2", crashes.migrations),
    ("Q8", poison.poisons),
    ("Q13", disks.full_disks),
    ("Q15", journals.journals),
    ("H-1", sabotage.all_caught),
)
ON_STAGES: Sequence[tuple[Sequence[tuple[str, OnStage]], Profile, Mapping[str, int]]] = (
    ((("Q1", crashes.kills), ("Q2", crashes.failpoints), ("Q7", logs.any_order)), Profile.EMBEDDED, {}),
    ((("Q2", crashes.failpoints), ("Q4", broker.away), ("Q5", broker.forgotten)), Profile.SQLITE_KAFKA, {}),
    ((("Q12", databases.postgres_dies),), Profile.POSTGRESQL_FEED, {}),
    ((("Q6", groups.memberships),), Profile.PRODUCTION, groups.COPIES),
)
"""Bars that run one after the other on one suite."""


def main(arguments: Sequence[str]) -> int:
    """Run the bars. Return exit code 1 if a bar is not met."""
    options = _options(arguments)
    warnings.simplefilter("ignore")
    only = set(options.only.upper().split(",")) if options.only else set()
    size = FULL if options.full else COMMIT if options.small else T1
    figures = []
    for figure in _run(options.seed, size, only):
        figures.append(figure)
        print(f"{figure.bar}: {figure.reached}; {figure.reported}", file=sys.stderr, flush=True)
        for problem in figure.problems[:20]:
            print(f"    {problem}", file=sys.stderr, flush=True)
    print(table(figures, options.seed))
    return int(any(figure.problems for figure in figures))


def _options(arguments: Sequence[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="make faults", description=__doc__)
    parser.add_argument("--full", action="store_true", help="the sizes of a release, instead of those of T1")
    parser.add_argument("--small", action="store_true", help="the sizes of every commit, as in tests/faults")
    parser.add_argument("--only", default="", help="some bars: Q1,Q4")
    parser.add_argument("--seed", type=int, default=SEED, help="the same seed chooses the same faults")
    return parser.parse_args(arguments)


def _run(seed: int, size: Size, only: set[str]) -> Iterator[Figure]:
    for name, alone in ALONE:
        if not only or name in only:
            yield _guarded(name, lambda alone=alone: alone(seed, size))  # type: ignore[misc]
    for bars, profile, copies in ON_STAGES:
        wanted = [(name, bar) for name, bar in bars if not only or name in only]
        if wanted:
            yield from _on(stage(seed, profile, copies=copies), wanted, size)


def _on(opened: AbstractContextManager[Stage], bars: Sequence[tuple[str, OnStage]], size: Size) -> Iterator[Figure]:
    with opened as running:
        for name, bar in bars:
            yield _guarded(name, lambda bar=bar: bar(running, size))  # type: ignore[misc]


def _guarded(name: str, bar: Callable[[], Figure]) -> Figure:
    """Run a bar. If it raises, count it as not met, so that the others still run."""
    try:
        return bar()
    except Exception as problem:
        said = f"{type(problem).__name__}: {problem}"
        return Figure(name, "did not come to an end", type(problem).__name__, 0, [said])


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
