"""The one whose turn it is is told, at once and around the day, by what evidence and scheduling really send.

The kind that this file closes: one service changes what it sends, and somebody is told of nothing, twice, or of what is
no longer so.
"""

import random
from datetime import timedelta
from typing import Any

import pytest
from psmf.evidence.v1 import development_plans_pb2 as pb
from psmf.notifications.v1 import notifications_pb2 as inbox
from psmf.scheduling.v1 import duties_pb2

from services.calendar_days import WorkingCalendar, add_working_days
from services.platform.calls.wire import from_date, to_date
from tests.between.plans.test_duties_follow_plans import ANSWERS, PERSON, SAFEGUARDER, TEAM, Planning
from tests.between.together import Together

MANAGER = "manager-one"
SUBJECT = inbox.Notification.Subject


class Telling(Planning):
    """A plan in which some time passes before each act, so that the list of messages is in the order of the acts."""

    def call(self, method: str, person: str, **fields: Any) -> Any:
        self.running.pass_time(timedelta(seconds=1))
        return super().call(method, person, **fields)


@pytest.fixture
def planning(suite_together: Together) -> Planning:
    return suite_together.begun(Telling)


def told(planning: Planning) -> list[tuple[str, str]]:
    """Return who was told of what in the plan, first to last."""
    request = inbox.ListNotificationsRequest(parent=SAFEGUARDER, page_size=500)
    listed = planning.running.notifications.ListNotifications(request, **planning.running.as_(TEAM)).notifications
    said = [(one.recipient, SUBJECT.Name(one.subject).removeprefix("SUBJECT_").lower()) for one in reversed(listed)]
    left_out = ("session", "plan_due", "readiness_open")
    return [(who, what) for who, what in said if what != "unspecified" and not what.startswith(left_out)]


def test_each_turn_of_an_action_is_told_to_the_other_side(planning: Planning) -> None:
    action = planning.propose()
    answer = {"answer": ANSWERS.ANSWER_NOT_AGREED, "words": "I do so already."}
    planning.call("AnswerAction", PERSON, name=action.name, etag=action.etag, **answer)
    (proposed,) = planning.plan().actions
    planning.call("SetAction", MANAGER, name=action.name, because="Two colleagues asked.", etag=proposed.etag)
    (opened,) = planning.plan().actions
    planning.call("OfferCompletion", PERSON, name=action.name, words="Done.", etag=opened.etag)
    planning.end(pb.Action.STATE_MET)
    assert told(planning) == [
        (PERSON, "action_to_answer"),
        (MANAGER, "action_answered"),
        (PERSON, "action_set"),
        (MANAGER, "action_done"),
        (PERSON, "action_ended"),
    ]


def test_more_time_is_told_to_the_safeguarder_and_an_old_answer_to_nobody(planning: Planning) -> None:
    planning.agree(planning.propose())
    (opened,) = planning.plan().actions
    planning.call("OfferCompletion", PERSON, name=opened.name, words="Done.", etag=opened.etag)
    (done,) = planning.plan().actions
    later = {"due_date": to_date(planning.running.today + timedelta(days=60)), "words": "One is missing."}
    planning.call("ChangeActionDate", MANAGER, name=done.name, etag=done.etag, **later)
    assert told(planning) == [
        (PERSON, "action_to_answer"),
        (MANAGER, "action_answered"),
        (MANAGER, "action_done"),
        (PERSON, "action_moved"),
    ]


def test_an_action_of_the_managers_own_is_looked_at_by_the_team(planning: Planning) -> None:
    """Nobody looks at their own. The Safeguarder is told that it is said to be done."""
    planning.agree(planning.propose(owner=pb.Action.OWNER_SUPPORT_MANAGER))
    (opened,) = planning.plan().actions
    planning.call("OfferCompletion", MANAGER, name=opened.name, words="Done.", etag=opened.etag)
    assert told(planning)[2:] == [(PERSON, "action_done")]
    assert planning.duties()["look_at_completion"].owed_by == duties_pb2.Duty.OWED_BY_PANEL_TEAM


def test_what_the_safeguarder_proposes_is_told_to_the_manager_and_answered_to_them(planning: Planning) -> None:
    fields = {"kind": pb.Action.KIND_REFLECT, "purpose": pb.Action.PURPOSE_MAINTAIN, "standard": "S1"}
    words = {"aim": "To plan each visit.", "measure": "A plan.", "owner": pb.Action.OWNER_SAFEGUARDER}
    due = to_date(planning.running.today + timedelta(days=40))
    own = planning.call("CreateAction", PERSON, parent=SAFEGUARDER, due_date=due, **fields, **words)
    planning.call("AnswerAction", MANAGER, name=own.name, answer=ANSWERS.ANSWER_AGREED, etag=own.etag)
    assert told(planning) == [(MANAGER, "action_to_answer"), (PERSON, "action_answered")]


def test_each_turn_of_a_support_is_told(planning: Planning) -> None:
    planning.accept_a_support(promised_in=40)
    (support,) = planning.plan().supports
    given = {"outcome": pb.Support.STATE_DELIVERED, "delivered_date": to_date(planning.running.today)}
    delivered = planning.call("RecordSupport", TEAM, name=support.name, etag=support.etag, **given)
    no = {"received": pb.Support.RECEIVED_NO, "words": "Nobody came."}
    planning.call("ConfirmSupport", PERSON, name=support.name, etag=delivered.etag, **no)
    assert told(planning) == [
        (PERSON, "support_to_answer"),
        (MANAGER, "support_answered"),
        (PERSON, "support_received"),
        (MANAGER, "support_not_received"),
    ]


def test_an_answer_that_somebody_else_entered_is_told_to_the_safeguarder(planning: Planning) -> None:
    """R76: nobody answers in their name without their knowing of it."""
    offer = {"kind": pb.Support.KIND_MENTORING, "supported": [planning.need], "words": "A mentor."}
    today = to_date(planning.running.today)
    support = planning.call("OfferSupport", MANAGER, parent=SAFEGUARDER, discussed_date=today, **offer)
    declined = pb.AnswerSupportRequest.ANSWER_DECLINED
    planning.call("AnswerSupport", MANAGER, name=support.name, answer=declined, words="No.", etag=support.etag)
    assert told(planning) == [(PERSON, "support_to_answer"), (PERSON, "support_answer_entered")]


def test_an_action_is_asked_for_around_its_day_as_moved_and_then_talked_about(planning: Planning) -> None:
    """Record 3.1, 3.2: nobody is asked while it stands still, and the steps go with the day."""
    running = planning.running
    planning.agree(planning.propose(due_in=45))
    planning.accept_a_support(promised_in=10)
    running.days(12)
    before = told(planning)
    assert planning.plan().actions[0].stands_still
    assert not [what for _, what in before if what == "action_due"]
    (support,) = planning.plan().supports
    given = {"outcome": pb.Support.STATE_DELIVERED, "delivered_date": to_date(running.today)}
    planning.call("RecordSupport", TEAM, name=support.name, etag=support.etag, **given)
    due = from_date(planning.plan().actions[0], "due_date")
    assert due is not None
    running.until(add_working_days(WorkingCalendar.OFFICE, due, -6))
    assert not [what for _, what in told(planning) if what == "action_due"]
    running.until(add_working_days(WorkingCalendar.OFFICE, due, 20))
    of_the_action = [(who, what) for who, what in told(planning) if what.startswith("action_")][2:]
    assert of_the_action[:3] == [(PERSON, "action_due")] * 3
    talk = of_the_action[3:]
    assert [what for who, what in talk if who == PERSON] == ["action_review_opened"], (
        "once: what is due is a talk (R81)"
    )
    assert {what for who, what in talk if who != PERSON} == {"action_review_due"}
    assert (MANAGER, "action_review_due") in talk


def test_events_that_come_again_in_any_order_tell_nobody_again(planning: Planning) -> None:
    """Record 8, newest_version_everywhere."""
    running, choices = planning.running, random.Random(16)
    planning.agree(planning.propose())
    planning.accept_a_support(promised_in=7)
    running.days(10)
    before = told(planning)
    for source in ("evidence", "scheduling"):
        running.deliver_again("notifications", source, choices)
    running.restart("notifications")
    running.settle()
    assert told(planning) == before
