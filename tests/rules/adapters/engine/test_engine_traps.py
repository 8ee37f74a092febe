"""No rule file can reach a known trap of durable-rules 2.0.28.

Each trap is refused at load, or rules are cut into slices so that no ruleset meets it. The numbers are only labels.
"""

import json
from dataclasses import replace
from random import Random

import pytest

from services.rules.adapters.engine.durable import EngineRuleset, slices
from services.rules.adapters.engine.process import EngineChild
from services.rules.adapters.rule_files.folder import RulebookRefused, load_rulebook
from services.rules.domain.closed_lists import Comparator, Counts, Scope
from services.rules.domain.evaluation.agreement import AnsweredCase, disagreement
from services.rules.domain.evaluation.plain_engine import Case, answer
from services.rules.domain.rulebook.conditions import All, AnyOf, Comparison, opposite
from services.rules.domain.rulebook.measures import Measure
from services.rules.domain.rulebook.model import Rulebook
from tests.rules.adapters.conftest import Edit
from tests.rules.adapters.engine.random_rulebooks import DAY, LARGEST, a_parameter, a_rule_on
from tests.waiting import HUNG

REPORTS, PARAMETERS, MEASURES = "rules/reports.yaml", "parameters.yaml", "measures.yaml"
LATE = "- late_reports is at least late_reports_line"
VALUE = "value: 240"
REFUSED = {
    "9 a rule on absence alone": (REPORTS, LATE, "- late_reports is missing", "SENTENCE"),
    "11 two properties in one condition": (REPORTS, LATE, "- {late_reports: 2, report_samples: 1}", "SHAPE"),
    "12 a property against itself": (REPORTS, LATE, "- late_reports is at least late_reports", "UNKNOWN-PARAMETER"),
    "13 text against a number": (PARAMETERS, VALUE, 'value: "10"', "SHAPE"),
    "13 an empty text against a number": (PARAMETERS, VALUE, 'value: ""', "SHAPE"),
    "14 true against a number": (PARAMETERS, VALUE, "value: true", "SHAPE"),
    "15 a number above 2 to the 63rd": (PARAMETERS, VALUE, "value: 9223372036854775808", "NUMBER"),
    "17 an exponent": (PARAMETERS, VALUE, "value: 1e-05", "NOT-WHOLE"),
    "17 infinity": (PARAMETERS, VALUE, "value: .inf", "NOT-WHOLE"),
    "18 not a number": (PARAMETERS, VALUE, "value: .nan", "NOT-WHOLE"),
    "18 null": (PARAMETERS, VALUE, "value: null", "EMPTY"),
    "19 a division": (REPORTS, LATE, "- late_reports / report_samples is at least late_reports_line", "SENTENCE"),
    "22 a negation": (REPORTS, "    all:\n      - late", "    not:\n      - late", "UNKNOWN-KEY"),
    "23 a join of two measures": (REPORTS, LATE, "- late_reports is at least report_samples", "UNKNOWN-PARAMETER"),
    "26 a priority": (REPORTS, "  lane:", "  pri: 70000\n  lane:", "UNKNOWN-KEY"),
    "26 a count": (REPORTS, "  lane:", "  count: 3\n  lane:", "UNKNOWN-KEY"),
    "27 an operator misspelt": (REPORTS, LATE, "- late_reports is at leest late_reports_line", "SENTENCE"),
    "30 more than 16 items in one all": (REPORTS, LATE, "\n      ".join([LATE] * 17), "ENGINE-LIMIT"),
    "32 a name in another form of Unicode": (MEASURES, "report_samples:", "re\u0301port_samples:", "SHAPE"),
    "33 an action": (REPORTS, "  lane:", "  run: dismiss\n  lane:", "UNKNOWN-KEY"),
}


@pytest.mark.parametrize(("file", "old", "new", "code"), REFUSED.values(), ids=REFUSED.keys())
def test_a_trap_within_reach_of_a_rule_file_is_refused(edited: Edit, file: str, old: str, new: str, code: str) -> None:
    with pytest.raises(RulebookRefused) as refused:
        load_rulebook(edited(file, old, new))
    assert code in {fault.code for fault in refused.value.faults}
    assert all(fault.file == file and fault.line > 0 and fault.column > 0 for fault in refused.value.faults)


def test_31_more_alternatives_than_a_rule_may_have_are_refused(edited: Edit) -> None:
    any_of = "any: [late_reports is at least late_reports_line, report_samples is at least late_reports_line]"
    with pytest.raises(RulebookRefused) as refused:
        load_rulebook(edited(REPORTS, LATE, "\n      ".join([f"- {any_of}"] * 6)))
    assert {fault.code for fault in refused.value.faults} == {"ENGINE-LIMIT"}


ONE = Comparison("measure_0", Comparator.AT_LEAST, "line_0")


def a_large_rulebook(rules: int, lines: int) -> Rulebook:
    """Return rules on one measure, with that many different lines."""
    parameters = {f"line_{number}": a_parameter(f"line_{number}", number) for number in range(lines)}
    comparisons = [Comparison("measure_0", Comparator.AT_LEAST, f"line_{number % lines}") for number in range(rules)]
    return Rulebook(
        f"{rules} rules, {lines} lines",
        (),
        parameters,
        {"measure_0": Measure("measure_0", "", Counts.ITEMS)},
        tuple(a_rule_on(f"rule-{number}", one, opposite(one)) for number, one in enumerate(comparisons)),
    )


@pytest.mark.parametrize(
    ("rules", "lines"),
    [
        pytest.param(300, 1, id="7 the same condition in 300 rules"),
        pytest.param(520, 520, id="8 520 different lines on one measure"),
        pytest.param(100, 100, id="31 a hundred alternatives true at once"),
    ],
)
def test_a_trap_of_size_is_met_by_no_ruleset(rules: int, lines: int) -> None:
    rulebook = a_large_rulebook(rules, lines)
    asked = tuple(rule.rule_id for rule in rulebook.rules)
    values = [None, -1, 0, 1, lines // 2, lines, LARGEST]
    cases = [Case(Scope.PERSON, "", DAY, {"measure_0": value}, asked) for value in values]
    plain = [AnsweredCase(case, answer(rulebook, case)) for case in cases]
    assert len(slices(rulebook.rules, rulebook.lines_on(DAY))) > 1
    with EngineChild(seconds=HUNG) as engine:
        assert disagreement(plain, engine.evaluate(rulebook, cases)) is None
        assert engine.restarts == 0


def test_113_the_longest_condition_the_loader_lets_through_is_answered() -> None:
    base = a_large_rulebook(1, 12)
    measures = {f"measure_{number}": Measure(f"measure_{number}", "", Counts.ITEMS) for number in range(5)}
    parts = tuple(Comparison(f"measure_{number % 5}", Comparator.AT_LEAST, f"line_{number}") for number in range(12))
    long = a_rule_on("long", All((AnyOf(parts[:2]), AnyOf(parts[2:4]), *parts[4:])), AnyOf(parts[:12]))
    rulebook = replace(base, content_hash="long", measures=measures, rules=(long,))
    random = Random(5)
    cases = [
        Case(Scope.PERSON, "", DAY, {name: random.choice((None, 3, 9, 12)) for name in measures}, ("long",))
        for _ in range(200)
    ]
    plain = [AnsweredCase(case, answer(rulebook, case)) for case in cases]
    with EngineChild(seconds=HUNG) as engine:
        assert disagreement(plain, engine.evaluate(rulebook, cases)) is None


def test_20_nothing_of_a_person_reaches_the_engine() -> None:
    """The engine tells sessions apart by 32 bits of a hash. With ids of people, two could share one memory."""
    part = slices((a_rule_on("rule", ONE, opposite(ONE)),), {"line_0": 2})[0]
    assert part.definition == {
        "wy0_0": {"all": [{"m": {"$and": [{"h0": 1}, {"$gte": {"m0": 2}}]}}]},
        "wn0_0": {"all": [{"m": {"$and": [{"h0": 1}, {"$lt": {"m0": 2}}]}}]},
        "cy0_0": {"all": [{"m": {"$and": [{"h0": 1}, {"$lt": {"m0": 2}}]}}]},
        "cn0_0": {"all": [{"m": {"$and": [{"h0": 1}, {"$gte": {"m0": 2}}]}}]},
    }


def test_a_case_reaches_the_engine_as_whole_numbers_and_what_is_not_known_as_such() -> None:
    """The fact is written by hand for speed. It must be what a JSON encoder writes."""
    fact = json.loads(EngineRuleset("written", (2, 0, 1), 1, {}).fact([-LARGEST, None, LARGEST, 7]))
    values = {"h0": 1, "m0": LARGEST, "h1": 1, "m1": -LARGEST, "h2": 0, "m2": 0}
    assert fact == {"sid": "case", "id": "1", **values}
