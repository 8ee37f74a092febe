"""A term that is over ends what was owed, and the Team is asked for the decision until it is recorded (reg 7)."""

from dataclasses import replace
from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from services.scheduling.domain.duties.facts import PlannedTerm
from services.scheduling.domain.duties.owed import owed_on
from tests.scheduling.builders import POLICY
from tests.scheduling.duties.build import Told, an_action, facts, who_and_when

TERM = PlannedTerm(1, date(2023, 11, 11), date(2026, 11, 10), had_others=True)
NEXT = PlannedTerm(2, date(2026, 11, 11), date(2028, 11, 10), had_others=True)
OPEN = facts(an_action(due_on=date(2026, 12, 15)), terms=(TERM,))


def kinds(today: str, known: object = OPEN) -> list[str]:
    return [kind for kind, _, _ in who_and_when(today, known)]  # type: ignore[arg-type]


def test_from_the_day_after_the_last_term_the_safeguarder_owes_nothing() -> None:
    assert "action" in kinds("11-10")
    assert who_and_when("11-11", OPEN) == [("record_decision", "panel_team", "11-17")]


def test_the_team_is_asked_again_each_month_until_an_end_or_a_term_is_on_record() -> None:
    told = Told()
    told.on("11-10", OPEN)
    assert ("record_decision", "running", "11-17") in told.on("11-11", OPEN)
    assert told.on("12-10", OPEN) == []
    asked_again = told.on("12-11", OPEN)
    assert ("record_decision", "running", "12-17") in asked_again
    assert ("record_decision", "ended", "11-17") in asked_again
    assert told.on("12-12", replace(OPEN, ended_on=TERM.ends_on)) == [("record_decision", "met", "12-17")]


def test_a_next_term_that_is_recorded_late_brings_back_what_is_owed() -> None:
    told = Told()
    told.on("11-10", OPEN)
    told.on("11-11", OPEN)
    decided = told.on("11-20", replace(OPEN, terms=(TERM, NEXT)))
    assert ("record_decision", "met", "11-17") in decided
    assert "action" in kinds("11-20", replace(OPEN, terms=(TERM, NEXT)))


@given(length=st.integers(365, 1096), begins=st.integers(0, 1461), after=st.integers(1, 800))
def test_over_any_term_and_any_day_after_it_there_is_one_such_duty_and_nothing_else(
    length: int, begins: int, after: int
) -> None:
    starts_on = date(2024, 1, 1) + timedelta(days=begins)
    term = PlannedTerm(1, starts_on, starts_on + timedelta(days=length))
    today = term.ends_on + timedelta(days=after)
    (owed,) = owed_on(today, facts(an_action(), terms=(term,)), POLICY)
    since = date.fromisoformat(owed.mark)
    assert term.ends_on < since <= today
    assert (today - since).days < 31
