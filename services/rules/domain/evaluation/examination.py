"""The answers of all rules about one person on one day. Pure: the same facts always give the same answers."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from typing import NamedTuple

from services.rules.domain.closed_lists import Answer, HeldBack, Kind, Lane, Scope, Truth
from services.rules.domain.evaluation.agreement import AnsweredCase
from services.rules.domain.evaluation.answering import Answering, held_back, is_always_asked, subjects
from services.rules.domain.evaluation.plain_engine import Case, Truths, answer
from services.rules.domain.evidence.matching import Evidence
from services.rules.domain.evidence.measures import Measured
from services.rules.domain.facts import ConcernKey, EvidenceFact, OverrideFact, PersonFact, TeamDuty
from services.rules.domain.rulebook.model import Rule, Rulebook
from services.standard_ids import standard_order

_WAITS = (Lane.SUPPORT_NEED, Lane.ESCALATION, Lane.REAPPOINTMENT_RISK)
"""Lanes that wait for a review, and for the end of a suspension. Safety, praise and the Team's own duties do not."""


class Outcome(NamedTuple):
    """One rule's answer about one subject, with its measures and the items behind it.

    `kept_open`: it is still raised only because what clears it does not hold yet. `held_back`: the guard that blocks
    it; `override`: the override that blocks it.
    """

    rule: Rule
    subject: str
    answer: Answer
    truths: Truths
    measured: Mapping[str, Measured]
    rests_on: tuple[EvidenceFact, ...]
    held_back: HeldBack | None = None
    kept_open: bool = False
    override: OverrideFact | None = None


Place = tuple[Scope, str]
"""A scope with a subject. Rules about the same place are asked together."""


class Group(NamedTuple):
    """Rules asked together about one place, with their outcomes and the cases for the second engine.

    `about`: the standards and indicators at whose items their measures look; None for all.
    """

    rules: tuple[Rule, ...]
    about: frozenset[str | None]
    outcomes: Mapping[ConcernKey, Outcome]
    answered: tuple[AnsweredCase, ...]


@dataclass(frozen=True, slots=True)
class Known:
    """What is known before rules are asked: outcomes of the first stage, and the ids of items that bear on answers."""

    groups: Mapping[Place, Group] = field(default_factory=dict)
    matched_items: Mapping[ConcernKey, frozenset[str]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Question:
    """The question: by which rulebook, about whom, on which day, with which open concerns, overrides and duties."""

    rulebook: Rulebook
    person: PersonFact
    as_of: date
    open_concerns: Mapping[ConcernKey, date]
    overrides: tuple[OverrideFact, ...] = ()
    duties: tuple[TeamDuty, ...] = ()
    under_review: frozenset[str] = frozenset()
    """Items of evidence that the Safeguarder asked to have looked at. Nothing new is raised on one of them."""
    practice_held: bool = False
    """The Safeguarder is suspended under a policy that holds practice. Nothing new is raised about it."""


class Examination(Answering):
    """The answers of every live rule. Rules of the second stage count concerns, and are asked after the others.

    Measures are kept: several rules compare the same one, and the explanation shows it again. What is `known` already
    is not asked.
    """

    def __init__(self, question: Question, evidence: Evidence, known: Known | None = None) -> None:
        super().__init__(question.rulebook, question.person, question.as_of, evidence.match, question.duties)
        self.question = question
        self.evidence = evidence
        self.answered: list[AnsweredCase] = []
        self.groups: dict[Place, Group] = {}
        """The groups of the first stage, once it has been asked."""
        self._known = known.groups if known else {}
        self._measured: dict[tuple[str, str, date], Measured] = {}
        self._raised: dict[tuple[frozenset[Lane], bool], list[Outcome]] = {}
        self._places: dict[tuple[Scope, tuple[str, ...], frozenset[Kind]], tuple[str, ...]] = {}
        self._matched_items = dict(known.matched_items) if known else {}

    @cached_property
    def _opened(self) -> Mapping[str, set[str]]:
        """The subjects of the open concerns of each rule, by its id."""
        found: dict[str, set[str]] = {}
        for rule_id, subject in self.question.open_concerns:
            found.setdefault(rule_id, set()).add(subject)
        return found

    @property
    def known(self) -> Known:
        """What is known for the next examination, once all rules have been asked."""
        return Known(self.groups, self._matched_items)

    @cached_property
    def outcomes(self) -> Mapping[ConcernKey, Outcome]:
        """Every rule's answer about every subject, in order of rule and subject."""
        both = {**self.first_outcomes, **self._outcomes(self._live(second_stage=True))}
        return dict(sorted(both.items(), key=lambda found: (found[0].rule_id, standard_order(found[0].subject))))

    @cached_property
    def trial_outcomes(self) -> tuple[Outcome, ...]:
        """What each trial rule would answer if it alone were live beside the others. No rule counts it."""
        return tuple(self._outcomes(self.today.trials).values())

    @cached_property
    def first_outcomes(self) -> Mapping[ConcernKey, Outcome]:
        """Answers of the first stage: of the rules that look at evidence only."""
        outcomes: dict[ConcernKey, Outcome] = {}
        for place, rules in self._by_place(self._live(second_stage=False)).items():
            group = self._known.get(place)
            if group is None or group.rules != tuple(rules):
                group = self._group(place, rules)
            else:
                self.answered += group.answered
            self.groups[place] = group
            outcomes.update(group.outcomes)
        return outcomes

    @cached_property
    def first_raised(self) -> Mapping[ConcernKey, Outcome]:
        """Outcomes of the first stage that are raised."""
        return {key: outcome for key, outcome in self.first_outcomes.items() if outcome.answer is Answer.RAISED}

    def raised(self, lanes: frozenset[Lane], for_safety: bool) -> list[Outcome]:
        """Return the outcomes of the first stage that are raised in some lanes, and count. `for_safety`: see `told`."""
        found = self._raised.get((lanes, for_safety))
        if found is None:
            raised = (outcome for outcome in self.first_raised.values() if outcome.rule.lane in lanes)
            found = [one for one in raised if self.told(one.rule.lane, one.rests_on, for_safety) is not None]
            self._raised[lanes, for_safety] = found
        return found

    def concerns(self, lanes: frozenset[Lane], for_safety: bool) -> Measured:
        """Return the number of concerns raised in some lanes by rules of the first stage, and the items behind them."""
        raised = self.raised(lanes, for_safety)
        behind = (self.told(outcome.rule.lane, outcome.rests_on, for_safety) or () for outcome in raised)
        facts = {fact.evidence_id: fact for rests_on in behind for fact in rests_on}
        return Measured(len(raised), tuple(facts.values()))

    @cached_property
    def matching_items(self) -> Mapping[str, list[ConcernKey]]:
        """For each item by id: the answers that it bears on, of those that other rules may count."""
        found: dict[str, list[ConcernKey]] = {}
        lanes = self.rulebook.counted_lanes
        for key in [key for key, outcome in self.first_outcomes.items() if outcome.rule.lane in lanes]:
            for evidence_id in self.matched_items(key):
                found.setdefault(evidence_id, []).append(key)
        return found

    def matched_items(self, key: ConcernKey) -> frozenset[str]:
        """Return the ids of all items that bear on a rule's answer about a subject."""
        found = self._matched_items.get(key)
        if found is None:
            measures, terms = self.rulebook.measures, self.today
            names = [name for name in self.rulebook.rule(key.rule_id).measures if name in terms.measurable]
            ids = [self.match(name, key.subject, terms).ids for name in names if measures[name].of_items]
            found = self._matched_items[key] = frozenset().union(*ids)
        return found

    def measured(self, name: str, subject: str, on: date) -> Measured:
        """Return one measure about one subject on the day asked about, or on an earlier day."""
        key = (name, subject, on)
        found = self._measured.get(key)
        if found is None:
            found = self._measured[key] = self._measure(name, subject, on)
        return found

    _measure = Answering.measured

    def _live(self, second_stage: bool) -> Sequence[Rule]:
        return [rule for rule in self.today.rules if self.rulebook.looks_at_concerns(rule) is second_stage]

    def _outcomes(self, asked: Sequence[Rule]) -> Mapping[ConcernKey, Outcome]:
        groups = (self._group(place, rules) for place, rules in self._by_place(asked).items())
        return {key: outcome for group in groups for key, outcome in group.outcomes.items()}

    def _by_place(self, asked: Sequence[Rule]) -> Mapping[Place, list[Rule]]:
        by_place: dict[Place, list[Rule]] = {}
        for rule in asked:
            for subject in self.subjects(rule):
                by_place.setdefault((rule.scope, subject), []).append(rule)
        return by_place

    def _group(self, place: Place, rules: Sequence[Rule]) -> Group:
        """Ask rules about the same place as one case, so that the second engine is asked less often."""
        before, (scope, subject) = len(self.answered), place
        wanted = (self.rulebook.measures[name] for rule in rules for name in rule.measures)
        about = frozenset(measure.about(subject) for measure in wanted if measure.of_items)
        answers = self._ask(scope, subject, self.as_of, rules)
        outcomes = {
            ConcernKey(rule.rule_id, subject): self.outcome(rule, subject, answers[rule.rule_id]) for rule in rules
        }
        return Group(tuple(rules), about, outcomes, tuple(self.answered[before:]))

    def subjects(self, rule: Rule) -> tuple[str, ...]:
        """Return the subjects about which a rule is asked: those with items, and those with an open concern."""
        if is_always_asked(rule):
            return subjects(rule, self.today.standards_asked(rule), ())
        # Most rules ask about the same places, and few have an open concern.
        derived = self.rulebook.derived_read_by(rule)
        places = self._places.get((rule.scope, rule.standards, derived))
        if places is None:
            places = subjects(rule, (), self.evidence.spoken_to(derived))
            self._places[rule.scope, rule.standards, derived] = places
        opened = self._opened.get(rule.rule_id, set())
        return places if opened.issubset(places) else tuple(sorted({*opened, *places}))

    def _ask(self, scope: Scope, subject: str, on: date, rules: Sequence[Rule]) -> Mapping[str, Truths]:
        """Ask some rules about a subject, with all their measures. Keep the case: the second engine gets the same."""
        values = {name: self.measured(name, subject, on).value for rule in rules for name in rule.measures}
        case = Case(scope, subject, on, values, tuple([rule.rule_id for rule in rules]))
        answers = answer(self.rulebook, case)
        self.answered.append(AnsweredCase(case, answers))
        return answers

    def _truths_before(self, rule: Rule, subject: str, on: date) -> Truths:
        return self._ask(rule.scope, subject, on, (rule,))[rule.rule_id]

    def outcome(self, rule: Rule, subject: str, truths: Truths) -> Outcome:
        """Return the answer that follows from a rule's conditions, open concerns, overrides and guards."""
        measured = self.all_measured(rule, subject)
        found = self.before_guards(
            rule, subject, truths, ConcernKey(rule.rule_id, subject) in self.question.open_concerns
        )
        kept_open = found is Answer.RAISED and truths.when is not Truth.YES
        rests_on = self.rests_on(rule, measured, kept_open)
        if found not in (Answer.RAISED, Answer.WATCHING):
            return Outcome(rule, subject, found, truths, measured, rests_on)
        override = self._override(rule, subject)
        held = self._held_back(rule, subject, rests_on) if override is None else None
        answer_given = Answer.HELD_BACK if override or held else found
        return Outcome(rule, subject, answer_given, truths, measured, rests_on, held, kept_open, override)

    def _held_back(self, rule: Rule, subject: str, rests_on: tuple[EvidenceFact, ...]) -> HeldBack | None:
        """Return why a guard blocks an answer. What is open already stays so during a hold: it is on hold itself."""
        if rule.lane in _WAITS and ConcernKey(rule.rule_id, subject) not in self.question.open_concerns:
            if self.question.practice_held:
                return HeldBack.SUSPENDED
            if any(fact.evidence_id in self.question.under_review for fact in rests_on):
                return HeldBack.REVIEW_OPEN
        return held_back(rule.lane, rests_on)

    def _override(self, rule: Rule, subject: str) -> OverrideFact | None:
        """Return the override of an answer, if any. Safety cannot be overridden, whatever is on file."""
        if not self.question.overrides or rule.lane is Lane.SAFETY:
            return None
        key = ConcernKey(rule.rule_id, subject)
        return next((one for one in self.question.overrides if one.key == key), None)
