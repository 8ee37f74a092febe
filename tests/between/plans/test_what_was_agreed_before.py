"""A Team that reports what was agreed before keeps its own delays, and tells nobody (record 0.13, 3.2).

The kind that this closes: what is entered later as history starts clocks or messages of days gone by.
"""

from collections import Counter
from datetime import timedelta
from typing import Any

import pytest
from psmf.evidence.v1 import development_plans_pb2 as pb
from psmf.notifications.v1 import notifications_pb2 as messages

from services.platform.calls.wire import from_date, to_date
from tests.answers import refused
from tests.between.plans.test_duties_follow_plans import SAFEGUARDER, TEAM, Planning
from tests.between.together import Together


@pytest.fixture
def planning(suite_together: Together) -> Planning:
    return suite_together.begun(Planning)


def told(planning: Planning) -> Counter[str]:
    """Return how often somebody was told of a plan, by what."""
    request = messages.ListNotificationsRequest(parent=SAFEGUARDER, page_size=100)
    running = planning.running
    found = running.notifications.ListNotifications(request, **running.as_(TEAM)).notifications
    return Counter(messages.Notification.Subject.Name(each.subject) for each in found if each.subject)


def test_a_support_that_never_came_stops_a_reported_action_from_the_day_promised(planning: Planning) -> None:
    running, before = planning.running, told(planning)

    def ago(days: int) -> Any:
        return to_date(running.today - timedelta(days=days))

    opened = {"reported_open_date": ago(80), "reported_basis": pb.Action.BASIS_AGREED, "due_date": ago(10)}
    offered = {"kind": pb.Support.KIND_MENTORING, "supported": [planning.need], "words": "A mentor."}
    days = {"discussed_date": ago(85), "promised_date": ago(30), "reported_answer_date": ago(80)}
    answer = {"reported_answer": pb.AnswerSupportRequest.ANSWER_ACCEPTED}
    planning.call("OfferSupport", planning.manager, parent=SAFEGUARDER, **offered, **days, **answer)
    action = planning.propose(**opened)
    assert (action.state, action.reported, from_date(action, "open_date")) == (2, True, running.ago(80))
    running.days(1)
    (support,) = planning.plan().supports
    assert (support.late, support.reported, support.answer_entered_by) == (True, True, planning.manager)
    duties = planning.duties()
    assert duties["action"].standstill_reasons, "the Team owes, so its time stands still"
    assert duties["deliver_support"].overdue
    assert "review_action" not in duties
    assert refused(planning.end).reason == "SUPPORT_OWED"
    assert told(planning) - before <= Counter(SUBJECT_SUPPORT_DUE=3), "only the Team is asked, for what it owes"
