"""The manifests have the same topics and the same readers and writers as the code."""

import pytest

from tests.deploy.manifests import ROOT, SERVICES, of_kind, rights
from tests.deploy.suite import listens_to, topics

CLUSTERS = pytest.mark.parametrize("overlay", ["staging", "production"])
EVERY_SERVICE = pytest.mark.parametrize("service", SERVICES)
DAY_IN_MILLISECONDS = 24 * 60 * 60 * 1000


def test_every_service_has_its_topic_and_one_for_dead_letters() -> None:
    """A topic has the name of its owner's proto package (decisions)."""
    assert set(topics()) == {f"psmf.{service}.v1{end}" for service in SERVICES for end in ("", ".dead")}
    for name, topic in topics().items():
        assert name.split(".")[1] == topic["owner"]
        assert (ROOT / "proto" / name.removesuffix(".dead").replace(".", "/")).is_dir()
        assert set(topic) == {"name", "owner", "partitions", "retention_days"}


@CLUSTERS
def test_the_topics_of_the_cluster_are_those_of_the_code(overlay: str) -> None:
    declared = of_kind(overlay, "KafkaTopic")
    assert {
        name: (topic["spec"]["partitions"], topic["spec"]["config"]["retention.ms"] / DAY_IN_MILLISECONDS)
        for name, topic in declared.items()
    } == {name: (topic["partitions"], topic["retention_days"]) for name, topic in topics().items()}


@CLUSTERS
def test_no_acknowledged_event_is_lost_with_one_broker(overlay: str) -> None:
    for topic in of_kind(overlay, "KafkaTopic").values():
        assert (topic["spec"]["replicas"], topic["spec"]["config"]["min.insync.replicas"]) == (3, 2)
    settings = of_kind(overlay, "Kafka")["psmf"]["spec"]["kafka"]["config"]
    assert settings["default.replication.factor"] == settings["offsets.topic.replication.factor"] == 3
    assert settings["min.insync.replicas"] == 2
    assert settings["unclean.leader.election.enable"] is False
    assert settings["auto.create.topics.enable"] is False
    assert of_kind(overlay, "KafkaNodePool")["brokers"]["spec"]["replicas"] == 3


@CLUSTERS
@EVERY_SERVICE
def test_a_service_writes_its_own_topics_and_reads_what_it_listens_to(overlay: str, service: str) -> None:
    assert listens_to(service)
    allowed = {("topic", topic, "Write") for topic in topics() if topics()[topic]["owner"] == service}
    allowed |= {("topic", f"psmf.{source}.v1", "Read") for source in listens_to(service)}
    expected = {
        (kind, name, "literal", operation) for kind, name, word in allowed for operation in ("Describe", word)
    } | {("group", f"psmf.{service}", "prefix", operation) for operation in ("Describe", "Read")}
    assert rights(of_kind(overlay, "KafkaUser")[f"psmf-{service}-kafka"]) == expected


@CLUSTERS
def test_nobody_else_may_read_or_write(overlay: str) -> None:
    others = set(of_kind(overlay, "KafkaUser")) - {f"psmf-{service}-kafka" for service in SERVICES}
    assert others == {"psmf-scaling-kafka", "psmf-reader-kafka"}
    assert {right[-1] for right in rights(of_kind(overlay, "KafkaUser")["psmf-scaling-kafka"])} == {"Describe"}


@CLUSTERS
def test_another_system_reads_every_event_and_no_dead_letter_and_writes_nothing(overlay: str) -> None:
    """doors D22: nobody but our own services had the right to read."""
    allowed = {("topic", name) for name in topics() if not name.endswith(".dead")}
    expected = {(kind, name, "literal", word) for kind, name in allowed for word in ("Describe", "Read")}
    expected |= {("group", "psmf-reader", "prefix", word) for word in ("Describe", "Read")}
    assert rights(of_kind(overlay, "KafkaUser")["psmf-reader-kafka"]) == expected


@CLUSTERS
def test_a_service_is_who_its_certificate_says(overlay: str) -> None:
    for service in SERVICES:
        volumes = of_kind(overlay, "Deployment")[service]["spec"]["template"]["spec"]["volumes"]
        (kafka,) = (volume["projected"]["sources"] for volume in volumes if volume["name"] == "kafka")
        assert [source["secret"]["name"] for source in kafka] == [f"psmf-{service}-kafka", "psmf-cluster-ca-cert"]


@CLUSTERS
def test_what_waits_is_measured_where_a_service_listens(overlay: str) -> None:
    for service, scaled in of_kind(overlay, "ScaledObject").items():
        asked = [trigger["metadata"] for trigger in scaled["spec"]["triggers"]]
        waits = {(one["topic"], one["consumerGroup"]) for one in asked}
        assert waits == {(f"psmf.{source}.v1", f"psmf.{service}.{source}") for source in listens_to(service)}


@CLUSTERS
def test_every_service_is_scaled_once_and_never_beyond_its_partitions(overlay: str) -> None:
    by_events = {name: one["spec"]["maxReplicaCount"] for name, one in of_kind(overlay, "ScaledObject").items()}
    by_calls = {name: one["spec"]["maxReplicas"] for name, one in of_kind(overlay, "HorizontalPodAutoscaler").items()}
    assert sorted([*by_events, *by_calls]) == sorted(SERVICES)
    partitions = min(topic["partitions"] for name, topic in topics().items() if not name.endswith(".dead"))
    assert max(*by_events.values(), *by_calls.values()) <= partitions
    services = (of_kind(overlay, "Deployment")[service] for service in SERVICES)
    assert not any("replicas" in one["spec"] for one in services)


@CLUSTERS
@EVERY_SERVICE
def test_every_service_has_a_database_that_only_it_enters(overlay: str, service: str) -> None:
    cluster = of_kind(overlay, "Cluster")["psmf-postgres"]["spec"]
    first = cluster["bootstrap"]["initdb"]
    owners = {first["database"]: first["owner"]}
    owners |= {one["spec"]["name"]: one["spec"]["owner"] for one in of_kind(overlay, "Database").values()}
    assert owners == {name: name for name in SERVICES}
    lines = [line.split() for line in cluster["postgresql"]["pg_hba"]]
    assert [line for line in lines if line[2] == service] == [["hostssl", service, service, "all", "cert"]]
    assert lines[-1][:2] == ["host", "all"]
    assert lines[-1][-1] == "reject"
    assert service in lines[-1][2].split(",")
    (role,) = (role for role in cluster["managed"]["roles"] if role["name"] == service)
    assert role["disablePassword"]


@CLUSTERS
@EVERY_SERVICE
def test_a_copy_is_named_so_that_it_takes_up_what_it_had_claimed(overlay: str, service: str) -> None:
    (container,) = of_kind(overlay, "Deployment")[service]["spec"]["template"]["spec"]["containers"]
    (named,) = container["env"]
    assert named == {"name": "PSMF_COPY_NAME", "valueFrom": {"fieldRef": {"fieldPath": "metadata.name"}}}
    strategy = of_kind(overlay, "Deployment")[service]["spec"]["strategy"]["rollingUpdate"]
    assert strategy == {"maxSurge": 1, "maxUnavailable": 0}
