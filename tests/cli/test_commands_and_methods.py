"""Every method that people may use has a command, and every command says what it calls (doors D3).

The kind that this closes: something that a person may do has no door, so that the way round it is a correction with a
false reason.
"""

import ast
from collections.abc import Iterator
from functools import cache
from typing import Any

import pytest
from typer.main import get_command

from services.cli.command import GROUPS
from services.cli.concern.moves import MOVES
from services.cli.doors.methods import CALLS, FOR_MACHINES, command_in
from services.cli.main import command_line
from services.client.find import FINDABLE
from tests.access.table import ROOT, methods, served

CODE = [*(ROOT / "services/cli").rglob("*.py"), *(ROOT / "services/client").rglob("*.py")]


@cache
def commands() -> dict[str, Any]:
    """Return every command of the tree by its words."""
    whole = get_command(command_line(set(GROUPS)))
    return dict(_under(whole, ""))


def _under(node: Any, words: str) -> Iterator[tuple[str, Any]]:
    if not hasattr(node, "commands"):
        yield words, node
        return
    for name, below in node.commands.items():
        yield from _under(below, f"{words} {name}".strip())


def contract_methods() -> set[str]:
    """Return every method as `service/Method`. Those of the platform are served by each service."""
    return {
        f"{service}/{method.name}"
        for method in methods()
        for service in (served() if method.service == "platform" else [method.service])
    }


def called_by_commands() -> set[str]:
    return {method for calls in CALLS.values() for method in (*calls.needs, *calls.uses)}


def test_every_method_has_a_command_or_is_for_machines() -> None:
    """doors D3: a method without a command is on a short list with a reason."""
    assert contract_methods() - called_by_commands() - FOR_MACHINES.keys() == set(), "methods without a command"
    assert called_by_commands() & FOR_MACHINES.keys() == set(), "methods that have a command after all"
    assert called_by_commands() | FOR_MACHINES.keys() <= contract_methods(), "no such method"
    assert all(FOR_MACHINES.values())


def test_every_command_says_what_it_calls() -> None:
    assert commands().keys() == CALLS.keys()


def test_the_code_calls_what_the_table_says() -> None:
    """A row would prove nothing if no code made the call."""
    names = {
        node.attr for file in CODE for node in ast.walk(ast.parse(file.read_text())) if isinstance(node, ast.Attribute)
    }
    names |= {move.method for move in MOVES}
    names |= {f"{verb}{how.noun}{plural}" for how in FINDABLE.values() for verb, plural in (("Get", ""), ("List", "s"))}
    of_contract = {method.name for method in methods()}
    said = {method.partition("/")[2] for method in called_by_commands()}
    assert said <= names, "methods that the table names and no code calls"
    assert (names & of_contract) - said - {method.partition("/")[2] for method in FOR_MACHINES} == set()


@pytest.mark.parametrize("words", sorted(CALLS))
def test_every_command_has_an_example_of_itself(words: str) -> None:
    helped = commands()[words].help or ""
    assert f"psmf {words}" in helped.split("\n", 1)[1]


@pytest.mark.parametrize(
    ("hint", "command"),
    [
        ("psmf alert why 1a2b3c4d", "alert why"),
        ("psmf events dead-letters retry EVENT", "events dead-letters retry"),
        ("psmf call AlertService/ListAlerts", "call"),
    ],
)
def test_a_hint_names_one_command(hint: str, command: str) -> None:
    assert command_in(hint) == command


def test_a_hint_without_a_command_is_a_mistake() -> None:
    with pytest.raises(LookupError):
        command_in("psmf alert whine 1a2b3c4d")
