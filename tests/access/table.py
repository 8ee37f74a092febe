"""The table of `table.yaml`, and every method there is to hold against it."""

import importlib
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import yaml
from google.protobuf.descriptor import FileDescriptor

from services.platform.calls.access import Access
from services.platform.calls.identity import Principal
from services.platform.calls.method_rules import MethodPolicy, method_policies

ROOT = Path(__file__).parents[2]
RELATIONS = ("own", "allocated", "any", "none")
"""How a caller can stand to a record, in the code's words: `any` goes across records, `none` is somebody else's."""
_MEANINGS = {
    "own": {"own"},
    "allocated": {"allocated"},
    "across": {"any"},
    "all": set(RELATIONS),
    "not own": set(RELATIONS) - {"own"},
}


@dataclass(frozen=True)
class Method:
    """A gRPC method of one of the suite's contracts."""

    service: str
    rules: MethodPolicy

    @property
    def name(self) -> str:
        """Its name without the package."""
        return self.rules.method


@cache
def contracts() -> dict[str, list[FileDescriptor]]:
    """Every .proto there is, by the service it belongs to: found in the folder, so that a new one cannot hide."""
    found: dict[str, list[FileDescriptor]] = {}
    for file in sorted((ROOT / "proto").glob("psmf/*/v1/*.proto")):
        module = f"psmf.{file.parts[-3]}.v1.{file.stem}_pb2"
        found.setdefault(file.parts[-3], []).append(importlib.import_module(module).DESCRIPTOR)
    return found


@cache
def methods() -> list[Method]:
    """Every method of every contract, with the platform's own."""
    shared = set(method_policies([]))
    found = [Method("platform", rules) for rules in method_policies([]).values()]
    for service in served():
        of_service = method_policies(contracts()[service])
        found += [Method(service, rules) for path, rules in of_service.items() if path not in shared]
    return found


def served() -> list[str]:
    """The services that have policies of their own."""
    return [service for service in contracts() if service != "platform"]


@cache
def access(service: str) -> Access:
    """The access policies a service starts with; the platform's are every service's."""
    service = "evidence" if service == "platform" else service
    return Access(ROOT / "services" / service / "access.cedar", method_policies(contracts()[service]))


@cache
def table() -> dict[str, Any]:
    """The table as it is written."""
    text: dict[str, Any] = yaml.safe_load((Path(__file__).parent / "table.yaml").read_text())
    return text


def roles() -> list[str]:
    """Every role of the framework's offices, and one nobody has heard of."""
    return list(table()["roles"])


def allowed(service: str, method: str, role: str) -> set[str]:
    """The relations in which a role may call a method, by the table. KeyError when the method is not in it."""
    row = table()[service][method]
    entry = row.get(role, row.get("everyone", []))
    return set().union(*(_MEANINGS[word] for word in ([entry] if isinstance(entry, str) else entry)))


def permits(method: Method, role: str, relation: str, service: str = "") -> bool:
    """What the policies say."""
    return access(service or method.service).permits(Principal("someone", role), method.rules, relation)
