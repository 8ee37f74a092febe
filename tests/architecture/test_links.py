"""Every link from a page of ours leads to a page that exists, and to a heading on it."""

import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

from tests.architecture.source import ROOT, place, tracked

LINK = re.compile(r"\]\(([^)\s]+)\)")
CODE = re.compile(r"^```.*?^```|`[^`\n]*`", re.MULTILINE | re.DOTALL)
HEADING = re.compile(r"^#{1,6} (.+)$", re.MULTILINE)
# What the documents are made from. Their links hold on the page that is made, and that page is read too.
MADE_ELSEWHERE = ("tools/event_contract.md",)


def pages() -> list[Path]:
    """Return every page, and the file of requirements, whose links hold in docs/coverage.md beside it."""
    written = [file for file in tracked() if file.suffix == ".md" and place(file) not in MADE_ELSEWHERE]
    return [*written, ROOT / "docs/requirements.yaml"]


def anchor(heading: str) -> str:
    """Return the anchor that a web server for Markdown makes of a heading."""
    words = re.sub(r"\]\([^)]*\)", "]", heading).lower()
    return re.sub(r"[^\w\- ]", "", words).strip().replace(" ", "-")


@cache
def anchors(page: Path) -> frozenset[str]:
    """Return the anchors of a page."""
    text = re.sub(r"^```.*?^```", "", page.read_text(encoding="utf-8"), flags=re.MULTILINE | re.DOTALL)
    return frozenset(anchor(heading) for heading in HEADING.findall(text))


def dead_links(text: str, page: Path) -> Iterator[str]:
    """Yield each link of a text that leads nowhere. `page` is where the text stands."""
    for target in LINK.findall(CODE.sub("", text)):
        name, _, heading = target.partition("#")
        if ":" in name:  # another site
            continue
        there = (page.parent / name).resolve() if name else page
        if not there.exists():
            yield f"{target}: there is no such page"
        elif heading and there.suffix == ".md" and heading not in anchors(there):
            yield f"{target}: the page has no such heading"


def test_every_link_leads_to_a_page_and_a_heading() -> None:
    dead = [
        f"{place(page)}: {fault}" for page in pages() for fault in dead_links(page.read_text(encoding="utf-8"), page)
    ]
    assert dead == []


def test_the_list_of_decisions_has_each_once_under_its_title() -> None:
    folder = ROOT / "docs/decisions"
    titles = {
        file.name: re.sub(r"^# \d+[.:] ", "", file.read_text(encoding="utf-8").splitlines()[0])
        for file in folder.glob("0*.md")
    }
    rows = re.findall(r"^\| (\d+) \| \[(.+?)\]\((0\S+?)\) \|", (folder / "README.md").read_text(), re.MULTILINE)
    assert rows == [(str(int(name[:4])), title, name) for name, title in sorted(titles.items())]


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ("[a](nothing.md)", "nothing.md: there is no such page"),
        ("[a](kpis.md#nothing)", "kpis.md#nothing: the page has no such heading"),
        ("[a](#nothing)", "#nothing: the page has no such heading"),
    ],
)
def test_a_dead_link_is_found(text: str, fault: str) -> None:
    assert list(dead_links(text, ROOT / "docs/glossary.md")) == [fault]


def test_what_is_code_is_no_link() -> None:
    assert list(dead_links("`[a](nothing.md)`\n```\n[b](nothing.md)\n```\n", ROOT / "docs/glossary.md")) == []


@pytest.mark.parametrize(
    ("heading", "expected"),
    [
        ("Logs, traces and metrics", "logs-traces-and-metrics"),
        ("What `psmf` says", "what-psmf-says"),
        ("A [link](page.md) in it", "a-link-in-it"),
    ],
)
def test_a_heading_has_the_anchor_of_its_words(heading: str, expected: str) -> None:
    assert anchor(heading) == expected
