"""The states of one support session (D3).

A session is proposed, then confirmed, then held or not held. A rescheduled session links to the one that takes its
place. A cancelled session says which side cancelled it. Each function returns the changed session with the event to
publish. Each refuses what the session's state does not allow.
"""

from dataclasses import dataclass, replace
from datetime import date, datetime
from enum import StrEnum

from services.calendar_days import london_today, working_days_between
from services.refusals import invalid, not_found, precondition
from services.scheduling.domain.attendance import (
    NEVER_AWAY,
    Attendance,
    Away,
    SessionAttendance,
    Told,
    check_not_away,
    check_not_reviewed,
    check_session_attendance,
    tell,
    tell_again,
)
from services.scheduling.domain.events import (
    AgendaItemSettled,
    SupportSessionAttendanceRecorded,
    SupportSessionCancelled,
    SupportSessionConfirmed,
    SupportSessionProposed,
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
    """The state of a session."""

    PROPOSED = "proposed"
    CONFIRMED = "confirmed"
    HELD = "held"
    NOT_HELD = "not_held"
    RESCHEDULED = "rescheduled"
    CANCELLED = "cancelled"


class MoveReason(StrEnum):
    """The reason for moving a session to an unusual time, in broad terms only: nothing about health or family."""

    HEARING_OR_COURT = "hearing_or_court"
    PERSONAL_CIRCUMSTANCES = "personal_circumstances"
    TRAVEL_OR_WEATHER = "travel_or_weather"
    TECHNICAL = "technical"
    TEAM = "team"
    URGENT = "urgent"


@dataclass(frozen=True, slots=True)
class SupportSession:
    """One support session. A session without an obligation is an extra one-to-one, which no target counts (R103)."""

    session_id: SessionId
    safeguarder_id: SafeguarderId
    support_manager: SupportManagerId
    obligation_id: ObligationId | None
    number: int
    """Which of the year's sessions, from 1. 0 for an extra one."""
    starts_at: datetime
    minutes: int
    proposed_at: datetime
    calendar_uid: str
    """The same for a session and every session that takes its place, so that calendars move one entry."""
    calendar_sequence: int = 0
    """Rises with every change of that calendar entry. Calendars ignore a file with a lower number."""
    state: SessionState = SessionState.PROPOSED
    confirmed_at: datetime | None = None
    agenda: tuple[AgendaItem, ...] = ()
    proposed_for_concern: ConcernId | None = None
    rescheduled_from: SessionId | None = None
    rescheduled_to: SessionId | None = None
    rescheduled_by: Party | None = None
    moved_because: MoveReason | None = None
    """Why this session takes the place of another at its time. None if no reason was given or needed."""
    cancelled_by: Party | None = None
    attendance: SessionAttendance | None = None
    told: Told | None = None
    """What was last published of its attendance. None before that, and if an earlier release published it."""
    held_recorded_at: datetime | None = None
    """When it was recorded as held. None if it was not, or if an earlier release recorded it, and no record is owed."""
    record_closed_at: datetime | None = None
    """When its record was closed. Attendance cannot be changed from then on, unless the record is withdrawn."""
    record_version: int = 0
    """The newest version of its record that evidence has told of. 0 before the first."""
    version: int = 0
    """Rises with every change that is stored. 0 for a session of an earlier release, which was never published so."""

    @property
    def starts_on(self) -> date:
        """The London date of the session."""
        return london_today(self.starts_at)

    @property
    def is_open(self) -> bool:
        """True if the session is proposed or confirmed."""
        return self.state in {SessionState.PROPOSED, SessionState.CONFIRMED}

    @property
    def unsettled(self) -> tuple[AgendaItem, ...]:
        """The agenda items without an outcome."""
        return tuple(item for item in self.agenda if item.outcome is None)

    def can_take_items(self, now: datetime, policy: SchedulingPolicy) -> bool:
        """Return whether the agenda takes new items at this time.

        The agenda of a confirmed session freezes some working days before it. The agenda of a proposed session stays
        open, because the Safeguarder has not yet agreed to a session with a known agenda.
        """
        if not self.is_open or self.starts_at <= now:
            return False
        return self.state is SessionState.PROPOSED or london_today(now) < freezes_on(self.starts_at, policy)

    def is_over(self, now: datetime) -> bool:
        """Return whether nothing more can be discussed: it is recorded or called off, or its day has passed."""
        return not self.is_open or self.starts_on < london_today(now)

    def had_notice(self, policy: SchedulingPolicy) -> bool:
        """Return whether the session was proposed early enough to count as offered."""
        proposed_on = min(london_today(self.proposed_at), self.starts_on)
        return working_days_between(policy.calendar, proposed_on, self.starts_on) >= policy.notice_working_days


def proposed(session: SupportSession) -> SupportSessionProposed:
    """Return the event that a date is proposed for a session."""
    return SupportSessionProposed(
        session.safeguarder_id,
        session.session_id,
        session.starts_at,
        session.proposed_for_concern,
        session.obligation_id,
        session.number,
        session.minutes,
        session.support_manager,
    )


def confirm(session: SupportSession, now: datetime) -> tuple[SupportSession, SupportSessionConfirmed]:
    """Confirm the date of a session. Refuse SESSION_NOT_PROPOSED and SESSION_IN_PAST."""
    if session.state is not SessionState.PROPOSED:
        message = f"The session is {session.state}. Only a proposed date can be confirmed."
        raise precondition("SESSION_NOT_PROPOSED", message, state=session.state)
    check_still_to_come(session, now)
    sequence = session.calendar_sequence + 1
    confirmed = replace(session, state=SessionState.CONFIRMED, confirmed_at=now, calendar_sequence=sequence)
    ids = (session.safeguarder_id, session.session_id)
    return confirmed, SupportSessionConfirmed(*ids, session.starts_at, session.obligation_id)


def reschedule(
    session: SupportSession,
    starts_at: datetime,
    asked_by: Party,
    now: datetime,
    new_id: SessionId,
    reason: MoveReason | None = None,
) -> tuple[SupportSession, SupportSession, SupportSessionRescheduled]:
    """Move a session. Return it, the new session that takes its place with its agenda, and the event to publish.

    The new session is only proposed: a changed date must be confirmed again.

    Raises:
        Refusal: SESSION_NOT_OPEN, SESSION_IN_PAST, START_IN_PAST or START_UNCHANGED.
    """
    check_movable(session, now)
    if starts_at <= now:
        raise invalid("START_IN_PAST", "The new time is in the past. Give a future time.", field="start_time")
    if starts_at == session.starts_at:
        message = "The session is already at this time. Give another time."
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
        moved_because=reason,
    )
    return moved, new, _rescheduled(new, session.session_id, asked_by)


def _rescheduled(new: SupportSession, session_id: SessionId, asked_by: Party) -> SupportSessionRescheduled:
    return SupportSessionRescheduled(
        new.safeguarder_id,
        session_id,
        new.session_id,
        new.starts_at,
        asked_by,
        new.obligation_id,
        new.moved_because,
        new.state,
        new.number,
        new.minutes,
        new.support_manager,
    )


@dataclass(frozen=True, slots=True)
class Settlement:
    """What a person says of one item of a session's agenda."""

    session_id: SessionId
    concern_id: ConcernId
    outcome: ItemOutcome
    recorded_at: datetime | None = None
    """When the record of the session came to say so. None if a person says so now."""


def settle_item(
    session: SupportSession, said: Settlement, now: datetime
) -> tuple[AgendaItem, AgendaItem, AgendaItemSettled]:
    """Return an item of the agenda, the item with the outcome that a person gives it, and the event to publish.

    Giving another outcome corrects the one before.

    Raises:
        Refusal: SESSION_NOT_HELD, ITEM_NOT_ON_AGENDA or OUTCOME_DOES_NOT_SUIT.
    """
    if session.state is not SessionState.HELD:
        message = "The session is not recorded as held. Record who was there first."
        raise precondition("SESSION_NOT_HELD", message, state=session.state)
    on_agenda = (item for item in session.agenda if item.concern_id == said.concern_id)
    item = next((known for known in on_agenda if known.outcome is not ItemOutcome.WITHDRAWN), None)
    if item is None:
        message = "This concern is not on the session's agenda, or it was closed before the session."
        raise not_found("ITEM_NOT_ON_AGENDA", message, field="concern_id")
    if not item.may_end_as(said.outcome):
        message = "Praise is acknowledged. A concern ends with action or no_action. Either can be carried_forward."
        raise invalid("OUTCOME_DOES_NOT_SUIT", message, field="outcome", lane=item.lane)
    ids = (session.safeguarder_id, session.session_id, said.concern_id)
    by_record = said.recorded_at is not None
    settled = replace(item, outcome=said.outcome, settled_at=said.recorded_at or now, by_record=by_record)
    return item, settled, AgendaItemSettled(*ids, said.outcome)


def cancel(session: SupportSession, by: Party) -> tuple[SupportSession, SupportSessionCancelled]:
    """Cancel a session on behalf of one side. Refuse SESSION_NOT_OPEN."""
    _check_open(session)
    sequence = session.calendar_sequence + 1
    cancelled = replace(session, state=SessionState.CANCELLED, cancelled_by=by, calendar_sequence=sequence)
    return cancelled, SupportSessionCancelled(session.safeguarder_id, session.session_id, by, session.obligation_id)


def record_attendance(
    session: SupportSession,
    recorded: SessionAttendance,
    now: datetime,
    policy: SchedulingPolicy,
    away: Away = NEVER_AWAY,
) -> tuple[SupportSession, SupportSessionAttendanceRecorded | None]:
    """Record who was at a session, which makes it held or not held. Recording again corrects it.

    Only attendance at a core session is published, because an extra one-to-one is outside every count (R103). The same
    record again says nothing new. It is not published, so the time to reply does not begin again (P4, P9).

    Raises:
        Refusal: SESSION_CANNOT_BE_RECORDED, SESSION_STILL_TO_COME, NOT_OFFERED_IN_TIME, or any refusal of
            `check_session_attendance`, `check_not_away` and `check_not_reviewed`.
    """
    away = away.for_record(session.session_id)
    _check_can_be_recorded(session, now)
    check_session_attendance(recorded)
    check_not_away(recorded.attendance, session.starts_on, away)
    check_not_reviewed(recorded.attendance, session.starts_on, away.reviews)
    without_notice = session.confirmed_at is None and not session.had_notice(policy)
    if without_notice and recorded.attendance is Attendance.ABSENT_UNEXCUSED:
        message = (
            f"The date was not confirmed, and it was proposed less than {policy.notice_working_days} working days "
            "before, so the absence cannot be unexcused. Record absent_excused or awaiting_evidence."
        )
        raise precondition("NOT_OFFERED_IN_TIME", message, field="attendance")
    state = SessionState.HELD if recorded.held else SessionState.NOT_HELD
    held_recorded_at = session.held_recorded_at if session.state is SessionState.HELD else now
    after = replace(
        session, state=state, attendance=recorded, held_recorded_at=held_recorded_at if recorded.held else None
    )
    known = session.attendance
    same = known is not None and (known.team_present, known.attendance) == (recorded.team_present, recorded.attendance)
    if session.obligation_id is None or same:
        return after, None
    working_days = policy.attendance_reply_working_days
    told = tell(recorded.attendance, session.starts_on, london_today(now), away, working_days)
    return replace(after, told=told), _attendance_recorded(session, session.obligation_id, recorded, told, now)


def tell_attendance_again(
    session: SupportSession, away: Away, now: datetime, policy: SchedulingPolicy
) -> tuple[SupportSession, SupportSessionAttendanceRecorded | None]:
    """Return a session after a change of times away or of a review, with the event if its attendance is told again."""
    recorded, before = session.attendance, session.told
    if session.obligation_id is None or recorded is None:
        return session, None
    days, away = policy.attendance_reply_working_days, away.for_record(session.session_id)
    told = tell_again(recorded.attendance, session.starts_on, before, away, london_today(now), days)
    if told is None:
        return session, None
    event = _attendance_recorded(session, session.obligation_id, recorded, told, now)
    only_time = before is not None and before.attendance is told.attendance
    return replace(session, told=told), replace(event, reply_time_moved=only_time)


def _attendance_recorded(
    session: SupportSession, obligation_id: ObligationId, recorded: SessionAttendance, told: Told, now: datetime
) -> SupportSessionAttendanceRecorded:
    return SupportSessionAttendanceRecorded(
        session.safeguarder_id,
        session.session_id,
        session.starts_on,
        recorded.team_present,
        told.attendance,
        now,
        obligation_id,
        told.reply_due_on,
        mode=recorded.mode if recorded.held else None,
    )


def check_movable(session: SupportSession, now: datetime) -> None:
    """Refuse SESSION_NOT_OPEN and SESSION_IN_PAST: only a session to come is moved."""
    _check_open(session)
    check_still_to_come(session, now)


def check_still_to_come(session: SupportSession, now: datetime) -> None:
    """Refuse SESSION_IN_PAST for a session whose time has passed."""
    if session.starts_at <= now:
        message = "The time of the session has passed. Record who was there instead."
        raise precondition("SESSION_IN_PAST", message, state=session.state)


def _check_open(session: SupportSession) -> None:
    if not session.is_open:
        message = f"The session is {session.state}. Only a proposed or confirmed session can be changed."
        raise precondition("SESSION_NOT_OPEN", message, state=session.state)


def _check_can_be_recorded(session: SupportSession, now: datetime) -> None:
    if session.state in {SessionState.RESCHEDULED, SessionState.CANCELLED} or session.record_closed_at is not None:
        message = "The session was moved or cancelled, or its record is closed, so attendance cannot be recorded."
        raise precondition("SESSION_CANNOT_BE_RECORDED", message, state=session.state)
    if now < session.starts_at:
        message = "The session is in the future. Record attendance after it."
        raise precondition("SESSION_STILL_TO_COME", message, state=session.state)
