"""What a Safeguarder answers: offers of support, changes of approach, matters, and invitations to share."""

from typing import Any

from psmf.evidence.v1 import approach_changes_pb2
from psmf.evidence.v1 import development_plans_pb2 as plans_pb2
from psmf.rules.v1 import concern_moves_pb2

from services.console.calls.caller import fill
from services.console.calls.plans import PlanCalls
from services.console.calls.rules.matters import MatterCalls
from services.console.forms.answers import Sent
from services.console.forms.asked import Answers
from services.console.requests import Visit


class AnswerCalls(PlanCalls, MatterCalls):
    """Answers that only the person themselves gives."""

    async def answer_support(self, visit: Visit, name: str, sent: Sent, answers: Answers) -> Any:
        """Accept or decline a support that was offered to the reader."""
        request = plans_pb2.AnswerSupportRequest(
            name=name, words=answers.text("words"), etag=sent.etag, request_id=sent.request_id
        )
        fill(request, "answer", answers.text("answer"))
        return await self._write(visit, "evidence", self._plans.AnswerSupport, request)

    async def confirm_support(self, visit: Visit, name: str, sent: Sent, answers: Answers) -> Any:
        """Say whether the reader received a support."""
        request = plans_pb2.ConfirmSupportRequest(
            name=name, words=answers.text("words"), etag=sent.etag, request_id=sent.request_id
        )
        fill(request, "received", answers.text("received"))
        return await self._write(visit, "evidence", self._plans.ConfirmSupport, request)

    async def acknowledge_approach(self, visit: Visit, name: str, sent: Sent, answers: Answers) -> Any:
        """Say that the reader has read a change of approach."""
        request = approach_changes_pb2.AcknowledgeApproachRequest(name=name, etag=sent.etag, request_id=sent.request_id)
        return await self._write(visit, "evidence", self._plans.AcknowledgeApproach, request)

    async def give_view(self, visit: Visit, name: str, sent: Sent, answers: Answers) -> Any:
        """Say how the reader sees a matter about them. `name`: of the matter."""
        request = plans_pb2.GiveViewRequest(
            name=name.replace("/concerns/", "/views/"),
            given=plans_pb2.GiveViewRequest.GIVEN_WORDS,
            words=answers.text("words"),
            etag=sent.etag,
            request_id=sent.request_id,
        )
        return await self._write(visit, "evidence", self._plans.GiveView, request)

    async def answer_invitation(self, visit: Visit, name: str, sent: Sent, answers: Answers) -> Any:
        """Say whether the reader shares what went well."""
        request = concern_moves_pb2.AnswerConcernInvitationRequest(
            name=name, etag=sent.etag, request_id=sent.request_id
        )
        fill(request, "answer", answers.text("answer"))
        return await self._write(visit, "rules", self._concerns.AnswerConcernInvitation, request)
