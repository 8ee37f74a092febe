"""What the code says of itself, for the manifests to be held against: settings, topics, who listens to whom."""

import ast
from functools import cache
from importlib import import_module
from typing import Any

import yaml

from services.platform.process.settings import ServiceSettings
from tests.deploy.manifests import ROOT, SERVICES

PER_COPY = {"PSMF_COPY_NAME"}
"""What a pod is given by the cluster itself, and compose's single copies need not be given."""

ARROWS = {
    ("evidence", "rules"),
    ("evidence", "scheduling"),
    ("rules", "evidence"),
    ("rules", "scheduling"),
    ("rules", "notifications"),
    ("scheduling", "evidence"),
    ("scheduling", "rules"),
    ("scheduling", "notifications"),
}
"""The picture in the README: from who speaks to who listens."""


def settings_class(service: str) -> type[ServiceSettings]:
    """What a service reads at its start."""
    kind: type[ServiceSettings] = import_module(f"services.{service}.settings").Settings
    return kind


@cache
def settings(service: str) -> frozenset[str]:
    """Names of a service's settings as it reads them; a secret named by file counts as what is in the file."""
    names = {f"PSMF_{name.upper()}" for name in settings_class(service).model_fields}
    return frozenset(names - {"PSMF_DATABASE_FILE"} - PER_COPY)


def given(environment: dict[str, str]) -> set[str]:
    """Names of the settings that an environment gives."""
    names = {name for name in environment if name.startswith("PSMF_")}
    assert not {"PSMF_DATABASE", "PSMF_DATABASE_FILE"} <= names, "one of the two"
    return {"PSMF_DATABASE" if name == "PSMF_DATABASE_FILE" else name for name in names}


@cache
def listens_to(service: str) -> frozenset[str]:
    """The services whose events a service asks for in its compose.py."""
    tree = ast.parse((ROOT / "services" / service / "compose.py").read_text(encoding="utf-8"))
    calls = (node for node in ast.walk(tree) if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute))
    first = [call.args[0] for call in calls if isinstance(call.func, ast.Attribute) and call.func.attr == "listen_to"]
    return frozenset(str(ast.literal_eval(source)) for source in first)


@cache
def topics() -> dict[str, dict[str, Any]]:
    """The topics of the bus by name, as services/platform/data/topics.yaml has them."""
    text = (ROOT / "services" / "platform" / "data" / "topics.yaml").read_text(encoding="utf-8")
    return {topic["name"]: topic for topic in yaml.safe_load(text)["topics"]}


def arrows() -> set[tuple[str, str]]:
    """From who speaks to who listens, as the code has it."""
    return {(source, service) for service in SERVICES for source in listens_to(service)}
