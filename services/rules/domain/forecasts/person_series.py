"""The value series of one person, each made once and read by every rule, line and rulebook that it concerns."""

from collections.abc import Iterator, Sequence
from functools import cached_property

from services.rules.domain.closed_lists import Counts
from services.rules.domain.evidence.timeline import MatchedVersion, Timeline, item_versions, start_of
from services.rules.domain.facts import CaseFile
from services.rules.domain.forecasts.plan import ForecastScope, Span
from services.rules.domain.forecasts.series import Series, SeriesKey, Stretch, series_of_duties, series_of_items
from services.rules.domain.rulebook.measures import Measure
from services.rules.domain.rulebook.model import Rule


class PersonSeries:
    """What the measures of a rulebook are for one person over a span of days.

    `rules`: those that may ask; items that bear on none of them are left out. `shared`: the series of the same person
    for another rulebook. Those that follow from the same are taken from it, and those made here are added.
    """

    def __init__(
        self,
        scope: ForecastScope,
        case_file: CaseFile,
        span: Span,
        rules: Sequence[Rule],
        shared: "PersonSeries | None" = None,
    ) -> None:
        self._scope = scope
        self._case_file = case_file
        self._span = span
        self._kinds = scope.kinds(rules)
        self._shared = shared
        self._made: dict[SeriesKey, Series] = {} if shared is None else shared._made

    @cached_property
    def timeline(self) -> Timeline:
        """The items over time, as the measures of the rulebook match them."""
        other, rulebook = self._shared, self._scope.rulebook
        # What is known of items follows from their kinds and the editions only.
        if other and other._scope.rulebook.editions is rulebook.editions and other._kinds == self._kinds:
            return other.timeline.by(rulebook)
        facts, kinds = self._case_file.evidence, self._kinds
        return Timeline(item_versions([f for f in facts if kinds is None or f.kind in kinds], rulebook), rulebook)

    def of(self, wanted: Measure, subject: str) -> Series:
        """Return the series of a measure of items or of duties."""
        key = self._scope.series_key(wanted, subject)
        found = self._made.get(key)
        if found is None:
            found = self._made[key] = self._new(wanted, subject)
        return found

    def _new(self, wanted: Measure, subject: str) -> Series:
        if wanted.counts is Counts.TEAM_DUTIES_OVERDUE:
            return series_of_duties(wanted, self._case_file.duties, start_of(self._span.since), self._span.end)
        stretches = list(self._stretches(wanted, subject))
        if not any(stretch.matched for stretch in stretches):
            return self._scope.series_of_nothing(wanted, self._span)
        return series_of_items(wanted, stretches)

    def _stretches(self, wanted: Measure, subject: str) -> Iterator[Stretch]:
        for since, until, terms in self._scope.stretches(wanted, self._span):
            matched: Sequence[MatchedVersion] | None = None
            if wanted.name in terms.measurable:
                matched = self.timeline.matches(wanted.name, subject, terms).parts
            yield Stretch(since, until, matched, terms.lines)
