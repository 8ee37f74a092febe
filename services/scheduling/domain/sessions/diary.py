"""One Safeguarder's support sessions together, and the concerns that wait for one.

What is not settled at a session goes on to the next one that can take it; until there is one, it waits (R110, B11).
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from services.refusals import conflict, invalid, not_found
from services.scheduling.domain.attendance import SessionAttendance
from services.scheduling.domain.events import AgendaItemAdded, Event
from services.scheduling.domain.identifiers import ConcernId, Party, SessionId, SupportManagerId
from services.scheduling.domain.obligations.obligations import Term
from services.scheduling.domain.obligations.policy import SchedulingPolicy
from services.scheduling.domain.sessions import sessions as session_life
from services.scheduling.domain.sessions.agenda import AgendaItem, ItemOutcome, in_order
from services.scheduling.domain.sessions.session_dates import Engagements, is_free
from services.scheduling.domain.sessions.sessions import SessionState, SupportSession


@dataclass(frozen=True, slots=True)
class Diary:
    """A Safeguarder's sessions, the allocated support manager, and the items waiting for a session."""

    term: Term
    support_manager: SupportManagerId
    sessions: tuple[SupportSession, ...]
    waiting: tuple[AgendaItem, ...]
    manager_engaged_at: frozenset[datetime]
    """Starts of the support manager's open sessions with other Safeguarders."""

    def session(self, session_id: SessionId) -> SupportSession:
        """The session of this id. Refuses SESSION_NOT_FOUND."""
        for session in self.sessions:
            if session.session_id == session_id:
                return session
        raise not_found("SESSION_NOT_FOUND", "There is no such support session for this Safeguarder.", field="name")

    def knows(self, concern_id: ConcernId) -> bool:
        """Whether the concern is, or was, on an agenda or waits for one."""
        items = [*self.waiting, *(item for session in self.sessions for item in session.agenda)]
        return any(item.concern_id == concern_id for item in items)

    def next_to_take_items(self, now: datetime, policy: SchedulingPolicy) -> SupportSession | None:
        """The earliest session whose agenda is open."""
        able = (session for session in self.sessions if session.can_take_items(now, policy))
        return min(able, key=lambda session: (session.starts_at, session.session_id), default=None)

    def engagements(self) -> Engagements:
        """When the manager and the Safeguarder are engaged already."""
        own = frozenset(session.starts_at for session in self.sessions if session.is_open)
        return Engagements(self.manager_engaged_at | own, own)

    def with_sessions(self, changed: Sequence[SupportSession]) -> "Diary":
        """The diary with sessions added, or in place of those of the same id; earliest first."""
        by_id = {session.session_id: session for session in (*self.sessions, *changed)}
        return replace(self, sessions=tuple(sorted(by_id.values(), key=lambda s: (s.starts_at, s.session_id))))


@dataclass(frozen=True, slots=True)
class DiaryChange:
    """The diary as it then is, and the events to publish."""

    diary: Diary
    events: tuple[Event, ...] = ()


def place(diary: Diary, items: Sequence[AgendaItem], now: datetime, policy: SchedulingPolicy) -> DiaryChange:
    """Items put on the next session that can take them; without one they wait."""
    session = diary.next_to_take_items(now, policy)
    if not items or session is None:
        return DiaryChange(replace(diary, waiting=(*diary.waiting, *items)))
    return add_items(diary, session, items)


def add_items(diary: Diary, session: SupportSession, items: Sequence[AgendaItem]) -> DiaryChange:
    """Items put on one session's agenda, which stays in order."""
    with_items = replace(session, agenda=in_order([*session.agenda, *items]))
    ids = (session.safeguarder_id, session.session_id)
    return DiaryChange(
        diary.with_sessions([with_items]), tuple(AgendaItemAdded(*ids, item.concern_id) for item in items)
    )


def place_waiting(diary: Diary, now: datetime, policy: SchedulingPolicy) -> DiaryChange:
    """Everything that waits put on the next session that can take it; for when sessions were added."""
    return place(replace(diary, waiting=()), diary.waiting, now, policy)


def confirm(diary: Diary, session_id: SessionId, now: datetime) -> DiaryChange:
    """A session's date set. Refuses what sessions.confirm refuses."""
    confirmed, event = session_life.confirm(diary.session(session_id), now)
    return DiaryChange(diary.with_sessions([confirmed]), (event,))


@dataclass(frozen=True, slots=True)
class Move:
    """A session to be moved to another time, and who asked."""

    session_id: SessionId
    starts_at: datetime
    asked_by: Party
    new_id: SessionId


def reschedule(diary: Diary, move: Move, now: datetime, policy: SchedulingPolicy) -> DiaryChange:
    """A session moved with its agenda; what waits joins it.

    Refuses START_OUTSIDE_TERM, SUPPORT_MANAGER_ENGAGED and what sessions.reschedule refuses.
    """
    session = diary.session(move.session_id)
    moved, new, event = session_life.reschedule(session, move.starts_at, move.asked_by, now, move.new_id)
    _check_within_term(new, diary.term)
    without = diary.with_sessions([moved])
    if not is_free(move.starts_at, without.engagements().of_manager, policy):
        message = "The support manager, or the Safeguarder, has another session then. Choose another time."
        raise conflict("SUPPORT_MANAGER_ENGAGED", message, field="start_time")
    placed = place_waiting(without.with_sessions([new]), now, policy)
    return DiaryChange(placed.diary, (event, *placed.events))


def cancel(diary: Diary, session_id: SessionId, by: Party, now: datetime, policy: SchedulingPolicy) -> DiaryChange:
    """A session called off; its open items go on. Refuses what sessions.cancel refuses."""
    cancelled, event = session_life.cancel(diary.session(session_id), by)
    return _with_unsettled(diary, cancelled, now, policy, event)


def cancel_to_come(diary: Diary, now: datetime) -> DiaryChange:
    """Every open session to come called off by the Team and nothing left waiting: membership has ended.

    One whose time has passed stays open: who was there is still to be recorded.
    """
    to_come = [session for session in diary.sessions if session.is_open and session.starts_at > now]
    called_off = [session_life.cancel(session, Party.TEAM) for session in to_come]
    sessions = [replace(session, agenda=_withdrawn(session.agenda)) for session, _ in called_off]
    return DiaryChange(replace(diary.with_sessions(sessions), waiting=()), tuple(event for _, event in called_off))


def withdraw(diary: Diary, concern_id: ConcernId) -> DiaryChange:
    """A concern that a person closed or dismissed taken off what is still to come.

    An extra session that was only proposed, and has nothing else to discuss, is called off with it.
    """
    waiting = tuple(item for item in diary.waiting if item.concern_id != concern_id)
    changed: list[SupportSession] = []
    events: list[Event] = []
    for session in diary.sessions:
        if not session.is_open or all(item.concern_id != concern_id for item in session.agenda):
            continue
        after = replace(session, agenda=_withdrawn(session.agenda, concern_id))
        if after.state is SessionState.PROPOSED and after.obligation_id is None and not after.unsettled:
            after, event = session_life.cancel(after, Party.TEAM)
            events.append(event)
        changed.append(after)
    return DiaryChange(replace(diary.with_sessions(changed), waiting=waiting), tuple(events))


def record_attendance(
    diary: Diary, session_id: SessionId, recorded: SessionAttendance, now: datetime, policy: SchedulingPolicy
) -> DiaryChange:
    """A session held or not; when it was not, its open items go on. Refuses what sessions.record_attendance refuses."""
    session, event = session_life.record_attendance(diary.session(session_id), recorded, now, policy)
    if session.state is SessionState.HELD:
        return DiaryChange(diary.with_sessions([session]), () if event is None else (event,))
    return _with_unsettled(diary, session, now, policy, event)


def close_record(diary: Diary, session_id: SessionId, now: datetime, policy: SchedulingPolicy) -> DiaryChange:
    """A session's record closed; items carried forward go on. Refuses what sessions.close_record refuses."""
    closed = session_life.close_record(diary.session(session_id), now)
    carried = [item for item in closed.agenda if item.outcome is ItemOutcome.CARRIED_FORWARD]
    return place(diary.with_sessions([closed]), [_afresh(item, now) for item in carried], now, policy)


def _with_unsettled(
    diary: Diary, session: SupportSession, now: datetime, policy: SchedulingPolicy, event: Event | None
) -> DiaryChange:
    agenda = tuple(
        replace(item, outcome=ItemOutcome.NOT_REACHED) if item.outcome is None else item for item in session.agenda
    )
    without = diary.with_sessions([replace(session, agenda=agenda)])
    placed = place(without, [_afresh(item, now) for item in session.unsettled], now, policy)
    return DiaryChange(placed.diary, (() if event is None else (event,)) + placed.events)


def _withdrawn(agenda: tuple[AgendaItem, ...], concern_id: ConcernId | None = None) -> tuple[AgendaItem, ...]:
    return tuple(
        replace(item, outcome=ItemOutcome.WITHDRAWN)
        if item.outcome is None and concern_id in {None, item.concern_id}
        else item
        for item in agenda
    )


def _afresh(item: AgendaItem, now: datetime) -> AgendaItem:
    return AgendaItem(item.concern_id, item.lane, now)


def _check_within_term(session: SupportSession, term: Term) -> None:
    if not term.starts_on <= session.starts_on <= term.ends_on:
        message = f"The term runs from {term.starts_on} to {term.ends_on}. Choose a time within it."
        raise invalid("START_OUTSIDE_TERM", message, field="start_time")
