"""How matched items become whole numbers, on one day and about one subject."""

from bisect import bisect_left
from collections.abc import Iterator, Mapping, Sequence
from datetime import date, timedelta
from operator import attrgetter
from typing import NamedTuple

from services.calendar_days import window_start
from services.rules.domain.closed_lists import Counts
from services.rules.domain.evidence.matching import Matched
from services.rules.domain.facts import EvidenceFact, TeamDuty, how_many, how_many_source_types
from services.rules.domain.rulebook.measures import Measure

OF_ITEMS = (Counts.ITEMS, Counts.SOURCE_TYPES, Counts.DAYS_BETWEEN_FIRST_AND_LAST)
ONE_DAY = timedelta(days=1)
_happened_on = attrgetter("happened_on")


class Measured(NamedTuple):
    """A measure's value, the items behind it and the first day of its window.

    `value`: None if unknown. `counted`: the items that gave the value; `needed`: items that only made it possible to
    say anything. `window_starts_on`: None for all time. `missing`: titles of the kinds that are missing.
    `duties`: those of the Team that are overdue.
    A tuple, not a dataclass: an evaluation makes hundreds, and a tuple is made three times as fast.
    """

    value: int | None
    counted: tuple[EvidenceFact, ...] = ()
    needed: tuple[EvidenceFact, ...] = ()
    window_starts_on: date | None = None
    missing: tuple[str, ...] = ()
    duties: tuple[TeamDuty, ...] = ()


def measure_start(wanted: Measure, on: date, lines: Mapping[str, int]) -> date | None:
    """Return the first day of the measure's window; None if it looks at all time."""
    return window_start(on, lines[wanted.over]) if wanted.over else None


def measure(wanted: Measure, matched: Matched, on: date, lines: Mapping[str, int]) -> Measured:
    """Return a measure on a day. `matched`: what was matched by that day.

    Unknown if the items in the window are fewer than the measure needs: too little evidence is neither good nor bad.
    """
    start = measure_start(wanted, on, lines)
    counted = since(matched.counted, start)
    if wanted.counts is Counts.KINDS_MISSING:
        return _kinds_missing(wanted, (*counted, *since(matched.others, start)), start)
    needed = since(matched.others, start) if wanted.needs else ()
    return Measured(value_of(wanted, counted, needed, lines), counted, needed, start)


def value_of(
    wanted: Measure, counted: Sequence[EvidenceFact], others: Sequence[EvidenceFact], lines: Mapping[str, int]
) -> int | None:
    """Return the value of a measure from the items in its window, each in order of date; None if unknown."""
    if wanted.counts is Counts.KINDS_MISSING:
        present = {fact.kind for fact in counted}
        present.update(fact.kind for fact in others)
        return sum(present.isdisjoint(kinds) for _, kinds in wanted.among)
    if wanted.needs and how_many((*counted, *others)) < lines[wanted.needs]:
        return None
    return _value(wanted.counts, counted)


def since(facts: tuple[EvidenceFact, ...], start: date | None) -> tuple[EvidenceFact, ...]:
    """Return the items, in order of date, that happened on a day or later; None for all time."""
    return facts if start is None else facts[before(facts, start) :]


def before(facts: tuple[EvidenceFact, ...], start: date) -> int:
    """Return how many of the items, in order of date, happened before a day."""
    # If the first item is in the window, all are, and no search is needed.
    if not facts or facts[0].happened_on >= start:
        return 0
    return bisect_left(facts, start, key=_happened_on)


def days_of_change(
    wanted: Measure, matched: Matched, first: date, last: date, lines: Mapping[str, int]
) -> Iterator[date]:
    """Yield the days after `first` up to `last` on which a measure of items may differ from the day before.

    These are the days on which an item starts to count or leaves the window. A day may come twice.
    """
    yield from (day for day in matched.starts_on if first < day <= last)
    if wanted.over is None:
        return
    starts_on, ends_on = (window_start(day, lines[wanted.over]) for day in (first, last))
    leave = {f.happened_on for f in (*matched.counted, *matched.others) if starts_on <= f.happened_on < ends_on}
    # A walk over the days is short: a rule asks for days or weeks, not for years.
    day = first
    while leave and day < last:
        day += ONE_DAY
        gone = {happened_on for happened_on in leave if happened_on < window_start(day, lines[wanted.over])}
        leave -= gone
        if gone:
            yield day


def _kinds_missing(wanted: Measure, facts: tuple[EvidenceFact, ...], start: date | None) -> Measured:
    present = {fact.kind for fact in facts}
    missing = tuple(title for title, kinds in wanted.among if present.isdisjoint(kinds))
    return Measured(len(missing), window_starts_on=start, missing=missing)


def _value(counts: Counts, facts: Sequence[EvidenceFact]) -> int:
    if not facts:
        return 0
    if counts is Counts.SOURCE_TYPES:
        return how_many_source_types(facts)
    if counts is Counts.DAYS_BETWEEN_FIRST_AND_LAST:
        return (facts[-1].happened_on - facts[0].happened_on).days
    return how_many(facts)
