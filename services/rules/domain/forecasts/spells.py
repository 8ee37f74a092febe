"""What a rule answers about one subject over a span of days, and the stretches on which it is raised."""

from bisect import bisect_right
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from itertools import accumulate
from typing import NamedTuple

from services.rules.domain.closed_lists import Lane
from services.rules.domain.evaluation.answering import told_on
from services.rules.domain.evidence.timeline import Moment
from services.rules.domain.facts import ConcernKey, EvidenceFact
from services.rules.domain.forecasts.series import Series


class Spell(NamedTuple):
    """A stretch of days on which a rule is raised.

    `ended_on`: the first day on which it is no longer raised; None if it is raised to the end of the span.
    """

    began_on: date
    ended_on: date | None


Spells = tuple[Spell, ...]
SpellsByKey = Mapping[ConcernKey, Spells]


@dataclass
class Answers:
    """The answers of one rule about one subject: the moments at which they change, and the items behind them."""

    moments: list[Moment] = field(default_factory=list)
    raised: list[bool] = field(default_factory=list)
    rests_on: list[tuple[EvidenceFact, ...]] = field(default_factory=list)

    def at(self, moment: Moment) -> tuple[bool, tuple[EvidenceFact, ...]]:
        """Return whether the rule is raised at a moment, and the items behind that."""
        place = bisect_right(self.moments, moment) - 1
        return (self.raised[place], self.rests_on[place]) if place >= 0 else (False, ())

    def note(self, moment: Moment, raised: bool, rests_on: tuple[EvidenceFact, ...]) -> None:
        """Add an answer if it differs from the one before. Moments must come in order."""
        if not self.moments or (self.raised[-1], self.rests_on[-1]) != (raised, rests_on):
            self.moments.append(moment)
            self.raised.append(raised)
            self.rests_on.append(rests_on)

    def spells(self) -> Spells:
        """Return the stretches of days on which the rule is raised."""
        spells: list[Spell] = []
        for moment, raised in zip(self.moments, self.raised, strict=True):
            is_raised = bool(spells) and spells[-1].ended_on is None
            if raised and not is_raised:
                spells.append(Spell(moment.on, None))
            elif is_raised and not raised:
                spells[-1] = Spell(spells[-1].began_on, moment.on)
        return tuple(spells)


def series_of_concerns(
    counted: Iterable[tuple[Lane, Answers]], for_safety: bool, told: Collection[Moment], first: Moment
) -> Series:
    """Return how many of some rules raise a concern, as it counts in another.

    `counted`: the lane of each rule, with its answers. `told`: the moments from which items of safety count outside
    their lane. `for_safety`: whether it is counted in that lane.
    """
    changes = {first: 0}
    for lane, answers in counted:
        waits = lane is Lane.SAFETY and not for_safety
        was = False
        for moment in sorted({*answers.moments, *told}) if waits else answers.moments:
            raised, rests_on = answers.at(moment)
            now = raised and told_on(moment.on, lane, rests_on, for_safety) is not None
            changes[moment] = changes.get(moment, 0) + now - was
            was = now
    moments = sorted(changes)
    return Series(moments, list(accumulate(changes[moment] for moment in moments)))


def sum_of(first: Series, second: Series) -> Series:
    """Return the sum of two series that begin at the same moment."""
    if len(second.moments) == 1 and second.values[0] == 0:
        return first
    moments = sorted({*first.moments, *second.moments})
    return Series(moments, [(first.at(moment) or 0) + (second.at(moment) or 0) for moment in moments])
