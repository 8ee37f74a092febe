"""Development plans of the story, made while the suite runs: one that both sides confirm, a proposal, and a review.

After an interruption this can be repeated: every request has its own id, and is answered as it was the first time.
"""

from datetime import timedelta
from typing import Any

from psmf.evidence.v1 import development_plans_pb2 as pb

from services.client.client import Client
from services.demo.issuer import safeguarder_persona
from services.demo.story.values import Story
from services.demo.telling import wire
from services.demo.telling.sessions import chosen_sessions
from services.platform.calls.wire import to_date

DUE_DAYS = 84
"""Days for the actions: more than our shortest for their kinds."""
PROMISED_DAYS = 28
"""Days until the day that the Team promises."""
NEED = "To write down what each child said, in the child's own words."
STRENGTH = "Each child knows when the Safeguarder comes again."
AIM = "Each report has a part in the child's own words."
MEASURE = "Two reports in a row have it."
SUPPORT = "Three talks with a mentor about reports."
ANOTHER_AIM = "Every party hears at once when a report will be late."
ANOTHER_MEASURE = "No party asks where a report is."
OWN_AIM = "A note after each visit, on the same day."
OWN_MEASURE = "Ten notes in a row have the day of the visit."
FOUND = "All ten notes were written on the day."
THEIRS = "It takes ten minutes, and I shall go on with it."


class Plans:
    """Plans of the people whose sessions are told: one with a support that the Team owes, one that awaits an answer."""

    def __init__(self, story: Story, client: Client) -> None:
        self._story = story
        self._client = client

    def tell(self) -> None:
        """Agree on an action with a support for it, confirm the plan, and propose another one to somebody else.

        That person's own action is talked about, and was met.
        """
        first, second, *_ = chosen_sessions(self._story, self._client)
        self._agree(first)
        self._propose(second, "proposal", pb.Action.KIND_CHANGE_PRACTICE, ANOTHER_AIM, ANOTHER_MEASURE)
        self._review(second)

    def _agree(self, session: Any) -> None:
        """Have the Safeguarder name a need and agree to an action, and accept the support that is offered for it."""
        parent, person, manager = _parent(session), _person(session), session.support_manager
        need = self._call(person, "CreateNeed", "need", parent=parent, standard="S4", words=NEED)
        fields = {"needs": [need.name]}
        action = self._propose(session, "action", pb.Action.KIND_REPORTS_TO_STANDARD, AIM, MEASURE, **fields)
        agreed = pb.AnswerActionRequest.ANSWER_AGREED
        self._call(person, "AnswerAction", "agreed", name=action.name, answer=agreed, etag=action.etag)
        support = self._call(
            manager,
            "OfferSupport",
            "support",
            parent=parent,
            kind=pb.Support.KIND_MENTORING,
            supported=[action.name],
            words=SUPPORT,
            discussed_date=to_date(self._story.today),
            promised_date=to_date(self._story.today + timedelta(days=PROMISED_DAYS)),
        )
        accepted = pb.AnswerSupportRequest.ANSWER_ACCEPTED
        self._call(person, "AnswerSupport", "accepted", name=support.name, answer=accepted, etag=support.etag)
        self._call(person, "CreateStrength", "strength", parent=parent, standard="S2", words=STRENGTH)
        self._confirm(parent, manager, person)

    def _review(self, session: Any) -> None:
        """Have the Safeguarder propose an action of their own, and both sides talk about it. It is never evidence."""
        parent, person, manager = _parent(session), _person(session), session.support_manager
        keeps_up = {"kind": pb.Action.KIND_MAINTAIN_PRACTICE, "purpose": pb.Action.PURPOSE_MAINTAIN, "standard": "S4"}
        words = {"aim": OWN_AIM, "measure": OWN_MEASURE, "owner": pb.Action.OWNER_SAFEGUARDER}
        due = to_date(self._story.today + timedelta(days=DUE_DAYS))
        own = self._call(person, "CreateAction", "own", parent=parent, due_date=due, **keeps_up, **words)
        agreed = {"answer": pb.AnswerActionRequest.ANSWER_AGREED, "etag": own.etag}
        opened = self._call(manager, "AnswerAction", "own agreed", name=own.name, **agreed)
        met = pb.ActionReview.ReviewedAction(action=own.name, outcome=pb.Action.STATE_MET, etag=opened.etag)
        review = self._call(
            manager,
            "HoldActionReview",
            "review",
            parent=parent,
            actions=[met],
            held_date=to_date(self._story.today),
            follows=[pb.ActionReview.FOLLOWS_CLOSE],
            words=FOUND,
        )
        self._call(person, "AnswerActionReview", "review seen", name=review.name, words=THEIRS, etag=review.etag)

    def _confirm(self, parent: str, *sides: str) -> None:
        """Have both sides read the plan and confirm it."""
        name = f"{parent}/developmentPlan"
        for side in sides:
            request = pb.GetDevelopmentPlanRequest(name=name)
            read = self._client.call(side, self._client.plans.GetDevelopmentPlan, request)
            self._call(side, "ConfirmDevelopmentPlan", f"confirmed by {side}", name=name, etag=read.etag)

    def _propose(self, session: Any, what: str, kind: pb.Action.Kind, aim: str, measure: str, **fields: Any) -> Any:
        return self._call(
            session.support_manager,
            "CreateAction",
            what,
            parent=_parent(session),
            kind=kind,
            purpose=pb.Action.PURPOSE_IMPROVE,
            standard="S4",
            aim=aim,
            measure=measure,
            owner=pb.Action.OWNER_SAFEGUARDER,
            due_date=to_date(self._story.today + timedelta(days=DUE_DAYS)),
            **fields,
        )

    def _call(self, person: str, method: str, what: str, **fields: Any) -> Any:
        request = getattr(pb, f"{method}Request")(request_id=wire.request_id(self._story, "plan", what), **fields)
        return self._client.call(person, getattr(self._client.plans, method), request)


def _parent(session: Any) -> str:
    parent: str = session.name.partition("/supportSessions/")[0]
    return parent


def _person(session: Any) -> str:
    return safeguarder_persona(_parent(session).partition("/")[2]).person
