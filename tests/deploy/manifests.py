"""The manifests as a cluster would receive them: rendered by kubectl if it is installed, otherwise assembled here."""

import re
import shutil
import subprocess
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from services.platform.data_file import YAML_LOADER

ROOT = Path(__file__).parents[2]
DEPLOY = ROOT / "deploy"
K8S = DEPLOY / "k8s"
OVERLAYS = ("local", "staging", "production")
SERVICES = ("evidence", "notifications", "rules", "scheduling")
PROGRAMS = (*SERVICES, "console")
KUBECTL = shutil.which("kubectl")
Manifest = dict[str, Any]


@cache
def manifests(overlay: str) -> tuple[Manifest, ...]:
    """Return every object of an overlay. Without kubectl its patches are left out; production has none."""
    folder = K8S / "overlays" / overlay
    return tuple(rendered(folder) if KUBECTL else assembled(folder))


def rendered(folder: Path) -> list[Manifest]:
    """Return the objects that `kubectl kustomize` renders from a folder."""
    assert KUBECTL
    done = subprocess.run([KUBECTL, "kustomize", str(folder)], capture_output=True, text=True, check=False)
    assert done.returncode == 0, f"kubectl kustomize {folder}\n{done.stderr}"
    return list(yaml.load_all(done.stdout, Loader=YAML_LOADER))


def assembled(folder: Path) -> list[Manifest]:
    """Return a folder's resources, components, settings and images, without patches, namespace or hashes in names."""
    (kustomization,) = documents(folder / "kustomization.yaml")
    found: list[Manifest] = []
    for entry in (*kustomization.get("resources", ()), *kustomization.get("components", ())):
        if (folder / entry).is_dir():
            _merge(found, assembled(folder / entry))
        else:
            found += documents(folder / entry)
    _merge(found, [_config_map(folder, entry) for entry in kustomization.get("configMapGenerator", ())])
    for image in kustomization.get("images", ()):
        for container in _containers(found):
            if container["image"] == image["name"]:
                tag = f"@{image['digest']}" if "digest" in image else f":{image['newTag']}"
                container["image"] = image.get("newName", image["name"]) + tag
    return found


def _config_map(folder: Path, entry: Manifest) -> Manifest:
    lines = (line for file in entry["envs"] for line in (folder / file).read_text().splitlines())
    data = dict(line.split("=", 1) for line in lines if line and not line.startswith("#"))
    return {"apiVersion": "v1", "kind": "ConfigMap", "metadata": {"name": entry["name"]}, "data": data}


def _merge(found: list[Manifest], more: list[Manifest]) -> None:
    """Merge settings into those of the same name, and append everything else."""
    for manifest in more:
        there = [old for old in found if manifest["kind"] == "ConfigMap" and identity(old) == identity(manifest)]
        if there:
            there[0]["data"].update(manifest["data"])
        else:
            found.append(manifest)


def _containers(found: list[Manifest]) -> Iterator[Manifest]:
    for manifest in found:
        if manifest["kind"] in ("Deployment", "Job"):
            pod = manifest["spec"]["template"]["spec"]
            yield from (*pod.get("initContainers", ()), *pod["containers"])


def documents(file: Path) -> list[Manifest]:
    """Return the objects in one file."""
    return list(yaml.load_all(file.read_text(encoding="utf-8"), Loader=YAML_LOADER))


def topics_job() -> list[Manifest]:
    """Return the component for a Kafka without a Topic Operator, which none of our overlays uses."""
    return documents(K8S / "components" / "topics-job" / "topics.yaml")


def of_cluster() -> list[Manifest]:
    """Return what belongs to no namespace, which the people who run the cluster apply."""
    return documents(K8S / "cluster" / "images.yaml")


def identity(manifest: Manifest) -> tuple[str, str]:
    """Return kind and name, without the hash that kustomize adds to the name."""
    name = manifest["metadata"]["name"]
    return manifest["kind"], re.sub(r"-[a-z0-9]{10}$", "", name) if manifest["kind"] == "ConfigMap" else name


def of_kind(overlay: str, kind: str) -> dict[str, Manifest]:
    """Return the objects of one kind by name."""
    return {identity(one)[1]: one for one in manifests(overlay) if one["kind"] == kind}


def settings_of(overlay: str, service: str) -> dict[str, str]:
    """Return the environment of a service's pods."""
    data: dict[str, str] = of_kind(overlay, "ConfigMap")[service]["data"]
    return data


def matches(selector: Manifest | None, labels: dict[str, str]) -> bool:
    """Return whether a label selector matches these labels. Our selectors use `matchLabels`, and `In`."""
    if selector is None:
        return False
    asked = selector.get("matchExpressions", ())
    assert all(one["operator"] == "In" for one in asked)
    return selector.get("matchLabels", {}).items() <= labels.items() and all(
        labels.get(one["key"]) in one["values"] for one in asked
    )


def rights(user: Manifest) -> set[tuple[str, str, str, str]]:
    """Return a KafkaUser's rights: kind of resource, name, pattern type of the name, operation."""
    return {
        (rule["resource"]["type"], rule["resource"]["name"], rule["resource"]["patternType"], operation)
        for rule in user["spec"]["authorization"]["acls"]
        for operation in rule["operations"]
    }
