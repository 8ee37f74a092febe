"""Whether a KPI about people differs between regions by more than chance: a prompt to look, never a league table (B3).

The question is what shuffling would do: were the same people dealt out to the regions at random, how often would one
region be as far off as this? The answer is exact (hypergeometric), in whole numbers. Asked of several regions at once,
the line is divided by their number: of shuffled regions at most one Panel in twenty gets a prompt at all.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from math import comb

from services.rules.domain.kpis.facts import AllocationFact
from services.rules.domain.kpis.report import Entry
from services.rules.domain.kpis.units import Known
from services.rules.domain.rulebook.kpi import Result

ONE_IN = 20
"""How often chance alone may bring a prompt."""
_TENTHS = 1000


class Finding(StrEnum):
    """What is found of a region."""

    NO_DIFFERENCE = "no_difference"
    LOOK = "look"
    NOT_ENOUGH_DATA = "not_enough_data"


@dataclass(frozen=True, slots=True)
class Region:
    """One region: how many people the KPI looks at, how many count, and between which shares the truth may well lie.

    `from_tenths`, `to_tenths`: the 95 per cent interval of Clopper and Pearson, in tenths of a per cent.
    """

    region: str
    people: int
    counted: int
    from_tenths: int
    to_tenths: int
    finding: Finding


@dataclass(frozen=True, slots=True)
class Comparison:
    """Regions in alphabetical order. `shown`: whether their numbers may be seen by who may not open the ledger."""

    regions: tuple[Region, ...]
    people: int
    counted: int
    shown: bool


def regions_of(known: Known) -> Mapping[str, str]:
    """The region in which each person has a support manager on the day."""
    found: dict[str, AllocationFact] = {}
    for fact in sorted(known.facts.allocations, key=lambda fact: (fact.from_on, fact.recorded_at)):
        if fact.from_on <= known.as_of:
            found[fact.safeguarder_id] = fact
    return {person: fact.region for person, fact in found.items()}


def compare(entries: Iterable[Entry], region_of: Mapping[str, str], smallest_group: int) -> Comparison:
    """The regions side by side, from the ledger of a KPI about people: of those in a region who are not left out."""
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
    """Whether dealing people out at random would bring a region as unlikely as this less than once in 20 times `asked`.

    `counted` of the `people` of a region, `all_counted` of `all_people` in all regions together.
    """
    ways = [
        comb(all_counted, number) * comb(all_people - all_counted, people - number)
        for number in range(max(0, people - (all_people - all_counted)), min(people, all_counted) + 1)
    ]
    as_seen = comb(all_counted, counted) * comb(all_people - all_counted, people - counted)
    as_unlikely = sum(way for way in ways if way <= as_seen)
    return as_unlikely * ONE_IN * asked < sum(ways)


def interval(counted: int, people: int) -> tuple[int, int]:
    """The 95 per cent interval of Clopper and Pearson of a share, in tenths of a per cent, rounded outwards."""
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
    """Whether one of some numbers of people comes up at most once in forty times when each does with this chance."""
    ways = sum(comb(people, number) * tenths**number * (_TENTHS - tenths) ** (people - number) for number in numbers)
    return bool(2 * ONE_IN * ways <= _TENTHS**people)


def _last(holds: Callable[[int], bool]) -> int:
    """The last of 0, 1, 2, … for which something holds that stops holding somewhere."""
    low, high = 0, _TENTHS
    while high - low > 1:
        middle = (low + high) // 2
        low, high = (middle, high) if holds(middle) else (low, middle)
    return low


def _may_be_shown(region: Region, smallest_group: int) -> bool:
    return all(number == 0 or number >= smallest_group for number in (region.counted, region.people - region.counted))
