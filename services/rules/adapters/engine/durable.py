"""durable-rules, kept at arm's length: the only importer of its C module.

Engine JSON is generated from the parsed rules and uses only the subset that was found to be right (decisions: rules
engine): one alias, constants on the right, four comparisons, and/or, one flat fact of whole numbers. Every comparison
first tests that its measure is known. Each condition is given to the engine twice, as what makes it yes and as what
makes it no; where neither fires the answer is unknown.

`python -m services.rules.adapters.engine.durable` answers requests from standard input, one line of JSON each, until
its input ends. It runs as a child process because the C module can crash or hang (see engine_child).
"""

import os
import resource
import sys
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import chain, product
from typing import Any, BinaryIO

import durable_rules_engine
import orjson

from services.rules.domain.rulebook.conditions import AnyOf, Comparator, Comparison, Condition, alternatives, opposite
from services.rules.domain.rulebook.model import Rule

MEMORY_LIMIT_BYTES = 1 << 30
# The engine refuses 65 alternatives true at once, crashes at 256 uses of a condition and hangs at 512 lines.
MAX_ALTERNATIVES = 50
MAX_USES = 100
MAX_MEASURES = 60
YES, NO, UNKNOWN, BOTH = "y", "n", "u", "x"
# What the engine says of a condition, as bits: 1 that it is yes, 2 that it is no.
_LETTERS = bytes.maketrans(bytes(range(4)), f"{UNKNOWN}{YES}{NO}{BOTH}".encode())

_OPERATORS = {
    Comparator.AT_LEAST: "$gte",
    Comparator.AT_MOST: "$lte",
    Comparator.ABOVE: "$gt",
    Comparator.BELOW: "$lt",
}

Conjunction = tuple[Comparison, ...]


@dataclass(slots=True)
class Slice:
    """Rules that go into one engine ruleset together, within the engine's limits."""

    measures: list[str] = field(default_factory=list)
    rules: list[str] = field(default_factory=list)
    definition: dict[str, Any] = field(default_factory=dict)
    alternatives: int = 0
    uses: Counter[str] = field(default_factory=Counter)

    def has_room_for(self, rule: Rule) -> bool:
        """Whether the rule fits without coming near a limit. Lines are bounded by uses: each comparison is one."""
        measures = len(set(self.measures) | set(rule.measures))
        uses = max(((self.uses + _uses(rule)).values()), default=0)
        return (
            self.alternatives + _most_true(rule) <= MAX_ALTERNATIVES and uses <= MAX_USES and measures <= MAX_MEASURES
        )

    def add(self, rule: Rule, lines: Mapping[str, int]) -> None:
        """Adds the rule's two conditions and their opposites."""
        self.measures += [name for name in rule.measures if name not in self.measures]
        number = len(self.rules)
        self.rules.append(rule.rule_id)
        self.alternatives += _most_true(rule)
        self.uses += _uses(rule)
        for letter, truth, tree in _trees(rule):
            for place, conjunction in enumerate(conjunctions(tree)):
                if all(comparison.parameter in lines for comparison in conjunction):
                    expression = self._expression(conjunction, lines)
                    self.definition[f"{letter}{truth}{number}_{place}"] = {"all": [{"m": expression}]}

    def _expression(self, conjunction: Conjunction, lines: Mapping[str, int]) -> dict[str, Any]:
        """One flat `$and`: each measure is known, and each comparison holds."""
        numbers = {c.measure: self.measures.index(c.measure) for c in conjunction}
        known = [{f"h{number}": 1} for number in numbers.values()]
        compared = [{_OPERATORS[c.comparator]: {f"m{numbers[c.measure]}": lines[c.parameter]}} for c in conjunction]
        return {"$and": [*known, *compared]}


def conjunctions(condition: Condition) -> list[Conjunction]:
    """The alternatives of a condition, each a set of comparisons that hold together (its disjunctive normal form)."""
    if isinstance(condition, Comparison):
        return [(condition,)]
    parts = [conjunctions(part) for part in condition.parts]
    if isinstance(condition, AnyOf):
        return [conjunction for part in parts for conjunction in part]
    return [tuple(dict.fromkeys(chain(*chosen))) for chosen in product(*parts)]


def slices(rules: Iterable[Rule], lines: Mapping[str, int]) -> list[Slice]:
    """Cuts rules into slices within the engine's limits, keeping their order."""
    found = [Slice()]
    for rule in rules:
        if not found[-1].has_room_for(rule):
            found.append(Slice())
        found[-1].add(rule, lines)
    return [each for each in found if each.rules]


def _most_true(rule: Rule) -> int:
    """The most alternatives of a rule that can be true at once: a condition and its opposite never are together."""
    return sum(max(alternatives(tree), alternatives(opposite(tree))) for tree in (rule.when, rule.clears_when))


def _uses(rule: Rule) -> Counter[str]:
    """In how many engine rules each measure is tested."""
    found = (conjunction for _, _, tree in _trees(rule) for conjunction in conjunctions(tree))
    return Counter(measure for conjunction in found for measure in {c.measure for c in conjunction})


def _trees(rule: Rule) -> tuple[tuple[str, str, Condition], ...]:
    """What the engine is asked of a rule: what makes each of its two conditions yes, and what makes it no."""
    return (
        ("w", YES, rule.when),
        ("w", NO, opposite(rule.when)),
        ("c", YES, rule.clears_when),
        ("c", NO, opposite(rule.clears_when)),
    )


class EngineRuleset:
    """One slice, registered with the C module.

    `places`: where each of its measures is in the values of a case.
    """

    def __init__(self, name: str, places: Sequence[int], rules: int, definition: Mapping[str, Any]) -> None:
        self._handle = (
            durable_rules_engine.create_ruleset(name, orjson.dumps(definition).decode()) if definition else None
        )
        self._written = [
            (place, f',"h{number}":0,"m{number}":0', f',"h{number}":1,"m{number}":')
            for number, place in enumerate(places)
        ]
        self._nothing_said = bytes(2 * rules)
        self._head = len('{"') + max(map(len, definition), default=0) + len('"')
        self._meaning = {_fired(name)[: self._head]: _meaning(name) for name in definition}

    def answers(self, values: Sequence[int | None]) -> str:
        """For each rule two letters: does it hold, would it clear. Raises what the C module raises."""
        said = bytearray(self._nothing_said)
        if self._handle is not None:
            self._ask(self._handle, self.fact(values), said)
        return said.translate(_LETTERS).decode()

    def fact(self, values: Sequence[int | None]) -> str:
        """A case as the engine gets it: for each measure whether it is known, then its value, 0 where it is not."""
        # Written by hand: every part is a name of ours or a whole number, and it is half the cost of a general encoder.
        said = [unknown if (v := values[place]) is None else known + str(v) for place, unknown, known in self._written]
        # One constant session and one constant id: the engine tells sessions and ids apart by 32 bits only.
        return f'{{"sid":"case","id":"1"{"".join(said)}}}'

    def _ask(self, handle: int, fact: str, said: bytearray) -> None:
        result, state = durable_rules_engine.assert_fact(handle, fact)
        if result == 1:  # nothing matches, and then nothing is stored
            return
        started = durable_rules_engine.start_action_for_state(handle, state)
        message = started[1] if started else None
        meaning, head = self._meaning, self._head
        while message:
            place, truth = meaning[message[:head]]
            said[place] |= truth
            message = durable_rules_engine.complete_and_start_action(handle, state)
        # Never delete_state: it can crash the process; a retracted fact leaves the session empty and ready.
        durable_rules_engine.retract_fact(handle, '{"sid":"case","id":"1"}')


def _fired(name: str) -> str:
    """How the engine's message begins when a rule fires; the rest is the fact again and is not read."""
    return f'{{"{name}":{{"m":{{"sid":"case"'


def _meaning(name: str) -> tuple[int, int]:
    """Which of a slice's answers an engine rule is about, and what it says: for example `cn3_0`, rule 3 clears: no."""
    number = int(name[2 : name.index("_")])
    return 2 * number + (name[0] == "c"), 1 if name[1] == YES else 2


class Answering:
    """The child's side: keeps the rulesets it was given and answers requests."""

    def __init__(self) -> None:
        self._plans: dict[int, list[EngineRuleset]] = {}
        self._made = 0

    def answer(self, request: Mapping[str, Any]) -> dict[str, Any]:
        """Answers `{"id", "plans": [[number, [[places, rules, definition], ...]], ...], "cases": [[number, values]]}`.

        For each case the letters of every rule of its plan, in order.
        """
        for number, parts in request["plans"]:
            self._plans[number] = [self._ruleset(*part) for part in parts]
        answers = [
            "".join([ruleset.answers(values) for ruleset in self._plans[number]]) for number, values in request["cases"]
        ]
        return {"id": request["id"], "answers": answers}

    def _ruleset(self, places: list[int], rules: int, definition: Mapping[str, Any]) -> EngineRuleset:
        self._made += 1
        return EngineRuleset(f"slice{self._made}", places, rules, definition)


def main() -> None:
    """Answers requests until standard input ends. Whatever the C module prints goes to standard error."""
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY_LIMIT_BYTES, MEMORY_LIMIT_BYTES))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    with os.fdopen(os.dup(1), "wb") as replies:
        os.dup2(2, 1)
        _serve(sys.stdin.buffer, replies)


def _serve(requests: BinaryIO, replies: BinaryIO) -> None:
    answering = Answering()
    for line in requests:
        request = orjson.loads(line)
        try:
            reply = answering.answer(request)
        except Exception as error:
            # Whatever the C module raises: the parent ends this process, which may be damaged, and asks another.
            reply = {"id": request["id"], "error": type(error).__name__}
        replies.write(orjson.dumps(reply) + b"\n")
        replies.flush()


if __name__ == "__main__":
    main()
