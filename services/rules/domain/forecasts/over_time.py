"""What the rules answer about one person over a span of days, each moment as it was known then.

The answers are the same as asking every rule at every moment. A property test holds this. For speed, each rule is asked
only at the moments at which its answer may change:
- An item becomes known, starts to count, is replaced by its next version or leaves a window.
- A line, a rule or an edition comes into force.
- A number of days passes its line.
- A duty of the Team is told, changes, or passes its last day.
- A condition has held for as many days as the rule asks.

People's decisions are not forecast. A raised concern stays open, and its rule may stop and start being raised again.
"""

from bisect import bisect_right, insort
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import cached_property, partial
from typing import NamedTuple

from services.calendar_days import months_later
from services.rules.domain.closed_lists import Answer, Counts, EvidenceClass, Lane, Scope, Truth
from services.rules.domain.evaluation.answering import (
    PASSING_DAYS,
    RISING,
    Answering,
    asks_of_each_standard,
    days_it_passes,
    held_back,
    subjects,
)
from services.rules.domain.evidence.countability import counts_from
from services.rules.domain.evidence.measures import ONE_DAY, Measured
from services.rules.domain.evidence.team_duties import open_duties
from services.rules.domain.evidence.timeline import (
    ItemVersion,
    Moment,
    Timeline,
    arrival,
    item_versions,
    spoken_to,
    start_of,
)
from services.rules.domain.facts import CaseFile, ConcernKey, EvidenceFact
from services.rules.domain.forecasts.plan import ForecastScope, Span
from services.rules.domain.rulebook.conditions import All, Comparison, Condition
from services.rules.domain.rulebook.measures import Measure
from services.rules.domain.rulebook.model import InForce, Rule


class Spell(NamedTuple):
    """A stretch of days on which a rule is raised.

    `ended_on`: the first day on which it is no longer raised; None if it is raised to the end of the span.
    """

    began_on: date
    ended_on: date | None


Spells = tuple[Spell, ...]
SpellsByKey = Mapping[ConcernKey, Spells]


@dataclass
class _Answers:
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
        spells: list[Spell] = []
        for moment, raised in zip(self.moments, self.raised, strict=True):
            is_raised = bool(spells) and spells[-1].ended_on is None
            if raised and not is_raised:
                spells.append(Spell(moment.on, None))
            elif is_raised and not raised:
                spells[-1] = Spell(spells[-1].began_on, moment.on)
        return tuple(spells)


class PersonForecast:
    """A forecast for one person over a span of days. No concern is open at its beginning.

    `known_from`: a forecast for the same person by another rulebook, which differs only in the scope's wanted rules.
    Its answers of all other rules are reused.
    """

    def __init__(
        self, scope: ForecastScope, case_file: CaseFile, span: Span, known_from: "PersonForecast | None" = None
    ) -> None:
        self._scope = scope
        self._rulebook = scope.rulebook
        self._person = case_file.person
        self._span = Span(max(span.since, case_file.person.appointed_on), span.until)
        self._versions = case_file.evidence
        self._duties = case_file.duties
        # Rules that count concerns need the answers of other rules. If they can never hold in the span, none is needed.
        out_of_time = all(_is_out_of_reach(rule.when, self._never_passes) for rule in scope.second)
        self._rules = scope.alone if out_of_time else scope.rules
        self._known_from = known_from
        self._answers: dict[ConcernKey, _Answers] = {}

    @cached_property
    def spells(self) -> SpellsByKey:
        """The spells of each rule and subject that is ever raised."""
        if self._person.serving and self._span.since <= self._span.until:
            # Rules that count concerns come last in the scope: they read the answers of those before them.
            for rule in self._rules:
                if self._is_known(rule):
                    continue
                for subject in self._subjects(rule):
                    if not _is_out_of_reach(rule.when, partial(self._is_never_met, subject)):
                        self._answers[ConcernKey(rule.rule_id, subject)] = self._follow(rule, subject)
        wanted = [(key, answers) for key, answers in self._answers.items() if key.rule_id in self._scope.wanted]
        return {key: spells for key, answers in wanted if (spells := answers.spells())}

    def _subjects(self, rule: Rule) -> tuple[str, ...]:
        """Return the subjects about which a rule is asked at some moment. Standards may belong to any edition."""
        derived = self._rulebook.derived_read_by(rule)
        return subjects(rule, rule.standards, spoken_to(self._timeline.versions, derived))

    def _is_known(self, rule: Rule) -> bool:
        """Return whether the other forecast has answered this rule, and take its answers over if so.

        Sound because a rule outside the wanted ones reads the same in both rulebooks. The other forecast must have
        followed it, and have kept items if this one needs them.
        """
        other = self._known_from
        if other is None or rule.rule_id in self._scope.wanted or other._rules is not other._scope.rules:
            return False
        if rule.rule_id not in other._scope.names or other._scope.keeps_items is not self._scope.keeps_items:
            return False
        self._answers |= {key: found for key, found in other._answers.items() if key.rule_id == rule.rule_id}
        return True

    def _is_never_met(self, subject: str, comparison: Comparison) -> bool:
        """Return whether all versions ever known are too few for a comparison. Most rules and subjects end here."""
        wanted, numbers = self._rulebook.measures[comparison.measure], self._scope.numbers[comparison.parameter]
        if comparison.comparator in RISING and wanted.counts is Counts.TEAM_DUTIES_OVERDUE:
            return len({duty.duty_id for duty in self._duties if duty.kind in wanted.duties}) < min(numbers)
        if comparison.comparator not in RISING or wanted.counts not in (Counts.ITEMS, Counts.SOURCE_TYPES):
            return self._never_passes(comparison)
        # An upper bound is enough: a window, a guard or `where` can only lower the number of items counted.
        counted = [
            version for version in self._timeline.ever_countable(wanted, subject) if _has_polarity(wanted, version)
        ]
        return len(counted) < min(numbers)

    def _never_passes(self, comparison: Comparison) -> bool:
        """Return whether a number of days stays on the wrong side of its line to the end of the span.

        False for measures that do not count days that pass.
        """
        counts = self._rulebook.measures[comparison.measure].counts
        numbers, rising = self._scope.numbers[comparison.parameter], comparison.comparator in RISING
        if counts is Counts.DAYS_SINCE_APPOINTED:
            return rising and (self._span.until - self._person.appointed_on).days < min(numbers)
        if counts is Counts.DAYS_TO_TERM_END:
            return not rising and (self._person.term_ends_on - self._span.until).days > max(numbers)
        return False

    @cached_property
    def _timeline(self) -> Timeline:
        return Timeline(self._item_versions(), self._rulebook)

    def _item_versions(self) -> Sequence[ItemVersion]:
        kinds = self._scope.kinds(self._rules)
        other = self._known_from
        same_editions = other is not None and other._rulebook.editions is self._rulebook.editions
        # Versions depend on kinds and editions only, so the other forecast's are shared where both are the same.
        if other is not None and same_editions and kinds == other._scope.kinds(other._rules):
            return other._timeline.versions
        facts = self._versions if kinds is None else [fact for fact in self._versions if fact.kind in kinds]
        return item_versions(facts, self._rulebook)

    def near(self) -> Iterator[ConcernKey]:
        """Yield what is one step from changing at the end of the span: from being raised, or from no longer being."""
        if not self._person.serving:
            return
        # One microsecond before the span ends is the last moment in it.
        last = _AtMoment(self, Moment(self._span.until, self._span.end.known_at - timedelta(microseconds=1)))
        for rule in self._rules:
            if rule.rule_id in self._scope.wanted and self._scope.is_live(rule, last.today):
                keys = (ConcernKey(rule.rule_id, subject) for subject in self._subjects(rule))
                yield from (key for key in keys if self._is_near(rule, key, last))

    def _is_near(self, rule: Rule, key: ConcernKey, last: "_AtMoment") -> bool:
        values = {name: found.value for name, found in last.all_measured(rule, key.subject).items()}
        raised = key in self.spells and self.spells[key][-1].ended_on is None
        return self._steps(rule.gone_when if raised else rule.when, values, last.today) == 1

    def _steps(self, condition: Condition, values: Mapping[str, int | None], terms: InForce) -> float:
        """Return the fewest items or concerns more or fewer until a condition holds.

        Infinite where the value is unknown, or where only the passing of days or the Team can change it.
        """
        if isinstance(condition, Comparison):
            return self._steps_to(condition, values[condition.measure], terms.lines.get(condition.parameter))
        steps = [self._steps(part, values, terms) for part in condition.parts]
        return sum(steps) if isinstance(condition, All) else min(steps, default=0)

    def _steps_to(self, comparison: Comparison, value: int | None, line: int | None) -> float:
        if value is None or line is None:
            return float("inf")
        exclusive = comparison.comparator in ("is above", "is below")
        short = (line - value if comparison.comparator in RISING else value - line) + exclusive
        if short <= 0:
            return 0
        counts = self._rulebook.measures[comparison.measure].counts
        return float("inf") if counts in (*PASSING_DAYS, Counts.TEAM_DUTIES_OVERDUE) else short

    def _follow(self, rule: Rule, subject: str) -> _Answers:
        """Return a rule's answers about a subject over the span. Once raised, its concern stays open."""
        answers, is_open = _Answers(), False
        moments = sorted(self._moments(rule, subject))
        place = 0
        while place < len(moments):
            moment = moments[place]
            raised, rests_on = self._ask(rule, subject, moment, is_open)
            answers.note(moment, raised, rests_on if self._scope.keeps_items else ())
            if raised and not is_open:
                is_open = True
                if not self._ask(rule, subject, moment, is_open)[0]:
                    # What clears it holds already, so it ends when the live path asks again, which nothing else marks.
                    following = self._next_asked(moment)
                    if following < self._span.end and following not in moments:
                        insort(moments, following)
            place += 1
        return answers

    def _ask(self, rule: Rule, subject: str, moment: Moment, is_open: bool) -> tuple[bool, tuple[EvidenceFact, ...]]:
        """Return whether a rule is raised at a moment, and the items behind it where anything needs them."""
        asked = _AtMoment(self, moment)
        if not self._scope.is_live(rule, asked.today):
            return False, ()
        if asks_of_each_standard(rule) and subject not in asked.today.standards_asked(rule):
            return False, ()
        truths = asked.truths(rule, subject)
        found = asked.before_guards(rule, subject, truths, is_open)
        raised = found is Answer.RAISED and (is_open or self._is_asked(rule, subject, moment))
        if not raised or not (self._scope.keeps_items or rule.lane is Lane.ESCALATION):
            return raised, ()
        kept_open = truths.when is not Truth.YES
        rests_on = asked.rests_on(rule, asked.all_measured(rule, subject), kept_open)
        return held_back(rule.lane, rests_on) is None, rests_on

    def _is_asked(self, rule: Rule, subject: str, moment: Moment) -> bool:
        # Subjects come from every version ever known; on the live path, only from those known at the moment.
        known = (version for version in self._timeline.about(subject) if version.known <= moment < version.ended)
        asked = self._rulebook.in_force(moment.on).standards_asked(rule)
        return subject in subjects(rule, asked, spoken_to(known, self._rulebook.derived_read_by(rule)))

    def _moments(self, rule: Rule, subject: str) -> set[Moment]:
        """Return the first moment of the span, and all later ones in it at which the answer may change."""
        days = {*self._rulebook.changes_on, *self._days_of_evidence(rule, subject)}
        if rule.holds_for:
            # A sustained condition is answered some days after the change: with every number of days ever in force.
            held = [timedelta(days=value - 1) for value in self._scope.numbers[rule.holds_for]]
            days.update([day + wait for day in (*days, rule.in_force_from) for wait in held])
        moments = {start_of(day) for day in days if self._span.since < day <= self._span.until}
        moments.add(start_of(self._span.since))
        first, end = start_of(self._span.since), self._span.end
        moments.update(moment for moment in self._changes(rule, subject) if first < moment < end)
        return moments

    def _changes(self, rule: Rule, subject: str) -> Iterator[Moment]:
        """Yield the moments at which other items or duties are known, items count, or other concerns are raised."""
        for wanted in [self._rulebook.measures[name] for name in rule.measures]:
            if wanted.counts is Counts.CONCERNS_RAISED:
                yield from (moment for answers in self._answers.values() for moment in answers.moments)
                yield from self._told
            elif wanted.counts is Counts.TEAM_DUTIES_OVERDUE:
                yield from (arrival(duty.recorded_at) for duty in self._duties)
            elif wanted.of_items:
                for version in self._timeline.ever_countable(wanted, subject):
                    yield from (version.counts, version.adverse, version.for_safety, version.ended)
        if rule.scope is not Scope.PERSON:
            for version in self._timeline.about(subject):
                yield from (version.known, version.ended)

    @cached_property
    def _told(self) -> frozenset[Moment]:
        """The moments from which safety items count outside the lane of safety, so that other rules count them."""
        safety = (v for v in self._timeline.versions if v.fact.evidence_class is EvidenceClass.SAFETY)
        return frozenset(version.adverse for version in safety if self._scope.counts_safety)

    def _days_of_evidence(self, rule: Rule, subject: str) -> Iterator[date]:
        """Yield the days on which passing time alone may change the condition: lines passed and windows left."""
        for comparison in (*rule.raises_by, *rule.clears_by):
            wanted = self._rulebook.measures[comparison.measure]
            if wanted.counts in PASSING_DAYS:
                for line in self._scope.numbers[comparison.parameter]:
                    yield from days_it_passes(self._person, wanted.counts, line)
            elif wanted.counts is Counts.TEAM_DUTIES_OVERDUE:
                yield from (duty.due_on + ONE_DAY for duty in self._duties)
            elif wanted.of_items:
                months = self._scope.numbers[wanted.over] if wanted.over else ()
                for version in self._timeline.ever_countable(wanted, subject):
                    yield from (counts_from(version.fact, adverse=adverse) for adverse in (False, True))
                    yield counts_from(version.fact, for_safety=True)
                    yield from (months_later(version.fact.happened_on, number) for number in months)

    def _next_asked(self, moment: Moment) -> Moment:
        """Return the next moment at which the live path asks: when a fact arrives, or when the next day starts."""
        told = (*(fact.recorded_at for fact in self._versions), *(duty.recorded_at for duty in self._duties))
        arrivals = map(arrival, told)
        return min((start_of(moment.on + ONE_DAY), *(found for found in arrivals if found > moment)))


class _AtMoment(Answering):
    """One person at one moment of a forecast, as known then.

    It keeps no measures: it is made for one question, and the next is asked at another moment.
    """

    def __init__(self, forecast: PersonForecast, moment: Moment) -> None:
        match = partial(forecast._timeline.match, moment)
        duties = open_duties(forecast._duties, moment.known_at)
        super().__init__(forecast._rulebook, forecast._person, moment.on, match, duties)
        self._forecast = forecast
        self._moment = moment

    def concerns(self, lanes: frozenset[Lane], for_safety: bool) -> Measured:
        """Return how many concerns rules of some lanes raise at the moment, and the items behind them."""
        counted, rule = self._forecast._scope.counted(lanes), self.rulebook.rule
        found = [(key, *a.at(self._moment)) for key, a in self._forecast._answers.items() if key.rule_id in counted]
        behind = [self.told(rule(key.rule_id).lane, rests_on, for_safety) for key, raised, rests_on in found if raised]
        told = [rests_on for rests_on in behind if rests_on is not None]
        facts = {fact.evidence_id: fact for rests_on in told for fact in rests_on}
        return Measured(len(told), tuple(facts.values()))


def _is_out_of_reach(condition: Condition, is_never_met: Callable[[Comparison], bool]) -> bool:
    """Return whether a condition can never hold, given which of its comparisons are never met."""
    if isinstance(condition, Comparison):
        return is_never_met(condition)
    decide_all = any if isinstance(condition, All) else all
    return decide_all(_is_out_of_reach(part, is_never_met) for part in condition.parts)


def _has_polarity(wanted: Measure, version: ItemVersion) -> bool:
    return wanted.polarity is None or any(entry.mapping.polarity is wanted.polarity for entry in version.entries)
