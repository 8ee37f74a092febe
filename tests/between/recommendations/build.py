"""Somebody whose term ends in some months, and what people do about their reappointment over gRPC."""

from datetime import date, timedelta
from typing import Any

from psmf.evidence.v1 import development_plans_pb2 as plans
from psmf.evidence.v1 import recommendations_pb2 as pb
from psmf.evidence.v1 import safeguarder_pb2 as register
from psmf.notifications.v1 import notifications_pb2 as messages
from psmf.scheduling.v1 import duties_pb2 as duties

from services.calendar_days import months_later
from services.platform.calls.wire import to_date
from tests.between.together import Together
from tests.builders import BASIS, a_request_id

SAFEGUARDER, PERSON, TEAM, SECOND, MANAGER, RECORDER = (
    "safeguarders/sg-one",
    "person-one",
    "panel-team",
    "senior-manager",
    "manager-one",
    "recorder",
)
Outcome, State = pb.Recommendation, pb.Recommendation
EVERY = ("CONDUCT", "APPOINTMENT_LETTER", "PRACTICE_STANDARDS", "REPLIES_AND_REVIEWS")


def criteria(*more: str, names: tuple[str, ...] = ()) -> list[pb.Criterion]:
    """Return criteria that are answered *yes*. The first relies on what is named."""
    return [
        pb.Criterion(
            what=getattr(pb.Criterion, f"WHAT_{what}"),
            answer=pb.Criterion.ANSWER_YES,
            words="Both sides have read it.",
            names=names if what == "CONDUCT" else (),
        )
        for what in (*EVERY, *more)
    ]


class Reappointment:
    """Somebody whose term ends some days ahead. `kind`: what they are recommended for."""

    def __init__(
        self, running: Together, ends_in: int = 160, kind: Any = pb.Recommendation.PURPOSE_REAPPOINTMENT
    ) -> None:
        self.running, self.kind = running, kind
        self.ends_on = running.today + timedelta(days=ends_in)
        running.appoint("sg-one", since=months_later(self.ends_on + timedelta(days=1), -36))
        self.name = ""

    def call(self, method: str, person: str = TEAM, **fields: Any) -> Any:
        """Call a method about the recommendation, let everything follow, and return the answer."""
        request = getattr(pb, f"{method}Request")(request_id=a_request_id(), **fields)
        answer = getattr(self.running.recommendations, method)(request, **self.running.as_(person))
        self.running.settle()
        return answer

    def a_condition(self) -> pb.Condition:
        return pb.Condition(
            words="Offer each child a meeting before the report.",
            measure="Each report says so.",
            due_date=to_date(self.running.today + timedelta(days=300)),
            support="A mentor, by the Team.",
            support_kind=plans.Support.KIND_MENTORING,
            standard="S2",
        )

    def draft(self, outcome: Any = Outcome.OUTCOME_WITH_CONDITIONS, **text: Any) -> pb.Recommendation:
        fields: dict[str, Any] = {"criteria": criteria()}
        if outcome == Outcome.OUTCOME_WITH_CONDITIONS:
            fields["conditions"] = [self.a_condition()]
        said = pb.RecommendationText(outcome=outcome, **fields | text)
        made: pb.Recommendation = self.call("CreateRecommendation", parent=SAFEGUARDER, kind=self.kind, text=said)
        self.name = made.name
        return made

    def does(self, verb: str, person: str = TEAM, **fields: Any) -> pb.Recommendation:
        """Make a move on the recommendation as it stands for that person."""
        method = verb if verb == "AddRepresentation" else f"{verb}Recommendation"
        moved: pb.Recommendation = self.call(
            method, person, name=self.name, etag=self.pack(person).recommendation.etag, **fields
        )
        return moved

    def pack(self, person: str = TEAM) -> pb.RecommendationPack:
        request = pb.GetRecommendationPackRequest(name=self.name)
        found: pb.RecommendationPack = self.running.recommendations.GetRecommendationPack(
            request, **self.running.as_(person)
        )
        return found

    def readiness(self, person: str = TEAM) -> pb.Readiness:
        request = pb.GetReadinessRequest(parent=SAFEGUARDER)
        found: pb.Readiness = self.running.recommendations.GetReadiness(request, **self.running.as_(person))
        return found

    def submitted(self, outcome: Any = Outcome.OUTCOME_WITH_CONDITIONS) -> pb.RecommendationPack:
        """Take a recommendation as far as Ministers, and return it with its pack."""
        self.draft(outcome)
        for verb in ("Check", "Share"):
            self.does(verb)
        self.does("AddRepresentation", PERSON, words="I asked for a mentor in May.", nothing_more=True)
        self.does("Approve", SECOND, answers=["A mentor is promised."])
        self.does("Submit")
        return self.pack()

    def decide(self, person: str = RECORDER, **fields: Any) -> register.Safeguarder:
        given: dict[str, Any] = {
            "kind": register.RecordMinisterialDecisionRequest.KIND_REAPPOINTED,
            "effective_date": to_date(self.ends_on + timedelta(days=1)),
            "term_months": 24,
            "legal_basis": BASIS,
            "recommendation": self.name,
            "pack_hash": self.pack().hash,
        }
        request = register.RecordMinisterialDecisionRequest(
            name=SAFEGUARDER, request_id=a_request_id(), **given | fields
        )
        decided: register.Safeguarder = self.running.safeguarders.RecordMinisterialDecision(
            request, **self.running.as_(person)
        )
        self.running.settle()
        return decided

    def plan(self) -> plans.DevelopmentPlan:
        read = plans.GetDevelopmentPlanRequest(name=f"{SAFEGUARDER}/developmentPlan")
        found: plans.DevelopmentPlan = self.running.plans.GetDevelopmentPlan(read, **self.running.as_(PERSON))
        return found

    def duties(self) -> dict[str, date]:
        """Return what is owed about a recommendation, each with its day."""
        named = {duties.Duty.Kind.Name(each.kind).removeprefix("KIND_"): each.due_date for each in self._owed()}
        return {
            kind: date(on.year, on.month, on.day)
            for kind, on in named.items()
            if "RECOMMENDATION" in kind or kind == "REPRESENTATIONS"
        }

    def clocks_of_actions(self) -> set[str]:
        """Return the actions that have a day by which they are to be done."""
        return {each.about for each in self._owed() if each.kind == duties.Duty.KIND_ACTION}

    def _owed(self) -> list[Any]:
        request = duties.ListDutiesRequest(parent=SAFEGUARDER)
        return list(self.running.duties.ListDuties(request, **self.running.as_(TEAM)).duties)

    def told(self) -> list[tuple[str, str]]:
        """Return who was told what of a recommendation."""
        request = messages.ListNotificationsRequest(parent=SAFEGUARDER, page_size=100)
        found = self.running.notifications.ListNotifications(request, **self.running.as_(TEAM)).notifications
        word = messages.Notification.Subject.Name
        told = [(each.recipient, word(each.subject).removeprefix("SUBJECT_")) for each in found]
        return sorted(one for one in told if one[1].startswith(("RECOMMENDATION", "READINESS", "DECISION")))
