"""The Team is asked in each contract year for the review of continuing appointment, until one is submitted (R84).

Nobody owes one in a year in which the papers for the next term open.
"""

from dataclasses import replace
from datetime import date, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.calendar_days import london_instant
from services.scheduling.domain.duties.facts import Facts, PlannedTerm, RecommendationFact
from services.scheduling.domain.duties.owed import owed_on
from services.scheduling.domain.duties.states import DutyKind, RecommendationState
from tests.scheduling.builders import POLICY
from tests.scheduling.duties.build import Told, facts

TERM = PlannedTerm(1, date(2026, 11, 2), date(2029, 11, 1), had_others=True)
APRIL, MARCH, DUE = date(2027, 4, 1), date(2028, 3, 31), date(2028, 1, 1)
MADE = RecommendationFact(
    "m1", 3, RecommendationState.SUBMITTED, False, date(2027, 10, 4), None, True, date(2027, 10, 25), True
)
SERVES = facts(terms=(TERM,))


def asked(today: date, known: Facts = SERVES) -> list[tuple[str, date]]:
    """The years of which the review is owed on a day, with its last day."""
    owed = (each for each in owed_on(today, known, POLICY) if each.kind is DutyKind.REVIEW_CONTINUING)
    return [(each.mark, each.due_on(today)) for each in owed]


def changes(told: Told, today: date, known: Facts) -> list[tuple[str, date]]:
    """How the reviews stand that changed on a day, each with its last day."""
    changed = told.changes(london_instant(today, time(12)), known)
    return [(each.state, each.due_on) for each in changed if each.kind is DutyKind.REVIEW_CONTINUING]


def said(fact: RecommendationFact) -> Facts:
    return facts(fact, terms=(TERM,))


def test_the_team_owes_it_from_the_first_to_the_last_day_of_a_contract_year_in_which_no_papers_open() -> None:
    assert asked(APRIL - timedelta(days=1)) == [], "a new duty begins with a whole year"
    assert asked(APRIL) == asked(MARCH) == [("2027-04-01", DUE)]
    assert asked(MARCH + timedelta(days=1)) == [], "the papers for the next term open in November"
    assert asked(APRIL, replace(SERVES, ended_on=date(2027, 12, 1))) == [], "they have left"
    assert asked(APRIL, replace(SERVES, leaves_on=MARCH)) == [], "they leave in it"
    assert asked(APRIL, replace(SERVES, leaves_on=MARCH + timedelta(days=1))) == [("2027-04-01", DUE)]
    begun_since = replace(TERM, starts_on=date(2027, 4, 2))
    assert asked(APRIL + timedelta(days=9), facts(terms=(begun_since,))) == []


@pytest.mark.parametrize(
    ("known", "is_owed"),
    [
        (MADE, False),
        (replace(MADE, state=RecommendationState.DECIDED), False),
        (replace(MADE, state=RecommendationState.APPROVED), True),
        (replace(MADE, state=RecommendationState.WITHDRAWN), True),
        (replace(MADE, shared_on=APRIL - timedelta(days=1)), True),
        (replace(MADE, reviews_continuing=False), True),
    ],
)
def test_what_was_shared_in_the_year_and_submitted_to_ministers_answers_it(
    known: RecommendationFact, is_owed: bool
) -> None:
    assert bool(asked(date(2027, 11, 1), said(known))) is is_owed


def test_it_is_met_by_the_submission_and_owed_again_in_the_next_year() -> None:
    longer = replace(TERM, ends_on=date(2030, 6, 1))
    told = Told()
    changes(told, APRIL, facts(terms=(longer,)))
    answered = facts(MADE, terms=(longer,))
    assert changes(told, date(2027, 10, 25), answered) == [("met", DUE)]
    assert changes(told, date(2028, 4, 1), answered) == [("running", date(2028, 12, 31))]


def test_a_year_that_is_over_without_one_ends_its_duty_and_begins_another() -> None:
    longer = facts(terms=(replace(TERM, ends_on=date(2030, 6, 1)),))
    told = Told()
    changes(told, APRIL, longer)
    assert changes(told, MARCH, longer) == []
    assert changes(told, date(2028, 4, 1), longer) == [("running", date(2028, 12, 31)), ("ended", DUE)]


@given(begins=st.integers(0, 1461), length=st.integers(365, 1096), on=st.integers(0, 1096))
def test_in_each_contract_year_the_review_or_the_papers_of_the_next_term_and_never_both(
    begins: int, length: int, on: int
) -> None:
    term = PlannedTerm(1, date(2027, 4, 1) + timedelta(days=begins), date.max, had_others=True)
    term = replace(term, ends_on=term.starts_on + timedelta(days=length))
    today = term.starts_on + timedelta(days=min(on, length))
    kinds = {each.kind for each in owed_on(today, facts(terms=(term,)), POLICY)}
    assert not {DutyKind.REVIEW_CONTINUING, DutyKind.SHARE_RECOMMENDATION} <= kinds
