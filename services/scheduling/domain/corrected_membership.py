"""A membership after a correction of what Ministers decided (R86): the whole of it, in place of what was heard."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from itertools import pairwise

from services.calendar_days import london_today
from services.scheduling.domain.allocation import Allocation
from services.scheduling.domain.events import Event, SupportManagerAllocated
from services.scheduling.domain.obligations import obligations as owed
from services.scheduling.domain.obligations.corrected_terms import Terms, follow_terms, without_end
from services.scheduling.domain.obligations.obligations import Term
from services.scheduling.domain.obligations.policy import SchedulingPolicy
from services.scheduling.domain.obligations.times_away import pauses_of
from services.scheduling.domain.schedule import Schedule, ScheduleChange, end_membership

_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Membership:
    """A whole membership: every term in order, and its last day if it was ended. No terms: nobody was appointed."""

    terms: tuple[Term, ...]
    ended_on: date | None
    areas: tuple[str, ...]

    @property
    def is_over(self) -> bool:
        """Return whether it has been ended, or never was."""
        return self.ended_on is not None or not self.terms


def correct_membership(schedule: Schedule, said: Membership, now: datetime, policy: SchedulingPolicy) -> ScheduleChange:
    """Return the schedule with a membership in place of the one that it has. The same one again changes nothing.

    What is owed follows its term. If the membership had ended and did not, its clocks run again, its support manager is
    allocated again, and the concerns that were on an agenda wait for a session again. A session that was cancelled
    stays cancelled.
    """
    said = replace(said, terms=_whole(said, schedule.terms))
    if (said.terms, said.ended_on) == (schedule.terms, schedule.ended_on):
        return ScheduleChange(replace(schedule, areas=said.areas))
    as_it_goes_on, events = _without_end(schedule)
    left_on = _left_on(schedule, said.terms)
    followed = Terms(schedule.terms, said.terms, pauses_of(schedule.times_away), london_today(now), policy)
    obligations = follow_terms(as_it_goes_on.obligations, followed)
    if left_on is not None:
        current = {term.number for term in said.terms if term.starts_on > left_on}
        earlier = [each for each in obligations if each.term not in current]
        ended = {each.obligation_id: each for each in owed.end_membership(earlier, left_on)}
        obligations = tuple(ended.get(each.obligation_id, each) for each in obligations)
    corrected = replace(as_it_goes_on, areas=said.areas, terms=said.terms, left_on=left_on, obligations=obligations)
    if not said.is_over:
        return ScheduleChange(corrected, events)
    if said.ended_on is not None:
        return end_membership(corrected, said.ended_on, now)
    # Nobody was appointed. The sessions to come are in the diary of the terms that there seemed to be.
    never = replace(corrected, terms=schedule.terms)
    over = end_membership(never, min((term.starts_on for term in never.terms), default=london_today(now)) - _DAY, now)
    return replace(over, schedule=replace(over.schedule, terms=(), ended_on=None))


def _whole(said: Membership, known: Sequence[Term]) -> tuple[Term, ...]:
    """Return the terms of a membership. One that was ended keeps the day for which it was made, if that is known."""
    if said.ended_on is None or not said.terms:
        return said.terms
    last = said.terms[-1]
    same = (each for each in known if (each.number, each.starts_on) == (last.number, last.starts_on))
    return (*said.terms[:-1], next((each for each in same if each.ends_on >= last.ends_on), last))


def _without_end(schedule: Schedule) -> tuple[Schedule, tuple[Event, ...]]:
    """Return the schedule as if membership had not ended, and that its support manager is allocated again."""
    last_days = [day for day in (schedule.ended_on, schedule.left_on) if day is not None]
    open_again = replace(schedule, ended_on=None, obligations=without_end(schedule.obligations, last_days))
    if schedule.ended_on is None or not schedule.allocations:
        return open_again, ()
    last = schedule.allocations[-1]
    if last.to_on != max(schedule.ended_on, last.from_on):
        return open_again, ()
    current = replace(last, to_on=None)
    allocations = (*schedule.allocations[:-1], current)
    return replace(open_again, allocations=allocations), (_allocated(current),)


def _allocated(allocation: Allocation) -> SupportManagerAllocated:
    return SupportManagerAllocated(
        allocation.safeguarder_id, allocation.support_manager, allocation.region, allocation.from_on
    )


def _left_on(schedule: Schedule, terms: Sequence[Term]) -> date | None:
    """Return the last day of an earlier membership of somebody who came back, by the corrected terms."""
    if schedule.left_on is None:
        return None
    breaks = [before.ends_on for before, after in pairwise(terms) if after.starts_on > before.ends_on + _DAY]
    return breaks[-1] if breaks else None
