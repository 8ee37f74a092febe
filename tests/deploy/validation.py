"""A strict check of every manifest: `python -m tests.deploy.validation`, called by tools/check.

It checks Kubernetes' own objects against its published schema, and custom resources against deploy/k8s/schemas.
"""

import json
import sys
from functools import cache
from typing import Any

import jsonschema
import kubernetes_validate
import yaml

from services.platform.data_file import YAML_LOADER
from tests.deploy.manifests import K8S, KUBECTL, OVERLAYS, Manifest, identity, manifests, of_cluster, topics_job

KUBERNETES = "1.37"
_METADATA = {
    "type": "object",
    "required": ["name"],
    "properties": {
        "name": {"type": "string", "pattern": r"^[a-z0-9]([-a-z0-9.]{0,251}[a-z0-9])?$"},
        "namespace": {"const": "psmf"},
        "labels": {"type": "object", "additionalProperties": {"type": "string"}},
        "annotations": {"type": "object", "additionalProperties": {"type": "string"}},
    },
}


@cache
def _custom() -> dict[str, Any]:
    """Return the schema of a whole object by `apiVersion/Kind`."""
    specs: dict[str, Any] = {}
    for file in sorted((K8S / "schemas").glob("*.yaml")):
        specs |= yaml.load(file.read_text(encoding="utf-8"), Loader=YAML_LOADER)  # noqa: S506  it is a safe one
    for name, spec in specs.items():
        api, _, kind = name.rpartition("/")
        parts = {"apiVersion": {"const": api}, "kind": {"const": kind}, "metadata": _METADATA, "spec": spec}
        # Copied through JSON, because YAML shares parts between places and each place must be closed separately.
        specs[name] = _closed(json.loads(json.dumps({"type": "object", "required": [*parts], "properties": parts})))
    return specs


def _closed(schema: Any) -> Any:
    """Return the schema with every object that names its properties closed to other properties."""
    if isinstance(schema, dict):
        if "properties" in schema:
            schema.setdefault("additionalProperties", False)
        for part in schema.values():
            _closed(part)
    return schema


def is_custom(manifest: Manifest) -> bool:
    """Return whether an operator defines this kind, rather than Kubernetes itself."""
    return f"{manifest['apiVersion']}/{manifest['kind']}" in _custom()


def fault(manifest: Manifest) -> str:
    """Return the fault of an object, or an empty text."""
    try:
        if is_custom(manifest):
            jsonschema.validate(manifest, _custom()[f"{manifest['apiVersion']}/{manifest['kind']}"])
        else:
            kubernetes_validate.validate(manifest, KUBERNETES, strict=True)
    except (jsonschema.ValidationError, kubernetes_validate.ValidationError) as problem:
        return f"{'/'.join(identity(manifest))}: {'.'.join(map(str, problem.path))}: {problem.message}"
    except kubernetes_validate.SchemaNotFoundError:
        return f"{'/'.join(identity(manifest))}: no schema for {manifest['apiVersion']} {manifest['kind']}"
    return ""


def main() -> int:
    """Print what was checked and how, and every fault."""
    how = "rendered by kubectl kustomize" if KUBECTL else "assembled without kubectl, so without patches"
    faults, checked, custom = [], 0, 0
    found = {f"overlay {name}": manifests(name) for name in OVERLAYS}
    found["component topics-job"], found["cluster"] = tuple(topics_job()), tuple(of_cluster())
    for name, objects in found.items():
        faults += [f"{name}: {wrong}" for wrong in map(fault, objects) if wrong]
        checked += len(objects)
        custom += sum(map(is_custom, objects))
    how = f"{how}; {checked - custom} objects by Kubernetes {KUBERNETES}'s schema"
    sys.stdout.write(f"{how}, {custom} custom ones by ours in deploy/k8s/schemas (the operators' own are not here)\n")
    sys.stdout.writelines(f"{wrong}\n" for wrong in faults)
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())
