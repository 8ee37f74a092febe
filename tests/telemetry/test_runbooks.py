"""Each alert has a page that answers the six questions of a person on call, and names only existing commands."""

import re
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from typer.main import get_command

from services.cli.command import GROUPS
from services.cli.main import command_line
from services.cli.ops.checks import SHOULD_BE_NONE, runbooks
from tests.suite import ask_psmf
from tests.telemetry.test_alert_rules import NAMES

PARTS = ("**What people feel.**", "**What it means.**", "## Look", "## Fix", "## Confirm", "## Escalate")
PSMF = re.compile(r"(?:^|`)psmf ([^`\n]+)", re.MULTILINE)
PAGES = sorted(runbooks().values())
EVERY_PAGE = pytest.mark.parametrize("page", PAGES, ids=lambda page: page.stem)


def unknown_commands(text: str) -> list[str]:
    """Return the psmf commands in a text that do not exist or do not take the options used."""
    return [said for said in PSMF.findall(text) if not _is_known(_command_tree(), said.split())]


@cache  # it takes most of a second to build, and nothing changes it
def _command_tree() -> Any:
    return get_command(command_line(set(GROUPS)))


def _is_known(tree: Any, words: list[str]) -> bool:
    command = tree
    while words and hasattr(command, "commands") and words[0] in command.commands:
        command = command.commands[words.pop(0)]
    if hasattr(command, "commands") and words != ["--version"]:
        return False
    options = {option for parameter in command.params for option in parameter.opts}
    return all(word in options for word in words if word.startswith("-"))


def test_every_alert_has_a_page_and_every_page_an_alert() -> None:
    assert sorted(page.stem for page in PAGES) == NAMES


@EVERY_PAGE
def test_a_page_says_what_one_asks_at_night(page: Path) -> None:
    text = page.read_text()
    assert text.startswith(f"# {page.stem}: ")
    places = [text.find(part) for part in PARTS]
    assert -1 not in places
    assert places == sorted(places)
    assert PSMF.search(text), "the page must name a command"


@EVERY_PAGE
def test_a_page_names_only_commands_that_there_are(page: Path) -> None:
    assert unknown_commands(page.read_text()) == []


@EVERY_PAGE
def test_a_page_leads_only_to_pages_that_there_are(page: Path) -> None:
    assert set(re.findall(r"Psmf\w+", page.read_text())) <= set(NAMES)


def test_a_command_that_is_not_there_is_found() -> None:
    text = "`psmf ops mend`\n\n```\npsmf events replay --all\npsmf ops status --loud\n```\n`psmf ops status --json`"
    assert unknown_commands(text) == ["ops mend", "events replay --all", "ops status --loud"]


def test_the_doctor_names_only_alerts_that_there_are() -> None:
    assert {runbook for *_, runbook in SHOULD_BE_NONE} <= set(NAMES)


def test_a_page_is_read_by_its_alert(tmp_path: Path) -> None:
    shown = ask_psmf(tmp_path, "ops", "runbook", "PsmfDeadLetters")
    assert shown.returncode == 0
    assert shown.stdout.startswith("# PsmfDeadLetters: ")
    assert ask_psmf(tmp_path, "ops", "runbook").stdout.split() == NAMES
    missing = ask_psmf(tmp_path, "ops", "runbook", "DeadLetter")
    assert missing.returncode == 3
    assert "Did you mean PsmfDeadLetters" in missing.stderr
