"""Writes docs/coverage.md from docs/requirements.yaml: `make docs`.

A test compares the page with what this writes, and checks every row (tests/architecture/test_requirements.py).
"""

from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

import yaml

from services.platform.data_file import YAML_LOADER

DOCS = Path(__file__).parents[1] / "docs"
FILE, PAGE = DOCS / "requirements.yaml", DOCS / "coverage.md"
STATES = ("here", "partly", "missing")
HEADINGS = "| Row | It asks | State | Still missing | Where | Held by |"
OPENING = """# What is here, and what is not yet

For Ministers' officials and engineers. `make docs` writes this page from `docs/requirements.yaml`. Change that file,
not this page.

- `R` rows are the sentences of the *Performance Support & Monitoring Framework* (October 2016) that ask for something,
  in its order.
- `X` and `B` rows are ours. `X` is what the law, similar systems and the Framework's own promises imply. `B` is what
  no similar system has.
- The last part explains the other codes that code, tests and pages cite.

Code and tests name the same codes: `grep -rn R45 services tests`.

- **Here**: somebody who uses the product can reach everything the row asks for, and tests hold it.
- **Partly**: some of it is there, and the page says what is still missing.
- **Missing**: nobody can use any of it yet.

This is the first release; it also has [limits](operations.md#known-limits-of-this-release).
"""


class Row(NamedTuple):
    """One requirement: what it asks, how far it has come, and the tests that hold it."""

    id: str
    asks: str = ""
    state: str = ""
    missing: str = ""
    where: str = ""
    tests: Sequence[str] = ()


class Section(NamedTuple):
    """Rows under one heading of a part of the page."""

    part: str
    section: str
    rows: Sequence[Row]


class Promise(NamedTuple):
    """Something the release promises as a whole, with the tests that hold it."""

    asks: str
    where: str = ""
    tests: Sequence[str] = ()


class Requirements(NamedTuple):
    """Everything docs/requirements.yaml holds."""

    sections: Sequence[Section]
    promises: Sequence[Promise]

    @property
    def rows(self) -> Sequence[Row]:
        """Every row, in the order of the page."""
        return [row for section in self.sections for row in section.rows]


def read(text: str) -> Requirements:
    """Return what the file holds. Raises TypeError for a field that a row does not have."""
    found = yaml.load(text, Loader=YAML_LOADER)  # noqa: S506  it is a safe one
    sections = [
        Section(each["part"], each["section"], [Row(**row) for row in each["rows"]]) for each in found["sections"]
    ]
    return Requirements(sections, [Promise(**each) for each in found["promises"]])


def text_of(requirements: Requirements) -> str:
    """Return the page: counts first, then each part with its sections, then the promises."""
    lines = [OPENING, *_counts(requirements)]
    part = ""
    for section in requirements.sections:
        if section.part != part:
            part = section.part
            lines += ["", f"## {part}"]
        lines += ["", f"### {section.section}", "", HEADINGS, "| --- | --- | --- | --- | --- | --- |"]
        lines += [
            f"| {row.id} | {row.asks} | {row.state} | {row.missing} | {row.where} | {_links(row.tests)} |"
            for row in section.rows
        ]
    lines += ["", "## What the first release promises", "", "| Promise | Where | Held by |", "| --- | --- | --- |"]
    lines += [f"| {promise.asks} | {promise.where} | {_links(promise.tests)} |" for promise in requirements.promises]
    return "\n".join(lines) + "\n"


def _counts(requirements: Requirements) -> Iterator[str]:
    """A line for each kind of row, and one for all that are asked of us: R, X and B."""
    yield f"| | {' | '.join(state.capitalize() for state in STATES)} | Rows |"
    yield "| --- | ---: | ---: | ---: | ---: |"
    rows = requirements.rows
    yield _count("The Framework (`R`)", [row for row in rows if row.id[0] == "R"])
    yield _count("Ours (`X` and `B`)", [row for row in rows if row.id[0] in "XB"])
    yield _count("**All requirements**", [row for row in rows if row.id[0] in "RXB"])
    yield _count("Other codes", [row for row in rows if row.id[0] not in "RXB"])


def _count(title: str, rows: Sequence[Row]) -> str:
    states = Counter(row.state for row in rows)
    return f"| {title} | {' | '.join(str(states[state]) for state in STATES)} | {len(rows)} |"


def _links(tests: Sequence[str]) -> str:
    """One link for each test file, whichever of its functions are named."""
    files = dict.fromkeys(test.partition("::")[0] for test in tests)
    return ", ".join(f"[{file.removeprefix('tests/')}](../{file})" for file in files)


if __name__ == "__main__":
    PAGE.write_text(text_of(read(FILE.read_text(encoding="utf-8"))), encoding="utf-8")
