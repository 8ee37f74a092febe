"""Goals 8, 9 and 12, evaluations a second, and memory over many of them.

`python -m bench.evaluate [EVALUATIONS]` measures only memory. 100,000 evaluations take more than ten minutes.
"""

import json
import sys
import time
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import durable_rules_engine
from durable import engine as documented

from bench.measuring import PAIRS, Ratio, paired, resident_mib, short, table
from services.rules.adapters.engine import durable as durable_engine
from services.rules.adapters.engine.process import EngineChild
from services.rules.domain.closed_lists import Scope
from services.rules.domain.evaluation.agreement import disagreement
from services.rules.domain.evaluation.evaluate import evaluate
from services.rules.domain.evaluation.plain_engine import Case
from services.rules.domain.facts import CaseFile
from tests.rules.builders import NOW, TODAY, a_case_file, a_late_report, an_item, shipped

ITEMS = 40
ROUND = 40
CASES = 4_000
EVALUATIONS = 10_000
WARM = 2_000
DIFFERENT = 50
"""People whose evaluations alternate, so that no answer is that of the evaluation before."""
PEOPLE = 10_000


def measure() -> list[Ratio]:
    """Return the table's rows."""
    with EngineChild() as engine:
        return [*_speed(engine), _incremental(), _memory(engine)]


def a_full_file(number: int = 0) -> CaseFile:
    """Return a person with forty items over two years, two of them late reports."""
    indicators = [f"S{standard}.{part}" for standard in range(1, 8) for part in (1, 2)]
    items = [
        an_item(f"p{number}-{n}", TODAY - timedelta(days=15 + 17 * n), speaks=indicators[n % len(indicators)])
        for n in range(ITEMS - 2)
    ]
    late = [a_late_report(f"p{number}-late-{n}", TODAY - timedelta(days=40 + n)) for n in range(2)]
    return a_case_file(*items, *late)


def _cases(file: CaseFile) -> list[Case]:
    return [answered.case for answered in evaluate(shipped(), file, TODAY, NOW).answered]


def _speed(engine: EngineChild) -> list[Ratio]:
    file = a_full_file()
    cases = _different_cases(file)
    rulebook = shipped()
    rules = [rule for rule in rulebook.rules if rule.scope is Scope.PERSON]
    (part,) = durable_engine.slices(rules, rulebook.lines_on(TODAY))

    def live() -> float:
        return _cpu_micros(lambda: _agreed(engine, cases), len(cases), engine.pid)

    fast = durable_rules_engine.create_ruleset("bench-fast", json.dumps(part.definition))
    shape = durable_engine.EngineRuleset("shape", range(len(part.measures)), len(part.rules), part.definition)
    facts = [shape.fact([case.measures.get(name) for name in part.measures]) for case in cases]

    def alone() -> float:
        return _cpu_micros(lambda: [_fire(fast, fact) for fact in facts], len(cases))

    host = _documented_host(part.definition)
    contents = [json.loads(fact) for fact in facts]

    def by_documented_api() -> float:
        return _cpu_micros(lambda: [_documented_round(host, dict(content)) for content in contents], len(cases))

    mine, theirs, ratio = paired(live, alone)
    mine9, theirs9, ratio9 = paired(by_documented_api, live)
    asked = len(_cases(file))
    whole, bare, share = paired(
        lambda: _per_second(lambda: _agreed_whole(engine, file)),
        lambda: _per_second(lambda: [_fire(fast, fact) for fact in facts[:asked]]),
    )
    return [
        Ratio(
            "8", "a case by both engines, compared ÷ assert, drain and retract in the C module alone", mine, theirs,
            "µs CPU", ratio, "≤ 3", ratio <= 3,
        ),
        Ratio(
            "9", "documented durable-rules API ÷ a case by both engines, compared", mine9, theirs9, "µs CPU", ratio9,
            "≥ 5", ratio9 >= 5,
        ),
        Ratio(
            "-", f"whole evaluations of a person with {ITEMS} items, explained ÷ the same cases by durable-rules alone",
            whole, bare, "people/s", share, "-", True,
        ),
    ]  # fmt: skip


def _different_cases(file: CaseFile) -> list[Case]:
    """Return many different cases, so that no answer can come from a cache."""
    case = next(case for case in _cases(file) if case.scope is Scope.PERSON and case.on == TODAY)
    names = [name for name, value in case.measures.items() if value is not None]
    return [
        replace(case, measures={**case.measures, names[number % len(names)]: number // len(names)})
        for number in range(CASES)
    ]


def _cpu_micros(work: Callable[[], object], count: int, child: int | None = None) -> float:
    """Return CPU time of this process and one child per unit of `count`, in microseconds."""
    started = time.process_time() + child_seconds(child)
    work()
    return (time.process_time() + child_seconds(child) - started) / count * 1e6


def child_seconds(pid: int | None) -> float:
    """Return the child's CPU time in nanoseconds. A clock tick of /proc/PID/stat is a tenth of the times measured."""
    return int(Path(f"/proc/{pid}/schedstat").read_text().split()[0]) / 1e9 if pid else 0.0


def _agreed(engine: EngineChild, cases: Sequence[Case]) -> None:
    from services.rules.domain.evaluation.agreement import AnsweredCase
    from services.rules.domain.evaluation.plain_engine import answer

    answered = [AnsweredCase(case, answer(shipped(), case)) for case in cases]
    assert disagreement(answered, engine.evaluate(shipped(), cases)) is None


def _agreed_whole(engine: EngineChild, file: CaseFile) -> None:
    evaluation = evaluate(shipped(), file, TODAY, NOW)
    durable = engine.evaluate(shipped(), [answered.case for answered in evaluation.answered])
    assert disagreement(evaluation.answered, durable) is None


def _per_second(work: Callable[[], object]) -> float:
    work()
    started = time.perf_counter()
    for _ in range(ROUND):
        work()
    return ROUND / (time.perf_counter() - started)


def _fire(handle: int, fact: str) -> None:
    result, state = durable_rules_engine.assert_fact(handle, fact)
    if result == 1:
        return
    message = durable_rules_engine.start_action_for_state(handle, state)
    message = message[1] if message else None
    while message:
        message = durable_rules_engine.complete_and_start_action(handle, state)
    durable_rules_engine.retract_fact(handle, '{"sid":"case","id":"1"}')


def _documented_host(definition: dict[str, Any]) -> Any:
    rules = {name: dict(rule) | {"run": lambda context: None} for name, rule in definition.items()}
    return documented.Host({"bench_documented": rules})


def _documented_round(host: Any, fact: dict[str, Any]) -> None:
    host.assert_fact("bench_documented", fact)
    host.retract_fact("bench_documented", fact)


def _incremental() -> Ratio:
    """Compare evaluating one changed person of 10,000 with evaluating everyone: nobody else is evaluated."""
    file = a_full_file()
    one = min(_seconds(lambda: evaluate(shipped(), file, TODAY, NOW)) for _ in range(PAIRS * 4))
    sample = 200
    many = _seconds(lambda: [evaluate(shipped(), file, TODAY, NOW) for _ in range(sample)]) * PEOPLE / sample
    what = f"one person's evaluation ÷ all of {PEOPLE} people (from {sample})"
    return Ratio("12", what, one * 1000, many * 1000, "ms", one / many, "≤ 0.001", one / many <= 0.001)


def _seconds(work: Callable[[], object]) -> float:
    started = time.perf_counter()
    work()
    return time.perf_counter() - started


def _memory(engine: EngineChild, evaluations: int = EVALUATIONS) -> Ratio:
    """Measure resident memory of this process and of the other engine's, once they are warm and after the rest.

    Each evaluation is a whole one: a person's items, every rule, both engines, compared.
    """
    files = [a_full_file(number) for number in range(DIFFERENT)]
    readings = []
    for number in range(evaluations):
        _agreed_whole(engine, files[number % DIFFERENT])
        if number + 1 in (WARM, evaluations):
            readings.append((resident_mib(), resident_mib(engine.pid)))
    (mine, theirs), (after, theirs_after) = readings
    ratio = max(after / mine, theirs_after / theirs)
    what = f"resident memory after {evaluations:,} whole evaluations by both engines ÷ after {WARM:,}"
    beside = f"the other engine's process: {short(theirs_after)} ÷ {short(theirs)} MiB"
    return Ratio("-", what, after, mine, "MiB", ratio, "≤ 1.05", ratio <= 1.05, beside)


if __name__ == "__main__":
    with EngineChild() as asked:
        print(table([_memory(asked, int(sys.argv[1]) if len(sys.argv) > 1 else EVALUATIONS)]))
