"""Reactions to a concern: when rules raises it, and when a person closes or dismisses it."""

from services.scheduling.domain.concerns import Concern, react_to_concern
from services.scheduling.domain.identifiers import ConcernId, SafeguarderId
from services.scheduling.domain.schedule import Schedule, add_early_concern, remove_early_concern
from services.scheduling.domain.sessions.diary import withdraw
from services.scheduling.handlers.context import SchedulingContext, session_id


def discuss_concern(safeguarder_id: SafeguarderId, concern: Concern, context: SchedulingContext) -> None:
    """Put a concern on an agenda, propose an earlier session for it, or keep it until there is a support manager.

    Concerns and appointments arrive on two feeds, so a concern can arrive first. It then waits for the appointment. One
    about somebody whose membership has ended waits for nothing, unless a correction says that it did not end.
    """
    before = context.schedules.find(safeguarder_id) or Schedule(safeguarder_id)
    diary = context.diary(before)
    if diary is None or before.ended_on is not None:
        context.keep(before, add_early_concern(before, concern), ())
        return
    new_id = session_id(f"{safeguarder_id}/{concern.concern_id}")
    change = react_to_concern(diary, concern, context.now, context.policy, new_id)
    context.keep(before, before.with_diary(change.diary), change.events)


def withdraw_concern(safeguarder_id: SafeguarderId, concern_id: ConcernId, context: SchedulingContext) -> None:
    """Withdraw a concern that a person has closed or dismissed from everything that is still open."""
    before = context.schedules.find(safeguarder_id)
    if before is None:
        return
    after = remove_early_concern(before, concern_id)
    diary = context.diary(before)
    if diary is None:
        context.keep(before, after, ())
        return
    change = withdraw(diary, concern_id)
    context.keep(before, after.with_diary(change.diary), change.events)
