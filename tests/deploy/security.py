"""Twenty-five checks of a workload: Pod Security `restricted`, and the further demands of reliability E-4."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from tests.deploy.manifests import Manifest, manifests, matches

GROUPS_BELOW = 1000
"""First number of an ordinary user or group. A system's own have lower numbers."""
VOLUME_KINDS = {"emptyDir", "projected", "secret", "configMap", "persistentVolumeClaim"}
LONG_ENOUGH_SECONDS = 30
DIGEST = re.compile(r"@sha256:[0-9a-f]{64}$")
MADE_HERE = "psmf:local"
"""The image a developer builds for a local cluster. It has no digest before it is built."""


@dataclass(frozen=True)
class Workload:
    """An object that starts pods, with the objects around it."""

    overlay: str
    manifest: Manifest
    around: tuple[Manifest, ...]

    @property
    def kind(self) -> str:
        """Return Deployment or Job."""
        return str(self.manifest["kind"])

    @property
    def labels(self) -> dict[str, str]:
        """Return the labels of its pods."""
        labels: dict[str, str] = self.manifest["spec"]["template"]["metadata"]["labels"]
        return labels

    @property
    def pod(self) -> Manifest:
        """Return the spec of its pods."""
        pod: Manifest = self.manifest["spec"]["template"]["spec"]
        return pod

    @property
    def containers(self) -> list[Manifest]:
        """Return all containers of a pod, including init containers."""
        return [*self.pod.get("initContainers", ()), *self.pod["containers"]]

    def each(self, holds: Callable[[Manifest], Any]) -> bool:
        """Return whether a condition holds for every container."""
        return all(holds(container) for container in self.containers)

    def secured(self, holds: Callable[[Manifest], Any]) -> bool:
        """Return whether a condition holds for the security context of every container."""
        return self.each(lambda container: holds(container.get("securityContext", {})))

    def denied(self, direction: str) -> bool:
        """Return whether a policy selects the pods and blocks all traffic in one direction."""
        policies = [one["spec"] for one in self.around if one["kind"] == "NetworkPolicy"]
        return any(
            matches(policy["podSelector"], self.labels)
            and direction in policy["policyTypes"]
            and not policy.get(direction.lower())
            for policy in policies
        )

    def kept_up(self) -> bool:
        """Return whether some of its pods must stay up during maintenance of a cluster."""
        budgets = [one["spec"] for one in self.around if one["kind"] == "PodDisruptionBudget"]
        return any(matches(budget["selector"], self.labels) for budget in budgets)


def workloads(overlay: str) -> Iterator[Workload]:
    """Yield every object of an overlay that starts our pods."""
    around = manifests(overlay)
    for manifest in around:
        if manifest["kind"] in ("Deployment", "Job", "StatefulSet", "DaemonSet", "CronJob", "Pod"):
            yield Workload(overlay, manifest, around)


def _pod(work: Workload) -> Manifest:
    context: Manifest = work.pod.get("securityContext", {})
    return context


def _amounts(container: Manifest, which: str) -> bool:
    return {"cpu", "memory"} <= set(container.get("resources", {}).get(which, {}))


PATHS = {"": "/health/live", "ready": "/health/ready"}
"""The addresses of the console's health, by the words of gRPC's."""


def _probe(work: Workload, name: str, service: str) -> bool:
    return work.kind == "Job" or all(_asks(container.get(name, {}), service) for container in work.pod["containers"])


def _asks(probe: Manifest, service: str) -> bool:
    if grpc := probe.get("grpc"):
        return bool(grpc["port"]) and grpc["service"] == service
    return bool(probe.get("httpGet", {}).get("port")) and probe["httpGet"].get("path") == PATHS[service]


def _pinned(work: Workload) -> bool:
    images = [container["image"] for container in work.containers]
    return all(DIGEST.search(image) or (work.overlay, image) == ("local", MADE_HERE) for image in images)


def _no_secret_by_value(container: Manifest) -> bool:
    names = [variable["name"] for variable in container.get("env", ()) if "value" in variable]
    from_secrets = [part for part in container.get("envFrom", ()) if "secretRef" in part]
    by_key = [part for part in container.get("env", ()) if "secretKeyRef" in part.get("valueFrom", {})]
    return not from_secrets and not by_key and not re.search("PASSWORD|SECRET|TOKEN|PRIVATE", " ".join(names))


def _secrets_read_only(work: Workload) -> bool:
    secret = {volume["name"] for volume in work.pod.get("volumes", ()) if {"secret", "projected"} & set(volume)}
    mounts = [mount for container in work.containers for mount in container.get("volumeMounts", ())]
    return all(mount.get("readOnly") for mount in mounts if mount["name"] in secret)


def _bounded_in_time(work: Workload) -> bool:
    if work.kind == "Job":
        return bool(work.manifest["spec"].get("activeDeadlineSeconds"))
    return bool(work.pod.get("terminationGracePeriodSeconds", 0) >= LONG_ENOUGH_SECONDS)


CHECKS: dict[str, Callable[[Workload], Any]] = {
    # Pod Security, "restricted"
    "runs as somebody": lambda work: _pod(work).get("runAsNonRoot") is True,
    "by a number of its own": lambda work: _pod(work).get("runAsUser", 0) >= GROUPS_BELOW,
    "in a group of its own": lambda work: _pod(work).get("runAsGroup", 0) >= GROUPS_BELOW,
    "no container is somebody else": lambda work: work.secured(lambda it: not {"runAsUser", "runAsNonRoot"} & set(it)),
    "calls of the kernel are filtered": lambda work: _pod(work).get("seccompProfile") == {"type": "RuntimeDefault"},
    "no container is filtered less": lambda work: work.secured(lambda it: "seccompProfile" not in it),
    "gains no rights": lambda work: work.secured(lambda it: it.get("allowPrivilegeEscalation") is False),
    "has no privileges": lambda work: work.secured(lambda it: not it.get("privileged")),
    "drops every capability": lambda work: work.secured(lambda it: it.get("capabilities", {}).get("drop") == ["ALL"]),
    "adds no capability": lambda work: work.secured(lambda it: not it.get("capabilities", {}).get("add")),
    "sees no namespace of the node": lambda work: not {"hostNetwork", "hostPID", "hostIPC"} & set(work.pod),
    "opens no port of the node": lambda work: work.each(
        lambda it: not [port for port in it.get("ports", ()) if "hostPort" in port]
    ),
    "mounts harmless kinds only": lambda work: all(
        set(volume) - {"name"} <= VOLUME_KINDS for volume in work.pod.get("volumes", ())
    ),
    # Beyond Pod Security
    "changes nothing of its image": lambda work: work.secured(lambda it: it.get("readOnlyRootFilesystem") is True),
    "holds no token of the cluster": lambda work: work.pod.get("automountServiceAccountToken") is False,
    "holds secrets as files only": lambda work: work.each(_no_secret_by_value),
    "changes no secret": _secrets_read_only,
    "is promised what it needs": lambda work: work.each(lambda it: _amounts(it, "requests")),
    "takes no more than its share": lambda work: work.each(lambda it: _amounts(it, "limits")),
    "says when it has started and lives": lambda work: (
        _probe(work, "startupProbe", "") and _probe(work, "livenessProbe", "")
    ),
    "says when it takes calls": lambda work: _probe(work, "readinessProbe", "ready"),
    "is stopped in time, and with time": _bounded_in_time,
    "is exactly one image": _pinned,
    "talks to nobody by default": lambda work: work.denied("Ingress") and work.denied("Egress"),
    "stays when a node is emptied": lambda work: work.kind == "Job" or work.kept_up(),
}
