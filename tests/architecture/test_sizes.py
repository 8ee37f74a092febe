"""Random cases have their size from one place: one in twenty in `make test`, all of them in `make long`."""

import re

import pytest

from tests import sharing, sizes
from tests.architecture.source import ROOT

DRAWN = re.compile(r"max_examples=(?!part_of\()")
USES_BROKER = re.compile(r"\bbrokers\.|\bkafka_line\b|\bline: Line\b")


@pytest.mark.parametrize(("whole", "part"), [(15_000, 750), (151, 8), (30, 3), (3, 3)])
def test_a_run_tries_a_part_or_the_whole(monkeypatch: pytest.MonkeyPatch, whole: int, part: int) -> None:
    monkeypatch.setattr(sizes, "WHOLE", False)
    assert sizes.part_of(whole) == part
    monkeypatch.setattr(sizes, "WHOLE", True)
    assert sizes.part_of(whole) == whole


def test_no_test_says_the_number_of_its_random_cases_by_itself() -> None:
    files = [file for file in (ROOT / "tests").rglob("test_*.py") if DRAWN.search(file.read_text())]
    assert [str(file.relative_to(ROOT)) for file in files if file.name != "test_sizes.py"] == []


def test_what_tries_a_tenth_is_run_whole_by_make_long(request: pytest.FixtureRequest) -> None:
    for item in request.session.items:
        drawn = hasattr(getattr(item, "obj", None), "hypothesis")
        assert not drawn or item.get_closest_marker("scaled"), item.nodeid


def test_what_uses_the_whole_suite_is_run_by_one_process(request: pytest.FixtureRequest) -> None:
    """Else each of two would start it, and tell its story."""
    for item in request.session.items:
        uses = {"suite", "told", "production"} & set(getattr(item, "fixturenames", ()))
        assert not uses or sharing.group_of(item.nodeid) == "suite", item.nodeid


def test_what_uses_a_broker_is_run_by_one_process() -> None:
    files = [file for file in (ROOT / "tests").rglob("test_*.py") if USES_BROKER.search(file.read_text())]
    names = [str(file.relative_to(ROOT)) for file in files]
    assert {sharing.group_of(name) for name in names if "test_sizes" not in name} == {"broker"}
