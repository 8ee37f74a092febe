"""Answers of one evaluation that still hold in the next one about the same person on the same day.

Most news bears on a few of a person's answers. The others, with their explanations, are those of before. The evaluation
from nothing stays the authority: a property test compares the two, byte for byte.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from services.rules.domain.evaluation.answers import RuleAnswer
from services.rules.domain.evaluation.clearing import Change
from services.rules.domain.evaluation.examination import Group, Known, Outcome, Place, Question
from services.rules.domain.facts import ConcernKey, EvidenceFact


@dataclass(frozen=True, slots=True)
class KeptAnswers:
    """The answers of an evaluation with what they follow from. Nobody changes them.

    `known`: what rules answered that look at evidence only. `answers`: each with the outcome that it explains.
    `changes`: the smallest changes that clear what is raised.
    """

    question: Question
    items: tuple[EvidenceFact, ...]
    known: Known
    answers: Mapping[ConcernKey, tuple[Outcome, RuleAnswer]]
    changes: Mapping[ConcernKey, Change | None]

    def that_hold(self, question: Question, items: tuple[EvidenceFact, ...]) -> "KeptAnswers":
        """Return what holds for a question now. `items`: the evidence as it is now."""
        groups = self._groups_that_hold(question, items)
        keys = {key for group in groups.values() for key in group.outcomes}
        matched = {key: ids for key, ids in self.known.matched_items.items() if key in keys}
        answers = {key: self.answers[key] for key in keys}
        changes = {key: change for key, change in self.changes.items() if key in keys}
        return KeptAnswers(question, items, Known(groups, matched), answers, changes)

    def answer_to(self, key: ConcernKey, outcome: Outcome) -> RuleAnswer | None:
        """Return the answer that explains exactly this outcome; None if it must be explained."""
        explained, answer = self.answers.get(key, (None, None))
        return answer if explained is outcome else None

    def _groups_that_hold(self, question: Question, items: tuple[EvidenceFact, ...]) -> Mapping[Place, Group]:
        before = replace(self.question, open_concerns=question.open_concerns)
        # An item may wait for several Practice Notes, and what is kept does not say for which.
        if before != question or question.rulebook.in_force(question.as_of).unclear:
            return {}
        opened = {key.subject for key in self.question.open_concerns.keys() ^ question.open_concerns.keys()}
        news = _places(_differing(self.items, items))
        return {
            place: group
            for place, group in self.known.groups.items()
            if place[1] not in opened and not (news and _bear_on(news, place, group))
        }


def nothing_kept(question: Question, items: tuple[EvidenceFact, ...]) -> KeptAnswers:
    """Return what is known of a person before the first evaluation."""
    return KeptAnswers(question, items, Known(), {}, {})


def _differing(before: Sequence[EvidenceFact], now: Sequence[EvidenceFact]) -> Iterable[EvidenceFact]:
    """Yield the items that are new, changed or gone, as they were and as they are."""
    was, is_now = ({fact.evidence_id: fact for fact in facts} for facts in (before, now))
    yield from (fact for fact in now if was.get(fact.evidence_id) != fact)
    yield from (fact for fact in before if is_now.get(fact.evidence_id) != fact)


def _places(facts: Iterable[EvidenceFact]) -> set[str | None]:
    """Return the standards and indicators of some items, and None for what looks at all; nothing without items."""
    found: set[str | None] = set()
    for fact in facts:
        found.add(None)
        found.update(part for mapping in fact.mappings for part in (mapping.standard, mapping.indicator))
    return found


def _bear_on(news: set[str | None], place: Place, group: Group) -> bool:
    """Return whether items with some places may bear on answers, or on their explanations.

    An explanation shows praise on the same standard too. One about the person may show praise on any, and so may the
    one of a concern that stayed open when its rule began to look at standards.
    """
    _, subject = place
    return not subject or subject.partition(".")[0] in news or not group.about.isdisjoint(news)
