"""R106, record 3.1: the Team owes a plan in force by the first session of a term, and with a reason by the second."""

import random
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest

from services.scheduling.adapters.duties import SqlDuties
from services.scheduling.domain.duties.duties import Duty
from services.scheduling.domain.duties.facts import Facts, PlanFact, PlannedTerm
from services.scheduling.domain.identifiers import SafeguarderId
from tests.scheduling.builders import TODAY
from tests.scheduling.duties.build import MONDAY, Told, away, day, facts, who_and_when
from tests.scheduling.office import Office
from tests.scheduling.received import appointed, ended, planned

RECENTLY = TODAY - timedelta(days=20)
TERM = PlannedTerm(1, MONDAY, date(2029, 11, 1), (day("11-20"), day("12-10")))


def a_plan(version: int = 1, term: int = 1, *, final: bool = False, reason_given: bool = False) -> PlanFact:
    return PlanFact(term, version, final, reason_given, MONDAY)


def of(*plans: PlanFact, term: PlannedTerm = TERM, today: str = "11-03", **changes: Any) -> list[str]:
    """The days on which the plan is due; none if nobody owes it."""
    known: Facts = facts(*plans, terms=(term,), **changes)
    owed = [(kind, by, due) for kind, by, due in who_and_when(today, known) if kind == "finalise_plan"]
    assert all(by == "panel_team" for _, by, _ in owed)
    return [due for _, _, due in owed]


def test_a_plan_is_due_on_the_day_of_the_first_session_of_its_term() -> None:
    assert of() == ["11-20"]
    assert of(a_plan()) == ["11-20"]


def test_with_a_reason_it_is_due_on_the_day_of_the_second_session() -> None:
    assert of(a_plan(reason_given=True)) == ["12-10"]
    one_session = replace(TERM, sessions_on=TERM.sessions_on[:1])
    assert of(a_plan(reason_given=True), term=one_session) == [], "the second session has no day yet"


def test_a_plan_that_is_in_force_or_was_is_not_owed() -> None:
    assert of(a_plan(final=True)) == []
    assert of(a_plan(final=True, reason_given=True)) == []
    assert of(a_plan(term=2, final=True)) == ["11-20"], "the plan of another term is another plan"


def test_without_a_session_it_is_due_sixty_working_days_after_the_term_began() -> None:
    none_yet = replace(TERM, sessions_on=())
    assert of(term=none_yet) == ["02-01"]
    assert of(term=replace(none_yet, had_others=True)) == [], "sessions before the upgrade owe no plan"


def test_nobody_owes_a_plan_before_its_term_or_of_somebody_who_leaves() -> None:
    assert of(term=replace(TERM, starts_on=day("12-01"))) == []
    assert of(today="11-03", ended_on=day("11-04")) == []


def test_time_runs_on_for_the_team_while_the_safeguarder_is_away() -> None:
    assert of(pauses=[away("11-02", "11-12")]) == ["11-20"]


def test_the_duty_moves_with_the_session_and_is_met_by_a_plan_in_force() -> None:
    told = Told()
    assert told.on("11-03", facts(terms=(TERM,))) == [("finalise_plan", "running", "11-20")]
    moved = replace(TERM, sessions_on=(day("11-25"), day("12-10")))
    assert told.on("11-04", facts(terms=(moved,))) == [("finalise_plan", "running", "11-25")]
    assert told.on("11-05", facts(a_plan(), terms=(moved,))) == []
    assert told.on("11-06", facts(a_plan(2, reason_given=True), terms=(moved,))) == [
        ("finalise_plan", "running", "12-10")
    ]
    assert told.on("11-07", facts(a_plan(3, final=True), terms=(moved,))) == [("finalise_plan", "met", "12-10")]


def test_the_duty_of_a_term_that_is_over_has_ended_and_the_next_term_owes_its_own() -> None:
    told, first = Told(), replace(TERM, ends_on=day("11-30"))
    told.on("11-03", facts(terms=(first,)))
    following = PlannedTerm(2, day("12-01"), date(2028, 11, 30), (day("12-15"),))
    after = [each for each in told.on("12-01", facts(terms=(first, following))) if each[0] == "finalise_plan"]
    assert set(after) == {("finalise_plan", "ended", "11-20"), ("finalise_plan", "running", "12-15")}


@pytest.fixture
def office(database_kind: str, tmp_path: Path) -> Iterator[Office]:
    made = Office(tmp_path / "scheduling.db")
    yield made
    made.close()


def the_duty(office: Office) -> Duty:
    with office.database.read() as connection:
        (duty,) = SqlDuties(connection, office.clock.now()).of(SafeguarderId("sg-one"))
    return duty


def test_a_term_opens_the_duty_and_evidence_ends_it_in_any_order(office: Office) -> None:
    """Twice, late and out of order: the newest state of the plan holds."""
    office.receive(appointed("sg-one", RECENTLY))
    opened, sessions = the_duty(office), office.schedule("sg-one").sessions
    assert opened.about == "developmentPlan"
    assert opened.due_on == min(session.starts_on for session in sessions)
    now = office.clock.now()
    states = [
        planned(1, now, reason_given=True),
        planned(2, now, reason_given=True, final=True),
        planned(3, now, final=True),
    ]
    told = states * 2
    random.Random(1).shuffle(told)
    office.receive(*told)
    assert (the_duty(office).state, office.rows("SELECT * FROM dead_letter")) == ("met", [])


def test_the_duty_ends_with_membership(office: Office) -> None:
    office.receive(appointed("sg-one", RECENTLY), ended("sg-one", TODAY))
    assert the_duty(office).state == "ended"
