"""Value series: what a measure of one person is over a span of days, as from when each value.

One sweep over the items makes a series. Every rule, line and rulebook that reads the same measure by the same windows
then reads the same series, so nothing is measured twice.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple

from services.calendar_days import months_later
from services.rules.domain.evidence.measures import ONE_DAY, value_of
from services.rules.domain.evidence.team_duties import open_duties, overdue
from services.rules.domain.evidence.timeline import MatchedVersion, Moment, arrival, start_of
from services.rules.domain.facts import EvidenceFact, TeamDuty
from services.rules.domain.rulebook.measures import Measure

SeriesKey = tuple[str, str]
"""The hash of what a measure's values follow from, and the subject, empty if they are the same about every subject."""


class Series(NamedTuple):
    """The values of a measure, each with the moment from which it holds. The first moment is the first of the span.

    A value is None while it is unknown.
    """

    moments: Sequence[Moment]
    values: Sequence[int | None]

    def at(self, moment: Moment) -> int | None:
        """Return the value at a moment of the span."""
        return self.values[bisect_right(self.moments, moment) - 1]


class Stretch(NamedTuple):
    """A part of a span in which the same terms are in force, with what a measure matches by them.

    `matched`: None if the measure has no value by these terms. `lines`: the value of each parameter.
    """

    since: Moment
    until: Moment
    matched: Sequence[MatchedVersion] | None
    lines: Mapping[str, int]


def series_of_items(wanted: Measure, stretches: Iterable[Stretch]) -> Series:
    """Return the series of a measure of items."""
    moments: list[Moment] = []
    values: list[int | None] = []
    for stretch in stretches:
        for moment, value in _sweep(wanted, stretch):
            if not values or values[-1] != value:
                moments.append(moment)
                values.append(value)
    return Series(moments, values)


def _sweep(wanted: Measure, stretch: Stretch) -> Iterator[tuple[Moment, int | None]]:
    """Yield each moment of a stretch at which the measure may change, with its value from then on."""
    if stretch.matched is None:
        yield stretch.since, None
        return
    in_turn = sorted(_comings_and_goings(wanted, stretch))
    # What is looked at only, and what is counted, each in order of date, like what the live path measures.
    there = (_Present(), _Present())
    others, counted = (present.facts for present in there)
    place, last = 0, len(in_turn)
    moment = stretch.since
    while True:
        while place < last and in_turn[place][0] <= moment:
            _, comes, number = in_turn[place]
            part = stretch.matched[number]
            there[part.counted].take(number, part.version.fact if comes else None)
            place += 1
        yield moment, value_of(wanted, counted, others, stretch.lines)
        if place == last:
            return
        moment = in_turn[place][0]


class _Present:
    """The items in a window, in the order of the sequence matched."""

    def __init__(self) -> None:
        self.facts: list[EvidenceFact] = []
        self._numbers: list[int] = []

    def take(self, number: int, fact: EvidenceFact | None) -> None:
        """Take in the item with a number, or let it go if None is given."""
        place = bisect_left(self._numbers, number)
        if fact is None:
            del self._numbers[place], self.facts[place]
        else:
            self._numbers.insert(place, number)
            self.facts.insert(place, fact)


def _comings_and_goings(wanted: Measure, stretch: Stretch) -> Iterator[tuple[Moment, bool, int]]:
    """Yield when each item enters and leaves what the measure looks at, and its place in the sequence matched."""
    months = stretch.lines[wanted.over] if wanted.over else None
    for number, part in enumerate(stretch.matched or ()):
        ended = part.version.ended
        if months is not None:
            ended = min(ended, start_of(months_later(part.version.fact.happened_on, months)))
        if part.starts < ended and part.starts < stretch.until and stretch.since < ended:
            yield part.starts, True, number
            if ended < stretch.until:
                yield ended, False, number


def series_of_duties(wanted: Measure, duties: Sequence[TeamDuty], first: Moment, end: Moment) -> Series:
    """Return the series of a measure of the Team's duties that are overdue."""
    told = {arrival(duty.recorded_at) for duty in duties}
    late = {start_of(duty.due_on + ONE_DAY) for duty in duties}
    moments: list[Moment] = []
    values: list[int | None] = []
    for moment in sorted({first, *(found for found in told | late if first < found < end)}):
        value = len(overdue(open_duties(duties, moment.known_at), wanted.duties, moment.on))
        if not values or values[-1] != value:
            moments.append(moment)
            values.append(value)
    return Series(moments, values)
