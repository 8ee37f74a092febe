"""Random rules and random cases, seeded, for two engines to agree on."""

from datetime import date
from random import Random

from services.rules.domain.closed_lists import Comparator, Counts, Lane, RuleStatus, Scope, Tell
from services.rules.domain.evaluation.plain_engine import Case
from services.rules.domain.rulebook.checks import MAX_ALTERNATIVES, MAX_COMPARISONS, MAX_MEASURES_IN_A_RULE
from services.rules.domain.rulebook.conditions import (
    All,
    AnyOf,
    Comparison,
    Condition,
    alternatives,
    comparisons,
    opposite,
)
from services.rules.domain.rulebook.measures import Measure
from services.rules.domain.rulebook.model import Parameter, ParameterValue, Routing, Rule, Rulebook

DAY = date(2026, 11, 2)
LARGEST = 2**53 - 1


def a_rulebook(random: Random, name: str) -> Rulebook:
    """Draw up to 40 rules on up to 12 measures, nested up to three deep. Their lines are often equal."""
    measures = [f"measure_{number}" for number in range(random.randint(1, 12))]
    lines = [random.choice((-1, 0, 1, 2, 3, 5, 12, 365, LARGEST)) for _ in range(random.randint(1, 8))]
    parameters = {f"line_{number}": a_parameter(f"line_{number}", value) for number, value in enumerate(lines)}
    rules = tuple(_a_rule(random, number, measures, list(parameters)) for number in range(random.randint(1, 40)))
    return Rulebook(name, (), parameters, {m: Measure(m, m, Counts.ITEMS) for m in measures}, rules)


def a_case(random: Random, rulebook: Rulebook) -> Case:
    """Draw a case in which each measure is unknown, missing, or a number near a line."""
    lines = list(rulebook.lines_on(DAY).values())
    values = {
        name: random.choice((None, random.choice(lines) + random.randint(-1, 1), random.randint(-3, 15)))
        for name in rulebook.measures
        if random.random() < 0.95
    }
    return Case(Scope.PERSON, "", DAY, values, tuple(rule.rule_id for rule in rulebook.rules))


def a_rule_on(rule_id: str, when: Condition, clears_when: Condition) -> Rule:
    """Return a rule with these conditions and nothing else of note."""
    routing = Routing(Tell.SUPPORT_MANAGER, "line_0", agenda=False)
    live, person, lane = RuleStatus.LIVE, Scope.PERSON, Lane.SUPPORT_NEED
    return Rule(rule_id, rule_id, "Framework", ("S1",), lane, live, DAY, person, when, clears_when, routing, "", ())


def a_parameter(name: str, value: int) -> Parameter:
    """Return a parameter with that value since DAY."""
    return Parameter(name, name, "items", (-1, LARGEST), (ParameterValue(DAY, value, "", "ours", ""),), "", DAY)


def _a_rule(random: Random, number: int, measures: list[str], parameters: list[str]) -> Rule:
    some = random.sample(measures, min(len(measures), MAX_MEASURES_IN_A_RULE))
    when, clears = (_a_condition_in_limits(random, some, parameters) for _ in range(2))
    return a_rule_on(f"rule-{number}", when, clears)


def _a_condition_in_limits(random: Random, measures: list[str], parameters: list[str]) -> Condition:
    """Draw a condition that the loader accepts."""
    while True:
        condition = _a_condition(random, measures, parameters, 3)
        wide = max(alternatives(condition), alternatives(opposite(condition)))
        if wide <= MAX_ALTERNATIVES and len(list(comparisons(condition))) <= MAX_COMPARISONS:
            return condition


def _a_condition(random: Random, measures: list[str], parameters: list[str], depth: int) -> Condition:
    if depth == 0 or random.random() < 0.4:
        return Comparison(random.choice(measures), random.choice(list(Comparator)), random.choice(parameters))
    join = random.choice((All, AnyOf))
    return join(tuple(_a_condition(random, measures, parameters, depth - 1) for _ in range(random.randint(1, 3))))
