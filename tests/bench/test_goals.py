"""What `make bench` needs to be true, so that it is not found broken on the day on which it is run."""

import ast
import importlib
from pathlib import Path

import pytest

from bench.calls.bare import insert, raw, raw_rows

BENCH = Path(__file__).parents[2] / "bench"
GOALS = {"1", "2", "2b", "3", "3b", "5", "5b", "10", "10b", "13", "15", "15b", "16", "17", "18"}
"""The goals that are stated again for the second round (performance goals, part 11)."""


def test_each_restated_goal_has_a_row() -> None:
    trees = [ast.parse(file.read_text()) for file in BENCH.rglob("*.py")]
    calls = [node for tree in trees for node in ast.walk(tree) if isinstance(node, ast.Call)]
    rows = [call for call in calls if isinstance(call.func, ast.Name) and call.func.id == "Ratio" and call.args]
    assert {row.args[0].value for row in rows if isinstance(row.args[0], ast.Constant)} >= GOALS


def test_the_raw_rows_fit_the_tables_of_evidence(tmp_path: Path) -> None:
    connection = raw(tmp_path)
    insert(connection, *raw_rows(3, 0))
    assert connection.execute("SELECT COUNT(*) FROM evidence_item JOIN outbox ON key = safeguarder_id").fetchone() == (
        3,
    )
    connection.close()


@pytest.mark.parametrize("file", sorted(BENCH.rglob("*.py")), ids=lambda file: file.relative_to(BENCH).as_posix())
def test_each_benchmark_can_be_loaded(file: Path) -> None:
    if file.name != "__main__.py":
        importlib.import_module(".".join(file.relative_to(BENCH.parent).with_suffix("").parts))
