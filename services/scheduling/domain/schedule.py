"""Everything scheduling keeps about one Safeguarder: membership, support managers, obligations, sessions."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime

from services.calendar_days import london_today
from services.refusals import not_found, precondition
from services.scheduling.domain.allocation import Allocation, allocation_on, end_allocation
from services.scheduling.domain.attendance import AbsenceReview
from services.scheduling.domain.concerns import Concern
from services.scheduling.domain.events import Event, SupportManagerAllocationEnded
from services.scheduling.domain.identifiers import ConcernId, ObligationId, SafeguarderId, SupportManagerId
from services.scheduling.domain.obligations import obligations as owed
from services.scheduling.domain.obligations.obligations import Obligation, Term
from services.scheduling.domain.obligations.policy import SchedulingPolicy
from services.scheduling.domain.obligations.times_away import TimeAway, away_of, pauses_of, remember, with_pauses
from services.scheduling.domain.obligations.trainings import TrainingEvent, deliver
from services.scheduling.domain.sessions import sessions as session_life
from services.scheduling.domain.sessions.agenda import AgendaItem, Lane
from services.scheduling.domain.sessions.diary import Diary, cancel_to_come
from services.scheduling.domain.sessions.sessions import SupportSession


@dataclass(frozen=True, slots=True)
class Schedule:
    """One Safeguarder's file in scheduling. It has no terms if a concern arrived before the appointment."""

    safeguarder_id: SafeguarderId
    areas: tuple[str, ...] = ()
    terms: tuple[Term, ...] = ()
    ended_on: date | None = None
    """Last day of membership, once it has ended."""
    leaves_on: date | None = None
    """Last day of membership, if its end is recorded and lies ahead. Nothing stops yet, and no day is set after it."""
    left_on: date | None = None
    """Last day of an earlier membership, if the person came back. What was owed until then is owed no more."""
    allocations: tuple[Allocation, ...] = ()
    obligations: tuple[Obligation, ...] = ()
    sessions: tuple[SupportSession, ...] = ()
    waiting: tuple[AgendaItem, ...] = ()
    """Items waiting for a session."""
    times_away: tuple[TimeAway, ...] = ()
    """Leave and suspension as they were last recorded."""
    early_concerns: tuple[Concern, ...] = ()
    """Concerns waiting for a support manager to be allocated, in the order in which they were raised.

    Once membership has ended, nothing waits. They are kept, because a correction can say that it did not end."""

    @property
    def serves_until(self) -> date | None:
        """The last day of membership as far as it is known. None before the appointment is known."""
        return self.ended_on or max((term.ends_on for term in self.terms), default=None)

    def term_on(self, day: date) -> Term | None:
        """Return the term in force on a day, or the next one. None if there is none or membership has ended."""
        to_come = (term for term in self.terms if term.ends_on >= day and self.ended_on is None)
        return min(to_come, key=lambda term: term.starts_on, default=None)

    def support_manager_on(self, day: date) -> SupportManagerId | None:
        """Return the support manager allocated on a day."""
        allocation = allocation_on(self.allocations, day)
        return allocation.support_manager if allocation else None

    @property
    def current_manager(self) -> SupportManagerId | None:
        """The support manager whose allocation has no end yet. Access goes by it."""
        return next((known.support_manager for known in self.allocations if known.to_on is None), None)

    def obligation(self, obligation_id: ObligationId) -> Obligation:
        """Return the obligation with this id, or refuse OBLIGATION_NOT_FOUND."""
        for obligation in self.obligations:
            if obligation.obligation_id == obligation_id:
                return obligation
        raise not_found("OBLIGATION_NOT_FOUND", "This Safeguarder has no obligation with this id.", field="name")

    def with_obligation(self, changed: Obligation) -> "Schedule":
        """Return the schedule with a changed obligation in place of the one with the same id."""
        obligations = (changed if known.obligation_id == changed.obligation_id else known for known in self.obligations)
        return replace(self, obligations=tuple(obligations))

    def diary(self, day: date) -> Diary | None:
        """Return the sessions, with the support manager of that day or else the last one. None before the first one.

        The manager's sessions with other Safeguarders are not in it, because they belong to other schedules.
        """
        if not self.terms or not self.allocations:
            return None
        manager = self.support_manager_on(day) or self.allocations[-1].support_manager
        term = self.term_on(day) or self.terms[-1]
        return Diary(term, manager, self.sessions, self.waiting, frozenset(), self.leaves_on)

    def with_diary(self, diary: Diary) -> "Schedule":
        """Return the schedule with the sessions and waiting items of a diary."""
        return replace(self, sessions=diary.sessions, waiting=diary.waiting)


@dataclass(frozen=True, slots=True)
class ScheduleChange:
    """The schedule after a change, and the events to publish."""

    schedule: Schedule
    events: tuple[Event, ...] = ()


def check_serving(schedule: Schedule, today: date) -> Term:
    """Return the term in force, or the next one. Refuse NOT_SERVING if there is neither."""
    term = schedule.term_on(today)
    if term is None:
        raise precondition("NOT_SERVING", "The person is not serving on the Safeguarders Panel.", field="parent")
    return term


def add_term(schedule: Schedule, term: Term, areas: tuple[str, ...]) -> Schedule:
    """Return the schedule with one more term and the areas served. A known term adds nothing.

    A term that begins after the end is that of somebody who comes back.
    """
    is_over = schedule.ended_on is not None and term.starts_on <= schedule.ended_on
    if is_over or any(known.number == term.number for known in schedule.terms):
        return schedule
    if schedule.ended_on is not None:
        schedule = _come_back(schedule, schedule.ended_on)
    terms = sorted([*schedule.terms, term], key=lambda known: known.number)
    return replace(schedule, terms=tuple(terms), areas=areas)


def _come_back(schedule: Schedule, left_on: date) -> Schedule:
    """Return the schedule of somebody who serves again. The terms of before end on the last day of that membership."""
    before = (known for known in schedule.terms if known.starts_on <= left_on)
    terms = tuple(replace(known, ends_on=min(known.ends_on, left_on)) for known in before)
    return replace(schedule, terms=terms, ended_on=None, leaves_on=None, left_on=left_on, early_concerns=())


def end_membership(schedule: Schedule, last_day: date, now: datetime) -> ScheduleChange:
    """Stop every clock, cancel every future session and end the allocation (D15.15)."""
    ended = replace(
        schedule,
        ended_on=last_day,
        leaves_on=None,
        allocations=end_allocation(schedule.allocations, last_day),
        obligations=owed.end_membership(schedule.obligations, last_day),
        early_concerns=_open_concerns(schedule),
    )
    # Only the newest allocation can be current. Its end is told once, however often membership ends.
    over = tuple(
        SupportManagerAllocationEnded(schedule.safeguarder_id, allocation.support_manager, last_day)
        for allocation in schedule.allocations
        if allocation.to_on is None
    )
    diary = ended.diary(last_day)
    if diary is None:
        return ScheduleChange(ended, over)
    change = cancel_to_come(diary, now)
    return ScheduleChange(ended.with_diary(change.diary), (*over, *change.events))


def _open_concerns(schedule: Schedule) -> tuple[Concern, ...]:
    """Return the concerns that wait, or stand on an agenda to come, each once."""
    agendas = (session.unsettled for session in schedule.sessions if session.is_open)
    items = (*schedule.waiting, *(item for agenda in agendas for item in agenda))
    on_agendas = {item.concern_id: Concern(item.concern_id, item.lane, said_at=item.added_at) for item in items}
    return tuple((on_agendas | {known.concern_id: known for known in schedule.early_concerns}).values())


def record_time_away(schedule: Schedule, away: TimeAway) -> Schedule:
    """Return the schedule with a leave or a suspension. Every clock stands still from its first day to its last."""
    times_away = remember(schedule.times_away, away)
    obligations = with_pauses(schedule.obligations, pauses_of(times_away))
    return replace(schedule, times_away=times_away, obligations=obligations)


def tell_attendance_again(
    schedule: Schedule, now: datetime, policy: SchedulingPolicy, reviews: Sequence[AbsenceReview] = ()
) -> ScheduleChange:
    """Tell attendance again where a leave, a suspension or a review changes what counts of it, or its time to reply.

    Calling this again changes nothing. `reviews`: those of the person's absences (R90, R92).
    """
    away = replace(away_of(schedule.times_away), reviews=tuple(reviews))
    trainings = [owed.tell_attendance_again(known, away, now, policy) for known in schedule.obligations]
    sessions = [session_life.tell_attendance_again(known, away, now, policy) for known in schedule.sessions]
    after = replace(
        schedule,
        obligations=tuple(obligation for obligation, _ in trainings),
        sessions=tuple(session for session, _ in sessions),
    )
    events = (event for _, event in (*trainings, *sessions) if event is not None)
    return ScheduleChange(after, tuple(events))


def deliver_trainings(schedule: Schedule, events: Iterable[TrainingEvent], now: datetime) -> ScheduleChange:
    """Deliver the training events that were held while the person served."""

    def serves_on(day: date) -> bool:
        until = schedule.ended_on or date.max
        return any(term.starts_on <= day <= min(term.ends_on, until) for term in schedule.terms)

    obligations, told = deliver(schedule.obligations, events, serves_on, now, london_today(now))
    return ScheduleChange(replace(schedule, obligations=obligations), told)


def add_early_concern(schedule: Schedule, concern: Concern) -> Schedule:
    """Return the schedule with one more concern waiting for a support manager, or with what is newly said of it.

    A data gap is never added: it is the Team's own duty and goes on nobody's agenda.
    """
    if concern.lane is Lane.DATA_GAP:
        return schedule
    waiting = {known.concern_id: known for known in schedule.early_concerns} | {concern.concern_id: concern}
    return replace(schedule, early_concerns=tuple(waiting.values()))


def remove_early_concern(schedule: Schedule, concern_id: ConcernId) -> Schedule:
    """Return the schedule without a waiting concern that a person has closed or dismissed."""
    remaining = (concern for concern in schedule.early_concerns if concern.concern_id != concern_id)
    return replace(schedule, early_concerns=tuple(remaining))
