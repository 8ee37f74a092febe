"""Runs the examples every rule carries, and looks at the sentence too."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import UTC, datetime, time, timedelta

from services.rules.domain.evaluation import RuleAnswer, evaluate
from services.rules.domain.rulebook import Example, Rule, Rulebook, RuleStatus


@dataclass(frozen=True, slots=True)
class ExampleResult:
    """How one example came out. `problem` is empty if it holds."""

    rule_id: str
    title: str
    problem: str

    @property
    def holds(self) -> bool:
        """Whether rule and sentence answered as the example says."""
        return not self.problem


def run_examples(rulebook: Rulebook) -> tuple[ExampleResult, ...]:
    """Runs every example of every rule, drafts and retired rules too, as if they were live."""
    live = replace(rulebook, rules=tuple(replace(rule, status=RuleStatus.LIVE) for rule in rulebook.rules))
    return tuple(_run(live, rule, example) for rule in live.rules for example in rule.examples)


def _run(rulebook: Rulebook, rule: Rule, example: Example) -> ExampleResult:
    end_of_day = datetime.combine(example.on + timedelta(days=1), time(), UTC)
    evaluation = evaluate(rulebook, example.case_file, example.on, end_of_day)
    found = [a for a in evaluation.answers if (a.rule_id, a.subject) == (rule.rule_id, example.subject)]
    return ExampleResult(rule.rule_id, example.title, "; ".join(_problems(example, found)))


def _problems(example: Example, found: list[RuleAnswer]) -> Iterator[str]:
    if not found:
        yield "the rule was not asked about this subject"
        return
    if found[0].answer != example.answer:
        yield f"answers {found[0].answer}, not {example.answer}"
    elif example.says not in found[0].explanation.because:
        yield f"says: {found[0].explanation.because}"
