"""The topics of Kafka: one for the events of each service that sends any, and one for each reader's dead letters.

An explicit step creates them from `data/topics.yaml`. No client creates one by mentioning its name.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from services.platform.kafka.clients import KafkaConnection, new_admin

FILE = Path(__file__).parents[1] / "data" / "topics.yaml"
DAY_MS = 24 * 60 * 60 * 1000


@dataclass(frozen=True, slots=True)
class Topic:
    """A topic as declared."""

    name: str
    owner: str
    """The service that writes to it."""
    partitions: int
    retention_days: int


def topic_of(service: str) -> str:
    """Return the topic to which a service publishes, named like its proto package."""
    return f"psmf.{service}.v1"


def dead_letter_topic_of(service: str) -> str:
    """Return the topic of the events that a service received and could not apply."""
    return f"{topic_of(service)}.dead"


@cache
def topics() -> tuple[Topic, ...]:
    """Return every topic of the file, which is part of the package and does not change while running."""
    return tuple(Topic(**entry) for entry in yaml.safe_load(FILE.read_text())["topics"])


def found_topics(kafka: KafkaConnection) -> dict[str, tuple[int, int]]:
    """Return partitions and days kept of each of our topics that exists."""
    from kafka.admin import ConfigResource, ConfigResourceType

    admin = new_admin(kafka, "psmf-topics")
    try:
        names = {topic.name for topic in topics()} & set(admin.list_topics())
        if not names:
            return {}
        partitions = {found["name"]: len(found["partitions"]) for found in admin.describe_topics(sorted(names))}
        wanted = [ConfigResource(ConfigResourceType.TOPIC, name) for name in names]
        settings = admin.describe_configs(wanted, config_filter="all")["topic"]
        return {name: (partitions[name], int(settings[name]["retention.ms"]["value"]) // DAY_MS) for name in names}
    finally:
        admin.close()


def create_topics(kafka: KafkaConnection, replicas: int = 1, wanted: Sequence[Topic] | None = None) -> list[str]:
    """Create the missing topics and return their names. Existing topics stay as they are.

    `replicas`: how many brokers keep each topic; -1 for the brokers' own default.
    """
    admin = new_admin(kafka, "psmf-topics")
    try:
        there = set(admin.list_topics())
        missing = {topic.name: _options(topic, replicas) for topic in wanted or topics() if topic.name not in there}
        if missing:
            admin.create_topics(missing)
        return list(missing)
    finally:
        admin.close()


def _options(topic: Topic, replicas: int) -> dict[str, Any]:
    kept = {"retention.ms": str(topic.retention_days * DAY_MS)}
    return {"num_partitions": topic.partitions, "replication_factor": replicas, "configs": kept}
