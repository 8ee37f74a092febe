"""Proposals of dates for the year's support sessions, spread over the rest of the window (R105)."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date, datetime
from itertools import groupby

from services.calendar_days import add_working_days, london_today
from services.scheduling.domain.attendance import Away
from services.scheduling.domain.events import Event, SupportSessionHandedOver
from services.scheduling.domain.identifiers import Party, SessionId
from services.scheduling.domain.obligations.clocks import ClockState
from services.scheduling.domain.obligations.obligations import Obligation, ObligationKind, with_outcome
from services.scheduling.domain.obligations.policy import SchedulingPolicy
from services.scheduling.domain.sessions.diary import Diary, DiaryChange, cancel, place_waiting
from services.scheduling.domain.sessions.session_dates import first_free_start, is_free, outwards, spread
from services.scheduling.domain.sessions.sessions import (
    SessionState,
    SupportSession,
    check_movable,
    proposed,
    reschedule,
)

SUGGESTED = 3
"""Times that are suggested for a session that is to move. The number is ours: people choose easily between few."""


def propose_sessions(
    diary: Diary,
    obligations: Sequence[Obligation],
    now: datetime,
    policy: SchedulingPolicy,
    new_id: Callable[[str], SessionId],
) -> DiaryChange:
    """Propose a date for each owed session that has none, if its clock is running.

    Each session gets the middle of what is left of its own part of the year, or the nearest day on which both are free.
    What is late shares the days of the next part. Every date gives notice and lies within the twelve months. A session
    stays without a date if no day is left for it. `sessions_without_date` lists such sessions for a person to arrange.
    Waiting items go on the first agenda. Calling this again proposes nothing twice, because `new_id` makes the id from
    text that names exactly one session.
    """
    today = london_today(now)
    sessions: list[SupportSession] = []
    notified = add_working_days(policy.calendar, today, policy.notice_working_days)
    without = sessions_without_date(diary, obligations, today)
    # Sessions with the same last day share the days until then. They are in order of that day, as groupby needs.
    for last, group in groupby(without, key=lambda owed: _last_day(owed, without, notified, today)):
        owed = tuple(group)
        first = max(notified, min(each.part_starts_on(today) for each in owed))
        days = (first, min(last, diary.last_on))
        starts = _starts_for(owed, days, diary.with_sessions(sessions), policy)
        sessions += [
            _session_for(obligation, diary, starts_at, now, policy, new_id(_name(obligation, diary)))
            for obligation, starts_at in zip(owed, starts, strict=False)
        ]
    placed = place_waiting(diary.with_sessions(sessions), now, policy)
    return DiaryChange(placed.diary, (*(proposed(session) for session in sessions), *placed.events))


def sessions_without_date(diary: Diary, obligations: Sequence[Obligation], today: date) -> tuple[Obligation, ...]:
    """Return the owed sessions with a running clock and no open session, earliest due first."""
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
    """Hand the open future sessions to the diary's support manager. Move those at which the manager is not free.

    A session keeps its time if no other day of the term is free. The manager and the Safeguarder then settle it.
    """
    events: list[Event] = []
    for session in diary.sessions:
        if not session.is_open or session.starts_at <= now or session.support_manager == diary.support_manager:
            continue
        sequence = session.calendar_sequence + 1
        taken_over = replace(session, support_manager=diary.support_manager, calendar_sequence=sequence)
        diary = diary.with_sessions([taken_over])
        starts_at = _start_with_manager(taken_over, diary, london_today(now), policy)
        if starts_at == session.starts_at:
            ids = (session.safeguarder_id, session.session_id)
            events.append(SupportSessionHandedOver(*ids, diary.support_manager))
        else:
            new_session_id = new_id(moved_name(session.session_id))
            moved, new, event = reschedule(taken_over, starts_at, Party.TEAM, now, new_session_id)
            diary = diary.with_sessions([moved, new])
            events.append(event)
    return DiaryChange(diary, tuple(events))


def times_for(
    diary: Diary,
    session: SupportSession,
    owed_within: tuple[date, date] | None,
    away: Away,
    now: datetime,
    policy: SchedulingPolicy,
) -> tuple[datetime, ...]:
    """Return times to which a session could move without a reason, each on another day, the earliest first.

    They are the free ones nearest to its day, with notice, on days on which the Safeguarder is not away. `owed_within`:
    the first and the last day for which it is owed; None for an extra one-to-one.

    Raises:
        Refusal: SESSION_NOT_OPEN; SESSION_IN_PAST.
    """
    check_movable(session, now)
    first = add_working_days(policy.calendar, london_today(now), policy.notice_working_days)
    last = diary.last_on
    if owed_within is not None:
        first, last = max(first, owed_within[0]), min(last, owed_within[1])
    if first > last:
        return ()
    others = tuple(other for other in diary.sessions if other.session_id != session.session_id)
    engagements = replace(diary, sessions=others).engagements()
    days = [day for day in outwards(session.starts_on, first, last) if day != session.starts_on and not away.on(day)]
    found: list[datetime] = []
    while len(found) < SUGGESTED:
        start = first_free_start(days, engagements, policy)
        if start is None:
            break
        found.append(start)
        days.remove(london_today(start))
    return tuple(sorted(found))


def moved_name(session_id: SessionId) -> str:
    """Return the text that names the session which takes the place of a moved one."""
    return f"{session_id}/moved"


def call_off_met(diary: Diary, obligation: Obligation, now: datetime, policy: SchedulingPolicy) -> DiaryChange:
    """Cancel the proposed sessions of an obligation that is already met, and move their agendas on.

    Such a session exists if an earlier one was first recorded as not held and that record was corrected later.
    """
    events: tuple[Event, ...] = ()
    for session in diary.sessions if obligation.clock.met_on is not None else ():
        if session.state is SessionState.PROPOSED and session.obligation_id == obligation.obligation_id:
            change = cancel(diary, session.session_id, Party.TEAM, now, policy)
            diary, events = change.diary, (*events, *change.events)
    return DiaryChange(diary, events)


def after_sessions(obligation: Obligation, diary: Diary) -> Obligation:
    """Return the obligation with the outcome of its sessions. It is met on the first day on which both were there."""
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


def _last_day(owed: Obligation, without: Sequence[Obligation], notified: date, today: date) -> date:
    """Return the last day on which a session can be proposed: its due date, or a later one if that is too soon."""
    due = [each.due_on(today) for each in (owed, *without) if each.window_starts_on == owed.window_starts_on]
    in_time = [day for day in due if day >= max(notified, due[0])]
    return min(in_time, default=owed.closes_on(today))


def _starts_for(
    owed: Sequence[Obligation], days: tuple[date, date], diary: Diary, policy: SchedulingPolicy
) -> list[datetime]:
    first, last = days
    if first > last:
        return []
    engagements = diary.engagements()
    starts: list[datetime] = []
    for target in spread(first, last, len(owed)):
        # All clocks of a person stand still on the same days, and nobody is asked to come while they are away.
        here = [day for day in outwards(target, first, last) if not owed[0].clock.pause_reasons_on(day)]
        start = first_free_start(here, engagements, policy)
        if start is not None:
            starts.append(start)
            # The next proposal must not take the same time.
            engagements = engagements.with_start(start)
    return sorted(starts)


def _start_with_manager(session: SupportSession, diary: Diary, today: date, policy: SchedulingPolicy) -> datetime:
    if is_free(session.starts_at, diary.manager_engaged_at, policy):
        return session.starts_at
    others = tuple(other for other in diary.sessions if other.session_id != session.session_id)
    days = outwards(session.starts_on, add_working_days(policy.calendar, today, 1), diary.last_on)
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
