"""A walk along the value series of one rule about one subject: what follows from the values, moment after moment."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import chain, islice, repeat

from services.rules.domain.closed_lists import Truth
from services.rules.domain.evaluation.answering import asks_of_each_standard, passing_days
from services.rules.domain.evaluation.plain_engine import Truths, decide
from services.rules.domain.evidence.timeline import Moment, start_of
from services.rules.domain.facts import ConcernKey, PersonFact
from services.rules.domain.forecasts.plan import ForecastScope, Span
from services.rules.domain.forecasts.series import Series
from services.rules.domain.rulebook.model import InForce

Stay = tuple[Moment, Moment]
"""A stretch of moments: the first, and the first that no longer belongs to it."""


class Walk:
    """What follows from the values of a rule's measures about a subject, moment after moment.

    - `series`: by measure. Those that count days that pass have none, and the walk counts them itself.
    - `steps`: each moment at which what follows may change, in order, with what follows from then on. None where the
      rule is not asked.
    - `truths`: what follows where the walk stands. `is_new`: whether it may differ from the moment before.
    - `sustained`: the stays in which a condition that must be sustained is.
    """

    def __init__(
        self, scope: ForecastScope, person: PersonFact, span: Span, key: ConcernKey, series: Mapping[str, Series]
    ) -> None:
        self.rule = scope.rulebook.rule(key.rule_id)
        self.subject = key.subject
        self.moment = start_of(span.since)
        self.truths: Truths | None = None
        self.is_new = False
        self.sustained: Sequence[Stay] = ()
        self._scope = scope
        self._person = person
        self._span = span
        self._now: dict[str, int | None] = {}
        self._counts_days = len(series) < len(self.rule.measures)
        changes = (moment for found in series.values() for moment in found.moments)
        days = {*scope.rulebook.changes_on, *scope.days_passed(self.rule, person)}
        self.steps = dict(self._steps(sorted(span.within(days, changes)), series))

    def _steps(self, moments: Iterable[Moment], series: Mapping[str, Series]) -> Iterator[tuple[Moment, Truths | None]]:
        named = [zip(found.moments, repeat(name), found.values) for name, found in series.items()]
        ahead = sorted(chain.from_iterable(named))
        place = 0
        for moment in moments:
            while place < len(ahead) and ahead[place][0] <= moment:
                self._now[ahead[place][1]] = ahead[place][2]
                place += 1
            self.moment = moment
            yield moment, self._truths(self._scope.rulebook.in_force(moment.on))

    def _truths(self, terms: InForce) -> Truths | None:
        if not self._scope.is_live(self.rule, terms):
            return None
        if asks_of_each_standard(self.rule) and self.subject not in terms.standards_asked(self.rule):
            return None
        return decide(terms, self.rule.rule_id, self if self._counts_days else self._now)

    def get(self, name: str) -> int | None:
        """Return the value of a measure at the moment."""
        if name in self._now:
            return self._now[name]
        return passing_days(self._person, self._scope.rulebook.measures[name].counts, self.moment.on)

    def go_to(self, moment: Moment) -> None:
        """Go to a moment, later than the last."""
        self.moment = moment
        self.is_new = moment in self.steps
        if self.is_new:
            self.truths = self.steps[moment]

    def holding(self) -> Sequence[Stay]:
        """Return the stays in which the rule's condition holds."""
        following = (*islice(self.steps, 1, None), self._span.end)
        stays = zip(self.steps.items(), following, strict=True)
        return [(m, until) for (m, truths), until in stays if truths is not None and truths.when is Truth.YES]

    def is_sustained(self) -> bool:
        """Return whether the condition has held for as many days as the rule asks, by what is known at the moment."""
        return not self.rule.holds_for or any(since <= self.moment < until for since, until in self.sustained)
