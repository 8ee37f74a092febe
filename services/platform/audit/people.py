"""Whom a message is about, so that the audit log names each person whom a call across people touched."""

import re
from collections.abc import Iterable
from typing import Any

from google.protobuf.descriptor import FieldDescriptor
from google.protobuf.message import Message

_ID = re.compile(r"[A-Za-z0-9._:@~-]{1,64}")
"""The form of an id. What somebody typed in place of one has no place in the audit log (A9)."""


def people_in(messages: Iterable[Message], collection: str) -> list[str]:
    """Return the ids of the people whom messages name, in order. `collection`: of their resource names.

    A person is named by a resource name, or by the id alone in a field that is called like one of the collection.
    """
    found: set[str] = set()
    one = collection.removesuffix("s")
    for message in messages:
        _look_through(message, f"{collection}/", (one, f"{one}_id"), found)
    return sorted(each for each in found if _ID.fullmatch(each) and each != "-")


def _look_through(message: Any, start: str, bare: tuple[str, str], found: set[str]) -> None:
    # A record under a person's name is about that person alone. A page of a list holds hundreds of them, and to look
    # through each would make the page a quarter slower.
    name = getattr(message, "name", "")
    if isinstance(name, str) and name.startswith(start):
        found.add(name.split("/", 2)[1])
        return
    for field, value in message.ListFields():
        if field.type == FieldDescriptor.TYPE_STRING:
            texts = value if field.is_repeated else (value,)
            found.update(text.split("/", 2)[1] for text in texts if text.startswith(start))
            found.update(text for text in texts if field.name in bare and not text.startswith(start))
        elif field.type == FieldDescriptor.TYPE_MESSAGE:
            for inside in _messages(field, value):
                _look_through(inside, start, bare, found)


def _messages(field: Any, value: Any) -> Iterable[Any]:
    if not field.is_repeated:
        return (value,)
    if field.message_type.GetOptions().map_entry:
        held = value.values()
        return held if field.message_type.fields_by_name["value"].message_type else ()
    return value  # type: ignore[no-any-return]
