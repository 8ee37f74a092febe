"""Mutants: small changes of a rule, such as people make by mistake in rule files.

The examples of a rule should notice each of them.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Generic, TypeVar

from services.rules.domain.closed_lists import Comparator, Kind, Polarity, RuleStatus, TeamDutyKind
from services.rules.domain.facts import DETAILS, ITEM_WORDS, Detail
from services.rules.domain.rulebook.conditions import All, Comparison, Condition, in_words, opposite, when_unless
from services.rules.domain.rulebook.measures import Measure, Where
from services.rules.domain.rulebook.model import Parameter, Rule, Rulebook
from services.rules.domain.rulebook.wording import day_in_words

Place = tuple[str | int, ...]
Part = TypeVar("Part")
SWAPPED = {
    Comparator.AT_LEAST: Comparator.ABOVE,
    Comparator.ABOVE: Comparator.AT_LEAST,
    Comparator.AT_MOST: Comparator.BELOW,
    Comparator.BELOW: Comparator.AT_MOST,
}
STEPS = {1: "one step up", -1: "one step down"}


@dataclass(frozen=True, slots=True, eq=False)
class Mutant:
    """A rule with one small change, in a rulebook with what the rule needs.

    `part` is the name of the rule, measure or parameter that was changed. `place` is where in it, as keys of the file.
    """

    rule_id: str
    part: str
    place: Place
    changed: str
    rulebook: Rulebook


@dataclass(frozen=True, slots=True)
class _Changed(Generic[Part]):
    """One part of a rule after a change, with words for the change."""

    place: Place
    words: str
    part: Part


def alone(rulebook: Rulebook, rule: Rule) -> Rulebook:
    """Return a rulebook of one rule, live whatever its status, and of the rules whose concerns it may count."""
    counted = rulebook.rules if rulebook.looks_at_concerns(rule) else ()
    others = tuple(other for other in counted if not rulebook.looks_at_concerns(other))
    return replace(rulebook, rules=(replace(rule, status=RuleStatus.LIVE), *others))


def mutants_of(rulebook: Rulebook, rule: Rule) -> Iterator[Mutant]:
    """Yield every small change of a rule, of its measures and of its lines."""
    base = alone(replace(rulebook, parameters=_with_steps(rulebook.parameters)), rule)
    live, *others = base.rules
    for rule_changed in _rule_changes(live):
        rules = (rule_changed.part, *others)
        yield Mutant(rule.rule_id, rule.rule_id, rule_changed.place, rule_changed.words, replace(base, rules=rules))
    for name in rule.measures:
        for changed in _measure_changes(rulebook.measures[name]):
            measures = {**rulebook.measures, name: changed.part}
            yield Mutant(rule.rule_id, name, changed.place, changed.words, replace(base, measures=measures))
    for name in rule.lines:
        for stepped in _value_changes(rulebook.parameters[name]):
            parameters = {**base.parameters, name: stepped.part}
            yield Mutant(rule.rule_id, name, stepped.place, stepped.words, replace(base, parameters=parameters))


def _step(name: str, by: int) -> str:
    """Return the name of a parameter moved by one step. It has spaces, so no rule file can have the same name."""
    return f"{name} {STEPS[by]}"


def _with_steps(parameters: Mapping[str, Parameter]) -> dict[str, Parameter]:
    """Return each parameter, and beside it the same parameter one step up and one step down."""
    stepped = {
        _step(name, by): replace(parameter, values=tuple(replace(v, value=v.value + by) for v in parameter.values))
        for name, parameter in parameters.items()
        for by in STEPS
    }
    return {**parameters, **stepped}


def _value_changes(parameter: Parameter) -> Iterator[_Changed[Parameter]]:
    """Yield a parameter with one of its dated values moved by one step.

    Only parameters that change on a day need this. Examples must show such a line before and after that day.
    """
    values = parameter.values
    for number, value in enumerate(values) if len(values) > 1 else ():
        for by, step in STEPS.items():
            moved = (*values[:number], replace(value, value=value.value + by), *values[number + 1 :])
            words = f"{parameter.name}: {value.value} from {day_in_words(value.from_on)}, {step}"
            yield _Changed(("values", number), words, replace(parameter, values=moved))


def _rule_changes(rule: Rule) -> Iterator[_Changed[Rule]]:
    for asked in _condition_changes(rule.asked, ("when",)):
        yield _Changed(asked.place, asked.words, _asking(rule, asked.part, rule.unless))
    for number, condition in enumerate(rule.unless):
        place: Place = ("unless", number)
        before, after = rule.unless[:number], rule.unless[number + 1 :]
        yield _Changed(place, f"unless {in_words(condition)}: dropped", _asking(rule, rule.asked, before + after))
        for changed in _condition_changes(condition, place):
            guards = (*before, changed.part, *after)
            yield _Changed(changed.place, changed.words, _asking(rule, rule.asked, guards))
    yield from _clearing_changes(rule)
    if rule.holds_for:
        yield _Changed(("holds_for",), "holds_for: dropped", replace(rule, holds_for=None))
        for by, step in STEPS.items():
            stepped = replace(rule, holds_for=_step(rule.holds_for, by))
            yield _Changed(("holds_for",), f"holds_for: {rule.holds_for} {step}", stepped)


def _clearing_changes(rule: Rule) -> Iterator[_Changed[Rule]]:
    if rule.clears_as_written is None:
        return
    yield _Changed(("clears_when",), "clears_when: dropped", replace(rule, clears_when=opposite(rule.when)))
    for changed in _condition_changes(rule.clears_as_written, ("clears_when",)):
        yield _Changed(changed.place, changed.words, replace(rule, clears_when=changed.part))


def _asking(rule: Rule, asked: Condition, unless: tuple[Condition, ...]) -> Rule:
    """Return the rule with another condition. `clears_when` follows it, unless it is written."""
    when = when_unless(asked, unless)
    clears = rule.clears_as_written
    return replace(rule, when=when, unless=unless, clears_when=opposite(when) if clears is None else clears)


def _condition_changes(condition: Condition, place: Place) -> Iterator[_Changed[Condition]]:
    if isinstance(condition, Comparison):
        yield from _comparison_changes(condition, place)
        return
    parts = condition.parts
    for number, part in enumerate(parts):
        at = (*place, "all" if isinstance(condition, All) else "any", number)
        before, after = parts[:number], parts[number + 1 :]
        if before or after:
            yield _Changed(at, f"{in_words(part)}: dropped", replace(condition, parts=before + after))
        for changed in _condition_changes(part, at):
            yield replace(changed, part=replace(condition, parts=(*before, changed.part, *after)))


def _comparison_changes(comparison: Comparison, place: Place) -> Iterator[_Changed[Condition]]:
    for by, step in STEPS.items():
        stepped = replace(comparison, parameter=_step(comparison.parameter, by))
        yield _Changed(place, f"{in_words(comparison)}: the line {step}", stepped)
    swapped = SWAPPED[comparison.comparator]
    yield _Changed(place, f'{in_words(comparison)}: "{swapped}"', replace(comparison, comparator=swapped))


def _measure_changes(measure: Measure) -> Iterator[_Changed[Measure]]:
    for by, step in STEPS.items():
        if measure.over:
            words = f"{measure.name}: over {measure.over} {step}"
            yield _Changed(("over",), words, replace(measure, over=_step(measure.over, by)))
        if measure.needs:
            words = f"{measure.name}: needs {measure.needs} {step}"
            yield _Changed(("needs",), words, replace(measure, needs=_step(measure.needs, by)))
    yield from _where_changes(measure)
    yield from _polarity_changes(measure)
    yield from _kind_changes(measure)
    for number in range(len(measure.among)):
        among = measure.among[:number] + measure.among[number + 1 :]
        words = f"{measure.name}: among without {measure.among[number][0]}"
        yield _Changed(("among", number), words, replace(measure, among=among))
    yield from _duty_changes(measure)
    for lane in sorted(measure.lanes):
        fewer = replace(measure, lanes=measure.lanes - {lane})
        yield _Changed(("lanes",), f"{measure.name}: lanes without {lane}", fewer)


def _where_changes(measure: Measure) -> Iterator[_Changed[Measure]]:
    for number, where in enumerate(measure.where):
        place: Place = ("where", number)
        before, after = measure.where[:number], measure.where[number + 1 :]
        without = replace(measure, where=before + after)
        yield _Changed(place, f"{measure.name}: where {where.detail}: dropped", without)
        for words, changed in _changed_where(where):
            yield _Changed(place, f"{measure.name}: {words}", replace(measure, where=(*before, changed, *after)))


def _changed_where(where: Where) -> Iterator[tuple[str, Where]]:
    if where.comparator is None or where.parameter is None:
        others = tuple(word for word in _words_of(where.detail) if word not in where.one_of)
        yield f"where {where.detail}: any other word", replace(where, one_of=others)
        for word in where.one_of if len(where.one_of) > 1 else ():
            fewer = tuple(other for other in where.one_of if other != word)
            yield f"where {where.detail}: without {word}", replace(where, one_of=fewer)
        return
    for by, step in STEPS.items():
        yield f"where {where.detail}: {where.parameter} {step}", replace(where, parameter=_step(where.parameter, by))
    swapped = SWAPPED[where.comparator]
    yield f'where {where.detail}: "{swapped}"', replace(where, comparator=swapped)


def _words_of(detail: str) -> tuple[Detail, ...]:
    allowed = ITEM_WORDS.get(detail) or DETAILS[detail]
    return allowed if isinstance(allowed, tuple) else (True, False)


def _polarity_changes(measure: Measure) -> Iterator[_Changed[Measure]]:
    if measure.polarity is None:
        return
    for polarity in (None, *(other for other in Polarity if other is not measure.polarity)):
        words = f"{measure.name}: polarity {polarity or 'dropped'}"
        yield _Changed(("polarity",), words, replace(measure, polarity=polarity))


def _duty_changes(measure: Measure) -> Iterator[_Changed[Measure]]:
    if not measure.duties:
        return
    place, named = ("duties",), measure.duties
    yield _Changed(place, f"{measure.name}: duties all", replace(measure, duties=frozenset(TeamDutyKind)))
    others = frozenset(TeamDutyKind) - named
    yield _Changed(place, f"{measure.name}: duties any other", replace(measure, duties=others))
    for kind in sorted(named) if len(named) > 1 else ():
        yield _Changed(place, f"{measure.name}: duties without {kind}", replace(measure, duties=named - {kind}))


def _kind_changes(measure: Measure) -> Iterator[_Changed[Measure]]:
    if not measure.kinds:
        return
    place, named = ("kinds",), measure.kinds
    yield _Changed(place, f"{measure.name}: kinds dropped", replace(measure, kinds=frozenset()))
    others = frozenset(Kind) - named
    yield _Changed(place, f"{measure.name}: kinds any other", replace(measure, kinds=others))
    for kind in sorted(named) if len(named) > 1 else ():
        yield _Changed(place, f"{measure.name}: kinds without {kind}", replace(measure, kinds=named - {kind}))
