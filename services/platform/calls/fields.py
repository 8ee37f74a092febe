"""What every request must hold."""

import functools
from typing import Any, NamedTuple

from google.api import field_behavior_pb2
from google.protobuf.message import Message

from services.refusals import invalid


def require_fields(message: Message) -> None:
    """Enforce `(google.api.field_behavior) = REQUIRED` everywhere in a request.

    Raises:
        Refusal: INVALID, naming the first field that is missing.
    """
    missing = _missing(message, _plan(message.DESCRIPTOR))
    if missing:
        raise invalid("FIELD_MISSING", f"{missing} is needed.", missing)


class _Field(NamedTuple):
    """A field that is required or has required fields inside."""

    name: str
    required: bool
    single_message: bool
    inside: tuple["_Field", ...]


def _missing(message: Any, plan: tuple[_Field, ...]) -> str:
    """Return the path of the first required field that is missing; empty if none is."""
    for name, required, single_message, inside in plan:
        there = message.HasField(name) if single_message else getattr(message, name)
        if required and not there:
            return name
        if inside and single_message and there:
            found = _missing(getattr(message, name), inside)
            if found:
                return f"{name}.{found}"
        elif inside and not single_message:
            for index, part in enumerate(there):
                found = _missing(part, inside)
                if found:
                    return f"{name}[{index}].{found}"
    return ""


@functools.cache
def _plan(descriptor: Any) -> tuple[_Field, ...]:
    """List the fields to look at in a message type.

    Cached without a limit: reading options is slow, and message types are as many as the contract has.
    """
    fields = []
    for field in descriptor.fields:
        required = field_behavior_pb2.REQUIRED in field.GetOptions().Extensions[field_behavior_pb2.field_behavior]
        kind = field.message_type
        own = kind is not None and not kind.full_name.startswith("google.") and not kind.GetOptions().map_entry
        inside = _plan(kind) if own else ()
        if required or inside:
            fields.append(_Field(field.name, required, kind is not None and not field.is_repeated, inside))
    return tuple(fields)
