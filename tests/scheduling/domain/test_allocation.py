"""Each Safeguarder has one support manager, chosen by region and load. History is kept (R65, R66, X32, D15.7)."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.refusals import Refusal
from services.scheduling.domain.allocation import (
    Allocation,
    AllocationReason,
    SupportManager,
    allocate,
    allocation_on,
    choose_support_manager,
    end_allocation,
)
from services.scheduling.domain.events import SupportManagerAllocated
from services.scheduling.domain.identifiers import Region, SupportManagerId
from tests.scheduling.builders import SAFEGUARDER

REGIONS = {"edinburgh": Region.EAST, "fife": Region.EAST, "glasgow": Region.WEST, "moray": Region.NORTH}
APPOINTED_ON = date(2026, 11, 2)


def a_manager(name: str, allocated: int = 0) -> SupportManager:
    return SupportManager(SupportManagerId(name), Region(name.split("-", maxsplit=1)[0]), allocated)


TEAM = [a_manager(f"{region}-{n}", allocated=10) for region in Region for n in (1, 2)]


def chosen(areas: list[str], managers: list[SupportManager], conflicts: list[str] | None = None) -> str | None:
    declared = [SupportManagerId(name) for name in conflicts or []]
    manager = choose_support_manager(areas, managers, REGIONS, declared)
    return manager.support_manager if manager else None


def test_the_manager_is_of_the_region_of_most_areas_served() -> None:
    assert chosen(["edinburgh", "fife", "glasgow"], [a_manager("east-1", 12), a_manager("west-1", 3)]) == "east-1"
    assert chosen(["glasgow", "moray", "glasgow-unlisted"], [a_manager("north-1"), a_manager("east-1")]) == "north-1"


def test_the_manager_with_the_fewest_safeguarders_is_chosen() -> None:
    assert chosen(["edinburgh"], [a_manager("east-1", 12), a_manager("east-2", 11), a_manager("west-1", 0)]) == "east-2"


def test_a_tie_goes_to_the_lower_id_whatever_the_order_given() -> None:
    assert chosen(["edinburgh"], TEAM) == chosen(["edinburgh"], TEAM[::-1]) == "east-1"


def test_areas_in_two_regions_alike_leave_it_to_the_load() -> None:
    assert chosen(["edinburgh", "glasgow"], [a_manager("east-1", 5), a_manager("west-1", 4)]) == "west-1"


def test_a_declared_conflict_of_interest_excludes_a_manager() -> None:
    assert chosen(["edinburgh"], TEAM, conflicts=["east-1"]) == "east-2"


def test_when_conflicts_leave_nobody_in_the_region_a_person_must_name_somebody() -> None:
    assert chosen(["edinburgh"], TEAM, conflicts=["east-1", "east-2"]) is None


def test_of_the_regions_served_another_one_supports_when_the_main_one_has_nobody() -> None:
    assert chosen(["edinburgh", "fife", "moray"], TEAM, conflicts=["east-1", "east-2"]) == "north-1"


def test_an_area_of_no_known_region_still_brings_a_manager() -> None:
    assert chosen(["somewhere-new"], [a_manager("east-1", 3), a_manager("west-1", 2)]) == "west-1"


def appointed() -> tuple[Allocation, ...]:
    return allocate((), SAFEGUARDER, a_manager("east-1"), APPOINTED_ON, AllocationReason.APPOINTED)[0]


def test_an_allocation_is_published_with_its_region_and_first_day() -> None:
    _, event = allocate((), SAFEGUARDER, a_manager("east-1"), APPOINTED_ON, AllocationReason.APPOINTED)
    assert event == SupportManagerAllocated(SAFEGUARDER, SupportManagerId("east-1"), Region.EAST, APPOINTED_ON)


def test_a_change_ends_the_allocation_before_on_the_day_before_and_keeps_it() -> None:
    changed_on = date(2027, 1, 5)
    history, _ = allocate(appointed(), SAFEGUARDER, a_manager("east-2"), changed_on, AllocationReason.WORKLOAD)
    assert [(known.number, known.support_manager, known.from_on, known.to_on) for known in history] == [
        (1, "east-1", APPOINTED_ON, date(2027, 1, 4)),
        (2, "east-2", changed_on, None),
    ]


def test_a_change_on_the_first_day_is_in_force_at_its_end() -> None:
    history, _ = allocate(appointed(), SAFEGUARDER, a_manager("east-2"), APPOINTED_ON, AllocationReason.REQUESTED)
    in_force = allocation_on(history, APPOINTED_ON)
    assert in_force is not None
    assert in_force.support_manager == "east-2"


def test_after_membership_ended_nobody_is_allocated() -> None:
    history = end_allocation(appointed(), date(2027, 3, 31))
    assert allocation_on(history, date(2027, 3, 31)) is not None
    assert allocation_on(history, date(2027, 4, 1)) is None


def test_a_change_while_the_end_is_known_lasts_until_that_end() -> None:
    ending = end_allocation(appointed(), date(2027, 3, 31))
    history, _ = allocate(ending, SAFEGUARDER, a_manager("east-2"), date(2027, 1, 5), AllocationReason.ABSENCE)
    assert [known.to_on for known in history] == [date(2027, 1, 4), date(2027, 3, 31)]


@pytest.mark.parametrize(
    ("manager", "on", "reason", "refusal"),
    [
        ("east-1", date(2027, 1, 5), AllocationReason.WORKLOAD, "ALREADY_ALLOCATED"),
        ("east-2", date(2027, 1, 5), AllocationReason.APPOINTED, "REASON_NEEDED"),
        ("east-2", date(2026, 11, 1), AllocationReason.WORKLOAD, "ALLOCATION_BEFORE_THE_LAST"),
    ],
)
def test_a_change_without_a_new_manager_a_reason_or_a_later_day_is_refused(
    manager: str, on: date, reason: AllocationReason, refusal: str
) -> None:
    with pytest.raises(Refusal, match=refusal):
        allocate(appointed(), SAFEGUARDER, a_manager(manager), on, reason)


@given(
    changes=st.lists(st.tuples(st.integers(0, 40), st.sampled_from(TEAM)), max_size=8),
    served=st.integers(0, 400),
)
def test_a_serving_safeguarder_has_exactly_one_support_manager_on_every_day(
    changes: list[tuple[int, SupportManager]], served: int
) -> None:
    history = appointed()
    expected = {APPOINTED_ON: "east-1"}
    day = APPOINTED_ON
    for days_later, manager in changes:
        day += timedelta(days=days_later)
        in_force = allocation_on(history, day)
        assert in_force is not None
        if manager.support_manager != in_force.support_manager:
            history, _ = allocate(history, SAFEGUARDER, manager, day, AllocationReason.WORKLOAD)
            expected[day] = manager.support_manager
    last_day = day + timedelta(days=served)
    assert sum(known.to_on is None for known in history) == 1
    history = end_allocation(history, last_day)
    for n in range((last_day - APPOINTED_ON).days + 1):
        on = APPOINTED_ON + timedelta(days=n)
        found = allocation_on(history, on)
        assert found is not None
        assert found.support_manager == expected[max(change for change in expected if change <= on)]
    assert allocation_on(history, last_day + timedelta(days=1)) is None
