"""The quota of the namespace holds the largest installation while a release is rolled out, and little more."""

from collections.abc import Iterator

import pytest

from tests.deploy.manifests import Manifest, manifests, of_kind

UNITS = {"m": 1e-3, "Mi": 2.0**20, "Gi": 2.0**30}
MORE = 1.5
"""How much larger the quota may be than what it has to hold."""


def number(amount: str) -> float:
    """Return an amount of Kubernetes as a number."""
    unit = amount.lstrip("0123456789.")
    return float(amount.removesuffix(unit)) * UNITS.get(unit, 1)


def most(overlay: str, name: str) -> int:
    """Return how many pods a Deployment has at most, with the one more of a roll-out."""
    scaled = (*of_kind(overlay, "ScaledObject").values(), *of_kind(overlay, "HorizontalPodAutoscaler").values())
    for one in scaled:
        if one["spec"]["scaleTargetRef"]["name"] == name:
            return int(one["spec"].get("maxReplicaCount") or one["spec"]["maxReplicas"]) + 1
    return int(of_kind(overlay, "Deployment")[name]["spec"]["replicas"]) + 1


def pods(overlay: str) -> Iterator[tuple[int, Manifest]]:
    """Yield what each kind of pod asks for, and how many of it there are at most."""
    default = of_kind(overlay, "LimitRange")["psmf"]["spec"]["limits"][0]
    for one in manifests(overlay):
        name, kind = one["metadata"]["name"], one["kind"]
        if kind in ("Deployment", "Job"):
            count = most(overlay, name) if kind == "Deployment" else 1
            yield from ((count, box["resources"]) for box in one["spec"]["template"]["spec"]["containers"])
        elif kind == "Cluster":
            yield one["spec"]["instances"] + 1, one["spec"]["resources"]  # one more joins while one is replaced
        elif kind == "KafkaNodePool":
            yield one["spec"]["replicas"], one["spec"]["resources"]
        elif kind == "Kafka":
            yield (
                len(one["spec"]["entityOperator"]),
                {"requests": default["defaultRequest"], "limits": default["default"]},
            )


@pytest.mark.parametrize("overlay", ["staging", "production"])
@pytest.mark.parametrize("amount", ["requests.cpu", "requests.memory", "limits.cpu", "limits.memory"])
def test_the_quota_holds_the_largest_installation(overlay: str, amount: str) -> None:
    which, _, kind = amount.partition(".")
    needed = sum(count * number(asked[which][kind]) for count, asked in pods(overlay))
    assert needed <= number(of_kind(overlay, "ResourceQuota")["psmf"]["spec"]["hard"][amount]) <= needed * MORE


def test_no_container_asks_for_more_than_one_may_have() -> None:
    largest = of_kind("production", "LimitRange")["psmf"]["spec"]["limits"][0]["max"]
    for _, asked in pods("production"):
        assert all(number(asked["limits"][kind]) <= number(largest[kind]) for kind in ("cpu", "memory"))


def test_the_quota_holds_every_disk_and_pod() -> None:
    hard = of_kind("production", "ResourceQuota")["psmf"]["spec"]["hard"]
    (cluster,) = of_kind("production", "Cluster").values()
    (brokers,) = of_kind("production", "KafkaNodePool").values()
    of_postgres = [cluster["spec"][disk]["size"] for disk in ("storage", "walStorage")]
    of_kafka = [disk["size"] for disk in brokers["spec"]["storage"]["volumes"]]
    instances, nodes = cluster["spec"]["instances"] + 1, brokers["spec"]["replicas"]
    assert instances * len(of_postgres) + nodes * len(of_kafka) <= int(hard["persistentvolumeclaims"])
    assert instances * sum(map(number, of_postgres)) + nodes * sum(map(number, of_kafka)) <= number(
        hard["requests.storage"]
    )
    assert sum(count for count, _ in pods("production")) <= int(hard["pods"])
