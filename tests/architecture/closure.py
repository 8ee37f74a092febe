"""What a module needs: the files of the suite that it imports, and those that these import.

Every import statement counts, also those inside functions and for type checking, because a reader follows them all.
Left out are generated code and `services.platform`, which every entry point shares.
"""

import ast
from collections.abc import Iterator
from pathlib import Path

from tests.architecture.source import ROOT, tree


def closure(start: str) -> dict[str, int]:
    """Return each module that `start` needs, itself included, with its number of lines."""
    found: dict[str, int] = {}
    waiting = [start]
    while waiting:
        module = waiting.pop()
        file = _file_of(module)
        if file is None or module in found or f"{module}.".startswith("services.platform."):
            continue
        found[module] = len(file.read_text().splitlines())
        waiting += _imported(tree(file))
        # The packages that a module lies in run before it.
        parts = module.split(".")
        waiting += [".".join(parts[:depth]) for depth in range(2, len(parts))]
    return found


def _file_of(module: str) -> Path | None:
    base = ROOT.joinpath(*module.split("."))
    candidates = (base.with_suffix(".py"), base / "__init__.py")
    return next((file for file in candidates if file.exists()), None)


def _imported(source: ast.Module) -> Iterator[str]:
    for node in ast.walk(source):
        if isinstance(node, ast.ImportFrom) and node.module and node.module.startswith("services"):
            for alias in node.names:
                inner = f"{node.module}.{alias.name}"
                yield inner if _file_of(inner) else node.module
