"""Every write has its five: a command, an access row, an audit row, a trial and an id of the request (record 8).

The kind that this closes: a method that works, and that nobody can call from the command line, that anybody may call,
or that leaves no trace of who did it. A write that is added later fails here until it has all of them.
"""

import ast
from collections.abc import Callable, Mapping
from functools import cache, partial
from typing import Any, NamedTuple

import pytest
from psmf.platform.v1 import method_pb2

from services.cli.doors.methods import CALLS, FOR_MACHINES
from tests.access.table import methods, served, table
from tests.architecture.source import ROOT, tree
from tests.architecture.test_contracts_and_migrations import METHODS

WRITES = [each for each in METHODS if each.GetOptions().Extensions[method_pb2.rules].effect == method_pb2.EFFECT_WRITE]
OTHERWISE = {
    "ImportEvidenceItems": {"request id": "each row has its own"},
    "ReloadRulebook": {
        "request id": "to read the files again is to read them",
        "trial": "`psmf rules check` tries files",
        "audit row": "the log of the service says which rulebook is in force",
    },
}
"""Writes without one of the five, and why."""
KEEPS = {"run", "run_part"}
"""What of `Commands` writes the audit row, in the transaction of the effect."""


def _package(method: Any) -> str:
    return str(method.containing_service.file.package.split(".")[1])


def has_a_command(method: Any) -> bool:
    """Return whether a command calls it. Methods that only machines call say so in `FOR_MACHINES`."""
    services = served() if _package(method) == "platform" else [_package(method)]
    called = {name for calls in CALLS.values() for name in (*calls.needs, *calls.uses)} | FOR_MACHINES.keys()
    return {f"{service}/{method.name}" for service in services} <= called


def has_an_access_row(method: Any) -> bool:
    """Return whether the table of access says who may call it; `test_table` compares it with the policies."""
    return method.name in table()[_package(method)]


def has_an_audit_row(method: Any) -> bool:
    """Return whether the code that serves it comes to `Commands`, by whatever helpers of the same file.

    A deprecated write changes nothing. It answers which method to use instead.
    """
    served_in = [code for code in _code(_package(method)) if method.name in code]
    return method.GetOptions().deprecated or any(_keeps(code, method.name) for code in served_in)


class Part(NamedTuple):
    """What a function or a method names, and whether it writes the audit row itself."""

    names: frozenset[str]
    keeps: bool


@cache
def _code(package: str) -> list[Mapping[str, Part]]:
    """Return each file that may serve a method: its functions and methods by name."""
    folder = ROOT / "services" / ("platform/process" if package == "platform" else package)
    files = [*folder.glob("server/**/*.py"), *folder.glob("*server.py")]
    assert files, f"{package} has no server"
    return [parts_of(tree(file)) for file in files]


def parts_of(code: ast.Module) -> Mapping[str, Part]:
    """Return the functions and methods of a file, and what a class makes of a function, by name."""
    found: dict[str, Part] = {}
    for node in ast.walk(code):
        if isinstance(node, ast.FunctionDef):
            found[node.name] = _part(node, found.get(node.name))
        elif (
            isinstance(node, ast.Assign) and isinstance(node.value, ast.Call) and isinstance(node.targets[0], ast.Name)
        ):
            found[node.targets[0].id] = _part(node.value, None)
    return found


def _part(node: ast.AST, known: Part | None) -> Part:
    attributes = [each for each in ast.walk(node) if isinstance(each, ast.Attribute)]
    names = {each.attr for each in attributes} | {each.id for each in ast.walk(node) if isinstance(each, ast.Name)}
    keeps = any(each.attr in KEEPS and "commands" in ast.unparse(each.value) for each in attributes)
    before = known or Part(frozenset(), keeps=False)
    return Part(before.names | names, keeps or before.keeps)


def _keeps(code: Mapping[str, Part], name: str) -> bool:
    seen, waiting = set(), {name}
    while waiting:
        seen |= waiting
        if any(code[each].keeps for each in waiting):
            return True
        waiting = {named for each in waiting for named in code[each].names if named in code} - seen
    return False


def _takes(field: str, method: Any) -> bool:
    return field in method.input_type.fields_by_name


FIVE: Mapping[str, Callable[[Any], bool]] = {
    "command": has_a_command,
    "access row": has_an_access_row,
    "audit row": has_an_audit_row,
    "trial": partial(_takes, "validate_only"),
    "request id": partial(_takes, "request_id"),
}


@pytest.mark.parametrize("method", WRITES, ids=lambda method: method.full_name)
def test_every_write_has_its_five(method: Any) -> None:
    missing = {what for what, has in FIVE.items() if not has(method)}
    assert missing == OTHERWISE.get(method.name, {}).keys()


def test_there_are_writes_of_every_service() -> None:
    """Otherwise nothing would be looked at."""
    assert {_package(method) for method in WRITES} == {"platform", *served()}
    assert len(WRITES) == len({method.full_name for method in WRITES}) > 100
    assert len(methods()) > len(WRITES)
    assert OTHERWISE.keys() <= {method.name for method in WRITES}


def test_a_write_that_leaves_no_row_is_found() -> None:
    code = "def Serve(self, request):\n    return self._work(request)\ndef _work(self, request):\n    return self.{}"
    assert not _keeps(parts_of(ast.parse(code.format("_store.put(request)"))), "Serve")
    assert _keeps(parts_of(ast.parse(code.format("_commands.run(request, int, work)"))), "Serve")
