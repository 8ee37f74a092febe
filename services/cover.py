"""What every service keeps of delegations, of declared links and of emergencies, as scheduling tells it."""

from collections.abc import Mapping

from psmf.scheduling.v1 import cover_pb2, events_pb2
from sqlalchemy import Connection

from services.platform.calls.relations import (
    Delegated,
    Linked,
    Opened,
    follow_delegation,
    follow_emergency,
    follow_link,
)
from services.platform.calls.wire import from_date, from_instant
from services.platform.events.inbox import Reaction
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


def remember_emergency(connection: Connection, event: StoredEvent) -> None:
    """Store a version of an emergency access. A call of the person who opened the file reads it.

    An event that comes late opens the file late, and never beyond its time.
    """
    message = events_pb2.EmergencyAccessChanged.FromString(event.data)
    what = (message.safeguarder_id, message.access_id, message.version, message.person)
    follow_emergency(connection, Opened(*what, from_instant(message.end_time), message.closed))


COVERED: Mapping[str, Reaction] = {
    "psmf.scheduling.v1.DelegationChanged": remember_delegation,
    "psmf.scheduling.v1.EmergencyAccessChanged": remember_emergency,
}
"""The reactions of a service that does no more than remember."""
