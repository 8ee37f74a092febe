"""What evidence does about other services' events."""

from psmf.rules.v1 import events_pb2 as rules_events
from psmf.scheduling.v1 import events_pb2 as scheduling_events
from sqlalchemy import Connection

from services.evidence.adapters.store import SqlFile
from services.evidence.domain.standards import KnownEdition
from services.platform.calls.relations import allocate
from services.platform.calls.wire import from_date
from services.platform.events.inbox import Reaction
from services.platform.events.outbox import StoredEvent


def remember_standards_edition(connection: Connection, event: StoredEvent) -> None:
    """Keep an edition that rules has published, to check mappings against."""
    message = rules_events.StandardsEditionPublished.FromString(event.data)
    effective_on = from_date(message, "effective_date")
    if effective_on is None:
        raise ValueError("an edition without a date")
    indicators = {entry.standard: frozenset(entry.indicators) for entry in message.standards}
    SqlFile(connection).remember_edition(KnownEdition(message.edition, effective_on, indicators))


def remember_allocation(connection: Connection, event: StoredEvent) -> None:
    """Keep who supports whom, to decide who may read a file."""
    message = scheduling_events.SupportManagerAllocated.FromString(event.data)
    allocate(connection, message.safeguarder_id, message.support_manager)


FROM_RULES: dict[str, Reaction] = {"psmf.rules.v1.StandardsEditionPublished": remember_standards_edition}
FROM_SCHEDULING: dict[str, Reaction] = {"psmf.scheduling.v1.SupportManagerAllocated": remember_allocation}
