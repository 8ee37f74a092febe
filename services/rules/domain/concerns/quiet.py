"""Concerns that only a change of the rulebook caused: nobody is told of them until a person takes them on (D15.16)."""

from collections.abc import Callable
from dataclasses import dataclass

from services.rules.domain.evaluation.answers import RuleAnswer
from services.rules.domain.evaluation.evaluate import Evaluation


@dataclass(frozen=True, slots=True)
class WithoutNewRulebook:
    """Two evaluations to compare with, where a new rulebook came into force since a person's last evaluation.

    `by_rulebook_before`: today's evidence by the previous rulebook; None if that rulebook can no longer be loaded.
    `without_news`: the evidence of the last evaluation by today's rulebook.
    """

    by_rulebook_before: Evaluation | None
    without_news: Evaluation

    def caused_by_rulebook_only(self, answer: RuleAnswer, acts: Callable[[RuleAnswer], bool]) -> bool:
        """Tell whether an answer needed the new rulebook and no new evidence.

        `acts` tells whether an answer would change anything. If the previous rulebook would have acted on today's
        evidence, the rulebook was not needed. If today's rulebook would not have acted on the old evidence, new
        evidence was needed too.
        """
        before = self.by_rulebook_before
        without_change = before is not None and _acts(before, answer, acts)
        return not without_change and _acts(self.without_news, answer, acts)


def _acts(evaluation: Evaluation, answer: RuleAnswer, acts: Callable[[RuleAnswer], bool]) -> bool:
    same = (other for other in evaluation.raised if (other.rule_id, other.subject) == (answer.rule_id, answer.subject))
    return any(acts(other) for other in same)
