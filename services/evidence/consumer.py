"""Reactions of evidence to the events of other services."""

from psmf.rules.v1 import events_pb2 as rules_events
from psmf.scheduling.v1 import events_pb2 as scheduling_events
from sqlalchemy import Connection

from services.evidence.adapters.store import SqlFile
from services.evidence.domain.standards import KnownEdition
from services.platform.calls.relations import allocate, end_allocation
from services.platform.calls.wire import from_date
from services.platform.events.inbox import Reaction, not_for_it
from services.platform.events.outbox import StoredEvent


def remember_standards_edition(connection: Connection, event: StoredEvent) -> None:
    """Store an edition that rules has published. Mappings are checked against it."""
    message = rules_events.StandardsEditionPublished.FromString(event.data)
    effective_on = from_date(message, "effective_date")
    if effective_on is None:
        raise ValueError("an edition without a date")
    indicators = {entry.standard: frozenset(entry.indicators) for entry in message.standards}
    SqlFile(connection).remember_edition(KnownEdition(message.edition, effective_on, indicators))


def forget_standards_edition(connection: Connection, event: StoredEvent) -> None:
    """Forget an edition that rules has withdrawn. Mappings are no longer checked against it."""
    SqlFile(connection).forget_edition(rules_events.StandardsEditionWithdrawn.FromString(event.data).edition)


def remember_allocation(connection: Connection, event: StoredEvent) -> None:
    """Store the current support manager of a Safeguarder. Access to the file depends on it."""
    message = scheduling_events.SupportManagerAllocated.FromString(event.data)
    allocate(connection, message.safeguarder_id, message.support_manager)


def forget_allocation(connection: Connection, event: StoredEvent) -> None:
    """Note that a Safeguarder has no support manager any more, who then no longer reads the file."""
    end_allocation(connection, scheduling_events.SupportManagerAllocationEnded.FromString(event.data).safeguarder_id)


FROM_RULES: dict[str, Reaction] = {
    "psmf.rules.v1.StandardsEditionPublished": remember_standards_edition,
    "psmf.rules.v1.StandardsEditionWithdrawn": forget_standards_edition,
    **not_for_it(
        rules_events.ConcernRaised,
        rules_events.ConcernUpdated,
        rules_events.ConcernClosingProposed,
        rules_events.ConcernAcknowledged,
        rules_events.ConcernDismissed,
        rules_events.ConcernClosed,
        rules_events.ConcernMoved,
        rules_events.ConcernStands,
        rules_events.RulebookActivated,
        rules_events.EvaluationHeld,
    ),
}
FROM_SCHEDULING: dict[str, Reaction] = {
    "psmf.scheduling.v1.SupportManagerAllocated": remember_allocation,
    "psmf.scheduling.v1.SupportManagerAllocationEnded": forget_allocation,
    **not_for_it(
        scheduling_events.ObligationsOpened,
        scheduling_events.SupportSessionProposed,
        scheduling_events.SupportSessionConfirmed,
        scheduling_events.SupportSessionRescheduled,
        scheduling_events.SupportSessionCancelled,
        scheduling_events.AgendaItemAdded,
        scheduling_events.AgendaItemSettled,
        scheduling_events.SupportSessionAttendanceRecorded,
        scheduling_events.TrainingAttendanceRecorded,
    ),
}
