"""The life of one support session (D3).

`proposed → confirmed → held | not_held`; `rescheduled` makes another session linked to this one; `cancelled` says by
whom. Each function returns the session as it then is, with the event to publish, and refuses what its state does not
allow.
"""

from dataclasses import dataclass, replace
from datetime import date, datetime
from enum import StrEnum

from services.calendar_days import london_today, working_days_between
from services.refusals import invalid, not_found, precondition
from services.scheduling.domain.attendance import Attendance, SessionAttendance, check_session_attendance
from services.scheduling.domain.events import (
    SupportSessionAttendanceRecorded,
    SupportSessionCancelled,
    SupportSessionConfirmed,
    SupportSessionRescheduled,
)
from services.scheduling.domain.identifiers import (
    ConcernId,
    ObligationId,
    Party,
    SafeguarderId,
    SessionId,
    SupportManagerId,
)
from services.scheduling.domain.obligations.policy import SchedulingPolicy
from services.scheduling.domain.sessions.agenda import AgendaItem, ItemOutcome, freezes_on


class SessionState(StrEnum):
    """How far a session has come."""

    PROPOSED = "proposed"
    CONFIRMED = "confirmed"
    HELD = "held"
    NOT_HELD = "not_held"
    RESCHEDULED = "rescheduled"
    CANCELLED = "cancelled"


@dataclass(frozen=True, slots=True)
class SupportSession:
    """One support session. Without an obligation it is an extra one-to-one, which no target counts (R103)."""

    session_id: SessionId
    safeguarder_id: SafeguarderId
    support_manager: SupportManagerId
    obligation_id: ObligationId | None
    number: int
    """Which of the year's sessions, from 1; 0 for an extra one."""
    starts_at: datetime
    minutes: int
    proposed_at: datetime
    calendar_uid: str
    """The same for a session and all that take its place, so that calendars move one entry."""
    calendar_sequence: int = 0
    """Rises with every change of that entry."""
    state: SessionState = SessionState.PROPOSED
    confirmed_at: datetime | None = None
    agenda: tuple[AgendaItem, ...] = ()
    proposed_for_concern: ConcernId | None = None
    rescheduled_from: SessionId | None = None
    rescheduled_to: SessionId | None = None
    rescheduled_by: Party | None = None
    cancelled_by: Party | None = None
    attendance: SessionAttendance | None = None
    record_closed_at: datetime | None = None

    @property
    def starts_on(self) -> date:
        """The London date of the session."""
        return london_today(self.starts_at)

    @property
    def is_open(self) -> bool:
        """Still to be held: proposed or confirmed."""
        return self.state in {SessionState.PROPOSED, SessionState.CONFIRMED}

    @property
    def unsettled(self) -> tuple[AgendaItem, ...]:
        """What is on the agenda without an outcome."""
        return tuple(item for item in self.agenda if item.outcome is None)

    def can_take_items(self, now: datetime, policy: SchedulingPolicy) -> bool:
        """Whether the agenda is open at an instant.

        It freezes some working days before the session. While the date is only proposed it stays open, because the
        Safeguarder has not yet agreed to a session about a known agenda.
        """
        if not self.is_open or self.starts_at <= now:
            return False
        return self.state is SessionState.PROPOSED or london_today(now) < freezes_on(self.starts_at, policy)

    def had_notice(self, policy: SchedulingPolicy) -> bool:
        """Whether the session was proposed early enough before its date to count as offered."""
        proposed_on = min(london_today(self.proposed_at), self.starts_on)
        return working_days_between(policy.calendar, proposed_on, self.starts_on) >= policy.notice_working_days


def confirm(session: SupportSession, now: datetime) -> tuple[SupportSession, SupportSessionConfirmed]:
    """The session with its date set. Refuses SESSION_NOT_PROPOSED and SESSION_IN_PAST."""
    if session.state is not SessionState.PROPOSED:
        message = f"The session is {session.state}, so its date cannot be set. Only a proposed date can."
        raise precondition("SESSION_NOT_PROPOSED", message, state=session.state)
    _check_still_to_come(session, now)
    sequence = session.calendar_sequence + 1
    confirmed = replace(session, state=SessionState.CONFIRMED, confirmed_at=now, calendar_sequence=sequence)
    ids = (session.safeguarder_id, session.session_id)
    return confirmed, SupportSessionConfirmed(*ids, session.starts_at, session.obligation_id)


def reschedule(
    session: SupportSession, starts_at: datetime, asked_by: Party, now: datetime, new_id: SessionId
) -> tuple[SupportSession, SupportSession, SupportSessionRescheduled]:
    """The session as moved, the one that takes its place with its agenda, and the event.

    Refuses SESSION_NOT_OPEN, SESSION_IN_PAST, START_IN_PAST and START_UNCHANGED.
    """
    _check_open(session)
    _check_still_to_come(session, now)
    check_start(starts_at, now)
    if starts_at == session.starts_at:
        message = "The session is at this time already. Give another time."
        raise invalid("START_UNCHANGED", message, field="start_time")
    moved = replace(session, state=SessionState.RESCHEDULED, agenda=(), rescheduled_to=new_id, rescheduled_by=asked_by)
    new = replace(
        session,
        session_id=new_id,
        starts_at=starts_at,
        proposed_at=now,
        state=SessionState.PROPOSED,
        confirmed_at=None,
        calendar_sequence=session.calendar_sequence + 1,
        rescheduled_from=session.session_id,
    )
    ids = (session.safeguarder_id, session.session_id, new_id)
    return moved, new, SupportSessionRescheduled(*ids, starts_at, asked_by, session.obligation_id)


def cancel(session: SupportSession, by: Party) -> tuple[SupportSession, SupportSessionCancelled]:
    """The session called off, by whom. Refuses SESSION_NOT_OPEN."""
    _check_open(session)
    sequence = session.calendar_sequence + 1
    cancelled = replace(session, state=SessionState.CANCELLED, cancelled_by=by, calendar_sequence=sequence)
    return cancelled, SupportSessionCancelled(session.safeguarder_id, session.session_id, by, session.obligation_id)


def record_attendance(
    session: SupportSession, recorded: SessionAttendance, now: datetime, policy: SchedulingPolicy
) -> tuple[SupportSession, SupportSessionAttendanceRecorded | None]:
    """The session held or not, with who was there. Recording again corrects it until the record is closed.

    Only attendance at a core session is published: an extra one-to-one is outside every count (R103).
    Refuses SESSION_CANNOT_BE_RECORDED, SESSION_STILL_TO_COME, NOT_OFFERED_IN_TIME and what attendance itself refuses.
    """
    _check_can_be_recorded(session, now)
    check_session_attendance(recorded)
    without_notice = session.confirmed_at is None and not session.had_notice(policy)
    if without_notice and recorded.attendance is Attendance.ABSENT_UNEXCUSED:
        message = (
            f"The date was neither confirmed nor proposed {policy.notice_working_days} working days before, "
            "so absence cannot be unexcused. Record absent_excused or awaiting_evidence."
        )
        raise precondition("NOT_OFFERED_IN_TIME", message, field="attendance")
    state = SessionState.HELD if recorded.held else SessionState.NOT_HELD
    after = replace(session, state=state, attendance=recorded)
    if session.obligation_id is None:
        return after, None
    return after, SupportSessionAttendanceRecorded(
        session.safeguarder_id,
        session.session_id,
        session.starts_on,
        recorded.team_present,
        recorded.attendance,
        now,
        session.obligation_id,
    )


def close_item(session: SupportSession, concern_id: ConcernId, outcome: ItemOutcome) -> SupportSession:
    """The session with one item of its agenda closed. Praise is acknowledged; everything else ends another way.

    Refuses SESSION_NOT_HELD, RECORD_CLOSED, ITEM_NOT_ON_AGENDA and OUTCOME_DOES_NOT_SUIT.
    """
    _check_record_open(session)
    item = next((known for known in session.agenda if known.concern_id == concern_id), None)
    if item is None:
        raise not_found("ITEM_NOT_ON_AGENDA", "This concern is not on the session's agenda.", field="concern_id")
    if not item.may_close_as(outcome):
        message = "Praise is acknowledged; a concern ends with action, no_action or carried_forward."
        raise invalid("OUTCOME_DOES_NOT_SUIT", message, field="outcome", lane=item.lane)
    closed = replace(item, outcome=outcome)
    return replace(session, agenda=tuple(closed if known is item else known for known in session.agenda))


def close_record(session: SupportSession, now: datetime) -> SupportSession:
    """The session with its record closed. Refuses SESSION_NOT_HELD, RECORD_CLOSED and ITEMS_OPEN (R110, B6)."""
    _check_record_open(session)
    if session.unsettled:
        open_ids = " ".join(item.concern_id for item in session.unsettled)
        message = "Each item of the agenda needs an outcome before the record is closed, praise first."
        raise precondition("ITEMS_OPEN", message, field="agenda", concern_ids=open_ids)
    return replace(session, record_closed_at=now)


def check_start(starts_at: datetime, now: datetime) -> None:
    """Refuses START_IN_PAST."""
    if starts_at <= now:
        message = "The new time has passed already. Give a time to come."
        raise invalid("START_IN_PAST", message, field="start_time")


def _check_open(session: SupportSession) -> None:
    if not session.is_open:
        message = f"The session is {session.state}. Only a proposed or confirmed session can be changed."
        raise precondition("SESSION_NOT_OPEN", message, state=session.state)


def _check_still_to_come(session: SupportSession, now: datetime) -> None:
    if session.starts_at <= now:
        message = "The time of the session has passed. Record who was there instead."
        raise precondition("SESSION_IN_PAST", message, state=session.state)


def _check_can_be_recorded(session: SupportSession, now: datetime) -> None:
    if session.state in {SessionState.RESCHEDULED, SessionState.CANCELLED} or session.record_closed_at is not None:
        message = "The session was moved, cancelled or its record is closed. Attendance cannot be recorded."
        raise precondition("SESSION_CANNOT_BE_RECORDED", message, state=session.state)
    if now < session.starts_at:
        message = "The session is still to come. Record attendance once its time has passed."
        raise precondition("SESSION_STILL_TO_COME", message, state=session.state)


def _check_record_open(session: SupportSession) -> None:
    if session.state is not SessionState.HELD:
        message = "The session has not been held, so its record cannot be written. Record who was there first."
        raise precondition("SESSION_NOT_HELD", message, state=session.state)
    if session.record_closed_at is not None:
        message = "The record is closed. Take the matter to the next session."
        raise precondition("RECORD_CLOSED", message, state=session.state)
