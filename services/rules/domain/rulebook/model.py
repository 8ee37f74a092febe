"""The rulebook as loaded and checked: editions, parameters, measures, rules, KPIs and Practice Notes.

Nothing here changes after loading. The cached properties rest on that: what is worked out once stays true.
"""

from bisect import bisect_right
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property

from services.rules.domain.closed_lists import Comparator, Counts, Kind, Lane, RuleStatus, Scope, Tell
from services.rules.domain.facts import CaseFile, LineInForce
from services.rules.domain.rulebook.conditions import (
    All,
    Comparison,
    Condition,
    Decision,
    comparisons,
    decision,
    opposite,
)
from services.rules.domain.rulebook.kpi import Kpi
from services.rules.domain.rulebook.measures import Measure, Selection
from services.rules.domain.rulebook.practice_notes import PracticeNote
from services.rules.domain.rulebook.standards import StandardsEdition

_AGAINST_A_PERSON = frozenset({Lane.SUPPORT_NEED, Lane.ESCALATION, Lane.REAPPOINTMENT_RISK, Lane.SAFETY})
_ASKED = (RuleStatus.LIVE, RuleStatus.TRIAL)


@dataclass(frozen=True, slots=True)
class ParameterValue:
    """A value of a parameter, with the day it comes into force and the reason for it."""

    from_on: date
    value: int
    why: str
    origin: str
    cites: str

    @property
    def whose(self) -> str:
        """The words for its origin: set by the Framework or the law, or a default of this product."""
        return "given" if self.origin == "given" else "ours, not official"


@dataclass(frozen=True, slots=True)
class Parameter:
    """A whole number with dated values, a unit and an owner. `scale` is its smallest and largest sensible value."""

    name: str
    means: str
    unit: str
    scale: tuple[int, int]
    values: tuple[ParameterValue, ...]
    owner: str
    review_by: date

    def in_force(self, day: date) -> ParameterValue | None:
        """Return the value in force on a day, None before the first."""
        return next((value for value in reversed(self.values) if value.from_on <= day), None)


@dataclass(frozen=True, slots=True)
class Routing:
    """Who is told and what follows. `within` and `session_within` name parameters in working days."""

    tell: Tell
    within: str
    agenda: bool
    quiet_if_escalated: bool = False
    session_within: str | None = None


@dataclass(frozen=True, slots=True)
class Example:
    """What a rule must answer on a small invented case. It is part of the rulebook and is run by `run_examples`.

    `answer` is a word of `Answer`. `says` is text that the sentence shown must contain, or empty.
    """

    title: str
    case_file: CaseFile
    on: date
    subject: str
    answer: str
    says: str


@dataclass(frozen=True)
class Rule:
    """One rule, in force from a day, and until a last day if it has one.

    `when` includes `unless`. `clears_when` is as written, or else the opposite of `when`. `note` is the id of the
    Practice Note on which the rule rests, if any. `standards` holds those of every edition if it is about all.
    """

    rule_id: str
    title: str
    source: str
    standards: tuple[str, ...]
    lane: Lane
    status: RuleStatus
    in_force_from: date
    scope: Scope
    when: Condition
    clears_when: Condition
    routing: Routing
    because: str
    examples: tuple[Example, ...]
    holds_for: str | None = None
    unless: tuple[Condition, ...] = ()
    note: str | None = None
    in_force_until: date | None = None
    of_all_standards: bool = False

    def is_in_force(self, day: date) -> bool:
        """Return whether a day is one of its days, whatever its status."""
        return self.in_force_from <= day and (self.in_force_until is None or day <= self.in_force_until)

    @property
    def asked(self) -> Condition:
        """The condition `when` as it is written, without `unless`."""
        return self.when.parts[0] if self.unless and isinstance(self.when, All) else self.when

    @cached_property
    def clears_as_written(self) -> Condition | None:
        """The condition `clears_when`, None if it is the opposite of `when`."""
        return None if self.clears_when == opposite(self.when) else self.clears_when

    @cached_property
    def raises_by(self) -> tuple[Comparison, ...]:
        """Each comparison of `when`, from left to right."""
        return tuple(comparisons(self.when))

    @cached_property
    def clears_by(self) -> tuple[Comparison, ...]:
        """Each comparison of `clears_when`, from left to right."""
        return tuple(comparisons(self.clears_when))

    @cached_property
    def stays_by(self) -> tuple[Comparison, ...]:
        """Each comparison of what keeps a concern open, which is the opposite of `clears_when`."""
        return tuple(comparisons(opposite(self.clears_when)))

    @cached_property
    def gone_when(self) -> Condition:
        """The condition under which a concern is gone: `when` does not hold and `clears_when` does."""
        return All((opposite(self.when), self.clears_when))

    @cached_property
    def measures(self) -> tuple[str, ...]:
        """The names of the measures that the rule compares, each once, in order."""
        return tuple(dict.fromkeys(c.measure for c in (*self.raises_by, *self.clears_by)))

    @cached_property
    def lines(self) -> tuple[str, ...]:
        """The names of the parameters that the rule compares with, each once, in order."""
        return tuple(dict.fromkeys(c.parameter for c in (*self.raises_by, *self.clears_by)))

    @property
    def times(self) -> tuple[str, ...]:
        """The names of the parameters that set the rule's times."""
        return tuple(filter(None, (self.holds_for, self.routing.within, self.routing.session_within)))


class InForce:
    """What a rulebook says on all days between two of its changes.

    - `rules` are the live rules in order of id; `trials` are the rules on trial.
    - `lines` is the value of each parameter that has one.
    - `unclear` are the Practice Notes that are being drafted.
    - `waiting` are the names of the measures that wait for those notes.
    - `adverse` are the names of the measures that count against the person.
    - `for_safety` are the names of the measures in which safety items wait for nothing.
    """

    def __init__(self, rulebook: "Rulebook", day: date) -> None:
        values = ((name, parameter.in_force(day)) for name, parameter in rulebook.parameters.items())
        self._rulebook = rulebook
        self._values = {name: value for name, value in values if value is not None}
        self.lines: Mapping[str, int] = {name: value.value for name, value in self._values.items()}
        self.edition = next((e for e in reversed(rulebook.editions) if e.effective_from <= day), None)
        there = [rule for rule in rulebook.rules if rule.is_in_force(day)]
        self.rules = tuple(rule for rule in there if rule.status is RuleStatus.LIVE)
        self.trials = tuple(rule for rule in there if rule.status is RuleStatus.TRIAL)
        self.unclear = tuple(note for note in rulebook.notes if note.is_unclear_on(day))
        self.waiting = rulebook.waiting if self.unclear else frozenset()
        self.adverse = rulebook.adverse
        self.for_safety = rulebook.for_safety

    def standards_asked(self, rule: Rule) -> tuple[str, ...]:
        """Return the standards in force about which a rule asks that looks for missing evidence.

        Nobody can have evidence on a standard of an edition to come, or owes it on one that is over.
        """
        if self._rulebook.asks_of_every_edition:
            return rule.standards
        if self.edition is None:
            return ()
        if rule.of_all_standards:
            return self.edition.in_coverage
        return tuple(standard for standard in rule.standards if self.edition.has_standard(standard))

    @cached_property
    def decisions(self) -> Mapping[str, tuple[Decision, Decision | None]]:
        """Two functions for each rule by id: does `when` hold, and does `clears_when`. None if that is the opposite."""
        return {rule.rule_id: self._decisions(rule) for rule in self._rulebook.rules}

    def _decisions(self, rule: Rule) -> tuple[Decision, Decision | None]:
        clears = rule.clears_as_written
        return decision(rule.when, self.lines), None if clears is None else decision(clears, self.lines)

    @cached_property
    def measurable(self) -> frozenset[str]:
        """The names of the measures whose parameters all have a value."""
        measures = self._rulebook.measures.items()
        return frozenset(name for name, m in measures if all(p in self.lines for p in m.parameters))

    @cached_property
    def matching(self) -> Mapping[str, str]:
        """What decides which items each measure matches, as text. Where it is the same, they match the same items."""
        names = self.measurable
        return {name: repr(self._matching(m)) for name, m in self._rulebook.measures.items() if name in names}

    def _matching(self, measure: Measure) -> tuple[object, ...]:
        name, numbers = measure.name, (where.parameter for where in measure.where)
        return (
            *measure.selection,
            measure.looks_at_others,
            [self.lines[number] for number in numbers if number is not None],
            (name in self.adverse, name in self.for_safety),
            [note.about for note in self.unclear if name in self.waiting],
            self.edition.edition_id if self.edition and measure.looks_at_report_line else None,
        )

    @cached_property
    def lines_of(self) -> Mapping[str, tuple[LineInForce, ...]]:
        """The lines of each live rule by id, with their origin."""
        return {rule.rule_id: tuple(self._lines_of(rule)) for rule in self.rules}

    def _lines_of(self, rule: Rule) -> Iterator[LineInForce]:
        for name in self._rulebook.parameters_of(rule):
            if name in self._values:
                value, unit = self._values[name], self._rulebook.parameters[name].unit
                yield LineInForce(name, value.value, unit, value.from_on, value.origin, value.why, value.cites)


@dataclass(frozen=True)
class Rulebook:
    """Everything in the rule files, as loaded. `content_hash` names exactly this content.

    `asks_of_every_edition`: rules about missing evidence ask about the standards of every edition, as they did before
    decision records named `standards`. Only a replay of such a record sets it.
    """

    content_hash: str
    editions: tuple[StandardsEdition, ...]
    parameters: Mapping[str, Parameter]
    measures: Mapping[str, Measure]
    rules: tuple[Rule, ...]
    kpis: tuple[Kpi, ...] = ()
    notes: tuple[PracticeNote, ...] = ()
    asks_of_every_edition: bool = False

    def edition_on(self, day: date) -> StandardsEdition | None:
        """Return the edition that governs conduct on a day, None before the first.

        The Framework measures conduct against the regulation that is current at the time.
        """
        return self.in_force(day).edition

    def standard_since(self, standard_id: str, day: date) -> date | None:
        """Return since when a standard is in force without a break, None if it is not in force on that day."""
        if self.asks_of_every_edition:
            return date.min
        since = None
        for edition in self.editions:
            if edition.effective_from <= day:
                held = edition.has_standard(standard_id)
                since = (since or edition.effective_from) if held else None
        return since

    def in_force(self, day: date) -> InForce:
        """Return what it says on a day. All days between two changes share one object.

        Other parts keep results by that object, such as the rules compiled for the engine. With an object for each day,
        they would work everything out every day.
        """
        # Two threads may both make the object. The two say the same, and the later one stays.
        number = bisect_right(self.changes_on, day)
        if number not in self._between:
            self._between[number] = InForce(self, day)
        return self._between[number]

    def lines_on(self, day: date) -> Mapping[str, int]:
        """Return the value of each parameter on a day. A parameter that is not in force yet is left out."""
        return self.in_force(day).lines

    def rule(self, rule_id: str) -> Rule:
        """Return the rule of that id. Raises KeyError if there is none."""
        return self._by_id[rule_id]

    def parameters_of(self, rule: Rule) -> tuple[str, ...]:
        """Return the names of all parameters of a rule, each once: its lines, those of its measures, and its times."""
        windows = (name for measure in rule.measures for name in self.measures[measure].parameters)
        return tuple(dict.fromkeys((*rule.lines, *windows, *rule.times)))

    def derived_read_by(self, rule: Rule) -> frozenset[Kind]:
        """Return the derived kinds of evidence that a rule looks at."""
        return self._derived_read[rule.rule_id]

    def looks_at_concerns(self, rule: Rule) -> bool:
        """Return whether the rule counts concerns raised by other rules. Such rules are asked last."""
        return rule.rule_id in self._looking_at_concerns

    @cached_property
    def selections(self) -> Mapping[str, int]:
        """A number for each measure. Measures that match the same items have the same number, whatever they count."""
        numbers: dict[tuple[Selection, bool, bool], int] = {}
        effects = {name: (name in self.adverse, name in self.for_safety) for name in self.measures}
        selects = {name: (m.selection, *effects[name]) for name, m in self.measures.items()}
        return {name: numbers.setdefault(selection, len(numbers)) for name, selection in selects.items()}

    @cached_property
    def adverse(self) -> frozenset[str]:
        """The names of the measures that count against the person: what they count waits for the right of reply (B4).

        That is so by what the rules do with a measure, whatever the polarity of its items. A rule outside the lanes of
        praise and of the Team's own duties raises a concern, or keeps it open, the more the measure counts.
        """
        against = _AGAINST_A_PERSON | frozenset().union(*(self.measures[name].lanes for name in self._counted_against))
        rules = [rule for rule in self.rules if rule.status in _ASKED and rule.lane in against]
        found = {c.measure for rule in rules for c in (*rule.raises_by, *rule.stays_by) if self._rises_with_items(c)}
        return frozenset(found)

    @cached_property
    def for_safety(self) -> frozenset[str]:
        """The names of the measures that a rule in the lane of safety compares: their safety items count at once (R39).

        One that a rule of another lane compares too counts the same for both: no matter of safety waits.
        """
        rules = (rule for rule in self.rules if rule.status in _ASKED and rule.lane is Lane.SAFETY)
        return frozenset().union(*(rule.measures for rule in rules))

    @property
    def _counted_against(self) -> Iterator[str]:
        """The measures of concerns raised that a rule against a person compares."""
        names = (name for rule in self.rules if rule.lane in _AGAINST_A_PERSON for name in rule.measures)
        return (name for name in names if self.measures[name].counts is Counts.CONCERNS_RAISED)

    def _rises_with_items(self, comparison: Comparison) -> bool:
        """Return whether more items make a comparison hold. More items make fewer kinds missing."""
        wanted = self.measures[comparison.measure]
        rising = comparison.comparator in (Comparator.AT_LEAST, Comparator.ABOVE)
        return wanted.of_items and rising is not (wanted.counts is Counts.KINDS_MISSING)

    @cached_property
    def waiting(self) -> frozenset[str]:
        """The names of the measures that wait while practice is unclear.

        They are those that look for evidence against somebody. Measures of rules on safety do not wait, and neither do
        measures that match the same items.
        """
        of_safety = (rule.measures for rule in self.rules if rule.lane is Lane.SAFETY)
        at_once = {self.measures[name].selection for names in of_safety for name in names}
        return frozenset(name for name, m in self.measures.items() if m.weighs and m.selection not in at_once)

    @cached_property
    def _derived_read(self) -> Mapping[str, frozenset[Kind]]:
        none: frozenset[Kind] = frozenset()
        return {rule.rule_id: none.union(*(self.measures[m].derived for m in rule.measures)) for rule in self.rules}

    @cached_property
    def counted_lanes(self) -> frozenset[Lane]:
        """The lanes whose concerns some measure counts."""
        return frozenset().union(*(measure.lanes for measure in self.measures.values()))

    @cached_property
    def _looking_at_concerns(self) -> frozenset[str]:
        counting = {name for name, measure in self.measures.items() if measure.counts is Counts.CONCERNS_RAISED}
        return frozenset(rule.rule_id for rule in self.rules if counting & set(rule.measures))

    @cached_property
    def changes_on(self) -> tuple[date, ...]:
        """The days on which a line, an edition, a rule or a stage of a Practice Note begins or ends, in order."""
        lines = {value.from_on for parameter in self.parameters.values() for value in parameter.values}
        others = {e.effective_from for e in self.editions} | {rule.in_force_from for rule in self.rules}
        ends = {rule.in_force_until + timedelta(days=1) for rule in self.rules if rule.in_force_until is not None}
        stages = {from_on for note in self.notes for _, from_on in note.stages}
        return tuple(sorted(lines | others | ends | stages))

    @cached_property
    def _between(self) -> dict[int, InForce]:
        return {}

    @cached_property
    def _by_id(self) -> Mapping[str, Rule]:
        return {rule.rule_id: rule for rule in self.rules}
