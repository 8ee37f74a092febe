"""A support for a concern is one matter: evidence keeps it, and the concern in rules stands as it says (R76, R80).

The kind that this file closes: a word that somebody typed into a concern, beside another truth. A concern could go
further while the Team still owed the support that it was waiting for.
"""

from datetime import timedelta
from typing import Any

import pytest
from psmf.evidence.v1 import development_plans_pb2 as pb
from psmf.evidence.v1 import evidence_pb2 as items
from psmf.rules.v1 import concern_moves_pb2 as moves
from psmf.rules.v1 import rules_pb2 as rules

from services.platform.calls.wire import to_date
from tests.answers import refused
from tests.between.approach import matter as approach
from tests.between.together import Together
from tests.builders import a_mapping, a_request_id

SAFEGUARDER, PERSON, TEAM, MANAGER = "safeguarders/sg-one", "person-one", "panel-team", "manager-one"
SAFETY: dict[str, Any] = {"evidence_class": items.EVIDENCE_CLASS_SAFETY, "mappings": [a_mapping("S5.1")]}
State = pb.Support.State


class Matter:
    """A concern that somebody has taken on, and a support that is offered for it."""

    def __init__(self, running: Together) -> None:
        self.running = running
        running.appoint("sg-one")
        running.record("sg-one", **SAFETY)
        running.settle()
        self.name = self.concern().name
        self.move("AcknowledgeConcern", TEAM, rules, next_date=to_date(running.today + timedelta(days=5)))
        today, promised = (to_date(running.today + timedelta(days=days)) for days in (0, 14))
        offer: dict[str, Any] = {"kind": pb.Support.KIND_MODULE, "words": "A module.", "supported": [self.name]}
        days: dict[str, Any] = {"discussed_date": today, "promised_date": promised}
        self.offered = self.plan("OfferSupport", MANAGER, parent=SAFEGUARDER, **offer, **days)

    def concern(self) -> rules.Concern:
        return self.running.open_concerns("sg-one")["confidentiality"]

    def move(self, method: str, person: str, of: Any = moves, **fields: Any) -> rules.Concern:
        request = getattr(of, f"{method}Request")(name=self.name, request_id=a_request_id(), **fields)
        answer: rules.Concern = getattr(self.running.concerns, method)(request, **self.running.as_(person))
        self.running.settle()
        return answer

    def plan(self, method: str, person: str, **fields: Any) -> pb.Support:
        request = getattr(pb, f"{method}Request")(request_id=a_request_id(), **fields)
        answer: pb.Support = getattr(self.running.plans, method)(request, **self.running.as_(person))
        self.running.settle()
        return answer

    def support(self, method: str, person: str, **fields: Any) -> pb.Support:
        read = pb.GetDevelopmentPlanRequest(name=f"{SAFEGUARDER}/developmentPlan")
        (known,) = self.running.plans.GetDevelopmentPlan(read, **self.running.as_(person)).supports
        return self.plan(method, person, name=known.name, etag=known.etag, **fields)

    def accept(self) -> pb.Support:
        return self.support("AnswerSupport", PERSON, answer=pb.AnswerSupportRequest.ANSWER_ACCEPTED)

    def require(self) -> None:
        """Take the concern as far as a required action, whose time passes."""
        matter = approach.Matter.of(self.running, self.name)
        matter.require(days=40)
        self.running.days(45)

    def review(self) -> pb.ActionReview:
        (action,) = approach.Matter.of(self.running, self.name).plan().actions
        outcome = pb.Action.STATE_NOT_MET
        reviewed = pb.ActionReview.ReviewedAction(action=action.name, outcome=outcome, etag=action.etag)
        what: dict[str, Any] = {"parent": SAFEGUARDER, "actions": [reviewed], "words": "No note is on file."}
        what |= {"held_date": to_date(self.running.today), "follows": [pb.ActionReview.FOLLOWS_CHANGE_APPROACH]}
        held: Any = self.plan("HoldActionReview", MANAGER, **what)
        review: pb.ActionReview = held
        return review


@pytest.fixture
def matter(suite_together: Together) -> Matter:
    return suite_together.begun(Matter)


def test_a_concern_waits_for_the_safeguarders_own_answer(matter: Matter) -> None:
    assert matter.concern().state == rules.Concern.STATE_IN_SUPPORT
    change = approach.Matter.of(matter.running, matter.name)
    assert refused(change.serve).reason == "SUPPORT_FIRST"
    matter.accept()
    change.serve()
    (support,) = matter.concern().course.supports
    assert support.support == matter.offered.name
    assert support.answer == moves.SUPPORT_ANSWER_ACCEPTED


def test_while_the_team_owes_the_support_the_required_action_stands_still(matter: Matter) -> None:
    matter.accept()
    matter.require()
    assert matter.concern().state == rules.Concern.STATE_REQUIRED_ACTION, "no time passes, so there is no review"
    assert refused(matter.review).reason == "SUPPORT_OWED"
    answer = refused(lambda: matter.move("EscalateConcern", "senior-manager"))
    assert answer.metadata["guard"] == "state"


def test_what_the_safeguarder_did_not_receive_holds_back_what_rested_on_it(matter: Matter) -> None:
    matter.accept()
    today = to_date(matter.running.today)
    matter.support("RecordSupport", MANAGER, outcome=State.STATE_DELIVERED, delivered_date=today)
    matter.require()
    matter.review()
    (support,) = matter.concern().course.supports
    assert support.given == moves.SUPPORT_GIVEN_DELIVERED
