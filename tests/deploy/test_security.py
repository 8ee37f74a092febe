"""Every workload passes the twenty-five checks, and each check can fail (reliability E-4, H-1)."""

import copy
from collections.abc import Callable
from typing import Any

import pytest

from tests.deploy.manifests import OVERLAYS, Manifest, manifests, topics_job
from tests.deploy.security import CHECKS, Workload, workloads

EVERY_OVERLAY = pytest.mark.parametrize("overlay", OVERLAYS)
EVERY_CHECK = pytest.mark.parametrize("check", CHECKS)
Sabotage = Callable[[Manifest], Any]


def test_there_are_twenty_five_checks() -> None:
    assert len(CHECKS) == len(SABOTAGE) == 25


@EVERY_OVERLAY
@EVERY_CHECK
def test_every_workload_passes(overlay: str, check: str) -> None:
    found = list(workloads(overlay))
    assert len(found) >= 4
    assert [work.manifest["metadata"]["name"] for work in found if not CHECKS[check](work)] == []


@EVERY_CHECK
def test_the_topics_job_passes_too(check: str) -> None:
    """The job is in no overlay. The overlay that adds it names its image."""
    job, policy = copy.deepcopy(topics_job())
    job["spec"]["template"]["spec"]["containers"][0]["image"] = "psmf:local"
    assert CHECKS[check](Workload("local", job, (*manifests("production"), policy)))


def test_the_cluster_itself_refuses_less() -> None:
    (namespace,) = (one for one in manifests("production") if one["kind"] == "Namespace")
    assert namespace["metadata"]["labels"]["pod-security.kubernetes.io/enforce"] == "restricted"


def _pod(key: str, value: Any) -> Sabotage:
    return lambda pod: pod.update({key: value})


def _user(key: str, value: Any) -> Sabotage:
    return lambda pod: pod["securityContext"].update({key: value})


def _box(key: str, value: Any) -> Sabotage:
    return lambda pod: pod["containers"][0].update({key: value})


def _right(key: str, value: Any) -> Sabotage:
    return lambda pod: pod["containers"][0]["securityContext"].update({key: value})


SABOTAGE: dict[str, Sabotage] = {
    "runs as somebody": _user("runAsNonRoot", False),
    "by a number of its own": _user("runAsUser", 0),
    "in a group of its own": _user("runAsGroup", 0),
    "no container is somebody else": _right("runAsUser", 0),
    "calls of the kernel are filtered": _user("seccompProfile", {"type": "Unconfined"}),
    "no container is filtered less": _right("seccompProfile", {"type": "Unconfined"}),
    "gains no rights": _right("allowPrivilegeEscalation", True),
    "has no privileges": _right("privileged", True),
    "drops every capability": _right("capabilities", {"drop": ["NET_RAW"]}),
    "adds no capability": _right("capabilities", {"drop": ["ALL"], "add": ["SYS_ADMIN"]}),
    "sees no namespace of the node": _pod("hostPID", True),
    "opens no port of the node": _box("ports", [{"containerPort": 7100, "hostPort": 7100}]),
    "mounts harmless kinds only": _pod("volumes", [{"name": "tmp", "hostPath": {"path": "/"}}]),
    "changes nothing of its image": _right("readOnlyRootFilesystem", False),
    "holds no token of the cluster": _pod("automountServiceAccountToken", True),
    "holds secrets as files only": _box("envFrom", [{"secretRef": {"name": "psmf-evidence"}}]),
    "changes no secret": _box("volumeMounts", [{"name": "secrets", "mountPath": "/run/secrets/psmf"}]),
    "is promised what it needs": _box("resources", {"limits": {"cpu": "1", "memory": "1Gi"}}),
    "takes no more than its share": _box("resources", {"requests": {"cpu": "1", "memory": "1Gi"}}),
    "says when it has started and lives": _box("livenessProbe", {"grpc": {"port": 7100, "service": "ready"}}),
    "says when it takes calls": _box("readinessProbe", {"httpGet": {"port": 7100}}),
    "is stopped in time, and with time": _pod("terminationGracePeriodSeconds", 1),
    "is exactly one image": _box("image", "psmf:latest"),
    "talks to nobody by default": lambda pod: None,
    "stays when a node is emptied": lambda pod: None,
}
"""One way to break each check. The last two concern objects around a workload, which are removed below."""


@EVERY_CHECK
def test_each_check_can_fail(check: str) -> None:
    work = next(workloads("production"))
    assert CHECKS[check](work)
    broken = Workload(work.overlay, copy.deepcopy(work.manifest), ())
    SABOTAGE[check](broken.pod)
    assert not CHECKS[check](broken)
