"""What the examples of a rule leave untested.

That is answers that no example gives, sides of lines that no example is on, and small changes of the rule (mutants)
that no example notices.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from services.rules.domain.closed_lists import Answer, Truth
from services.rules.domain.evaluation.examination import Outcome
from services.rules.domain.rulebook.conditions import AnyOf, Comparison, Condition, compared, in_words
from services.rules.domain.rulebook.model import Example, Rule, Rulebook
from services.rules.domain.workbench.examples import answer_to, examined
from services.rules.domain.workbench.mutants import Mutant, Place, alone, mutants_of
from services.rules.domain.workbench.nearby_cases import cases_nearby

# This many cases are tried on every unnoticed change, so that a few of them can notice many. Later cases are tried only
# on the changes that no case has noticed yet, to save time.
NEAR = 500


@dataclass(frozen=True, slots=True)
class Gap:
    """Something about a rule that no example shows. `place` is where in the rule."""

    rule_id: str
    place: Place
    missing: str


@dataclass(frozen=True, slots=True)
class Cover:
    """How much of a rule its examples show. `shown` counts what they show, and `gaps` are what they do not."""

    rule_id: str
    examples: int
    shown: int
    gaps: tuple[Gap, ...]


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A case that would notice changes which no example notices. Its answer is that of the unchanged rule."""

    rule_id: str
    example: Example
    notices: frozenset[Mutant]


@dataclass(frozen=True, slots=True)
class Mutation:
    """What became of every small change of a rule.

    `noticed` counts those that an example notices. `unnoticed` are those that only a suggested case notices. `alike`
    are those that no case within reach tells from the rule.
    """

    rule_id: str
    noticed: int
    unnoticed: tuple[Mutant, ...]
    alike: tuple[Mutant, ...]
    suggestions: tuple[Suggestion, ...]


@dataclass(frozen=True, slots=True)
class Report:
    """What the examples of a stored rulebook show today. `untested` and `warnings` are lines for people."""

    rulebook: Rulebook
    examples: int
    failed: tuple[str, ...]
    untested: tuple[str, ...]
    warnings: tuple[str, ...]


def cover(rulebook: Rulebook, rule: Rule) -> Cover:
    """Return which answers, and which sides of which lines, the examples of a rule show."""
    base = alone(rulebook, rule)
    outcomes = [(example, outcome) for example in rule.examples if (outcome := examined(base, rule.rule_id, example))]
    found = [*_answers(rulebook, rule, outcomes), *_sides(rulebook, rule, outcomes)]
    gaps = tuple(Gap(rule.rule_id, place, missing) for place, missing, shown in found if not shown)
    return Cover(rule.rule_id, len(rule.examples), len(found) - len(gaps), gaps)


_Shown = Iterator[tuple[Place, str, bool]]
_Outcomes = Sequence[tuple[Example, Outcome]]


def _answers(rulebook: Rulebook, rule: Rule, outcomes: _Outcomes) -> _Shown:
    wanted = [Answer.RAISED, Answer.CLEAR]
    if any(rulebook.measures[name].needs for name in rule.measures):
        wanted.append(Answer.NOT_ENOUGH_EVIDENCE)
    given = {outcome.answer for _, outcome in outcomes}
    for answer in wanted:
        yield ("examples",), f"no example is answered {answer.replace('_', ' ')}", answer in given
    if rule.holds_for:
        yield ("holds_for",), "no example waits for holds_for (watching)", Answer.WATCHING in given


def _sides(rulebook: Rulebook, rule: Rule, outcomes: _Outcomes) -> _Shown:
    for place, comparison in placed(rule.asked, ("when",)):
        yield from _both_sides(rulebook, place, comparison, outcomes)
    for number, condition in enumerate(rule.unless):
        for place, comparison in placed(condition, ("unless", number)):
            yield from _both_sides(rulebook, place, comparison, outcomes)
    if rule.clears_as_written is not None:
        opened = [(example, outcome) for example, outcome in outcomes if example.case_file.open_concerns]
        for place, comparison in placed(rule.clears_as_written, ("clears_when",)):
            yield from _both_sides(rulebook, place, comparison, opened)


def _both_sides(rulebook: Rulebook, place: Place, comparison: Comparison, outcomes: _Outcomes) -> _Shown:
    found = {
        compared(
            outcome.measured[comparison.measure].value,
            comparison.comparator,
            rulebook.lines_on(example.on).get(comparison.parameter),
        )
        for example, outcome in outcomes
    }
    words = in_words(comparison)
    opened = "of an open concern " if place[0] == "clears_when" else ""
    yield place, f"no example {opened}has: {words}", Truth.YES in found
    yield place, f"no example {opened}has not: {words}", Truth.NO in found


def placed(condition: Condition, place: Place) -> Iterator[tuple[Place, Comparison]]:
    """Yield each comparison of a condition, with its place in the file."""
    if isinstance(condition, Comparison):
        yield place, condition
        return
    join = "any" if isinstance(condition, AnyOf) else "all"
    for number, part in enumerate(condition.parts):
        yield from placed(part, (*place, join, number))


def mutate(rulebook: Rulebook, rule: Rule) -> Mutation:
    """Make every small change of a rule, find those that no example notices, and look for cases that would."""
    base = alone(rulebook, rule)
    holding = [example for example in rule.examples if answer_to(base, rule.rule_id, example) == example.answer]
    # Only examples that hold can notice a change: one that fails already tells nothing.
    mutants = list(mutants_of(rulebook, rule))
    unnoticed = [mutant for mutant in mutants if not any(_tells(mutant, case, case.answer) for case in holding)]
    telling = telling_cases(base, rule, unnoticed) if unnoticed else []
    told = frozenset().union(*(case.notices for case in telling))
    return Mutation(
        rule.rule_id,
        len(mutants) - len(unnoticed),
        tuple(mutant for mutant in unnoticed if mutant in told),
        tuple(mutant for mutant in unnoticed if mutant not in told),
        tuple(fewest(telling)),
    )


def _tells(mutant: Mutant, case: Example, answer: str) -> bool:
    return answer_to(mutant.rulebook, mutant.rule_id, case) != answer


def telling_cases(base: Rulebook, rule: Rule, unnoticed: Sequence[Mutant]) -> list[Suggestion]:
    """Return the cases nearby on which an unnoticed change shows."""
    found: list[Suggestion] = []
    left = set(unnoticed)
    for number, case in enumerate(cases_nearby(base, rule)):
        tried = [mutant for mutant in unnoticed if number < NEAR or mutant in left]
        answer = answer_to(base, rule.rule_id, case) if tried else ""
        if not tried:
            break
        notices = frozenset(mutant for mutant in tried if _tells(mutant, case, answer)) if answer else frozenset()
        if notices:
            found.append(Suggestion(rule.rule_id, replace(case, answer=answer), notices))
            left -= notices
    return found


def fewest(telling: Sequence[Suggestion]) -> Iterator[Suggestion]:
    """Yield few of the cases that together notice as much as all of them.

    Each turn takes the case that notices most of what is left. Of equals it takes the first, which differs least from
    an example. That is not always the smallest set, but it is small and takes no time to find.
    """
    left = set().union(*(case.notices for case in telling))
    while left:
        best = max(telling, key=lambda case: len(case.notices & left))
        yield replace(best, notices=best.notices & left)
        left -= best.notices
