"""What each rule answers of one person on one day. Pure: the same facts give the same answers, always."""

from collections.abc import Mapping, Sequence, Set
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property
from typing import NamedTuple

from services.rules.domain.closed_lists import Answer, Counts, HeldBack, Lane, Scope
from services.rules.domain.evaluation.agreement import AnsweredCase
from services.rules.domain.evaluation.plain_engine import Case, Truths, answer, decide
from services.rules.domain.evidence.countability import Evidence
from services.rules.domain.evidence.measures import (
    ONE_DAY,
    Matched,
    Measured,
    days_of_change,
    match,
    measure,
    source_types,
)
from services.rules.domain.facts import ConcernKey, EvidenceFact, OverrideFact, PersonFact
from services.rules.domain.rulebook.conditions import Comparator, Comparison, Truth, compared
from services.rules.domain.rulebook.model import InForce, Measure, Rule, Rulebook

RISING = (Comparator.AT_LEAST, Comparator.ABOVE)


_OF_AN_OPEN_CONCERN = {
    Truth.YES: Answer.CLEAR,
    Truth.NO: Answer.RAISED,
    Truth.UNKNOWN: Answer.NOT_ENOUGH_EVIDENCE,
}
PASSING_DAYS = (Counts.DAYS_SINCE_APPOINTED, Counts.DAYS_TO_TERM_END)


class Outcome(NamedTuple):
    """One rule's answer about one subject, with its measures. `kept_open`: only hysteresis keeps it raised."""

    rule: Rule
    subject: str
    answer: Answer
    truths: Truths
    measured: Mapping[str, Measured]
    rests_on: tuple[EvidenceFact, ...]
    held_back: HeldBack | None = None
    kept_open: bool = False
    set_aside: OverrideFact | None = None


@dataclass(frozen=True, slots=True)
class Question:
    """What is asked: by which rulebook, of whom, on which day, what is open since when, and what is set aside."""

    rulebook: Rulebook
    person: PersonFact
    as_of: date
    open_concerns: Mapping[ConcernKey, date]
    set_aside: tuple[OverrideFact, ...] = ()


class Examination:
    """Asks every live rule. Rules that count raised concerns are asked after the others."""

    def __init__(self, question: Question, evidence: Evidence) -> None:
        self.question = question
        self.evidence = evidence
        self.today = question.rulebook.in_force(question.as_of)
        self.answered: list[AnsweredCase] = []
        self._heard: dict[tuple[int, str, InForce], Matched] = {}
        self._measured: dict[tuple[str, str, date], Measured] = {}
        self._listens_to: dict[ConcernKey, frozenset[str]] = {}

    @cached_property
    def outcomes(self) -> tuple[Outcome, ...]:
        """Every rule's answer about every subject, in order of rule and subject."""
        both = (*self.first_outcomes.values(), *self._outcomes(self._live(second_stage=True)).values())
        return tuple(sorted(both, key=lambda outcome: (outcome.rule.rule_id, outcome.subject)))

    @cached_property
    def trial_outcomes(self) -> tuple[Outcome, ...]:
        """What each rule on trial would answer if it alone were live besides the others. No rule counts it."""
        return tuple(self._outcomes(self.today.trials).values())

    @cached_property
    def first_outcomes(self) -> Mapping[ConcernKey, Outcome]:
        """Answers of the rules that look at evidence only."""
        return self._outcomes(self._live(second_stage=False))

    @cached_property
    def first_raised(self) -> Mapping[ConcernKey, Outcome]:
        """What the rules that look at evidence only raise."""
        return {key: outcome for key, outcome in self.first_outcomes.items() if outcome.answer is Answer.RAISED}

    def raised(self, lanes: frozenset[Lane]) -> list[Outcome]:
        """What the rules of some lanes that look at evidence only raise."""
        return [outcome for outcome in self.first_raised.values() if outcome.rule.lane in lanes]

    @cached_property
    def listeners(self) -> Mapping[str, list[ConcernKey]]:
        """For each item by id: the answers it bears on, of those that other rules may count."""
        found: dict[str, list[ConcernKey]] = {}
        lanes = self.question.rulebook.counted_lanes
        for key in [key for key, outcome in self.first_outcomes.items() if outcome.rule.lane in lanes]:
            for evidence_id in self.listens_to(key):
                found.setdefault(evidence_id, []).append(key)
        return found

    def listens_to(self, key: ConcernKey) -> frozenset[str]:
        """Ids of all items that bear on a rule's answer about a subject."""
        found = self._listens_to.get(key)
        if found is None:
            rulebook, today = self.question.rulebook, self.today
            names = [n for n in rulebook.rule(key.rule_id).measures if n in today.measurable]
            heard = [self.heard(n, key.subject, today).ids for n in names if rulebook.measures[n].of_items]
            found = self._listens_to[key] = frozenset().union(*heard)
        return found

    def heard(self, name: str, subject: str, terms: InForce) -> Matched:
        """What a measure listens to about a subject. Its parameters must all have a value."""
        key = (self.question.rulebook.selections[name], subject, terms)
        found = self._heard.get(key)
        if found is None:
            found = self._heard[key] = self._hear(name, subject, terms)
        return found

    def _hear(self, name: str, subject: str, terms: InForce) -> Matched:
        wanted = self.question.rulebook.measures[name]
        return match(wanted, subject, self.evidence.countable_about(wanted.about(subject)), terms)

    def measured(self, name: str, subject: str, on: date) -> Measured:
        """One measure about one subject on one day."""
        key = (name, subject, on)
        found = self._measured.get(key)
        if found is None:
            found = self._measured[key] = self._measure(name, subject, on)
        return found

    def _measure(self, name: str, subject: str, on: date) -> Measured:
        wanted = self.question.rulebook.measures[name]
        if not wanted.of_items:
            return self._measure_no_items(wanted, on)
        terms = self._terms(on)
        if name not in terms.measurable:
            return Measured(None)
        return self._measure_heard(wanted, self.heard(name, subject, terms), on, terms)

    def _measure_no_items(self, wanted: Measure, on: date) -> Measured:
        person = self.question.person
        if wanted.counts is Counts.DAYS_SINCE_APPOINTED:
            return Measured((on - person.appointed_on).days)
        if wanted.counts is Counts.DAYS_TO_TERM_END:
            return Measured((person.term_ends_on - on).days)
        return _concerns(self.raised(wanted.lanes))

    def _measure_heard(self, wanted: Measure, heard: Matched, on: date, terms: InForce) -> Measured:
        return measure(wanted, heard if on == self.question.as_of else heard.by(on), on, terms.lines)

    def _terms(self, on: date) -> InForce:
        return self.today if on == self.question.as_of else self.question.rulebook.in_force(on)

    def truths(self, rule: Rule, subject: str) -> Truths:
        """What a rule's conditions come to about a subject on the day asked about."""
        return decide(self.today, rule.rule_id, _Today(self, subject))

    def _live(self, second_stage: bool) -> Sequence[Rule]:
        rulebook = self.question.rulebook
        return [rule for rule in self.today.rules if rulebook.looks_at_concerns(rule) is second_stage]

    def _outcomes(self, asked: Sequence[Rule]) -> Mapping[ConcernKey, Outcome]:
        by_subject: dict[tuple[Scope, str], list[Rule]] = {}
        for rule in asked:
            for subject in self.subjects(rule):
                by_subject.setdefault((rule.scope, subject), []).append(rule)
        outcomes = {}
        for (scope, subject), rules in by_subject.items():
            answers = self._ask(self._case(scope, subject, self.question.as_of, rules))
            for rule in rules:
                key = ConcernKey(rule.rule_id, subject)
                outcomes[key] = self.outcome(rule, subject, answers[rule.rule_id])
        return outcomes

    def subjects(self, rule: Rule) -> tuple[str, ...]:
        """What to ask a rule about. Only rules about missing evidence are asked where there has never been any."""
        if rule.scope is Scope.PERSON:
            return ("",)
        if rule.scope is Scope.STANDARD and rule.lane is Lane.DATA_GAP:
            return rule.standards
        found = {key.subject for key in self.question.open_concerns if key.rule_id == rule.rule_id}
        for standard, indicator in self.spoken_to:
            if standard in rule.standards:
                found.add(standard if rule.scope is Scope.STANDARD else indicator)
        return tuple(sorted(found))

    @cached_property
    def spoken_to(self) -> Set[tuple[str, str]]:
        """Standards and indicators the items are mapped to, whether they count or not."""
        return self.evidence.spoken_to.keys()

    def _case(self, scope: Scope, subject: str, on: date, rules: Sequence[Rule]) -> Case:
        values = {name: self.measured(name, subject, on).value for rule in rules for name in rule.measures}
        return Case(scope, subject, on, values, tuple([rule.rule_id for rule in rules]))

    def _ask(self, case: Case) -> Mapping[str, Truths]:
        answers = answer(self.question.rulebook, case)
        self.answered.append(AnsweredCase(case, answers))
        return answers

    def outcome(self, rule: Rule, subject: str, truths: Truths) -> Outcome:
        """The answer that follows from a rule's conditions, from what is open and from the guards."""
        measured = {name: self.measured(name, subject, self.question.as_of) for name in rule.measures}
        found = self.before_guards(rule, subject, truths)
        kept_open = found is Answer.RAISED and truths.when is not Truth.YES
        rests_on = items_behind(rule.stays_by if kept_open else rule.raises_by, measured, self.today.lines)
        if found not in (Answer.RAISED, Answer.WATCHING):
            return Outcome(rule, subject, found, truths, measured, rests_on)
        aside = self._set_aside(rule, subject)
        held = held_back(rule.lane, rests_on) if aside is None else None
        answer_given = Answer.HELD_BACK if aside or held else found
        return Outcome(rule, subject, answer_given, truths, measured, rests_on, held, kept_open, aside)

    def _set_aside(self, rule: Rule, subject: str) -> OverrideFact | None:
        """What a person decided about this answer. Nobody sets a matter of safety aside, whatever is on file."""
        if not self.question.set_aside or rule.lane is Lane.SAFETY:
            return None
        key = ConcernKey(rule.rule_id, subject)
        return next((one for one in self.question.set_aside if one.key == key), None)

    def before_guards(self, rule: Rule, subject: str, truths: Truths) -> Answer:
        """The answer that follows from a rule's conditions and from what is open."""
        if ConcernKey(rule.rule_id, subject) in self.question.open_concerns:
            return _OF_AN_OPEN_CONCERN[truths.clears]
        if truths.when is not Truth.YES:
            return Answer.CLEAR if truths.when is Truth.NO else Answer.NOT_ENOUGH_EVIDENCE
        return Answer.RAISED if self._held_long_enough(rule, subject) else Answer.WATCHING

    def _held_long_enough(self, rule: Rule, subject: str) -> bool:
        """Whether the condition held on each of the last days the rule asks for, as the same facts show it.

        Asked on the first of them and on days on which the answer may change: on the others it is the day's before.
        """
        days = self.today.lines.get(rule.holds_for, 1) if rule.holds_for else 1
        first = self.question.as_of - timedelta(days=days - 1)
        if days > 1 and first < rule.in_force_from:
            return False
        asked = sorted(self._days_of_change(rule, subject, first), reverse=True) if days > 1 else ()
        cases = (self._case(rule.scope, subject, on, (rule,)) for on in asked)
        return all(self._ask(case)[rule.rule_id].when is Truth.YES for case in cases)

    def _days_of_change(self, rule: Rule, subject: str, first: date) -> set[date]:
        """The first day, and later days before the one asked about on which the condition may change."""
        rulebook, last = self.question.rulebook, self.question.as_of - ONE_DAY
        if rulebook.in_force(first) is not self.today:
            return {first + timedelta(days=number) for number in range((last - first).days + 1)}
        days = {first}
        for comparison in rule.raises_by:
            wanted = rulebook.measures[comparison.measure]
            if wanted.counts in PASSING_DAYS:
                days.update(self._days_it_passes(comparison, wanted.counts))
            elif wanted.of_items and comparison.measure in self.today.measurable:
                heard = self.heard(comparison.measure, subject, self.today)
                days.update(days_of_change(wanted, heard, first, last, self.today.lines))
        return {day for day in days if first <= day <= last}

    def _days_it_passes(self, comparison: Comparison, counts: Counts) -> tuple[date, ...]:
        """The day a number that grows or falls by one each day is on its line, and the next."""
        line = timedelta(days=self.today.lines.get(comparison.parameter, 0))
        person = self.question.person
        since_appointed = counts is Counts.DAYS_SINCE_APPOINTED
        on_line = person.appointed_on + line if since_appointed else person.term_ends_on - line
        return on_line, on_line + ONE_DAY


class _Today:
    """Values about a subject on the day asked about, each measured when it is first needed."""

    def __init__(self, examination: Examination, subject: str) -> None:
        self._examination = examination
        self._subject = subject

    def get(self, name: str) -> int | None:
        return self._examination.measured(name, self._subject, self._examination.question.as_of).value


def _concerns(raised: list[Outcome]) -> Measured:
    facts = {fact.evidence_id: fact for outcome in raised for fact in outcome.rests_on}
    return Measured(len(raised), tuple(facts.values()))


def items_behind(
    comparisons: tuple[Comparison, ...], measured: Mapping[str, Measured], lines: Mapping[str, int]
) -> tuple[EvidenceFact, ...]:
    """Items that make the rising comparisons of a condition hold, in order of date and id."""
    facts: dict[str, EvidenceFact] = {}
    for comparison in comparisons:
        found, comparator = measured[comparison.measure], comparison.comparator
        if not found.counted or comparator not in RISING:
            continue
        if compared(found.value, comparator, lines.get(comparison.parameter)) is Truth.YES:
            facts.update({fact.evidence_id: fact for fact in found.counted})
    return tuple(sorted(facts.values(), key=lambda fact: (fact.happened_on, fact.evidence_id))) if facts else ()


def held_back(lane: Lane, rests_on: tuple[EvidenceFact, ...]) -> HeldBack | None:
    """Never an escalation from one item or one type of source (requirements B7, D15.4). There is no exception.

    What must reach a person on one item is routed to another lane: `safety`, or `support_need` to a senior manager.
    """
    if lane is not Lane.ESCALATION:
        return None
    if len(rests_on) < 2:
        return HeldBack.ONE_ITEM
    return HeldBack.ONE_SOURCE_TYPE if len(source_types(rests_on)) < 2 else None
