"""What pages ask about development plans, and what they offer and ask for there."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from psmf.evidence.v1 import development_plans_pb2, development_plans_pb2_grpc

from services.console.calls.caller import Caller, Channels, TokenOf, fill
from services.console.forms.answers import Sent
from services.console.forms.asked import RecordStep
from services.console.requests import Visit


class PlanCalls(Caller):
    """Calls about plans, supports and views."""

    def __init__(self, channels: Channels, token_of: TokenOf) -> None:
        super().__init__(channels, token_of)
        self._plans: Any = development_plans_pb2_grpc.DevelopmentPlanServiceStub(self._channels["evidence"])

    async def plan_of(self, visit: Visit, person: str) -> Any:
        """Return somebody's development plan as it stands today."""
        request = development_plans_pb2.GetDevelopmentPlanRequest(name=f"{person}/developmentPlan")
        return await self._ask(visit, "evidence", self._plans.GetDevelopmentPlan, request)

    async def action_reviews_of(self, visit: Visit, person: str) -> Any:
        """Return every review of somebody's actions, the one held last first."""
        request = development_plans_pb2.ListActionReviewsRequest(parent=person)
        return await self._ask(visit, "evidence", self._plans.ListActionReviews, request)

    async def record(self, visit: Visit, name: str, move: str, sent: Sent, answer: Mapping[str, date | str]) -> Any:
        """Make a step on a matter that the record keeps. Rules hear of it a moment later."""
        person, _, concern = name.partition("/concerns/")
        if move in ("answer_support", "record_view"):
            return await self._answer_for(visit, name, move, sent, answer)
        if move == "start_support":
            request: Any = development_plans_pb2.OfferSupportRequest(
                parent=person, supported=[name], request_id=sent.request_id
            )
            method = self._plans.OfferSupport
        else:
            view = f"{person}/views/{concern}"
            request = development_plans_pb2.AskForViewRequest(name=view, request_id=sent.request_id)
            method = self._plans.AskForView
        for field, value in answer.items():
            fill(request, field, value)
        return await self._write(visit, "evidence", method, request)

    async def say_not_final(self, visit: Visit, person: str, text: str, request_id: str) -> Any:
        """Say why the plan of a term is not final yet, so that records of its sessions can be shared."""
        request = development_plans_pb2.UpdateDevelopmentPlanRequest(
            name=f"{person}/developmentPlan", not_final_because=text, request_id=request_id
        )
        return await self._write(visit, "evidence", self._plans.UpdateDevelopmentPlan, request)

    async def change_plan(self, visit: Visit, step: RecordStep, request: Any) -> Any:
        """Make a step on a plan or on a part of it.

        Raises:
            NotDone: the service refused it, and says why.
        """
        return await self._write(visit, "evidence", getattr(self._plans, step.method), request)

    async def _answer_for(
        self, visit: Visit, name: str, move: str, sent: Sent, answer: Mapping[str, date | str]
    ) -> Any:
        """Enter what somebody said about a matter: to a support, whose id stands before the answer, or as their view.

        The etag is that of the copy that the reader saw, so nobody overwrites what was said meanwhile. The person's own
        words are never overwritten: the service says.
        """
        person, _, concern = name.partition("/concerns/")
        words = str(answer.get("words", ""))
        if move == "answer_support":
            support, _, said = str(answer["answer"]).rpartition("-")
            request: Any = development_plans_pb2.AnswerSupportRequest(
                name=f"{person}/supports/{support}", words=words, etag=sent.etag, request_id=sent.request_id
            )
            fill(request, "answer", said)
            return await self._write(visit, "evidence", self._plans.AnswerSupport, request)
        request = development_plans_pb2.GiveViewRequest(
            name=f"{person}/views/{concern}", words=words, etag=sent.etag, request_id=sent.request_id
        )
        fill(request, "given", str(answer["given"]))
        return await self._write(visit, "evidence", self._plans.GiveView, request)
