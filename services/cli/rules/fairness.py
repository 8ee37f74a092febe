"""Whether something falls on one group otherwise than on all others: exact, so that few are not overstated."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from math import comb

SURE = 0.95
STEPS = 40
SMALLEST_GROUP = 5


@dataclass(frozen=True, slots=True)
class Group:
    """How many of a group, of how many; the share's exact interval; how likely a difference as large is by chance.

    `chance`: Fisher's exact test against all others, two-sided, times the groups compared, at most 1.
    """

    name: str
    touched: int
    people: int
    interval: tuple[float, float]
    chance: float


def compare(touched: Mapping[str, bool], group_of: Mapping[str, str]) -> tuple[Group, ...]:
    """Each group against all others, in order of name. `touched`: for each person whether it fell on them."""
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
    """Fisher's exact test, two-sided: how likely a split at most as likely as this one is, by chance alone."""
    drawn = touched + touched_others
    least, most = max(0, drawn - others), min(people, drawn)
    ways = {split: comb(people, split) * comb(others, drawn - split) for split in range(least, most + 1)}
    return sum(number for number in ways.values() if number <= ways[touched]) / sum(ways.values())


def exact_interval(touched: int, people: int) -> tuple[float, float]:
    """Clopper and Pearson's 95 % interval of a share."""
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
