"""What the console calls as itself, for people who give feedback and are not signed in. Nothing else is called so."""

from collections.abc import Mapping, Sequence
from typing import Any

import grpc
from psmf.evidence.v1 import feedback_links_pb2 as pb
from psmf.evidence.v1 import feedback_links_pb2_grpc

from services.console.calls.caller import READ_SECONDS, WRITE_SECONDS, Caller, Channels, TokenOf, fill, meaning_of
from services.console.failures import MaybeDone, NotDone, NotThere, ServiceAway
from services.console.requests import Visit
from services.platform.calls.client import ServiceToken, refusal_of
from services.platform.telemetry.logs import log

_ANSWERED = {
    grpc.StatusCode.NOT_FOUND,
    grpc.StatusCode.INVALID_ARGUMENT,
    grpc.StatusCode.FAILED_PRECONDITION,
}
_NOT_OURS = {grpc.StatusCode.UNAUTHENTICATED, grpc.StatusCode.PERMISSION_DENIED}
"""The services do not know the desk's key, or not its role: a fault in what is deployed."""


class DeskCalls(Caller):
    """Calls by the console's own identity, whose role may call these three methods only."""

    def __init__(self, channels: Channels, token_of: TokenOf) -> None:
        super().__init__(channels, token_of)
        self._desk: ServiceToken | None = None
        self._given: Any = feedback_links_pb2_grpc.FeedbackLinkServiceStub(self._channels["evidence"])

    def speak_as_desk(self, token: ServiceToken | None) -> None:
        """Take the token by which the console calls as itself. Without one no feedback can be given here."""
        self._desk = token

    async def exchange_link(self, visit: Visit, token: str, session: str) -> Any:
        """Exchange the token of a link for a session."""
        request = pb.ExchangeFeedbackLinkRequest(token=token, session=session)
        return await self._as_desk(visit, self._given.ExchangeFeedbackLink, request, READ_SECONDS)

    async def send_feedback(
        self, visit: Visit, session: str, answers: Sequence[tuple[str, str, str]], of_giver: Mapping[str, str]
    ) -> Any:
        """Send what a giver says: question, choice and words of each answer, and what they say of themselves."""
        request = pb.SendFeedbackRequest(
            session=session,
            answers=[pb.FeedbackAnswer(question=name, choice=choice, text=text) for name, choice, text in answers],
        )
        for name, value in of_giver.items():
            fill(request, name, value)
        try:
            return await self._as_desk(visit, self._given.SendFeedback, request, WRITE_SECONDS)
        except ServiceAway as problem:
            raise MaybeDone(problem.service) from None

    async def feedback_stage(self, visit: Visit, code: str) -> Any:
        """Return how far something has come that was sent."""
        request = pb.GetFeedbackStageRequest(code=code)
        return await self._as_desk(visit, self._given.GetFeedbackStage, request, READ_SECONDS)

    async def _as_desk(self, visit: Visit, method: Any, request: Any, seconds: float) -> Any:
        """Call a method as the console itself.

        Raises:
            NotThere: this console has no key of its own. NotDone: the service refused it. TooMany, ServiceAway.
            grpc.RpcError: a fault of ours or of the service.
        """
        if self._desk is None:
            raise NotThere
        try:
            return await self._call_as(self._desk.metadata("evidence"), visit, method, request, seconds)
        except grpc.RpcError as error:
            raise _meaning_of(error) or error from None


def _meaning_of(error: Any) -> Exception | None:
    code = error.code()
    if code in _ANSWERED:
        return NotDone(refusal_of(error))
    if code in _NOT_OURS:
        log().error("desk_refused", code=code.name)
        return ServiceAway("evidence")
    return meaning_of("evidence", error)
