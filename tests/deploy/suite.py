"""Facts from the code, to compare the manifests with: settings, topics, and who reads whose events."""

import ast
from functools import cache
from importlib import import_module
from typing import Any

import yaml
from pydantic_settings import BaseSettings

from tests.deploy.manifests import ROOT, SERVICES

PER_COPY = {"PSMF_COPY_NAME"}
"""Settings that the cluster itself gives a pod, and that compose's single copies do not need."""

ARROWS = {
    ("evidence", "rules"),
    ("evidence", "scheduling"),
    ("rules", "evidence"),
    ("rules", "scheduling"),
    ("rules", "notifications"),
    ("notifications", "rules"),
    ("evidence", "notifications"),
    ("scheduling", "evidence"),
    ("scheduling", "rules"),
    ("scheduling", "notifications"),
}
"""Arrows in the README's picture, from the service that publishes events to the one that reads them."""


def settings_class(service: str) -> type[BaseSettings]:
    """Return the settings class that a service reads when it starts."""
    kind: type[BaseSettings] = import_module(f"services.{service}.settings").Settings
    return kind


@cache
def settings(service: str) -> frozenset[str]:
    """Return the names of a service's settings. A setting that names a secret file counts as the secret itself."""
    names = {f"PSMF_{name.upper()}" for name in settings_class(service).model_fields}
    return frozenset(names - {"PSMF_DATABASE_FILE"} - PER_COPY)


def given(environment: dict[str, str]) -> set[str]:
    """Return the names of the settings in an environment."""
    names = {name for name in environment if name.startswith("PSMF_")}
    assert not {"PSMF_DATABASE", "PSMF_DATABASE_FILE"} <= names, "give only one of them"
    return {"PSMF_DATABASE" if name == "PSMF_DATABASE_FILE" else name for name in names}


@cache
def listens_to(service: str) -> frozenset[str]:
    """Return the services whose events a service subscribes to in its compose.py."""
    tree = ast.parse((ROOT / "services" / service / "compose.py").read_text(encoding="utf-8"))
    calls = (node for node in ast.walk(tree) if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute))
    first = [call.args[0] for call in calls if isinstance(call.func, ast.Attribute) and call.func.attr == "listen_to"]
    return frozenset(str(ast.literal_eval(source)) for source in first)


@cache
def topics() -> dict[str, dict[str, Any]]:
    """Return the bus topics in services/platform/data/topics.yaml by name."""
    text = (ROOT / "services" / "platform" / "data" / "topics.yaml").read_text(encoding="utf-8")
    return {topic["name"]: topic for topic in yaml.safe_load(text)["topics"]}


def arrows() -> set[tuple[str, str]]:
    """Return the arrows from publisher to reader, according to the code."""
    return {(source, service) for service in SERVICES for source in listens_to(service)}
