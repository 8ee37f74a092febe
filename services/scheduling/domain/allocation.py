"""Which support manager supports which Safeguarder, now and before (R65, R66, X32)."""

from collections import Counter
from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta
from enum import StrEnum

from services.refusals import invalid, precondition
from services.scheduling.domain.events import SupportManagerAllocated
from services.scheduling.domain.identifiers import Region, SafeguarderId, SupportManagerId


class AllocationReason(StrEnum):
    """Why a support manager was allocated; a change is made only with one of these (R66)."""

    APPOINTED = "appointed"
    WORKLOAD = "workload"
    ABSENCE = "absence"
    CONFLICT_OF_INTEREST = "conflict_of_interest"
    REQUESTED = "requested"


@dataclass(frozen=True, slots=True)
class SupportManager:
    """A support manager who may be allocated, and how many Safeguarders he or she has now."""

    support_manager: SupportManagerId
    region: Region
    allocated: int


@dataclass(frozen=True, slots=True)
class Allocation:
    """One stretch of days on which a Safeguarder has a support manager; `to_on` is its last day."""

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
    conflicts: Collection[SupportManagerId],
) -> SupportManager | None:
    """The support manager for someone serving these areas: in the region of most of them, with the fewest Safeguarders.

    Ties go to the lower id. Managers with a declared conflict of interest are left out. When that leaves nobody in a
    region served, the answer is None, and a person has to name somebody: software opens no file across regions.
    When no area is known, all regions are considered.
    """
    served = Counter(regions[area] for area in areas if area in regions)
    free = [
        manager
        for manager in managers
        if manager.support_manager not in conflicts and (manager.region in served or not served)
    ]
    return min(
        free,
        key=lambda manager: (-served[manager.region], manager.allocated, manager.support_manager),
        default=None,
    )


def allocation_on(history: tuple[Allocation, ...], day: date) -> Allocation | None:
    """The allocation in force at the end of a day."""
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
    """The history with a support manager allocated from a day on, and what to publish.

    The allocation before ends the day before. One changed on its first day keeps that day, and the later one is in
    force at its end. Refuses ALREADY_ALLOCATED, ALLOCATION_BEFORE_THE_LAST, and REASON_NEEDED when a change is called
    an appointment.
    """
    if history and on < history[-1].from_on:
        message = f"The last allocation began on {history[-1].from_on}. Give a date not before it."
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
    """The history with nobody allocated after a day; whoever began by then keeps at least the first day."""
    return tuple(
        allocation
        if allocation.to_on is not None and allocation.to_on <= last_day
        else replace(allocation, to_on=max(last_day, allocation.from_on))
        for allocation in history
    )


def _check_change(current: Allocation, manager: SupportManager, reason: AllocationReason) -> None:
    if manager.support_manager == current.support_manager:
        message = "This support manager is allocated already. Name another."
        raise precondition("ALREADY_ALLOCATED", message, field="support_manager")
    if reason is AllocationReason.APPOINTED:
        message = "A change needs a reason: workload, absence, conflict_of_interest or requested."
        raise invalid("REASON_NEEDED", message, field="reason")
