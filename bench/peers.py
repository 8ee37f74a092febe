"""Other rules engines on the same questions of the same people: `make bench PEERS=1`, or `python -m bench.peers`.

The questions are those of the shipped rulebook about invented people: what makes each rule hold, what makes it not
hold, and the same of what clears it. Each engine gets them in its own language, with numbers that are worked out
beforehand, in the form that it reads. All answers are compared with those of our plain engine before anything is timed.
"""

import json
import time
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from statistics import median
from typing import Any

import polars as pl
import zen
from durable import engine as durable_rules

from bench.evaluate import child_seconds
from bench.measuring import PAIRS, Ratio, table
from bench.whatif import sent
from services.rules.adapters.engine import durable
from services.rules.adapters.engine.process import EngineChild
from services.rules.domain.closed_lists import Truth
from services.rules.domain.evaluation.evaluate import evaluate
from services.rules.domain.evaluation.plain_engine import Case, answer
from services.rules.simulations.process import case_file
from tests.rules.builders import NOW, TODAY, shipped

PEOPLE = 40
TOGETHER = 4_000
"""People in one frame of polars, which is made for many at a time."""
_WORDS = {"$gte": ">=", "$lte": "<=", "$gt": ">", "$lt": "<", "": "=="}
_LETTERS = {Truth.YES: durable.YES, Truth.NO: durable.NO, Truth.UNKNOWN: durable.UNKNOWN}
Comparison = tuple[str, str, int]
"""A number's name, how it is compared, and with what: `m0`, `>=`, 2. `h0` is 1 where `m0` is known."""
Fact = Mapping[str, int]
Ask = Callable[["Asked"], Sequence[str]]
"""Asks an engine about a case. It returns the names of the questions that are answered with yes."""


@dataclass(frozen=True, eq=False)
class Questions:
    """Some rules, as questions whose comparisons must all hold. All engines get the same."""

    name: str
    rules: int
    measures: Sequence[str]
    by_name: Mapping[str, Sequence[Comparison]]
    definition: Mapping[str, Any]

    def facts(self, case: Case) -> dict[str, int]:
        """Return a case as numbers: whether each measure is known, and its value or 0."""
        values = [case.measures.get(name) for name in self.measures]
        known = {f"h{number}": int(value is not None) for number, value in enumerate(values)}
        return known | {f"m{number}": value or 0 for number, value in enumerate(values)}

    def letters(self, fired: Iterable[str]) -> str:
        """Return the answers that follow: two letters for each rule, as the product writes them."""
        said = [durable.UNKNOWN] * (2 * self.rules)
        for name in fired:
            condition, truth, number = name[0], name[1], int(name[2:].partition("_")[0])
            said[2 * number + (condition == "c")] = truth
        return "".join(said)


@dataclass(frozen=True)
class Asked:
    """One case of a person, with its questions, its numbers and the right answers."""

    questions: Questions
    case: Case
    facts: dict[str, int]
    right: str


def people() -> list[list[Asked]]:
    """Return the cases of each person."""
    rulebook, known = shipped(), {}
    found = []
    for number in range(PEOPLE):
        cases = [one.case for one in evaluate(rulebook, case_file(sent(number)), TODAY, NOW).answered]
        asked = []
        for case in cases:
            lines = rulebook.lines_on(case.on)
            key = (case.asked, tuple(lines.items()))
            if key not in known:
                known[key] = _questions(f"asked{len(known)}", case, lines)
            questions, said = known[key], answer(rulebook, case)
            right = "".join(_LETTERS[said[rule].when] + _LETTERS[said[rule].clears] for rule in case.asked)
            asked.append(Asked(questions, case, questions.facts(case), right))
        found.append(asked)
    return found


def _questions(name: str, case: Case, lines: Mapping[str, int]) -> Questions:
    rules = {rule.rule_id: rule for rule in shipped().rules}
    (part,) = durable.slices([rules[rule_id] for rule_id in case.asked], lines)
    by_name = {name: _comparisons(rule["all"][0]["m"]) for name, rule in part.definition.items()}
    return Questions(name, len(part.rules), part.measures, by_name, part.definition)


def _comparisons(expression: Mapping[str, Any]) -> list[Comparison]:
    found: list[Comparison] = []
    for one in expression["$and"]:
        ((key, value),) = one.items()
        word, (name, number) = (key, next(iter(value.items()))) if key.startswith("$") else ("", (key, value))
        found.append((name, _WORDS[word], number))
    return found


def by_durable_rules() -> Ask:
    """Ask durable-rules by its documented API: a host, a rule for each question, and a fact."""
    heard: list[str] = []

    def hear(name: str) -> Callable[[Any], None]:
        return lambda context: heard.append(name)  # one parameter: with two it would be an asynchronous action

    @cache
    def host(questions: Questions) -> Any:
        rules = {name: dict(rule) | {"run": hear(name)} for name, rule in questions.definition.items()}
        return durable_rules.Host({questions.name: rules})

    def ask(asked: Asked) -> Sequence[str]:
        heard.clear()
        fact = {"sid": "case", "id": "1"} | asked.facts
        rules = host(asked.questions)
        rules.assert_fact(asked.questions.name, fact)
        rules.retract_fact(asked.questions.name, fact)
        return heard

    return ask


def by_zen_expression() -> Ask:
    """Ask zen-engine by one compiled expression that gives a list of yes and no."""

    @cache
    def expression(questions: Questions) -> tuple[list[str], Any]:
        written = [
            " and ".join(f"{name} {word} {number}" for name, word, number in comparisons)
            for comparisons in questions.by_name.values()
        ]
        return list(questions.by_name), zen.compile_expression(f"[{', '.join(written)}]")

    def ask(asked: Asked) -> Sequence[str]:
        names, compiled = expression(asked.questions)
        return [name for name, holds in zip(names, compiled.evaluate(asked.facts), strict=True) if holds]

    return ask


def by_zen_table() -> Ask:
    """Ask zen-engine by a decision table, a row for each question, that collects what holds."""
    engine = zen.ZenEngine()

    @cache
    def decision(questions: Questions) -> Any:
        names = [letter + str(number) for number in range(len(questions.measures)) for letter in "hm"]
        rows = [
            {"_id": name, "out": f'"{name}"'} | {number: f"{word} {value}" for number, word, value in comparisons}
            for name, comparisons in questions.by_name.items()
        ]
        content = {
            "hitPolicy": "collect",
            "inputs": [{"id": name, "name": name, "field": name} for name in names],
            "outputs": [{"id": "out", "name": "fired", "field": "fired"}],
            "rules": [dict.fromkeys(names, "") | row for row in rows],
        }
        return engine.create_decision(json.dumps(_around(content)))

    def ask(asked: Asked) -> Sequence[str]:
        return [row["fired"] for row in decision(asked.questions).evaluate(asked.facts)["result"]]

    return ask


def _around(content: Mapping[str, Any]) -> dict[str, Any]:
    """Return a graph with one table."""
    nodes = [("in", "inputNode", {}), ("table", "decisionTableNode", content), ("out", "outputNode", {})]
    return {
        "contentType": "application/vnd.gorules.decision",
        "nodes": [
            {"id": name, "name": name, "type": kind, "position": {"x": 0, "y": 0}, "content": inside}
            for name, kind, inside in nodes
        ],
        "edges": [
            {"id": "1", "sourceId": "in", "targetId": "table", "type": "edge"},
            {"id": "2", "sourceId": "table", "targetId": "out", "type": "edge"},
        ],
    }


def by_clips() -> Ask:
    """Ask CLIPS: a template, a rule for each question that calls a Python function, and a fact for each case."""
    import clips

    heard: list[str] = []

    @cache
    def environment(questions: Questions) -> tuple[Any, Any]:
        made = clips.Environment()
        made.define_function(lambda name: heard.append(str(name)), name="heard")
        slots = " ".join(f"(slot h{n}) (slot m{n})" for n in range(len(questions.measures)))
        made.build(f"(deftemplate case {slots})")
        for name, comparisons in questions.by_name.items():
            patterns = " ".join(
                f"({number} {value})" if word == "==" else f"({number} ?{number}&:({word} ?{number} {value}))"
                for number, word, value in comparisons
            )
            made.build(f'(defrule {name} (case {patterns}) => (heard "{name}"))')
        return made, made.find_template("case")

    def ask(asked: Asked) -> Sequence[str]:
        heard.clear()
        made, template = environment(asked.questions)
        fact = template.assert_fact(**asked.facts)
        made.run()
        fact.retract()
        return heard

    return ask


def by_business_rules() -> Ask:
    """Ask business-rules: a variable for each number, a rule for each question, and one action."""
    from business_rules import run_all
    from business_rules.actions import BaseActions, rule_action
    from business_rules.fields import FIELD_TEXT
    from business_rules.variables import BaseVariables, numeric_rule_variable

    words = {
        ">=": "greater_than_or_equal_to",
        "<=": "less_than_or_equal_to",
        ">": "greater_than",
        "<": "less_than",
        "==": "equal_to",
    }
    heard: list[str] = []

    class Actions(BaseActions):  # type: ignore[misc]
        @rule_action(params={"name": FIELD_TEXT})  # type: ignore[misc]
        def fired(self, name: str) -> None:
            heard.append(name)

    @cache
    def ruleset(questions: Questions) -> tuple[list[Any], Any]:
        def variable(name: str) -> Any:
            def value(self: Any) -> int:
                number: int = self.facts[name]
                return number

            value.__name__ = name
            return numeric_rule_variable(value)

        numbers = [f"{letter}{number}" for number in range(len(questions.measures)) for letter in "hm"]
        rules = [
            {
                "conditions": {"all": [{"name": n, "operator": words[word], "value": v} for n, word, v in comparisons]},
                "actions": [{"name": "fired", "params": {"name": name}}],
            }
            for name, comparisons in questions.by_name.items()
        ]
        return rules, type("Variables", (BaseVariables,), {name: variable(name) for name in numbers})()

    def ask(asked: Asked) -> Sequence[str]:
        heard.clear()
        rules, variables = ruleset(asked.questions)
        variables.facts = asked.facts
        run_all(rule_list=rules, defined_variables=variables, defined_actions=Actions())
        return heard

    return ask


PEERS: Mapping[str, Callable[[], Ask]] = {
    "durable-rules, documented API": by_durable_rules,
    "clipspy, with a Python function": by_clips,
    "business-rules": by_business_rules,
    "zen-engine, one expression": by_zen_expression,
    "zen-engine, a decision table": by_zen_table,
}


def _polars(everybody: Sequence[Sequence[Asked]], times: int) -> Callable[[], object]:
    """Return what asks polars about some people at once, so many times over: a frame for each set of questions.

    The answers are columns of yes and no. Their names are read only where the answers are checked.
    """
    by_questions: dict[Questions, list[Asked]] = {}
    for asked in (one for person in everybody for one in person):
        by_questions.setdefault(asked.questions, []).append(asked)
    frames = [(questions, _frame(questions, asked, times)) for questions, asked in by_questions.items()]

    def ask() -> list[pl.DataFrame]:
        return [frame.lazy().select(_columns(questions)).collect() for questions, frame in frames]

    for (questions, _), asked, answered in zip(frames, by_questions.values(), ask(), strict=True):
        for one, row in zip(asked * times, answered.iter_rows(named=True), strict=True):
            assert questions.letters(name for name, holds in row.items() if holds) == one.right, "polars"
    return ask


def _frame(questions: Questions, asked: Sequence[Asked], times: int) -> pl.DataFrame:
    numbers = [f"{letter}{number}" for number in range(len(questions.measures)) for letter in "hm"]
    return pl.DataFrame({name: [one.facts[name] for one in asked] * times for name in numbers})


def _columns(questions: Questions) -> list[pl.Expr]:
    compared = {
        ">=": pl.Expr.__ge__,
        "<=": pl.Expr.__le__,
        ">": pl.Expr.__gt__,
        "<": pl.Expr.__lt__,
        "==": pl.Expr.__eq__,
    }
    return [
        pl.all_horizontal(compared[word](pl.col(number), value) for number, word, value in comparisons).alias(name)
        for name, comparisons in questions.by_name.items()
    ]


def measure() -> list[Ratio]:
    """Return a row for each engine: its CPU for a person's questions ÷ that of both our engines, compared."""
    everybody = people()
    questions = sum(len(one.case.asked) for person in everybody for one in person) / PEOPLE
    what = f"{questions:.0f} questions of a person by {{}} ÷ by both our engines, compared"
    with EngineChild() as engine:
        works: dict[str, tuple[Callable[[], object], int]] = {
            "our plain engine alone": (lambda: [[answer(shipped(), one.case) for one in p] for p in everybody], PEOPLE)
        }
        for name, make in PEERS.items():
            works[name] = (_checked(name, make(), everybody), PEOPLE)
        alone = [_polars([person], 1) for person in everybody]
        works["polars, each person alone"] = (lambda: [ask() for ask in alone], PEOPLE)
        works[f"polars, {TOGETHER:,} people at once"] = (_polars(everybody, TOGETHER // PEOPLE), TOGETHER)
        cases = [[one.case for one in person] for person in everybody]
        ours = _both(engine, cases)
        turns = [
            (_micros(ours, PEOPLE, engine.pid), {name: _micros(*work) for name, work in works.items()})
            for _ in range(PAIRS)
        ]
    rows = []
    for name in works:
        ratio, reference = median(theirs[name] / mine for mine, theirs in turns), median(mine for mine, _ in turns)
        theirs = median(theirs[name] for _, theirs in turns)
        rows.append(Ratio("-", what.format(name), theirs, reference, "µs CPU", ratio, "-", True, f"{PEOPLE} people"))
    return rows


def _checked(name: str, ask: Ask, everybody: Sequence[Sequence[Asked]]) -> Callable[[], object]:
    """Return what asks a peer about everybody, after its answers have been found right."""
    for one in (one for person in everybody for one in person):
        assert one.questions.letters(ask(one)) == one.right, (name, one)
    return lambda: [ask(one) for person in everybody for one in person]


def _both(engine: EngineChild, cases: Sequence[Sequence[Case]]) -> Callable[[], object]:
    """Return what asks both our engines about everybody, each person with one request, and compares them."""

    def ask() -> None:
        for person in cases:
            plain = [answer(shipped(), case) for case in person]
            assert list(engine.evaluate(shipped(), person)) == plain

    return ask


def _micros(work: Callable[[], object], count: int, child: int | None = None) -> float:
    """Return the CPU time of this process and of a child, for one of `count`, in microseconds."""
    started = time.process_time() + child_seconds(child)
    work()
    return (time.process_time() + child_seconds(child) - started) / count * 1e6


if __name__ == "__main__":
    print(table(measure()))
