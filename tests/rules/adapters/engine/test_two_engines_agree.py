"""durable-rules and the plain evaluator give the same three-valued answers (reliability Q27)."""

import os
from collections.abc import Iterator
from random import Random

import pytest

from services.rules.adapters.engine.durable import MAX_ALTERNATIVES, MAX_MEASURES, MAX_USES, slices
from services.rules.adapters.engine.process import EngineChild
from services.rules.domain.closed_lists import Comparator, Truth
from services.rules.domain.evaluation.agreement import AnsweredCase, Disagreement, disagreement
from services.rules.domain.evaluation.evaluate import evaluate
from services.rules.domain.evaluation.plain_engine import Truths, answer
from services.rules.domain.rulebook.checks import MAX_ALTERNATIVES as MOST_IN_A_RULE
from services.rules.domain.rulebook.conditions import AnyOf, Comparison, alternatives, opposite
from tests.rules.adapters.engine.random_rulebooks import DAY, a_case, a_rule_on, a_rulebook
from tests.rules.builders import NOW, shipped
from tests.sizes import part_of
from tests.waiting import HUNG

CASES = int(os.environ.get("PSMF_DIFFERENTIAL_CASES") or part_of(100_000))
SEED = int(os.environ.get("PSMF_DIFFERENTIAL_SEED", "20261124"))
CASES_IN_A_RULEBOOK = 400


@pytest.fixture(scope="module")
def engine() -> Iterator[EngineChild]:
    """One engine for the whole file, with time enough on a busy machine."""
    with EngineChild(seconds=HUNG) as child:
        yield child


def test_both_engines_agree_on_random_rules_and_random_cases(engine: EngineChild) -> None:
    random, done, found = Random(SEED), 0, dict.fromkeys(Truth, 0)
    while done < CASES:
        rulebook = a_rulebook(random, f"random-{done}")
        cases = [a_case(random, rulebook) for _ in range(min(CASES_IN_A_RULEBOOK, CASES - done))]
        plain = [AnsweredCase(case, answer(rulebook, case)) for case in cases]
        assert disagreement(plain, engine.evaluate(rulebook, cases)) is None, (SEED, done)
        done += len(cases)
        for answered in plain:
            for truths in answered.answers.values():
                found[truths.when] += 1
    assert min(found.values()) > CASES / 10, found


def test_both_engines_agree_on_every_example_of_the_shipped_rulebook(engine: EngineChild) -> None:
    for rule in shipped().rules:
        for example in rule.examples:
            evaluation = evaluate(shipped(), example.case_file, example.on, NOW)
            cases = [answered.case for answered in evaluation.answered]
            assert disagreement(evaluation.answered, engine.evaluate(shipped(), cases)) is None


def test_more_rules_than_one_ruleset_can_hold_are_cut_into_slices() -> None:
    random = Random(SEED)
    rulebook = a_rulebook(random, "large")
    rules = [rule for number in range(30) for rule in a_rulebook(random, f"part-{number}").rules]
    for part in slices(rules, rulebook.lines_on(DAY)):
        conditions = [tree for rule in rules if rule.rule_id in part.rules for tree in (rule.when, rule.clears_when)]
        assert conditions
        assert part.alternatives <= MAX_ALTERNATIVES or len(part.rules) == 1
        assert max(part.uses.values()) <= MAX_USES
        assert len(part.measures) <= MAX_MEASURES


def test_a_hundred_alternatives_true_at_once_are_answered(engine: EngineChild) -> None:
    """The engine refuses 65 in one fact (error 303). The most serious cases would then be the first to fail."""
    rulebook = a_rulebook(Random(1), "base")
    one = Comparison("measure_0", Comparator.AT_LEAST, "line_0")
    many = tuple(a_rule_on(f"rule-{n}", AnyOf((one, one, one, one)), opposite(one)) for n in range(25))
    wide = type(rulebook)("wide", (), rulebook.parameters, rulebook.measures, many)
    line = wide.lines_on(DAY)["line_0"]
    case = a_case(Random(2), wide)
    case = type(case)(case.scope, "", DAY, {"measure_0": line}, tuple(rule.rule_id for rule in many))
    answers = engine.evaluate(wide, [case])
    assert set(answers[0].values()) == {Truths(Truth.YES, Truth.NO)}
    assert len(answers[0]) == 25


def test_a_rule_the_loader_lets_through_always_fits_one_slice() -> None:
    assert 2 * MOST_IN_A_RULE <= MAX_ALTERNATIVES
    one = Comparison("measure_0", Comparator.AT_LEAST, "line_0")
    assert alternatives(AnyOf((one,) * MOST_IN_A_RULE)) == MOST_IN_A_RULE


def test_the_first_difference_is_named() -> None:
    rulebook = a_rulebook(Random(3), "base")
    case = a_case(Random(4), rulebook)
    plain = answer(rulebook, case)
    rule_id = case.asked[-1]
    other = Truths(next(truth for truth in Truth if truth is not plain[rule_id].when), plain[rule_id].clears)
    found = disagreement([AnsweredCase(case, plain)], [{**plain, rule_id: other}])
    assert found == Disagreement(rule_id, "", plain[rule_id], other)


def test_a_rule_without_an_answer_is_a_difference() -> None:
    rulebook = a_rulebook(Random(3), "base")
    case = a_case(Random(4), rulebook)
    plain = answer(rulebook, case)
    missing = {rule_id: truths for rule_id, truths in plain.items() if rule_id != case.asked[0]}
    found = disagreement([AnsweredCase(case, plain)], [missing])
    assert found is not None
    assert (found.rule_id, found.durable) == (case.asked[0], None)


def test_answers_to_other_cases_are_refused() -> None:
    with pytest.raises(ValueError, match="ask again"):
        disagreement([], [{}])
