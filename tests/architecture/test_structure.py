"""The form of the source: short, documented, consistently named, and free of foreign matter."""

import ast
import re
from pathlib import Path

import pytest

from services.console.telemetry import LOG_FIELDS as OF_CONSOLE
from services.platform.telemetry import logs
from services.rules import telemetry
from tests.architecture.source import ROOT, SERVICES, calls, place, public, python, tracked, tree

LONGEST_FILE, LONGEST_FUNCTION, LONGEST_MAIN = 400, 40, 20
FIXED = {"__init__.py", "__main__.py", "access.cedar", "adapters", "compose.py", "consumer.py", "domain", "handlers",
         "migrations", "server", "settings.py", "telemetry.py", "wire.py"}  # fmt: skip
OWN = {
    "data",
    "ports.py",
    "rulebook",
    "rulebook_in_force.py",
    "rules_before.py",
    "simulations",
    "submission",
    "templates",
    "worker.py",
}
ONE_LINE_FOR_EACH_FIELD = {"explanation_message"}
"""Functions that build one message. Splitting them would only separate its fields."""
LOG_FIELDS = logs.LOG_FIELDS | telemetry.LOG_FIELDS | OF_CONSOLE
EMPTY_WORDS = {"utils", "util", "helpers", "helper", "common", "misc", "manager", "managers", "stuff", "base"}
EVERY_SERVICE = pytest.mark.parametrize("service", SERVICES)


def test_no_file_is_longer_than_four_hundred_lines() -> None:
    files = [*python("services", "tests", "bench", "faults", "tools"), ROOT / "dev", ROOT / "tools" / "check"]
    rulebook = (ROOT / "services" / "rules" / "rulebook").rglob("*.yaml")
    lengths = {place(file): len(file.read_text().splitlines()) for file in [*files, *rulebook]}
    assert {file: lines for file, lines in lengths.items() if lines > LONGEST_FILE} == {}


def test_no_function_is_longer_than_forty_lines() -> None:
    long = [
        f"{place(file, node.lineno)} {node.name}"
        for file in python("services")
        if "migrations" not in file.parts
        for node in ast.walk(tree(file))
        if isinstance(node, ast.FunctionDef)
        and _lines_of_code(node) > LONGEST_FUNCTION
        and node.name not in ONE_LINE_FOR_EACH_FIELD
    ]
    assert long == []


def _lines_of_code(node: ast.FunctionDef) -> int:
    """Count the lines from the name to the end, without the docstring."""
    said = node.body[0] if ast.get_docstring(node) else None
    words = said.end_lineno - said.lineno + 1 if said and said.end_lineno else 0
    return (node.end_lineno or node.lineno) - node.lineno + 1 - words


def test_everything_public_says_what_it_is() -> None:
    silent = []
    for file in python("services"):
        if "versions" in file.parts or not file.read_text().strip():
            continue
        if not ast.get_docstring(tree(file)):
            silent.append(place(file))
        silent += [
            f"{place(file, node.lineno)} {node.name}" for node in public(tree(file)) if not ast.get_docstring(node)
        ]
    assert silent == []


def test_no_name_says_nothing() -> None:
    empty = [place(file) for file in tracked() if EMPTY_WORDS & set(re.split(r"[_\W]", file.stem.lower()))]
    assert empty == []


@EVERY_SERVICE
def test_every_service_has_the_same_files(service: str) -> None:
    folder = ROOT / "services" / service
    there = {file.name for file in folder.iterdir()} - {"__pycache__"}
    there = {{"server.py": "server", "wire": "wire.py"}.get(name, name) for name in there}
    assert there - OWN == FIXED


@EVERY_SERVICE
def test_a_service_starts_in_a_few_lines(service: str) -> None:
    assert len((ROOT / "services" / service / "__main__.py").read_text().splitlines()) <= LONGEST_MAIN


def test_a_log_line_has_declared_fields_and_a_fixed_event() -> None:
    """Text that a person wrote then cannot reach a log, neither as a field nor inside the event's name."""
    wrong = []
    for file in python("services"):
        for call in calls(tree(file)):
            if not _is_log_call(call):
                continue
            names = {word.arg for word in call.keywords}
            fixed = len(call.args) == 1 and isinstance(call.args[0], ast.Constant)
            if not names <= LOG_FIELDS or not fixed:
                wrong.append(f"{place(file, call.lineno)} {sorted(map(str, names - LOG_FIELDS))}")
    assert wrong == []


def _is_log_call(call: ast.Call) -> bool:
    """Return whether a call is `logs.log().info(...)` or `log().info(...)`."""
    logger = call.func.value if isinstance(call.func, ast.Attribute) else None
    return isinstance(logger, ast.Call) and ast.unparse(logger.func) in ("log", "logs.log")


def test_there_is_no_other_way_to_write_a_log() -> None:
    others = [
        place(file, node.lineno)
        for file in python("services")
        if place(file) != "services/platform/telemetry/logs.py"
        for node in ast.walk(tree(file))
        if (isinstance(node, ast.Import) and {"logging", "structlog"} & {alias.name for alias in node.names})
        or (isinstance(node, ast.ImportFrom) and node.module in ("logging", "structlog"))
        or (isinstance(node, ast.Assign) and isinstance(node.value, ast.Call) and _is_logger(node.value))
    ]
    assert others == []


def _is_logger(call: ast.Call) -> bool:
    return ast.unparse(call.func) in ("log", "logs.log")


def test_nothing_is_written_or_read_anew_while_reading() -> None:
    """A commit waits for the current readers, so a reader that waits for a commit would wait for ever."""
    nested = []
    for file in python("services"):
        reads = (
            node
            for node in ast.walk(tree(file))
            if isinstance(node, ast.With) and any(_touches_database(item.context_expr) for item in node.items)
        )
        for node in reads:
            inside = (call for statement in node.body for call in calls(statement))
            nested += [place(file, call.lineno) for call in inside if _touches_database(call)]
    assert nested == []


def _touches_database(call: ast.expr) -> bool:
    if not isinstance(call, ast.Call) or not isinstance(call.func, ast.Attribute):
        return False
    owner = ast.unparse(call.func.value)
    return owner.endswith(("database", "commands")) and call.func.attr in ("read", "write", "run", "run_part")


@pytest.mark.parametrize(
    ("what", "pattern"),
    [
        ("a folder of somebody's machine", r"(?<![\w.~])/(work|root|home|tmp|Users)/\w"),
        (
            "the address of a package registry",
            r"(index[-]url|find[-]links|https?://\S*(pypi|artifactory|nexus|registry)\.)",
        ),
        ("a private key", r"BEGIN [A-Z ]*PRIVATE KEY"),
    ],
)
def test_no_file_holds(what: str, pattern: str) -> None:
    found = [
        place(file, number)
        for file in tracked()
        if _is_text(file)
        for number, line in enumerate(file.read_text().splitlines(), 1)
        if re.search(pattern, line)
    ]
    assert found == [], what


def _is_text(file: Path) -> bool:
    return b"\0" not in file.read_bytes()[:4096] and file.suffix not in (".binpb", ".png")


def test_the_lock_pins_every_package_by_hash_and_names_no_address() -> None:
    text = (ROOT / "requirements.lock").read_text()
    assert not re.search(r"https?:|file:|git\+|^-|\s@\s", text, re.MULTILINE)
    packages = re.split(r"\n(?=\w)", text.strip())
    assert len(packages) > 40
    loose = [lines.splitlines()[0] for lines in packages if "==" not in lines or "--hash=sha256:" not in lines]
    assert loose == []


NOT_A_VERB = re.compile(
    r"a|all|an|and|any|anybody|anything|as|at|both|by|each|either|every|everybody|everyone|everything|first|for|from|"
    r"he|her|his|how|if|in|it|its|last|many|most|no|nobody|none|nothing|of|on|one|only|or|other|our|same|she|some|"
    r"somebody|something|such|that|the|their|them|there|these|they|this|those|to|two|what|when|where|whether|which|"
    r"who|whose|why|with|without"
)
"""Words that begin a description, and so no instruction."""


def not_imperative(text: str) -> bool:
    """Return whether a docstring begins with something else than a verb in the imperative (PEP 257)."""
    word = re.split(r"\W", text.lstrip("`"), maxsplit=1)[0].lower()
    third_person = word.endswith("s") and not word.endswith(("ss", "us", "is"))
    return bool(NOT_A_VERB.fullmatch(word)) or third_person


def test_a_function_says_what_it_does_in_the_imperative() -> None:
    """A reader then meets the action first. Properties are values, and may be described."""
    found = []
    for file in python("services"):
        if "versions" in file.parts:
            continue
        for node in ast.walk(tree(file)):
            if not isinstance(node, ast.FunctionDef) or not (text := ast.get_docstring(node)):
                continue
            properties = {"property", "cached_property", "functools.cached_property"}
            if not properties & {ast.unparse(one) for one in node.decorator_list} and not_imperative(text):
                found.append(f"{place(file, node.lineno)} {text.splitlines()[0]}")
    assert found == []


@pytest.mark.parametrize("text", ["The items to go by.", "Whether it counts.", "Returns the items.", "None if not."])
def test_a_description_is_seen(text: str) -> None:
    assert not_imperative(text)
    assert not not_imperative("Return the items. Pass others on.")


def test_a_thread_that_a_service_needs_cannot_end_unnoticed() -> None:
    """F13: only `threads.py` makes threads, and a thread of it ends the process if it fails."""
    makers = [place(file) for file in python("services") if "Thread(" in file.read_text()]
    assert makers == ["services/platform/threads.py"]
