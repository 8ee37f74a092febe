"""The contract of events for other systems is made from the protos, and says everything (doors D22)."""

import re
from collections.abc import Iterator
from typing import Any

import pytest
import yaml

from services.platform.data_file import YAML_LOADER
from services.platform.kafka.topics import topics as real_topics
from tests.deploy.manifests import of_kind
from tools import event_contract
from tools.event_contract import ASYNCAPI, PAGE, Event, asyncapi, events_of, page, parts_of, topics
from tools.proto_comments import Message

DOCUMENT: dict[str, Any] = yaml.load(ASYNCAPI.read_text(encoding="utf-8"), Loader=YAML_LOADER)  # noqa: S506
EVENTS = [event for topic in topics() for event in events_of(topic["name"])]
EVERY_EVENT = pytest.mark.parametrize("event", EVENTS, ids=lambda event: event.message.name)


def test_both_are_what_the_protos_say() -> None:
    """doors D22: a contract that is written by hand is wrong after the next event."""
    assert PAGE.read_text(encoding="utf-8") == page(), "make docs"
    assert ASYNCAPI.read_text(encoding="utf-8") == asyncapi(), "make docs"


def test_every_topic_that_a_reader_may_read_is_there_as_it_is() -> None:
    channels = {
        name: (channel["bindings"]["kafka"]["partitions"], channel["bindings"]["kafka"]["topicConfiguration"])
        for name, channel in DOCUMENT["channels"].items()
    }
    read = {rule["resource"]["name"] for rule in _rules_of_a_reader() if rule["resource"]["type"] == "topic"}
    assert set(channels) == read
    assert channels == {
        topic.name: (topic.partitions, {"retention.ms": topic.retention_days * event_contract.DAY_MS})
        for topic in real_topics()
        if topic.name in read
    }


def _rules_of_a_reader() -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = of_kind("production", "KafkaUser")["psmf-reader-kafka"]["spec"]["authorization"][
        "acls"
    ]
    return found


@EVERY_EVENT
def test_every_event_says_when_it_is_sent_and_what_each_field_means(event: Event) -> None:
    assert event.message.means.startswith("Sent ")
    parts: list[Message] = [event.message, *(part for part in parts_of([event]) if isinstance(part, Message))]
    assert [f"{part.name}.{field.name}" for part in parts for field in part.fields if not field.means] == []
    assert all(part.means for part in parts_of([event]))


@EVERY_EVENT
def test_the_message_of_an_event_is_its_body_and_its_headers(event: Event) -> None:
    found = DOCUMENT["components"]["messages"][event.message.name]
    assert found["payload"] == {"$ref": f"#/components/schemas/{event.topic}"}
    assert found["headers"]["allOf"][1] == {"properties": {"ce_type": {"const": event.message.name}}}
    schema = DOCUMENT["components"]["schemas"][event.topic]
    assert f"message {event.title} {{" in schema["schema"]
    assert DOCUMENT["channels"][event.topic]["messages"][event.title] == {
        "$ref": f"#/components/messages/{event.message.name}"
    }


def test_every_reference_leads_somewhere() -> None:
    for reference in _references(DOCUMENT):
        place: Any = DOCUMENT
        for step in reference.removeprefix("#/").split("/"):
            place = place[step]
        assert place


def _references(part: Any) -> Iterator[str]:
    if isinstance(part, dict):
        yield from ([part["$ref"]] if "$ref" in part else [])
        for each in part.values():
            yield from _references(each)
    elif isinstance(part, list):
        for each in part:
            yield from _references(each)


def test_every_link_of_the_page_leads_to_one_heading() -> None:
    text = PAGE.read_text(encoding="utf-8")
    headings = [re.sub(r"[^\w -]", "", line.lstrip("# ").lower()) for line in text.splitlines() if line[:1] == "#"]
    assert len(headings) == len(set(headings))
    assert set(re.findall(r"\]\(#([^)]+)\)", text)) <= {heading.replace(" ", "-") for heading in headings}
