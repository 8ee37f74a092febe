"""Rooms: how much a folder holds, what may stand where, and that somebody uses it (docs/architecture.md).

Each check is a function of source text, so that a planted violation can show that it fails.
"""

import ast
import re
import sys
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

import pytest

from tests.architecture.closure import closure
from tests.architecture.source import ROOT, calls, place, python, tree

MOST_FILES = 15
"""More files than this, and a folder is a drawer: nobody sees at a glance what it holds."""
ENTRY = "services.rules.server.concerns"
CLOSURE_FILES, CLOSURE_LINES = 35, 5_441
"""Half of the 71 files and 10,882 lines that the concerns' entry point imported before the move to rooms."""
OF_SAFEGUARDING = re.compile(
    r"safeguarder|\bconcerns?\b|hearing|support_?manager|rulebook|evidence|\bpanel|practice|appointment",
    re.IGNORECASE,
)
EVERYDAY = re.compile(
    r"standard (output|error|library)|stand(s|ard)? (open|text|otel)|OTEL|concern(s|ed|ing)? (it|them)"
)
KEPT = {ROOT / "docs" / "decisions", ROOT / "services" / "rules" / "rulebook"}
FOREIGN = re.compile(r"\b(anew|at hand|whoever|to be had|in thought)\b", re.IGNORECASE)


def crowded(folders: Iterable[Path]) -> dict[str, int]:
    """Return the folders that hold more than fifteen Python files, with how many they hold."""
    counted = Counter(str(folder) for folder in folders)
    return {folder: count for folder, count in counted.items() if count > MOST_FILES}


def test_no_folder_holds_more_than_fifteen_files() -> None:
    files = python("services", "tests", "bench", "faults", "tools")
    assert crowded(file.parent.relative_to(ROOT) for file in files if "versions" not in file.parts) == {}


def test_a_crowded_folder_is_seen() -> None:
    assert crowded([Path("services/rules/domain")] * 16 + [Path("services/client")] * 15) == {
        "services/rules/domain": 16
    }


def safeguarding(text: str) -> list[str]:
    """Return the words of safeguarding in a piece of source, comments and docstrings included."""
    return sorted({found.group().lower() for found in OF_SAFEGUARDING.finditer(EVERYDAY.sub("", text))})


def test_platform_holds_no_word_of_safeguarding() -> None:
    """A technical wing that knows the domain can serve nobody else, and hides a rule of the domain."""
    said = {place(file): safeguarding(file.read_text()) for file in python("services/platform")}
    assert {file: words for file, words in said.items() if words} == {}


def test_a_word_of_safeguarding_is_seen() -> None:
    assert safeguarding('ALLOCATED_ROLE = "support_manager"  # on standard output') == ["support_manager"]


def converters(source: ast.Module) -> Iterator[str]:
    """Yield functions that build a message of the contract, such as `pb.Kpi(...)`.

    gRPC's own methods may wrap what wire made in an answer. They begin with a capital, as do none of ours.
    """
    inside = [part for node in source.body if isinstance(node, ast.ClassDef) for part in node.body]
    for node in [*source.body, *inside]:
        if isinstance(node, ast.FunctionDef) and not node.name[0].isupper():
            built = (ast.unparse(call.func) for call in calls(node))
            if any(re.fullmatch(r"\w*pb2?\.[A-Z]\w+", name) for name in built):
                yield node.name


def test_messages_are_made_only_under_wire() -> None:
    """A second place that makes a message would let two answers about one thing differ."""
    services = [ROOT / "services" / name for name in ("evidence", "rules", "scheduling", "notifications")]
    outside = [
        f"{place(file)} {name}"
        for service in services
        for file in python(str(service.relative_to(ROOT)))
        if "wire" not in file.parts and file.name != "wire.py"
        for name in converters(tree(file))
    ]
    assert outside == []


def test_a_converter_outside_wire_is_seen() -> None:
    planted = (
        "def kpi_message(kpi):\n    return pb.Kpi()\nclass S:\n    def GetKpi(self, r, c):\n        return pb.Kpi()\n"
    )
    assert list(converters(ast.parse(planted))) == ["kpi_message"]


def _names(node: ast.AST) -> set[str]:
    """Return every name that a piece of source mentions."""
    found: set[str] = set()
    for part in ast.walk(node):
        if isinstance(part, ast.Name):
            found.add(part.id)
        elif isinstance(part, ast.Attribute):
            found.add(part.attr)
        elif isinstance(part, ast.ImportFrom):
            found |= {alias.name for alias in part.names}
    return found


def _definitions(source: ast.Module) -> Iterator[tuple[str, ast.AST]]:
    """Yield what a module defines: functions, classes without their methods, methods, and constants."""
    for node in source.body:
        if isinstance(node, ast.FunctionDef):
            yield node.name, node
        elif isinstance(node, ast.ClassDef):
            named = [part for part in node.body if isinstance(part, ast.FunctionDef) and not part.name.startswith("__")]
            yield node.name, ast.Module([part for part in node.body if part not in named], [])
            yield from ((part.name, part) for part in named)
        elif isinstance(node, ast.Assign | ast.AnnAssign):
            targets = node.targets if isinstance(node, ast.Assign) else [node.target]
            yield from ((name, node) for target in targets for name in _names(target))


def unreached(domain: Mapping[str, ast.Module], users: Iterable[ast.Module]) -> list[str]:
    """Return the public definitions of a domain that nothing outside it leads to.

    By name alone: two methods of one name vouch for each other. That misses some, and accuses none wrongly.
    """
    waiting = [(place, name, node) for place, module in domain.items() for name, node in _definitions(module)]
    seen: set[str] = set().union(*map(_names, users))
    while reached := [entry for entry in waiting if entry[1] in seen]:
        waiting = [entry for entry in waiting if entry[1] not in seen]
        seen = seen.union(*(_names(node) for _, _, node in reached))
    return [f"{place} {name}" for place, name, _ in waiting if not name.startswith("_")]


def test_every_function_of_a_domain_is_reached_from_a_handler_a_server_or_a_worker() -> None:
    """What only a test can reach doesn't exist for anybody who uses the suite."""
    files = python("services")
    domain = {place(file): tree(file) for file in files if "domain" in file.parts}
    assert unreached(domain, [tree(file) for file in files if "domain" not in file.parts]) == []


def test_a_function_that_nobody_calls_is_seen() -> None:
    domain = ast.parse("def used(): helper()\ndef helper(): ...\ndef forgotten(): lonely()\ndef lonely(): ...\n")
    assert unreached({"domain.py": domain}, [ast.parse("used()")]) == ["domain.py forgotten", "domain.py lonely"]


def test_the_entry_point_of_concerns_needs_half_of_what_it_needed(capsys: pytest.CaptureFixture[str]) -> None:
    found = closure(ENTRY)
    with capsys.disabled():
        sys.stdout.write(f"\n{ENTRY} needs {len(found)} files, {sum(found.values()):,} lines\n")
    assert (len(found) <= CLOSURE_FILES, sum(found.values()) <= CLOSURE_LINES) == (True, True)


@pytest.mark.parametrize("folder", ["services", "tests", "bench", "faults", "tools", "docs", "deploy"])
def test_no_text_uses_a_word_that_nobody_says(folder: str) -> None:
    files = [
        file
        for pattern in ("*.py", "*.md", "*.yaml", "*.cedar")
        for file in (ROOT / folder).rglob(pattern)
        # Decisions are never edited, words of a rule file are part of its hash, and this file has to name the words.
        if not KEPT & {*file.parents} and "_pb2" not in file.name and file != Path(__file__)
    ]
    found = [
        place(file, number)
        for file in files
        for number, line in enumerate(file.read_text().splitlines(), 1)
        if FOREIGN.search(line)
    ]
    assert found == []
