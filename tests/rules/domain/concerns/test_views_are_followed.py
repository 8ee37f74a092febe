"""A concern follows the Safeguarder's view as the record has it, in whatever order the versions come (record 1.4)."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.rules.domain.closed_lists import Lane, State, View
from services.rules.domain.concerns.concern import Concern
from services.rules.domain.concerns.views import ViewFact, follow_view
from tests.rules.builders import TODAY
from tests.rules.domain.concerns.builders import a_concern


def followed(concern: Concern, *facts: ViewFact) -> Concern:
    for fact in facts:
        concern = follow_view(concern, fact) or concern
    return concern


def test_a_view_that_was_given_is_on_the_concern_and_changes_no_state() -> None:
    concern = followed(a_concern(), ViewFact(1, View.GIVEN, TODAY))
    assert (concern.state, concern.progress.view, concern.progress.view_version) == (State.RAISED, View.GIVEN, 1)
    assert concern.progress.view_document == concern.concern_id, "the words are in the record"


@given(st.permutations([ViewFact(1, View.GIVEN, TODAY), ViewFact(3, View.NONE_GIVEN, TODAY)] * 2))
def test_the_newest_version_holds_in_whatever_order_they_come_and_however_often(facts: list[ViewFact]) -> None:
    progress = followed(a_concern(), *facts).progress
    assert (progress.view, progress.view_document, progress.view_version) == (View.NONE_GIVEN, "", 3)


@pytest.mark.parametrize("lane", [lane for lane in Lane if lane is not Lane.DATA_GAP])
def test_the_safeguarder_has_a_view_of_everything_about_them(lane: Lane) -> None:
    assert followed(a_concern(lane), ViewFact(1, View.GIVEN, TODAY)).progress.view is View.GIVEN


def test_a_duty_of_the_team_and_a_concern_that_has_ended_stay_as_they_are() -> None:
    fact = ViewFact(1, View.GIVEN, TODAY)
    assert follow_view(a_concern(Lane.DATA_GAP), fact) is None
    assert follow_view(replace(a_concern(), state=State.CLOSED), fact) is None


@pytest.mark.parametrize(("on", "counts"), [(TODAY, True), (TODAY - timedelta(days=1), False)])
def test_a_concern_that_was_reopened_needs_a_view_of_its_own(on: date, counts: bool) -> None:
    concern = a_concern()
    reopened = replace(concern, state=State.REOPENED, progress=replace(concern.progress, reopened_day=TODAY))
    assert (follow_view(reopened, ViewFact(4, View.GIVEN, on)) is not None) is counts


@given(st.permutations([ViewFact(1, View.NONE_GIVEN, TODAY), ViewFact(2, None, TODAY), ViewFact(2, None, TODAY)]))
def test_a_view_that_a_review_took_back_carries_no_step(facts: list[ViewFact]) -> None:
    progress = followed(a_concern(), *facts).progress
    assert (progress.view, progress.view_document, progress.view_version) == (None, "", 2)
    again = followed(a_concern(), *facts, ViewFact(3, View.GIVEN, TODAY))
    assert again.progress.view is View.GIVEN
