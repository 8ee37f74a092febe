"""What rules does about other services' events: keep the facts, and have the person evaluated."""

from datetime import date
from typing import Any

from psmf.evidence.v1 import events_pb2 as evidence_events
from psmf.scheduling.v1 import events_pb2 as scheduling_events
from sqlalchemy import Connection

from services.platform.inbox import Reaction
from services.platform.outbox import StoredEvent
from services.platform.relations import allocate
from services.platform.wire import from_date
from services.rules import wire
from services.rules.adapters.store import SqlFacts

TRAINING = ("S7", "S7.1")
SESSIONS = ("E", "E.1")
"""The indicators attendance speaks to: standards/2015-07.yaml."""


def remember_person(connection: Connection, event: StoredEvent) -> None:
    """Keep an appointment. Coverage starts with the next daily run."""
    message = evidence_events.SafeguarderAppointed.FromString(event.data)
    SqlFacts(connection).remember_person(wire.person_fact(message))


def end_membership(connection: Connection, event: StoredEvent) -> None:
    """Keep the end of a membership; open concerns are proposed for closing."""
    message = evidence_events.SafeguarderEnded.FromString(event.data)
    facts = SqlFacts(connection)
    facts.end_membership(message.safeguarder_id)
    facts.ask_for_evaluation(message.safeguarder_id)


def _remember_fact(message_type: Any) -> Reaction:
    def remember_fact(connection: Connection, event: StoredEvent) -> None:
        fact = message_type.FromString(event.data).fact
        facts = SqlFacts(connection)
        facts.remember_fact(fact.safeguarder_id, wire.evidence_fact(fact), "evidence")
        if not fact.history:
            facts.ask_for_evaluation(fact.safeguarder_id, event.recorded_at)

    return remember_fact


def remember_session_attendance(connection: Connection, event: StoredEvent) -> None:
    """Keep who was at a core session. The Team's own absence is never held against the person (D15.17)."""
    message = scheduling_events.SupportSessionAttendanceRecorded.FromString(event.data)
    if message.team_present:
        on = _day(message, "session_date")
        fact = wire.attendance_fact("support_session", message, message.session_id, on, SESSIONS)
        facts = SqlFacts(connection)
        facts.remember_fact(message.safeguarder_id, fact, "scheduling")
        facts.ask_for_evaluation(message.safeguarder_id, event.recorded_at)


def remember_training_attendance(connection: Connection, event: StoredEvent) -> None:
    """Keep who was at mandatory training."""
    message = scheduling_events.TrainingAttendanceRecorded.FromString(event.data)
    fact = wire.attendance_fact(
        "mandatory_training", message, message.obligation_id, _day(message, "event_date"), TRAINING
    )
    facts = SqlFacts(connection)
    facts.remember_fact(message.safeguarder_id, fact, "scheduling")
    if not message.history:
        facts.ask_for_evaluation(message.safeguarder_id, event.recorded_at)


def remember_allocation(connection: Connection, event: StoredEvent) -> None:
    """Keep who supports whom, to decide who may read about a person."""
    message = scheduling_events.SupportManagerAllocated.FromString(event.data)
    allocate(connection, message.safeguarder_id, message.support_manager)


def _day(message: Any, field: str) -> date:
    day = from_date(message, field)
    if day is None:
        raise ValueError(f"{field} is not set")
    return day


FROM_EVIDENCE: dict[str, Reaction] = {
    "psmf.evidence.v1.SafeguarderAppointed": remember_person,
    "psmf.evidence.v1.SafeguarderEnded": end_membership,
    **{
        message.DESCRIPTOR.full_name: _remember_fact(message)
        for message in (
            evidence_events.EvidenceItemRecorded,
            evidence_events.EvidenceItemMapped,
            evidence_events.EvidenceItemShared,
            evidence_events.EvidenceReplyReceived,
            evidence_events.ComplaintDecided,
            evidence_events.EvidenceItemSuperseded,
            evidence_events.EvidenceItemWithdrawn,
        )
    },
}
FROM_SCHEDULING: dict[str, Reaction] = {
    "psmf.scheduling.v1.SupportManagerAllocated": remember_allocation,
    "psmf.scheduling.v1.SupportSessionAttendanceRecorded": remember_session_attendance,
    "psmf.scheduling.v1.TrainingAttendanceRecorded": remember_training_attendance,
}
