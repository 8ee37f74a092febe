"""What the live path says of a person over a span of days, each moment as it was known then.

The same answers as asking every rule at every moment (a property test), found by asking each rule only at moments at
which its answer may change: an item comes to be known or to count, is overtaken, leaves a window; a line, a rule or an
edition comes into force; a number of days passes its line; a condition has held for its days.

What people do is not forecast: a concern, once raised, stays before them, and its rule falls silent and speaks again.
"""

from bisect import bisect_right, insort
from collections.abc import Iterator, Mapping, Sequence, Set
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import cached_property
from typing import NamedTuple

from services.rules.domain.closed_lists import Counts, Lane, Scope
from services.rules.domain.evaluation.examination import RISING, held_back, items_behind
from services.rules.domain.evaluation.plain_engine import Truths, decide
from services.rules.domain.evidence.countability import counts_from
from services.rules.domain.evidence.measures import ONE_DAY, Measured, measure
from services.rules.domain.evidence.timeline import (
    ItemVersion,
    MatchOverTime,
    Moment,
    arrival,
    by_subject,
    item_versions,
    leaves_on,
    start_of,
)
from services.rules.domain.facts import CaseFile, ConcernKey, EvidenceFact
from services.rules.domain.forecasts.plan import ForecastScope, Span, is_always_asked
from services.rules.domain.rulebook.conditions import All, Comparison, Condition, Truth
from services.rules.domain.rulebook.model import InForce, Measure, Rule

_PASSING = (Counts.DAYS_SINCE_APPOINTED, Counts.DAYS_TO_TERM_END)


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
        in_time = any(self._may_come_in_time(rule.when) for rule in plan.second)
        self._rules = plan.rules if in_time else plan.alone
        self._alike = alike
        self._hearings: dict[tuple[int, str, InForce], MatchOverTime] = {}
        self._answers: dict[ConcernKey, _Answers] = {}
        self._days_of: dict[ConcernKey, Set[date]] = {}

    @cached_property
    def courses(self) -> Mapping[ConcernKey, Spells]:
        """When each rule spoke about each subject, for those that ever did."""
        if self._person.serving and self._span.since <= self._span.until:
            for rule in self._rules:
                if self._is_known(rule):
                    continue
                for subject in self._subjects(rule):
                    if self._is_out_of_reach(rule.when, subject):
                        continue
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

    def _is_out_of_reach(self, condition: Condition, subject: str) -> bool:
        """Whether all that was ever known is too little for a condition: most rules and subjects end here."""
        if isinstance(condition, Comparison):
            return self._is_never_met(condition, subject)
        decide_all = any if isinstance(condition, All) else all
        return decide_all(self._is_out_of_reach(part, subject) for part in condition.parts)

    def _is_never_met(self, comparison: Comparison, subject: str) -> bool:
        wanted, numbers = self._rulebook.measures[comparison.measure], self._plan.numbers[comparison.parameter]
        if wanted.counts in _PASSING:
            return self._never_passes(comparison, wanted.counts)
        if comparison.comparator not in RISING or wanted.counts not in (Counts.ITEMS, Counts.SOURCE_TYPES):
            return False
        return sum(_may_count(wanted, life) for life in self._listened_to(wanted, subject)) < min(numbers)

    def _never_passes(self, comparison: Comparison, counts: Counts) -> bool:
        """Whether a number of days stays on the wrong side of its line to the end of the span."""
        numbers = self._plan.numbers[comparison.parameter]
        if counts is Counts.DAYS_SINCE_APPOINTED:
            most = (self._span.until - self._person.appointed_on).days
            return comparison.comparator in RISING and most < min(numbers)
        fewest = (self._person.term_ends_on - self._span.until).days
        return comparison.comparator not in RISING and fewest > max(numbers)

    def _may_come_in_time(self, condition: Condition) -> bool:
        """Whether the days that pass may let a condition hold, whatever the evidence."""
        if isinstance(condition, Comparison):
            counts = self._rulebook.measures[condition.measure].counts
            return counts not in _PASSING or not self._never_passes(condition, counts)
        decide_all = all if isinstance(condition, All) else any
        return decide_all(self._may_come_in_time(part) for part in condition.parts)

    @cached_property
    def _lives(self) -> Sequence[ItemVersion]:
        kinds = self._plan.kinds(self._rules)
        other = self._alike
        alike = other is not None and other._rulebook.editions is self._rulebook.editions
        if other is not None and alike and kinds == other._plan.kinds(other._rules):
            return other._lives
        facts = self._versions if kinds is None else [fact for fact in self._versions if fact.kind in kinds]
        return item_versions(facts, self._rulebook)

    def near(self) -> Iterator[ConcernKey]:
        """At the end of the span: what is one step from being raised, or from no longer being."""
        if not self._person.serving:
            return
        moment = Moment(self._span.until, self._span.end.known_at - timedelta(microseconds=1))
        terms = self._rulebook.in_force(moment.on)
        for rule in self._rules:
            if rule.rule_id in self._plan.wanted and self._plan.speaks(rule, terms):
                keys = (ConcernKey(rule.rule_id, subject) for subject in self._subjects(rule))
                yield from (key for key in keys if self._is_near(rule, key, moment, terms))

    def _is_near(self, rule: Rule, key: ConcernKey, moment: Moment, terms: InForce) -> bool:
        values = {name: self._measured(name, key.subject, moment).value for name in rule.measures}
        speaks = key in self.courses and self.courses[key][-1].ended_on is None
        return self._steps(rule.gone_when if speaks else rule.when, values, terms) == 1

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
        return float("inf") if self._rulebook.measures[comparison.measure].counts in _PASSING else short

    def _subjects(self, rule: Rule) -> Sequence[str]:
        """As `Examination.subjects` has it, at any time."""
        if rule.scope is Scope.PERSON:
            return ("",)
        if rule.scope is Scope.STANDARD and rule.lane is Lane.DATA_GAP:
            return rule.standards
        mappings = (mapping for life in self._lives for mapping in life.fact.mappings)
        own = (m for m in mappings if m.standard in rule.standards)
        return sorted({m.standard if rule.scope is Scope.STANDARD else m.indicator for m in own})

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
        """As `Examination.outcome` has it: whether the rule raises, and the items behind it."""
        terms = self._rulebook.in_force(moment.on)
        if not self._plan.speaks(rule, terms):
            return False, ()
        truths = decide(terms, rule.rule_id, _Values(self, subject, moment))
        if is_open:
            raised = truths.clears is Truth.NO
        else:
            raised = (
                truths.when is Truth.YES
                and self._is_asked(rule, subject, moment)
                and self._held_long_enough(rule, subject, moment, terms)
            )
        if not raised or not (self._plan.keeps_items or rule.lane is Lane.ESCALATION):
            return raised, ()
        rests_on = self._rests_on(rule, subject, moment, truths, terms)
        return held_back(rule.lane, rests_on) is None, rests_on

    def _rests_on(
        self, rule: Rule, subject: str, moment: Moment, truths: Truths, terms: InForce
    ) -> tuple[EvidenceFact, ...]:
        measured = {name: self._measured(name, subject, moment) for name in rule.measures}
        return items_behind(rule.raises_by if truths.when is Truth.YES else rule.stays_by, measured, terms.lines)

    def _is_asked(self, rule: Rule, subject: str, moment: Moment) -> bool:
        return is_always_asked(rule) or any(
            life.known <= moment < life.ended for life in self._speaking_to(rule, subject)
        )

    def _speaking_to(self, rule: Rule, subject: str) -> Iterator[ItemVersion]:
        for life in self._by_subject.get(subject, ()):
            for mapping in life.fact.mappings:
                about = mapping.standard if rule.scope is Scope.STANDARD else mapping.indicator
                if about == subject and mapping.standard in rule.standards:
                    yield life
                    break

    def _held_long_enough(self, rule: Rule, subject: str, moment: Moment, terms: InForce) -> bool:
        days = terms.lines.get(rule.holds_for, 1) if rule.holds_for else 1
        first = moment.on - timedelta(days=days - 1)
        if days > 1 and first < rule.in_force_from:
            return False
        asked = {first, *(d for d in self._days(rule, subject) if first < d < moment.on)} if days > 1 else set()
        return all(self._held_on(rule, subject, moment, day) for day in asked)

    def _held_on(self, rule: Rule, subject: str, moment: Moment, day: date) -> bool:
        terms = self._rulebook.in_force(day)
        values = {name: self._measured(name, subject, moment, day).value for name in rule.measures}
        return decide(terms, rule.rule_id, values).when is Truth.YES

    def _measured(self, name: str, subject: str, moment: Moment, on: date | None = None) -> Measured:
        """One measure about one subject, of what is known at a moment, on its day or on an earlier one."""
        wanted, day = self._rulebook.measures[name], on or moment.on
        if wanted.counts is Counts.DAYS_SINCE_APPOINTED:
            return Measured((day - self._person.appointed_on).days)
        if wanted.counts is Counts.DAYS_TO_TERM_END:
            return Measured((self._person.term_ends_on - day).days)
        if wanted.counts is Counts.CONCERNS_RAISED:
            return self._concerns(wanted, moment)
        terms = self._rulebook.in_force(day)
        if name not in terms.measurable:
            return Measured(None)
        heard = self._hearing(wanted, subject, terms).at(moment)
        return measure(wanted, heard if on is None else heard.by(day), day, terms.lines)

    def _concerns(self, wanted: Measure, moment: Moment) -> Measured:
        counted = self._plan.counted(wanted)
        answers = [a.at(moment) for key, a in self._answers.items() if key.rule_id in counted]
        facts = {fact.evidence_id: fact for raised, rests_on in answers if raised for fact in rests_on}
        return Measured(sum(raised for raised, _ in answers), tuple(facts.values()))

    def _hearing(self, wanted: Measure, subject: str, terms: InForce) -> MatchOverTime:
        key = (self._rulebook.selections[wanted.name], subject, terms)
        found = self._hearings.get(key)
        if found is None:
            found = self._hearings[key] = MatchOverTime(
                wanted, subject, self._lives_about(wanted.about(subject)), terms
            )
        return found

    def _lives_about(self, about: str | None) -> Sequence[ItemVersion]:
        return self._lives if about is None else self._by_subject.get(about, ())

    @cached_property
    def _by_subject(self) -> Mapping[str, Sequence[ItemVersion]]:
        return by_subject(self._lives)

    def _moments(self, rule: Rule, subject: str) -> set[Moment]:
        """Moments of the span at which the answer may change, and its first."""
        days = set(self._days(rule, subject))
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
                lives_heard = [life for life in self._listened_to(wanted, subject) if life.counts is not None]
                yield from (life.counts for life in lives_heard if life.counts is not None)
                yield from (life.ended for life in lives_heard)
        if rule.scope is not Scope.PERSON:
            for life in self._by_subject.get(subject, ()):
                yield from (life.known, life.ended)

    def _listened_to(self, wanted: Measure, subject: str) -> Iterator[ItemVersion]:
        lives_about = self._lives_about(wanted.about(subject))
        return (life for life in lives_about if not wanted.kinds or life.fact.kind in wanted.kinds)

    def _days(self, rule: Rule, subject: str) -> Set[date]:
        """Days on which the condition may change while the same is known."""
        key = ConcernKey(rule.rule_id, subject)
        if key not in self._days_of:
            self._days_of[key] = {*self._rulebook.changes_on, *self._days_of_evidence(rule, subject)}
        return self._days_of[key]

    def _days_of_evidence(self, rule: Rule, subject: str) -> Iterator[date]:
        for comparison in (*rule.raises_by, *rule.clears_by):
            wanted = self._rulebook.measures[comparison.measure]
            if wanted.counts in _PASSING:
                for line in self._plan.numbers[comparison.parameter]:
                    since_appointed = wanted.counts is Counts.DAYS_SINCE_APPOINTED
                    days = timedelta(days=line)
                    passed = self._person.appointed_on + days if since_appointed else self._person.term_ends_on - days
                    yield from (passed, passed + ONE_DAY)
            elif wanted.of_items:
                months = self._plan.numbers[wanted.over] if wanted.over else ()
                for life in self._listened_to(wanted, subject):
                    if life.counts is not None:
                        yield counts_from(life.fact)
                        yield from (leaves_on(life.fact.happened_on, number) for number in months)

    def _next_asked(self, moment: Moment) -> Moment:
        """When the live path asks about the person after a moment: at an arrival, or when the next day starts."""
        arrivals = (arrival(fact.recorded_at) for fact in self._versions)
        return min((start_of(moment.on + ONE_DAY), *(found for found in arrivals if found > moment)))


class _Values:
    """Values about a subject at a moment, each measured when it is first needed."""

    def __init__(self, following: Following, subject: str, moment: Moment) -> None:
        self._following = following
        self._subject = subject
        self._moment = moment

    def get(self, name: str) -> int | None:
        return self._following._measured(name, self._subject, self._moment).value


def _may_count(wanted: Measure, life: ItemVersion) -> bool:
    if life.counts is None:
        return False
    return wanted.polarity is None or any(entry.mapping.polarity is wanted.polarity for entry in life.entries)
