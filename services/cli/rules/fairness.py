"""Exact tests of whether something affects one group more than all others.

They are exact because the groups are small: an approximation would overstate differences between a few people.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from math import comb

SURE = 0.95
STEPS = 40
"""Halvings of the interval 0 to 1 when a bound is sought: enough for twelve decimal places."""
SMALLEST_GROUP = 5
"""Smaller groups are not shown, because a figure about them could point at a person."""


@dataclass(frozen=True, slots=True)
class Group:
    """A group: how many of how many people are affected, the share's exact interval, and the part of chance.

    `chance` is the probability of such a difference by chance: Fisher's exact test against all others, two-sided, times
    the number of groups compared, at most 1.
    """

    name: str
    touched: int
    people: int
    interval: tuple[float, float]
    chance: float


def compare(touched: Mapping[str, bool], group_of: Mapping[str, str]) -> tuple[Group, ...]:
    """Compare each group with all others and return them by name. `touched` says for each person if it affects them."""
    people: dict[str, list[bool]] = {}
    for person, fell in touched.items():
        people.setdefault(group_of.get(person, ""), []).append(fell)
    whole, all_touched = len(touched), sum(touched.values())
    return tuple(
        Group(
            name,
            sum(group),
            len(group),
            exact_interval(sum(group), len(group)),
            min(1.0, fisher(sum(group), len(group), all_touched - sum(group), whole - len(group)) * len(people)),
        )
        for name, group in sorted(people.items())
    )


def fisher(touched: int, people: int, touched_others: int, others: int) -> float:
    """Return Fisher's exact test, two-sided: the probability of a split no likelier than this one, by chance alone."""
    drawn = touched + touched_others
    least, most = max(0, drawn - others), min(people, drawn)
    ways = {split: comb(people, split) * comb(others, drawn - split) for split in range(least, most + 1)}
    return sum(number for number in ways.values() if number <= ways[touched]) / sum(ways.values())


def exact_interval(touched: int, people: int) -> tuple[float, float]:
    """Return Clopper and Pearson's 95 % interval of a share."""
    if people == 0:
        return 0.0, 1.0
    tail = (1 - SURE) / 2
    low = 0.0 if touched == 0 else _share(lambda share: _chance(range(touched, people + 1), people, share) < tail)
    high = 1.0 if touched == people else _share(lambda share: _chance(range(touched + 1), people, share) > tail)
    return low, high


def _share(is_below: Callable[[float], bool]) -> float:
    low, high = 0.0, 1.0
    for _ in range(STEPS):
        middle = (low + high) / 2
        low, high = (middle, high) if is_below(middle) else (low, middle)
    return (low + high) / 2


def _chance(numbers: Iterable[int], people: int, share: float) -> float:
    return sum(comb(people, n) * share**n * (1 - share) ** (people - n) for n in numbers)
