"""Regions are reported as different only beyond chance, and never ranked (B3)."""

from datetime import date
from math import comb

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.rules.domain.kpis.facts import AllocationFact, KpiFacts
from services.rules.domain.kpis.known import Known, Unit
from services.rules.domain.kpis.regions import Finding, compare, interval, is_unlikely, regions_of
from services.rules.domain.kpis.report import Entry
from services.rules.domain.rulebook.kpi import Judgement, Result
from tests.rules.kpi_builders import at

EAST, NORTH, WEST = "east", "north", "west"


def people(region: str, counted: int, short: int, left_out: int = 0) -> list[tuple[str, Entry]]:
    results = [Result.COUNTED] * counted + [Result.SHORT] * short + [Result.LEFT_OUT] * left_out
    found = []
    for number, result in enumerate(results):
        person = f"{region}-{number}"
        found.append((region, Entry(Unit(person, person, date(2026, 3, 31), {}), Judgement(result, "why", ()))))
    return found


def findings(*regions: list[tuple[str, Entry]]) -> dict[str, Finding]:
    both = [pair for region in regions for pair in region]
    region_of = {entry.unit.safeguarder_id: region for region, entry in both}
    return {r.region: r.finding for r in compare([entry for _, entry in both], region_of, 5).regions}


@given(st.integers(1, 60), st.data())
def test_shuffled_labels_bring_a_prompt_no_more_often_than_once_in_twenty(everybody: int, data: st.DataObject) -> None:
    counted, region = data.draw(st.integers(0, everybody)), data.draw(st.integers(0, everybody))
    asked = data.draw(st.integers(1, 5))
    prompts = sum(
        comb(counted, number) * comb(everybody - counted, region - number)
        for number in range(max(0, region - (everybody - counted)), min(region, counted) + 1)
        if is_unlikely(number, region, everybody, counted, asked)
    )
    assert prompts * 20 * asked < comb(everybody, region)


def test_a_region_like_the_others_is_no_reason_to_look_and_one_far_off_is() -> None:
    alike = findings(people(EAST, 5, 45), people(NORTH, 6, 44), people(WEST, 4, 46))
    assert set(alike.values()) == {Finding.NO_DIFFERENCE}
    apart = findings(people(EAST, 20, 30), people(NORTH, 6, 44), people(WEST, 7, 43))
    assert apart == {EAST: Finding.LOOK, NORTH: Finding.NO_DIFFERENCE, WEST: Finding.NO_DIFFERENCE}


def test_of_few_people_nobody_says_anything() -> None:
    found = findings(people(EAST, 4, 0), people(WEST, 1, 60))
    assert found == {EAST: Finding.NOT_ENOUGH_DATA, WEST: Finding.NOT_ENOUGH_DATA}


def test_who_is_left_out_or_has_no_region_is_not_compared() -> None:
    entries = [entry for _, entry in people(EAST, 5, 5, left_out=90)]
    region_of = {entry.unit.safeguarder_id: EAST for entry in entries}
    alone = Entry(Unit("nobody", "nobody", date(2026, 3, 31), {}), Judgement(Result.COUNTED, "why", ()))
    found = compare([*entries, alone], region_of, 5)
    assert (found.people, found.counted, [region.people for region in found.regions]) == (10, 5, [10])


@pytest.mark.parametrize(
    ("counted", "everybody", "found"),
    [(5, 10, (187, 813)), (0, 10, (0, 309)), (10, 10, (691, 1000)), (19, 20, (751, 999)), (0, 0, (0, 1000))],
)
def test_intervals_are_those_of_the_tables_rounded_outwards(
    counted: int, everybody: int, found: tuple[int, int]
) -> None:
    assert interval(counted, everybody) == found


@given(st.integers(0, 150), st.integers(0, 150))
def test_an_interval_holds_its_share_and_mirrors_the_other_side(counted: int, rest: int) -> None:
    lower, upper = interval(counted, counted + rest)
    assert lower * (counted + rest) <= counted * 1000 <= upper * (counted + rest)
    assert interval(rest, counted + rest) == (1000 - upper, 1000 - lower)


def test_numbers_about_few_people_are_not_for_everybody() -> None:
    region_of = {entry.unit.safeguarder_id: region for region, entry in [*people(EAST, 4, 50), *people(WEST, 9, 50)]}
    entries = [entry for _, entry in [*people(EAST, 4, 50), *people(WEST, 9, 50)]]
    assert not compare(entries, region_of, 5).shown
    assert compare(entries, region_of, 4).shown


def test_a_person_belongs_to_the_region_of_the_day() -> None:
    moves = (
        AllocationFact("sg-one", "manager-two", WEST, date(2026, 9, 1), at("2026-08-20")),
        AllocationFact("sg-one", "manager-one", EAST, date(2025, 1, 6), at("2025-01-06")),
    )
    on = [regions_of(Known(KpiFacts(allocations=moves), day)) for day in (date(2026, 8, 31), date(2026, 9, 1))]
    assert on == [{"sg-one": EAST}, {"sg-one": WEST}]
