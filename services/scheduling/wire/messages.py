"""Conversion between domain values and protobuf messages, in both directions."""

import hashlib
from datetime import date, datetime
from typing import Any

from psmf.evidence.v1 import events_pb2 as evidence_events
from psmf.evidence.v1 import session_records_pb2, times_away_pb2
from psmf.rules.v1 import events_pb2 as rules_events
from psmf.rules.v1 import rules_pb2
from psmf.scheduling.v1 import scheduling_pb2

from services.calendar_days import Days
from services.platform.calls.wire import (
    from_date,
    from_dates,
    from_instant,
    from_word,
    name_parts,
    to_date,
    to_instant,
    to_member,
    to_word,
)
from services.refusals import invalid
from services.scheduling.domain.allocation import Allocation, AllocationReason
from services.scheduling.domain.attendance import Attendance, Mode, SessionAttendance, TrainingAttendance
from services.scheduling.domain.concerns import Concern
from services.scheduling.domain.corrected_membership import Membership
from services.scheduling.domain.identifiers import (
    ConcernId,
    ObligationId,
    Party,
    SafeguarderId,
    SessionId,
    SessionName,
    TrainingEventId,
)
from services.scheduling.domain.obligations.clocks import PauseReason
from services.scheduling.domain.obligations.obligations import Obligation, Term
from services.scheduling.domain.obligations.policy import SchedulingPolicy
from services.scheduling.domain.obligations.times_away import TimeAway
from services.scheduling.domain.obligations.trainings import TrainingEvent, TrainingKind
from services.scheduling.domain.sessions.agenda import ItemOutcome, Lane, freezes_on
from services.scheduling.domain.sessions.records import RecordedOutcome, RecordState, SessionRecord
from services.scheduling.domain.sessions.sessions import MoveReason, SessionState, Settlement, SupportSession

_AWAY = {"leave": PauseReason.ON_LEAVE, "suspension": PauseReason.SUSPENDED}
_RECORD_STATES = {
    session_records_pb2.SessionRecord.STATE_CLOSED: RecordState.CLOSED,
    session_records_pb2.SessionRecord.STATE_WITHDRAWN: RecordState.WITHDRAWN,
}
_OUTCOMES = {
    session_records_pb2.AgendaOutcome.WORD_ACKNOWLEDGED: ItemOutcome.ACKNOWLEDGED,
    session_records_pb2.AgendaOutcome.WORD_ACTION: ItemOutcome.ACTION,
    session_records_pb2.AgendaOutcome.WORD_NO_ACTION: ItemOutcome.NO_ACTION,
    session_records_pb2.AgendaOutcome.WORD_CARRIED_FORWARD: ItemOutcome.CARRIED_FORWARD,
}
"""Words that can end a concern. `settled` ends only what the Safeguarder brought, which is on no agenda here."""


def needed_date(message: Any, field: str) -> date:
    """Return a date that must be set. Raise ValueError if it is not, and refuse INVALID if it is not a date."""
    day = from_date(message, field)
    if day is None:
        raise ValueError(f"{field} is not set")
    return day


def term(message: evidence_events.SafeguarderAppointed) -> Term:
    """Return the term of an appointment."""
    starts_on, ends_on = needed_date(message, "start_date"), needed_date(message, "end_date")
    return Term(SafeguarderId(message.safeguarder_id), message.term, starts_on, ends_on)


def membership(message: evidence_events.SafeguarderCorrectionChanged) -> Membership:
    """Return the whole membership of a confirmed correction. Raise ValueError if a term has no day."""
    person = SafeguarderId(message.safeguarder_id)
    terms = tuple(
        Term(person, each.term, needed_date(each, "start_date"), needed_date(each, "end_date"))
        for each in message.terms
    )
    return Membership(terms, from_date(message, "ended_date"), tuple(message.areas))


def concern(fact: rules_events.ConcernFact, said_at: datetime) -> Concern:
    """Return the part of a concern that scheduling needs, as rules recorded it at an instant."""
    lane = to_member(Lane, rules_pb2.Lane, fact.lane, "lane")
    return Concern(ConcernId(fact.concern_id), lane, fact.session_within_working_days, said_at)


def settlement(message: scheduling_pb2.SettleAgendaItemRequest) -> Settlement:
    """Return what a person says of an item of an agenda. Refuse INVALID for an unknown outcome."""
    outcome = to_member(ItemOutcome, scheduling_pb2.AgendaItem.Outcome, message.outcome, "outcome")
    return Settlement(session_name(message.name).session_id, ConcernId(message.concern_id), outcome)


def time_away(message: evidence_events.SafeguarderTimeAwayRecorded) -> TimeAway:
    """Return the leave or the suspension in an event. Raise ValueError for a word that this version does not know."""
    stretches = ((needed_date(days, "start_date"), from_date(days, "end_date")) for days in message.not_counted)
    not_counted = tuple(Days(first_on, last_on) for first_on, last_on in stretches)
    return TimeAway(
        message.time_away_id,
        message.version,
        _AWAY[to_word(times_away_pb2.TimeAwayKind, message.kind, "kind")],
        needed_date(message, "start_date"),
        from_date(message, "end_date"),
        message.cancelled,
        # The release before did not say. What is not cancelled always has such days.
        not_counted if not_counted or message.cancelled else None,
    )


def session_record(message: evidence_events.SessionRecordChanged) -> SessionRecord:
    """Return the record of a session without words. A word that this version does not know settles nothing."""
    outcomes = (
        RecordedOutcome(ConcernId(each.concern_id), ItemOutcome.CARRIED_FORWARD if each.disputed else _OUTCOMES[word])
        for each in message.outcomes
        if (word := each.word) in _OUTCOMES
    )
    return SessionRecord(
        SessionId(message.session_id),
        message.version,
        _RECORD_STATES.get(message.state, RecordState.OPEN),
        from_instant(message.change_time),
        tuple(outcomes),
    )


def safeguarder(parent: str) -> SafeguarderId:
    """Return the Safeguarder whom a request names. Refuse INVALID for a malformed name."""
    return SafeguarderId(name_parts(parent, "safeguarders")[0])


def session_name(name: str) -> SessionName:
    """Return the session that a request names. Refuse INVALID for a malformed name."""
    safeguarder_id, session_id = name_parts(name, "safeguarders", "supportSessions")
    return SessionName(SafeguarderId(safeguarder_id), SessionId(session_id))


def obligation_name(name: str) -> tuple[SafeguarderId, ObligationId]:
    """Return the obligation that a request names. Refuse INVALID for a malformed name."""
    safeguarder_id, obligation_id = name_parts(name, "safeguarders", "obligations")
    return SafeguarderId(safeguarder_id), ObligationId(obligation_id)


def allocation_reason(word: str) -> AllocationReason:
    """Return the reason for an allocation. Refuse INVALID for an unknown word."""
    try:
        return AllocationReason(word)
    except ValueError:
        message = f"reason must be one of {', '.join(AllocationReason)}."
        raise invalid("UNKNOWN_VALUE", message, "reason") from None


def party(message: Any, field: str) -> Party:
    """Return the side that asked for a change. Refuse INVALID for an unknown word."""
    try:
        return Party(getattr(message, field))
    except ValueError:
        raise invalid("UNKNOWN_VALUE", f"{field} must be one of {', '.join(Party)}.", field) from None


def move_reason(word: str) -> MoveReason | None:
    """Return the reason for moving a session, None if there is none. Refuse INVALID for an unknown word."""
    try:
        return MoveReason(word) if word else None
    except ValueError:
        raise invalid("UNKNOWN_VALUE", f"reason must be one of {', '.join(MoveReason)}.", "reason") from None


def session_attendance(message: scheduling_pb2.RecordSupportSessionAttendanceRequest) -> SessionAttendance:
    """Return who was at a session.

    Raises:
        Refusal: INVALID for an unknown value; FIELD_MISSING if nobody said whether the support manager was there.
    """
    mode = to_word(scheduling_pb2.Mode, message.mode, "mode")
    attendance = to_member(Attendance, scheduling_pb2.Attendance, message.attendance, "attendance")
    return SessionAttendance(_team_present(message), attendance, Mode(mode) if mode else None)


def _team_present(message: scheduling_pb2.RecordSupportSessionAttendanceRequest) -> bool:
    """Return whether the support manager was there. The false of callers of earlier releases may be a blank (P18)."""
    field = "team_present_answer"
    word = to_word(scheduling_pb2.YesNo, message.team_present_answer, field)
    if not word and not message.team_present:
        text = f"Say whether the support manager was there: set {field} to YES_NO_YES or YES_NO_NO. "
        raise invalid("FIELD_MISSING", f"{text}team_present is of earlier releases, and its false is no answer.", field)
    return word != "no"


def training_attendance(message: scheduling_pb2.RecordTrainingAttendanceRequest) -> TrainingAttendance:
    """Return who was at a training event. Refuse INVALID for an unknown value."""
    attendance = to_member(Attendance, scheduling_pb2.Attendance, message.attendance, "attendance")
    held_on, shared_on = needed_date(message, "event_date"), from_date(message, "shared_date")
    return TrainingAttendance(held_on, attendance, history=message.history, shared_on=shared_on)


def training_event(
    message: scheduling_pb2.RecordTrainingEventRequest,
) -> tuple[TrainingEventId, TrainingKind, list[date]]:
    """Return the id of a training event, its kind and the days on which it was held. Refuse INVALID for bad values."""
    (event_id,) = name_parts(message.name, "trainingEvents")
    kind = to_member(TrainingKind, scheduling_pb2.TrainingKind, message.kind, "kind")
    return TrainingEventId(event_id), kind, from_dates(message, "held_dates")


def training_event_message(event: TrainingEvent) -> scheduling_pb2.TrainingEvent:
    """Return the message for a training event."""
    return scheduling_pb2.TrainingEvent(
        name=f"trainingEvents/{event.training_event_id}",
        kind=from_word(scheduling_pb2.TrainingKind, event.kind),
        held_dates=[to_date(day) for day in event.held_on],
        record_time=to_instant(event.recorded_at),
    )


def allocation_message(allocation: Allocation) -> scheduling_pb2.Allocation:
    """Return the message for an allocation."""
    return scheduling_pb2.Allocation(
        name=f"safeguarders/{allocation.safeguarder_id}/allocations/{allocation.number}",
        support_manager=allocation.support_manager,
        region=allocation.region,
        from_date=to_date(allocation.from_on),
        to_date=to_date(allocation.to_on),
        reason=allocation.reason,
    )


def obligation_message(obligation: Obligation, today: date) -> scheduling_pb2.Obligation:
    """Return the message for an obligation, with its due date and clock as of today."""
    return scheduling_pb2.Obligation(
        name=f"safeguarders/{obligation.safeguarder_id}/obligations/{obligation.obligation_id}",
        kind=from_word(scheduling_pb2.Obligation.Kind, obligation.kind),
        number=obligation.number,
        window_start_date=to_date(obligation.window_starts_on),
        window_end_date=to_date(obligation.window_ends_on),
        due_date=to_date(obligation.due_on(today)),
        calendar=obligation.calendar,
        clock_state=from_word(scheduling_pb2.Obligation.ClockState, obligation.clock.state_on(today)),
        delivered=obligation.delivered,
        attended=obligation.attended,
        training_event=f"trainingEvents/{obligation.training_event}" if obligation.training_event else "",
    )


def session_states(states: Any) -> tuple[SessionState, ...]:
    """Return the states that a list is limited to. Refuse INVALID for one that the contract does not know."""
    enum = scheduling_pb2.SupportSession.State
    words = (to_word(enum, state, f"states[{place}]") for place, state in enumerate(states))
    return tuple(SessionState(word) for word in words if word)


def session_message(session: SupportSession, policy: SchedulingPolicy) -> scheduling_pb2.SupportSession:
    """Return the message for a session with its agenda. The etag is a hash of all other fields."""
    message = scheduling_pb2.SupportSession(
        name=_resource_name(session, session.session_id),
        support_manager=session.support_manager,
        number=session.number,
        start_time=to_instant(session.starts_at),
        minutes=session.minutes,
        state=from_word(scheduling_pb2.SupportSession.State, session.state),
        agenda=[
            scheduling_pb2.AgendaItem(
                concern_id=item.concern_id,
                lane=item.lane,
                add_time=to_instant(item.added_at),
                outcome=from_word(scheduling_pb2.AgendaItem.Outcome, item.outcome),
            )
            for item in session.agenda
        ],
        freeze_date=to_date(freezes_on(session.starts_at, policy)),
        rescheduled_to=_resource_name(session, session.rescheduled_to) if session.rescheduled_to else "",
        mode=from_word(scheduling_pb2.Mode, session.attendance.mode if session.attendance else None),
        proposed_for_concern=session.proposed_for_concern or "",
        move_reason=session.moved_because or "",
    )
    message.etag = hashlib.sha256(message.SerializeToString(deterministic=True)).hexdigest()[:16]
    return message


def _resource_name(session: SupportSession, session_id: SessionId) -> str:
    return f"safeguarders/{session.safeguarder_id}/supportSessions/{session_id}"
