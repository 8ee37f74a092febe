"""All support sessions of one Safeguarder, and the items waiting for a session.

An item that a session did not reach moves to the next session that can take it. Until there is one, it waits (R110,
B11).
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime

from services.refusals import conflict, invalid, not_found, precondition
from services.scheduling.domain.attendance import NEVER_AWAY, Away, SessionAttendance
from services.scheduling.domain.events import AgendaItemAdded, Event
from services.scheduling.domain.identifiers import ConcernId, Party, SessionId, SupportManagerId
from services.scheduling.domain.obligations.obligations import Term
from services.scheduling.domain.obligations.policy import SchedulingPolicy
from services.scheduling.domain.sessions import sessions as session_life
from services.scheduling.domain.sessions.agenda import AgendaItem, ItemOutcome, Lane, in_order
from services.scheduling.domain.sessions.session_dates import Engagements, is_free, unusual_because
from services.scheduling.domain.sessions.sessions import MoveReason, SessionState, SupportSession


@dataclass(frozen=True, slots=True)
class Diary:
    """The sessions of a Safeguarder, the allocated support manager, and the items waiting for a session."""

    term: Term
    support_manager: SupportManagerId
    sessions: tuple[SupportSession, ...]
    waiting: tuple[AgendaItem, ...]
    manager_engaged_at: frozenset[datetime]
    """Start times of the support manager's open sessions with other Safeguarders."""
    leaves_on: date | None = None
    """The last day of membership, if its end is recorded and lies ahead."""

    @property
    def last_on(self) -> date:
        """The last day on which a session may be: that of the term, or of the membership if it ends before."""
        return min(self.term.ends_on, self.leaves_on or self.term.ends_on)

    def session(self, session_id: SessionId) -> SupportSession:
        """Return the session with this id, or refuse SESSION_NOT_FOUND."""
        for session in self.sessions:
            if session.session_id == session_id:
                return session
        raise not_found("SESSION_NOT_FOUND", "This Safeguarder has no support session with this id.", field="name")

    def is_open(self, concern_id: ConcernId) -> bool:
        """Return whether the concern is on the agenda of a session to come, or waits for one."""
        items = [*self.waiting, *(item for session in self.sessions for item in session.unsettled)]
        return any(item.concern_id == concern_id for item in items)

    def settled_at(self, concern_id: ConcernId) -> datetime | None:
        """Return when a person last settled the concern at a session, or None."""
        items = (item for session in self.sessions for item in session.agenda if item.concern_id == concern_id)
        return max((item.settled_at for item in items if item.is_settled and item.settled_at), default=None)

    def next_to_take_items(self, now: datetime, policy: SchedulingPolicy) -> SupportSession | None:
        """Return the earliest session whose agenda is open, or None."""
        able = (session for session in self.sessions if session.can_take_items(now, policy))
        return min(able, key=lambda session: (session.starts_at, session.session_id), default=None)

    def engagements(self) -> Engagements:
        """Return the times at which the manager and the Safeguarder have open sessions."""
        own = frozenset(session.starts_at for session in self.sessions if session.is_open)
        return Engagements(self.manager_engaged_at | own, own)

    def with_sessions(self, changed: Sequence[SupportSession]) -> "Diary":
        """Return the diary with sessions added or replaced by id, earliest first."""
        by_id = {session.session_id: session for session in (*self.sessions, *changed)}
        return replace(self, sessions=tuple(sorted(by_id.values(), key=lambda s: (s.starts_at, s.session_id))))


@dataclass(frozen=True, slots=True)
class DiaryChange:
    """The diary after a change, and the events to publish."""

    diary: Diary
    events: tuple[Event, ...] = ()


def place(diary: Diary, items: Sequence[AgendaItem], now: datetime, policy: SchedulingPolicy) -> DiaryChange:
    """Put items on the agenda of the next session that can take them, or let them wait."""
    session = diary.next_to_take_items(now, policy)
    if not items or session is None:
        return DiaryChange(replace(diary, waiting=(*diary.waiting, *items)))
    return add_items(diary, session, items)


def add_items(diary: Diary, session: SupportSession, items: Sequence[AgendaItem]) -> DiaryChange:
    """Put items on the agenda of one session and keep the agenda in order."""
    with_items = replace(session, agenda=in_order([*session.agenda, *items]))
    ids = (session.safeguarder_id, session.session_id)
    return DiaryChange(
        diary.with_sessions([with_items]), tuple(AgendaItemAdded(*ids, item.concern_id) for item in items)
    )


def place_waiting(diary: Diary, now: datetime, policy: SchedulingPolicy) -> DiaryChange:
    """Put all waiting items on the next session that can take them. Call this after adding a session."""
    return place(replace(diary, waiting=()), diary.waiting, now, policy)


def confirm(diary: Diary, session_id: SessionId, now: datetime) -> DiaryChange:
    """Confirm the date of a session. Refuse AFTER_LAST_DAY, and what `sessions.confirm` refuses."""
    session = diary.session(session_id)
    if diary.leaves_on is not None and session.starts_on > diary.leaves_on:
        message = f"Their membership ends on {diary.leaves_on}. Move the session to a day before that, or cancel it."
        raise precondition("AFTER_LAST_DAY", message, field="name")
    confirmed, event = session_life.confirm(session, now)
    return DiaryChange(diary.with_sessions([confirmed]), (event,))


@dataclass(frozen=True, slots=True)
class Move:
    """A request to move a session to another time."""

    session_id: SessionId
    starts_at: datetime
    asked_by: Party
    new_id: SessionId
    reason: MoveReason | None = None
    within: tuple[date, date] | None = None
    """The first and last day on which the session still counts for its twelve months. None for an extra one."""


def reschedule(diary: Diary, move: Move, now: datetime, policy: SchedulingPolicy) -> DiaryChange:
    """Move a session with its agenda. Waiting items join it.

    Raises:
        Refusal: START_OUTSIDE_TERM, MOVE_REASON_NEEDED, SUPPORT_MANAGER_ENGAGED, or any refusal of
            `sessions.reschedule`.
    """
    session = diary.session(move.session_id)
    moved, new, event = session_life.reschedule(session, move.starts_at, move.asked_by, now, move.new_id, move.reason)
    _check_within_term(new, diary)
    _check_reason(move, new, policy)
    without = diary.with_sessions([moved])
    if not is_free(move.starts_at, without.engagements().of_manager, policy):
        message = "The support manager or the Safeguarder has another session at that time. Choose another time."
        raise conflict("SUPPORT_MANAGER_ENGAGED", message, field="start_time")
    placed = place_waiting(without.with_sessions([new]), now, policy)
    return DiaryChange(placed.diary, (event, *placed.events))


def cancel(diary: Diary, session_id: SessionId, by: Party, now: datetime, policy: SchedulingPolicy) -> DiaryChange:
    """Cancel a session and move its open items on. Refuse what `sessions.cancel` refuses."""
    cancelled, event = session_life.cancel(diary.session(session_id), by)
    moved = carry_over(diary.with_sessions([cancelled]), now, policy)
    return DiaryChange(moved.diary, (event, *moved.events))


def call_off(diary: Diary, session_id: SessionId, by: Party, now: datetime, policy: SchedulingPolicy) -> DiaryChange:
    """Cancel a session to come, as a person asks. Refuse what `cancel` refuses, and SESSION_IN_PAST."""
    session_life.check_still_to_come(diary.session(session_id), now)
    return cancel(diary, session_id, by, now, policy)


def cancel_to_come(diary: Diary, now: datetime) -> DiaryChange:
    """Cancel every future session for the Team and drop the waiting items, because membership has ended.

    A session whose time has passed stays open, because its attendance can still be recorded.
    """
    to_come = [session for session in diary.sessions if session.is_open and session.starts_at > now]
    called_off = [session_life.cancel(session, Party.TEAM) for session in to_come]
    sessions = [replace(session, agenda=_withdrawn(session.agenda)) for session, _ in called_off]
    return DiaryChange(replace(diary.with_sessions(sessions), waiting=()), tuple(event for _, event in called_off))


def withdraw(diary: Diary, concern_id: ConcernId) -> DiaryChange:
    """Withdraw a concern that a person has closed or dismissed from open sessions and from the waiting items.

    An extra session is cancelled too if it was only proposed and has nothing else on its agenda. A confirmed one stays,
    because both sides agreed to it. What left an agenda before stays off it, whatever is corrected later.
    """
    waiting = tuple(item for item in diary.waiting if item.concern_id != concern_id)
    changed: list[SupportSession] = []
    events: list[Event] = []
    for session in diary.sessions:
        if all(item.concern_id != concern_id for item in session.agenda):
            continue
        after = replace(session, agenda=_withdrawn(session.agenda, concern_id))
        to_cancel = after.state is SessionState.PROPOSED and after.obligation_id is None and not after.unsettled
        if to_cancel and session.unsettled:
            after, event = session_life.cancel(after, Party.TEAM)
            events.append(event)
        changed.append(after)
    return DiaryChange(replace(diary.with_sessions(changed), waiting=waiting), tuple(events))


def record_attendance(
    diary: Diary,
    session_id: SessionId,
    recorded: SessionAttendance,
    now: datetime,
    policy: SchedulingPolicy,
    away: Away = NEVER_AWAY,
) -> DiaryChange:
    """Record who was at a session. Its open items move on, and can still be settled at it.

    If it turns out not to have been held, what was settled at it moves on too. Refuse what
    `sessions.record_attendance` refuses.
    """
    session, event = session_life.record_attendance(diary.session(session_id), recorded, now, policy, away)
    if session.state is SessionState.NOT_HELD:
        session = replace(session, agenda=tuple(_reopened(item) for item in session.agenda))
    moved = carry_over(diary.with_sessions([session]), now, policy)
    return DiaryChange(moved.diary, (() if event is None else (event,)) + moved.events)


def settle_item(diary: Diary, said: session_life.Settlement, now: datetime, policy: SchedulingPolicy) -> DiaryChange:
    """Say how an item of a session ended. A matter that is settled leaves the agenda to which it had moved on.

    One that turns out not to be settled moves on again, unless its concern has ended. Refuse what
    `sessions.settle_item` refuses.
    """
    before, after, event = session_life.settle_item(diary.session(said.session_id), said, now)
    session = diary.session(said.session_id)
    changed = diary.with_sessions([replace(session, agenda=_replaced(session.agenda, before, after))])
    # What came on an agenda after the item was settled, or after its concern had ended, is news, and stays.
    if after.is_settled and not before.is_settled and not before.concern_ended:
        return DiaryChange(_without_open(changed, said.concern_id), (event,))
    if after.is_settled or before.concern_ended or diary.is_open(said.concern_id):
        return DiaryChange(changed, (event,))
    placed = place(changed, [AgendaItem(after.concern_id, after.lane, now)], now, policy)
    return DiaryChange(placed.diary, (event, *placed.events))


def carry_over(diary: Diary, now: datetime, policy: SchedulingPolicy) -> DiaryChange:
    """Move every item on that a session left unsettled, so that no item stays on a session that is over (R110, B11).

    An item of a held session is carried forward. Any other session did not reach its items. An item that is open
    elsewhere already is not added twice.
    """
    over = [session for session in diary.sessions if session.is_over(now) and session.unsettled]
    left = {item.concern_id: item for session in over for item in session.unsettled}
    moved = diary.with_sessions([_left_behind(session) for session in over])
    again = [
        AgendaItem(item.concern_id, item.lane, now) for item in left.values() if not moved.is_open(item.concern_id)
    ]
    return place(moved, again, now, policy)


def with_lane(diary: Diary, concern_id: ConcernId, lane: Lane) -> Diary:
    """Return the diary with an open item in the lane that its concern has now."""

    def corrected(items: tuple[AgendaItem, ...]) -> tuple[AgendaItem, ...]:
        return tuple(
            replace(item, lane=lane) if item.concern_id == concern_id and item.outcome is None else item
            for item in items
        )

    sessions = [replace(session, agenda=in_order(corrected(session.agenda))) for session in diary.sessions]
    return replace(diary.with_sessions(sessions), waiting=corrected(diary.waiting))


def _replaced(agenda: tuple[AgendaItem, ...], before: AgendaItem, after: AgendaItem) -> tuple[AgendaItem, ...]:
    return tuple(after if item is before else item for item in agenda)


def _left_behind(session: SupportSession) -> SupportSession:
    outcome = ItemOutcome.CARRIED_FORWARD if session.state is SessionState.HELD else ItemOutcome.NOT_REACHED
    agenda = (replace(item, outcome=outcome) if item.outcome is None else item for item in session.agenda)
    return replace(session, agenda=tuple(agenda))


def _reopened(item: AgendaItem) -> AgendaItem:
    """Return an item of a session that was not held after all: open again, unless its concern has ended since."""
    if not item.is_settled or item.concern_ended:
        return item
    return replace(item, outcome=None, settled_at=None)


def _without_open(diary: Diary, concern_id: ConcernId) -> Diary:
    def without(items: tuple[AgendaItem, ...]) -> tuple[AgendaItem, ...]:
        return tuple(item for item in items if item.concern_id != concern_id or item.outcome is not None)

    sessions = [replace(session, agenda=without(session.agenda)) for session in diary.sessions]
    return replace(diary.with_sessions(sessions), waiting=without(diary.waiting))


def _withdrawn(agenda: tuple[AgendaItem, ...], concern_id: ConcernId | None = None) -> tuple[AgendaItem, ...]:
    def withdrawn(item: AgendaItem) -> AgendaItem:
        if item.outcome is None:
            return replace(item, outcome=ItemOutcome.WITHDRAWN)
        return replace(item, concern_ended=True)

    return tuple(withdrawn(item) if concern_id in {None, item.concern_id} else item for item in agenda)


def _check_reason(move: Move, new: SupportSession, policy: SchedulingPolicy) -> None:
    unusual = unusual_because(move.starts_at, policy)
    if move.within is not None and not move.within[0] <= new.starts_on <= move.within[1]:
        unusual = f"The twelve months for which it is owed are from {move.within[0]} to {move.within[1]}."
    if unusual is not None and move.reason is None:
        message = f"{unusual} Choose another time, or give the reason: {', '.join(MoveReason)}."
        raise invalid("MOVE_REASON_NEEDED", message, field="reason")


def _check_within_term(session: SupportSession, diary: Diary) -> None:
    first_on, last_on = diary.term.starts_on, diary.last_on
    if not first_on <= session.starts_on <= last_on:
        until = (
            f"the term is until {last_on}" if last_on == diary.term.ends_on else f"their membership ends on {last_on}"
        )
        message = f"The term began on {first_on}, and {until}. Choose a time within these days."
        raise invalid("START_OUTSIDE_TERM", message, field="start_time")
