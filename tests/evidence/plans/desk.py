"""Both sides at work on one plan, over gRPC."""

from datetime import UTC, datetime, timedelta
from typing import Any

from psmf.evidence.v1 import development_plans_pb2 as pb
from psmf.evidence.v1 import development_plans_pb2_grpc
from psmf.rules.v1 import events_pb2 as rules_events
from psmf.rules.v1 import rules_pb2
from psmf.scheduling.v1 import duties_pb2, scheduling_pb2
from psmf.scheduling.v1 import events_pb2 as scheduling_events

from services.platform.calls.wire import to_date, to_instant
from tests.builders import a_request_id, days_ago
from tests.databases import read_rows
from tests.evidence.conftest import Evidence
from tests.waiting import until

MANAGER, PERSON, TEAM, SENIOR = "manager-one", "person-one", "panel-team", "senior-manager"
PARENT = "safeguarders/sg-one"
KINDS, SUPPORTS = pb.Action, pb.Support


class Desk:
    """Both sides at work on the plan of one person."""

    def __init__(self, evidence: Evidence) -> None:
        self.evidence = evidence
        self.stub = development_plans_pb2_grpc.DevelopmentPlanServiceStub(evidence.channel)

    def call(self, method: str, person: str, **fields: Any) -> Any:
        """Make a command with a request id of its own. Dates are given as they are in Python."""
        request = getattr(pb, f"{method}Request")(request_id=a_request_id(), **fields)
        return getattr(self.stub, method)(request, **self.evidence.as_(person))

    def plan(self, person: str = MANAGER) -> pb.DevelopmentPlan:
        """Return the plan as a person reads it."""
        request = pb.GetDevelopmentPlanRequest(name=f"{PARENT}/developmentPlan")
        found: pb.DevelopmentPlan = self.stub.GetDevelopmentPlan(request, **self.evidence.as_(person))
        return found

    def need(self, person: str = PERSON, **fields: Any) -> pb.Need:
        """Return a need that somebody has just named."""
        given = {"parent": PARENT, "standard": "S4", "words": "To speak with each agency.", "again": True} | fields
        named: pb.Need = self.call("CreateNeed", person, **given)
        return named

    def action(self, person: str = MANAGER, days: int = 60, **fields: Any) -> pb.Action:
        """Return an action that somebody has just proposed."""
        given = {
            "parent": PARENT,
            "kind": KINDS.KIND_CHANGE_PRACTICE,
            "purpose": KINDS.PURPOSE_IMPROVE,
            "standard": "S4",
            "aim": "Speak with each agency.",
            "measure": "Each report names them.",
            "owner": KINDS.OWNER_SAFEGUARDER,
            "due_date": to_date(days_ago(-days)),
            "again": True,
        }
        proposed: pb.Action = self.call("CreateAction", person, **given | fields)
        return proposed

    def agreed(self, action: pb.Action, person: str = PERSON) -> pb.Action:
        """Return an action to which the other side has agreed."""
        answer = pb.AnswerActionRequest.ANSWER_AGREED
        opened: pb.Action = self.call("AnswerAction", person, name=action.name, answer=answer, etag=action.etag)
        return opened

    def support(self, *supported: str, person: str = MANAGER) -> pb.Support:
        """Return a support that was offered just now."""
        offered: pb.Support = self.call(
            "OfferSupport",
            person,
            parent=PARENT,
            kind=SUPPORTS.KIND_MENTORING,
            supported=supported,
            words="A mentor for three months.",
            discussed_date=to_date(days_ago(1)),
            again=True,
        )
        return offered

    def accepted(self, support: pb.Support, person: str = PERSON) -> pb.Support:
        """Return a support that the Safeguarder accepted, or for whom somebody entered it."""
        answer = pb.AnswerSupportRequest.ANSWER_ACCEPTED
        found: pb.Support = self.call("AnswerSupport", person, name=support.name, answer=answer, etag=support.etag)
        return found

    def close(self, action: pb.Action, outcome: Any, person: str = MANAGER) -> pb.Action:
        """End an action with an outcome."""
        given = {"name": action.name, "outcome": outcome, "words": "We looked at it together.", "etag": action.etag}
        ended: pb.Action = self.call("CloseAction", person, **given)
        return ended

    def follow_concern(self, concern_id: str, event: Any = rules_events.ConcernRaised, **fields: Any) -> str:
        """Have evidence follow an event about a concern, and return the concern's name."""
        fact = rules_events.ConcernFact(concern_id=concern_id, safeguarder_id="sg-one", **fields)
        self.evidence.rules.publish("sg-one", event(concern=fact))
        ended = (rules_pb2.Concern.STATE_CLOSED, rules_pb2.Concern.STATE_DISMISSED, rules_pb2.Concern.STATE_MERGED)
        is_open = event is not rules_events.ConcernClosed and fields.get("state") not in ended
        row = f"SELECT 1 FROM known_concern WHERE concern_id = '{concern_id}' AND is_open = {is_open}"  # noqa: S608
        until(lambda: read_rows(self.evidence.file, row))
        return f"{PARENT}/concerns/{concern_id}"

    def follow_agenda(self, *concerns: str) -> None:
        """Have evidence follow a session with concerns on its agenda."""
        session = scheduling_events.SupportSessionChanged(
            safeguarder_id="sg-one",
            session_id="with-an-agenda",
            version=1,
            state=scheduling_pb2.SupportSession.STATE_PROPOSED,
            change_time=to_instant(datetime.now(UTC)),
            start_time=to_instant(datetime.now(UTC) + timedelta(days=20)),
            agenda=[scheduling_events.AgendaFact(concern_id=concern, lane="support_need") for concern in concerns],
        )
        self.evidence.scheduling.publish("sg-one", session)
        row = "SELECT 1 FROM session_slot WHERE session_id = 'with-an-agenda'"
        until(lambda: read_rows(self.evidence.file, row))

    def follow_duty(self, action: pb.Action, version: int, days: int, state: Any) -> None:
        """Have evidence follow a version of the duty of an action. `days`: from today to its due day."""
        duty = scheduling_events.DutyChanged(
            safeguarder_id="sg-one",
            duty_id=f"duty-{action.name[-8:]}",
            version=version,
            kind=duties_pb2.Duty.KIND_ACTION,
            about=action.name,
            state=state,
            due_date=to_date(days_ago(-days)),
        )
        self.evidence.scheduling.publish("sg-one", duty)
