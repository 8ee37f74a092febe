"""The Safeguarder's view of a concern is one matter: evidence keeps the words, rules close nothing without it.

The kind that this file closes: a guard that reads what somebody typed about a person, where the person's own words are
not kept anywhere. Nobody was told that they were asked, and silence could be entered on the same day.
"""

import random
from datetime import timedelta
from typing import Any

import pytest
from psmf.evidence.v1 import development_plans_pb2 as pb
from psmf.evidence.v1 import evidence_pb2 as items
from psmf.notifications.v1 import notifications_pb2 as messages
from psmf.rules.v1 import concern_moves_pb2 as moves
from psmf.rules.v1 import rules_pb2 as rules
from psmf.scheduling.v1 import duties_pb2 as duties

from services.platform.calls.wire import from_date, to_date
from tests.answers import refused
from tests.between.together import Together
from tests.builders import a_mapping, a_request_id

SAFEGUARDER, PERSON, MANAGER = "safeguarders/sg-one", "person-one", "manager-one"
SAFETY: dict[str, Any] = {"evidence_class": items.EVIDENCE_CLASS_SAFETY, "mappings": [a_mapping("S5.1")]}
WORDS = "I had no notice of the second hearing."
GIVEN, NONE = pb.GiveViewRequest.GIVEN_WORDS, pb.GiveViewRequest.GIVEN_NONE


class Matter:
    """A concern with a support that is offered, so that it is not closed without the Safeguarder's view."""

    def __init__(self, running: Together) -> None:
        self.running = running
        running.appoint("sg-one")
        running.record("sg-one", **SAFETY)
        running.settle()
        self.concern = running.open_concerns("sg-one")["confidentiality"].name
        self.name = self.concern.replace("/concerns/", "/views/")
        self.move("AcknowledgeConcern", next_date=to_date(running.today + timedelta(days=5)))
        given: dict[str, Any] = {"kind": pb.Support.KIND_MODULE, "supported": [self.concern]}
        self.call("OfferSupport", MANAGER, parent=SAFEGUARDER, discussed_date=to_date(running.today), **given)

    def move(self, method: str, person: str = "panel-team", **fields: Any) -> rules.Concern:
        request = getattr(rules, f"{method}Request")(name=self.concern, request_id=a_request_id(), **fields)
        answer: rules.Concern = getattr(self.running.concerns, method)(request, **self.running.as_(person))
        self.running.settle()
        return answer

    def close(self) -> rules.Concern:
        return self.move("CloseConcern", reason=rules.CONCERN_REASON_IMPROVED)

    def call(self, method: str, person: str, **fields: Any) -> Any:
        request = getattr(pb, f"{method}Request")(request_id=a_request_id(), **fields)
        answer = getattr(self.running.plans, method)(request, **self.running.as_(person))
        self.running.settle()
        return answer

    def view(self, method: str, person: str, **fields: Any) -> pb.View:
        known = self.plan(person).views
        etag = known[0].etag if known else ""
        answer: pb.View = self.call(method, person, name=self.name, etag=etag, **fields)
        return answer

    def plan(self, person: str) -> pb.DevelopmentPlan:
        read = pb.GetDevelopmentPlanRequest(name=f"{SAFEGUARDER}/developmentPlan")
        found: pb.DevelopmentPlan = self.running.plans.GetDevelopmentPlan(read, **self.running.as_(person))
        return found

    def duty(self) -> duties.Duty | None:
        request = duties.ListDutiesRequest(parent=SAFEGUARDER)
        found = self.running.duties.ListDuties(request, **self.running.as_(MANAGER)).duties
        return next((each for each in found if each.kind == duties.Duty.KIND_GIVE_VIEW), None)

    def told(self) -> list[tuple[str, str]]:
        request = messages.ListNotificationsRequest(parent=SAFEGUARDER, page_size=100)
        found = self.running.notifications.ListNotifications(request, **self.running.as_("panel-team")).notifications
        word = messages.Notification.Subject.Name
        return [(each.recipient, word(each.subject)[8:]) for each in found if "VIEW" in word(each.subject)]


def test_a_concern_is_closed_once_the_safeguarder_has_given_their_view(suite_together: Together) -> None:
    matter = suite_together.begun(Matter)
    assert refused(matter.close).reason == "MOVE_NOT_ALLOWED"
    matter.view("AskForView", MANAGER)
    assert refused(matter.close).metadata["guard"] == "safeguarders_view"
    duty = matter.duty()
    assert duty is not None, "a question is owed an answer, by a day"
    assert (duty.owed_by, duty.about) == (duties.Duty.OWED_BY_SAFEGUARDER, matter.name)
    matter.view("GiveView", PERSON, given=GIVEN, words=WORDS)
    assert matter.duty() is None
    assert sorted(matter.told()) == [(MANAGER, "VIEW_GIVEN"), (PERSON, "VIEW_TO_GIVE")]
    for person in (PERSON, MANAGER):
        assert [view.words for view in matter.plan(person).views] == [WORDS], "both sides read it"
    assert matter.close().state == rules.Concern.STATE_CLOSED


def test_silence_is_entered_only_after_the_time_to_answer_and_the_safeguarder_is_told(suite_together: Together) -> None:
    matter = suite_together.begun(Matter)
    asked = matter.view("AskForView", MANAGER)
    assert refused(lambda: matter.view("GiveView", MANAGER, given=NONE)).reason == "VIEW_TIME_RUNS"
    due_on = from_date(asked, "answer_due_date")
    assert due_on is not None
    suite_together.until(due_on + timedelta(days=1))
    matter.view("GiveView", MANAGER, given=NONE)
    assert (PERSON, "VIEW_ENTERED") in matter.told()
    assert matter.close().state == rules.Concern.STATE_CLOSED


def test_a_concern_that_ends_asks_nobody_any_more(suite_together: Together) -> None:
    matter = suite_together.begun(Matter)
    matter.view("AskForView", MANAGER)
    matter.move("DismissConcern", reason=rules.CONCERN_REASON_EXPLAINED)
    assert matter.duty() is None
    (view,) = matter.plan(PERSON).views
    assert view.state == pb.View.STATE_ENDED
    answer = refused(lambda: matter.view("GiveView", PERSON, given=GIVEN, words=WORDS))
    assert answer.reason == "CONCERN_NOT_OPEN"


@pytest.mark.parametrize("late", [("rules", "evidence"), ("scheduling", "evidence"), ("notifications", "evidence")])
def test_what_comes_late_twice_or_in_any_order_ends_in_the_same_state(
    suite_together: Together, late: tuple[str, str]
) -> None:
    matter = suite_together.begun(Matter)
    suite_together.held_back.add(late)
    matter.view("AskForView", MANAGER)
    matter.view("GiveView", PERSON, given=GIVEN, words=WORDS)
    suite_together.held_back.clear()
    suite_together.settle()
    suite_together.deliver_again(*late, random.Random(7))
    suite_together.settle()
    assert matter.duty() is None
    shown = matter.move("AcknowledgeConcern", next_date=to_date(suite_together.today + timedelta(days=9)))
    assert shown.course.view == moves.SAFEGUARDER_VIEW_GIVEN
    assert matter.close().state == rules.Concern.STATE_CLOSED
