"""The suite's own source, as the structural tests read it."""

import ast
import subprocess
from collections.abc import Iterator
from functools import cache
from pathlib import Path

ROOT = Path(__file__).parents[2]
SERVICES = ("evidence", "notifications", "rules", "scheduling")
_GENERATED = ("_pb2.py", "_pb2_grpc.py")


@cache
def tracked() -> list[Path]:
    """Every file of the repository."""
    listed = subprocess.run(
        ["/usr/bin/env", "git", "ls-files", "-z"], cwd=ROOT, capture_output=True, text=True, check=True
    )
    return [ROOT / name for name in listed.stdout.split("\0") if name and (ROOT / name).is_file()]


def place(file: Path, line: int = 0) -> str:
    """A file, and a line of it, as an editor finds it."""
    return f"{file.relative_to(ROOT)}:{line}" if line else str(file.relative_to(ROOT))


def python(*folders: str) -> list[Path]:
    """Python files written by hand, in order."""
    return sorted(
        file
        for folder in folders
        for file in (ROOT / folder).rglob("*.py")
        if not file.name.endswith(_GENERATED) and "__pycache__" not in file.parts
    )


@cache
def tree(file: Path) -> ast.Module:
    """A file, parsed."""
    return ast.parse(file.read_text())


Definition = ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef


def public(node: ast.Module | ast.ClassDef) -> Iterator[Definition]:
    """What others may use: classes, functions and methods whose name has no underscore in front."""
    for part in node.body:
        if isinstance(part, Definition) and not part.name.startswith("_"):
            yield part
            if isinstance(part, ast.ClassDef):
                yield from public(part)


def calls(node: ast.AST) -> Iterator[ast.Call]:
    """Every call in a piece of source."""
    return (part for part in ast.walk(node) if isinstance(part, ast.Call))
