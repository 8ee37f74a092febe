"""A concern on two items, and what people do about a review of what it rests on, over gRPC."""

from collections import Counter
from datetime import timedelta
from typing import Any

from psmf.evidence.v1 import development_plans_pb2 as plans
from psmf.evidence.v1 import evidence_pb2 as items
from psmf.evidence.v1 import review_requests_pb2 as pb
from psmf.notifications.v1 import notifications_pb2 as messages
from psmf.rules.v1 import rules_pb2 as rules
from psmf.scheduling.v1 import duties_pb2 as duties

from services.platform.calls.wire import to_date
from tests.between.together import Together
from tests.builders import a_mapping, a_request_id

SAFEGUARDER, PERSON, TEAM, MANAGER, SENIOR, HEAD = (
    "safeguarders/sg-one",
    "person-one",
    "panel-team",
    "manager-one",
    "senior-manager",
    "senior-manager-head",
)
THEME = "same-theme-two-sources"
WORDS = "It was another hearing."
Request, Answer = pb.ReviewRequest, pb.AcceptReviewRequestRequest


class Asking:
    """A Safeguarder with a concern that rests on two items, from two sources."""

    def __init__(self, running: Together, *, with_concern: bool = True) -> None:
        self.running = running
        running.appoint("sg-one")
        self.first = self.an_item(items.EVIDENCE_SOURCE_REPORTER)
        if with_concern:
            self.second = self.an_item(items.EVIDENCE_SOURCE_PANEL_MEMBER)
        running.days(16)

    def an_item(self, source: Any, indicator: str = "S2.2") -> items.EvidenceItem:
        """Record and share an item that counts once the time to reply is over."""
        return self.running.share(self.running.record("sg-one", source=source, mappings=[a_mapping(indicator)]))

    def concern(self) -> rules.Concern | None:
        return self.running.open_concerns("sg-one").get(THEME)

    def closed(self) -> rules.Concern:
        request = rules.ListConcernsRequest(parent=SAFEGUARDER, include_closed=True)
        found = self.running.concerns.ListConcerns(request, **self.running.as_(TEAM)).concerns
        ended: rules.Concern = next(concern for concern in found if concern.rule == THEME)
        return ended

    def call(self, method: str, person: str, **fields: Any) -> Any:
        request = getattr(pb, f"{method}Request")(request_id=a_request_id(), **fields)
        answer = getattr(self.running.reviews, method)(request, **self.running.as_(person))
        self.running.settle()
        return answer

    def ask(self, target: str, person: str = PERSON, **fields: Any) -> pb.ReviewRequest:
        given: dict[str, Any] = {"parent": SAFEGUARDER, "grounds": [Request.GROUND_FACT_WRONG], "words": WORDS}
        asked: pb.ReviewRequest = self.call("CreateReviewRequest", person, target=target, **given | fields)
        return asked

    def read(self, name: str, person: str = PERSON) -> pb.ReviewRequest:
        request = pb.GetReviewRequestRequest(name=name)
        read: pb.ReviewRequest = self.running.reviews.GetReviewRequest(request, **self.running.as_(person))
        return read

    def moves(self, name: str, method: str, person: str, **fields: Any) -> pb.ReviewRequest:
        """Make a move on a request as it stands."""
        moved: pb.ReviewRequest = self.call(method, person, name=name, etag=self.read(name, TEAM).etag, **fields)
        return moved

    def accept(self, name: str, person: str = SENIOR, **fields: Any) -> pb.ReviewRequest:
        return self.moves(name, "AcceptReviewRequest", person, answer=Answer.ANSWER_ACCEPTED, **fields)

    def refuse(self, name: str, person: str = SENIOR) -> pb.ReviewRequest:
        return self.moves(name, "AcceptReviewRequest", person, answer=Answer.ANSWER_NOT_ACCEPTED, words=WORDS)

    def assign(self, name: str, reviewer: str = SENIOR, person: str = TEAM) -> pb.ReviewRequest:
        return self.moves(name, "AssignReviewRequest", person, reviewer=reviewer)

    def decide(self, name: str, decision: Any, person: str = SENIOR, **fields: Any) -> pb.ReviewRequest:
        return self.moves(name, "DecideReviewRequest", person, decision=decision, reasons=WORDS, **fields)

    def decided(self, name: str, decision: Any, **fields: Any) -> pb.ReviewRequest:
        """Take a request all the way."""
        self.accept(name, words=WORDS)
        self.assign(name)
        return self.decide(name, decision, **fields)

    def duties(self) -> dict[int, duties.Duty]:
        request = duties.ListDutiesRequest(parent=SAFEGUARDER)
        found = self.running.duties.ListDuties(request, **self.running.as_(TEAM)).duties
        return {duty.kind: duty for duty in found}

    def told(self) -> Counter[tuple[str, str]]:
        """Return who was told what of reviews."""
        request = messages.ListNotificationsRequest(parent=SAFEGUARDER, page_size=500)
        found = self.running.notifications.ListNotifications(request, **self.running.as_(TEAM)).notifications
        words = messages.Notification.Subject
        named = ((one.recipient, words.Name(one.subject).removeprefix("SUBJECT_")) for one in found)
        return Counter((who, what) for who, what in named if what.startswith("REVIEW_"))

    def an_action(self, **fields: Any) -> plans.Action:
        """Have both sides agree an action of the Safeguarder's for the concern."""
        kinds, concern = plans.Action, self.concern()
        assert concern is not None
        given: dict[str, Any] = {
            "kind": kinds.KIND_CHANGE_PRACTICE,
            "purpose": kinds.PURPOSE_IMPROVE,
            "standard": "S2",
            "aim": "Each child is met.",
            "measure": "Each report says when.",
            "owner": kinds.OWNER_SAFEGUARDER,
            "due_date": to_date(self.running.today + timedelta(days=30)),
            "concern": concern.name,
        }
        request = plans.CreateActionRequest(parent=SAFEGUARDER, request_id=a_request_id(), **given | fields)
        action = self.running.plans.CreateAction(request, **self.running.as_(MANAGER))
        agreed = plans.AnswerActionRequest.ANSWER_AGREED
        answer = plans.AnswerActionRequest(name=action.name, answer=agreed, etag=action.etag, request_id=a_request_id())
        opened: plans.Action = self.running.plans.AnswerAction(answer, **self.running.as_(PERSON))
        self.running.settle()
        return opened
