"""Whether a change of the rulebook alone set something off: nobody is told until a person takes it on (D15.16)."""

from collections.abc import Callable
from dataclasses import dataclass

from services.rules.domain.evaluation.answers import RuleAnswer
from services.rules.domain.evaluation.evaluate import Evaluation


@dataclass(frozen=True, slots=True)
class WithoutNewRulebook:
    """What would have been raised otherwise, where another rulebook came into force since a person's last evaluation.

    `by_rulebook_before`: by the rulebook before on today's evidence; None when it is not to be had. `without_news`: by
    today's rulebook on the evidence it was last asked about.
    """

    by_rulebook_before: Evaluation | None
    without_news: Evaluation

    def caused_by_rulebook_only(self, answer: RuleAnswer, acts: Callable[[RuleAnswer], bool]) -> bool:
        """Whether an answer that changes something (`acts`) needed the new rulebook and nothing else."""
        before = self.by_rulebook_before
        without_change = before is not None and _acts(before, answer, acts)
        return not without_change and _acts(self.without_news, answer, acts)


def _acts(evaluation: Evaluation, answer: RuleAnswer, acts: Callable[[RuleAnswer], bool]) -> bool:
    same = (other for other in evaluation.raised if (other.rule_id, other.subject) == (answer.rule_id, answer.subject))
    return any(acts(other) for other in same)
