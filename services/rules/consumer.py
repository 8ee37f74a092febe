"""Reactions to other services' events: store the facts and ask for the person's evaluation."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime
from typing import Any

from psmf.evidence.v1 import events_pb2 as evidence_events
from psmf.evidence.v1 import evidence_pb2, session_records_pb2
from psmf.notifications.v1 import events_pb2 as notifications_events
from psmf.scheduling.v1 import events_pb2 as scheduling_events
from psmf.scheduling.v1 import scheduling_pb2
from sqlalchemy import Connection

from services.calendar_days import london_today
from services.cover import COVERED, remember_link
from services.platform.calls.identity import Directory
from services.platform.calls.relations import allocate, allocated_to, end_allocation, linked_people
from services.platform.calls.wire import from_date, to_word
from services.platform.events.inbox import Reaction, not_for_it
from services.platform.events.outbox import StoredEvent
from services.rules.adapters.store.concerns import SqlConcerns
from services.rules.adapters.store.facts import SqlFacts, Urgency
from services.rules.adapters.store.kpis import SqlKpis
from services.rules.adapters.store.overlays import SqlOverlays
from services.rules.adapters.store.overrides import SqlOverrides as SqlRuleOverrides
from services.rules.adapters.store.review_requests import SqlReviewRequests
from services.rules.adapters.store.team_duties import evaluated_versions, remember_duty
from services.rules.domain.closed_lists import ItemStatus
from services.rules.domain.kpis.facts import Step, StepFact
from services.rules.handlers import follow_alert, follow_approach, follow_record, follow_views
from services.rules.handlers.follow_supports import follow_register
from services.rules.handlers.overlays.follow import OverlayContext
from services.rules.handlers.overlays.follow import follow as follow_overlay
from services.rules.handlers.review_requests.follow import ReviewContext, RulebookOf, uphold
from services.rules.handlers.review_requests.follow import follow as follow_requests
from services.rules.wire.alert_acts import act_on_alert, taken_on_before
from services.rules.wire.facts import (
    attendance_fact,
    evidence_fact,
    needed_day,
    owed_fact,
    person_fact,
    team_duty,
)
from services.rules.wire.figures import membership
from services.rules.wire.figures import record as figures
from services.rules.wire.record import (
    acknowledged,
    approach_of,
    overlay_of,
    recommendation_of,
    request_of,
    review_of,
    reviewed_concerns,
    support_of,
    upheld_target,
    view_of,
)

SUPPORT_MANAGER = "support_manager"
"""The role whose people see only those who are allocated to them."""
TEAM = "panel_team"


def remember_person(connection: Connection, event: StoredEvent) -> None:
    """Store an appointment. Without evidence, the first evaluation comes with the next daily run."""
    message = evidence_events.SafeguarderAppointed.FromString(event.data)
    SqlFacts(connection).remember_person(person_fact(message))
    SqlKpis(connection).remember(event.event_id, membership.term_fact(message, event))


def end_membership(connection: Connection, event: StoredEvent) -> None:
    """Store the end of a membership. The evaluation that follows proposes to close the open concerns."""
    message, facts = evidence_events.SafeguarderEnded.FromString(event.data), SqlFacts(connection)
    ended = membership.end_fact(message, event)
    facts.end_membership(ended.safeguarder_id)
    facts.ask_for_evaluation(ended.safeguarder_id)
    SqlKpis(connection).remember(event.event_id, ended)


def correct_membership(connection: Connection, event: StoredEvent) -> None:
    """Store a whole membership in place of what was heard before. Evaluations of before keep what they looked at."""
    message = evidence_events.SafeguarderCorrectionChanged.FromString(event.data)
    if said := membership.membership_fact(message, event):
        SqlFacts(connection).correct_membership(said.safeguarder_id, membership.corrected_person(message))
        SqlKpis(connection).remember(event.event_id, said)


def _remember_fact(message_type: Any) -> Reaction:
    def remember_fact(connection: Connection, event: StoredEvent) -> None:
        fact, facts = message_type.FromString(event.data).fact, SqlFacts(connection)
        facts.remember_fact(fact.safeguarder_id, evidence_fact(fact), "evidence")
        # A history is loaded row by row: an evaluation half-way would raise gaps that the next row fills (decision 9).
        if not fact.history:
            is_safety = fact.evidence_class == evidence_pb2.EVIDENCE_CLASS_SAFETY
            urgency = Urgency.SAFETY if is_safety else Urgency.EVIDENCE
            facts.ask_for_evaluation(fact.safeguarder_id, event.recorded_at, urgency=urgency)

    return remember_fact


def remember_session_attendance(connection: Connection, event: StoredEvent) -> None:
    """Store attendance at a core session. The newest record of a session replaces those before it.

    If the Team was absent, nothing counts against the person (D15.17).
    """
    message = scheduling_events.SupportSessionAttendanceRecorded.FromString(event.data)
    on = needed_day(message, "session_date")
    word = to_word(scheduling_pb2.Attendance, message.attendance)
    mode = to_word(scheduling_pb2.Mode, message.mode)
    record = {"on": on, "delivered": message.team_present, "attendance": word, "mode": mode}
    _remember_step(connection, event, message, Step.RECORDED, **record)
    status = ItemStatus.CURRENT if message.team_present else ItemStatus.WITHDRAWN
    fact = attendance_fact("support_session", message, message.session_id, on)
    facts = SqlFacts(connection)
    facts.remember_fact(message.safeguarder_id, replace(fact, version=event.key_sequence, status=status), "scheduling")
    facts.ask_for_evaluation(message.safeguarder_id, event.recorded_at)


def remember_training_attendance(connection: Connection, event: StoredEvent) -> None:
    """Store attendance at mandatory training. The newest record of an event replaces those before it.

    Attendance does not say that the event was delivered: TrainingDelivered does.
    """
    message = scheduling_events.TrainingAttendanceRecorded.FromString(event.data)
    fact = attendance_fact("mandatory_training", message, message.obligation_id, needed_day(message, "event_date"))
    facts = SqlFacts(connection)
    facts.remember_fact(message.safeguarder_id, replace(fact, version=event.key_sequence), "scheduling")
    word = to_word(scheduling_pb2.Attendance, message.attendance)
    record = {"on": fact.happened_on, "delivered": False, "attendance": word}
    _remember_step(connection, event, message, Step.RECORDED, **record)
    if not message.history:
        facts.ask_for_evaluation(message.safeguarder_id, event.recorded_at)


def remember_training_delivered(connection: Connection, event: StoredEvent) -> None:
    """Store that a training event was held which a person was owed. The newest says whether and when."""
    message = scheduling_events.TrainingDelivered.FromString(event.data)
    held = {"on": from_date(message, "event_date"), "delivered": bool(message.training_event)}
    _remember_step(connection, event, message, Step.HELD, **held)


def remember_what_is_owed(connection: Connection, event: StoredEvent) -> None:
    """Store what is owed in twelve months of a term: the register of KPIs 5 and 7."""
    message = scheduling_events.ObligationsOpened.FromString(event.data)
    duties = (owed_fact(message.safeguarder_id, owed, event) for owed in message.obligations)
    SqlKpis(connection).remember(event.event_id, *duties)


def remember_another_due_date(connection: Connection, event: StoredEvent) -> None:
    """Store that something owed falls due on another day. The newest due date holds."""
    message = scheduling_events.ObligationDueDateChanged.FromString(event.data)
    SqlKpis(connection).remember(event.event_id, owed_fact(message.safeguarder_id, message.obligation, event))


def _remember(message_type: Any, step: Step, by: str = "") -> Reaction:
    """Return a reaction that stores a step of something owed. `by`: the field that says who asked for the step."""

    def remember_step(connection: Connection, event: StoredEvent) -> None:
        message = message_type.FromString(event.data)
        _remember_step(connection, event, message, step, by=getattr(message, by) if by else "")

    return remember_step


def _remember_step(connection: Connection, event: StoredEvent, message: Any, step: Step, **what: Any) -> None:
    """Store a step of an obligation. An extra one-to-one is not owed, so it is outside every KPI and is not stored."""
    if message.obligation_id:
        session_id = getattr(message, "session_id", message.obligation_id)
        ids = (message.obligation_id, message.safeguarder_id, session_id)
        fact = StepFact(*ids, step, event.recorded_at, sequence=event.key_sequence, **what)
        SqlKpis(connection).remember(event.event_id, fact)


def remember_team_duty(connection: Connection, event: StoredEvent, today: date) -> None:
    """Store what the Team or a support manager owes (R43). What a Safeguarder owes is not stored: no rule reads it.

    What rests on an overdue duty is looked at again at once. A new duty waits for the daily round, also if its day has
    passed: it comes with an appointment, and an evaluation then would raise gaps that a history fills row by row
    (decision 9).
    """
    message = scheduling_events.DutyChanged.FromString(event.data)
    if duty := team_duty(message):
        remember_duty(connection, message.safeguarder_id, duty)
        if any(known.due_on < today for known in evaluated_versions(connection, duty.duty_id)):
            SqlFacts(connection).ask_for_evaluation(message.safeguarder_id)


def _with_figures(reactions: dict[str, Reaction], facts_of: dict[str, figures.FactOf]) -> dict[str, Reaction]:
    """Return the reactions, those to some events also storing what KPIs count in them (D9, record 6)."""

    def also(fact_of: figures.FactOf, follow: Reaction | None) -> Reaction:
        def react(connection: Connection, event: StoredEvent) -> None:
            if follow is not None:
                follow(connection, event)
            if fact := fact_of(event):
                SqlKpis(connection).remember(event.event_id, fact)

        return react

    return reactions | {kind: also(fact_of, reactions.get(kind)) for kind, fact_of in facts_of.items()}


def remember_allocation(connection: Connection, event: StoredEvent) -> None:
    """Store who supports whom. It decides who may read about a person, and gives the regions to compare (B3)."""
    message = scheduling_events.SupportManagerAllocated.FromString(event.data)
    allocate(connection, message.safeguarder_id, message.support_manager)
    SqlKpis(connection).remember(event.event_id, membership.allocation_fact(message, event))


def forget_allocation(connection: Connection, event: StoredEvent) -> None:
    """Note that a person has no support manager any more, also where the allocation came after the end."""
    end_allocation(connection, scheduling_events.SupportManagerAllocationEnded.FromString(event.data).safeguarder_id)


FROM_EVIDENCE: dict[str, Reaction] = {
    "psmf.evidence.v1.SafeguarderAppointed": remember_person,
    "psmf.evidence.v1.SafeguarderEnded": end_membership,
    "psmf.evidence.v1.SafeguarderCorrectionChanged": correct_membership,
    **{
        message.DESCRIPTOR.full_name: _remember_fact(message)
        for message in (
            evidence_events.EvidenceItemRecorded,
            evidence_events.EvidenceItemIdentified,
            evidence_events.EvidenceItemMapped,
            evidence_events.EvidenceItemShared,
            evidence_events.EvidenceReplyTimeMoved,
            evidence_events.EvidenceReplyReceived,
            evidence_events.ComplaintDecided,
            evidence_events.ComplaintStageMoved,
            evidence_events.EvidenceItemSuperseded,
            evidence_events.EvidenceItemWithdrawn,
        )
    },
    **not_for_it(
        # Practice is looked at until the last day, and that is told once it is over.
        evidence_events.SafeguarderLeaving,
        evidence_events.WordsHeld,
        evidence_events.SafetySaid,
        evidence_events.SessionLateItemsChanged,
        # A change of approach says how the actions stand that it requires.
        evidence_events.ActionChanged,
    ),
}
FROM_SCHEDULING: dict[str, Reaction] = {
    "psmf.scheduling.v1.SupportManagerAllocated": remember_allocation,
    "psmf.scheduling.v1.SupportManagerAllocationEnded": forget_allocation,
    **COVERED,
    "psmf.scheduling.v1.ObligationsOpened": remember_what_is_owed,
    "psmf.scheduling.v1.ObligationDueDateChanged": remember_another_due_date,
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
    "psmf.scheduling.v1.TrainingDelivered": remember_training_delivered,
    **not_for_it(
        scheduling_events.SupportSessionHandedOver,
        scheduling_events.AgendaItemAdded,
        scheduling_events.AgendaItemSettled,
        scheduling_events.SupportSessionChanged,
    ),
}


def from_evidence(now: Callable[[], datetime], rulebook_of: RulebookOf) -> dict[str, Reaction]:
    """Return the reaction to each event type of evidence.

    `now` gives the time of moves that follow from an event. `rulebook_of` returns a rulebook by its content hash.
    """

    def review_asked(connection: Connection, event: StoredEvent) -> None:
        message = evidence_events.ReviewRequestChanged.FromString(event.data)
        if said := request_of(message):
            stores = SqlReviewRequests(connection), SqlConcerns(connection), SqlFacts(connection)
            if said.upheld:
                uphold(said, upheld_target(message), stores[2], SqlRuleOverrides(connection))
            follow_requests(said, ReviewContext(*stores, rulebook_of, now()))

    def overlaid(connection: Connection, event: StoredEvent) -> None:
        if said := overlay_of(evidence_events.OverlayChanged.FromString(event.data)):
            stores = SqlOverlays(connection), SqlConcerns(connection), SqlFacts(connection)
            follow_overlay(said, OverlayContext(*stores, now()))

    def recorded(connection: Connection, event: StoredEvent) -> None:
        message = evidence_events.SessionRecordChanged.FromString(event.data)
        held_on, person = from_date(message, "held_date"), message.safeguarder_id
        if message.state == session_records_pb2.SessionRecord.STATE_CLOSED and held_on is not None:
            praise, concerns = acknowledged(message), SqlConcerns(connection)
            follow_record.acknowledge_praise(person, praise, held_on, concerns, now())

    followed = {
        "psmf.evidence.v1.SessionRecordChanged": recorded,
        "psmf.evidence.v1.ReviewRequestChanged": review_asked,
        "psmf.evidence.v1.OverlayChanged": overlaid,
        **{message.DESCRIPTOR.full_name: _followed(message, *how, now) for message, how in _FOLLOWED.items()},
    }
    return _with_figures(FROM_EVIDENCE | followed, figures.OF_EVIDENCE)


_FOLLOWED: dict[Any, tuple[Callable[[Any], Any], Callable[[Any], Any], Callable[..., None]]] = {
    evidence_events.ViewChanged: (view_of, lambda message: message.concern_id, follow_views.follow),
    evidence_events.SupportChanged: (support_of, lambda message: message.concern_ids, follow_register),
    evidence_events.ApproachChanged: (approach_of, lambda message: message.concern_ids, follow_approach.follow),
    evidence_events.ActionReviewHeld: (review_of, reviewed_concerns, follow_approach.follow_reviewed),
    evidence_events.RecommendationChanged: (
        recommendation_of,
        lambda message: message.concern_ids,
        follow_approach.follow_recommended,
    ),
}
"""What the record says of concerns: how to read a version, which concerns it is about, and how they follow it."""


def _followed(
    message_type: Any,
    read: Callable[[Any], Any],
    about: Callable[[Any], Any],
    follow: Callable[..., None],
    now: Callable[[], datetime],
) -> Reaction:
    """Return a reaction that lets concerns follow a fact of the record. What is not known here says nothing."""

    def react(connection: Connection, event: StoredEvent) -> None:
        message = message_type.FromString(event.data)
        if said := read(message):
            follow(message.safeguarder_id, about(message), said, SqlConcerns(connection), now())

    return react


def from_scheduling(now: Callable[[], datetime], directory: Directory) -> dict[str, Reaction]:
    """Return the reaction to each event type of scheduling. `now` gives the time of moves that follow from an event."""

    def allocated(connection: Connection, event: StoredEvent) -> None:
        message = scheduling_events.SupportManagerAllocated.FromString(event.data)
        person, before = message.safeguarder_id, allocated_to(connection, message.safeguarder_id)
        remember_allocation(connection, event)
        follow_alert.hand_over_concerns(person, before, message.support_manager, SqlConcerns(connection), now())

    def ended(connection: Connection, event: StoredEvent) -> None:
        message = scheduling_events.SupportManagerAllocationEnded.FromString(event.data)
        FROM_SCHEDULING[event.type](connection, event)
        kept_out = directory.every_account(linked_people(connection, message.safeguarder_id))
        team = directory.first_with_role(TEAM, near=message.support_manager, but=kept_out)
        people = message.support_manager, team
        follow_alert.hand_over_concerns(message.safeguarder_id, *people, SqlConcerns(connection), now())

    def linked(connection: Connection, event: StoredEvent) -> None:
        link = remember_link(connection, event)
        kept_out = directory.every_account(linked_people(connection, link.subject))
        if link.person in kept_out:
            team = directory.first_with_role(TEAM, near=link.person, but=kept_out)
            follow_alert.hand_over_concerns(link.subject, link.person, team, SqlConcerns(connection), now())

    def duty_changed(connection: Connection, event: StoredEvent) -> None:
        remember_team_duty(connection, event, london_today(now()))

    followed = {
        "psmf.scheduling.v1.DutyChanged": duty_changed,
        "psmf.scheduling.v1.SupportManagerAllocated": allocated,
        "psmf.scheduling.v1.SupportManagerAllocationEnded": ended,
        "psmf.scheduling.v1.LinkChanged": linked,
    }
    return _with_figures(FROM_SCHEDULING | followed, figures.OF_SCHEDULING)


def from_notifications(now: Callable[[], datetime], directory: Directory) -> dict[str, Reaction]:
    """Return the reaction to each event type of notifications: what people do on an alert moves its concern.

    A support manager may have acted before they knew of another allocation. The matter is then the current one's.
    """

    def reaction(message_type: Any) -> Reaction:
        def follow(connection: Connection, event: StoredEvent) -> None:
            message, concerns = message_type.FromString(event.data), SqlConcerns(connection)
            if act := act_on_alert(message):
                follow_alert.follow_act(act, concerns, now())
                current = allocated_to(connection, message.safeguarder_id)
                if current and directory.role_of(message.owner) == SUPPORT_MANAGER:
                    follow_alert.hand_over_concerns(message.safeguarder_id, message.owner, current, concerns, now())
            elif act := taken_on_before(message, event.recorded_at):
                follow_alert.follow_act_of_before(act, concerns, now())
            elif message_type is notifications_events.AlertResolved and not message.follows:
                follow_alert.answer_end_of_before(message.safeguarder_id, message.concern_id, concerns, now())

        return follow

    kinds = (
        notifications_events.AlertAcknowledged,
        notifications_events.AlertSnoozed,
        notifications_events.AlertResolved,
    )
    return {kind.DESCRIPTOR.full_name: reaction(kind) for kind in kinds} | not_for_it(notifications_events.AlertOpened)
