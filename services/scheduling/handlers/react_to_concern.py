"""What a concern does to a schedule when rules raise it, and when a person ends it."""

from services.scheduling.domain.concerns import Concern, react_to_concern
from services.scheduling.domain.identifiers import ConcernId, SafeguarderId
from services.scheduling.domain.schedule import Schedule, hold_concern, let_go_of_concern
from services.scheduling.domain.sessions.diary import withdraw
from services.scheduling.handlers.context import SchedulingContext, session_id


def discuss_concern(safeguarder_id: SafeguarderId, concern: Concern, context: SchedulingContext) -> None:
    """Put a concern on an agenda, propose an earlier session for it, or hold it until there is a support manager.

    Rules and the register are heard on two feeds: a concern may come first, and is then taken up at the appointment.
    """
    before = context.schedules.find(safeguarder_id) or Schedule(safeguarder_id)
    if before.ended_on is not None:
        return
    diary = context.diary(before)
    if diary is None:
        context.schedules.keep(before, hold_concern(before, concern), ())
        return
    new_id = session_id(f"{safeguarder_id}/{concern.concern_id}")
    change = react_to_concern(diary, concern, context.now, context.policy, new_id)
    context.schedules.keep(before, before.with_diary(change.diary), change.events)


def withdraw_concern(safeguarder_id: SafeguarderId, concern_id: ConcernId, context: SchedulingContext) -> None:
    """Take a concern that a person closed or dismissed off what is still to come."""
    before = context.schedules.find(safeguarder_id)
    if before is None:
        return
    after = let_go_of_concern(before, concern_id)
    diary = context.diary(before)
    if diary is None:
        context.schedules.keep(before, after, ())
        return
    change = withdraw(diary, concern_id)
    context.schedules.keep(before, after.with_diary(change.diary), change.events)
