"""Words that are worked out for a reader reach no event and no database, so going back a release never meets them."""

from tests.access.table import contracts
from tests.operations.release_before import WORKED_OUT
from tools.event_contract import events_of, parts_of, topics
from tools.proto_comments import Message, contract


def test_no_event_has_a_word_that_is_worked_out() -> None:
    events = [event for topic in topics() for event in events_of(topic["name"])]
    assert {part.file for part in parts_of(events)}.isdisjoint(WORKED_OUT)


def test_nothing_that_is_sent_or_kept_uses_such_a_word() -> None:
    """Only their own file uses them, and its methods only read."""
    messages = [part for part in contract().values() if isinstance(part, Message)]
    used_by = {
        message.file
        for message in messages
        for field in message.fields
        if (part := contract().get(field.kind)) is not None and part.file in WORKED_OUT
    }
    assert used_by == WORKED_OUT
    services = [
        service
        for files in contracts().values()
        for file in files
        if file.name in WORKED_OUT
        for service in file.services_by_name.values()
    ]
    methods = [method.name for service in services for method in service.methods]
    assert methods
    assert all(name.startswith(("Get", "List")) for name in methods)
