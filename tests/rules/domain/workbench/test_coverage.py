"""Examples guard a rule: they notice a small mistake. If none does, a case that would is suggested."""

from dataclasses import replace
from datetime import date

import pytest

from services.rules.domain.rulebook.model import Rule
from services.rules.domain.workbench.coverage import Mutation, cover, mutate
from services.rules.domain.workbench.examples import answer_to
from services.rules.domain.workbench.mutants import alone, mutants_of
from tests.rules.builders import shipped


def with_few_examples(rule_id: str, most: int = 2) -> Rule:
    """Return a shipped rule as it was first written."""
    rule = shipped().rule(rule_id)
    return replace(rule, examples=rule.examples[:most])


def unnoticed(mutation: Mutation) -> set[str]:
    """Return the changes that no example noticed, in words."""
    return {mutant.changed for mutant in mutation.unnoticed}


@pytest.mark.parametrize("rule", shipped().rules, ids=lambda rule: rule.rule_id)
def test_every_small_change_of_a_shipped_rule_is_noticed_by_its_examples(rule: Rule) -> None:
    mutation = mutate(shipped(), rule)
    assert unnoticed(mutation) == set()
    # A measure of duties has no window, kinds or polarity. Its line changes in three ways, and its duties in two.
    fewest = 5 if all(shipped().measures[name].duties for name in rule.measures) else 11
    assert mutation.noticed >= fewest


@pytest.mark.parametrize("rule", shipped().rules, ids=lambda rule: rule.rule_id)
def test_the_examples_of_a_shipped_rule_show_every_answer_and_both_sides_of_every_line(rule: Rule) -> None:
    assert cover(shipped(), rule).gaps == ()


def test_every_kind_of_change_is_made_of_a_rule_with_every_kind_of_part() -> None:
    changes = {mutant.changed for mutant in mutants_of(shipped(), shipped().rule("no-improvement"))}
    assert {
        "continuing_concerns is at least improvement_items_line: dropped",
        "continuing_concerns is at least improvement_items_line: the line one step up",
        "continuing_concerns is at least improvement_items_line: the line one step down",
        'continuing_concerns is at least improvement_items_line: "is above"',
        "unless fresh_praise is at least improvement_praise_line: dropped",
        "fresh_praise: over improvement_months one step down",
        "fresh_praise: polarity concern",
    } <= changes
    assert "holds_for: dropped" in {m.changed for m in mutants_of(shipped(), shipped().rule("coverage-source"))}
    assert "clears_when: dropped" in {m.changed for m in mutants_of(shipped(), shipped().rule("report-late"))}
    assert "upheld_on_conduct: where complaint_outcome: without partly_upheld" in {
        mutant.changed for mutant in mutants_of(shipped(), shipped().rule("conduct"))
    }


def test_a_change_that_no_example_notices_is_named() -> None:
    mutation = mutate(shipped(), with_few_examples("report-late"))
    assert "late_reports: over window_months one step up" in unnoticed(mutation)
    assert 'late_reports is below late_reports_clear: "is at most"' in unnoticed(mutation)
    assert "late_reports is at least late_reports_line: the line one step up" not in unnoticed(mutation)


def test_the_suggested_examples_notice_all_that_nothing_noticed() -> None:
    rule = with_few_examples("report-late")
    first = mutate(shipped(), rule)
    suggested = tuple(suggestion.example for suggestion in first.suggestions)
    for example in suggested:
        assert answer_to(alone(shipped(), rule), rule.rule_id, example) == example.answer
    assert 0 < len(suggested) < len(first.unnoticed)
    assert unnoticed(mutate(shipped(), replace(rule, examples=(*rule.examples, *suggested)))) == set()


def test_a_line_that_changes_on_a_day_needs_examples_from_that_day_on() -> None:
    line = shipped().parameters["late_reports_line"]
    later = replace(line.values[0], from_on=date(2027, 4, 1), value=3)
    rulebook = replace(
        shipped(), parameters={**shipped().parameters, line.name: replace(line, values=(*line.values, later))}
    )
    rule = rulebook.rule("report-late")
    found = mutate(rulebook, rule)
    assert unnoticed(found) == {
        "late_reports_line: 3 from 1 April 2027, one step up",
        "late_reports_line: 3 from 1 April 2027, one step down",
    }
    assert {case.example.on for case in found.suggestions} == {date(2027, 4, 1)}
    assert {case.example.answer for case in found.suggestions} == {"raised", "clear"}
    guarded = replace(rule, examples=(*rule.examples, *(case.example for case in found.suggestions)))
    assert unnoticed(mutate(rulebook, guarded)) == set()


def test_a_change_that_makes_no_difference_is_told_apart() -> None:
    mutation = mutate(shipped(), shipped().rule("excellence-repeat"))
    assert {mutant.changed for mutant in mutation.alike} == {
        "praise_on_indicator is at least praise_items_line: dropped",  # two types of source are two items
        "praise_on_indicator is at least praise_items_line: the line one step down",
        "praise_on_indicator: over window_months one step up",
        "praise_on_indicator: polarity dropped",
    }
    assert not mutation.suggestions


def test_an_example_that_does_not_hold_notices_nothing() -> None:
    rule = with_few_examples("training-missed")
    wrong = replace(rule, examples=tuple(replace(example, answer="held_back") for example in rule.examples))
    assert mutate(shipped(), wrong).noticed == 0


@pytest.mark.parametrize(
    ("rule_id", "most", "missing"),
    [
        ("report-late", 3, "no example is answered not enough evidence"),
        ("report-late", 4, "no example of an open concern has: late_reports is below late_reports_clear"),
        ("no-improvement", 2, "no example has: fresh_praise is at least improvement_praise_line"),
        ("coverage-standard", 3, "no example waits for holds_for (watching)"),
        ("conduct", 2, "no example has not: upheld_on_conduct is at least conduct_line"),
    ],
)
def test_what_no_example_shows_is_named(rule_id: str, most: int, missing: str) -> None:
    assert missing in {gap.missing for gap in cover(shipped(), with_few_examples(rule_id, most)).gaps}
