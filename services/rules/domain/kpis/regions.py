"""Whether a KPI about people differs between regions by more than chance. It is a prompt to look, not a ranking (B3).

The test asks about shuffling. If the same people were assigned to regions at random, how often would one region be as
far from the others as this one? The answer is exact (hypergeometric) and in whole numbers. With several regions, the
limit is divided by their number. Then, if regions made no difference, at most one Panel in twenty would get any prompt.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from math import comb

from services.rules.domain.kpis.facts import AllocationFact, age
from services.rules.domain.kpis.known import Known
from services.rules.domain.kpis.report import Entry
from services.rules.domain.rulebook.kpi import Result

ONE_IN = 20
"""Chance alone may cause a prompt once in so many times."""
_TENTHS = 1000


class Finding(StrEnum):
    """The findings about a region."""

    NO_DIFFERENCE = "no_difference"
    LOOK = "look"
    NOT_ENOUGH_DATA = "not_enough_data"


@dataclass(frozen=True, slots=True)
class Region:
    """One region: how many people the KPI looks at, how many of them count, and how sure the share is.

    `from_tenths` and `to_tenths` are the 95 per cent interval of Clopper and Pearson, in tenths of a per cent.
    """

    region: str
    people: int
    counted: int
    from_tenths: int
    to_tenths: int
    finding: Finding


@dataclass(frozen=True, slots=True)
class Comparison:
    """Regions in alphabetical order. `shown` says whether people who may not open the ledger may see the numbers."""

    regions: tuple[Region, ...]
    people: int
    counted: int
    shown: bool


def regions_of(known: Known) -> Mapping[str, str]:
    """Return the region of each person's support manager on the day of the report."""
    found: dict[str, AllocationFact] = {}
    for fact in sorted(known.facts.allocations, key=lambda fact: (fact.from_on, age(fact))):
        if fact.from_on <= known.as_of:
            found[fact.safeguarder_id] = fact
    return {person: fact.region for person, fact in found.items()}


def compare(entries: Iterable[Entry], region_of: Mapping[str, str], smallest_group: int) -> Comparison:
    """Compare regions, from the ledger of a KPI about people.

    People without a region, and people who are left out, are not compared. A region is tested only if it and all others
    together each have at least `smallest_group` people.
    """
    counted: dict[str, list[bool]] = {}
    for entry in entries:
        region = region_of.get(entry.unit.safeguarder_id)
        if region and entry.judgement.result is not Result.LEFT_OUT:
            counted.setdefault(region, []).append(entry.judgement.result is Result.COUNTED)
    people, in_all = sum(map(len, counted.values())), sum(map(sum, counted.values()))
    enough = {region for region, found in counted.items() if min(len(found), people - len(found)) >= smallest_group}
    regions = tuple(
        _region(name, counted[name], (people, in_all), len(enough) if name in enough else 0) for name in sorted(counted)
    )
    return Comparison(regions, people, in_all, all(_may_be_shown(region, smallest_group) for region in regions))


def _region(name: str, found: Sequence[bool], panel: tuple[int, int], asked: int) -> Region:
    people, counted = len(found), sum(found)
    lower, upper = interval(counted, people)
    if not asked:
        finding = Finding.NOT_ENOUGH_DATA
    else:
        finding = Finding.LOOK if is_unlikely(counted, people, *panel, asked) else Finding.NO_DIFFERENCE
    return Region(name, people, counted, lower, upper, finding)


def is_unlikely(counted: int, people: int, all_people: int, all_counted: int, asked: int = 1) -> bool:
    """Return whether a random assignment gives a region as unlikely as this one less than once in 20 times `asked`.

    `counted` of the `people` of the region count, and `all_counted` of `all_people` in all regions together. `asked` is
    the number of regions that are tested.
    """
    ways = [
        comb(all_counted, number) * comb(all_people - all_counted, people - number)
        for number in range(max(0, people - (all_people - all_counted)), min(people, all_counted) + 1)
    ]
    as_seen = comb(all_counted, counted) * comb(all_people - all_counted, people - counted)
    as_unlikely = sum(way for way in ways if way <= as_seen)
    return as_unlikely * ONE_IN * asked < sum(ways)


def interval(counted: int, people: int) -> tuple[int, int]:
    """Return the 95 per cent interval of Clopper and Pearson of a share, in tenths of a per cent, rounded outwards."""
    if people == 0:
        return 0, _TENTHS
    lower = _last(lambda tenths: _chance_in_40(range(counted, people + 1), people, tenths)) if counted else 0
    upper = _TENTHS - (
        _last(lambda tenths: _chance_in_40(range(people - counted, people + 1), people, tenths))
        if counted < people
        else 0
    )
    return lower, upper


def _chance_in_40(numbers: range, people: int, tenths: int) -> bool:
    """Return whether one of some numbers of people comes up at most once in 40 times.

    Each person counts with a chance of `tenths` of a thousand. Once in 40 is 2.5 per cent: half of the 5 per cent
    outside the interval, at each end.
    """
    ways = sum(comb(people, number) * tenths**number * (_TENTHS - tenths) ** (people - number) for number in numbers)
    return bool(2 * ONE_IN * ways <= _TENTHS**people)


def _last(holds: Callable[[int], bool]) -> int:
    """Return the last of 0, 1, 2, … for which something holds that, once it stops holding, never holds again."""
    low, high = 0, _TENTHS
    while high - low > 1:
        middle = (low + high) // 2
        low, high = (middle, high) if holds(middle) else (low, middle)
    return low


def _may_be_shown(region: Region, smallest_group: int) -> bool:
    return all(number == 0 or number >= smallest_group for number in (region.counted, region.people - region.counted))
