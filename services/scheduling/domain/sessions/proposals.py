"""Proposing dates for the year's support sessions, spread over what remains of the window (R105)."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date, datetime
from itertools import groupby

from services.calendar_days import add_working_days, london_today
from services.scheduling.domain.events import Event, SupportSessionProposed, SupportSessionRescheduled
from services.scheduling.domain.identifiers import Party, SessionId
from services.scheduling.domain.obligations.clocks import ClockState
from services.scheduling.domain.obligations.obligations import Obligation, ObligationKind, with_outcome
from services.scheduling.domain.obligations.policy import SchedulingPolicy
from services.scheduling.domain.sessions.diary import Diary, DiaryChange, cancel, place_waiting
from services.scheduling.domain.sessions.session_dates import first_free_start, is_free, outwards, spread
from services.scheduling.domain.sessions.sessions import SessionState, SupportSession, reschedule


def propose_sessions(
    diary: Diary,
    obligations: Sequence[Obligation],
    now: datetime,
    policy: SchedulingPolicy,
    new_id: Callable[[str], SessionId],
) -> DiaryChange:
    """A date for each session owed that has none: on running clocks, with notice, before it is due.

    The dates lie in the middles of equal parts of the days left, or as near as the manager is free. A session for which
    no day is left stays without a date: `sessions_without_date` lists it for a person to arrange. What waits for a
    session goes on the first agenda. Asked again, it proposes nothing twice.
    `new_id` makes an id from words that name the session and no other.
    """
    today = london_today(now)
    proposed: list[SupportSession] = []
    for _, group in groupby(sessions_without_date(diary, obligations, today), key=lambda owed: owed.due_on(today)):
        owed = tuple(group)
        starts = _starts_for(owed, diary.with_sessions(proposed), today, policy)
        proposed += [
            _session_for(obligation, diary, starts_at, now, policy, new_id(_name(obligation, diary)))
            for obligation, starts_at in zip(owed, starts, strict=False)
        ]
    placed = place_waiting(diary.with_sessions(proposed), now, policy)
    return DiaryChange(placed.diary, (*(_proposed(session) for session in proposed), *placed.events))


def sessions_without_date(diary: Diary, obligations: Sequence[Obligation], today: date) -> tuple[Obligation, ...]:
    """The sessions owed, on running clocks, for which none is open; earliest due first."""
    dated = {session.obligation_id for session in diary.sessions if session.is_open}
    without = (
        owed
        for owed in obligations
        if owed.kind is ObligationKind.SUPPORT_SESSION
        and owed.clock.state_on(today) is ClockState.RUNNING
        and owed.obligation_id not in dated
    )
    return tuple(sorted(without, key=lambda owed: (owed.due_on(today), owed.number)))


def hand_over(diary: Diary, now: datetime, policy: SchedulingPolicy, new_id: Callable[[str], SessionId]) -> DiaryChange:
    """The open sessions to come taken over by the diary's support manager; moved by the Team when he or she is engaged.

    One for which no other day of the term is free keeps its time, for the two to settle.
    """
    events: list[SupportSessionRescheduled] = []
    for session in diary.sessions:
        if not session.is_open or session.starts_at <= now or session.support_manager == diary.support_manager:
            continue
        sequence = session.calendar_sequence + 1
        taken_over = replace(session, support_manager=diary.support_manager, calendar_sequence=sequence)
        diary = diary.with_sessions([taken_over])
        starts_at = _start_with_manager(taken_over, diary, london_today(now), policy)
        if starts_at != session.starts_at:
            new_session_id = new_id(moved_name(session.session_id))
            moved, new, event = reschedule(taken_over, starts_at, Party.TEAM, now, new_session_id)
            diary = diary.with_sessions([moved, new])
            events.append(event)
    return DiaryChange(diary, tuple(events))


def moved_name(session_id: SessionId) -> str:
    """The words that name the session which takes the place of one that is moved."""
    return f"{session_id}/moved"


def call_off_met(diary: Diary, obligation: Obligation, now: datetime, policy: SchedulingPolicy) -> DiaryChange:
    """Dates only proposed for an obligation that is met by now called off; their agendas go on.

    One is there when a session was first recorded as not held, and the record corrected later.
    """
    events: tuple[Event, ...] = ()
    for session in diary.sessions if obligation.clock.met_on is not None else ():
        if session.state is SessionState.PROPOSED and session.obligation_id == obligation.obligation_id:
            change = cancel(diary, session.session_id, Party.TEAM, now, policy)
            diary, events = change.diary, (*events, *change.events)
    return DiaryChange(diary, events)


def after_sessions(obligation: Obligation, diary: Diary) -> Obligation:
    """The obligation as the sessions held for it leave it: met on the day of the first at which both were there."""
    recorded = [
        (session.starts_on, session.attendance)
        for session in diary.sessions
        if session.obligation_id == obligation.obligation_id and session.attendance is not None
    ]
    return with_outcome(
        obligation,
        delivered=any(attendance.delivered for _, attendance in recorded),
        attended=any(attendance.attended for _, attendance in recorded),
        met_on=min((day for day, attendance in recorded if attendance.held), default=None),
    )


def _starts_for(owed: Sequence[Obligation], diary: Diary, today: date, policy: SchedulingPolicy) -> list[datetime]:
    notified = add_working_days(policy.calendar, today, policy.notice_working_days)
    first = max(owed[0].window_starts_on, notified)
    last = min(owed[0].due_on(today), diary.term.ends_on)
    if first > last:
        return []
    engagements = diary.engagements()
    starts: list[datetime] = []
    for target in spread(first, last, len(owed)):
        start = first_free_start(outwards(target, first, last), engagements, policy)
        if start is not None:
            starts.append(start)
            engagements = engagements.with_start(start)
    return sorted(starts)


def _start_with_manager(session: SupportSession, diary: Diary, today: date, policy: SchedulingPolicy) -> datetime:
    if is_free(session.starts_at, diary.manager_engaged_at, policy):
        return session.starts_at
    others = tuple(other for other in diary.sessions if other.session_id != session.session_id)
    days = outwards(session.starts_on, add_working_days(policy.calendar, today, 1), diary.term.ends_on)
    return first_free_start(days, replace(diary, sessions=others).engagements(), policy) or session.starts_at


def _name(obligation: Obligation, diary: Diary) -> str:
    before = sum(session.obligation_id == obligation.obligation_id for session in diary.sessions)
    return f"{obligation.obligation_id}/{before + 1}"


def _session_for(
    obligation: Obligation,
    diary: Diary,
    starts_at: datetime,
    now: datetime,
    policy: SchedulingPolicy,
    new_id: SessionId,
) -> SupportSession:
    return SupportSession(
        session_id=new_id,
        safeguarder_id=obligation.safeguarder_id,
        support_manager=diary.support_manager,
        obligation_id=obligation.obligation_id,
        number=obligation.number,
        starts_at=starts_at,
        minutes=policy.session_minutes,
        proposed_at=now,
        calendar_uid=new_id,
    )


def _proposed(session: SupportSession) -> SupportSessionProposed:
    ids = (session.safeguarder_id, session.session_id)
    return SupportSessionProposed(*ids, session.starts_at, None, session.obligation_id)
