"""A review of actions is one matter: its duty ends, its actions end or move, and both sides are told (R81).

The kind that this file closes: a talk that is owed, held and told in three services, of which one does not know.
"""

import random
from datetime import timedelta
from typing import Any

import pytest
from psmf.evidence.v1 import development_plans_pb2 as pb
from psmf.evidence.v1 import evidence_pb2 as items
from psmf.evidence.v1 import times_away_pb2
from psmf.notifications.v1 import notifications_pb2 as messages

from services.platform.calls.wire import to_date
from tests.answers import refused
from tests.between.plans.test_duties_follow_plans import PERSON, SAFEGUARDER, Planning
from tests.between.together import Together
from tests.builders import a_request_id

MANAGER = "manager-one"
WORDS, THEIRS = "Two plans are not on file.", "I was at another hearing that week."
REVIEWED = pb.ActionReview.ReviewedAction


class Talk(Planning):
    """A Safeguarder with an action whose day has passed, so that a talk about it is owed."""

    def __init__(self, running: Together) -> None:
        super().__init__(running)
        self.agree(self.propose())
        due_on = self.due()[1]
        assert due_on is not None
        running.until_after(due_on)

    def call(self, method: str, person: str, **fields: Any) -> Any:
        self.running.pass_time(timedelta(seconds=1))  # so that messages are listed in the order of the acts
        return super().call(method, person, **fields)

    def hold(self, **found: Any) -> pb.ActionReview:
        action = self.plan().actions[0]
        follows = pb.ActionReview.FOLLOWS_EXTEND if "extended_date" in found else pb.ActionReview.FOLLOWS_CLOSE
        reviewed = REVIEWED(action=action.name, etag=action.etag, **found)
        day = {"held_date": to_date(self.running.today), "words": WORDS, "follows": [follows]}
        review: pb.ActionReview = self.call("HoldActionReview", MANAGER, parent=SAFEGUARDER, actions=[reviewed], **day)
        return review

    def told(self) -> list[tuple[str, str]]:
        request = messages.ListNotificationsRequest(parent=SAFEGUARDER, page_size=100)
        found = self.running.notifications.ListNotifications(request, **self.running.as_("panel-team")).notifications
        word = messages.Notification.Subject.Name
        said = [(each.recipient, word(each.subject)[len("SUBJECT_ACTION_") :].lower()) for each in reversed(found)]
        return [(person, subject) for person, subject in said if subject.startswith("review_") and "due" not in subject]

    def outcomes(self) -> list[Any]:
        kind = items.EVIDENCE_KIND_ACTION_OUTCOME
        request = items.ListEvidenceItemsRequest(parent=SAFEGUARDER, kind=kind, page_size=100)
        listed = self.running.evidence.ListEvidenceItems(request, **self.running.as_("panel-team")).evidence_items
        return [(item.state, item.action_outcome.outcome) for item in listed]


@pytest.fixture
def talk(suite_together: Together) -> Talk:
    return suite_together.begun(Talk)


def test_a_talk_is_told_owed_and_kept_and_the_action_ends_with_one_item(talk: Talk) -> None:
    assert set(talk.duties()) == {"action", "review_action"}
    assert talk.told() == [(PERSON, "review_opened")], "they are told that it is a talk (R81)"
    review = talk.hold(outcome=pb.Action.STATE_NOT_MET)
    assert talk.duties() == {}
    assert talk.plan().actions[0].state == pb.Action.STATE_NOT_MET
    assert talk.outcomes() == [(items.ITEM_STATE_CURRENT, pb.Action.STATE_NOT_MET)]
    talk.call("AnswerActionReview", PERSON, name=review.name, words=THEIRS, etag=review.etag)
    assert talk.told() == [(PERSON, "review_opened"), (PERSON, "review_held"), (MANAGER, "review_answered")]


def test_more_time_ends_the_duty_and_the_next_day_that_passes_opens_another_talk(talk: Talk) -> None:
    later = talk.running.today + timedelta(days=28)
    talk.hold(extended_date=to_date(later))
    assert set(talk.duties()) == {"action"}
    assert talk.due() == (later, later)
    assert talk.outcomes() == []
    talk.running.until_after(later)
    assert "review_action" in talk.duties()
    assert talk.told().count((PERSON, "review_opened")) == 2


def test_a_talk_does_not_wait_for_the_days_of_a_leave_that_is_recorded_late(talk: Talk) -> None:
    """P11: the day as moved by pauses holds. On the day of the talk the time was not over then."""
    leave = times_away_pb2.RecordTimeAwayRequest(
        parent=SAFEGUARDER,
        kind=times_away_pb2.TIME_AWAY_KIND_LEAVE,
        start_date=to_date(talk.running.today - timedelta(days=10)),
        end_date=to_date(talk.running.today - timedelta(days=5)),
        request_id=a_request_id(),
    )
    talk.running.times_away.RecordTimeAway(leave, **talk.running.as_("panel-team"))
    talk.running.settle()
    assert "review_action" not in talk.duties()
    assert refused(lambda: talk.hold(outcome=pb.Action.STATE_NOT_MET)).reason == "TIME_NOT_OVER"


def test_a_corrected_outcome_reaches_every_reader(talk: Talk) -> None:
    review = talk.hold(outcome=pb.Action.STATE_NOT_MET)
    met = REVIEWED(action=review.actions[0].action, outcome=pb.Action.STATE_MET)
    given: dict[str, Any] = {"name": review.name, "words": WORDS, "because": "The log.", "etag": review.etag}
    given |= {"held_date": review.held_date, "follows": [pb.ActionReview.FOLLOWS_CLOSE]}
    talk.call("CorrectActionReview", MANAGER, actions=[met], **given)
    assert talk.plan().actions[0].state == pb.Action.STATE_MET
    assert sorted(talk.outcomes()) == sorted(
        [
            (items.ITEM_STATE_SUPERSEDED, pb.Action.STATE_NOT_MET),
            (items.ITEM_STATE_CURRENT, pb.Action.STATE_MET),
        ]
    )
    assert talk.told()[-1] == (PERSON, "review_held")


@pytest.mark.parametrize("late", [("scheduling", "evidence"), ("notifications", "evidence"), ("rules", "evidence")])
def test_what_comes_late_and_twice_ends_in_the_same_state(talk: Talk, late: tuple[str, str]) -> None:
    talk.running.held_back.add(late)
    talk.hold(outcome=pb.Action.STATE_PARTLY_MET)
    talk.running.held_back.clear()
    talk.running.settle()
    talk.running.deliver_again(*late, random.Random(7))
    talk.running.settle()
    assert talk.duties() == {}
    assert talk.told() == [(PERSON, "review_opened"), (PERSON, "review_held")]
