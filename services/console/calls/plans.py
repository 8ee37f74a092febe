"""What pages ask about development plans, and what they offer and ask for there."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from psmf.evidence.v1 import development_plans_pb2, development_plans_pb2_grpc

from services.console.calls.caller import Caller, TokenOf, fill
from services.console.forms.answers import Sent
from services.console.requests import Visit


class PlanCalls(Caller):
    """Calls about plans, supports and views."""

    def __init__(self, addresses: Mapping[str, str], token_of: TokenOf) -> None:
        super().__init__(addresses, token_of)
        self._plans: Any = development_plans_pb2_grpc.DevelopmentPlanServiceStub(self._channels["evidence"])

    async def plan_of(self, visit: Visit, person: str) -> Any:
        """Return somebody's development plan as it stands today."""
        request = development_plans_pb2.GetDevelopmentPlanRequest(name=f"{person}/developmentPlan")
        return await self._ask(visit, "evidence", self._plans.GetDevelopmentPlan, request)

    async def record(self, visit: Visit, name: str, move: str, sent: Sent, answer: Mapping[str, date | str]) -> Any:
        """Make a step on a matter that the record keeps. Rules hear of it a moment later."""
        person, _, concern = name.partition("/concerns/")
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
