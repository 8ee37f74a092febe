"""How evidence becomes whole numbers, on one day and about one subject."""

from bisect import bisect_left
from calendar import monthrange
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property, lru_cache
from typing import NamedTuple

from services.rules.domain.closed_lists import Counts, Source
from services.rules.domain.evidence.countability import CountableMapping, counts_from, may_count_as
from services.rules.domain.facts import EvidenceFact, StandardMapping
from services.rules.domain.rulebook.conditions import HOLDS
from services.rules.domain.rulebook.model import InForce, Measure, Where
from services.rules.domain.rulebook.standards import StandardsEdition

OF_ITEMS = (Counts.ITEMS, Counts.SOURCE_TYPES, Counts.DAYS_BETWEEN_FIRST_AND_LAST)
ONE_DAY = timedelta(days=1)


class Measured(NamedTuple):
    """A measure's value (None: nobody can say), the items it rests on, and the first day of its window.

    `counted` gave the value; `needed` only made it possible to say anything. A tuple, not a dataclass: hundreds
    are made in an evaluation, three times faster.
    """

    value: int | None
    counted: tuple[EvidenceFact, ...] = ()
    needed: tuple[EvidenceFact, ...] = ()
    window_starts_on: date | None = None
    missing: tuple[str, ...] = ()


@dataclass(frozen=True)
class Matched:
    """Countable items a measure listens to about one subject, in order of date, whatever its window.

    `counted` speak the way it listens for; `others` only let it say anything.
    """

    counted: tuple[EvidenceFact, ...]
    others: tuple[EvidenceFact, ...]

    @cached_property
    def ids(self) -> frozenset[str]:
        """Ids of all of them."""
        return frozenset(fact.evidence_id for fact in (*self.counted, *self.others))

    def by(self, day: date) -> "Matched":
        """What could be heard by an earlier day: the same object where that is all of it."""
        if self._complete_on <= day:
            return self
        counted, others = ([f for f in facts if counts_from(f) <= day] for facts in (self.counted, self.others))
        return Matched(tuple(counted), tuple(others))

    def without(self, removed: frozenset[str]) -> "Matched":
        """With some items left out: the same object, and so nothing to measure anew, where it heard none of them."""
        gone = removed & self.ids
        if not gone:
            return self
        if gone not in self._without:
            counted, others = (
                tuple(f for f in facts if f.evidence_id not in gone) for facts in (self.counted, self.others)
            )
            self._without[gone] = Matched(counted, others)
        return self._without[gone]

    def and_also(self, added: "Matched") -> "Matched":
        """With items that happened later than all others."""
        return Matched((*self.counted, *added.counted), (*self.others, *added.others))

    @cached_property
    def _complete_on(self) -> date:
        return max(map(counts_from, (*self.counted, *self.others)), default=date.min)

    @cached_property
    def _without(self) -> dict[frozenset[str], "Matched"]:
        return {}


@lru_cache(maxsize=4096)
def months_before(day: date, months: int) -> date:
    """First day of the window of that many months that ends on `day`."""
    month_index = day.year * 12 + day.month - 1 - months
    year, month = divmod(month_index, 12)
    same_day = min(day.day, monthrange(year, month + 1)[1])
    return date(year, month + 1, same_day) + ONE_DAY


def window_start(wanted: Measure, on: date, lines: Mapping[str, int]) -> date | None:
    """First day of the measure's window, None if it looks at all time."""
    return months_before(on, lines[wanted.over]) if wanted.over else None


def match(wanted: Measure, subject: str, entries: Iterable[CountableMapping], terms: InForce) -> Matched:
    """Which items a measure listens to. `entries` are countable mappings about its standard or subject."""
    line, lines = _report_line(wanted, subject, terms.edition), terms.lines
    counted: dict[str, EvidenceFact] = {}
    others: dict[str, EvidenceFact] = {}
    for entry in entries:
        fact = entry.fact
        if (not wanted.kinds or fact.kind in wanted.kinds) and may_count_as(entry, wanted, terms):
            counts = _counts(wanted, fact, entry.mapping, line, lines)
            (counted if counts else others)[fact.evidence_id] = fact
    return Matched(tuple(counted.values()), tuple(fact for key, fact in others.items() if key not in counted))


def measure(wanted: Measure, heard: Matched, on: date, lines: Mapping[str, int]) -> Measured:
    """Takes a measure of items on a day, of what was heard by then."""
    start = window_start(wanted, on, lines)
    counted = since(heard.counted, start)
    if wanted.counts is Counts.KINDS_MISSING:
        return _kinds_missing(wanted, (*counted, *since(heard.others, start)), start)
    needed = since(heard.others, start) if wanted.needs else ()
    if wanted.needs and len(counted) + len(needed) < lines[wanted.needs]:
        return Measured(None, counted, needed, start)
    return Measured(_value(wanted.counts, counted), counted, needed, start)


def since(facts: tuple[EvidenceFact, ...], start: date | None) -> tuple[EvidenceFact, ...]:
    """Items that happened on a day or later; None for all time."""
    return facts if start is None else facts[before(facts, start) :]


def before(facts: tuple[EvidenceFact, ...], start: date) -> int:
    """How many of the items, in order of date, happened before a day."""
    if not facts or facts[0].happened_on >= start:
        return 0
    return bisect_left(facts, start, key=_happened_on)


def days_of_change(
    wanted: Measure, heard: Matched, first: date, last: date, lines: Mapping[str, int]
) -> Iterator[date]:
    """Days after `first` up to `last` on which a measure of items may have another value than the day before."""
    for facts in (heard.counted, heard.others):
        yield from (day for day in map(counts_from, facts) if first < day <= last)
    if wanted.over is None:
        return
    starts_on, ends_on = (months_before(day, lines[wanted.over]) for day in (first, last))
    leave = {f.happened_on for f in (*heard.counted, *heard.others) if starts_on <= f.happened_on < ends_on}
    day = first
    while leave and day < last:
        day += ONE_DAY
        gone = {happened_on for happened_on in leave if happened_on < months_before(day, lines[wanted.over])}
        leave -= gone
        if gone:
            yield day


def would_count(wanted: Measure, subject: str, terms: InForce) -> Callable[[EvidenceFact], bool]:
    """Whether a measure would count an item if time and guards allowed: same kind, subject, polarity and details."""
    line, about, lines = _report_line(wanted, subject, terms.edition), wanted.about(subject), terms.lines

    def would(fact: EvidenceFact) -> bool:
        if wanted.kinds and fact.kind not in wanted.kinds:
            return False
        for mapping in fact.mappings:
            if about is None or about in (mapping.standard, mapping.indicator):  # noqa: SIM102
                if _counts(wanted, fact, mapping, line, lines):
                    return True
        return not fact.mappings and about is None and wanted.polarity is None

    return would


def _happened_on(fact: EvidenceFact) -> date:
    return fact.happened_on


def _counts(
    wanted: Measure, fact: EvidenceFact, mapping: StandardMapping, line: str | None, lines: Mapping[str, int]
) -> bool:
    """Whether a mapping speaks the way the measure listens for, with the details it asks for."""
    if wanted.polarity is not None and mapping.polarity is not wanted.polarity:
        return False
    return not wanted.where or all(_meets(where, fact, line, lines) for where in wanted.where)


def _report_line(wanted: Measure, subject: str, edition: StandardsEdition | None) -> str | None:
    """The line of a report review that belongs to the indicator asked about, for a measure that looks at it."""
    if not wanted.where or all(where.detail != "report_line" for where in wanted.where):
        return None
    indicator = edition.indicator(subject) if edition else None
    return indicator.report_line if indicator else None


def _kinds_missing(wanted: Measure, facts: tuple[EvidenceFact, ...], start: date | None) -> Measured:
    present = {fact.kind for fact in facts}
    missing = tuple(title for title, kinds in wanted.among if not present & kinds)
    return Measured(len(missing), window_starts_on=start, missing=missing)


def _meets(where: Where, fact: EvidenceFact, line: str | None, lines: Mapping[str, int]) -> bool:
    if where.detail in ("complaint_outcome", "evidence_class"):
        return getattr(fact, where.detail) in where.one_of
    name = line if where.detail == "report_line" else where.detail
    value = fact.details.get(name) if name else None
    if value is None:
        return False
    if where.comparator is None or where.parameter is None:
        return value in where.one_of
    return type(value) is int and HOLDS[where.comparator](value, lines[where.parameter])


def _value(counts: Counts, facts: tuple[EvidenceFact, ...]) -> int:
    if counts is Counts.SOURCE_TYPES:
        return len(source_types(facts))
    if counts is Counts.DAYS_BETWEEN_FIRST_AND_LAST:
        return (facts[-1].happened_on - facts[0].happened_on).days if facts else 0
    return len(facts)


def source_types(facts: Iterable[EvidenceFact]) -> frozenset[Source]:
    """Types of source among the items."""
    return frozenset(fact.source for fact in facts)
