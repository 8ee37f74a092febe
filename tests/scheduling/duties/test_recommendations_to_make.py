"""The Team owes a recommendation in the last year of a term, and the Safeguarder's words have their time (B10, B21)."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from services.scheduling.domain.duties.facts import PlannedTerm, RecommendationFact
from services.scheduling.domain.duties.states import RecommendationState
from tests.scheduling.duties.build import MONDAY, Told, away, day, facts, who_and_when

TERM = PlannedTerm(1, date(2024, 6, 1), date(2027, 5, 31), had_others=True)
OPENS = date(2026, 5, 31)
SHARED = RecommendationFact("m1", 1, RecommendationState.SHARED, True, MONDAY, day("11-16"), False, MONDAY)
ANSWERED = replace(SHARED, version=2, representations_due_on=None, answered=True)
SUBMITTED = replace(ANSWERED, version=3, state=RecommendationState.SUBMITTED)
TO_SHARE = ("share_recommendation", "panel_team", "01-01")
TO_SUBMIT = ("submit_recommendation", "panel_team", "03-02")
TO_ANSWER = ("representations", "safeguarder", "11-16")


def kinds(told: list[tuple[str, str, str]]) -> list[tuple[str, str]]:
    return [each[:2] for each in told if each[0] != "finalise_plan"]


def test_the_team_owes_a_recommendation_from_the_day_on_which_the_papers_open() -> None:
    assert who_and_when("05-30", facts(terms=(TERM,))) == []
    assert who_and_when("05-31", facts(terms=(TERM,))) == [TO_SHARE]
    assert who_and_when("11-03", facts(SHARED, terms=(TERM,))) == [TO_SUBMIT, TO_ANSWER]
    assert who_and_when("11-03", facts(SUBMITTED, terms=(TERM,))) == []


def test_more_time_taken_back_or_of_an_earlier_year_is_no_recommendation_for_the_next_term() -> None:
    for known in (
        replace(SUBMITTED, for_next_term=False),
        replace(SUBMITTED, state=RecommendationState.WITHDRAWN),
        replace(SUBMITTED, state=RecommendationState.DRAFTED),
        replace(SUBMITTED, shared_on=OPENS - timedelta(days=1)),
    ):
        assert who_and_when("11-03", facts(known, terms=(TERM,))) == [TO_SHARE]


def test_nobody_owes_one_for_somebody_who_leaves_or_has_a_next_term() -> None:
    following = PlannedTerm(2, date(2027, 6, 1), date(2029, 5, 31))
    assert who_and_when("11-03", facts(terms=(TERM, following))) == []
    assert who_and_when("11-03", replace(facts(terms=(TERM,)), ended_on=day("12-01"))) == []


def test_words_are_met_by_words_alone_and_stand_still_while_the_person_is_away() -> None:
    told = Told()
    told.on("11-03", facts(SHARED))
    assert told.on("11-04", facts(ANSWERED)) == [("representations", "met", "11-16")]
    silent = Told()
    silent.on("11-03", facts(SHARED))
    lapsed = replace(ANSWERED, answered=False, state=RecommendationState.APPROVED)
    assert silent.on("11-20", facts(lapsed)) == [("representations", "ended", "11-16")]
    assert who_and_when("11-12", facts(SHARED, pauses=[away("11-04", "11-10")])) == [(*TO_ANSWER[:2], "11-23")]


@pytest.mark.parametrize(
    ("before", "after", "ended"),
    [
        ((), SHARED, [("share_recommendation", "met")]),
        ((SHARED,), SUBMITTED, [("submit_recommendation", "met"), ("representations", "met")]),
    ],
)
def test_what_the_team_owes_is_met_by_sharing_and_by_submitting(
    before: tuple[RecommendationFact, ...], after: RecommendationFact, ended: list[tuple[str, str]]
) -> None:
    told = Told()
    told.on("11-03", facts(*before, terms=(TERM,)))
    assert set(ended) <= set(kinds(told.on("11-04", facts(after, terms=(TERM,)))))
