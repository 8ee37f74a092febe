"""Concerns that only a change of rules caused: nobody is told of them until a person takes them on (D15.16).

Rules change when another rulebook comes into force, and on each date in the rulebook itself.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from services.rules.domain.evaluation.answers import RuleAnswer
from services.rules.domain.evaluation.evaluate import Evaluation
from services.rules.domain.rulebook.dated import RulesThen
from services.rules.domain.rulebook.model import Rule, Rulebook


@dataclass(frozen=True, slots=True)
class WithoutChangeOfRules:
    """Evaluations to compare with, where the rules have changed since they could last have raised an answer.

    `by_rules_before`: for each rule that is raised, today's evidence by the rules as they stood then; None if that
    rulebook can no longer be loaded. `without_news`: the evidence of the last evaluation by today's rules.
    """

    by_rules_before: Mapping[str, Evaluation | None]
    without_news: Evaluation

    def caused_by_rules_only(self, answer: RuleAnswer, acts: Callable[[RuleAnswer], bool]) -> bool:
        """Tell whether an answer needed the change of rules and no new evidence.

        `acts` tells whether an answer would change anything. If the rules before would have acted on today's evidence,
        their change was not needed. If today's rules would not have acted on the old evidence, new evidence was needed
        too.
        """
        before = self.by_rules_before[answer.rule_id]
        without_change = before is not None and _acts(before, answer, acts)
        return not without_change and _acts(self.without_news, answer, acts)


def rules_before(
    rulebook: Rulebook, rule: Rule, last: RulesThen, as_of: date, in_force_on: Callable[[date], str]
) -> RulesThen:
    """Return the rules with which an answer of a rule is compared: those of the person's last evaluation.

    A rule that waits is raised some days after the change that made it hold. It is compared with the rules before it
    began to wait, if the last evaluation is later. `in_force_on`: the content hash that was in force on a day.
    """
    waits = rulebook.lines_on(as_of).get(rule.holds_for, 1) if rule.holds_for else 1
    before_waiting = as_of - timedelta(days=waits)
    if waits <= 1 or last.on <= before_waiting:
        return last
    return RulesThen(in_force_on(before_waiting) or last.rulebook_hash, before_waiting)


def _acts(evaluation: Evaluation, answer: RuleAnswer, acts: Callable[[RuleAnswer], bool]) -> bool:
    same = (other for other in evaluation.raised if (other.rule_id, other.subject) == (answer.rule_id, answer.subject))
    return any(acts(other) for other in same)
