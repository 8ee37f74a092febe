"""A concern that somebody works on with support, and what people do about it over gRPC."""

from datetime import timedelta
from typing import Any

from psmf.evidence.v1 import approach_changes_pb2 as changes
from psmf.evidence.v1 import development_plans_pb2 as pb
from psmf.evidence.v1 import evidence_pb2 as items
from psmf.notifications.v1 import notifications_pb2 as messages
from psmf.rules.v1 import rules_pb2 as rules
from psmf.scheduling.v1 import duties_pb2 as duties

from services.platform.calls.wire import to_date
from tests.between.together import Together
from tests.builders import a_mapping, a_request_id

SAFEGUARDER, PERSON, TEAM, MANAGER, SENIOR = (
    "safeguarders/sg-one",
    "person-one",
    "panel-team",
    "manager-one",
    "senior-manager",
)
SAFETY: dict[str, Any] = {"evidence_class": items.EVIDENCE_CLASS_SAFETY, "mappings": [a_mapping("S5.1")]}
SUPPORT, ADVICE, REQUIRED = (
    changes.ApproachChange.APPROACH_SUPPORT,
    changes.ApproachChange.APPROACH_CLEAR_ADVICE,
    changes.ApproachChange.APPROACH_REQUIRED_ACTION,
)
EXPECTATION = "Each file is locked away after a visit."


class Matter:
    """A concern that somebody has taken on, with a support that was accepted and given."""

    def __init__(self, running: Together, *, answered: bool = True) -> None:
        self.running = running
        running.appoint("sg-one")
        running.record("sg-one", **SAFETY)
        running.settle()
        self.name = self.concern().name
        self.move("AcknowledgeConcern", next_date=to_date(running.today + timedelta(days=5)))
        offer: dict[str, Any] = {"kind": pb.Support.KIND_MODULE, "words": "A module.", "supported": [self.name]}
        self.offered = self.call("OfferSupport", MANAGER, parent=SAFEGUARDER, discussed_date=self.day(0), **offer)
        if answered:
            self.accept()

    @classmethod
    def of(cls, running: Together, name: str) -> "Matter":
        """Return a matter about a concern that is there already."""
        found = object.__new__(cls)
        found.running, found.name = running, name
        return found

    def day(self, ahead: int) -> Any:
        return to_date(self.running.today + timedelta(days=ahead))

    def concern(self) -> rules.Concern:
        return self.running.open_concerns("sg-one")["confidentiality"]

    def move(self, method: str, person: str = TEAM, of: Any = rules, **fields: Any) -> rules.Concern:
        request = getattr(of, f"{method}Request")(name=self.name, request_id=a_request_id(), **fields)
        answer: rules.Concern = getattr(self.running.concerns, method)(request, **self.running.as_(person))
        self.running.settle()
        return answer

    def call(self, method: str, person: str, **fields: Any) -> Any:
        of = pb if hasattr(pb, f"{method}Request") else changes
        request = getattr(of, f"{method}Request")(request_id=a_request_id(), **fields)
        answer = getattr(self.running.plans, method)(request, **self.running.as_(person))
        self.running.settle()
        return answer

    def plan(self, person: str = TEAM) -> pb.DevelopmentPlan:
        read = pb.GetDevelopmentPlanRequest(name=f"{SAFEGUARDER}/developmentPlan")
        found: pb.DevelopmentPlan = self.running.plans.GetDevelopmentPlan(read, **self.running.as_(person))
        return found

    def accept(self) -> None:
        """Accept the support, and have it given."""
        answer: Any = {"name": self.offered.name, "answer": pb.AnswerSupportRequest.ANSWER_ACCEPTED}
        accepted = self.call("AnswerSupport", PERSON, etag=self.offered.etag, **answer)
        given: dict[str, Any] = {"outcome": pb.Support.STATE_DELIVERED, "delivered_date": self.day(0)}
        delivered = self.call("RecordSupport", MANAGER, name=self.offered.name, etag=accepted.etag, **given)
        received: dict[str, Any] = {"received": pb.Support.RECEIVED_YES, "etag": delivered.etag}
        self.call("ConfirmSupport", PERSON, name=self.offered.name, **received)

    def an_action(self, days: int = 60, kind: Any = pb.Action.KIND_CHANGE_PRACTICE) -> pb.Action:
        """Propose an action for the concern and have it agreed to."""
        what: dict[str, Any] = {"kind": kind, "purpose": pb.Action.PURPOSE_IMPROVE, "standard": "S5"}
        words: dict[str, Any] = {"aim": "Files are safe.", "measure": "A note of each visit says so."}
        owner = pb.Action.OWNER_SAFEGUARDER
        what |= {"owner": owner, "concern": self.name, "due_date": self.day(days), "again": True}
        proposed = self.call("CreateAction", MANAGER, parent=SAFEGUARDER, **what, **words)
        agreed = pb.AnswerActionRequest.ANSWER_AGREED
        opened: pb.Action = self.call("AnswerAction", PERSON, name=proposed.name, answer=agreed, etag=proposed.etag)
        return opened

    def serve(self, to: Any = REQUIRED, person: str = MANAGER, **fields: Any) -> changes.ApproachChange:
        """Serve a change of approach. Without other fields it is to required action."""
        words = {"expectation": EXPECTATION, "because": "A file was left in a car twice."}
        what: dict[str, Any] = {"parent": SAFEGUARDER, "concerns": [self.name], "to_approach": to}
        what |= {"how": changes.ApproachChange.HOW_CONSOLE, "discussed_date": self.day(0)}
        if to == REQUIRED:
            what["skip_because"] = "The module said it already."
        served: changes.ApproachChange = self.call("ChangeApproach", person, **words | what | fields)
        return served

    def change(self, person: str = TEAM) -> changes.ApproachChange:
        """Return the change that applies, or else the newest."""
        return self.plan(person).approach_changes[0]

    def acknowledge(self) -> changes.ApproachChange:
        """Acknowledge the change that applies, as the Safeguarder."""
        known = self.change(PERSON)
        read: changes.ApproachChange = self.call("AcknowledgeApproach", PERSON, name=known.name, etag=known.etag)
        return read

    def end(self, outcome: Any, person: str = MANAGER) -> changes.ApproachChange:
        """End the change that applies."""
        known = self.change()
        what: dict[str, Any] = {"outcome": outcome, "words": "We spoke of it.", "etag": known.etag}
        ended: changes.ApproachChange = self.call("EndApproach", person, name=known.name, **what)
        return ended

    def require(self, days: int = 60) -> None:
        """Take the concern as far as a required action."""
        self.serve(actions=[self.an_action(days).name])
        self.acknowledge()

    def duty(self, kind: Any = duties.Duty.KIND_ACKNOWLEDGE_APPROACH) -> duties.Duty | None:
        request = duties.ListDutiesRequest(parent=SAFEGUARDER)
        found = self.running.duties.ListDuties(request, **self.running.as_(MANAGER)).duties
        return next((each for each in found if each.kind == kind), None)

    def told(self, what: str = "APPROACH") -> list[tuple[str, str]]:
        request = messages.ListNotificationsRequest(parent=SAFEGUARDER, page_size=100)
        found = self.running.notifications.ListNotifications(request, **self.running.as_(TEAM)).notifications
        word = messages.Notification.Subject.Name
        return [(each.recipient, word(each.subject)[8:]) for each in found if what in word(each.subject)]
