"""Every command with a closed list refuses an unknown word with its own, written as in its help (doors D20)."""

import ast
import importlib
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

import pytest

from services.cli.arguments import choose
from services.cli.concern.moves import MOVES, _contract
from services.cli.failure import CommandError, as_typed
from tests.cli.page.test_help import COMMANDS

CLI = Path(__file__).parents[2] / "services" / "cli"


class ClosedList(NamedTuple):
    """One call of `choose` in a command: the enum of the contract, the words of its own, and the option."""

    where: str
    enum: Any
    own: tuple[str, ...]
    option: str


def _calls(tree: ast.AST) -> Iterator[tuple[ast.AST, ast.Call]]:
    for function in ast.walk(tree):
        if isinstance(function, ast.FunctionDef):
            for node in ast.walk(function):
                if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "choose":
                    yield function, node


def _names_in(function: ast.AST, module: Any) -> dict[str, Any]:
    """Return what the names in a function mean: those of its module, and the contracts that it imports itself."""
    names = dict(vars(module))
    for node in ast.walk(function):
        if isinstance(node, ast.ImportFrom) and node.module and node.module.startswith("psmf."):
            for name in node.names:
                names[name.asname or name.name] = importlib.import_module(f"{node.module}.{name.name}")
    return names


def _closed_lists() -> Iterator[ClosedList]:
    for file in sorted(CLI.rglob("*.py")):
        if "choose(" not in (text := file.read_text()) or file.name in ("arguments.py", "moves.py"):
            continue
        where = ".".join(file.relative_to(CLI.parents[1]).with_suffix("").parts)
        module = importlib.import_module(where)
        for function, call in _calls(ast.parse(text)):
            names = _names_in(function, module)
            own = [*call.args[3:], *(each.value for each in call.keywords if each.arg == "own")]
            enum, option, *words = (
                eval(ast.unparse(each), names)  # noqa: S307  our own source
                for each in (call.args[0], call.args[2], *own)
            )
            yield ClosedList(f"{where} {option}", enum, tuple(*words), option)
    for move in MOVES:
        request = _contract(f"{move.method}Request")
        for option in move.options:
            field = request.DESCRIPTOR.fields_by_name[option.field or option.name]
            if field.enum_type is not None:
                flag = f"--{option.name.replace('_', '-')}"
                yield ClosedList(f"concern {move.name} {flag}", _contract(field.enum_type.name), (), flag)


CLOSED_LISTS = list(_closed_lists())


def test_each_command_with_a_closed_list_is_among_these() -> None:
    """doors D20: a list that is not found here would not be tried."""
    calls = sum(file.read_text().count("choose(") for file in CLI.rglob("*.py"))
    elsewhere = 1 + 1  # its own definition, and the one in the table of moves, which serves each of its options
    assert len([each for each in CLOSED_LISTS if not each.where.startswith("concern ")]) == calls - elsewhere
    assert len(CLOSED_LISTS) > calls - elsewhere


@pytest.mark.parametrize("closed", CLOSED_LISTS, ids=[each.where for each in CLOSED_LISTS])
def test_a_word_that_is_listed_is_written_with_hyphens_and_taken(closed: ClosedList) -> None:
    """doors D20: one form wherever words are listed, and each of them is taken as it is listed."""
    with pytest.raises(CommandError) as refused:
        choose(closed.enum, "no-such-word", closed.option, closed.own)
    listed = str(refused.value).partition("is not one of: ")[2].removesuffix(".").split(", ")
    assert listed
    assert not any("_" in word for word in listed)
    assert all(choose(closed.enum, word, closed.option, closed.own) for word in listed)


@pytest.mark.parametrize("path", COMMANDS, ids=" ".join)
def test_the_help_lists_words_with_hyphens(path: tuple[str, ...]) -> None:
    """doors D20: an option's help that lists words of a closed list writes none of them with an underscore."""
    taken = {word for each in CLOSED_LISTS for word in _words(each) if "_" in word}
    command, _ = COMMANDS[path]
    for parameter in command.params:
        said = set(re.findall(r"[a-z]+(?:_[a-z]+)+", getattr(parameter, "help", None) or ""))
        assert not said & taken, parameter.name


def _words(closed: ClosedList) -> list[str]:
    from services.platform.calls.wire import to_word

    return [to_word(closed.enum, number) for number in closed.enum.values() if number]


@pytest.mark.parametrize(
    ("said", "typed"),
    [
        (
            "The outcome must be one of no_action, session. Closing ends_it.",
            "one of no-action, session. Closing ends_it.",
        ),
        ("The reason must be one of: report_late.", "The reason must be one of: report-late."),
        ("own_item is missing.", "own_item is missing."),
    ],
)
def test_the_words_that_a_service_lists_are_printed_as_commands_take_them(said: str, typed: str) -> None:
    """doors D20: the server's list of outcomes had underscores."""
    assert typed in as_typed(said)
