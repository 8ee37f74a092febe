"""A review of the required action is one matter: evidence keeps it, and the concern goes by it (R81, P11).

The kind that this file closes: a guard that reads what somebody typed about a person, beside a record that says
otherwise.
"""

import random
from datetime import timedelta
from typing import Any

import pytest
from psmf.evidence.v1 import development_plans_pb2 as pb
from psmf.evidence.v1 import times_away_pb2
from psmf.rules.v1 import concern_moves_pb2 as moves
from psmf.rules.v1 import rules_pb2 as rules

from services.platform.calls.wire import from_date, to_date
from tests.answers import refused
from tests.between.approach.matter import MANAGER, SAFEGUARDER, SENIOR, TEAM, Matter
from tests.between.together import Together
from tests.builders import a_request_id

CLOSE, EXTEND = pb.ActionReview.FOLLOWS_CLOSE, pb.ActionReview.FOLLOWS_EXTEND


class Required(Matter):
    """A concern with a required action whose day has passed."""

    def __init__(self, running: Together) -> None:
        super().__init__(running)
        self.require()
        due_on = from_date(self.action(), "due_date")
        assert due_on is not None
        running.until(due_on + timedelta(days=7))  # the office is closed around New Year

    def action(self) -> pb.Action:
        return next(each for each in self.plan().actions if each.concern == self.name)

    def hold(self, **found: Any) -> pb.ActionReview:
        action = self.action()
        reviewed = pb.ActionReview.ReviewedAction(action=action.name, etag=action.etag, **found)
        what: dict[str, Any] = {"actions": [reviewed], "words": "A file was left in the car again."}
        follows = EXTEND if "extended_date" in found else CLOSE
        day = to_date(self.running.today)
        held: pb.ActionReview = self.call(
            "HoldActionReview", MANAGER, parent=SAFEGUARDER, held_date=day, follows=[follows], **what
        )
        return held

    def correct(self, review: pb.ActionReview, outcome: Any) -> None:
        reviewed = pb.ActionReview.ReviewedAction(action=review.actions[0].action, outcome=outcome)
        what: dict[str, Any] = {"actions": [reviewed], "words": "It was another file.", "because": "The log."}
        what |= {"held_date": review.held_date, "follows": [CLOSE], "etag": review.etag}
        self.call("CorrectActionReview", MANAGER, name=review.name, **what)

    def escalate(self) -> rules.Concern:
        return self.move("EscalateConcern", SENIOR, moves)


@pytest.fixture
def matter(suite_together: Together) -> Required:
    return suite_together.begun(Required)


def test_a_concern_is_escalated_only_after_a_review_that_the_record_keeps(matter: Required) -> None:
    assert matter.concern().state == rules.Concern.STATE_ACTION_REVIEW, "the calendar opened it"
    assert refused(matter.escalate).metadata["guard"] == "review_held"
    review = matter.hold(outcome=pb.Action.STATE_NOT_MET)
    course = matter.concern().course
    assert (course.review_outcome, course.action_review) == (moves.REVIEW_OUTCOME_NOT_MET, review.name)
    assert course.supports_standing == moves.SUPPORTS_STANDING_COMPLETE
    assert matter.escalate().state == rules.Concern.STATE_ESCALATED


def test_a_corrected_outcome_undoes_the_escalation(matter: Required) -> None:
    review = matter.hold(outcome=pb.Action.STATE_NOT_MET)
    matter.escalate()
    matter.correct(review, pb.Action.STATE_MET)
    assert matter.concern().state == rules.Concern.STATE_ACTION_REVIEW
    assert refused(matter.escalate).metadata["guard"] == "not_met"


def test_more_time_makes_it_a_required_action_again(matter: Required) -> None:
    matter.hold(extended_date=matter.day(60))
    assert matter.concern().state == rules.Concern.STATE_REQUIRED_ACTION
    assert matter.concern().course.due_date == matter.day(60)


def test_what_could_not_be_done_counts_against_nobody(matter: Required) -> None:
    matter.hold(outcome=pb.Action.STATE_NOT_POSSIBLE)
    assert matter.concern().state == rules.Concern.STATE_IN_SUPPORT


def test_an_action_that_ended_without_a_review_is_reviewed_all_the_same(matter: Required) -> None:
    action, outcome = matter.action(), pb.Action.STATE_NOT_MET
    matter.call("CloseAction", MANAGER, name=action.name, outcome=outcome, words="Seen.", etag=action.etag)
    assert refused(matter.escalate).metadata["guard"] == "review_held"
    matter.hold(outcome=outcome)
    assert matter.escalate().state == rules.Concern.STATE_ESCALATED


def test_what_comes_late_and_twice_ends_in_the_same_state(matter: Required) -> None:
    matter.running.held_back.add(("rules", "evidence"))
    review = matter.hold(outcome=pb.Action.STATE_NOT_MET)
    matter.correct(review, pb.Action.STATE_PARTLY_MET)
    matter.running.held_back.clear()
    matter.running.settle()
    matter.running.deliver_again("rules", "evidence", random.Random(7))
    matter.running.settle()
    course = matter.concern().course
    assert (matter.concern().state, course.review_outcome) == (
        rules.Concern.STATE_ACTION_REVIEW,
        moves.REVIEW_OUTCOME_PARTLY,
    )


def leave(matter: Required, first: int, last: int | None, **changes: Any) -> times_away_pb2.TimeAway:
    """Record a leave between two days from today, or correct one. `last`: None while nobody knows it."""
    end = {} if last is None else {"end_date": matter.day(last)}
    kind = times_away_pb2.TIME_AWAY_KIND_LEAVE
    request = times_away_pb2.RecordTimeAwayRequest(
        parent=SAFEGUARDER, kind=kind, start_date=matter.day(first), request_id=a_request_id(), **end | changes
    )
    away: times_away_pb2.TimeAway = matter.running.times_away.RecordTimeAway(request, **matter.running.as_(TEAM))
    matter.running.settle()
    return away


@pytest.mark.parametrize("late", [None, ("rules", "evidence"), ("scheduling", "evidence"), ("evidence", "scheduling")])
def test_a_leave_that_is_recorded_late_undoes_a_review_that_was_held_in_it(
    matter: Required, late: tuple[str, str] | None
) -> None:
    """P11: time stood still on the day of the review. News in any order. A leave that is cancelled moves nothing."""
    due = matter.concern().course.due_date
    matter.hold(outcome=pb.Action.STATE_NOT_MET)
    if late:
        matter.running.held_back.add(late)
    away = leave(matter, -8, 13).name.rsplit("/", 1)[1]
    matter.running.held_back.clear()
    matter.running.settle()
    if late:
        matter.running.deliver_again(*late, random.Random(7))
        matter.running.settle()
    assert matter.concern().course.due_date != due
    assert refused(matter.escalate).metadata["guard"] == "review_after_time"
    leave(matter, -8, 13, time_away_id=away, cancelled=True)
    assert matter.concern().course.due_date == due
    leave(matter, -8, None)
    assert matter.concern().course.due_date == due, "nobody knows the day while nobody knows the end of the leave"
    assert refused(matter.escalate).metadata["guard"] == "review_after_time"


def test_a_later_review_carries_the_escalation_that_a_leave_held_back(matter: Required) -> None:
    """A leave after the day of the action changes nothing, and neither does one that is cancelled."""
    matter.hold(outcome=pb.Action.STATE_NOT_MET)
    away = leave(matter, -8, 13).name.rsplit("/", 1)[1]
    matter.running.days(40)
    assert refused(matter.escalate).metadata["guard"] == "review_after_time"
    matter.hold(outcome=pb.Action.STATE_NOT_MET)
    leave(matter, -48, -27, time_away_id=away, cancelled=True)
    leave(matter, 0, None)
    assert matter.escalate().state == rules.Concern.STATE_ESCALATED
