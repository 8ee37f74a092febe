"""Mutants of a KPI, which its examples should notice, and what the examples leave untested."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from services.rules.domain.rulebook.kpi import WORDS, Asked, Judgement, Kpi, KpiExample, Part, Result, Word, judge
from services.rules.domain.rulebook.model import Rulebook
from services.rules.domain.workbench.coverage import Cover, Gap, Mutation
from services.rules.domain.workbench.examples import run_kpi_example
from services.rules.domain.workbench.mutants import STEPS, SWAPPED, Mutant, Place

_Changed = tuple[Place, str, Kpi]


def cover_kpi(kpi: Kpi) -> Cover:
    """Return which of the judgements that a KPI can give its examples show."""
    wanted = [result for result in Result if result is not Result.LEFT_OUT or kpi.left_out]
    given = {example.result for example in kpi.examples}
    lacking = [result for result in wanted if result not in given]
    gaps = tuple(Gap(kpi.kpi_id, ("examples",), f"no example is {result.replace('_', ' ')}") for result in lacking)
    return Cover(kpi.kpi_id, len(kpi.examples), len(wanted) - len(gaps), gaps)


def mutate_kpi(rulebook: Rulebook, kpi: Kpi) -> Mutation:
    """Make every small change of a KPI and find those that no example notices. No examples are suggested."""
    holding = [example for example in kpi.examples if run_kpi_example(rulebook, kpi, example).holds]
    mutants = list(kpi_mutants_of(rulebook, kpi))
    unnoticed = [m for m in mutants if all(run_kpi_example(m.rulebook, _kpi_of(m), case).holds for case in holding)]
    nearby = list(_units_nearby(rulebook, kpi)) if unnoticed else []
    right = [_judged(rulebook, kpi, unit) for unit in nearby]
    telling = [mutant for mutant in unnoticed if right != [_judged(rulebook, _kpi_of(mutant), unit) for unit in nearby]]
    alike = tuple(mutant for mutant in unnoticed if mutant not in telling)
    return Mutation(kpi.kpi_id, len(mutants) - len(unnoticed), tuple(telling), alike, ())


def kpi_mutants_of(rulebook: Rulebook, kpi: Kpi) -> Iterator[Mutant]:
    """Yield every small change of a KPI: a line moved, a comparison swapped, other words, a condition or part dropped.

    The target is not changed. An example is one unit, and the target is compared with all units together.
    """
    for place, words, changed in _changes(kpi):
        yield Mutant(kpi.kpi_id, kpi.kpi_id, place, words, replace(rulebook, kpis=(changed,)))


def _kpi_of(mutant: Mutant) -> Kpi:
    return mutant.rulebook.kpis[0]


def _changes(kpi: Kpi) -> Iterator[_Changed]:
    for place, words, part in _part_changes(kpi, kpi.counts, ("counts",), may_be_empty=True):
        yield place, words, replace(kpi, counts=part)
    for number, part in enumerate(kpi.left_out):
        before, after = kpi.left_out[:number], kpi.left_out[number + 1 :]
        yield ("left_out", number), f"left out, {part.title}: dropped", replace(kpi, left_out=before + after)
        for place, words, changed in _part_changes(kpi, part, ("left_out", number)):
            yield place, words, replace(kpi, left_out=(*before, changed, *after))
    for number, part in enumerate(kpi.beside):
        before, after = kpi.beside[:number], kpi.beside[number + 1 :]
        yield ("beside", number), f"beside, {part.title}: dropped", replace(kpi, beside=before + after)
        for place, words, changed in _part_changes(kpi, part, ("beside", number)):
            yield place, words, replace(kpi, beside=(*before, changed, *after))


def _part_changes(
    kpi: Kpi, part: Part, place: Place, *, may_be_empty: bool = False
) -> Iterator[tuple[Place, str, Part]]:
    for number, condition in enumerate(part.conditions):
        before, after = part.conditions[:number], part.conditions[number + 1 :]
        at = (*place, "if", number)
        if before or after or may_be_empty:
            yield at, f"{condition}: dropped", replace(part, conditions=before + after)
        for words, changed in _asked_changes(kpi, condition):
            yield at, f"{condition}: {words}", replace(part, conditions=(*before, changed, *after))


def _asked_changes(kpi: Kpi, asked: Asked) -> Iterator[tuple[str, Asked]]:
    if asked.comparator is None:
        others = tuple(word for word in _values(kpi, asked.word) if word not in asked.one_of)
        yield "any other word", replace(asked, one_of=others)
        for word in asked.one_of if len(asked.one_of) > 1 else ():
            yield f"without {word}", replace(asked, one_of=tuple(other for other in asked.one_of if other != word))
        return
    for by, step in STEPS.items():
        yield f"the line {step}", replace(asked, steps=by)
    swapped = SWAPPED[asked.comparator]
    yield f'"{swapped}"', replace(asked, comparator=swapped)


def _values(kpi: Kpi, word: str, numbers: Iterable[int] = ()) -> tuple[Word, ...]:
    """Return the values of a word. For a number, they are the given numbers and those next to them."""
    form = WORDS[kpi.each][word]
    if isinstance(form, tuple):
        return form
    if form is bool:
        return (True, False)
    return tuple(dict.fromkeys(max(number + by, 0) for number in numbers for by in (0, 1, -1)))


def _units_nearby(rulebook: Rulebook, kpi: Kpi) -> Iterator[KpiExample]:
    """Yield the units of the examples with one word changed, and then with two. Only words that the KPI uses change."""
    lines = [line for name, line in _lines(rulebook, kpi).items() if name not in (kpi.target, kpi.withhold_below)]
    parts = (kpi.counts, *kpi.left_out, *kpi.beside)
    asked = dict.fromkeys(name for part in parts for c in part.conditions for name in (c.word, c.against))
    words = [word for word in asked if word in WORDS[kpi.each]]
    for example in kpi.examples:
        for first in words:
            for once in _with_other(kpi, example, first, lines):
                yield once
                for second in words:
                    yield from _with_other(kpi, once, second, lines)


def _with_other(kpi: Kpi, example: KpiExample, word: str, lines: Sequence[int]) -> Iterator[KpiExample]:
    now = example.words[word]
    for value in _values(kpi, word, (now, *lines) if isinstance(now, int) else lines):
        yield replace(example, words={**example.words, word: value})


def _judged(rulebook: Rulebook, kpi: Kpi, unit: KpiExample) -> tuple[Result, tuple[str, ...]]:
    found: Judgement = judge(kpi, unit.words, _lines(rulebook, kpi))
    return found.result, found.beside


def _lines(rulebook: Rulebook, kpi: Kpi) -> dict[str, int]:
    return {name: rulebook.parameters[name].values[-1].value for name in kpi.parameters}
