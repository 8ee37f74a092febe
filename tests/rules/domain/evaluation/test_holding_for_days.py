"""A sustained condition: raised only if it held on each day, though it is asked only on days that matter."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from services.rules.domain.closed_lists import Comparator, Lane
from services.rules.domain.evaluation.evaluate import evaluate
from services.rules.domain.facts import CaseFile
from services.rules.domain.rulebook.conditions import AnyOf, Comparison, opposite
from services.rules.domain.rulebook.model import ParameterValue, Rule, Rulebook
from tests.rules.builders import NOW, PERSON, TODAY, a_case_file, a_late_report, an_item, case_files, evaluated, shipped
from tests.sizes import part_of

DAYS = 14
LAST_DAYS = [TODAY - timedelta(days=back) for back in range(DAYS)]


def between(measure: str, lower: str, upper: str, rule_id: str) -> Rule:
    """Return a rule about missing evidence that holds below one line and from another on, and lapses in between."""
    when = AnyOf((Comparison(measure, Comparator.BELOW, lower), Comparison(measure, Comparator.AT_LEAST, upper)))
    return replace(shipped().rule(rule_id), when=when, clears_when=opposite(when), because="", examples=())


def with_rules(*rules: Rule) -> Rulebook:
    """Return the shipped rulebook with only these rules."""
    return replace(shipped(), rules=rules)


LAPSING = with_rules(
    between("items_on_standard", "one_item", "theme_items_line", "coverage-standard"),
    between("days_since_appointed", "gap_holds_days", "coverage_grace_days", "coverage-source"),
)


def with_holding_time(rulebook: Rulebook, holds_for: str | None) -> Rulebook:
    """Return the rulebook with all rules of the first stage sustained for that many days, or raised at once if None."""
    first = (rule for rule in rulebook.rules if not rulebook.looks_at_concerns(rule))
    second = (rule for rule in rulebook.rules if rulebook.looks_at_concerns(rule))
    return replace(rulebook, rules=(*(replace(rule, holds_for=holds_for) for rule in first), *second))


def with_a_line_that_changes(rulebook: Rulebook, name: str, on: date, value: int) -> Rulebook:
    """Return the rulebook with another value of a parameter from a day on."""
    parameter = rulebook.parameters[name]
    changed = ParameterValue(on, value, "an example", "ours", "")
    return replace(
        rulebook, parameters={**rulebook.parameters, name: replace(parameter, values=(*parameter.values, changed))}
    )


def speaking(rulebook: Rulebook, case_file: CaseFile, on: date) -> set[tuple[str, str]]:
    """Return the rules and subjects raised on a day, without the lanes that have guards or count concerns."""
    answers = evaluate(rulebook, case_file, on, NOW).answers
    raised = (answer for answer in answers if answer.answer == "raised" and answer.lane is not Lane.ESCALATION)
    return {(answer.rule_id, answer.subject) for answer in raised if answer.lane is not Lane.REAPPOINTMENT_RISK}


def speaking_on_each_day(rulebook: Rulebook, case_file: CaseFile) -> set[tuple[str, str]]:
    """Return what would be raised on each of the days if no condition had to be sustained."""
    at_once = with_holding_time(rulebook, None)
    return set.intersection(*(speaking(at_once, case_file, day) for day in LAST_DAYS))


@st.composite
def files_about_the_edges(draw: st.DrawFn) -> CaseFile:
    """Return a few items that arrive, start to count or leave the window in the days asked about."""
    back = draw(st.lists(st.tuples(st.sampled_from((0, 365)), st.integers(0, DAYS), st.integers(0, 4)), max_size=4))
    happened = [(TODAY - timedelta(days=year + days), later) for year, days, later in back]
    items = (
        an_item(f"item-{n}", on, speaks="S3.1", countable_from=on + timedelta(days=later))
        for n, (on, later) in enumerate(happened)
    )
    return a_case_file(*items)


RULEBOOKS = {
    "rules as shipped": shipped(),
    "rules that may lapse in between": LAPSING,
    "a window that shrinks within the days": with_a_line_that_changes(
        with_a_line_that_changes(LAPSING, "window_months", TODAY - timedelta(days=5), 1),
        "window_months", TODAY - timedelta(days=4), 12,
    ),
    "a line that rises on the first day": with_a_line_that_changes(shipped(), "theme_items_line", LAST_DAYS[-1], 3),
}  # fmt: skip


@pytest.mark.parametrize("rulebook", RULEBOOKS.values(), ids=RULEBOOKS.keys())
@given(case_file=case_files(most=10) | files_about_the_edges())
@settings(max_examples=part_of(60), deadline=None)
def test_a_rule_speaks_if_it_would_have_spoken_on_each_of_the_days(rulebook: Rulebook, case_file: CaseFile) -> None:
    held = speaking(with_holding_time(rulebook, "gap_holds_days"), case_file, TODAY)
    assert held == speaking_on_each_day(rulebook, case_file)


@pytest.mark.parametrize(
    ("happened", "lapsed"),
    [((0, 1), True), ((0, 0), False), ((365, 364), True), ((365, 365), False), ((366 + DAYS, 0), True)],
    ids=["came one by one", "came at once", "leave one by one", "leave at once", "one came after the other left"],
)
def test_a_condition_that_lapsed_on_one_day_did_not_hold(happened: tuple[int, int], lapsed: bool) -> None:
    items = (an_item(f"item-{n}", TODAY - timedelta(days=2 + back), speaks="S3.1") for n, back in enumerate(happened))
    found = speaking(with_holding_time(LAPSING, "gap_holds_days"), a_case_file(*items), TODAY)
    assert (("coverage-standard", "S3") not in found) is lapsed


@pytest.mark.parametrize("days", [5, 20, 30, 239, 240, 250, 253, 254, 300])
def test_days_that_pass_are_told_to_the_day(days: int) -> None:
    rulebook = with_rules(between("days_since_appointed", "coverage_grace_days", "a_day_later", "coverage-source"))
    later = replace(rulebook.parameters["coverage_grace_days"], values=(ParameterValue(
        date(2026, 1, 1), 241, "an example", "ours", ""),))  # fmt: skip
    rulebook = replace(rulebook, parameters={**rulebook.parameters, "a_day_later": later})
    case_file = a_case_file(person=replace(PERSON, appointed_on=TODAY - timedelta(days=days)))
    held = speaking(with_holding_time(rulebook, "gap_holds_days"), case_file, TODAY)
    assert held == speaking_on_each_day(rulebook, case_file)


def test_a_rule_is_asked_again_only_on_days_on_which_its_answer_may_change() -> None:
    leaves_on = TODAY - timedelta(days=3)
    last_year = date(leaves_on.year - 1, leaves_on.month, leaves_on.day)
    case_file = a_case_file(an_item("one", last_year, speaks="S3.1"), a_late_report("two", TODAY))
    asked: dict[str, set[date]] = {}
    for answered in evaluated(case_file).answered:
        asked.setdefault(answered.case.subject, set()).add(answered.case.on)
    assert asked["S1"] == {TODAY, LAST_DAYS[-1]}
    assert asked["S3"] == {TODAY, leaves_on, LAST_DAYS[-1]}
