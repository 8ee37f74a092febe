"""Conversion of events to the messages that are published. They hold ids, words from closed lists, dates and times."""

from collections.abc import Callable
from typing import Any

from psmf.scheduling.v1 import cover_pb2, duties_pb2, emergency_access_pb2, events_pb2, scheduling_pb2

from services.platform.calls.wire import from_word, to_date, to_instant
from services.scheduling.domain import events


def event_message(event: events.Event) -> Any:
    """Return the message to publish for an event: ids, words from closed lists, dates and times only."""
    return _EVENTS[type(event)](event)


def _allocated(event: events.SupportManagerAllocated) -> Any:
    return events_pb2.SupportManagerAllocated(
        safeguarder_id=event.safeguarder_id,
        support_manager=event.support_manager,
        region=event.region,
        from_date=to_date(event.from_on),
    )


def _allocation_ended(event: events.SupportManagerAllocationEnded) -> Any:
    return events_pb2.SupportManagerAllocationEnded(
        safeguarder_id=event.safeguarder_id, support_manager=event.support_manager, to_date=to_date(event.to_on)
    )


def _opened(event: events.ObligationsOpened) -> Any:
    return events_pb2.ObligationsOpened(
        safeguarder_id=event.safeguarder_id,
        window_start_date=to_date(event.window_starts_on),
        window_end_date=to_date(event.window_ends_on),
        support_sessions=event.support_sessions,
        training_events=event.training_events,
        obligations=[_owed(owed) for owed in event.obligations],
    )


def _due_date_changed(event: events.ObligationDueDateChanged) -> Any:
    return events_pb2.ObligationDueDateChanged(safeguarder_id=event.safeguarder_id, obligation=_owed(event.obligation))


def _owed(owed: events.OwedObligation) -> events_pb2.OwedObligation:
    return events_pb2.OwedObligation(
        obligation_id=owed.obligation_id,
        kind=from_word(scheduling_pb2.Obligation.Kind, owed.kind),
        number=owed.number,
        due_date=to_date(owed.due_on),
    )


def _proposed(event: events.SupportSessionProposed) -> Any:
    return events_pb2.SupportSessionProposed(
        safeguarder_id=event.safeguarder_id,
        session_id=event.session_id,
        start_time=to_instant(event.starts_at),
        concern_id=event.concern_id or "",
        obligation_id=event.obligation_id or "",
        number=event.number,
        minutes=event.minutes,
        support_manager=event.support_manager,
    )


def _confirmed(event: events.SupportSessionConfirmed) -> Any:
    return events_pb2.SupportSessionConfirmed(
        safeguarder_id=event.safeguarder_id,
        session_id=event.session_id,
        start_time=to_instant(event.starts_at),
        obligation_id=event.obligation_id or "",
    )


def _rescheduled(event: events.SupportSessionRescheduled) -> Any:
    return events_pb2.SupportSessionRescheduled(
        safeguarder_id=event.safeguarder_id,
        session_id=event.session_id,
        rescheduled_to=event.rescheduled_to,
        start_time=to_instant(event.starts_at),
        asked_by=event.asked_by,
        obligation_id=event.obligation_id or "",
        reason=event.reason or "",
        state=from_word(scheduling_pb2.SupportSession.State, event.state),
        number=event.number,
        minutes=event.minutes,
        support_manager=event.support_manager,
    )


def _handed_over(event: events.SupportSessionHandedOver) -> Any:
    return events_pb2.SupportSessionHandedOver(
        safeguarder_id=event.safeguarder_id, session_id=event.session_id, support_manager=event.support_manager
    )


def _cancelled(event: events.SupportSessionCancelled) -> Any:
    return events_pb2.SupportSessionCancelled(
        safeguarder_id=event.safeguarder_id,
        session_id=event.session_id,
        cancelled_by=event.cancelled_by,
        obligation_id=event.obligation_id or "",
    )


def _added(event: events.AgendaItemAdded) -> Any:
    return events_pb2.AgendaItemAdded(
        safeguarder_id=event.safeguarder_id, session_id=event.session_id, concern_id=event.concern_id
    )


def _settled(event: events.AgendaItemSettled) -> Any:
    return events_pb2.AgendaItemSettled(
        safeguarder_id=event.safeguarder_id,
        session_id=event.session_id,
        concern_id=event.concern_id,
        outcome=from_word(scheduling_pb2.AgendaItem.Outcome, event.outcome),
    )


def _session_recorded(event: events.SupportSessionAttendanceRecorded) -> Any:
    return events_pb2.SupportSessionAttendanceRecorded(
        safeguarder_id=event.safeguarder_id,
        session_id=event.session_id,
        session_date=to_date(event.held_on),
        team_present=event.team_present,
        attendance=from_word(scheduling_pb2.Attendance, event.attendance),
        record_time=to_instant(event.recorded_at),
        obligation_id=event.obligation_id,
        reply_due_date=to_date(event.reply_due_on),
        reply_stands_still=event.reply_due_on is None,
        reply_time_moved=event.reply_time_moved,
        mode=from_word(scheduling_pb2.Mode, event.mode),
    )


def _training_recorded(event: events.TrainingAttendanceRecorded) -> Any:
    return events_pb2.TrainingAttendanceRecorded(
        safeguarder_id=event.safeguarder_id,
        obligation_id=event.obligation_id,
        event_date=to_date(event.held_on),
        attendance=from_word(scheduling_pb2.Attendance, event.attendance),
        record_time=to_instant(event.recorded_at),
        history=event.history,
        reply_due_date=to_date(event.reply_due_on),
        reply_stands_still=event.reply_due_on is None,
        reply_time_moved=event.reply_time_moved,
        sharing_reported=event.sharing_reported,
    )


def _training_delivered(event: events.TrainingDelivered) -> Any:
    return events_pb2.TrainingDelivered(
        safeguarder_id=event.safeguarder_id,
        obligation_id=event.obligation_id,
        training_event=event.training_event or "",
        event_date=to_date(event.held_on),
        record_time=to_instant(event.recorded_at),
    )


def _session_changed(event: events.SupportSessionChanged) -> Any:
    return events_pb2.SupportSessionChanged(
        safeguarder_id=event.safeguarder_id,
        session_id=event.session_id,
        version=event.version,
        change_time=to_instant(event.changed_at),
        start_time=to_instant(event.starts_at),
        state=from_word(scheduling_pb2.SupportSession.State, event.state),
        number=event.number,
        rescheduled_to=event.rescheduled_to or "",
        freeze_time=to_instant(event.freezes_at) if event.freezes_at else None,
        agenda=[events_pb2.AgendaFact(concern_id=item.concern_id, lane=item.lane) for item in event.agenda],
        mode=from_word(scheduling_pb2.Mode, event.mode),
    )


def _duty_changed(event: events.DutyChanged) -> Any:
    pb = duties_pb2.Duty
    return events_pb2.DutyChanged(
        safeguarder_id=event.safeguarder_id,
        duty_id=event.duty_id,
        version=event.version,
        kind=from_word(pb.Kind, event.kind),
        owed_by=from_word(pb.OwedBy, event.owed_by),
        about=f"safeguarders/{event.safeguarder_id}/{event.about}",
        state=from_word(pb.State, event.state),
        due_date=to_date(event.due_on),
        standstill_reasons=[from_word(pb.StandstillReason, reason) for reason in event.standstill_reasons],
        change_time=to_instant(event.changed_at),
        person=event.person,
    )


def _delegation_changed(event: events.DelegationChanged) -> Any:
    return events_pb2.DelegationChanged(
        safeguarder_id=event.safeguarder_id,
        delegation_id=event.delegation_id,
        version=event.version,
        delegate=event.delegate,
        support_manager=event.support_manager,
        from_date=to_date(event.from_on),
        to_date=to_date(event.to_on),
        ended=event.ended,
        change_time=to_instant(event.changed_at),
    )


def _link_changed(event: events.LinkChanged) -> Any:
    state = cover_pb2.PersonLink.STATE_IN_FORCE if event.stands else cover_pb2.PersonLink.STATE_ENDED
    return events_pb2.LinkChanged(
        safeguarder_id=event.safeguarder_id,
        link_id=event.link_id,
        version=event.version,
        person=event.person,
        state=state,
        change_time=to_instant(event.changed_at),
    )


def _emergency_access_changed(event: events.EmergencyAccessChanged) -> Any:
    outcomes = emergency_access_pb2.EmergencyAccess.Outcome
    return events_pb2.EmergencyAccessChanged(
        safeguarder_id=event.safeguarder_id,
        access_id=event.access_id,
        version=event.version,
        person=event.person,
        end_time=to_instant(event.ends_at),
        closed=event.closed,
        outcome=from_word(outcomes, event.outcome) if event.outcome else None,
        change_time=to_instant(event.changed_at),
    )


_EVENTS: dict[type[Any], Callable[[Any], Any]] = {
    events.SupportManagerAllocated: _allocated,
    events.SupportManagerAllocationEnded: _allocation_ended,
    events.ObligationsOpened: _opened,
    events.ObligationDueDateChanged: _due_date_changed,
    events.SupportSessionProposed: _proposed,
    events.SupportSessionConfirmed: _confirmed,
    events.SupportSessionRescheduled: _rescheduled,
    events.SupportSessionHandedOver: _handed_over,
    events.SupportSessionCancelled: _cancelled,
    events.AgendaItemAdded: _added,
    events.AgendaItemSettled: _settled,
    events.SupportSessionAttendanceRecorded: _session_recorded,
    events.TrainingAttendanceRecorded: _training_recorded,
    events.TrainingDelivered: _training_delivered,
    events.SupportSessionChanged: _session_changed,
    events.DutyChanged: _duty_changed,
    events.DelegationChanged: _delegation_changed,
    events.LinkChanged: _link_changed,
    events.EmergencyAccessChanged: _emergency_access_changed,
}
