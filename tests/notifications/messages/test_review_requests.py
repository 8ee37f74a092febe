"""Who is told of a review that a Safeguarder asks for: both sides and its reviewer, and never why (record 6)."""

import random
from dataclasses import replace
from datetime import timedelta

import pytest

from services.notifications.domain.notification import Subject
from services.notifications.domain.review_news import (
    ForTheAssigner,
    ForTheReviewer,
    ForTheReviewerBefore,
    ForTheSides,
    RequestStands,
    ReviewRequest,
)
from tests.notifications.office import TODAY


def a_request(stands: str, version: int = 1, *, entered: bool = False, reviewer: str = "") -> ReviewRequest:
    due_on = TODAY + timedelta(days=20) if stands == "assigned" else None
    return ReviewRequest("sg-one", "r1", version, RequestStands(stands), entered, reviewer, due_on)


def told(request: ReviewRequest, *, to_the_person: bool) -> Subject | None:
    line = ForTheSides(request, to_the_person).line(TODAY)
    return line.subject if line else None


@pytest.mark.parametrize(
    ("stands", "person", "manager"),
    [
        ("submitted", None, Subject.REVIEW_OPENED),
        ("not_accepted", Subject.REVIEW_NOT_ACCEPTED, Subject.REVIEW_NOT_ACCEPTED),
        ("decided", Subject.REVIEW_DECIDED, Subject.REVIEW_DECIDED),
        ("withdrawn", None, Subject.REVIEW_WITHDRAWN),
        ("otherwise", None, None),
    ],
)
def test_both_sides_are_told_but_of_what_they_did_themselves(
    stands: str, person: Subject | None, manager: Subject | None
) -> None:
    request = a_request(stands)
    assert (told(request, to_the_person=True), told(request, to_the_person=False)) == (person, manager)


def test_the_safeguarder_is_told_of_a_request_that_somebody_entered_for_them() -> None:
    assert told(a_request("submitted", entered=True), to_the_person=True) is Subject.REVIEW_OPENED


def test_the_reviewer_is_told_by_when_to_decide_and_another_one_is_told_again() -> None:
    line = ForTheReviewer(a_request("assigned", 3, reviewer="senior")).line(TODAY)
    assert line is not None
    assert (line.subject, line.answer_by_on) == (Subject.REVIEW_TO_DECIDE, TODAY + timedelta(days=20))
    first, second = (ForTheReviewer(a_request("assigned", 3, reviewer=person)).news for person in ("senior", "head"))
    assert first != second
    assert ForTheReviewer(a_request("accepted")).line(TODAY) is None


def test_who_waits_for_a_review_that_went_up_a_level_is_told_and_so_is_who_takes_it_on() -> None:
    up = replace(a_request("assigned", 5, reviewer="head"), moved_up=1, reviewer_before="senior")
    assert told(up, to_the_person=True) is told(up, to_the_person=False) is Subject.REVIEW_MOVED_UP
    assert ForTheSides(up, to_the_person=True).news != ForTheSides(replace(up, moved_up=2), to_the_person=True).news
    (taken_on, taken_from) = (each(up).line(TODAY) for each in (ForTheReviewer, ForTheReviewerBefore))
    assert taken_on is not None
    assert taken_from is not None
    assert (taken_on.subject, taken_from.subject) == (Subject.REVIEW_TO_DECIDE, Subject.REVIEW_MOVED_UP)
    assert ForTheAssigner(up).line(TODAY) is None
    unassigned = ForTheAssigner(replace(a_request("submitted", 2), moved_up=1, assigner="head")).line(TODAY)
    assert unassigned is not None
    assert unassigned.subject is Subject.REVIEW_TO_ASSIGN
    over = replace(up, stands=RequestStands.DECIDED)
    assert told(over, to_the_person=True) is Subject.REVIEW_DECIDED
    assert ForTheReviewerBefore(over).line(TODAY) is None


def test_steps_that_change_nothing_for_a_side_are_no_news() -> None:
    states = ["submitted", "accepted", "assigned"]
    random.Random(1).shuffle(states)
    assert len({ForTheSides(a_request(state), to_the_person=False).news for state in states}) == 1
