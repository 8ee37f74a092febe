"""The answers that rules would give if some items were left out and hypothetical ones added."""

from collections.abc import Set
from dataclasses import replace
from datetime import UTC, date, datetime
from functools import cached_property

from services.rules.domain.closed_lists import Answer, Counts, Lane, Truth
from services.rules.domain.evaluation.answering import Values
from services.rules.domain.evaluation.examination import Examination, Question
from services.rules.domain.evaluation.plain_engine import holds, is_cleared
from services.rules.domain.evidence.mappings import countable_mappings, hypothetical_facts
from services.rules.domain.evidence.matching import Evidence, Matched, match
from services.rules.domain.evidence.measures import Measured
from services.rules.domain.facts import ConcernKey, HypotheticalItem, TeamDuty
from services.rules.domain.rulebook.model import InForce, Rule

_AT_ONCE = datetime.min.replace(tzinfo=UTC)


class Addition:
    """Hypothetical items that are added, and what is known to be raised with them.

    `raised`: whether an answer is raised, by rule and subject, by whether its concern is open, by those of its matched
    items that are left out, and by what the Team still owes. Nothing else of a change bears on an answer, so every
    change with the same key shares it.
    """

    def __init__(self, items: tuple[HypotheticalItem, ...], question: Question) -> None:
        self.facts = hypothetical_facts(items, question.as_of, _AT_ONCE)
        self.countable = tuple(countable_mappings(self.facts, question.rulebook))
        self.raised: dict[tuple[ConcernKey, bool, frozenset[str], tuple[TeamDuty, ...]], bool] = {}


class ChangedEvidence(Evidence):
    """A day's evidence with some items left out and others added.

    Where the change does not touch what a measure matches, the original's own object is returned. The examination sees
    by that identity that nothing has to be measured again.
    """

    def __init__(self, original: Evidence, removed: frozenset[str], added: Addition) -> None:
        left = (fact for fact in original.items if fact.evidence_id not in removed)
        super().__init__((*left, *added.facts), original.as_of, original.rulebook)
        self.original = original
        self.removed = removed
        self.added = added

    @cached_property
    def speaks_as_before(self) -> bool:
        """Whether rules are asked about the same standards and indicators as before the change."""
        if self.added.facts:
            return self.subjects_spoken_to == self.original.subjects_spoken_to
        return not any(ids <= self.removed for ids in self.original.speakers)

    def _match(self, name: str, subject: str, terms: InForce) -> Matched:
        left = self.original.match(name, subject, terms).without(self.removed)
        if not self.added.countable:
            return left
        wanted = self.rulebook.measures[name]
        about = wanted.about(subject)
        entries = [e for e in self.added.countable if about in (None, e.mapping.standard, e.mapping.indicator)]
        return left.and_also(match(wanted, subject, entries, terms, self.as_of)) if entries else left


class ChangedExamination(Examination):
    """An examination of changed evidence. What the change does not affect is taken from the original examination."""

    def __init__(self, original: Examination, question: Question, evidence: ChangedEvidence) -> None:
        super().__init__(question, evidence)
        self._original = original
        self._changed = evidence

    @property
    def once_all_is_open(self) -> "ChangedExamination":
        """The same change, once every concern that the original raised is open. The matched items stay the same."""
        opened = {**self.question.open_concerns, **dict.fromkeys(self._original.first_raised, self.as_of)}
        other = ChangedExamination(self._original, replace(self.question, open_concerns=opened), self._changed)
        counts = {name: measure.counts for name, measure in self.rulebook.measures.items()}
        kept = {key: found for key, found in self._measured.items() if counts[key[0]] is not Counts.CONCERNS_RAISED}
        other._measured.update(kept)
        return other

    def holds(self, rule: Rule, subject: str) -> Truth:
        """Return whether a rule's condition holds. Its measures are counted only as far as the answer needs them."""
        return holds(self.today, rule.rule_id, Values(self, subject, self.as_of))

    def is_cleared(self, rule: Rule, subject: str) -> Truth:
        """Return whether what clears the concern of a rule holds."""
        return is_cleared(self.today, rule.rule_id, Values(self, subject, self.as_of))

    def _measure(self, name: str, subject: str, on: date) -> Measured:
        # Most changes touch few measures, and the search for the smallest change tries many of them.
        if self._is_changed(name, subject, self.rulebook.in_force(on)):
            return super()._measure(name, subject, on)
        return self._original.measured(name, subject, on)

    def _is_changed(self, name: str, subject: str, terms: InForce) -> bool:
        wanted = self.rulebook.measures[name]
        if wanted.counts is Counts.CONCERNS_RAISED:
            return True
        if wanted.counts is Counts.TEAM_DUTIES_OVERDUE:
            return self.duties is not self._original.duties
        if not wanted.of_items or name not in terms.measurable:
            return False
        return self.match(name, subject, terms) is not self._original.match(name, subject, terms)

    def concerns(self, lanes: frozenset[Lane], for_safety: bool) -> Measured:
        """Return the number of concerns raised in some lanes by rules of the first stage. It names no items.

        Only answers that the change could affect are asked again.
        """
        again, rule = self._in_question, self.rulebook.rule
        before = [ConcernKey(o.rule.rule_id, o.subject) for o in self._original.raised(lanes, for_safety)]
        kept = sum(key not in again and self._is_asked(key) for key in before)
        in_lanes = (key for key in again if rule(key.rule_id).lane in lanes)
        return Measured(kept + sum(self._is_asked(key) and self._counts(key, for_safety) for key in in_lanes))

    def _is_asked(self, key: ConcernKey) -> bool:
        """Return whether a rule of the first stage is still asked about a subject."""
        if self._changed.speaks_as_before:
            return key in self._original.first_outcomes
        return key.subject in self.subjects(self.rulebook.rule(key.rule_id))

    @cached_property
    def _asked(self) -> Set[ConcernKey]:
        """Rules of the first stage, with the subjects about which they are asked."""
        return {ConcernKey(r.rule_id, subject) for r in self._live(second_stage=False) for subject in self.subjects(r)}

    @cached_property
    def _in_question(self) -> Set[ConcernKey]:
        """Answers the change could affect, including newly open concerns."""
        before = self._original
        if self._changed.added.facts or self.duties is not before.duties:
            return self._asked
        of_removed = {key for item in self._changed.removed for key in before.matching_items.get(item, ())}
        return of_removed | (self.question.open_concerns.keys() - before.question.open_concerns.keys())

    def _counts(self, key: ConcernKey, for_safety: bool) -> bool:
        """Return whether an answer is raised, and counts in a rule of the lane of safety, or of another one."""
        if not self._is_raised(key):
            return False
        rule = self.rulebook.rule(key.rule_id)
        if rule.lane is not Lane.SAFETY or for_safety:
            return True
        outcome = self.outcome(rule, key.subject, self.truths(rule, key.subject))
        return self.told(rule.lane, outcome.rests_on, for_safety) is not None

    def _is_raised(self, key: ConcernKey) -> bool:
        raised = self._changed.added.raised
        is_open = key in self.question.open_concerns
        change = key, is_open, self._changed.removed & self._original.matched_items(key), self.question.duties
        if change not in raised:
            raised[change] = self._is_raised_again(key)
        return raised[change]

    def _is_raised_again(self, key: ConcernKey) -> bool:
        rule = self.rulebook.rule(key.rule_id)
        # The guards need every measure of the rule, so they are asked only of what would be raised without them.
        truths = self.truths(rule, key.subject)
        if self.before_guards(rule, key.subject, truths, key in self.question.open_concerns) is not Answer.RAISED:
            return False
        return self.outcome(rule, key.subject, truths).answer is Answer.RAISED
