"""Help and explanations fit the terminal: no word is cut, and every example keeps a line."""

import inspect
import re
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from typer.main import get_command

from services.cli.command import GROUPS
from services.cli.main import command_line
from services.cli.page.help import HelpPage
from services.client.lines import UNLIMITED
from services.client.why import why
from tests.suite import ask_psmf

WIDTHS = (60, 80, 120)
Path = tuple[str, ...]


def _every_command(command: Any, path: Path = (), above: Any = None) -> Iterator[tuple[Path, tuple[Any, Any]]]:
    """Yield each group and command, with the context in which it is called, by the words that call it."""
    name = path[-1] if path else "psmf"
    context = command.context_class(command, info_name=name, parent=above, **command.context_settings)
    yield path, (command, context)
    for name, below in getattr(command, "commands", {}).items():
        yield from _every_command(below, (*path, name), context)


COMMANDS = dict(_every_command(get_command(command_line(set(GROUPS)))))


@contextmanager
def _columns(columns: int | None) -> Iterator[None]:
    """Show everything in so many columns; None: there is no terminal."""
    with pytest.MonkeyPatch.context() as patch:
        if columns:
            patch.setenv("COLUMNS", str(columns))
        else:
            patch.delenv("COLUMNS", raising=False)
        yield


def _help(path: Path, columns: int | None) -> str:
    command, context = COMMANDS[path]
    with _columns(columns):
        text: str = command.get_help(context)
    return text


def _examples(command: Any) -> list[str]:
    """Return the lines of a command's help that begin with the program, as they are written."""
    lines = inspect.cleandoc(command.help or "").splitlines()
    return [line.strip() for line in lines if line.strip().startswith("psmf ")]


def _joined(text: str) -> list[str]:
    """Return the lines as a shell reads them: what ends with a backslash goes on in the next line."""
    return [line.strip() for line in re.sub(r" \\\n\s*", " ", text).splitlines()]


def _words(text: str) -> list[str]:
    return re.sub(r" \\\n", " ", text).split()


@pytest.mark.parametrize("columns", WIDTHS)
def test_a_command_shows_that_page(tmp_path: Any, columns: int) -> None:
    """doors D6: `psmf … --help` as it is called, and the usage above a mistake."""
    with _columns(columns):
        asked, mistaken = ask_psmf(tmp_path, "session", "move", "-h"), ask_psmf(tmp_path, "session", "move", "--nope")
    assert asked.stdout.rstrip("\n") == _help(("session", "move"), columns)
    assert mistaken.returncode == 2
    assert mistaken.stderr.splitlines()[0] == asked.stdout.splitlines()[0]


def test_there_are_commands_to_try() -> None:
    """doors D6"""
    assert len(COMMANDS) > 80
    assert sum(len(_examples(command)) > 1 for command, _ in COMMANDS.values()) > 10


@pytest.mark.parametrize("columns", WIDTHS)
def test_the_help_of_every_command_fits_the_terminal_and_cuts_no_word(columns: int) -> None:
    """doors D6: every group and command at 60, 80 and 120 columns, with the words that it has at no width."""
    for path in COMMANDS:
        page, unwrapped = _help(path, columns), _help(path, None)
        assert max(map(len, page.splitlines())) <= columns, (path, page)
        assert _words(page) == _words(unwrapped), path


@pytest.mark.parametrize("columns", [*WIDTHS, None])
def test_every_example_keeps_a_line(columns: int | None) -> None:
    """doors D6: two examples never run together, and one that is too long is continued as a shell continues it."""
    for path, (command, _) in COMMANDS.items():
        lines = _joined(_help(path, columns))
        for example in _examples(command):
            assert example in lines, (path, example)


def test_what_is_piped_is_not_wrapped() -> None:
    """doors D6: a program that reads the help gets a line for each sentence, option and example."""
    lines = _help(("session", "move"), None).splitlines()
    assert "  psmf session move 1a2b3c4d --to 2026-12-03T10:00 --asked-by safeguarder" in lines
    assert max(map(len, lines)) > max(WIDTHS)


words = st.text(st.characters(categories=("Ll", "Lu", "Nd"), include_characters="-./"), min_size=1, max_size=24)
sentences = st.lists(words, min_size=1, max_size=40).map(" ".join)


@given(st.lists(st.tuples(words, sentences), min_size=1, max_size=8), st.integers(40, 140))
def test_no_list_of_options_is_wider_than_the_page_or_loses_a_word(rows: list[tuple[str, str]], width: int) -> None:
    """doors D6: for options and descriptions of any length."""
    page = HelpPage(width)
    with page.section("Options"):
        page.write_dl(rows)
    text = page.getvalue()
    assert max(map(len, text.splitlines())) <= width
    assert text.split()[1:] == " ".join(f"{term} {described}" for term, described in rows).split()


@given(st.lists(sentences, min_size=1, max_size=4), sentences, sentences, st.integers(40, 140))
def test_no_explanation_is_wider_than_the_terminal_or_loses_a_word(
    items: list[str], because: str, source: str, width: int
) -> None:
    """doors D6: `alert why` at any width, beside what it says where nothing is wrapped."""
    listed = [{"evidence": f"{n:08x}9", "happened_date": "2026-11-02", "text": text} for n, text in enumerate(items)]
    concern = {
        "lane": "support_need",
        "subject": "S4.1",
        "standard": "S4",
        "rule": "report-late",
        "because": because,
        "source": source,
        "counted": listed,
        "praise": [],
        "not_counted": [item | {"evidence": f"f{item['evidence']}"} for item in listed],
        "duties": [{"text": item["text"], "about": f"safeguarders/one/supports/{item['evidence']}"} for item in listed],
        "clears_if": {"text": because, "remove": ["00000000"], "add": []},
    }
    titles = {"S4.1": "S4.1 Reports are filed in time"}
    bodies = {str(item["evidence"]): "the Children's Reporter" for item in listed}
    text = why(concern, "Demo Euan Larchfield", titles, items, bodies, width)
    assert max(map(len, text.splitlines())) <= width
    assert text.split() == why(concern, "Demo Euan Larchfield", titles, items, bodies, UNLIMITED).split()
