"""The child process that asks durable-rules. No other file imports its C module.

The engine's JSON is generated from the parsed rules. It uses only the features that proved to be right (see
docs/decisions/0007-two-engines.md): one alias, constants on the right, four comparisons, and/or, and one flat fact of
whole numbers. Every comparison first tests that its measure is known. The engine gets each condition twice: as what
makes it yes and as what makes it no. If neither fires, the answer is unknown.

`python -m services.rules.adapters.engine.durable` reads one JSON request a line from standard input and writes one
JSON answer a line, until its input ends. It is a process of its own because the C module can crash or hang. The
parent's side is in process.py.
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

from services.rules.domain.closed_lists import Comparator
from services.rules.domain.rulebook.conditions import AnyOf, Comparison, Condition, alternatives, opposite
from services.rules.domain.rulebook.model import Rule

# A runaway in C code then fails in this process, instead of taking the memory of the machine.
MEMORY_LIMIT_BYTES = 1 << 30
# The engine refuses 65 alternatives that are true at once, crashes at 256 uses of a condition and hangs at 512 lines.
# Beyond these numbers, rules go into the next slice.
MAX_ALTERNATIVES = 50
MAX_USES = 100
MAX_MEASURES = 60
YES, NO, UNKNOWN, BOTH = "y", "n", "u", "x"
# Bits of an answer: 1 if the engine says yes, 2 if it says no. Both bits are a contradiction, and then no answer.
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
    """Rules that share one ruleset of the engine, within its limits."""

    measures: list[str] = field(default_factory=list)
    rules: list[str] = field(default_factory=list)
    definition: dict[str, Any] = field(default_factory=dict)
    alternatives: int = 0
    uses: Counter[str] = field(default_factory=Counter)

    def has_room_for(self, rule: Rule) -> bool:
        """Return whether the rule fits in without reaching a limit.

        Lines need no check of their own: each line is one use of a measure.
        """
        measures = len(set(self.measures) | set(rule.measures))
        uses = max(((self.uses + _uses(rule)).values()), default=0)
        return (
            self.alternatives + _most_true(rule) <= MAX_ALTERNATIVES and uses <= MAX_USES and measures <= MAX_MEASURES
        )

    def add(self, rule: Rule, lines: Mapping[str, int]) -> None:
        """Add the rule's two conditions and their opposites.

        `lines` holds the value of each parameter in force. An alternative with a line that is not in force yet is
        left out: it can be neither yes nor no.
        """
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
        """Return one flat `$and`: each measure is known, and each comparison holds."""
        numbers = {c.measure: self.measures.index(c.measure) for c in conjunction}
        known = [{f"h{number}": 1} for number in numbers.values()]
        compared = [{_OPERATORS[c.comparator]: {f"m{numbers[c.measure]}": lines[c.parameter]}} for c in conjunction]
        return {"$and": [*known, *compared]}


def conjunctions(condition: Condition) -> list[Conjunction]:
    """Return the alternatives of a condition: its disjunctive normal form.

    Each alternative is a set of comparisons that must all hold.
    """
    if isinstance(condition, Comparison):
        return [(condition,)]
    parts = [conjunctions(part) for part in condition.parts]
    if isinstance(condition, AnyOf):
        return [conjunction for part in parts for conjunction in part]
    return [tuple(dict.fromkeys(chain(*chosen))) for chosen in product(*parts)]


def slices(rules: Iterable[Rule], lines: Mapping[str, int]) -> list[Slice]:
    """Cut rules into slices within the engine's limits, in the same order."""
    found = [Slice()]
    for rule in rules:
        if not found[-1].has_room_for(rule):
            found.append(Slice())
        found[-1].add(rule, lines)
    return [each for each in found if each.rules]


def _most_true(rule: Rule) -> int:
    """Return how many alternatives of a rule can be true at once.

    A condition and its opposite are never true together, so the larger of the two counts.
    """
    return sum(max(alternatives(tree), alternatives(opposite(tree))) for tree in (rule.when, rule.clears_when))


def _uses(rule: Rule) -> Counter[str]:
    """Count the engine rules that test each measure."""
    found = (conjunction for _, _, tree in _trees(rule) for conjunction in conjunctions(tree))
    return Counter(measure for conjunction in found for measure in {c.measure for c in conjunction})


def _trees(rule: Rule) -> tuple[tuple[str, str, Condition], ...]:
    """Return the four questions about a rule: what makes `when` and `clears_when` yes, and what makes each no.

    The first letter of a question is its condition: `w` for `when`, `c` for `clears_when`.
    """
    return (
        ("w", YES, rule.when),
        ("w", NO, opposite(rule.when)),
        ("c", YES, rule.clears_when),
        ("c", NO, opposite(rule.clears_when)),
    )


class EngineRuleset:
    """One slice, registered with the C module.

    `places` holds, for each measure of the slice, its position in the values of a case. `rules` is how many rules the
    slice has.
    """

    def __init__(self, name: str, places: Sequence[int], rules: int, definition: Mapping[str, Any]) -> None:
        self._handle = (
            durable_rules_engine.create_ruleset(name, orjson.dumps(definition).decode()) if definition else None
        )
        # Both texts of each measure are prepared once, because every case needs one of them for every measure.
        self._written = [
            (place, f',"h{number}":0,"m{number}":0', f',"h{number}":1,"m{number}":')
            for number, place in enumerate(places)
        ]
        self._nothing_said = bytes(2 * rules)
        # The first bytes of a message name the rule that fired. As many bytes as the longest name takes tell all names
        # apart, so a lookup replaces parsing the whole message.
        self._head = len('{"') + max(map(len, definition), default=0) + len('"')
        self._meaning = {_fired(name)[: self._head]: _meaning(name) for name in definition}

    def answers(self, values: Sequence[int | None]) -> str:
        """Return two letters for each rule: does it hold, and would it clear. Raises what the C module raises."""
        said = bytearray(self._nothing_said)
        if self._handle is not None:
            self._ask(self._handle, self.fact(values), said)
        return said.translate(_LETTERS).decode()

    def fact(self, values: Sequence[int | None]) -> str:
        """Return a case as JSON: for each measure whether it is known, and its value or 0."""
        # Written by hand at half the cost of a JSON encoder. Every part is a fixed name or a whole number, so nothing
        # needs escaping.
        said = [unknown if (v := values[place]) is None else known + str(v) for place, unknown, known in self._written]
        # The session and the id are constants. The engine tells sessions and ids apart by 32 bits only, so with ids of
        # people, two could share one memory.
        return f'{{"sid":"case","id":"1"{"".join(said)}}}'

    def _ask(self, handle: int, fact: str, said: bytearray) -> None:
        result, state = durable_rules_engine.assert_fact(handle, fact)
        if result == 1:  # Nothing matches. Then the engine stores nothing, and there is nothing to retract.
            return
        started = durable_rules_engine.start_action_for_state(handle, state)
        message = started[1] if started else None
        meaning, head = self._meaning, self._head
        while message:
            place, truth = meaning[message[:head]]
            said[place] |= truth
            message = durable_rules_engine.complete_and_start_action(handle, state)
        # Not delete_state, which can crash the process. Retracting the fact leaves the session empty for the next case.
        durable_rules_engine.retract_fact(handle, '{"sid":"case","id":"1"}')


def _fired(name: str) -> str:
    """Return how the engine's message begins when a rule fires. The rest repeats the fact and is not read."""
    return f'{{"{name}":{{"m":{{"sid":"case"'


def _meaning(name: str) -> tuple[int, int]:
    """Return which answer of a slice an engine rule sets, and the bit that it sets.

    For example, `cn3_0` says no about whether rule 3 clears.
    """
    number = int(name[2 : name.index("_")])
    return 2 * number + (name[0] == "c"), 1 if name[1] == YES else 2


class Answering:
    """The state of the child: the rulesets it has been given, by number."""

    def __init__(self) -> None:
        # Kept for the life of the process: the parent sends compiled rules once and then names them by number. The
        # parent replaces the process regularly, so what is no longer asked about goes with it.
        self._rulesets: dict[int, list[EngineRuleset]] = {}
        self._made = 0

    def answer(self, request: Mapping[str, Any]) -> dict[str, Any]:
        """Return, for each case of a request, the letters of all its rules in order.

        A request is `{"id", "compiled": [[number, [[places, rules, definition], ...]], ...], "cases": [[number,
        values], ...]}`. `compiled` holds the rules that are new to this process. Each case names its rules by number.
        """
        for number, parts in request["compiled"]:
            self._rulesets[number] = [self._ruleset(*part) for part in parts]
        answers = [
            "".join([ruleset.answers(values) for ruleset in self._rulesets[number]])
            for number, values in request["cases"]
        ]
        return {"id": request["id"], "answers": answers}

    def _ruleset(self, places: list[int], rules: int, definition: Mapping[str, Any]) -> EngineRuleset:
        # Each ruleset of a process gets a name of its own, so that none replaces another.
        self._made += 1
        return EngineRuleset(f"slice{self._made}", places, rules, definition)


def main() -> None:
    """Answer requests until standard input ends."""
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY_LIMIT_BYTES, MEMORY_LIMIT_BYTES))
    # No core dump: it would hold the values of people's cases.
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    # The C module prints to standard output. Replies get a descriptor of their own, and what it prints goes to standard
    # error, so that it cannot be taken for a reply.
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
            # The C module raises plain exceptions of many kinds. Whatever it was, this process may be damaged: the
            # parent ends it and asks another.
            reply = {"id": request["id"], "error": type(error).__name__}
        replies.write(orjson.dumps(reply) + b"\n")
        replies.flush()


if __name__ == "__main__":
    main()
