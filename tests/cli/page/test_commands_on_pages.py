"""Every command that a page of the documentation shows can be typed: the command and its options exist.

The kind that this closes: a page names a command, or an option, that an earlier release had.
"""

import re
import shlex
from collections.abc import Iterator

import pytest
from typer.main import get_command

from services.cli.command import GROUPS
from services.cli.main import command_line
from tests.pages import DOCS

ROOT = get_command(command_line(set(GROUPS)))
PAGES = [
    *(DOCS.parent / name for name in ("README.md", "CONTRIBUTING.md")),
    *DOCS.glob("*.md"),
    *DOCS.glob("runbooks/*.md"),
]
_SHOWN = re.compile(r"`(psmf [^`\n]+)`|^\s*(?:\$ |Next[^:\n]*: )?(psmf [^\n]+)$", re.MULTILINE)
_AFTER = re.compile(r"\s{3,}|\s[<>|#]\s?")
"""What ends a command on a page: a remark beside it, or what the shell does with it."""


def shown_on(text: str) -> Iterator[list[str]]:
    """Yield the words of each command on a page, without `psmf`. Names in capitals stand for what people type."""
    for found in _SHOWN.finditer(text.replace("\\\n", " ")):
        line = _AFTER.split(found[1] or found[2])[0].rstrip(".")
        words = shlex.split(line.replace("…", "SOMETHING"))[1:]
        if not (words and words[0].isupper()):
            yield words


def fault_of(words: list[str]) -> str:
    """Return what is wrong with the words of a command; empty if they can be typed."""
    node, rest = ROOT, list(words)
    while rest and not rest[0].startswith("-") and (below := getattr(node, "commands", None)):
        if rest[0] not in below:
            return f"psmf {' '.join(words)}: there is no {rest[0]}"
        node = below[rest.pop(0)]
    known = {option for parameter in node.params for option in (*parameter.opts, *parameter.secondary_opts)}
    known |= {"--help", "-h"}
    unknown = [word for word in rest if re.fullmatch(r"--?[a-z][a-z-]*", word.partition("=")[0])]
    missing = [word for word in unknown if word.partition("=")[0] not in known]
    return f"psmf {' '.join(words)}: no option {' '.join(missing)}" if missing else ""


@pytest.mark.parametrize(
    ("line", "fault"),
    [
        ("`psmf alert list --all`", ""),
        ("`psmf alert lst`", "there is no lst"),
        ("$ psmf alert list --everything   all of them", "no option --everything"),
        ("psmf kpi report --period rolling --csv   the last twelve months", ""),
    ],
)
def test_a_command_that_does_not_exist_is_seen(line: str, fault: str) -> None:
    (words,) = shown_on(line)
    found = fault_of(words)
    assert fault in found
    assert bool(fault) == bool(found)


def test_every_command_on_a_page_can_be_typed() -> None:
    faults = [
        f"{page.relative_to(DOCS.parent)}: {fault}"
        for page in PAGES
        for words in shown_on(page.read_text())
        if (fault := fault_of(words))
    ]
    assert faults == []
