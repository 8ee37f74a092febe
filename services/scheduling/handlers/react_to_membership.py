"""Reactions to an appointment, to the end of membership, and to leave and suspension."""

from dataclasses import replace
from datetime import date

from services.scheduling.domain import corrected_membership
from services.scheduling.domain import schedule as domain
from services.scheduling.domain.corrected_membership import Membership
from services.scheduling.domain.identifiers import SafeguarderId
from services.scheduling.domain.obligations.corrected_terms import Terms, follow_terms
from services.scheduling.domain.obligations.obligations import Term
from services.scheduling.domain.obligations.times_away import TimeAway, pauses_of
from services.scheduling.domain.schedule import Schedule
from services.scheduling.handlers.bring_up_to_date import bring_up_to_date
from services.scheduling.handlers.context import SchedulingContext


def add_term(term: Term, areas: tuple[str, ...], context: SchedulingContext) -> None:
    """Add the term of an appointment or reappointment, with what every serving Safeguarder has (R65, R105)."""
    before = context.schedules.find(term.safeguarder_id) or Schedule(term.safeguarder_id)
    after = domain.add_term(before, term, areas)
    if term in after.terms and term not in before.terms:
        after = _with_what_was_owed(after, term, context)
    change = bring_up_to_date(after, context)
    context.keep(before, change.schedule, change.events)


def _with_what_was_owed(schedule: Schedule, term: Term, context: SchedulingContext) -> Schedule:
    """Return the schedule with what was opened for a term of this number that, as a correction said, there was not."""
    terms = Terms((), (term,), pauses_of(schedule.times_away), context.today, context.policy)
    known = [each for each in schedule.obligations if each.term == term.number]
    followed = {each.obligation_id: each for each in follow_terms(known, terms)}
    obligations = tuple(followed.get(each.obligation_id, each) for each in schedule.obligations)
    return replace(schedule, obligations=obligations)


def correct_membership(safeguarder_id: SafeguarderId, said: Membership, context: SchedulingContext) -> None:
    """Put the membership as a correction has it in place of what was heard before, with what everybody has (R86)."""
    before = context.schedules.find(safeguarder_id) or Schedule(safeguarder_id)
    corrected = corrected_membership.correct_membership(before, said, context.now, context.policy)
    change = bring_up_to_date(corrected.schedule, context)
    context.keep(before, change.schedule, (*corrected.events, *change.events))


def record_time_away(safeguarder_id: SafeguarderId, away: TimeAway, context: SchedulingContext) -> None:
    """Pause what a Safeguarder owes for a leave or a suspension, and move its due dates (P2).

    Absences on its days are excused, and times to reply to others leave these days out (R90).
    """
    before = context.schedules.find(safeguarder_id) or Schedule(safeguarder_id)
    change = bring_up_to_date(domain.record_time_away(before, away), context)
    context.keep(before, change.schedule, change.events)


def follow_end_ahead(safeguarder_id: SafeguarderId, last_day: date | None, context: SchedulingContext) -> None:
    """Note the last day of a membership whose end lies ahead, or that none does any more. What is arranged stays."""
    before = context.schedules.find(safeguarder_id) or Schedule(safeguarder_id)
    context.keep(before, replace(before, leaves_on=last_day), ())


def end_membership(safeguarder_id: SafeguarderId, last_day: date, context: SchedulingContext) -> None:
    """End a membership: stop every clock, cancel future sessions and end the allocation (D15.15)."""
    before = context.schedules.find(safeguarder_id) or Schedule(safeguarder_id)
    change = domain.end_membership(before, last_day, context.now)
    context.keep(before, change.schedule, change.events)
