"""Failpoints: each is used by the fault runs, and nothing that is deployed can arm one (docs/decisions/0026)."""

import ast
import os
import signal
import subprocess
import sys

import pytest

from faults.kinds import crashes
from services.platform.failpoints import PLACES
from tests.architecture.source import ROOT, calls, python, tracked, tree

MAY_NAME_IT = ("docs/", "faults/", "tests/", "services/platform/failpoints.py")
REACH_TWICE = "from services.platform.failpoints import reach; reach('after_claim'); print(1); reach('after_claim')"


def test_the_places_are_those_that_the_code_reaches() -> None:
    reached = {
        ast.literal_eval(call.args[0])
        for file in python("services")
        for call in calls(tree(file))
        if isinstance(call.func, ast.Name) and call.func.id == "reach"
    }
    assert reached == PLACES


def test_the_fault_runs_crash_at_every_place() -> None:
    pairs = (*crashes.PLACES, *crashes.PLACES_BY_KAFKA, *crashes.PLACES_BY_POSTGRESQL)
    assert {place for _, place in pairs} | {"mid_migration"} == PLACES


def test_nothing_that_is_deployed_arms_a_failpoint() -> None:
    names = [str(file.relative_to(ROOT)) for file in tracked() if b"PSMF_FAILPOINT" in file.read_bytes()]
    assert "services/platform/failpoints.py" in names
    assert [name for name in names if not name.startswith(MAY_NAME_IT)] == []


@pytest.mark.parametrize(
    ("armed", "exit_code", "printed"),
    [("", 0, "1\n"), ("after_claim", -signal.SIGKILL, ""), ("after_claim:2", -signal.SIGKILL, "1\n"), ("no", 1, "")],
)
def test_a_process_ends_only_at_the_place_and_turn_it_was_given(armed: str, exit_code: int, printed: str) -> None:
    environment = os.environ | {"PSMF_FAILPOINT": armed, "PYTHONUNBUFFERED": "1"}
    ended = subprocess.run(
        [sys.executable, "-c", REACH_TWICE], cwd=ROOT, env=environment, capture_output=True, text=True, check=False
    )
    assert (ended.returncode, ended.stdout) == (exit_code, printed)
