"""Events as records of Kafka: CloudEvents 1.0 in binary mode, with attributes in headers and protobuf in the body.

The attributes are ids, types, instants and sequence numbers only. The record's key is the opaque id of the person, so
all events of a person are in one partition and stay in order.
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
ORIGIN = "ce_origin"
"""Header with the name of the database that the event is stored in (services/platform/storage/origin.py)."""
SEQUENCE_DIGITS = 20
"""CloudEvents asks that sequences sort as text. The largest number of the column has 19 digits."""


class NotAnEventError(ValueError):
    """A record of a topic is not one of our events."""


class _Protobuf(JSONFormat):
    """A format that leaves the body alone. The SDK's own format turns a body that happens to be UTF-8 into text."""

    def write_data(self, data: Any, datacontenttype: str | None) -> bytes:
        """Return the body as it is."""
        return bytes(data)

    def read_data(self, body: bytes, datacontenttype: str | None) -> bytes:
        """Return the body as it is."""
        return body


_FORMAT = _Protobuf()


def source_of(service: str) -> str:
    """Return what the events of a service name as their source."""
    return f"psmf/{service}"


def to_record(event: StoredEvent, source: str, more: Mapping[str, str] | None = None) -> tuple[bytes, bytes, Headers]:
    """Return key, value and headers of the record that carries an event, with any further attributes."""
    attributes: dict[str, Any] = {
        "id": event.event_id,
        "source": source_of(source),
        "type": event.type,
        "specversion": "1.0",
        "time": event.recorded_at,
        "datacontenttype": CONTENT_TYPE,
        "dataschema": f"psmf:{event.type}",
        "partitionkey": event.key or event.event_id,
        "sequence": f"{event.key_sequence:0{SEQUENCE_DIGITS}}",
        "position": str(event.position),
        **({"traceparent": event.traceparent} if event.traceparent else {}),
        **(more or {}),
    }
    message = to_binary(CloudEvent(attributes=attributes, data=event.data), _FORMAT)
    return event.key.encode(), message.value, list(message.headers.items())


def origin_of(headers: Headers) -> str:
    """Return the name of the database that a record comes from; empty if a release before wrote it."""
    return next((value.decode("ascii", "replace") for name, value in headers if name == ORIGIN), "")


def from_record(key: bytes | None, value: bytes | None, headers: Headers, source: str) -> StoredEvent:
    """Return the event that a record in the topic of a service carries.

    Its sequence may have the zeros in front that earlier releases left out.

    Raises:
        NotAnEventError: an attribute that all our events have is missing or unreadable, or names another source. A
            record of one service would otherwise be taken for another's wherever somebody may write to its topic.
    """
    try:
        message = KafkaMessage(dict(headers), (key or b"").decode(), value or b"")
        event: BaseCloudEvent = from_binary(message, _FORMAT)
        if event.get_source() != source_of(source):
            raise NotAnEventError("source")
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
        # Anybody with the right may write anything to a topic, and the SDK raises what it likes. A record must never
        # stop the reader. Only the type is kept, because the text could quote what a stranger wrote.
        raise NotAnEventError(type(problem).__name__) from None


def _word(value: Any, longest: int) -> str:
    """Return a word that fits its column. One that did not fit could not become a dead letter either."""
    if not isinstance(value, str) or not 0 < len(value) <= longest or not (value.isascii() and value.isprintable()):
        raise NotAnEventError("word")
    return value


def _number(event: BaseCloudEvent, name: str, least: int) -> int:
    number = int(event.get_extension(name))
    if not least <= number < 2**63:  # the columns are signed and have 64 bits
        raise NotAnEventError(name)
    return number
