"""What rules would answer if some items were left out and others added in thought."""

from collections.abc import Set
from dataclasses import replace
from datetime import UTC, date, datetime
from functools import cached_property

from services.rules.domain.closed_lists import Answer, Counts, Lane
from services.rules.domain.evaluation.examination import Examination, Question
from services.rules.domain.evidence.countability import countable_mappings, in_thought
from services.rules.domain.evidence.measures import Matched, Measured, match
from services.rules.domain.facts import ConcernKey, HypotheticalItem
from services.rules.domain.rulebook.model import InForce

_AT_ONCE = datetime.min.replace(tzinfo=UTC)


class Addition:
    """Items added in thought, and what was found to be raised with them.

    `raised`: by rule and subject, whether a concern is open, and which of the items the rule listens to are left out.
    What was found for one change is good for every other that means the same.
    """

    def __init__(self, items: tuple[HypotheticalItem, ...], question: Question) -> None:
        facts = in_thought(items, question.as_of, _AT_ONCE)
        self.countable = tuple(countable_mappings(facts, question.rulebook))
        self.spoken_to = {(mapping.standard, mapping.indicator) for fact in facts for mapping in fact.mappings}
        self.raised: dict[tuple[ConcernKey, bool, frozenset[str]], bool] = {}


class ChangedExamination(Examination):
    """An examination again, with items left out and added. What that does not bear on is taken from the original."""

    def __init__(self, original: Examination, question: Question, removed: frozenset[str], added: Addition) -> None:
        super().__init__(question, original.evidence)
        self._original = original
        self._removed = removed
        self._added = added

    @property
    def once_all_is_open(self) -> "ChangedExamination":
        """The same change once all that the original raised is open: what was heard is the same."""
        opened = {**self.question.open_concerns, **dict.fromkeys(self._original.first_raised, self.question.as_of)}
        question = replace(self.question, open_concerns=opened)
        later = ChangedExamination(self._original, question, self._removed, self._added)
        later._heard = self._heard
        return later

    @cached_property
    def spoken_to(self) -> Set[tuple[str, str]]:
        """Standards and indicators the items are mapped to, whether they count or not."""
        left = {place for place, ids in self.evidence.spoken_to.items() if not ids <= self._removed}
        return left | self._added.spoken_to

    def _measure(self, name: str, subject: str, on: date) -> Measured:
        """As measured before, where nothing that is left out or added is heard."""
        wanted, terms = self.question.rulebook.measures[name], self._terms(on)
        if wanted.counts is Counts.CONCERNS_RAISED:
            return Measured(self._concerns_raised(wanted.lanes))
        if wanted.of_items and name in terms.measurable:
            heard = self.heard(name, subject, terms)
            if heard is not self._original.heard(name, subject, terms):
                return self._measure_heard(wanted, heard, on, terms)
        return self._original.measured(name, subject, on)

    def _hear(self, name: str, subject: str, terms: InForce) -> Matched:
        left = self._original.heard(name, subject, terms).without(self._removed)
        if not self._added.countable:
            return left
        wanted = self.question.rulebook.measures[name]
        about = wanted.about(subject)
        entries = [e for e in self._added.countable if about in (None, e.mapping.standard, e.mapping.indicator)]
        return left.and_also(match(wanted, subject, entries, terms)) if entries else left

    def _concerns_raised(self, lanes: frozenset[Lane]) -> int:
        """How many concerns the rules of some lanes that look at evidence only raise."""
        asked, again, rule = self._asked, self._in_question, self.question.rulebook.rule
        before = self._original.first_raised.items()
        kept = sum(o.rule.lane in lanes and key in asked and key not in again for key, o in before)
        found = sum(rule(key.rule_id).lane in lanes and key in asked and self._is_raised(key) for key in again)
        return kept + found

    @cached_property
    def _asked(self) -> Set[ConcernKey]:
        """What the rules that look at evidence only are asked about."""
        if self.spoken_to == self._original.spoken_to:
            return self._original.first_outcomes.keys()
        rules = [rule for rule in self.today.rules if not self.question.rulebook.looks_at_concerns(rule)]
        return {ConcernKey(rule.rule_id, subject) for rule in rules for subject in self.subjects(rule)}

    @cached_property
    def _in_question(self) -> Set[ConcernKey]:
        """Answers that the change, or what is open besides, may bear on."""
        if self._added.countable:
            return self._asked
        before = self._original
        of_removed = {key for evidence_id in self._removed for key in before.listeners.get(evidence_id, ())}
        opened = self.question.open_concerns.keys() - before.question.open_concerns.keys()
        return of_removed | opened | (self._asked - before.first_outcomes.keys())

    def _is_raised(self, key: ConcernKey) -> bool:
        change = key, key in self.question.open_concerns, self._removed & self._original.listens_to(key)
        found = self._added.raised.get(change)
        if found is None:
            found = self._added.raised[change] = self._is_raised_again(key)
        return found

    def _is_raised_again(self, key: ConcernKey) -> bool:
        rule = self.question.rulebook.rule(key.rule_id)
        truths = self.truths(rule, key.subject)
        if self.before_guards(rule, key.subject, truths) is not Answer.RAISED:
            return False
        return self.outcome(rule, key.subject, truths).answer is Answer.RAISED
