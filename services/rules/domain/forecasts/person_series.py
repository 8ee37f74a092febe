"""The value series of one person, each made once and read by every rule, line and rulebook that it concerns."""

from collections.abc import Iterator, Sequence, Set
from dataclasses import dataclass, field
from functools import cached_property

from services.rules.domain.closed_lists import Counts
from services.rules.domain.evaluation.answering import is_always_asked, subjects
from services.rules.domain.evidence.timeline import MatchedVersion, Timeline, item_versions, start_of
from services.rules.domain.facts import CaseFile, EvidenceFact, TeamDuty
from services.rules.domain.forecasts.plan import ForecastScope, Span
from services.rules.domain.forecasts.series import Series, SeriesKey, Stretch, series_of_duties, series_of_items
from services.rules.domain.rulebook.measures import Measure
from services.rules.domain.rulebook.model import Rule


class EvidenceNeeded(Exception):
    """An answer follows from more than is known of a person without the evidence."""


@dataclass
class Known:
    """What has been worked out about one person over a span, whichever rulebook asked for it.

    The keys say what each follows from, so nothing in it goes out of date but by another item, duty or membership.
    `has_evidence`: whether the case file that comes with it holds the person's items and duties. `timelines` are for
    one look at the person. The rest may be kept for the next: it is small, and needs no evidence to be read.
    """

    series: dict[SeriesKey, Series] = field(default_factory=dict)
    subjects: dict[str, tuple[str, ...]] = field(default_factory=dict)
    timelines: dict[object, Timeline] = field(default_factory=dict)
    has_evidence: bool = True

    def to_keep(self, names: Set[str]) -> "Known":
        """Return what may be kept: the series and subjects whose names are among these."""
        series = {key: found for key, found in self.series.items() if key[0] in names}
        return Known(
            series, {name: found for name, found in self.subjects.items() if name in names}, has_evidence=False
        )

    @property
    def size(self) -> int:
        """About how many values it holds. A key and a sequence weigh as much as a few values."""
        values = sum(6 + len(series.values) for series in self.series.values())
        return 8 + values + sum(4 + len(found) for found in self.subjects.values())


class PersonSeries:
    """What the measures of a rulebook are for one person over a span of days.

    `rules`: those that may ask. Items that bear on none of them are left out.
    """

    def __init__(
        self, scope: ForecastScope, case_file: CaseFile, span: Span, rules: Sequence[Rule], known: Known
    ) -> None:
        self._scope = scope
        self._case_file = case_file
        self._span = span
        self._rules = rules
        self._known = known

    @property
    def evidence(self) -> Sequence[EvidenceFact]:
        """Every version of every item. Raises EvidenceNeeded if the case file comes without."""
        self._need_evidence()
        return self._case_file.evidence

    @property
    def duties(self) -> Sequence[TeamDuty]:
        """Every version of every duty. Raises EvidenceNeeded if the case file comes without."""
        self._need_evidence()
        return self._case_file.duties

    def _need_evidence(self) -> None:
        if not self._known.has_evidence:
            raise EvidenceNeeded

    @cached_property
    def timeline(self) -> Timeline:
        """The items over time, as the measures of the rulebook match them. Raises EvidenceNeeded."""
        kinds, rulebook = self._scope.kinds(self._rules), self._scope.rulebook
        # What is known of items follows from their kinds and the editions only.
        key = (self._scope.editions, kinds)
        found = self._known.timelines.get(key)
        if found is not None:
            return found.by(rulebook)
        facts = [fact for fact in self.evidence if kinds is None or fact.kind in kinds]
        found = self._known.timelines[key] = Timeline(item_versions(facts, rulebook), rulebook)
        return found

    def subjects(self, rule: Rule) -> tuple[str, ...]:
        """Return the subjects about which a rule is asked at some moment. Standards may belong to any edition."""
        if is_always_asked(rule):
            return subjects(rule, rule.standards, ())
        name = self._scope.subjects_name(rule)
        found = self._known.subjects.get(name)
        if found is None:
            spoken_to = self.timeline.spoken_to(self._scope.rulebook.derived_read_by(rule))
            found = self._known.subjects[name] = subjects(rule, rule.standards, spoken_to)
        return found

    def known(self, key: SeriesKey) -> Series | None:
        """Return a series that is known; None if it must be worked out."""
        return self._known.series.get(key)

    def remember(self, key: SeriesKey, series: Series) -> Series:
        """Take in a series that was worked out elsewhere, and return it."""
        self._known.series[key] = series
        return series

    def of(self, wanted: Measure, subject: str) -> Series:
        """Return the series of a measure of items or of duties."""
        key = self._scope.series_key(wanted, subject)
        found = self._known.series.get(key)
        return self.remember(key, self._new(wanted, subject)) if found is None else found

    def _new(self, wanted: Measure, subject: str) -> Series:
        if wanted.counts is Counts.TEAM_DUTIES_OVERDUE:
            return series_of_duties(wanted, self.duties, start_of(self._span.since), self._span.end)
        if wanted.about_subject and not self.timeline.bears_on(wanted, subject):
            return self._scope.series_of_nothing(wanted, self._span)
        return series_of_items(wanted, self._stretches(wanted, subject))

    def _stretches(self, wanted: Measure, subject: str) -> Iterator[Stretch]:
        for since, until, terms in self._scope.stretches(wanted, self._span):
            matched: Sequence[MatchedVersion] | None = None
            if wanted.name in terms.measurable:
                matched = self.timeline.matches(wanted.name, subject, terms).parts
            yield Stretch(since, until, matched, terms.lines)
