"""Words that are worked out for a reader reach no event and no database, so going back a release never meets them."""

from google.api.field_behavior_pb2 import OUTPUT_ONLY, field_behavior
from google.protobuf.descriptor import FieldDescriptor, MethodDescriptor

from tests.access.table import contracts
from tests.operations.release_before import WORDS_WORKED_OUT, WORKED_OUT
from tools.event_contract import events_of, parts_of, topics
from tools.proto_comments import Message, contract

_READ = ("Get", "List", "Export")
"""How the name of a method begins that only reads."""


def test_no_event_has_a_word_that_is_worked_out() -> None:
    events = [event for topic in topics() for event in events_of(topic["name"])]
    assert {part.file for part in parts_of(events)}.isdisjoint(WORKED_OUT)
    assert {part.name for part in parts_of(events)}.isdisjoint(WORDS_WORKED_OUT)


def test_nobody_sends_a_word_that_is_worked_out() -> None:
    """A service would keep what was sent."""
    sent = {method.input_type for _, method in methods()}
    waiting = list(sent)
    while waiting:
        for field in waiting.pop().fields:
            assert field.enum_type is None or field.enum_type.full_name not in WORDS_WORKED_OUT or is_output(field)
            if field.message_type is not None and field.message_type not in sent and not is_output(field):
                sent.add(field.message_type)
                waiting.append(field.message_type)


def is_output(field: FieldDescriptor) -> bool:
    return OUTPUT_ONLY in field.GetOptions().Extensions[field_behavior]


def methods() -> list[tuple[str, MethodDescriptor]]:
    """Return every method with the file that it stands in."""
    services = [
        (file.name, service)
        for files in contracts().values()
        for file in files
        for service in file.services_by_name.values()
    ]
    return [(file, method) for file, service in services for method in service.methods]


def test_nothing_that_is_sent_or_kept_uses_such_a_word() -> None:
    """Beside their own file, only answers of methods that read use them; and its own methods only read."""
    messages = [part for part in contract().values() if isinstance(part, Message)]
    users = [
        message
        for message in messages
        for field in message.fields
        if (part := contract().get(field.kind)) is not None and part.file in WORKED_OUT
    ]
    assert {message.file for message in users} >= WORKED_OUT
    reads = {method.output_type.full_name for _, method in methods() if method.name.startswith(_READ)}
    other = {method.output_type.full_name for _, method in methods() if not method.name.startswith(_READ)}
    asked = {method.input_type.full_name for _, method in methods()}
    elsewhere = {message.name for message in users if message.file not in WORKED_OUT}
    assert elsewhere <= reads - other - asked
    own = [method.name for file, method in methods() if file in WORKED_OUT]
    assert own
    assert all(name.startswith(_READ) for name in own)
