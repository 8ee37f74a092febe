"""Running the examples of rules and KPIs: each must give its answer, and the sentence it asks for."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time, timedelta

from services.rules.domain.closed_lists import RuleStatus
from services.rules.domain.evaluation.answers import RuleAnswer
from services.rules.domain.evaluation.evaluate import evaluate
from services.rules.domain.evaluation.examination import Examination, Outcome, Question
from services.rules.domain.evidence.countability import known_items
from services.rules.domain.evidence.matching import Evidence
from services.rules.domain.evidence.team_duties import open_duties
from services.rules.domain.facts import ConcernKey
from services.rules.domain.rulebook.kpi import Kpi, KpiExample, judge
from services.rules.domain.rulebook.model import Example, Rule, Rulebook


@dataclass(frozen=True, slots=True)
class ExampleResult:
    """The result of one example of a rule or a KPI. `problem` is empty if the example holds."""

    rule_id: str
    title: str
    problem: str

    @property
    def holds(self) -> bool:
        """Whether answer and sentence are as the example says."""
        return not self.problem


def run_examples(rulebook: Rulebook) -> tuple[ExampleResult, ...]:
    """Run every example of every rule and KPI. Drafts and retired rules are run as if they were live."""
    live = replace(rulebook, rules=tuple(replace(rule, status=RuleStatus.LIVE) for rule in rulebook.rules))
    return (
        *(_run(live, rule, example) for rule in live.rules for example in rule.examples),
        *(run_kpi_example(live, kpi, example) for kpi in live.kpis for example in kpi.examples),
    )


def run_kpi_example(rulebook: Rulebook, kpi: Kpi, example: KpiExample) -> ExampleResult:
    """Run one example of a KPI with the latest value of each parameter."""
    lines = {name: rulebook.parameters[name].values[-1].value for name in kpi.parameters}
    found = judge(kpi, example.words, lines)
    problem = ""
    if found.result is not example.result:
        problem = f"is {found.result}, not {example.result}"
    elif example.says not in found.reason:
        problem = f"says: {found.reason}"
    elif example.beside is not None and example.beside != found.beside:
        problem = f"is shown beside as: {', '.join(found.beside) or 'nothing'}"
    return ExampleResult(kpi.kpi_id, example.title, problem)


def examined(rulebook: Rulebook, rule_id: str, example: Example) -> Outcome | None:
    """Return what a rule answers on an example's case, with its measures but without a sentence.

    None if the rule is not asked about the subject. Without the sentence it takes a tenth of the time, which matters
    to the workbench: it asks thousands of times.
    """
    case_file, on = example.case_file, example.on
    known = known_items(case_file.evidence, on, _end_of(on), frozenset())
    duties = open_duties(case_file.duties, _end_of(on))
    question = Question(rulebook, case_file.person, on, case_file.open_concerns, duties=duties)
    outcomes = Examination(question, Evidence(known, on, rulebook)).outcomes
    return outcomes.get(ConcernKey(rule_id, example.subject))


def answer_to(rulebook: Rulebook, rule_id: str, example: Example) -> str:
    """Return the answer of a rule on an example's case, empty if the rule is not asked about the subject."""
    outcome = examined(rulebook, rule_id, example)
    return outcome.answer if outcome else ""


def _end_of(day: date) -> datetime:
    return datetime.combine(day + timedelta(days=1), time(), UTC)


def _run(rulebook: Rulebook, rule: Rule, example: Example) -> ExampleResult:
    evaluation = evaluate(rulebook, example.case_file, example.on, _end_of(example.on))
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
