"""The topics of Kafka: one for each service that publishes, and one for what could not be applied of it.

They are made by an explicit step from `data/topics.yaml`, never by a client that mentions a name.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import yaml

FILE = Path(__file__).parent / "data" / "topics.yaml"
DAY_MS = 24 * 60 * 60 * 1000


@dataclass(frozen=True, slots=True)
class Topic:
    """A topic as it must be."""

    name: str
    owner: str
    partitions: int
    retention_days: int


def topic_of(service: str) -> str:
    """The topic a service publishes to: its proto package."""
    return f"psmf.{service}.v1"


def dead_letter_topic_of(service: str) -> str:
    """The topic for events of a service that another could not apply."""
    return f"{topic_of(service)}.dead"


@cache
def topics() -> tuple[Topic, ...]:
    """Every topic, from the file."""
    return tuple(Topic(**entry) for entry in yaml.safe_load(FILE.read_text())["topics"])


def create_topics(servers: Sequence[str], replicas: int = 1) -> list[str]:
    """Make the topics that are missing; their names. What is there already stays as it is."""
    from kafka.admin import KafkaAdminClient, NewTopic

    admin: Any = KafkaAdminClient(bootstrap_servers=list(servers), client_id="psmf-topics")
    try:
        there = set(admin.list_topics())
        missing = [topic for topic in topics() if topic.name not in there]
        if missing:
            admin.create_topics(
                [
                    NewTopic(
                        topic.name,
                        num_partitions=topic.partitions,
                        replication_factor=replicas,
                        topic_configs={"retention.ms": str(topic.retention_days * DAY_MS)},
                    )
                    for topic in missing
                ]
            )
        return [topic.name for topic in missing]
    finally:
        admin.close()
