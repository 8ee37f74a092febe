"""Pages of the documentation that a test follows. The test runs their commands and compares the output.

A fenced block holds commands after `$ `, each with its output. A block `diff FILE` holds lines to add (`+`) and to take
away (`-`) beside existing lines. `…` stands for any text. Only words are compared, not spaces or line breaks.
"""

from __future__ import annotations

import re
import shlex
from contextlib import chdir
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from tests.suite import Answer

DOCS = Path(__file__).parent.parent / "docs"
_BLOCK = re.compile(r"^```(?:diff (?P<file>\S+))?\n(?P<text>.*?)^```$", re.MULTILINE | re.DOTALL)
_MONTH = "(?:January|February|March|April|May|June|July|August|September|October|November|December)"
VARIES = {
    rf"\b(?:\d{{1,2}} )?{_MONTH} \d{{4}}(?: \d\d:\d\d)?\b|\b\d{{4}}-\d\d-\d\d\b": "DAY",
    r"(?<!sg-)\b[0-9a-f]{8,}\b|\b[0-9a-f]{4}(?=…)": "ID",
    r"(?<=raised )\d+|(?<=later )\d+|\b\d+ of \d+(?= come)": "SOME",
}
"""Text that varies each day: days and times, hashes, ids of items, and the number of invented people affected."""
_PROGRESS = re.compile(r"^.*: [\d,]+ of [\d,]+\n", re.MULTILINE)


@dataclass(frozen=True)
class Command:
    """A command and its output according to the page."""

    line: str
    answer: str


@dataclass(frozen=True)
class Edit:
    """Lines of a file that the page changes, with lines beside them."""

    file: str
    before: str
    after: str


def steps(page: str, years: int = 0) -> Iterator[Command | Edit]:
    """Yield the steps of a page in order, with the page's dates moved that many years later."""
    for block in _BLOCK.finditer(page):
        if block["file"]:
            lines = block["text"].splitlines()
            before = "".join(f"{line[1:]}\n" for line in lines if line[0] in " -")
            after = (_later(line[1:], years) if line[0] == "+" else line[1:] for line in lines if line[0] in " +")
            yield Edit(block["file"], before, "".join(f"{line}\n" for line in after))
            continue
        for part in re.split(r"^\$ ", block["text"], flags=re.MULTILINE)[1:]:
            line, _, answer = part.partition("\n")
            yield Command(_later(line, years), answer)


def follow(step: Command | Edit, folder: Path, psmf: Callable[..., Answer]) -> str:
    """Do one step as a person at a terminal would, in a folder. Return the output without the progress bar."""
    if isinstance(step, Edit):
        file = folder / step.file
        text = file.read_text()
        assert text.count(step.before) == 1, f"{step.file} must contain this exactly once:\n{step.before}"
        file.write_text(text.replace(step.before, step.after))
        return ""
    line, _, into = step.line.partition(" > ")
    program, *words = shlex.split(line)
    assert program == "psmf", step.line
    with chdir(folder):
        said = psmf(*words)
        if into:
            Path(into).write_text(said.stdout)
    return _PROGRESS.sub("", said.stderr if into else said.stdout + said.stderr)


def says(answer: str, page: str) -> bool:
    """Return whether an output matches the page."""
    parts = (re.escape(part.strip()) for part in _plain(page).split("…"))
    return re.fullmatch(r"\s*.*?\s*".join(parts), _plain(answer)) is not None


def years_until_next_april(page_year: int, today: date) -> int:
    """Return how many years after the page's year the next first of April is."""
    return today.year + (today >= date(today.year, 4, 1)) - page_year


def _plain(text: str) -> str:
    text = " ".join(text.split())
    for pattern, word in VARIES.items():
        text = re.sub(pattern, word, text)
    return text


def _later(text: str, years: int) -> str:
    return re.sub(r"\b(\d{4})(?=-\d\d-\d\d\b)", lambda year: str(int(year[1]) + years), text)
