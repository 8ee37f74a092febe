"""What every service keeps of who covers for a support manager, and of declared links, as scheduling tells it."""

from psmf.scheduling.v1 import cover_pb2, events_pb2
from sqlalchemy import Connection

from services.platform.calls.relations import Delegated, Linked, follow_delegation, follow_link
from services.platform.calls.wire import from_date
from services.platform.events.outbox import StoredEvent


def remember_delegation(connection: Connection, event: StoredEvent) -> None:
    """Store a version of a delegation. A call of its delegate reads it."""
    message = events_pb2.DelegationChanged.FromString(event.data)
    from_on, to_on = from_date(message, "from_date"), from_date(message, "to_date")
    assert from_on  # noqa: S101  every release sends both days
    assert to_on  # noqa: S101
    what = (message.safeguarder_id, message.delegation_id, message.version)
    people = (message.delegate, message.support_manager)
    follow_delegation(connection, Delegated(*what, *people, from_on, to_on, message.ended))


def remember_link(connection: Connection, event: StoredEvent) -> Linked:
    """Store a version of a declared link, and return it. Every call of the linked person reads it.

    Any state but *ended* keeps the person out, also one that only a later release knows: a record that is opened to
    somebody by mistake cannot be closed again.
    """
    message = events_pb2.LinkChanged.FromString(event.data)
    stands = message.state != cover_pb2.PersonLink.STATE_ENDED
    told = Linked(message.safeguarder_id, message.link_id, message.version, message.person, stands)
    follow_link(connection, told)
    return told
