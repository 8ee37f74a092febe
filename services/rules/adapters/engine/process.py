"""The parent's side of the engine's child process.

A request has a time limit. If the child fails, one spare child is asked the same again. If that fails too, the caller
gets EngineUnavailable, and no answer is ever made up.
"""

import contextlib
import os
import select
import subprocess
import sys
import threading
import time
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from types import TracebackType
from typing import Any, Self
from weakref import WeakKeyDictionary

import orjson

from services.rules.adapters.engine import durable
from services.rules.domain.closed_lists import Scope, Truth
from services.rules.domain.evaluation.plain_engine import TRUTHS, Case, CaseAnswers
from services.rules.domain.rulebook.model import InForce, Rulebook

COMMAND = (sys.executable, "-m", "services.rules.adapters.engine.durable")
# Far above any real reply. A child that writes without end must not fill the memory of the service.
MAX_REPLY_BYTES = 64 << 20
_LETTERS = {durable.YES: Truth.YES, durable.NO: Truth.NO, durable.UNKNOWN: Truth.UNKNOWN}
# Two letters to the truths of a rule. Answers that contradict themselves are not in it, so such a rule has no answer.
_BY_LETTERS = {a + b: TRUTHS[when, clears] for a, when in _LETTERS.items() for b, clears in _LETTERS.items()}
# The child gets only what Python needs to start: no addresses, keys or passwords from the environment of the service.
_INHERITED = ("PATH", "PYTHONPATH", "LD_LIBRARY_PATH", "VIRTUAL_ENV")


class EngineUnavailable(Exception):
    """Two children in a row gave no usable answer.

    The caller raises no concern, defers the evaluation and alerts the operator.
    """


class _ChildFailed(Exception):
    """One child crashed, hung or gave an unusable answer."""


@dataclass(frozen=True, slots=True)
class _Compiled:
    """The rules of one scope, with the lines in force between two changes of the rulebook, as the engine gets them.

    `places` holds where the two letters of each rule begin in an answer.
    """

    number: int
    measures: tuple[str, ...]
    parts: list[tuple[list[int], int, dict[str, Any]]]
    places: Mapping[str, int]

    def values(self, case: Case) -> tuple[int | None, ...]:
        """Return the case's measures in the order of `measures`."""
        return tuple(map(case.measures.get, self.measures))

    def answers(self, asked: Sequence[str], letters: str) -> CaseAnswers:
        """Return the truths of each rule that is asked about.

        A rule on which the engine contradicts itself has no entry. It then differs from the plain evaluator's answer,
        so nothing is raised.
        """
        found = {}
        for rule_id in asked:
            # Beyond the letters there is nothing, so a rule that was not compiled has no answer.
            place = self.places.get(rule_id, len(letters))
            truths = _BY_LETTERS.get(letters[place : place + 2])
            if truths is not None:
                found[rule_id] = truths
        return found


class _Child:
    """One child process. Any failure ends it: a child that may be damaged is never asked again."""

    def __init__(self, command: Sequence[str]) -> None:
        environment = {name: os.environ[name] for name in _INHERITED if name in os.environ}
        self._process = subprocess.Popen(
            command,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            bufsize=0,
            env=environment,
            # Ctrl-C in a terminal reaches the service only, which then ends its children itself.
            start_new_session=True,
        )
        if self._process.stdin is None or self._process.stdout is None:
            raise ValueError("the child was started without pipes")
        self._input, self._output = self._process.stdin.fileno(), self._process.stdout.fileno()
        # Pipes never block, because a blocking read or write would outlast the time limit.
        os.set_blocking(self._input, False)
        os.set_blocking(self._output, False)
        self.known: set[int] = set()
        self.asked = 0

    @property
    def pid(self) -> int:
        return self._process.pid

    def ask(self, request: Mapping[str, Any], seconds: float) -> Any:
        """Send one request and return the answers of its reply. Raise _ChildFailed for any failure."""
        self.asked += 1
        deadline = time.monotonic() + seconds
        try:
            self._write(orjson.dumps(request) + b"\n", deadline)
            reply = orjson.loads(self._read_line(deadline))
        except (OSError, orjson.JSONDecodeError) as error:
            raise _ChildFailed(type(error).__name__) from error
        # An id of another request means that replies are out of step: no answer of this child can be trusted.
        if not isinstance(reply, dict) or reply.get("id") != request["id"] or "answers" not in reply:
            raise _ChildFailed(f"unusable reply {reply.get('error', '') if isinstance(reply, dict) else ''}".strip())
        return reply["answers"]

    def end(self) -> None:
        # Killed, not asked to end: it may hang in C code. Waiting for it leaves no zombie process.
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
    """durable-rules in a child process, with a spare child ready. Threads may share it; one asks at a time.

    `seconds` is the time limit of one request. A busy machine can leave a child without a core for seconds, and a case
    held for that alone would cost a person's time, so the limit is long. `recycle_after` is the number of requests
    after which a child is replaced, so that a leak in C code cannot grow for ever. The spare is already running, so
    nobody waits for a start.
    """

    def __init__(self, command: Sequence[str] = COMMAND, *, seconds: float = 10.0, recycle_after: int = 500) -> None:
        self._command = command
        self._seconds = seconds
        self._recycle_after = recycle_after
        # One lock for asking, replacing and closing, because a child answers one request at a time.
        self._lock = threading.Lock()
        # Keyed by the object, not by its content: rules stay compiled exactly as long as their rulebook is in use.
        self._compiled: WeakKeyDictionary[InForce, dict[Scope, _Compiled]] = WeakKeyDictionary()
        self._compilations = 0
        self._requests = 0
        self.restarts = 0
        self._current = _Child(command)
        self._spare = _Child(command)

    def evaluate(self, rulebook: Rulebook, cases: Sequence[Case]) -> tuple[CaseAnswers, ...]:
        """Return the answers to each case, in order.

        A rule on which the engine contradicts itself has no answer. Blocks for at most twice the time limit, plus the
        time other threads take.

        Raises:
            EngineUnavailable: two children in a row failed.
        """
        if not cases:
            return ()
        with self._lock:
            compiled = self._compiled_for(rulebook, cases)
            if self._current.asked >= self._recycle_after:
                self._replace()
            try:
                letters = self._ask(compiled, cases)
            except _ChildFailed:
                letters = self._ask_another(compiled, cases)
        return tuple(_read(compiled, cases, letters))

    @property
    def pid(self) -> int:
        """The process id of the child that answers next."""
        return self._current.pid

    def renew(self) -> None:
        """Replace the child in use by the spare, after any request in progress."""
        with self._lock:
            self._replace()

    def close(self) -> None:
        """End both processes, after any request in progress."""
        with self._lock:
            self._current.end()
            self._spare.end()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def _ask_another(self, compiled: Sequence[_Compiled], cases: Sequence[Case]) -> list[str]:
        """Ask the spare child once, and give up if it fails too.

        A crash by chance is rare, so a second failure points to the case itself. A third child would fail as well.
        """
        self.restarts += 1
        self._replace()
        try:
            return self._ask(compiled, cases)
        except _ChildFailed as failed:
            self.restarts += 1
            # The next case must not pay for this one: it starts with a fresh child.
            self._replace()
            raise EngineUnavailable(
                f"The rules engine failed twice ({failed}). The evaluation is deferred."
            ) from failed

    def _replace(self) -> None:
        self._current.end()
        self._current, self._spare = self._spare, _Child(self._command)

    def _ask(self, compiled: Sequence[_Compiled], cases: Sequence[Case]) -> list[str]:
        child = self._current
        self._requests += 1
        # A child is sent compiled rules once. A new child knows none, so it gets them with its first request.
        unknown = {rules.number: rules.parts for rules in compiled if rules.number not in child.known}
        # Cases about people without evidence are often equal. Equal cases are sent once, as the engine has no memory
        # from one case to the next.
        asked = [(rules.number, rules.values(case)) for rules, case in zip(compiled, cases, strict=True)]
        distinct = list(dict.fromkeys(asked))
        request = {"id": self._requests, "compiled": list(unknown.items()), "cases": distinct}
        answers = _checked(child.ask(request, self._seconds), len(distinct))
        child.known |= set(unknown)
        found = dict(zip(distinct, answers, strict=True))
        letters = [found[question] for question in asked]
        if any(len(text) != 2 * len(rules.places) for rules, text in zip(compiled, letters, strict=True)):
            raise _ChildFailed("answers do not fit the rules asked")
        return letters

    def _compiled_for(self, rulebook: Rulebook, cases: Sequence[Case]) -> list[_Compiled]:
        found = []
        for case in cases:
            in_force = rulebook.in_force(case.on)
            by_scope = self._compiled.setdefault(in_force, {})
            if case.scope not in by_scope:
                self._compilations += 1
                by_scope[case.scope] = _compile(self._compilations, rulebook, case.scope, in_force.lines)
            found.append(by_scope[case.scope])
        return found


def _read(compiled: Sequence[_Compiled], cases: Sequence[Case], letters: Sequence[str]) -> Iterator[CaseAnswers]:
    """Yield the answers to each case. Equal cases with equal letters share one object, which nobody changes."""
    known: dict[tuple[int, tuple[str, ...], str], CaseAnswers] = {}
    for rules, case, found in zip(compiled, cases, letters, strict=True):
        key = rules.number, case.asked, found
        if key not in known:
            known[key] = rules.answers(case.asked, found)
        yield known[key]


def _compile(number: int, rulebook: Rulebook, scope: Scope, lines: Mapping[str, int]) -> _Compiled:
    slices = durable.slices((rule for rule in rulebook.rules if rule.scope is scope), lines)
    measures = tuple(dict.fromkeys(name for part in slices for name in part.measures))
    parts = [([measures.index(name) for name in part.measures], len(part.rules), part.definition) for part in slices]
    rules = [rule_id for part in slices for rule_id in part.rules]
    return _Compiled(number, measures, parts, {rule_id: 2 * place for place, rule_id in enumerate(rules)})


def _checked(answers: Any, number: int) -> list[str]:
    """Return the answers of a reply, or raise _ChildFailed if they do not fit the request."""
    if not isinstance(answers, list) or len(answers) != number:
        raise _ChildFailed("answers do not fit the cases asked")
    if not all(isinstance(letters, str) for letters in answers):
        raise _ChildFailed("answers are not letters")
    return answers
