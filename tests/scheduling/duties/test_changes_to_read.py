"""A change of approach is read by the Safeguarder, and stands still while they are away (R80, record 3.1)."""

from dataclasses import replace

import pytest

from services.scheduling.domain.duties.facts import ApproachFact
from tests.scheduling.duties.build import MONDAY, Told, away, day, facts, owed, who_and_when

SERVED = ApproachFact("ch1", 1, True, MONDAY, None, day("11-09"), MONDAY)
READ = replace(SERVED, version=2, acknowledged_on=day("11-04"), acknowledge_due_on=None)
TO_READ = ("acknowledge_approach", "safeguarder", "11-09")


def test_a_change_that_was_served_is_to_be_read_in_its_time() -> None:
    assert who_and_when("11-03", facts(SERVED)) == [TO_READ]
    assert who_and_when("11-20", facts(SERVED)) == [TO_READ], "it stands by then, and can still be read"
    assert owed("11-03", facts(READ)) == []


@pytest.mark.parametrize("changes", [{"applies": False}, {"acknowledge_due_on": None}])
def test_nobody_reads_what_has_ended_or_has_no_time(changes: dict[str, object]) -> None:
    assert owed("11-03", facts(replace(SERVED, **changes))) == []  # type: ignore[arg-type]


def test_days_away_move_the_last_day() -> None:
    known = facts(SERVED, pauses=[away("11-04", "11-10")])
    assert who_and_when("11-12", known)[0][2] == "11-16"


@pytest.mark.parametrize(("after", "state"), [(READ, "met"), (replace(SERVED, version=2, applies=False), "ended")])
def test_it_is_met_by_reading_alone(after: ApproachFact, state: str) -> None:
    told = Told()
    told.on("11-03", facts(SERVED))
    assert told.on("11-04", facts(after)) == [("acknowledge_approach", state, "11-09")]
