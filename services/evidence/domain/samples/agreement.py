"""How far two readers of the same reports agree (record 2.8, R53).

Counts always. Cohen's kappa for each line, with its 95 per cent interval, once there are enough pairs: the standard
error is that for large samples, and cannot be trusted below (J. Cohen, A Coefficient of Agreement for Nominal Scales,
1960; J. L. Fleiss, J. Cohen and B. S. Everitt, Large Sample Standard Errors of Kappa and Weighted Kappa, 1969).
"""

import math
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from services.evidence.domain.samples.sample import LINES, Rating, Sample

CHILD_VIEWS = "child_views"
_FOR_95_PERCENT = 1.959964
Pair = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Kappa:
    """Cohen's kappa with the ends of its 95 per cent interval, each from -1 to 1."""

    value: float
    low: float
    high: float


@dataclass(frozen=True, slots=True)
class Agreement:
    """How far readers agree on one line."""

    line: str
    pairs: int
    """Reports on which both readers rated the line."""
    same: int
    one_not_read: int
    """Reports on which one reader or both did not rate it. They are in neither of the other counts."""
    kappa: Kappa | None
    """None with too few pairs, or if both readers gave one and the same word throughout."""
    enough: bool


def agreement(samples: Iterable[Sample], least_pairs: int) -> list[Agreement]:
    """Return how far readers agree on each line, over the samples with two readings that the seed chose.

    Those that somebody chose could be like one another.
    """
    read_twice = [sample for sample in samples if sample.second_by_seed and len(sample.readings) == 2]
    return [_of_line(line, [_pair(sample, line) for sample in read_twice], least_pairs) for line in _NAMES]


_NAMES = (*LINES, CHILD_VIEWS)


def _pair(sample: Sample, line: str) -> Pair:
    # The first reader first, even if the second one was faster: kappa compares two readers, not two days.
    first, second = sorted(sample.readings, key=lambda reading: reading.reader != sample.reader)
    return _word(first.rating, line), _word(second.rating, line)


def _word(rating: Rating, line: str) -> str:
    if line == CHILD_VIEWS:
        return {None: "", True: "yes", False: "no"}[rating.child_views]
    return rating.lines[LINES.index(line)]


def _of_line(line: str, pairs: Sequence[Pair], least_pairs: int) -> Agreement:
    rated = [pair for pair in pairs if all(pair)]
    same = sum(first == second for first, second in rated)
    enough = len(rated) >= least_pairs
    return Agreement(line, len(rated), same, len(pairs) - len(rated), kappa_of(rated) if enough else None, enough)


def kappa_of(pairs: Sequence[Pair]) -> Kappa | None:
    """Return kappa of pairs of words; None if chance alone would make every pair agree, where it is not defined."""
    number = len(pairs)
    shares = {pair: count / number for pair, count in Counter(pairs).items()}
    first, second = Counter[str](), Counter[str]()
    for (one, other), share in shares.items():
        first[one] += share  # type: ignore[assignment]  # a Counter adds shares as it adds counts
        second[other] += share  # type: ignore[assignment]
    words = sorted({*first, *second})
    if len(words) < 2:
        return None
    agreed = math.fsum(shares.get((word, word), 0.0) for word in words)
    chance = math.fsum(first[word] * second[word] for word in words)
    value = (agreed - chance) / (1 - chance)
    terms = _terms(shares, (first, second), agreed, chance)
    variance = (math.fsum(terms) - (agreed * chance - 2 * chance + agreed) ** 2) / (number * (1 - chance) ** 4)
    wide = _FOR_95_PERCENT * math.sqrt(max(variance, 0.0))
    return Kappa(value, max(value - wide, -1.0), min(value + wide, 1.0))


def _terms(
    shares: dict[Pair, float], margins: tuple[Counter[str], Counter[str]], agreed: float, chance: float
) -> Iterator[float]:
    """Yield the terms of the variance of kappa: Fleiss, Cohen and Everitt 1969, equation 13."""
    first, second = margins
    for (one, other), share in shares.items():
        if one == other:
            yield share * ((1 - chance) - (first[one] + second[one]) * (1 - agreed)) ** 2
        else:
            yield share * (1 - agreed) ** 2 * (second[one] + first[other]) ** 2
