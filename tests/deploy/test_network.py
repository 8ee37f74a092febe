"""Who may talk to whom: only along the arrows of the README's picture, and with the systems beside the suite."""

from collections.abc import Iterator
from typing import Any

import pytest

from tests.deploy.manifests import OVERLAYS, PROGRAMS, SERVICES, Manifest, manifests, matches, of_kind
from tests.deploy.suite import ARROWS, arrows

GRPC = 7100
CONSOLE = {
    "app.kubernetes.io/name": "console",
    "app.kubernetes.io/component": "console",
    "app.kubernetes.io/part-of": "psmf",
}
OUTSIDE = {
    "kube-system/kube-dns": "DNS",
    "monitoring/opentelemetry-collector": "collector",
    "monitoring/prometheus": "Prometheus",
    "keda": "KEDA",
    "cnpg-system": "CloudNativePG",
}


def labels(service: str) -> dict[str, str]:
    if service == "console":
        return CONSOLE
    return {
        "app.kubernetes.io/name": service,
        "app.kubernetes.io/component": "service",
        "app.kubernetes.io/part-of": "psmf",
    }


def name_of(peer: Manifest) -> Iterator[str]:
    """Yield one word for each target of a policy's peer."""
    if "ipBlock" in peer:
        yield peer["ipBlock"]["cidr"]
        return
    pod = peer.get("podSelector", {}).get("matchLabels", {})
    if "namespaceSelector" in peer:
        space = peer["namespaceSelector"]["matchLabels"]
        if space in ({"psmf-callers": "yes"}, {"psmf-readers": "yes"}, {"psmf-visitors": "yes"}):
            yield next(iter(space)).removeprefix("psmf-")
            return
        words = [space["kubernetes.io/metadata.name"], *(value for key, value in pod.items())]
        yield OUTSIDE["/".join(words)]
    elif "strimzi.io/cluster" in pod:
        yield "Kafka"
    elif "cnpg.io/cluster" in pod:
        yield "PostgreSQL"
    else:
        yield from (one for one in PROGRAMS if matches({"matchLabels": pod}, labels(one)))


def open_to(overlay: str, service: str, direction: str) -> set[tuple[str, int]]:
    """Return who may call a service, or whom it may call, and on which port."""
    side = {"Ingress": "from", "Egress": "to"}[direction]
    found = set()
    for policy in (one["spec"] for one in manifests(overlay) if one["kind"] == "NetworkPolicy"):
        if not matches(policy["podSelector"], labels(service)) or direction not in policy["policyTypes"]:
            continue
        for rule in policy.get(direction.lower(), ()):
            assert rule[side], "an empty list means everybody"
            assert rule["ports"], "an empty list means every port"
            names = {name for peer in rule[side] for name in name_of(peer)}
            found |= {(name, port["port"]) for name in names for port in rule["ports"]}
    return found


def test_the_picture_is_what_the_code_listens_to() -> None:
    assert arrows() == ARROWS


@pytest.mark.parametrize("overlay", OVERLAYS)
def test_services_reach_one_another_along_the_arrows(overlay: str) -> None:
    """The reader calls the publisher, and both ends must be open. With Kafka it asks for what the topic lacks (F6)."""
    outgoing = {(to, one) for one in SERVICES for to, port in open_to(overlay, one, "Egress") if port == GRPC}
    incoming = {(one, by) for one in SERVICES for by, port in open_to(overlay, one, "Ingress") if by in SERVICES}
    assert outgoing == incoming == ARROWS


@pytest.mark.parametrize("overlay", OVERLAYS)
@pytest.mark.parametrize("service", SERVICES)
def test_beside_that_a_service_reaches_what_it_runs_on(overlay: str, service: str) -> None:
    expected = {("DNS", 53), ("collector", 4317)}
    if overlay != "local":
        expected |= {("Kafka", 9093), ("PostgreSQL", 5432)}
    if service == "notifications":
        expected |= {("192.0.2.25/32", 587)}
    assert {one for one in open_to(overlay, service, "Egress") if one[0] not in SERVICES} == expected


@pytest.mark.parametrize("overlay", OVERLAYS)
@pytest.mark.parametrize("service", SERVICES)
def test_beside_that_it_is_reached_by_callers_and_monitoring(overlay: str, service: str) -> None:
    incoming = {one for one in open_to(overlay, service, "Ingress") if one[0] not in SERVICES}
    assert incoming == {("callers", GRPC), ("console", GRPC), ("Prometheus", 9464)}


@pytest.mark.parametrize("overlay", OVERLAYS)
def test_the_console_reaches_the_four_services_the_issuer_and_nothing_that_holds_records(overlay: str) -> None:
    assert open_to(overlay, "console", "Egress") == {
        ("DNS", 53),
        ("collector", 4317),
        ("192.0.2.26/32", 443),
        *((service, GRPC) for service in SERVICES),
    }
    assert open_to(overlay, "console", "Ingress") == {("visitors", 7200), ("Prometheus", 9464)}


@pytest.mark.parametrize("overlay", OVERLAYS)
def test_every_pod_of_the_namespace_is_closed_first(overlay: str) -> None:
    closed = [one["spec"] for one in manifests(overlay) if one["kind"] == "NetworkPolicy"]
    assert {"podSelector": {}, "policyTypes": ["Ingress"]} in closed


@pytest.mark.parametrize("overlay", ["staging", "production"])
def test_a_migration_reaches_the_database_and_nothing_else(overlay: str) -> None:
    pod = {"app.kubernetes.io/part-of": "psmf", "app.kubernetes.io/component": "migrate"}
    policies: list[Any] = [one["spec"] for one in manifests(overlay) if one["kind"] == "NetworkPolicy"]
    rules = [rule for one in policies if matches(one["podSelector"], pod) for rule in one.get("egress", ())]
    assert {name for rule in rules for peer in rule["to"] for name in name_of(peer)} == {"DNS", "PostgreSQL"}


@pytest.mark.parametrize("overlay", ["staging", "production"])
def test_the_brokers_are_reached_by_services_by_who_reads_events_and_by_who_measures(overlay: str) -> None:
    (kafka,) = (one for one in manifests(overlay) if one["kind"] == "Kafka")
    (listener,) = kafka["spec"]["kafka"]["listeners"]
    assert {name for peer in listener["networkPolicyPeers"] for name in name_of(peer)} == {*SERVICES, "readers", "KEDA"}


@pytest.mark.parametrize("overlay", OVERLAYS)
@pytest.mark.parametrize("service", SERVICES)
def test_a_caller_sees_every_pod_of_a_service(overlay: str, service: str) -> None:
    found = of_kind(overlay, "Service")[service]["spec"]
    assert found["clusterIP"] == "None"
    assert matches({"matchLabels": found["selector"]}, labels(service))
    assert [port["port"] for port in found["ports"]] == [GRPC]
