"""State shared by all people in one forecast run: the rules, their numbers and what bears on them."""

import hashlib
from collections.abc import Iterable, Iterator, Sequence, Set
from dataclasses import dataclass, fields
from datetime import date
from functools import cached_property
from itertools import groupby

from services.rules.domain.closed_lists import Counts, Kind, Lane
from services.rules.domain.evaluation.answering import PASSING_DAYS, days_it_passes, is_always_asked
from services.rules.domain.evaluation.decision_record import canonical_json
from services.rules.domain.evidence.measures import ONE_DAY
from services.rules.domain.evidence.timeline import Moment, start_of
from services.rules.domain.facts import PersonFact
from services.rules.domain.forecasts.series import Series, SeriesKey, Stretch, series_of_items
from services.rules.domain.rulebook.conditions import in_words
from services.rules.domain.rulebook.measures import Measure
from services.rules.domain.rulebook.model import InForce, Rule, Rulebook


@dataclass(frozen=True, slots=True)
class Span:
    """The first and the last day of a forecast."""

    since: date
    until: date

    @property
    def end(self) -> Moment:
        """The first moment after the span."""
        return start_of(self.until + ONE_DAY)

    def within(self, days: Iterable[date], moments: Iterable[Moment]) -> set[Moment]:
        """Return the first moment of the span, and of the starts of days and the moments those that follow in it."""
        first, end = start_of(self.since), self.end
        found = {start_of(day) for day in days if self.since < day <= self.until}
        found.add(first)
        found.update(moment for moment in moments if first < moment < end)
        return found


class ForecastScope:
    """State shared by all people in one forecast run.

    `only`: ids of the rules wanted; None for all. `rules`: the wanted rules and those whose concerns they count, in the
    order in which they are asked. `second`: wanted rules that count concerns; `alone`: the other wanted rules.
    `numbers`: every value of each parameter at any time, whatever the day. `keeps_items_of`: ids of the rules that
    others count by the items behind them. `guarded`: whether a wanted rule that counts concerns looks at their items.
    `editions`: a hash of the editions and the Practice Notes.
    """

    def __init__(self, rulebook: Rulebook, only: Set[str] | None = None) -> None:
        self.rulebook = rulebook
        self.wanted = frozenset(rule.rule_id for rule in rulebook.rules if only is None or rule.rule_id in only)
        wanted = [rule for rule in rulebook.rules if rule.rule_id in self.wanted]
        second = [rule for rule in wanted if rulebook.looks_at_concerns(rule)]
        lanes = {lane for rule in second for name in rule.measures for lane in rulebook.measures[name].lanes}
        first = [r for r in rulebook.rules if not rulebook.looks_at_concerns(r)]
        self.rules = (*(r for r in first if r.rule_id in self.wanted or r.lane in lanes), *second)
        self.second = tuple(second)
        self.alone = tuple(rule for rule in wanted if rule not in second)
        # The guard of an escalation reads the items behind other concerns, and a matter of safety counts elsewhere by
        # its items that have had their reply. Otherwise they need not be kept.
        self.counts_safety = Lane.SAFETY in lanes
        guarded = any(rule.lane is Lane.ESCALATION for rule in second)
        self.guarded = guarded
        self.keeps_items_of = frozenset(
            rule.rule_id
            for rule in self.rules
            if rule not in second and (guarded or (self.counts_safety and rule.lane is Lane.SAFETY))
        )
        values = rulebook.parameters.items()
        self.numbers = {name: tuple({value.value for value in parameter.values}) for name, parameter in values}
        self.editions = _hash_of("editions", [rulebook.editions, rulebook.notes])
        self._series_names: dict[str, str] = {}
        self._others_names: dict[str, str] = {}
        self._subjects_names: dict[str, str] = {}
        self._kinds: dict[int, frozenset[Kind] | None] = {}
        self._of_nothing: dict[tuple[str, Span], Series] = {}
        self._stretches: dict[tuple[str, Span], tuple[tuple[Moment, Moment, InForce], ...]] = {}
        self._counted: dict[frozenset[Lane], frozenset[str]] = {}
        self._live: dict[InForce, frozenset[str]] = {}

    def kinds(self, rules: Sequence[Rule]) -> frozenset[Kind] | None:
        """Return the kinds of items that bear on some rules; None for all kinds. Items of other kinds are skipped.

        A rule that is asked only where evidence exists needs all kinds: an item of any kind gives it a subject.
        """
        # The rules are one of the scope's own sequences, or all of the rulebook, each of which lasts as long as it.
        if id(rules) not in self._kinds:
            self._kinds[id(rules)] = self._kinds_of(rules)
        return self._kinds[id(rules)]

    def _kinds_of(self, rules: Sequence[Rule]) -> frozenset[Kind] | None:
        measures = [self.rulebook.measures[name] for rule in rules for name in rule.measures]
        of_items = [measure for measure in measures if measure.of_items]
        if not all(is_always_asked(rule) for rule in rules) or not all(measure.kinds for measure in of_items):
            return None
        return frozenset().union(*(measure.kinds for measure in of_items))

    def needs_items_of(self, rule: Rule) -> bool:
        """Return whether the items behind a rule's answer are needed: for a guard, or by a rule that counts it."""
        return rule.lane is Lane.ESCALATION or rule.rule_id in self.keeps_items_of

    def series_key(self, wanted: Measure, subject: str) -> SeriesKey:
        """Return what a measure's values about a subject follow from, beside the person and the days.

        Where the keys are the same, so are the values, whichever rulebook asks.
        """
        found = self._series_names.get(wanted.name)
        if found is None:
            found = self._series_names[wanted.name] = _hash_of("measure", self._said_of_measure(wanted))
        return found, wanted.subject_of(subject)

    def others_key(self, wanted: Measure) -> SeriesKey:
        """Return what the number of concerns of rules that are not wanted follows from, as a measure counts them."""
        found = self._others_names.get(wanted.name)
        if found is None:
            found = self._others_names[wanted.name] = _hash_of("others", self._said_of_others(wanted))
        return found, ""

    def subjects_name(self, rule: Rule) -> str:
        """Return what the subjects of a rule follow from, beside the person."""
        found = self._subjects_names.get(rule.rule_id)
        if found is None:
            derived = sorted(self.rulebook.derived_read_by(rule))
            said = [rule.scope, rule.lane, rule.standards, derived, self.editions]
            found = self._subjects_names[rule.rule_id] = _hash_of("subjects", said)
        return found

    @cached_property
    def names(self) -> frozenset[str]:
        """What all that the wanted rules read of a person follows from: see `Known.to_keep`."""
        wanted = [rule for rule in self.rules if rule.rule_id in self.wanted]
        measures = [self.rulebook.measures[name] for rule in wanted for name in rule.measures]
        keys = (self.others_key(m) if m.counts is Counts.CONCERNS_RAISED else self.series_key(m, "") for m in measures)
        return frozenset((*(name for name, _ in keys), *map(self.subjects_name, wanted)))

    def _said_of_measure(self, wanted: Measure) -> object:
        book, name = self.rulebook, wanted.name
        return [
            {part.name: getattr(wanted, part.name) for part in fields(wanted) if part.name != "means"},
            [self._dated(number) for number in wanted.parameters],
            [name in book.adverse, name in book.for_safety, name in book.waiting],
            self.editions,
        ]

    def _said_of_others(self, wanted: Measure) -> object:
        others = [self.rulebook.rule(rule_id) for rule_id in sorted(self.counted(wanted.lanes) - self.wanted)]
        return [wanted.name in self.rulebook.for_safety, self.counts_safety, [self._said_of_rule(r) for r in others]]

    def _said_of_rule(self, rule: Rule) -> object:
        measures = [self.rulebook.measures[name] for name in rule.measures]
        numbers = (*rule.lines, *((rule.holds_for,) if rule.holds_for else ()))
        return [
            (rule.rule_id, rule.lane, rule.scope, rule.status, rule.standards, rule.of_all_standards),
            (rule.in_force_from, rule.in_force_until, in_words(rule.when), in_words(rule.clears_when), rule.holds_for),
            [self._dated(number) for number in numbers],
            [self._said_of_measure(measure) for measure in measures],
        ]

    def _dated(self, number: str) -> object:
        return [(value.from_on, value.value) for value in self.rulebook.parameters[number].values]

    def stretches(self, wanted: Measure, span: Span) -> Sequence[tuple[Moment, Moment, InForce]]:
        """Return the first moment, the first moment after, and the terms of each stretch of a span.

        In a stretch nothing in the rulebook changes that a measure of items reads.
        """
        found = self._stretches.get((wanted.name, span))
        if found is None:
            days = [span.since, *(day for day in self.rulebook.changes_on if span.since < day <= span.until)]
            by_terms = [(day, self.rulebook.in_force(day)) for day in days]
            parts = [next(same) for _, same in groupby(by_terms, lambda part: _read_by(wanted, part[1]))]
            ends = [*(start_of(day) for day, _ in parts[1:]), span.end]
            found = tuple((start_of(day), end, terms) for (day, terms), end in zip(parts, ends, strict=True))
            self._stretches[wanted.name, span] = found
        return found

    def series_of_nothing(self, wanted: Measure, span: Span) -> Series:
        """Return the series of a measure on which no item of a person bears. Most are, and all share it."""
        found = self._of_nothing.get((wanted.name, span))
        if found is None:
            stretches = (
                Stretch(since, until, () if wanted.name in terms.measurable else None, terms.lines)
                for since, until, terms in self.stretches(wanted, span)
            )
            found = self._of_nothing[wanted.name, span] = series_of_items(wanted, stretches)
        return found

    def days_passed(self, rule: Rule, person: PersonFact) -> Iterator[date]:
        """Yield the days on which a number of days that a rule compares passes a line."""
        for comparison in (*rule.raises_by, *rule.clears_by):
            counts = self.rulebook.measures[comparison.measure].counts
            if counts in PASSING_DAYS:
                for line in self.numbers[comparison.parameter]:
                    yield from days_it_passes(person, counts, line)

    def counted(self, lanes: frozenset[Lane]) -> frozenset[str]:
        """Return the rules whose concerns a measure of some lanes counts."""
        found = self._counted.get(lanes)
        if found is None:
            first = (rule for rule in self.rules if not self.rulebook.looks_at_concerns(rule))
            found = self._counted[lanes] = frozenset(r.rule_id for r in first if r.lane in lanes)
        return found

    def is_live(self, rule: Rule, terms: InForce) -> bool:
        """Return whether a rule is live by the terms given."""
        found = self._live.get(terms)
        if found is None:
            found = self._live[terms] = frozenset(entry.rule_id for entry in terms.rules)
        return rule.rule_id in found


def _hash_of(about: str, said: object) -> str:
    return hashlib.sha256(canonical_json([about, said])).hexdigest()


def _read_by(wanted: Measure, terms: InForce) -> object:
    """Return what a measure of items reads in the rulebook: which items it matches, and its numbers."""
    return terms.matching.get(wanted.name), [terms.lines.get(name) for name in wanted.parameters]
