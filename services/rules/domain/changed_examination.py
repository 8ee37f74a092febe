"""What rules would answer if some items were left out and others added in thought."""

from collections.abc import Iterable
from datetime import UTC, datetime
from functools import cached_property

from services.rules.domain.counting import countable_mappings, in_thought
from services.rules.domain.examination import Answer, Examination, Outcome, Question
from services.rules.domain.facts import ConcernKey, HypotheticalItem
from services.rules.domain.measuring import Heard, hear
from services.rules.domain.rulebook import InForce, Lane, Rule

_AT_ONCE = datetime.min.replace(tzinfo=UTC)


class Addition:
    """Items added in thought, and the answers found with them.

    `known`: answers by rule and subject, whether a concern is open, and which of the items the rule listens to are left
    out. One found for one change is good for every other that means the same.
    """

    def __init__(self, items: tuple[HypotheticalItem, ...], question: Question) -> None:
        facts = in_thought(items, question.as_of, _AT_ONCE)
        self.countable = tuple(countable_mappings(facts, question.rulebook))
        self.spoken_to = {(mapping.standard, mapping.indicator) for fact in facts for mapping in fact.mappings}
        self.known: dict[tuple[ConcernKey, bool, frozenset[str]], Outcome] = {}


class ChangedExamination(Examination):
    """An examination again, with items left out and added. What that does not bear on is taken from the original."""

    def __init__(self, original: Examination, question: Question, removed: frozenset[str], added: Addition) -> None:
        super().__init__(question, original.evidence)
        self._original = original
        self._removed = removed
        self._added = added

    def raised(self, lanes: frozenset[Lane]) -> list[Outcome]:
        """What the rules of some lanes that look at evidence only raise."""
        rulebook = self.question.rulebook
        rules = [rule for rule in self.today.rules if rule.lane in lanes and not rulebook.looks_at_concerns(rule)]
        found = (self._found(rule, subject) for rule in rules for subject in self.subjects(rule))
        return [outcome for outcome in found if outcome.answer is Answer.RAISED]

    def _found(self, rule: Rule, subject: str) -> Outcome:
        key = ConcernKey(rule.rule_id, subject)
        is_open = key in self.question.open_concerns
        change = key, is_open, self._removed & self._original.listens_to(rule, subject)
        found = self._added.known.get(change)
        if found is None:
            found = self._added.known[change] = self._asked_again(rule, *change)
        return found

    def _asked_again(self, rule: Rule, key: ConcernKey, is_open: bool, removed: frozenset[str]) -> Outcome:
        before = self._original.first_outcomes.get(key)
        was_open = key in self._original.question.open_concerns
        if before is None or removed or self._added.countable or is_open is not was_open:
            return self.outcome(rule, key.subject, self.truths(rule, key.subject))
        return before

    @cached_property
    def spoken_to(self) -> Iterable[tuple[str, str]]:
        """Standards and indicators the items are mapped to, whether they count or not."""
        left = {place for place, ids in self.evidence.spoken_to.items() if not ids <= self._removed}
        return left | self._added.spoken_to

    def _hear(self, name: str, subject: str, terms: InForce) -> Heard:
        wanted = self.question.rulebook.measures[name]
        about = wanted.about(subject)
        left = self._original.heard(name, subject, terms).without(self._removed)
        entries = [e for e in self._added.countable if about in (None, e.mapping.standard, e.mapping.indicator)]
        return left.and_also(hear(wanted, subject, entries, terms)) if entries else left
