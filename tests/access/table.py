"""The table in `table.yaml`, and every method to compare with it."""

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
RELATIONS = ("own", "allocated", "delegated", "emergency", "linked", "any", "none")
"""Relations of a caller to a record, in the code's words. `any` covers all records; `none` is somebody else's."""
_OPEN = set(RELATIONS) - {"linked"}
_MEANINGS = {
    "own": {"own"},
    "allocated": {"allocated", "delegated"},
    "allocated only": {"allocated"},
    "emergency": {"emergency"},
    "across": {"any"},
    "all": _OPEN,
    "not own": _OPEN - {"own"},
}


@dataclass(frozen=True)
class Method:
    """A gRPC method of one of the suite's contracts."""

    service: str
    rules: MethodPolicy

    @property
    def name(self) -> str:
        """Return its name without the package."""
        return self.rules.method


@cache
def contracts() -> dict[str, list[FileDescriptor]]:
    """Return every .proto by its service. They are found in the folder, so a new one cannot be missed."""
    found: dict[str, list[FileDescriptor]] = {}
    for file in sorted((ROOT / "proto").glob("psmf/*/v1/*.proto")):
        module = f"psmf.{file.parts[-3]}.v1.{file.stem}_pb2"
        found.setdefault(file.parts[-3], []).append(importlib.import_module(module).DESCRIPTOR)
    return found


@cache
def methods() -> list[Method]:
    """Return every method of every contract, including the platform's own."""
    shared = set(method_policies([]))
    found = [Method("platform", rules) for rules in method_policies([]).values()]
    for service in served():
        of_service = method_policies(contracts()[service])
        found += [Method(service, rules) for path, rules in of_service.items() if path not in shared]
    return found


def served() -> list[str]:
    """Return the services that have their own policies."""
    return [service for service in contracts() if service != "platform"]


@cache
def access(service: str) -> Access:
    """Return the access policies that a service starts with. The platform's policies apply to every service."""
    service = "evidence" if service == "platform" else service
    return Access(ROOT / "services" / service / "access.cedar", method_policies(contracts()[service]))


@cache
def table() -> dict[str, Any]:
    """Return the table as written."""
    text: dict[str, Any] = yaml.safe_load((Path(__file__).parent / "table.yaml").read_text())
    return text


def roles() -> list[str]:
    """Return every role of the Framework's offices, and one unknown role."""
    return list(table()["roles"])


def allowed(service: str, method: str, role: str) -> set[str]:
    """Return the relations in which a role may call a method, according to the table.

    Raises:
        KeyError: the method is not in the table.
    """
    row = table()[service][method]
    entry = row.get(role, row.get("everyone", []))
    return set().union(*(_MEANINGS[word] for word in ([entry] if isinstance(entry, str) else entry)))


def permits(method: Method, role: str, relation: str, service: str = "") -> bool:
    """Return whether the policies permit a call."""
    return access(service or method.service).permits(Principal("someone", role), method.rules, relation)
