"""The suite's own source, for the structural tests."""

import ast
import subprocess
from collections.abc import Iterator
from functools import cache
from pathlib import Path

from tests.sharing import when_its_group_ends

ROOT = Path(__file__).parents[2]
SERVICES = ("evidence", "notifications", "rules", "scheduling")
_GENERATED = ("_pb2.py", "_pb2_grpc.py")


@cache
def tracked() -> list[Path]:
    """Return every file of the repository."""
    listed = subprocess.run(
        ["/usr/bin/env", "git", "ls-files", "-z"], cwd=ROOT, capture_output=True, text=True, check=True
    )
    return [ROOT / name for name in listed.stdout.split("\0") if name and (ROOT / name).is_file()]


def place(file: Path, line: int = 0) -> str:
    """Return a file and a line in the form that an editor opens."""
    return f"{file.relative_to(ROOT)}:{line}" if line else str(file.relative_to(ROOT))


def python(*folders: str) -> list[Path]:
    """Return hand-written Python files in order."""
    return sorted(
        file
        for folder in folders
        for file in (ROOT / folder).rglob("*.py")
        if not file.name.endswith(_GENERATED) and "__pycache__" not in file.parts
    )


def tree(file: Path) -> ast.Module:
    """Return a parsed file.

    Files are kept until the group of the test ends. They are some millions of objects, and every collection of garbage
    in the tests after it would go through them.
    """
    if not _parsed.cache_info().currsize:
        when_its_group_ends(_parsed.cache_clear)
    return _parsed(file)


@cache
def _parsed(file: Path) -> ast.Module:
    return ast.parse(file.read_text())


Definition = ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef


def public(node: ast.Module | ast.ClassDef) -> Iterator[Definition]:
    """Yield public classes, functions and methods, whose names have no leading underscore."""
    for part in node.body:
        if isinstance(part, Definition) and not part.name.startswith("_"):
            yield part
            if isinstance(part, ast.ClassDef):
                yield from public(part)


def calls(node: ast.AST) -> Iterator[ast.Call]:
    """Yield every call in a piece of source."""
    return (part for part in ast.walk(node) if isinstance(part, ast.Call))
