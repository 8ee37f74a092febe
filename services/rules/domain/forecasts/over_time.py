"""What the live path says of a person over a span of days, each moment as it was known then.

The same answers as asking every rule at every moment (a property test), found by asking each rule only at moments at
which its answer may change: an item comes to be known or to count, is overtaken, leaves a window; a line, a rule or an
edition comes into force; a number of days passes its line; a condition has held for its days.

What people do is not forecast: a concern, once raised, stays before them, and its rule falls silent and speaks again.
"""

from bisect import bisect_right, insort
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import cached_property, partial
from typing import NamedTuple

from services.rules.domain.closed_lists import Answer, Counts, Lane, Scope
from services.rules.domain.evaluation.answering import (
    PASSING_DAYS,
    RISING,
    Answering,
    days_it_passes,
    held_back,
    subjects,
)
from services.rules.domain.evidence.countability import counts_from
from services.rules.domain.evidence.measures import ONE_DAY, Measured
from services.rules.domain.evidence.timeline import (
    ItemVersion,
    Moment,
    Timeline,
    arrival,
    item_versions,
    leaves_on,
    spoken_to,
    start_of,
)
from services.rules.domain.facts import CaseFile, ConcernKey, EvidenceFact
from services.rules.domain.forecasts.plan import ForecastScope, Span
from services.rules.domain.rulebook.conditions import All, Comparison, Condition, Truth
from services.rules.domain.rulebook.model import InForce, Measure, Rule


class Spell(NamedTuple):
    """A rule speaks from a day; `ended_on` is the day it falls silent, None if it speaks to the end of the span."""

    began_on: date
    ended_on: date | None


Spells = tuple[Spell, ...]


@dataclass
class _Answers:
    """What one rule answers about one subject: the moments its answer changes, and what it then rests on."""

    moments: list[Moment] = field(default_factory=list)
    raised: list[bool] = field(default_factory=list)
    rests_on: list[tuple[EvidenceFact, ...]] = field(default_factory=list)

    def at(self, moment: Moment) -> tuple[bool, tuple[EvidenceFact, ...]]:
        """Whether it speaks at a moment, and from which items."""
        place = bisect_right(self.moments, moment) - 1
        return (self.raised[place], self.rests_on[place]) if place >= 0 else (False, ())

    def note(self, moment: Moment, raised: bool, rests_on: tuple[EvidenceFact, ...]) -> None:
        """Note an answer, if it is another than before."""
        if not self.moments or (self.raised[-1], self.rests_on[-1]) != (raised, rests_on):
            self.moments.append(moment)
            self.raised.append(raised)
            self.rests_on.append(rests_on)

    def course(self) -> Spells:
        spells: list[Spell] = []
        for moment, raised in zip(self.moments, self.raised, strict=True):
            speaking = bool(spells) and spells[-1].ended_on is None
            if raised and not speaking:
                spells.append(Spell(moment.on, None))
            elif speaking and not raised:
                spells[-1] = Spell(spells[-1].began_on, moment.on)
        return tuple(spells)


class Following:
    """Follows one person. Nothing is open at the beginning.

    `alike`: the same person followed by another rulebook that says the same of every rule but the plan's wanted ones;
    what it found of the others is not looked for again.
    """

    def __init__(self, plan: ForecastScope, case_file: CaseFile, span: Span, alike: "Following | None" = None) -> None:
        self._plan = plan
        self._rulebook = plan.rulebook
        self._person = case_file.person
        self._span = Span(max(span.since, case_file.person.appointed_on), span.until)
        self._versions = case_file.evidence
        out_of_time = all(_is_out_of_reach(rule.when, self._never_passes) for rule in plan.second)
        self._rules = plan.alone if out_of_time else plan.rules
        self._alike = alike
        self._answers: dict[ConcernKey, _Answers] = {}

    @cached_property
    def courses(self) -> Mapping[ConcernKey, Spells]:
        """When each rule spoke about each subject, for those that ever did."""
        if self._person.serving and self._span.since <= self._span.until:
            for rule in self._rules:
                if self._is_known(rule):
                    continue
                for subject in subjects(rule, self._timeline.spoken_to):
                    if not _is_out_of_reach(rule.when, partial(self._is_never_met, subject=subject)):
                        self._answers[ConcernKey(rule.rule_id, subject)] = self._follow(rule, subject)
        wanted = [(key, answers) for key, answers in self._answers.items() if key.rule_id in self._plan.wanted]
        return {key: course for key, answers in wanted if (course := answers.course())}

    def _is_known(self, rule: Rule) -> bool:
        """Takes over what the other rulebook's following found of a rule that says the same in both."""
        other = self._alike
        if other is None or rule.rule_id in self._plan.wanted or other._rules is not other._plan.rules:
            return False
        if rule.rule_id not in other._plan.names or other._plan.keeps_items is not self._plan.keeps_items:
            return False
        self._answers |= {key: found for key, found in other._answers.items() if key.rule_id == rule.rule_id}
        return True

    def _is_never_met(self, comparison: Comparison, subject: str) -> bool:
        """Whether all that was ever known is too little for a comparison: most rules and subjects end here."""
        wanted, numbers = self._rulebook.measures[comparison.measure], self._plan.numbers[comparison.parameter]
        if comparison.comparator not in RISING or wanted.counts not in (Counts.ITEMS, Counts.SOURCE_TYPES):
            return self._never_passes(comparison)
        speaking = [version for version in self._timeline.ever_countable(wanted, subject) if _speaks(wanted, version)]
        return len(speaking) < min(numbers)

    def _never_passes(self, comparison: Comparison) -> bool:
        """Whether a number of days stays on the wrong side of its line to the end of the span."""
        counts = self._rulebook.measures[comparison.measure].counts
        numbers, rising = self._plan.numbers[comparison.parameter], comparison.comparator in RISING
        if counts is Counts.DAYS_SINCE_APPOINTED:
            return rising and (self._span.until - self._person.appointed_on).days < min(numbers)
        if counts is Counts.DAYS_TO_TERM_END:
            return not rising and (self._person.term_ends_on - self._span.until).days > max(numbers)
        return False

    @cached_property
    def _timeline(self) -> Timeline:
        return Timeline(self._item_versions(), self._rulebook)

    def _item_versions(self) -> Sequence[ItemVersion]:
        kinds = self._plan.kinds(self._rules)
        other = self._alike
        alike = other is not None and other._rulebook.editions is self._rulebook.editions
        if other is not None and alike and kinds == other._plan.kinds(other._rules):
            return other._timeline.versions
        facts = self._versions if kinds is None else [fact for fact in self._versions if fact.kind in kinds]
        return item_versions(facts, self._rulebook)

    def near(self) -> Iterator[ConcernKey]:
        """At the end of the span: what is one step from being raised, or from no longer being."""
        if not self._person.serving:
            return
        last = _AtMoment(self, Moment(self._span.until, self._span.end.known_at - timedelta(microseconds=1)))
        for rule in self._rules:
            if rule.rule_id in self._plan.wanted and self._plan.speaks(rule, last.today):
                keys = (ConcernKey(rule.rule_id, subject) for subject in subjects(rule, self._timeline.spoken_to))
                yield from (key for key in keys if self._is_near(rule, key, last))

    def _is_near(self, rule: Rule, key: ConcernKey, last: "_AtMoment") -> bool:
        values = {name: found.value for name, found in last.all_measured(rule, key.subject).items()}
        speaks = key in self.courses and self.courses[key][-1].ended_on is None
        return self._steps(rule.gone_when if speaks else rule.when, values, last.today) == 1

    def _steps(self, condition: Condition, values: Mapping[str, int | None], terms: InForce) -> float:
        """Fewest steps of what is counted until a condition holds; days that pass by themselves are no steps."""
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
        return float("inf") if self._rulebook.measures[comparison.measure].counts in PASSING_DAYS else short

    def _follow(self, rule: Rule, subject: str) -> _Answers:
        answers, is_open = _Answers(), False
        moments = sorted(self._moments(rule, subject))
        place = 0
        while place < len(moments):
            moment = moments[place]
            raised, rests_on = self._ask(rule, subject, moment, is_open)
            answers.note(moment, raised, rests_on if self._plan.keeps_items else ())
            if raised and not is_open:
                is_open = True
                if not self._ask(rule, subject, moment, is_open)[0]:
                    # What clears it holds already: it falls silent when it is asked again.
                    following = self._next_asked(moment)
                    if following < self._span.end and following not in moments:
                        insort(moments, following)
            place += 1
        return answers

    def _ask(self, rule: Rule, subject: str, moment: Moment, is_open: bool) -> tuple[bool, tuple[EvidenceFact, ...]]:
        """Return whether the rule raises at a moment, and the items behind it."""
        asked = _AtMoment(self, moment)
        if not self._plan.speaks(rule, asked.today):
            return False, ()
        truths = asked.truths(rule, subject)
        found = asked.before_guards(rule, subject, truths, is_open)
        raised = found is Answer.RAISED and (is_open or self._is_asked(rule, subject, moment))
        if not raised or not (self._plan.keeps_items or rule.lane is Lane.ESCALATION):
            return raised, ()
        kept_open = truths.when is not Truth.YES
        rests_on = asked.rests_on(rule, asked.all_measured(rule, subject), kept_open)
        return held_back(rule.lane, rests_on) is None, rests_on

    def _is_asked(self, rule: Rule, subject: str, moment: Moment) -> bool:
        known = (version for version in self._timeline.about(subject) if version.known <= moment < version.ended)
        return subject in subjects(rule, spoken_to(known))

    def _moments(self, rule: Rule, subject: str) -> set[Moment]:
        """Moments of the span at which the answer may change, and its first."""
        days = {*self._rulebook.changes_on, *self._days_of_evidence(rule, subject)}
        if rule.holds_for:
            held = [timedelta(days=value - 1) for value in self._plan.numbers[rule.holds_for]]
            days.update([day + wait for day in (*days, rule.in_force_from) for wait in held])
        moments = {start_of(day) for day in days if self._span.since < day <= self._span.until}
        moments.add(start_of(self._span.since))
        first, end = start_of(self._span.since), self._span.end
        moments.update(moment for moment in self._changes(rule, subject) if first < moment < end)
        return moments

    def _changes(self, rule: Rule, subject: str) -> Iterator[Moment]:
        """Moments at which other items are known, or other concerns raised."""
        for wanted in [self._rulebook.measures[name] for name in rule.measures]:
            if wanted.counts is Counts.CONCERNS_RAISED:
                for answers in self._answers.values():
                    yield from answers.moments
            elif wanted.of_items:
                for version in self._timeline.ever_countable(wanted, subject):
                    yield from (version.counts, version.ended)
        if rule.scope is not Scope.PERSON:
            for version in self._timeline.about(subject):
                yield from (version.known, version.ended)

    def _days_of_evidence(self, rule: Rule, subject: str) -> Iterator[date]:
        for comparison in (*rule.raises_by, *rule.clears_by):
            wanted = self._rulebook.measures[comparison.measure]
            if wanted.counts in PASSING_DAYS:
                for line in self._plan.numbers[comparison.parameter]:
                    yield from days_it_passes(self._person, wanted.counts, line)
            elif wanted.of_items:
                months = self._plan.numbers[wanted.over] if wanted.over else ()
                for version in self._timeline.ever_countable(wanted, subject):
                    yield counts_from(version.fact)
                    yield from (leaves_on(version.fact.happened_on, number) for number in months)

    def _next_asked(self, moment: Moment) -> Moment:
        """When the live path asks about the person after a moment: at an arrival, or when the next day starts."""
        arrivals = (arrival(fact.recorded_at) for fact in self._versions)
        return min((start_of(moment.on + ONE_DAY), *(found for found in arrivals if found > moment)))


class _AtMoment(Answering):
    """One person at one moment of a forecast, as known then: made for one question, so it keeps nothing."""

    def __init__(self, forecast: Following, moment: Moment) -> None:
        match = partial(forecast._timeline.match, moment)
        super().__init__(forecast._rulebook, forecast._person, moment.on, match)
        self._forecast = forecast
        self._moment = moment

    def concerns(self, lanes: frozenset[Lane]) -> Measured:
        """Return how many concerns rules of some lanes raise at the moment, and the items behind them."""
        counted = self._forecast._plan.counted(lanes)
        found = [a.at(self._moment) for key, a in self._forecast._answers.items() if key.rule_id in counted]
        facts = {fact.evidence_id: fact for raised, rests_on in found if raised for fact in rests_on}
        return Measured(sum(raised for raised, _ in found), tuple(facts.values()))


def _is_out_of_reach(condition: Condition, is_never_met: Callable[[Comparison], bool]) -> bool:
    """Whether a condition can never hold, given which of its comparisons are never met."""
    if isinstance(condition, Comparison):
        return is_never_met(condition)
    decide_all = any if isinstance(condition, All) else all
    return decide_all(_is_out_of_reach(part, is_never_met) for part in condition.parts)


def _speaks(wanted: Measure, version: ItemVersion) -> bool:
    return wanted.polarity is None or any(entry.mapping.polarity is wanted.polarity for entry in version.entries)
