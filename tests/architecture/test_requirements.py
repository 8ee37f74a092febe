"""docs/requirements.yaml has an honest line for each requirement and cited code; docs/coverage.md is made from it."""

import ast
import re
from collections import Counter
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

from tests.architecture.source import ROOT, place, tracked, tree
from tests.telemetry.test_runbooks import unknown_commands
from tools.coverage import FILE, PAGE, STATES, Promise, Requirements, Row, Section, read, text_of

ASKED = {f"{family}{number}" for family, last in (("R", 168), ("X", 40), ("B", 25)) for number in range(1, last + 1)}
"""Every row that is asked of us."""
CODE = re.compile(
    r"(?<!\d{4}-)(?<![\w.])"  # not the quarter in 2026-Q3, not the end of another word
    r"([RXB][1-9]\d{0,2}|D[1-9]\d?(?:\.\d{1,2})?|[QEF][1-9]\d?|[EH]-\d)"
    r"(?!\w)"
)
DOORS = re.compile(r"\bdoors D[1-9]\d?\b(?!\.\d)")
"""D5 is a part of the domain model, `doors D5` a way in for people and systems."""
OF_ONE_CASE = re.compile(r"(?<![\w.])(?:doors D|[PF])[1-9]\d?\b(?!\.\d)")
"""Codes of one case each. Tests that cite one belong to its row."""
RELIABILITY = re.compile(r"\breliability ([A-Z][\w, .-]*)")
"""S10 is a requirement here; S1 elsewhere is a Practice Standard."""
METHOD = re.compile(r"`([A-Z][A-Za-z]+)`")
LINK = re.compile(r"\]\(([^)#]+)")
NO_CITATIONS = (".lock", ".binpb", ".pyi", "_pb2.py", "_pb2_grpc.py", ".woff2", ".min.css", ".png")
REQUIREMENTS = read(FILE.read_text(encoding="utf-8"))


def cited_in(text: str) -> set[str]:
    """Return the requirement codes a text cites."""
    standards = {code for said in RELIABILITY.findall(text) for code in re.findall(r"\bS[1-9]\d?\b", said)}
    return set(CODE.findall(DOORS.sub("", text))) | set(DOORS.findall(text)) | standards


def cited() -> dict[str, str]:
    """Return each code cited anywhere in the repository, with a file that cites it."""
    files = [file for file in tracked() if file not in (FILE, PAGE) and not file.name.endswith(NO_CITATIONS)]
    return {code: place(file) for file in files for code in cited_in(file.read_text(errors="replace"))}


def faults_of_a_row(row: Row) -> Iterator[str]:
    """Yield what keeps a row from saying honestly how far it has come."""
    if not row.asks:
        yield "does not say what it asks"
    if row.state not in STATES:
        yield f"has no state: one of {', '.join(STATES)}"
    if row.state == "partly" and not row.missing:
        yield "is partly here, and does not say what is missing"
    if row.state != "partly" and row.missing:
        yield "says what is missing, and is not partly here"
    if row.state == "here" and not row.tests:
        yield "is here, and no test holds it"
    if row.state == "here" and not row.where:
        yield "is here, and does not say where"
    if row.state == "missing" and row.tests:
        yield "is missing, and names a test"


def faults_of_pointers(said: Row | Promise) -> Iterator[str]:
    """Yield each test, command, method and page that is named and does not exist."""
    yield from (f"names {test}, which does not exist" for test in said.tests if not _is_a_test(test))
    yield from (f"names psmf {command}, which does not exist" for command in unknown_commands(said.where))
    yield from (f"names {name}, which no contract has" for name in METHOD.findall(said.where) if name not in METHODS)
    for page in LINK.findall(said.where):
        if not (PAGE.parent / page).is_file():
            yield f"leads to {page}, which does not exist"


def faults_of_cases(row: Row) -> Iterator[str]:
    """Yield each test of one case that belongs to another one, by the codes that it cites itself."""
    if OF_ONE_CASE.fullmatch(row.id):
        for test in row.tests:
            cases = set(OF_ONE_CASE.findall(_source(test)))
            if cases and row.id not in cases:
                yield f"names {test}, which is of {', '.join(sorted(cases))}"


METHODS = {name for file in tracked() if file.suffix == ".proto" for name in re.findall(r"rpc (\w+)", file.read_text())}


@cache
def _files() -> frozenset[Path]:
    return frozenset(tracked())


@cache  # the repository does not change meanwhile
def _is_a_test(test: str) -> bool:
    name, _, function = test.partition("::")
    file = ROOT / name
    if file not in _files() or not file.name.startswith("test_") or file.suffix != ".py":
        return False
    functions = {node.name for node in tree(file).body if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)}
    return function in functions if function else "def test_" in file.read_text() or "TestCase" in file.read_text()


@cache
def _source(test: str) -> str:
    """Return the text of a test file, or of one function of it. Empty if it does not exist."""
    name, _, function = test.partition("::")
    if not _is_a_test(test):
        return ""
    lines = (ROOT / name).read_text(encoding="utf-8").splitlines()
    bodies = [node for node in tree(ROOT / name).body if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)]
    places = [(node.lineno - 1, node.end_lineno) for node in bodies if node.name == function]
    return "\n".join(lines[slice(*places[0])] if places else lines)


def faults(requirements: Requirements) -> list[str]:
    """Return everything wrong with the rows, each fault with the row's code."""
    rows = requirements.rows
    found = [f"{row.id} {fault}" for row in rows for fault in _faults_of(row)]
    found += [f"{one.asks} {fault}" for one in requirements.promises for fault in faults_of_pointers(one)]
    found += [f"{code} stands twice" for code, times in Counter(row.id for row in rows).items() if times > 1]
    codes = {row.id for row in rows}
    found += [f"{code} is not there" for code in sorted(ASKED - codes)]
    found += [f"{code} is no requirement" for code in sorted(codes - ASKED) if code[0] in "RXB"]
    return found


def _faults_of(row: Row) -> Iterator[str]:
    yield from faults_of_a_row(row)
    yield from faults_of_pointers(row)
    yield from faults_of_cases(row)


def uncited(requirements: Requirements, citations: dict[str, str]) -> list[str]:
    """Return each cited code without a line, with a file that cites it."""
    lines = {row.id for row in requirements.rows}
    return [f"{code}, cited in {file}" for code, file in sorted(citations.items()) if code not in lines]


def test_every_row_is_honest_and_what_it_names_exists() -> None:
    assert faults(REQUIREMENTS) == []


def test_every_cited_code_has_a_line() -> None:
    assert uncited(REQUIREMENTS, cited()) == []


def test_the_page_is_written_from_the_file() -> None:
    assert PAGE.read_text(encoding="utf-8") == text_of(REQUIREMENTS), "make docs"


def test_the_page_shows_every_row_once_and_counts_them() -> None:
    page = text_of(REQUIREMENTS)
    assert re.findall(r"^\| ([RXB]\d+) \|", page, re.MULTILINE) == [
        row.id for row in REQUIREMENTS.rows if row.id[0] in "RXB"
    ]
    states = Counter(row.state for row in REQUIREMENTS.rows if row.id in ASKED)
    assert f"| {states['here']} | {states['partly']} | {states['missing']} | 233 |" in page


# Each check is seen to fail.

HELD = "tests/architecture/test_requirements.py"
GOOD = Row("R1", "Keep one register.", "here", where="`psmf safeguarder list`", tests=[HELD])


@pytest.mark.parametrize(
    ("row", "fault"),
    [
        (GOOD._replace(asks=""), "does not say what it asks"),
        (GOOD._replace(state=""), "has no state"),
        (GOOD._replace(state="later"), "has no state"),
        (GOOD._replace(state="partly"), "is partly here, and does not say what is missing"),
        (GOOD._replace(missing="A list."), "says what is missing, and is not partly here"),
        (GOOD._replace(tests=[]), "is here, and no test holds it"),
        (GOOD._replace(where=""), "is here, and does not say where"),
        (GOOD._replace(state="missing"), "is missing, and names a test"),
        (GOOD._replace(tests=["tests/test_nothing.py"]), "names tests/test_nothing.py, which does not exist"),
        (GOOD._replace(tests=[f"{HELD}::test_nothing"]), f"names {HELD}::test_nothing, which does not exist"),
        (GOOD._replace(tests=["tests/architecture/source.py"]), "names tests/architecture/source.py, which"),
        (GOOD._replace(where="`psmf safeguarder forget`"), "names psmf safeguarder forget, which does not exist"),
        (GOOD._replace(where="`ForgetSafeguarder`"), "names ForgetSafeguarder, which no contract has"),
        (GOOD._replace(where="[a page](nothing.md#at-all)"), "leads to nothing.md, which does not exist"),
    ],
)
def test_a_bad_row_is_found(row: Row, fault: str) -> None:
    found = faults(_with(row))
    assert len(found) == 1
    assert found[0].startswith(f"R1 {fault}")


def test_a_test_of_another_case_is_found() -> None:
    other = "tests/rules/domain/concerns/test_reviews_of_actions.py"
    assert faults(_with(GOOD, Row("P16", "Two readings.", "here", where="`psmf kpi report`", tests=[other]))) == [
        f"P16 names {other}, which is of P11"
    ]


def _with(*rows: Row, without: str = "") -> Requirements:
    """Return the requirements with these rows in the place of those with the same code, and without one."""
    changed = {row.id for row in rows} | {without}
    kept = [row for row in REQUIREMENTS.rows if row.id not in changed]
    return Requirements([Section("The Framework", "Context", [*rows, *kept])], REQUIREMENTS.promises)


def test_a_promise_held_by_no_test_is_found() -> None:
    promise = Promise("Nothing is lost", tests=["tests/test_nothing.py"])
    assert faults(REQUIREMENTS._replace(promises=[promise])) == [
        "Nothing is lost names tests/test_nothing.py, which does not exist"
    ]


def test_a_list_that_is_not_complete_is_found() -> None:
    assert faults(_with(without="R168")) == ["R168 is not there"]
    assert faults(_with(GOOD, GOOD)) == ["R1 stands twice"]
    assert faults(_with(GOOD._replace(id="X" + "41"))) == ["X" + "41 is no requirement"]


def test_a_field_that_no_row_has_is_refused() -> None:
    with pytest.raises(TypeError):
        read("sections: [{part: P, section: S, rows: [{id: R1, test: tests/test_nothing.py}]}]\npromises: []")


def test_a_cited_code_without_a_line_is_found() -> None:
    assert uncited(_with(without="B4"), {"B4": "docs/a.md", "R2": "docs/b.md"}) == ["B4, cited in docs/a.md"]


@pytest.mark.parametrize(
    ("text", "codes"),
    [
        ("Counts after reply (R45, B4, D15.16).", {"R45", "B4", "D15.16"}),
        ("R79-R81; reliability Q13, S13", {"R79", "R81", "Q13", "S13"}),
        ("E-4, H-1 and E8", {"E-4", "H-1", "E8"}),
        ("# noqa: B018  S4.1 of standard S4, in 2026-Q3", set()),
        ("psmf kpi freeze 2026-Q2, E.1, R1a", set()),
        ("doors D5, and D5; doors D13.", {"doors D5", "D5", "doors D13"}),
    ],
)
def test_codes_are_told_from_other_words(text: str, codes: set[str]) -> None:
    assert cited_in(text) == codes


def test_a_page_changed_by_hand_or_left_behind_is_found() -> None:
    changed = _with(GOOD._replace(asks="Keep two registers."))
    assert text_of(changed) != text_of(_with(GOOD))
    assert "| R1 | Keep two registers. | here |" in text_of(changed)
