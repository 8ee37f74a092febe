"""The support manager of each Safeguarder, now and in the past (R65, R66, X32)."""

from collections import Counter
from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta
from enum import StrEnum

from services.refusals import invalid, precondition
from services.scheduling.domain.events import SupportManagerAllocated
from services.scheduling.domain.identifiers import Region, SafeguarderId, SupportManagerId


class AllocationReason(StrEnum):
    """The reason for an allocation. Every change of support manager needs one (R66)."""

    APPOINTED = "appointed"
    WORKLOAD = "workload"
    ABSENCE = "absence"
    CONFLICT_OF_INTEREST = "conflict_of_interest"
    REQUESTED = "requested"


@dataclass(frozen=True, slots=True)
class SupportManager:
    """A support manager who could be allocated, with the number of Safeguarders they have now."""

    support_manager: SupportManagerId
    region: Region
    allocated: int


@dataclass(frozen=True, slots=True)
class Allocation:
    """A period in which a Safeguarder has one support manager. `to_on` is its last day."""

    safeguarder_id: SafeguarderId
    number: int
    support_manager: SupportManagerId
    region: Region
    from_on: date
    to_on: date | None
    """None while current."""
    reason: AllocationReason


def choose_support_manager(
    areas: Collection[str],
    managers: Collection[SupportManager],
    regions: Mapping[str, Region],
    kept_out: Collection[str],
) -> SupportManager | None:
    """Return the support manager for someone who serves these areas.

    The manager comes from the region with most of the areas and has the fewest Safeguarders there. Ties go to the lower
    id, so every run chooses the same one. Managers whom a declared link keeps out are left out. All regions are
    considered if no area is known.

    Return None if nobody is left in a region served. A person must then choose: software never opens a file to another
    region.
    """
    served = Counter(regions[area] for area in areas if area in regions)
    free = [
        manager
        for manager in managers
        if manager.support_manager not in kept_out and (manager.region in served or not served)
    ]
    return min(
        free,
        key=lambda manager: (-served[manager.region], manager.allocated, manager.support_manager),
        default=None,
    )


def allocation_on(history: tuple[Allocation, ...], day: date) -> Allocation | None:
    """Return the allocation in force at the end of a day."""
    # A change on the first day of an allocation leaves two entries for that day. The later one is in force.
    in_force = (
        allocation
        for allocation in reversed(history)
        if allocation.from_on <= day and (allocation.to_on is None or day <= allocation.to_on)
    )
    return next(in_force, None)


def allocate(
    history: tuple[Allocation, ...],
    safeguarder_id: SafeguarderId,
    manager: SupportManager,
    on: date,
    reason: AllocationReason,
) -> tuple[tuple[Allocation, ...], SupportManagerAllocated]:
    """Return the history with a support manager allocated from a day on, and the event to publish.

    The previous allocation ends the day before. An allocation changed on its first day keeps that one day, and the
    later one is in force at the end of it.

    Raises:
        Refusal: ALREADY_ALLOCATED, ALLOCATION_BEFORE_THE_LAST, or REASON_NEEDED if a change is called an appointment.
    """
    if history and on < history[-1].from_on:
        message = f"The last allocation began on {history[-1].from_on}. Give that date or a later one."
        raise invalid("ALLOCATION_BEFORE_THE_LAST", message, field="from_date")
    current = allocation_on(history, on)
    to_on = None
    if current is not None:
        _check_change(current, manager, reason)
        to_on = current.to_on
        history = end_allocation(history, on - timedelta(days=1))
    new = Allocation(safeguarder_id, len(history) + 1, manager.support_manager, manager.region, on, to_on, reason)
    return (*history, new), SupportManagerAllocated(safeguarder_id, manager.support_manager, manager.region, on)


def end_allocation(history: tuple[Allocation, ...], last_day: date) -> tuple[Allocation, ...]:
    """Return the history with nobody allocated after a day. Each allocation keeps at least its first day."""
    return tuple(
        allocation
        if allocation.to_on is not None and allocation.to_on <= last_day
        else replace(allocation, to_on=max(last_day, allocation.from_on))
        for allocation in history
    )


def _check_change(current: Allocation, manager: SupportManager, reason: AllocationReason) -> None:
    if manager.support_manager == current.support_manager:
        message = "This support manager is already allocated. Name another one."
        raise precondition("ALREADY_ALLOCATED", message, field="support_manager")
    if reason is AllocationReason.APPOINTED:
        message = "Give a reason for the change: workload, absence, conflict_of_interest or requested."
        raise invalid("REASON_NEEDED", message, field="reason")
