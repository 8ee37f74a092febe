"""What an appointment, or the end of membership, does to a schedule."""

from datetime import date

from services.scheduling.domain import schedule as domain
from services.scheduling.domain.identifiers import SafeguarderId
from services.scheduling.domain.obligations.obligations import Term
from services.scheduling.domain.schedule import Schedule
from services.scheduling.handlers.bring_up_to_date import bring_up_to_date
from services.scheduling.handlers.context import SchedulingContext


def add_term(term: Term, areas: tuple[str, ...], context: SchedulingContext) -> None:
    """An appointment, or reappointment: a support manager, obligations and dates, unless they are there (R65, R105)."""
    before = context.schedules.find(term.safeguarder_id) or Schedule(term.safeguarder_id)
    change = bring_up_to_date(domain.add_term(before, term, areas), context)
    context.schedules.keep(before, change.schedule, change.events)


def end_membership(safeguarder_id: SafeguarderId, last_day: date, context: SchedulingContext) -> None:
    """The end of membership: every clock stops, sessions to come are called off, the allocation ends (D15.15)."""
    before = context.schedules.find(safeguarder_id) or Schedule(safeguarder_id)
    change = domain.end_membership(before, last_day, context.now)
    context.schedules.keep(before, change.schedule, change.events)
