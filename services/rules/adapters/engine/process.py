"""The engine's child process seen from its parent: a time limit, a spare, one retry, and then an honest refusal."""

import contextlib
import os
import platform
import select
import subprocess
import sys
import threading
import time
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from importlib.metadata import version
from types import TracebackType
from typing import Any, Self
from weakref import WeakKeyDictionary

import orjson

from services.rules.adapters.engine import durable
from services.rules.domain.closed_lists import Scope
from services.rules.domain.evaluation.plain_engine import TRUTHS, Case, CaseAnswers
from services.rules.domain.rulebook.conditions import Truth
from services.rules.domain.rulebook.model import InForce, Rulebook

COMMAND = (sys.executable, "-m", "services.rules.adapters.engine.durable")
MAX_REPLY_BYTES = 64 << 20
PLAIN_EVALUATOR_VERSION = "1"
_LETTERS = {durable.YES: Truth.YES, durable.NO: Truth.NO, durable.UNKNOWN: Truth.UNKNOWN}
_BY_LETTERS = {a + b: TRUTHS[when, clears] for a, when in _LETTERS.items() for b, clears in _LETTERS.items()}
_INHERITED = ("PATH", "PYTHONPATH", "LD_LIBRARY_PATH", "VIRTUAL_ENV")


class EngineUnavailable(Exception):
    """Two children in a row gave no usable answer. Raise nothing, hold the case for a person, alert the operator."""


class _ChildFailed(Exception):
    """One child crashed, hung or answered nonsense."""


def engine_versions() -> Mapping[str, str]:
    """What a decision record names as having answered."""
    return {
        "durable_rules": version("durable-rules"),
        "plain_evaluator": PLAIN_EVALUATOR_VERSION,
        "python": platform.python_version(),
    }


@dataclass(frozen=True, slots=True)
class _Plan:
    """Rules of one scope with the lines of one time, as the engine gets them.

    `places`: where the letters of a rule begin in what the engine answers.
    """

    number: int
    measures: tuple[str, ...]
    parts: list[tuple[list[int], int, dict[str, Any]]]
    places: Mapping[str, int]

    def values(self, case: Case) -> tuple[int | None, ...]:
        """The case's measures in the plan's order."""
        return tuple(map(case.measures.get, self.measures))

    def answers(self, asked: Sequence[str], letters: str) -> CaseAnswers:
        """Answers to the rules asked. A rule the engine contradicts itself on has none."""
        found = {}
        for rule_id in asked:
            place = self.places.get(rule_id, len(letters))
            truths = _BY_LETTERS.get(letters[place : place + 2])
            if truths is not None:
                found[rule_id] = truths
        return found


class _Child:
    """One process. Any failure ends it: a damaged engine is never asked twice."""

    def __init__(self, command: Sequence[str]) -> None:
        environment = {name: os.environ[name] for name in _INHERITED if name in os.environ}
        self._process = subprocess.Popen(
            command,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            bufsize=0,
            env=environment,
            start_new_session=True,
        )
        if self._process.stdin is None or self._process.stdout is None:
            raise ValueError("the child was started without pipes")
        self._input, self._output = self._process.stdin.fileno(), self._process.stdout.fileno()
        os.set_blocking(self._input, False)
        os.set_blocking(self._output, False)
        self.known_plans: set[int] = set()
        self.asked = 0

    @property
    def pid(self) -> int:
        return self._process.pid

    def ask(self, request: Mapping[str, Any], seconds: float) -> Any:
        """Sends one request and reads its reply. Raises _ChildFailed, whatever went wrong."""
        self.asked += 1
        deadline = time.monotonic() + seconds
        try:
            self._write(orjson.dumps(request) + b"\n", deadline)
            reply = orjson.loads(self._read_line(deadline))
        except (OSError, orjson.JSONDecodeError) as error:
            raise _ChildFailed(type(error).__name__) from error
        if not isinstance(reply, dict) or reply.get("id") != request["id"] or "answers" not in reply:
            raise _ChildFailed(f"unusable reply {reply.get('error', '') if isinstance(reply, dict) else ''}".strip())
        return reply["answers"]

    def end(self) -> None:
        self._process.kill()
        self._process.wait()
        for pipe in (self._process.stdin, self._process.stdout):
            with contextlib.suppress(OSError):
                pipe.close() if pipe else None

    def _write(self, content: bytes, deadline: float) -> None:
        rest = memoryview(content)
        while rest:
            self._wait(self._input, select.POLLOUT, deadline)
            rest = rest[os.write(self._input, rest) :]

    def _read_line(self, deadline: float) -> bytes:
        received = bytearray()
        while not received.endswith(b"\n"):
            self._wait(self._output, select.POLLIN, deadline)
            part = os.read(self._output, 1 << 20)
            if not part or len(received) > MAX_REPLY_BYTES:
                raise _ChildFailed("the process ended" if not part else "the reply has no end")
            received += part
        return bytes(received)

    def _wait(self, descriptor: int, event: int, deadline: float) -> None:
        poll = select.poll()
        poll.register(descriptor, event)
        if not poll.poll(max(0.0, deadline - time.monotonic()) * 1000):
            raise _ChildFailed("no answer in time")


class EngineChild:
    """Asks durable-rules in a child process. May be shared between threads; one asks at a time.

    `seconds`: time limit of one request. `recycle_after`: requests after which a child is replaced; the next one is
    started beforehand, so that nobody waits. A request that failed in one child is asked once more in a fresh one.
    """

    def __init__(self, command: Sequence[str] = COMMAND, *, seconds: float = 2.0, recycle_after: int = 500) -> None:
        self._command = command
        self._seconds = seconds
        self._recycle_after = recycle_after
        self._lock = threading.Lock()
        # By what is in force, not by its content: a plan lives as long as the rulebook it is made from.
        self._plans: WeakKeyDictionary[InForce, dict[Scope, _Plan]] = WeakKeyDictionary()
        self._plans_made = 0
        self._requests = 0
        self.restarts = 0
        self._current = _Child(command)
        self._spare = _Child(command)

    def evaluate(self, rulebook: Rulebook, cases: Sequence[Case]) -> tuple[CaseAnswers, ...]:
        """Answers each case, in order. A rule the engine contradicts itself on has no answer, so that nothing agrees.

        Blocks for at most twice the time limit. Raises EngineUnavailable if two children in a row fail.
        """
        if not cases:
            return ()
        with self._lock:
            plans = self._plans_for(rulebook, cases)
            if self._current.asked >= self._recycle_after:
                self._replace()
            try:
                letters = self._ask(plans, cases)
            except _ChildFailed:
                letters = self._ask_another(plans, cases)
        return tuple(_read(plans, cases, letters))

    @property
    def pid(self) -> int:
        """Process id of the child that answers next."""
        return self._current.pid

    def renew(self) -> None:
        """The spare answers from now on, once the child in use has finished what it was asked."""
        with self._lock:
            self._replace()

    def close(self) -> None:
        """Ends both processes."""
        with self._lock:
            self._current.end()
            self._spare.end()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def _ask_another(self, plans: Sequence[_Plan], cases: Sequence[Case]) -> list[str]:
        self.restarts += 1
        self._replace()
        try:
            return self._ask(plans, cases)
        except _ChildFailed as failed:
            self.restarts += 1
            self._replace()
            raise EngineUnavailable(
                f"the rules engine failed twice ({failed}); the case is held for a person"
            ) from failed

    def _replace(self) -> None:
        self._current.end()
        self._current, self._spare = self._spare, _Child(self._command)

    def _ask(self, plans: Sequence[_Plan], cases: Sequence[Case]) -> list[str]:
        child = self._current
        self._requests += 1
        unknown = {plan.number: plan.parts for plan in plans if plan.number not in child.known_plans}
        # People are much alike in what nobody said of them: what is asked twice is sent once.
        asked = [(plan.number, plan.values(case)) for plan, case in zip(plans, cases, strict=True)]
        distinct = list(dict.fromkeys(asked))
        request = {"id": self._requests, "plans": list(unknown.items()), "cases": distinct}
        answers = _checked(child.ask(request, self._seconds), len(distinct))
        child.known_plans |= set(unknown)
        found = dict(zip(distinct, answers, strict=True))
        letters = [found[question] for question in asked]
        if any(len(text) != 2 * len(plan.places) for plan, text in zip(plans, letters, strict=True)):
            raise _ChildFailed("answers do not fit the rules asked")
        return letters

    def _plans_for(self, rulebook: Rulebook, cases: Sequence[Case]) -> list[_Plan]:
        plans = []
        for case in cases:
            terms = rulebook.in_force(case.on)
            by_scope = self._plans.get(terms)
            if by_scope is None:
                by_scope = self._plans[terms] = {}
            if case.scope not in by_scope:
                self._plans_made += 1
                by_scope[case.scope] = _made(self._plans_made, rulebook, case.scope, terms.lines)
            plans.append(by_scope[case.scope])
        return plans


def _read(plans: Sequence[_Plan], cases: Sequence[Case], letters: Sequence[str]) -> Iterator[CaseAnswers]:
    """Answers to each case; cases that were asked and answered alike share one."""
    known: dict[tuple[int, tuple[str, ...], str], CaseAnswers] = {}
    for plan, case, found in zip(plans, cases, letters, strict=True):
        key = plan.number, case.asked, found
        if key not in known:
            known[key] = plan.answers(case.asked, found)
        yield known[key]


def _made(number: int, rulebook: Rulebook, scope: Scope, lines: Mapping[str, int]) -> _Plan:
    made = durable.slices((rule for rule in rulebook.rules if rule.scope is scope), lines)
    measures = tuple(dict.fromkeys(name for part in made for name in part.measures))
    parts = [([measures.index(name) for name in part.measures], len(part.rules), part.definition) for part in made]
    rules = [rule_id for part in made for rule_id in part.rules]
    return _Plan(number, measures, parts, {rule_id: 2 * place for place, rule_id in enumerate(rules)})


def _checked(answers: Any, number: int) -> list[str]:
    if not isinstance(answers, list) or len(answers) != number:
        raise _ChildFailed("answers do not fit the cases asked")
    if not all(isinstance(letters, str) for letters in answers):
        raise _ChildFailed("answers are not letters")
    return answers
