"""The record that a request names, by its id after the collection in the request's name or parent."""

from google.protobuf.message import Message


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
