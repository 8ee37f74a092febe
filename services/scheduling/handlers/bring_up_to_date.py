"""The standing of every serving Safeguarder: a support manager, the year's obligations, a date for each session."""

from dataclasses import replace

from services.scheduling.domain.allocation import AllocationReason, SupportManager, allocate, choose_support_manager
from services.scheduling.domain.concerns import react_to_concern
from services.scheduling.domain.obligations.obligations import open_obligations, with_due_dates_told
from services.scheduling.domain.obligations.times_away import pauses_of
from services.scheduling.domain.schedule import Schedule, ScheduleChange, deliver_trainings, tell_attendance_again
from services.scheduling.domain.sessions.changes import with_first_versions
from services.scheduling.domain.sessions.diary import carry_over
from services.scheduling.domain.sessions.proposals import hand_over, propose_sessions
from services.scheduling.handlers.context import SchedulingContext, obligation_id, session_id


def bring_up_to_date(schedule: Schedule, context: SchedulingContext) -> ScheduleChange:
    """Add whatever is missing to a schedule, and return it with the events to publish.

    This runs at an appointment, at a change of support manager and once on every day. Calling it again changes nothing.
    A session to come that an earlier release never published as it stands is published once.
    Without a support manager the obligations open but no dates are proposed. A person who does not serve needs nothing
    but what a leave, a suspension or a review says of their attendance, and of the day on which something fell due.
    """
    reviews = context.reviews(schedule.safeguarder_id)
    told_again = tell_attendance_again(schedule, context.now, context.policy, reviews)
    schedule, term = told_again.schedule, schedule.term_on(context.today)
    if term is None:
        owed, told = with_due_dates_told(schedule.terms, schedule.obligations, context.today, context.policy)
        return ScheduleChange(replace(schedule, obligations=owed), (*told_again.events, *told))
    allocated = _allocate(schedule, context)
    known = allocated.schedule.obligations
    pauses = pauses_of(schedule.times_away)
    opened, opened_events = open_obligations(term, known, context.today, context.policy, obligation_id, pauses)
    owed, told = with_due_dates_told(schedule.terms, (*known, *opened), context.today, context.policy)
    with_owed = replace(allocated.schedule, obligations=owed)
    delivered = deliver_trainings(with_owed, context.trainings.all(), context.now)
    arranged = _arrange_sessions(delivered.schedule, context)
    events = (*told_again.events, *allocated.events, *opened_events, *told, *delivered.events, *arranged.events)
    sessions = with_first_versions(arranged.schedule.sessions)
    return ScheduleChange(replace(arranged.schedule, sessions=sessions), events)


def _allocate(schedule: Schedule, context: SchedulingContext) -> ScheduleChange:
    # An allocation may begin later: a person chose that day, or the machine's clock stood ahead. It stays.
    later = any(allocation.from_on > context.today for allocation in schedule.allocations)
    if later or schedule.support_manager_on(context.today) is not None:
        return ScheduleChange(schedule)
    load = context.schedules.allocated()
    team = [SupportManager(who, region, load.get(who, 0)) for who, region in context.support_managers.regions().items()]
    chosen = choose_support_manager(schedule.areas, team, context.regions, context.cover_of(schedule).kept_out)
    if chosen is None:
        return ScheduleChange(schedule)
    reason = AllocationReason.APPOINTED
    history, event = allocate(schedule.allocations, schedule.safeguarder_id, chosen, context.today, reason)
    return ScheduleChange(replace(schedule, allocations=history), (event,))


def _arrange_sessions(schedule: Schedule, context: SchedulingContext) -> ScheduleChange:
    diary = context.diary(schedule)
    if diary is None:
        return ScheduleChange(schedule)
    carried = carry_over(diary, context.now, context.policy)
    handed_over = hand_over(carried.diary, context.now, context.policy, session_id)
    change = propose_sessions(handed_over.diary, schedule.obligations, context.now, context.policy, session_id)
    events = [*carried.events, *handed_over.events, *change.events]
    for concern in schedule.early_concerns:
        new_id = session_id(f"{schedule.safeguarder_id}/{concern.concern_id}")
        change = react_to_concern(change.diary, concern, context.now, context.policy, new_id)
        events += change.events
    return ScheduleChange(replace(schedule.with_diary(change.diary), early_concerns=()), tuple(events))
