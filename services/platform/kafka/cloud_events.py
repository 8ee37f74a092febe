"""Events on the wire of Kafka: CloudEvents 1.0 in binary mode, attributes in the headers, protobuf in the body.

Ids, types, instants and sequence numbers only. The record's key is the person's opaque id: one person, one partition.
"""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from cloudevents.core.base import BaseCloudEvent
from cloudevents.core.bindings.kafka import KafkaMessage, from_binary, to_binary
from cloudevents.core.formats.json import JSONFormat
from cloudevents.core.v1.event import CloudEvent

from services.platform.events.outbox import StoredEvent

Headers = list[tuple[str, bytes]]
CONTENT_TYPE = "application/protobuf"


class NotAnEventError(ValueError):
    """A record of a topic is no event of ours."""


class _Protobuf(JSONFormat):
    """The SDK's own format turns a body that happens to be UTF-8 into text; ours passes bytes through."""

    def write_data(self, data: Any, datacontenttype: str | None) -> bytes:
        """The body as it is."""
        return bytes(data)

    def read_data(self, body: bytes, datacontenttype: str | None) -> bytes:
        """The body as it is."""
        return body


_FORMAT = _Protobuf()


def to_record(event: StoredEvent, source: str, more: Mapping[str, str] | None = None) -> tuple[bytes, bytes, Headers]:
    """Key, value and headers of the record that carries an event, with more attributes where there are."""
    attributes: dict[str, Any] = {
        "id": event.event_id,
        "source": f"psmf/{source}",
        "type": event.type,
        "specversion": "1.0",
        "time": event.recorded_at,
        "datacontenttype": CONTENT_TYPE,
        "dataschema": f"psmf:{event.type}",
        "partitionkey": event.key or event.event_id,
        "sequence": str(event.key_sequence),
        "position": str(event.position),
        **({"traceparent": event.traceparent} if event.traceparent else {}),
        **(more or {}),
    }
    message = to_binary(CloudEvent(attributes=attributes, data=event.data), _FORMAT)
    return event.key.encode(), message.value, list(message.headers.items())


def from_record(key: bytes | None, value: bytes | None, headers: Headers) -> StoredEvent:
    """The event a record carries.

    Raises:
        NotAnEventError: something that every event of ours has is missing, or cannot be read.
    """
    try:
        message = KafkaMessage(dict(headers), (key or b"").decode(), value or b"")
        event: BaseCloudEvent = from_binary(message, _FORMAT)
        recorded_at = event.get_time()
        if not isinstance(recorded_at, datetime) or recorded_at.tzinfo is None:
            raise NotAnEventError("time")
        return StoredEvent(
            _number(event, "position", least=0),
            _word(event.get_id(), 60),
            _word(event.get_type(), 100),
            _word(event.get_extension("partitionkey"), 64),
            _number(event, "sequence", least=1),
            recorded_at,
            _word(event.get_extension("traceparent") or "-", 64).removeprefix("-"),
            value or b"",
        )
    except NotAnEventError:
        raise
    except Exception as problem:
        raise NotAnEventError(type(problem).__name__) from None


def _word(value: Any, longest: int) -> str:
    """A word that every database can keep: what it could not keep, it could not set aside either."""
    if not isinstance(value, str) or not 0 < len(value) <= longest or not (value.isascii() and value.isprintable()):
        raise NotAnEventError("word")
    return value


def _number(event: BaseCloudEvent, name: str, least: int) -> int:
    number = int(event.get_extension(name))
    if not least <= number < 2**63:
        raise NotAnEventError(name)
    return number
