"""`make faults`: try every fault against the real suite, and print how far each bar was reached."""

import argparse
import sys
import warnings
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager

from faults import broker, crashes, databases
from faults.figure import FULL, T1, Figure, Size, table
from faults.stage import Stage, stage
from services.demo.parts import Profile

SEED = 20161001
OnStage = Callable[[Stage, Size], Figure]
Alone = Callable[[int, Size], Figure]
STAGES: Mapping[Profile, Sequence[tuple[str, OnStage]]] = {
    Profile.EMBEDDED: (("Q1", crashes.kills), ("Q2", crashes.failpoints)),
    Profile.SQLITE_KAFKA: (("Q2", crashes.failpoints), ("Q4", broker.away), ("Q5", broker.forgotten)),
    Profile.POSTGRESQL_FEED: (("Q12", databases.postgres_dies),),
}
ALONE: Sequence[tuple[str, Alone]] = (("Q2", lambda seed, size: crashes.migrations(size)),)


def main(arguments: Sequence[str]) -> int:
    """Exit code 1 when a bar is not met."""
    options = _options(arguments)
    warnings.simplefilter("ignore")
    only = set(options.only.upper().split(",")) if options.only else set()
    size = FULL if options.full else T1
    figures = []
    for figure in _run(options.seed, size, only):
        figures.append(figure)
        print(f"{figure.bar}: {figure.reached}", file=sys.stderr, flush=True)
        for problem in figure.problems[:20]:
            print(f"    {problem}", file=sys.stderr, flush=True)
    print(table(figures, options.seed))
    return int(any(figure.problems for figure in figures))


def _options(arguments: Sequence[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="make faults", description=__doc__)
    parser.add_argument("--full", action="store_true", help="the sizes of a release, instead of those of T1")
    parser.add_argument("--only", default="", help="some bars: Q1,Q4")
    parser.add_argument("--seed", type=int, default=SEED, help="the same seed chooses the same faults")
    return parser.parse_args(arguments)


def _run(seed: int, size: Size, only: set[str]) -> Iterator[Figure]:
    for name, alone in ALONE:
        if not only or name in only:
            yield _guarded(name, lambda alone=alone: alone(seed, size))  # type: ignore[misc]
    for profile, bars in STAGES.items():
        wanted = [(name, bar) for name, bar in bars if not only or name in only]
        if wanted:
            yield from _on(stage(seed, profile), wanted, size)


def _on(
    opened: AbstractContextManager[Stage], bars: Sequence[tuple[str, OnStage]], size: Size
) -> Iterator[Figure]:
    with opened as running:
        for name, bar in bars:
            yield _guarded(name, lambda bar=bar: bar(running, size))  # type: ignore[misc]


def _guarded(name: str, bar: Callable[[], Figure]) -> Figure:
    """A bar that breaks is a bar not met: the others are tried all the same."""
    try:
        return bar()
    except Exception as problem:
        return Figure(name, "did not come to an end", type(problem).__name__, 0, [f"{type(problem).__name__}: {problem}"])


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
