"""All that scheduling keeps of one Safeguarder: membership, support managers, what is owed, sessions."""

from dataclasses import dataclass, replace
from datetime import date, datetime

from services.refusals import not_found, precondition
from services.scheduling.domain.allocation import Allocation, allocation_on, end_allocation
from services.scheduling.domain.concerns import Concern
from services.scheduling.domain.events import Event
from services.scheduling.domain.identifiers import ConcernId, ObligationId, SafeguarderId, SupportManagerId
from services.scheduling.domain.obligations import obligations as owed
from services.scheduling.domain.obligations.obligations import Obligation, Term
from services.scheduling.domain.sessions.agenda import AgendaItem, Lane
from services.scheduling.domain.sessions.diary import Diary, cancel_to_come
from services.scheduling.domain.sessions.sessions import SupportSession


@dataclass(frozen=True, slots=True)
class Schedule:
    """One Safeguarder's file in scheduling. Without terms when a concern was heard of before the appointment."""

    safeguarder_id: SafeguarderId
    areas: tuple[str, ...] = ()
    terms: tuple[Term, ...] = ()
    ended_on: date | None = None
    """Last day of membership, once Ministers' decision or the person ended it."""
    allocations: tuple[Allocation, ...] = ()
    obligations: tuple[Obligation, ...] = ()
    sessions: tuple[SupportSession, ...] = ()
    waiting: tuple[AgendaItem, ...] = ()
    """Items that wait for a session."""
    early_concerns: tuple[Concern, ...] = ()
    """Concerns that wait for a support manager to discuss them with, in the order in which they were raised."""

    @property
    def serves_until(self) -> date | None:
        """The last day of membership as far as it is known; None before the appointment is."""
        return self.ended_on or max((term.ends_on for term in self.terms), default=None)

    def term_on(self, day: date) -> Term | None:
        """The term in force on a day, or the next one; None when there is none, or membership has ended."""
        to_come = (term for term in self.terms if term.ends_on >= day and self.ended_on is None)
        return min(to_come, key=lambda term: term.starts_on, default=None)

    def support_manager_on(self, day: date) -> SupportManagerId | None:
        """The support manager allocated on a day."""
        allocation = allocation_on(self.allocations, day)
        return allocation.support_manager if allocation else None

    def obligation(self, obligation_id: ObligationId) -> Obligation:
        """The obligation of this id. Refuses OBLIGATION_NOT_FOUND."""
        for obligation in self.obligations:
            if obligation.obligation_id == obligation_id:
                return obligation
        raise not_found("OBLIGATION_NOT_FOUND", "There is no such obligation for this Safeguarder.", field="name")

    def with_obligation(self, changed: Obligation) -> "Schedule":
        """The schedule with an obligation in place of the one of the same id."""
        obligations = (changed if known.obligation_id == changed.obligation_id else known for known in self.obligations)
        return replace(self, obligations=tuple(obligations))

    def diary(self, day: date) -> Diary | None:
        """The sessions with the support manager of the day, or the last one; None before there is any.

        It knows of no engagement of the manager with others.
        """
        if not self.terms or not self.allocations:
            return None
        manager = self.support_manager_on(day) or self.allocations[-1].support_manager
        return Diary(self.term_on(day) or self.terms[-1], manager, self.sessions, self.waiting, frozenset())

    def with_diary(self, diary: Diary) -> "Schedule":
        """The schedule with sessions and waiting items as in a diary."""
        return replace(self, sessions=diary.sessions, waiting=diary.waiting)


@dataclass(frozen=True, slots=True)
class ScheduleChange:
    """The schedule as it then is, and the events to publish."""

    schedule: Schedule
    events: tuple[Event, ...] = ()


def check_serving(schedule: Schedule, today: date) -> Term:
    """The term in force, or the next one. Refuses NOT_SERVING."""
    term = schedule.term_on(today)
    if term is None:
        raise precondition("NOT_SERVING", "The person does not serve on the Safeguarders Panel now.", field="parent")
    return term


def add_term(schedule: Schedule, term: Term, areas: tuple[str, ...]) -> Schedule:
    """The schedule with one more term and the areas served. A term known already, or after the end, adds nothing."""
    if schedule.ended_on is not None or any(known.number == term.number for known in schedule.terms):
        return schedule
    terms = sorted([*schedule.terms, term], key=lambda known: known.number)
    return replace(schedule, terms=tuple(terms), areas=areas)


def end_membership(schedule: Schedule, last_day: date, now: datetime) -> ScheduleChange:
    """Every clock stopped, every session to come called off, nobody allocated any more (D15.15)."""
    ended = replace(
        schedule,
        ended_on=last_day,
        allocations=end_allocation(schedule.allocations, last_day),
        obligations=owed.end_membership(schedule.obligations, last_day),
        early_concerns=(),
    )
    diary = ended.diary(last_day)
    if diary is None:
        return ScheduleChange(ended)
    change = cancel_to_come(diary, now)
    return ScheduleChange(ended.with_diary(change.diary), change.events)


def hold_concern(schedule: Schedule, concern: Concern) -> Schedule:
    """The schedule with a concern waiting for a support manager, once. A data gap is the Team's own task."""
    known = any(held.concern_id == concern.concern_id for held in schedule.early_concerns)
    if known or concern.lane is Lane.DATA_GAP:
        return schedule
    return replace(schedule, early_concerns=(*schedule.early_concerns, concern))


def let_go_of_concern(schedule: Schedule, concern_id: ConcernId) -> Schedule:
    """The schedule without a concern that waited for a support manager: a person closed or dismissed it."""
    held = (concern for concern in schedule.early_concerns if concern.concern_id != concern_id)
    return replace(schedule, early_concerns=tuple(held))
