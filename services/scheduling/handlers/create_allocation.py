"""CreateAllocation: give a person a new support manager, or the first one if none could be chosen (R66)."""

from dataclasses import replace

from services.refusals import invalid
from services.scheduling.domain.allocation import Allocation, AllocationReason, SupportManager, allocate
from services.scheduling.domain.cover import link_declared
from services.scheduling.domain.identifiers import SafeguarderId, SupportManagerId
from services.scheduling.domain.schedule import check_serving
from services.scheduling.handlers.bring_up_to_date import bring_up_to_date
from services.scheduling.handlers.context import SchedulingContext


def create_allocation(
    safeguarder_id: SafeguarderId,
    support_manager: SupportManagerId,
    reason: AllocationReason,
    context: SchedulingContext,
) -> Allocation:
    """Allocate a support manager from today and hand the future sessions over. Return the new allocation.

    Raises:
        Refusal: NOT_FOUND. PRECONDITION if the person does not serve, has this manager already, or is linked with them.
            INVALID if nobody with this id is a support manager, or if the reason does not fit.
    """
    before = context.schedule(safeguarder_id)
    check_serving(before, context.today)
    region = context.support_managers.regions().get(support_manager)
    if region is None:
        message = "Nobody with this id is a support manager with a region. Name a support manager of the Team."
        raise invalid("NOT_A_SUPPORT_MANAGER", message, "support_manager")
    if support_manager in context.cover_of(before).kept_out:
        raise link_declared("support_manager")
    chosen = SupportManager(support_manager, region, context.schedules.allocated().get(support_manager, 0))
    history, event = allocate(before.allocations, safeguarder_id, chosen, context.today, reason)
    change = bring_up_to_date(replace(before, allocations=history), context)
    context.keep(before, change.schedule, (event, *change.events))
    return history[-1]
