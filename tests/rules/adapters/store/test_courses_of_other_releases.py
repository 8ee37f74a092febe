"""Kind of fault: the release before stores a concern again, and its supports then no longer follow the register."""

import json
from dataclasses import replace
from typing import Any

import pytest

from services.rules.adapters.store.concerns import course_columns, read_course
from services.rules.domain.closed_lists import SupportAnswer, SupportGiven, SupportKind
from services.rules.domain.concerns.progress import Notice, Progress, Support, by_the_record
from tests.rules.builders import TODAY
from tests.rules.domain.concerns.builders import a_review, read_approach

OFFERED = Support(SupportKind.MODULE, TODAY, support_id="offered", version=1, promised_on=TODAY)
NONE_GIVEN = replace(OFFERED, answer=SupportAnswer.NONE_GIVEN, answered_on=TODAY, support_id="none-given", version=2)
GIVEN = replace(OFFERED, answer=SupportAnswer.ACCEPTED, answered_on=TODAY, support_id="given", version=3)
GIVEN = replace(GIVEN, given=SupportGiven.DELIVERED)
PROGRESS = Progress(supports=(OFFERED, NONE_GIVEN, GIVEN), view_document="reply", reopened_day=TODAY)
EARLIER = Progress(supports=(Support(SupportKind.MODULE, TODAY, SupportAnswer.ACCEPTED, TODAY),))
REQUIRED = by_the_record(replace(PROGRESS, approaches=(read_approach(),)))
REVIEWED = by_the_record(replace(REQUIRED, reviews=(a_review(on=TODAY, supports=None),)))
FIELDS = {"kind", "discussed_on", "answer", "answered_on"}
"""What the release before keeps of a support."""
ANSWERS = {None, "accepted", "declined", "unavailable"}
"""Its words for an answer. It cannot show a list of concerns with another one in it."""


def stored(progress: Progress) -> tuple[dict[str, Any], str | None]:
    """Return what the release before reads, and what it leaves alone."""
    course, whole = course_columns(progress)
    assert course is not None
    return json.loads(course), whole


def changed(**changes: Any) -> Progress:
    """Return the course once the release before has stored it with changes."""
    course, whole = stored(PROGRESS)
    return read_course(json.dumps(course | changes), whole)


def test_the_release_before_reads_every_course_and_takes_no_silence_for_an_answer() -> None:
    course, _ = stored(PROGRESS)
    assert [set(support) - FIELDS for support in course["supports"]] == [set(), set(), set()]
    assert [support.get("answer") for support in course["supports"]] == [None, None, "accepted"]
    assert {answer for support in course["supports"] if (answer := support.get("answer"))} <= ANSWERS
    assert set(course) == {"supports", "view_document"}


@pytest.mark.parametrize(
    "progress",
    [PROGRESS, REQUIRED, REVIEWED, EARLIER, Progress()],
    ids=["all of it", "a required action of the record", "a review of it", "of an earlier release", "none"],
)
def test_a_course_comes_back_as_it_was(progress: Progress) -> None:
    assert read_course(*course_columns(progress)) == progress


def test_what_the_release_before_knows_is_stored_once() -> None:
    assert course_columns(EARLIER)[1] is None


def test_what_people_did_after_going_back_holds_and_the_register_is_not_lost() -> None:
    day = TODAY.isoformat()
    after = changed(notice={"document": "notice", "served_on": day})
    assert after == replace(PROGRESS, notice=Notice("notice", TODAY))


def test_an_answer_that_was_recorded_after_going_back_holds() -> None:
    course, _ = stored(PROGRESS)
    answer = {"answer": "declined", "answered_on": TODAY.isoformat()}
    after = changed(supports=[course["supports"][0] | answer, *course["supports"][1:]])
    declined = replace(OFFERED, answer=SupportAnswer.DECLINED, answered_on=TODAY)
    assert after == replace(PROGRESS, supports=(declined, NONE_GIVEN, GIVEN))


def test_a_support_that_was_offered_after_going_back_stands_beside_the_others() -> None:
    course, _ = stored(PROGRESS)
    other = {"kind": "mentoring", "discussed_on": TODAY.isoformat()}
    after = changed(supports=[*course["supports"], other])
    assert after.supports == (*PROGRESS.supports, Support(SupportKind.MENTORING, TODAY))


def test_what_was_reopened_after_going_back_begins_again() -> None:
    course, whole = stored(PROGRESS)
    del course["supports"]
    assert read_course(json.dumps(course | {"reopened_on": "item"}), whole).supports == ()


def test_a_change_of_approach_is_a_notice_and_an_action_to_the_release_before_which_loses_nothing_of_it() -> None:
    course, whole = stored(REQUIRED)
    assert set(course["notice"]) == {"document", "served_on", "acknowledged_on"}
    assert set(course["action"]) == {"what", "required_on", "due_on"}
    assert "approaches" not in course
    viewed = read_course(json.dumps(course | {"view_document": "another"}), whole)
    assert viewed == replace(REQUIRED, view_document="another")


def test_a_review_of_the_record_is_one_of_before_to_the_release_before_which_loses_nothing_of_it() -> None:
    """It knows no action without supports. What it reads of one carries no escalation there."""
    without = by_the_record(replace(REVIEWED, supports=()))
    course, whole = stored(without)
    assert course["review"] == {"held_on": TODAY.isoformat(), "outcome": "not_met", "supports": "still_running"}
    assert "reviews" not in course
    viewed = read_course(json.dumps(course | {"view_document": "another"}), whole)
    assert viewed == replace(without, view_document="another")
