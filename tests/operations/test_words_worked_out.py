"""Words that are worked out for a reader reach no event and no database, so going back a release never meets them."""

from tests.access.table import contracts
from tests.operations.release_before import WORKED_OUT
from tools.event_contract import events_of, parts_of, topics
from tools.proto_comments import Message, contract

_READ = ("Get", "List", "Export")
"""How the name of a method begins that only reads."""


def test_no_event_has_a_word_that_is_worked_out() -> None:
    events = [event for topic in topics() for event in events_of(topic["name"])]
    assert {part.file for part in parts_of(events)}.isdisjoint(WORKED_OUT)


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
    services = [
        (file.name, service)
        for files in contracts().values()
        for file in files
        for service in file.services_by_name.values()
    ]
    methods = [(file, method) for file, service in services for method in service.methods]
    reads = {method.output_type.full_name for _, method in methods if method.name.startswith(_READ)}
    other = {method.output_type.full_name for _, method in methods if not method.name.startswith(_READ)}
    asked = {method.input_type.full_name for _, method in methods}
    elsewhere = {message.name for message in users if message.file not in WORKED_OUT}
    assert elsewhere <= reads - other - asked
    own = [method.name for file, method in methods if file in WORKED_OUT]
    assert own
    assert all(name.startswith(_READ) for name in own)
