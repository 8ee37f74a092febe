"""A reappointment of the story, made while the suite runs: drafted, read, answered, approved, submitted and decided.

After an interruption this can be repeated: every request has its own id, and is answered as it was the first time.
"""

from datetime import timedelta
from typing import Any

from psmf.evidence.v1 import development_plans_pb2 as plans
from psmf.evidence.v1 import recommendations_pb2 as pb
from psmf.evidence.v1 import safeguarder_pb2 as register

from services.client.client import Client
from services.demo.issuer import safeguarder_persona
from services.demo.story.cast import IAIN
from services.demo.story.values import Person, Story
from services.demo.telling import wire
from services.platform.calls.wire import to_date

SENIOR, RECORDER = "senior-manager-east", "decision-recorder"
CONDITION_DAYS = 240
MONTHS = 24
WHY = "Both sides have read what is on file for this term."
CONDITIONS = (
    ("Offer each child a meeting before the report.", "Each report says when and where.", "S2"),
    ("Write in each report how the child's views were sought.", "Three reports in a row have it.", "S4"),
)
SUPPORT = "A mentor for three months, by the Team."
SAID = "I asked for a mentor in May, and I am glad of one."
ANSWER = "The mentor begins with the new term."
_CRITERIA = (
    pb.Criterion.WHAT_CONDUCT,
    pb.Criterion.WHAT_APPOINTMENT_LETTER,
    pb.Criterion.WHAT_PRACTICE_STANDARDS,
    pb.Criterion.WHAT_REPLIES_AND_REVIEWS,
)


def person_near_the_end(story: Story) -> Person:
    """Return Iain, whose term ends in some months."""
    return next(person for person in story.people if person.display_name == IAIN)


class Recommendations:
    """The reappointment of one person, with two conditions."""

    def __init__(self, story: Story, client: Client) -> None:
        self._story = story
        self._client = client

    def tell(self) -> None:
        """Have three people recommend, approve and record, and the person answer in between."""
        person = person_near_the_end(self._story)
        parent = f"safeguarders/{person.safeguarder_id}"
        kind = pb.Recommendation.PURPOSE_REAPPOINTMENT
        known = self._call(wire.PANEL_TEAM, "CreateRecommendation", parent=parent, kind=kind, text=self._text())
        known = self._move(known, wire.PANEL_TEAM, "CheckRecommendation")
        known = self._move(known, wire.PANEL_TEAM, "ShareRecommendation")
        who = safeguarder_persona(person.safeguarder_id).person
        known = self._move(known, who, "AddRepresentation", words=SAID, nothing_more=True)
        known = self._move(known, SENIOR, "ApproveRecommendation", answers=[ANSWER])
        known = self._move(known, wire.PANEL_TEAM, "SubmitRecommendation")
        self._decide(parent, person, known)

    def _text(self) -> pb.RecommendationText:
        criteria = [pb.Criterion(what=what, answer=pb.Criterion.ANSWER_YES, words=WHY) for what in _CRITERIA]
        due = to_date(self._story.today + timedelta(days=CONDITION_DAYS))
        conditions = [
            pb.Condition(
                words=words,
                measure=measure,
                due_date=due,
                support=SUPPORT,
                support_kind=plans.Support.KIND_MENTORING,
                standard=standard,
            )
            for words, measure, standard in CONDITIONS
        ]
        outcome = pb.Recommendation.OUTCOME_WITH_CONDITIONS
        return pb.RecommendationText(outcome=outcome, criteria=criteria, conditions=conditions)

    def _decide(self, parent: str, person: Person, known: Any) -> None:
        request = register.RecordMinisterialDecisionRequest(
            name=parent,
            kind=register.RecordMinisterialDecisionRequest.KIND_REAPPOINTED,
            effective_date=to_date(person.term_ends_before),
            term_months=MONTHS,
            legal_basis=register.LegalBasis(
                instrument="SSI 2012/54", provision="reg 7(2)", version="as amended by SSI 2016/61"
            ),
            recommendation=known.name,
            pack_hash=known.pack_hash,
            request_id=wire.request_id(self._story, "recommendation", "decided"),
        )
        self._client.call(RECORDER, self._client.safeguarders.RecordMinisterialDecision, request)

    def _move(self, known: Any, person: str, method: str, **fields: Any) -> Any:
        return self._call(person, method, name=known.name, etag=known.etag, **fields)

    def _call(self, person: str, method: str, **fields: Any) -> Any:
        request_id = wire.request_id(self._story, "recommendation", method)
        request = getattr(pb, f"{method}Request")(request_id=request_id, **fields)
        return self._client.call(person, getattr(self._client.recommendations, method), request)
