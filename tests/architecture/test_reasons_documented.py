"""The page for developers of other systems lists every refusal reason of the services with its gRPC code."""

import ast
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

from google.rpc import code_pb2

from services.platform.calls.wire import CODES
from services.refusals import Kind
from tests.architecture.source import ROOT, calls, tree

PAGE = ROOT / "docs" / "calling.md"
ROW = re.compile(r"^\| `([A-Z][A-Z_]+)` \| ([A-Z_]+) \| \S", re.MULTILINE)
WAYS_TO_REFUSE = {
    "invalid": Kind.INVALID,
    "not_found": Kind.NOT_FOUND,
    "conflict": Kind.CONFLICT,
    "precondition": Kind.PRECONDITION,
    "unavailable": Kind.UNAVAILABLE,
}
PASSING_ON = {"services/refusals.py", "services/platform/calls/client.py"}
"""Files that build a refusal from a reason passed to them."""
NO_REFUSAL = {("INTERNAL", "INTERNAL")}
"""The gate's answer to an unforeseen failure."""


def reasons_in(file: Path) -> Iterator[tuple[str, str]]:
    """Yield each refusal reason in a file with its gRPC code."""
    parsed = tree(file)
    for call in calls(parsed):
        name = call.func.id if isinstance(call.func, ast.Name) else ""
        if name in WAYS_TO_REFUSE:
            kind, reason = WAYS_TO_REFUSE[name], call.args[0]
        elif name == "Refusal":
            kind, reason = Kind[ast.unparse(call.args[0]).removeprefix("Kind.")], call.args[1]
        else:
            continue
        for word in words_of(reason, parsed):
            yield word, code_pb2.Code.Name(CODES[kind])


def words_of(reason: ast.expr, parsed: ast.Module) -> Iterator[str]:
    """Yield a reason as written, or for `f"DATE_BEFORE_{word}"` one for each single word in capitals in the file."""
    if isinstance(reason, ast.JoinedStr):
        first = reason.values[0]
        assert isinstance(first, ast.Constant), ast.unparse(reason)
        assert isinstance(first.value, str)
        filled = (node.value for node in ast.walk(parsed) if isinstance(node, ast.Constant))
        yield from {f"{first.value}{word}" for word in filled if isinstance(word, str) and re.fullmatch("[A-Z]+", word)}
    else:
        assert isinstance(reason, ast.Constant), f"{ast.unparse(reason)}: write the reason literally where it is raised"
        yield str(reason.value)


@cache
def reasons_of_the_suite() -> set[tuple[str, str]]:
    files = (file for file in (ROOT / "services").rglob("*.py") if str(file.relative_to(ROOT)) not in PASSING_ON)
    return {found for file in files for found in reasons_in(file)} | NO_REFUSAL


def test_every_reason_is_explained_with_its_code() -> None:
    missing = reasons_of_the_suite() - set(ROW.findall(PAGE.read_text(encoding="utf-8")))
    assert not missing, f"docs/calling.md lacks a row `| reason | code | meaning |` for: {sorted(missing)}"


def test_no_reason_is_explained_that_nobody_gives() -> None:
    left_over = set(ROW.findall(PAGE.read_text(encoding="utf-8"))) - reasons_of_the_suite()
    assert not left_over, f"docs/calling.md explains reasons that no service uses: {sorted(left_over)}"
