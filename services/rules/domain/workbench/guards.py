"""Examples that guard a number: they would notice if a value were one step off."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date

from services.rules.domain.rulebook.model import Example, Parameter, Rule, Rulebook
from services.rules.domain.rulebook.wording import day_in_words
from services.rules.domain.workbench.coverage import Suggestion, fewest, telling_cases
from services.rules.domain.workbench.mutants import STEPS, Mutant, alone
from services.rules.domain.workbench.nearby_cases import counts_days_of_a_person, days_later

MOST_SUGGESTED = 2
"""One on each side of a line."""
RULES_TRIED = 4
"""Some numbers are read by every rule. A person waits for the answer, so not all of them are tried."""


@dataclass(frozen=True, slots=True)
class Suggested:
    """An example that is suggested: the key that names it, its rule, and the case with a title."""

    key: str
    rule_id: str
    example: Example


def guards(rulebook: Rulebook, name: str, from_on: date) -> tuple[Suggestion, ...]:
    """Return examples of a rule that notice when the value from a day on is one step off; none where no rule does."""
    reading = [rule for rule in rulebook.rules if name in rulebook.parameters_of(rule)]
    for rule in reading[:RULES_TRIED]:
        found = tuple(_guards_of(rulebook, rule, rulebook.parameters[name], from_on))
        if found:
            return found[:MOST_SUGGESTED]
    return ()


def _guards_of(rulebook: Rulebook, rule: Rule, parameter: Parameter, from_on: date) -> Iterator[Suggestion]:
    moved = _from_the_day(rulebook, rule, from_on)
    base = alone(rulebook, moved)
    telling = telling_cases(base, moved, list(_one_step_off(base, rule, parameter, from_on)))
    yield from fewest([case for case in telling if case.example.on >= from_on])


def _from_the_day(rulebook: Rulebook, rule: Rule, from_on: date) -> Rule:
    """Return the rule with its examples moved to the day, so that cases nearby ask about the new value."""
    with_person = counts_days_of_a_person(rulebook, rule)
    examples = (
        days_later(example, from_on - example.on, with_person) if example.on < from_on else example
        for example in rule.examples
    )
    return replace(rule, examples=tuple(examples))


def _one_step_off(base: Rulebook, rule: Rule, parameter: Parameter, from_on: date) -> Iterator[Mutant]:
    number = next(number for number, value in enumerate(parameter.values) if value.from_on == from_on)
    value = parameter.values[number]
    for by, step in STEPS.items():
        moved = (*parameter.values[:number], replace(value, value=value.value + by), *parameter.values[number + 1 :])
        parameters = {**base.parameters, parameter.name: replace(parameter, values=moved)}
        words = f"{parameter.name}: {value.value} from {day_in_words(from_on)}, {step}"
        yield Mutant(rule.rule_id, parameter.name, ("values", number), words, replace(base, parameters=parameters))
