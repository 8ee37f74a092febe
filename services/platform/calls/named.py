"""The record that a request names, by its id after the collection in the request's name or parent."""

import re

from google.protobuf.message import Message

from services.plain_text import has_unseen, is_one_line
from services.refusals import Refusal, invalid

LONGEST_ID = 64
"""Characters of an id. Columns that hold one are as wide."""
_NAME = re.compile(r"[A-Za-z0-9._:@~-]*(?:/[A-Za-z0-9._:@~-]*)*")
_LONGEST_NAME = 512
_IDS = ("etag",)
"""Ends of the names of fields that hold a word of ours, sent back. The form of a `request_id` is checked with it."""
_ID = re.compile(r"[!-~]{0,200}")
_LINES = ("title", "display_name", "region")
"""Ends of the names of fields that hold one line."""


def require_names(request: Message) -> None:
    """Refuse a name or a parent that can be no name of ours, before anybody looks it up or writes it down.

    A database of one kind answers such a name as unknown. One of another kind fails at it, and the audit log would keep
    the text that somebody sent.

    Raises:
        Refusal: INVALID.
    """
    field = _naming_field(request)
    name: str = getattr(request, field) if field else ""
    if (
        len(name) > _LONGEST_NAME
        or not _NAME.fullmatch(name)
        or any(len(part) > LONGEST_ID for part in name.split("/"))
    ):
        message = f"{field} holds an id that is too long or has characters that no id has."
        raise invalid("NAME_NOT_VALID", message, field)


def unfit_field(message: Message, path: str = "") -> Refusal | None:
    """Return the refusal of the first text that its field cannot hold, None if all fit. It never says the text back.

    An id is one word of ASCII and short. A line has no line feed. Every text shows all that it says. The texts of rule
    files are left out: reading the file says at which line something is wrong.
    """
    for field, value in message.ListFields():
        for index, each in enumerate(value if field.is_repeated else [value]):
            here = f"{path}{field.name}[{index}]" if field.is_repeated else f"{path}{field.name}"
            if isinstance(each, str):
                if why := _unfit(field.name, each):
                    return invalid("TEXT_NOT_PLAIN", f"{here} {why}", here)
            elif isinstance(each, Message) and (found := unfit_field(each, f"{here}.")):
                return found
    return None


def _unfit(field: str, text: str) -> str:
    """Return why a field of this name cannot hold a text, empty if it can."""
    if field.endswith(_IDS) and not _ID.fullmatch(text):
        return "holds an id that is too long or has characters that no id has."
    if field.endswith(_LINES) and not is_one_line(text):
        return "holds more than one line. Send one line."
    return "holds characters that cannot be seen. Send plain text." if has_unseen(text) else ""


def subject_of(request: Message | None, collection: str) -> str:
    """Return the record that a request is about, which is the id after the collection in its name or parent.

    `-` means a request across records, such as a stream. An empty text means a request about no record.
    """
    if request is None:
        return "-"
    field = _naming_field(request)
    if not field:
        return "-" if "requests" in request.DESCRIPTOR.fields_by_name else ""
    first, _, rest = getattr(request, field).partition("/")
    return rest.partition("/")[0] if first == collection else ""


def put_in_place_of_all(request: Message, collection: str, subject: str) -> None:
    """Write a record's id where a request's name or parent has `-` after the collection.

    It is done here, before access is decided, so that no list can forget to leave out other people's records.
    """
    field = _naming_field(request)
    if field:
        first, *rest = getattr(request, field).split("/")
        if first == collection and rest[:1] == ["-"]:
            setattr(request, field, "/".join((collection, subject, *rest[1:])))


def _naming_field(request: Message) -> str:
    """Return the field that says what a request is about; empty if it has none."""
    return next((field for field in ("name", "parent") if field in request.DESCRIPTOR.fields_by_name), "")


def listed_subject(method: str, request: Message, collection: str) -> str:
    """Return the id of the one subject whose records a method lists or watches; empty if it does neither."""
    if not method.startswith(("List", "Watch")) or "parent" not in request.DESCRIPTOR.fields_by_name:
        return ""
    parent: str = request.parent  # type: ignore[attr-defined]  # looked for above
    first, _, subject = parent.partition("/")
    return subject if first == collection and subject != "-" and "/" not in subject else ""
