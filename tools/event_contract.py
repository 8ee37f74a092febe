"""Writes docs/events.md and docs/asyncapi.yaml from the protos, the topics and the headers: `make docs`.

A test compares both with what this writes (tests/architecture/test_event_contract.py).
"""

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, NamedTuple

import yaml

from tools.proto_comments import PROTOS, Message, Words, contract

ROOT = Path(__file__).parents[1]
DATA = ROOT / "services" / "platform" / "data"
PAGE, ASYNCAPI = ROOT / "docs" / "events.md", ROOT / "docs" / "asyncapi.yaml"
DAY_MS = 24 * 60 * 60 * 1000
CONTENT_TYPE = "application/protobuf"
COMMON = {"google.protobuf.Timestamp": "instant, UTC", "google.type.Date": "date"}
OPENING = Path(__file__).with_suffix(".md").read_text(encoding="utf-8")
"""The part of the page that is written by hand."""


class Event(NamedTuple):
    """An event, with the topic to which it is sent."""

    topic: str
    message: Message

    @property
    def title(self) -> str:
        """Its name without the package."""
        return self.message.name.rpartition(".")[2]


def topics() -> list[dict[str, Any]]:
    """Return the topics of events, without those of dead letters."""
    found = yaml.safe_load((DATA / "topics.yaml").read_text(encoding="utf-8"))["topics"]
    return [topic for topic in found if not topic["name"].endswith(".dead")]


def headers(dead: bool = False) -> list[dict[str, str]]:
    """Return the headers of a record of a topic of events, or with those of a dead letter too."""
    found: list[dict[str, str]] = yaml.safe_load((DATA / "headers.yaml").read_text(encoding="utf-8"))["headers"]
    return [header for header in found if dead or "dead" not in header.get("only", "")]


def events_of(topic: str) -> list[Event]:
    """Return the events of a topic: the messages of its `events.proto` that are no part of another one."""
    file = f"{topic.replace('.', '/')}/events.proto"
    messages = [part for part in contract().values() if isinstance(part, Message) and part.file == file]
    parts = {field.kind for message in messages for field in message.fields}
    return [Event(topic, message) for message in messages if message.name not in parts]


def parts_of(events: Sequence[Event]) -> list[Message | Words]:
    """Return the messages and enums that the events are made of, by name."""
    found: dict[str, Message | Words] = {}
    ahead: list[Message] = [event.message for event in events]
    while ahead:
        for field in ahead.pop().fields:
            part = contract().get(field.kind)
            if part is None or part.name in found:
                continue
            found[part.name] = part
            if isinstance(part, Message):
                ahead.append(part)
    return [found[name] for name in sorted(found)]


# The page


def page() -> str:
    """Return docs/events.md."""
    retention = {topic["retention_days"] for topic in topics()}
    return "\n".join([OPENING.format(retention=" or ".join(map(str, sorted(retention)))), *_tables()]) + "\n"


def _tables() -> Iterator[str]:
    yield from (
        "## Topics",
        "",
        "| Topic | Sent by | Partitions | Days kept | Key |",
        "| --- | --- | ---: | ---: | --- |",
    )
    for topic in topics():
        keys = "the opaque id of the Safeguarder"
        if topic["owner"] == "rules":
            keys += ", of an edition of the Practice Standards or of a rulebook"
        yield (
            f"| [`{topic['name']}`](#{_anchor(topic['name'])}) | {topic['owner']} | {topic['partitions']} "
            f"| {topic['retention_days']} | {keys} |"
        )
    yield "\nThe dead letters of a service are on a topic that ends with `.dead`. Only operators read it."
    yield from ("\n## Headers", "", "| Header | Means | Example |", "| --- | --- | --- |")
    for header in headers(dead=True):
        only = f" Only {header['only']}." if "only" in header else ""
        yield f"| `{header['name']}` | {header['means']}{only} | `{header['example']}` |"
    for topic in topics():
        yield f"\n## {topic['name']}"
        for event in events_of(topic["name"]):
            yield from _message(event.message, event.title)
    yield "\n## Parts of events"
    for part in parts_of([event for topic in topics() for event in events_of(topic["name"])]):
        yield from _message(part, _short(part.name)) if isinstance(part, Message) else _words(part)


def _message(message: Message, title: str) -> Iterator[str]:
    yield f"\n### {title}\n\n{message.means}"
    if not message.fields:
        yield "It has no fields."
        return
    yield from ("", "| No. | Field | Type | Means |", "| ---: | --- | --- | --- |")
    for field in message.fields:
        kind = f"several: {_kind(field.kind)}" if field.repeated else _kind(field.kind)
        yield f"| {field.number} | `{field.name}` | {kind} | {field.means} |"


def _words(words: Words) -> Iterator[str]:
    yield f"\n### {_short(words.name)}\n\n{words.means}\n"
    yield from ("| No. | Word | Means |", "| ---: | --- | --- |")
    for value in words.values:
        yield f"| {value.number} | `{value.name}` | {value.means} |"


def _kind(kind: str) -> str:
    if kind in contract():
        return f"[{_short(kind)}](#{_anchor(_short(kind))})"
    return COMMON.get(kind, kind)


def _short(name: str) -> str:
    """Return a full name without its package."""
    return name.partition(".v1.")[2]


def _anchor(heading: str) -> str:
    return heading.lower().replace(".", "")


# AsyncAPI


def asyncapi() -> str:
    """Return docs/asyncapi.yaml, in AsyncAPI 3.0."""
    found = topics()
    events = [event for topic in found for event in events_of(topic["name"])]
    document = {
        "asyncapi": "3.0.0",
        "info": {
            "title": "Events of psmf",
            "version": "v1",
            "description": "What the services of psmf send. docs/events.md says how to read it and what is promised. "
            "The schemas are the protos. `psmf protos FOLDER` copies them with everything that they import.\n",
        },
        "defaultContentType": CONTENT_TYPE,
        "channels": {topic["name"]: _channel(topic) for topic in found},
        "operations": {
            f"send-{topic['owner']}": {
                "action": "send",
                "channel": {"$ref": f"#/channels/{topic['name']}"},
                "summary": f"The service {topic['owner']} sends what happened in it.",
            }
            for topic in found
        },
        "components": {
            "messages": {event.message.name: _async_message(event) for event in events},
            "schemas": {
                "headers": _header_schema(),
                **{topic["name"]: _schema(topic["name"]) for topic in found},
            },
        },
    }
    return _OPENING_OF_YAML + yaml.dump(document, Dumper=_Dumper, sort_keys=False, allow_unicode=True, width=120)


_OPENING_OF_YAML = (
    "# `make docs` writes this file from the protos, the topics and the headers (tools/event_contract.py).\n"
)


class _Dumper(yaml.SafeDumper):
    """A writer that keeps the lines of a text."""


def _text(dumper: yaml.SafeDumper, text: str) -> yaml.Node:
    style = "|" if text.count("\n") > 1 else None
    return dumper.represent_scalar("tag:yaml.org,2002:str", text, style=style)


_Dumper.add_representer(str, _text)


def _channel(topic: Mapping[str, Any]) -> dict[str, Any]:
    return {
        "address": topic["name"],
        "messages": {
            event.title: {"$ref": f"#/components/messages/{event.message.name}"} for event in events_of(topic["name"])
        },
        "bindings": {
            "kafka": {
                "topic": topic["name"],
                "partitions": topic["partitions"],
                "topicConfiguration": {"retention.ms": topic["retention_days"] * DAY_MS},
                "bindingVersion": "0.5.0",
            }
        },
    }


def _async_message(event: Event) -> dict[str, Any]:
    return {
        "name": event.message.name,
        "title": event.title,
        "summary": event.message.means,
        "contentType": CONTENT_TYPE,
        "headers": {
            "allOf": [
                {"$ref": "#/components/schemas/headers"},
                {"properties": {"ce_type": {"const": event.message.name}}},
            ]
        },
        "payload": {"$ref": f"#/components/schemas/{event.topic}"},
        "bindings": {
            "kafka": {
                "key": {"type": "string", "description": "The key of the event, as in ce_partitionkey."},
                "bindingVersion": "0.5.0",
            }
        },
    }


def _header_schema() -> dict[str, Any]:
    found = headers()
    return {
        "type": "object",
        "required": [header["name"] for header in found if "only" not in header],
        "properties": {
            header["name"]: {"type": "string", "description": header["means"], "examples": [header["example"]]}
            for header in found
        },
    }


def _schema(topic: str) -> dict[str, str]:
    """Return the protos of a topic as text, which is how AsyncAPI wants a schema that is not JSON."""
    text = (PROTOS / topic.replace(".", "/") / "events.proto").read_text(encoding="utf-8")
    return {"schemaFormat": "application/vnd.google.protobuf;version=3", "schema": text}


if __name__ == "__main__":
    PAGE.write_text(page(), encoding="utf-8")
    ASYNCAPI.write_text(asyncapi(), encoding="utf-8")
