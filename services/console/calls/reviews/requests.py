"""What pages ask about reviews: what somebody senior looks at who had no part in it."""

from typing import Any

from psmf.evidence.v1 import review_requests_pb2 as reviews_pb2
from psmf.evidence.v1 import review_requests_pb2_grpc, reviewers_pb2

from services.console.calls.caller import Caller, Channels, TokenOf, fill
from services.console.forms.answers import Sent
from services.console.forms.asked import Answers
from services.console.requests import Visit
from services.platform.calls.wire import from_word


class ReviewCalls(Caller):
    """Calls about review requests, and the steps on them."""

    def __init__(self, channels: Channels, token_of: TokenOf) -> None:
        super().__init__(channels, token_of)
        self._reviews: Any = review_requests_pb2_grpc.ReviewServiceStub(self._channels["evidence"])

    async def review_requests(self, visit: Visit, person: str) -> Any:
        """Return one person's review requests, or the open ones of everybody whom the reader may see."""
        request = reviews_pb2.ListReviewRequestsRequest(parent=person)
        return await self._ask(visit, "evidence", self._reviews.ListReviewRequests, request)

    async def review_request(self, visit: Visit, name: str) -> Any:
        """Return one review request."""
        request = reviews_pb2.GetReviewRequestRequest(name=name)
        return await self._ask(visit, "evidence", self._reviews.GetReviewRequest, request)

    async def reviewers(self, visit: Visit, name: str) -> Any:
        """Return who could decide a review request, and why others can't."""
        request = reviewers_pb2.ListReviewersRequest(name=name)
        return await self._ask(visit, "evidence", self._reviews.ListReviewers, request)

    async def ask_for_review(self, visit: Visit, target: str, sent: Sent, answers: Answers) -> Any:
        """Ask that somebody senior looks at something about the reader."""
        grounds = reviews_pb2.ReviewRequest.Ground
        request = reviews_pb2.CreateReviewRequestRequest(
            parent="/".join(target.split("/")[:2]),
            target=target,
            grounds=[from_word(grounds, ground) for ground in answers.ticked("grounds")],
            words=answers.text("words"),
            asks_for=answers.text("asks_for"),
            request_id=sent.request_id,
        )
        return await self._write(visit, "evidence", self._reviews.CreateReviewRequest, request)

    async def withdraw_review(self, visit: Visit, name: str, sent: Sent, answers: Answers) -> Any:
        """Take the reader's own request back."""
        request = reviews_pb2.WithdrawReviewRequestRequest(name=name, etag=sent.etag, request_id=sent.request_id)
        return await self._write(visit, "evidence", self._reviews.WithdrawReviewRequest, request)

    async def accept_review(self, visit: Visit, name: str, sent: Sent, answers: Answers) -> Any:
        """Accept a request, or say why it isn't accepted."""
        request = reviews_pb2.AcceptReviewRequestRequest(
            name=name, words=answers.text("words"), etag=sent.etag, request_id=sent.request_id
        )
        fill(request, "answer", answers.text("answer"))
        return await self._write(visit, "evidence", self._reviews.AcceptReviewRequest, request)

    async def assign_review(self, visit: Visit, name: str, sent: Sent, answers: Answers) -> Any:
        """Give a request to somebody who decides it."""
        request = reviews_pb2.AssignReviewRequestRequest(
            name=name, reviewer=answers.text("reviewer"), etag=sent.etag, request_id=sent.request_id
        )
        return await self._write(visit, "evidence", self._reviews.AssignReviewRequest, request)

    async def state_in_review(self, visit: Visit, name: str, sent: Sent, answers: Answers) -> Any:
        """Add what the reader has to say to a request."""
        request = reviews_pb2.AddStatementRequest(
            name=name, words=answers.text("words"), etag=sent.etag, request_id=sent.request_id
        )
        return await self._write(visit, "evidence", self._reviews.AddStatement, request)

    async def decide_review(self, visit: Visit, name: str, sent: Sent, answers: Answers) -> Any:
        """Decide a request, as its reviewer."""
        request = reviews_pb2.DecideReviewRequestRequest(
            name=name, reasons=answers.text("reasons"), etag=sent.etag, request_id=sent.request_id
        )
        fill(request, "decision", answers.text("decision"))
        return await self._write(visit, "evidence", self._reviews.DecideReviewRequest, request)
