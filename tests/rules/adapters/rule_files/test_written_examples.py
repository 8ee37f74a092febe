"""The loader reads every example that the tool writes."""

from dataclasses import replace
from pathlib import Path

import pytest

from services.rules.adapters.rule_files.folder import SHIPPED, check_folder, load_rulebook, load_with_places
from services.rules.adapters.rule_files.writing import example_yaml, suggestion_yaml
from services.rules.domain.rulebook.model import Rule
from services.rules.domain.workbench.coverage import mutate
from services.rules.domain.workbench.examples import run_examples
from tests.rules.adapters.conftest import Edit


@pytest.mark.parametrize("rule", load_rulebook().rules, ids=lambda rule: rule.rule_id)
def test_an_example_written_and_read_is_the_same_example(edited: Edit, rule: Rule) -> None:
    file = load_with_places()[1].of(rule.rule_id).split(":")[0]
    before, _, rest = (SHIPPED / file).read_text(encoding="utf-8").partition(f"- rule: {rule.rule_id}\n")
    head, _, old = rest.partition("  examples:\n")
    examples = old.partition("\n- rule:")[0].partition("\n# ")[0]
    written = "\n".join(map(example_yaml, rule.examples))
    folder = edited(file, f"{head}  examples:\n{examples.rstrip()}\n", f"{head}  examples:\n{written}\n")
    assert before in (folder / file).read_text(encoding="utf-8")
    again = load_rulebook(folder).rule(rule.rule_id)
    assert again.examples == tuple(map(by_date, rule.examples))


def by_date(example: object) -> object:
    """Return an example with its items in order of date, as they are written."""
    file = example.case_file  # type: ignore[attr-defined]
    ordered = sorted(file.evidence, key=lambda fact: fact.happened_on)
    named = tuple(replace(fact, evidence_id=f"demo-{number}") for number, fact in enumerate(ordered, 1))
    return replace(example, case_file=replace(file, evidence=named))  # type: ignore[type-var]


def test_a_suggestion_can_be_pasted_as_it_is(edited: Edit) -> None:
    rulebook, places = load_with_places()
    late = rulebook.rule("report-late")
    suggestion = mutate(rulebook, replace(late, examples=late.examples[:2])).suggestions[0]
    text = suggestion_yaml(suggestion, places)
    assert text.startswith("# report-late, in rules/reports.yaml. Nothing notices yet:\n#   ")
    folder = edited("rules/reports.yaml", "  examples:\n", f"  examples:\n{text}\n")
    assert check_folder(Path(folder)) == ()
    assert all(result.holds for result in run_examples(load_rulebook(folder)))
