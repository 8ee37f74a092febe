"""Whether a rule falls unevenly: tests that are exact for small numbers, and no verdict (B3)."""

from math import isclose

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.cli.rules.fairness import compare, exact_interval, fisher
from tests.cli.test_answers import data
from tests.suite import LoadedSuite


@pytest.mark.parametrize(
    ("table", "chance"),
    [
        ((3, 4, 1, 4), 0.48571428571428565),
        ((1, 10, 11, 14), 0.0027594561852),
        ((8, 10, 1, 6), 0.034965),
        ((0, 5, 0, 5), 1.0),
    ],
    ids=["the lady tasting tea", "a clear difference", "scipy's own example", "nothing at all"],
)
def test_fishers_test_gives_the_published_values(table: tuple[int, int, int, int], chance: float) -> None:
    assert isclose(fisher(*table), chance, abs_tol=5e-5)


@pytest.mark.parametrize(
    ("touched", "people", "low", "high"),
    [(0, 10, 0.0, 0.30850), (10, 10, 0.69150, 1.0), (5, 10, 0.18709, 0.81291), (1, 20, 0.00127, 0.24873)],
)
def test_the_interval_is_clopper_and_pearsons(touched: int, people: int, low: float, high: float) -> None:
    found = exact_interval(touched, people)
    assert isclose(found[0], low, abs_tol=1e-4)
    assert isclose(found[1], high, abs_tol=1e-4)


@given(st.integers(0, 30), st.integers(0, 30), st.integers(0, 30), st.integers(0, 30))
def test_the_groups_may_change_places(a: int, b: int, c: int, d: int) -> None:
    one, other = fisher(a, a + b, c, c + d), fisher(c, c + d, a, a + b)
    assert isclose(one, other, abs_tol=1e-9)
    assert 0 <= one <= 1 + 1e-9


def test_each_group_is_held_against_all_others_and_many_comparisons_count() -> None:
    touched = {f"p{n}": n < 8 for n in range(60)}
    groups = compare(touched, {f"p{n}": "north" if n < 10 else "east" if n < 30 else "west" for n in range(60)})
    assert [(group.name, group.touched, group.people) for group in groups] == [
        ("east", 0, 20), ("north", 8, 10), ("west", 0, 30),
    ]  # fmt: skip
    assert groups[1].chance == pytest.approx(fisher(8, 10, 0, 50) * 3)


def test_the_demo_is_looked_at_by_region_and_year_without_a_verdict(suite: LoadedSuite) -> None:
    found = data(suite, "rules", "fair", "report-late")["rules"]
    assert [entry["by"] for entry in found] == ["region", "appointed in"]
    assert {group["name"] for group in found[0]["groups"]} <= {"east", "north", "west"}
    assert all(group["people"] >= 5 for entry in found for group in entry["groups"])
    said = suite.psmf("rules", "fair", "report-late")
    assert "do not conclude" in said.stderr
    assert "report-late" in said.stdout
