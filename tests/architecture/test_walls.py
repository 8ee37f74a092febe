"""The walls between parts stand, and each is seen to break when somebody walks through it (docs/architecture.md).

The import contracts are in pyproject.toml and `make check` keeps them. Here each is tried on the real graph of imports
with one import planted that it must refuse: a contract that refuses nothing would keep nothing.
"""

import tomllib
from collections.abc import Callable
from copy import deepcopy
from functools import cache
from typing import Any

import grimp
import pytest
from importlinter.configuration import configure
from importlinter.contracts.acyclic_siblings import AcyclicSiblingsContract
from importlinter.contracts.forbidden import ForbiddenContract
from importlinter.contracts.layers import LayersContract
from importlinter.contracts.protected import ProtectedContract
from importlinter.domain.contract import Contract

from tests.architecture.source import ROOT

configure()  # import-linter's own services: a contract asks them for the time

KINDS: dict[str, Callable[..., Contract]] = {
    "layers": LayersContract,
    "forbidden": ForbiddenContract,
    "protected": ProtectedContract,
    "acyclic_siblings": AcyclicSiblingsContract,
}
RULES = "services.rules.domain"
SCHEDULING = "services.scheduling.domain"
PLANTED = [
    ("Services never import one another", "services.rules.worker", "services.evidence.wire"),
    ("Services never import one another", "services.platform.clock", "services.rules.worker"),
    ("Services never import one another", "services.client.client", "services.demo.telling.wire"),
    ("Inside a service", "services.rules.adapters.store.concerns", "services.rules.handlers.assess_practice"),
    ("Inside a service", "services.rules.adapters.store.facts", "services.rules.simulations.replay"),
    ("Inside a service", "services.evidence.utilities", "services.evidence.ports"),
    ("Inside the rules domain", f"{RULES}.rulebook.model", f"{RULES}.evidence.measures"),
    ("Inside the rules domain", f"{RULES}.concerns.concern", f"{RULES}.kpis.report"),
    ("Inside the rules domain", f"{RULES}.utilities", f"{RULES}.facts"),
    (
        "No two rooms of a domain",
        "services.scheduling.domain.obligations.policy",
        "services.scheduling.domain.sessions.diary",
    ),
    ("No two rooms of a domain", f"{RULES}.evaluation.agreement", f"{RULES}.concerns.concern"),
    ("No two wings of platform", "services.platform.storage.sqlite.storage", "services.platform.calls.pages"),
    ("Domain is plain Python", f"{RULES}.facts", "sqlalchemy"),
    ("Domain is plain Python", "services.evidence.domain.standards", "services.platform.clock"),
    ("Handlers know no transport", "services.rules.handlers.assess_practice", "psmf"),
    ("Adapters know no gRPC", "services.rules.adapters.store.facts", "grpc"),
    ("Only the edges speak protobuf", "services.rules.domain.facts", "psmf"),
    ("The command line opens no store", "services.cli.kpi", "services.rules.adapters.store.kpis"),
    ("The command line opens no store", "services.cli.session", "services.platform.storage.database"),
    ("The command line opens no store", "services.cli.session", "sqlite3"),
    ("The command line opens no store", "services.client.words", "services.rules.domain.forecasts.whatif"),
    ("The console opens no store", "services.console.pages.rules", "sqlite3"),
    ("The console opens no store", "services.console.calls", "services.platform.storage.database"),
    ("Inside the console", "services.console.views.rules", "services.console.frame"),
    ("Only the demo's commands import the demo", "services.cli.ops.commands", "services.demo.suite"),
    ("Settings are read only", "services.rules.worker", "services.rules.settings"),
    ("Only telemetry knows OpenTelemetry", "services.platform.calls.gate", "opentelemetry"),
    ("Only one file knows the rules engine", "services.rules.adapters.engine.process", "durable_rules_engine"),
]
"""A contract by the beginning of its name, and an import that it must refuse."""


@cache
def options() -> dict[str, Any]:
    """Return import-linter's section of pyproject.toml."""
    section: dict[str, Any] = tomllib.loads((ROOT / "pyproject.toml").read_text())["tool"]["importlinter"]
    return section


@cache
def imports() -> grimp.ImportGraph:
    """Return the graph of every import in the suite."""
    return grimp.build_graph(*options()["root_packages"], include_external_packages=True, cache_dir=None)


def is_kept(contract: dict[str, Any], graph: grimp.ImportGraph) -> bool:
    """Return whether a graph of imports keeps a contract."""
    # import-linter reads its options as text, whatever the file's format: `true` comes to it as "True".
    as_text = {name: str(value) if isinstance(value, bool) else value for name, value in contract.items()}
    made = KINDS[contract["type"]](contract["name"], options(), as_text)
    # A contract may change the graph it looks at: each gets a copy.
    return bool(made.check(deepcopy(graph), verbose=False).kept)


@pytest.mark.parametrize("contract", options()["contracts"], ids=lambda contract: contract["name"])
def test_every_wall_stands(contract: dict[str, Any]) -> None:
    assert is_kept(contract, imports())


@pytest.mark.parametrize(("name", "importer", "imported"), PLANTED)
def test_a_wall_breaks_when_somebody_walks_through_it(name: str, importer: str, imported: str) -> None:
    (contract,) = (one for one in options()["contracts"] if one["name"].startswith(name))
    graph = deepcopy(imports())
    for module in (importer, imported):
        if module not in graph.modules:
            assert "utilities" in module, f"{module} has moved: plant another"
            graph.add_module(module)
    assert not graph.direct_import_exists(importer=importer, imported=imported)
    graph.add_import(importer=importer, imported=imported, line_number=1, line_contents="planted")
    assert not is_kept(contract, graph)


def test_every_wall_is_tried() -> None:
    tried = {name for name, _, _ in PLANTED}
    assert [
        one["name"] for one in options()["contracts"] if not any(one["name"].startswith(name) for name in tried)
    ] == []
