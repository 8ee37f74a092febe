"""What stands where an id belongs is looked at once, in the gate, on both kinds of database (A9)."""

from collections.abc import Iterator
from functools import partial
from typing import Any

from google.protobuf.descriptor_pool import Default
from google.protobuf.message_factory import GetMessageClass

from services.platform.storage.database import execute
from tests.access.table import Method, methods
from tests.answers import Answer, refused
from tests.between.conftest import suite_together
from tests.between.together import Together
from tests.world import SERVICES

__all__ = ["suite_together"]
NOT_IDS = {
    "too long": "x" * 65,
    "with a NUL": "a\0b",
    "a letter with an accent": "é",
    "an escape": "\x1b[2J",
    "a line": "a\nb",
    "right to left": "\u202e",
    "a space": "a b",
}
REFUSED = {("INVALID_ARGUMENT", "NAME_NOT_VALID"), ("INVALID_ARGUMENT", "TEXT_NOT_PLAIN")}


def naming(method: Method) -> Any | None:
    """Return an empty request of a method that takes one message with a name or a parent."""
    found = Default().FindMethodByName(method.rules.path[1:].replace("/", "."))
    fields = found.input_type.fields_by_name
    return (
        None if found.client_streaming or not {"name", "parent"} & set(fields) else GetMessageClass(found.input_type)()
    )


def answers(suite: Together, text: str) -> Iterator[tuple[str, Answer]]:
    """Yield what every method that names something answers to a text where an id belongs."""
    for method in methods():
        request = naming(method)
        if request is None:
            continue
        field = "name" if "name" in request.DESCRIPTOR.fields_by_name else "parent"
        setattr(request, field, f"safeguarders/{text}/concerns/{text}")
        for service in SERVICES if method.service == "platform" else [method.service]:
            ask: Any = suite.services[service].channel.unary_stream(method.rules.path)
            body = request.SerializeToString()
            yield method.rules.path, refused(partial(ask, body, **suite.as_("panel-team")))


def test_what_can_be_no_id_is_refused_by_every_method_before_anybody_looks_for_it(suite_together: Together) -> None:
    """A9: an id of 65 characters, or with NUL, was an internal fault on PostgreSQL, and free text in the audit log."""
    for what, text in NOT_IDS.items():
        found = list(answers(suite_together, text))
        assert len(found) > 100
        assert [(path, what, each) for path, each in found if (each.code, each.reason) not in REFUSED] == []
    for service in suite_together.services.values():
        with service.database.read() as connection:
            kept = execute(connection, "SELECT DISTINCT subject FROM audit").fetchall()
        assert [subject for (subject,) in kept if subject in NOT_IDS.values()] == []
