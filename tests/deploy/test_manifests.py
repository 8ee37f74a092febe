"""Every manifest uses only fields known to Kubernetes and the operators. Unknown fields are found."""

import copy
from typing import Any

import pytest

from tests.deploy.manifests import K8S, KUBECTL, OVERLAYS, assembled, identity, manifests, of_kind, rendered
from tests.deploy.validation import fault

PLANTED = {
    "Deployment": ("replica", 3),
    "Service": ("clusterIp", "None"),
    "NetworkPolicy": ("podSelektor", {}),
    "Kafka": ("zookeeper", {"replicas": 3}),
    "KafkaNodePool": ("replica", 3),
    "KafkaTopic": ("partition", 6),
    "KafkaUser": ("acls", []),
    "Cluster": ("instance", 3),
    "Database": ("schema", "public"),
    "ScaledObject": ("maxReplicas", 6),
    "TriggerAuthentication": ("secretTargetRefs", []),
}


@pytest.mark.parametrize("overlay", OVERLAYS)
def test_nothing_is_wrong(overlay: str) -> None:
    assert [wrong for wrong in map(fault, manifests(overlay)) if wrong] == []


@pytest.mark.parametrize(("kind", "planted"), PLANTED.items())
def test_a_field_that_nobody_knows_is_found(kind: str, planted: tuple[str, Any]) -> None:
    manifest = copy.deepcopy(next(iter(of_kind("production", kind).values())))
    assert fault(manifest) == ""
    manifest["spec"][planted[0]] = planted[1]
    assert planted[0] in fault(manifest)


def test_a_kind_that_nobody_knows_is_found() -> None:
    unknown = {"apiVersion": "kafka.strimzi.io/v1beta2", "kind": "KafkaTopic", "metadata": {"name": "old"}}
    assert "no schema" in fault(unknown)


@pytest.mark.skipif(not KUBECTL, reason="kubectl is not there to compare with")
@pytest.mark.parametrize("overlay", ["staging", "production"])
def test_without_kubectl_the_same_objects_are_checked(overlay: str) -> None:
    """Our replacement for a missing kubectl finds the same objects with the same settings."""
    ours, theirs = (
        {identity(one): one.get("data") for one in found}
        for found in (assembled(K8S / "overlays" / overlay), rendered(K8S / "overlays" / overlay))
    )
    assert ours == theirs


def test_production_has_no_patches() -> None:
    """So a machine without kubectl can check all of it."""
    assert "patches" not in (K8S / "overlays" / "production" / "kustomization.yaml").read_text()
