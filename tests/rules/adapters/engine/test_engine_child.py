"""The engine's process can crash, hang or give nonsense. The answer is still right, or it is EngineUnavailable."""

import os
import signal
import sys
import threading
import time
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from random import Random

import pytest

from services.rules.adapters.engine.process import COMMAND, EngineChild, EngineUnavailable
from services.rules.domain.evaluation.agreement import AnsweredCase, disagreement
from services.rules.domain.evaluation.plain_engine import Case, answer
from services.rules.domain.rulebook.model import Rulebook
from tests.rules.adapters.engine.random_rulebooks import DAY, a_case, a_rulebook
from tests.sizes import part_of
from tests.waiting import HUNG

RULEBOOK = a_rulebook(Random(7), "killed")
CASES = [a_case(Random(number), RULEBOOK) for number in range(20)]
TIMES = part_of(60, least=6)
"""Kills, and right answers between them."""


def assert_right(engine: EngineChild, rulebook: Rulebook = RULEBOOK, cases: list[Case] = CASES) -> None:
    """Assert that both engines give the same answers."""
    plain = [AnsweredCase(case, answer(rulebook, case)) for case in cases]
    assert disagreement(plain, engine.evaluate(rulebook, cases)) is None


@pytest.fixture
def engine() -> Iterator[EngineChild]:
    """The real engine, with time enough on a busy machine."""
    with EngineChild(seconds=HUNG) as child:
        yield child


def a_child_that(does: str) -> tuple[str, ...]:
    """Return the command of a program in place of the child. It gets each request as `line`."""
    return (sys.executable, "-c", f"import json,os,signal,sys,time\nfor line in sys.stdin:\n    {does}\n")


BAD_CHILDREN = {
    "ends": "sys.exit(0)",
    "crashes": "os.kill(os.getpid(), signal.SIGSEGV)",
    "hangs": "time.sleep(60)",
    "stops": "os.kill(os.getpid(), signal.SIGSTOP)",
    "talks nonsense": "print('nonsense', flush=True)",
    "answers another request": "print(json.dumps({'id': -1, 'answers': []}), flush=True)",
    "answers too few": "print(json.dumps({'id': json.loads(line)['id'], 'answers': []}), flush=True)",
    "answers without letters": (
        "r = json.loads(line); print(json.dumps({'id': r['id'], 'answers': [[1] for _ in r['cases']]}), flush=True)"
    ),
    "answers for other rules": (
        "r = json.loads(line); print(json.dumps({'id': r['id'], 'answers': ['yn' for _ in r['cases']]}), flush=True)"
    ),
    "reports an error": "print(json.dumps({'id': json.loads(line)['id'], 'error': 'MemoryError'}), flush=True)",
    "writes half a line": "sys.stdout.write('{'); sys.stdout.flush(); time.sleep(60)",
}


@pytest.mark.parametrize("does", BAD_CHILDREN.values(), ids=BAD_CHILDREN.keys())
def test_a_child_that_fails_twice_is_engine_unavailable(does: str) -> None:
    with EngineChild(a_child_that(does), seconds=0.3) as engine:
        with pytest.raises(EngineUnavailable, match="The evaluation is deferred"):
            engine.evaluate(RULEBOOK, CASES)
        assert engine.restarts == 2


def test_a_child_that_fails_once_is_replaced_and_the_answer_is_right(tmp_path: Path) -> None:
    first = tmp_path / "first"
    program = f"import os, pathlib, sys\np = pathlib.Path({str(first)!r})\n"
    program += "try:\n    p.touch(exist_ok=False)\nexcept FileExistsError:\n"
    program += f"    os.execv({sys.executable!r}, {list(COMMAND)!r})\nsys.stdin.readline()\nos.abort()\n"
    with EngineChild((sys.executable, "-c", program), seconds=HUNG) as engine:
        for _ in range(3):
            assert_right(engine)
        assert engine.restarts <= 1


def test_a_child_killed_before_it_is_asked_is_replaced(engine: EngineChild) -> None:
    for _ in range(10):
        os.kill(engine.pid, signal.SIGKILL)
        assert_right(engine)
    assert engine.restarts == 10


def test_a_child_killed_at_any_moment_never_gives_a_wrong_answer() -> None:
    random, right, held = Random(11), 0, 0
    stop = threading.Event()
    with EngineChild(seconds=HUNG) as engine:
        started = time.monotonic()
        os.kill(engine.pid, signal.SIGKILL)
        assert_right(engine)
        alone = time.monotonic() - started  # as long as a new child takes to answer, on a machine as busy as it is

        def kill_now_and_then() -> None:
            while not stop.wait(random.uniform(0.001, alone)):
                try:
                    os.kill(engine.pid, signal.SIGKILL)
                except ProcessLookupError:
                    continue

        killer = threading.Thread(target=kill_now_and_then)
        killer.start()
        try:
            while right < TIMES or engine.restarts < TIMES:
                try:
                    assert_right(engine)
                    right += 1
                except EngineUnavailable:
                    held += 1
        finally:
            stop.set()
            killer.join()
        assert_right(engine)


def test_a_child_is_replaced_after_its_evaluations_without_a_restart() -> None:
    with EngineChild(seconds=HUNG, recycle_after=5) as engine:
        pids = set()
        for _ in range(20):
            assert_right(engine)
            pids.add(engine.pid)
        assert (len(pids), engine.restarts) == (4, 0)


def test_many_threads_share_one_engine(engine: EngineChild) -> None:
    wrong: list[BaseException] = []

    def ask(seed: int) -> None:
        rulebook = a_rulebook(Random(seed), f"thread-{seed}")
        cases = [a_case(Random(number), rulebook) for number in range(5)]
        try:
            for _ in range(10):
                assert_right(engine, rulebook, cases)
        except BaseException as error:
            wrong.append(error)

    threads = [threading.Thread(target=ask, args=(seed,)) for seed in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert not wrong


def test_no_process_is_left_after_closing() -> None:
    engine = EngineChild(seconds=HUNG)
    pid = engine.pid
    engine.close()
    with pytest.raises(ProcessLookupError):
        os.kill(pid, 0)


def test_no_case_is_no_question(engine: EngineChild) -> None:
    assert engine.evaluate(RULEBOOK, []) == ()


def test_cases_that_differ_in_one_number_only_are_each_answered(engine: EngineChild) -> None:
    """Equal cases are sent once. Cases that differ must not be taken for equal."""
    measure, line = next((c.measure, RULEBOOK.lines_on(DAY)[c.parameter]) for c in RULEBOOK.rules[0].raises_by)
    near = [replace(CASES[0], measures={**CASES[0].measures, measure: line + step}) for step in (-1, 0, 1, 0, -1)]
    assert_right(engine, cases=near)
    answers = engine.evaluate(RULEBOOK, near)
    assert answers[0] == answers[4]
    assert answers[1] == answers[3]
    assert answers[0] != answers[1] or answers[1] != answers[2]
