"""What rules does about other services' events: keep the facts, and have the person evaluated."""

from datetime import date
from typing import Any

from psmf.evidence.v1 import events_pb2 as evidence_events
from psmf.evidence.v1 import report_samples_pb2
from psmf.scheduling.v1 import events_pb2 as scheduling_events
from psmf.scheduling.v1 import scheduling_pb2
from sqlalchemy import Connection

from services.calendar_days import london_today
from services.platform.calls.relations import allocate
from services.platform.calls.wire import from_date, to_member, to_word
from services.platform.events.inbox import Reaction
from services.platform.events.outbox import StoredEvent
from services.rules import wire
from services.rules.adapters.store.facts import SqlFacts
from services.rules.adapters.store.kpis import SqlKpis
from services.rules.domain.kpis.facts import AllocationFact, DutyFact, EndFact, NoReportFact, Step, StepFact, TermFact
from services.rules.domain.rulebook.kpi import Population

TRAINING = ("S7", "S7.1")
SESSIONS = ("E", "E.1")
"""The indicators attendance speaks to: standards/2015-07.yaml."""


def remember_person(connection: Connection, event: StoredEvent) -> None:
    """Keep an appointment. Coverage starts with the next daily run."""
    message = evidence_events.SafeguarderAppointed.FromString(event.data)
    person = wire.person_fact(message)
    SqlFacts(connection).remember_person(person)
    days = (person.term_starts_on, person.term_ends_on)
    term = TermFact(person.safeguarder_id, message.term, *days, event.recorded_at)
    SqlKpis(connection).remember(event.event_id, term)


def end_membership(connection: Connection, event: StoredEvent) -> None:
    """Keep the end of a membership; open concerns are proposed for closing."""
    message = evidence_events.SafeguarderEnded.FromString(event.data)
    facts = SqlFacts(connection)
    facts.end_membership(message.safeguarder_id)
    facts.ask_for_evaluation(message.safeguarder_id)
    end = EndFact(message.safeguarder_id, _day(message, "end_date"), event.recorded_at)
    SqlKpis(connection).remember(event.event_id, end)


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
    on = _day(message, "session_date")
    word = to_word(scheduling_pb2.Attendance, message.attendance)
    record = {"on": on, "delivered": message.team_present, "attendance": word}
    _remember_step(connection, event, message, Step.RECORDED, **record)
    if message.team_present:
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
    word = to_word(scheduling_pb2.Attendance, message.attendance)
    record = {"on": fact.happened_on, "delivered": True, "attendance": word}
    _remember_step(connection, event, message, Step.RECORDED, **record)
    if not message.history:
        facts.ask_for_evaluation(message.safeguarder_id, event.recorded_at)


def remember_what_is_owed(connection: Connection, event: StoredEvent) -> None:
    """Keep what is owed in twelve months: the register of KPIs 5 and 7."""
    message = scheduling_events.ObligationsOpened.FromString(event.data)
    duties = (
        DutyFact(
            owed.obligation_id,
            message.safeguarder_id,
            to_member(Population, scheduling_pb2.Obligation.Kind, owed.kind, "kind"),
            owed.number,
            _day(owed, "due_date"),
            event.recorded_at,
        )
        for owed in message.obligations
    )
    SqlKpis(connection).remember(event.event_id, *duties)


def _remember(message_type: Any, step: Step, by: str = "") -> Reaction:
    """Keep what came of something owed; `by` is the field that says who asked for it."""

    def remember_step(connection: Connection, event: StoredEvent) -> None:
        message = message_type.FromString(event.data)
        _remember_step(connection, event, message, step, by=getattr(message, by) if by else "")

    return remember_step


def _remember_step(connection: Connection, event: StoredEvent, message: Any, step: Step, **what: Any) -> None:
    """An extra one-to-one is owed to nobody, and outside every KPI."""
    if message.obligation_id:
        session_id = getattr(message, "session_id", message.obligation_id)
        ids = (message.obligation_id, message.safeguarder_id, session_id)
        SqlKpis(connection).remember(event.event_id, StepFact(*ids, step, event.recorded_at, **what))


def remember_no_reports(connection: Connection, event: StoredEvent) -> None:
    """Keep that a person had no report to sample, and why: KPI 6 leaves it out visibly (D9)."""
    message = evidence_events.SafeguarderReportsNotAvailable.FromString(event.data)
    reason = to_word(report_samples_pb2.NoReportReason, message.reason)
    fact = NoReportFact(message.safeguarder_id, _day(message, "date"), message.reports, reason, event.recorded_at)
    SqlKpis(connection).remember(event.event_id, fact)


def remember_allocation(connection: Connection, event: StoredEvent) -> None:
    """Keep who supports whom, to decide who may read about a person, and to compare like with like (B3)."""
    message = scheduling_events.SupportManagerAllocated.FromString(event.data)
    allocate(connection, message.safeguarder_id, message.support_manager)
    who = (message.safeguarder_id, message.support_manager, message.region)
    from_on = from_date(message, "from_date") or london_today(event.recorded_at)
    SqlKpis(connection).remember(event.event_id, AllocationFact(*who, from_on, event.recorded_at))


def _day(message: Any, field: str) -> date:
    day = from_date(message, field)
    if day is None:
        raise ValueError(f"{field} is not set")
    return day


FROM_EVIDENCE: dict[str, Reaction] = {
    "psmf.evidence.v1.SafeguarderAppointed": remember_person,
    "psmf.evidence.v1.SafeguarderEnded": end_membership,
    "psmf.evidence.v1.SafeguarderReportsNotAvailable": remember_no_reports,
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
    "psmf.scheduling.v1.ObligationsOpened": remember_what_is_owed,
    "psmf.scheduling.v1.SupportSessionProposed": _remember(scheduling_events.SupportSessionProposed, Step.OFFERED),
    "psmf.scheduling.v1.SupportSessionConfirmed": _remember(scheduling_events.SupportSessionConfirmed, Step.OFFERED),
    "psmf.scheduling.v1.SupportSessionRescheduled": _remember(
        scheduling_events.SupportSessionRescheduled, Step.MOVED, by="asked_by"
    ),
    "psmf.scheduling.v1.SupportSessionCancelled": _remember(
        scheduling_events.SupportSessionCancelled, Step.CANCELLED, by="cancelled_by"
    ),
    "psmf.scheduling.v1.SupportSessionAttendanceRecorded": remember_session_attendance,
    "psmf.scheduling.v1.TrainingAttendanceRecorded": remember_training_attendance,
}
