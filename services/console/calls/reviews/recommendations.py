"""What pages ask about recommendations to Scottish Ministers, and the steps on them."""

from typing import Any

from psmf.evidence.v1 import recommendations_pb2 as pb
from psmf.evidence.v1 import recommendations_pb2_grpc
from psmf.scheduling.v1 import duties_pb2, duties_pb2_grpc

from services.console.calls.caller import EVERYBODY, Caller, Channels, TokenOf, fill
from services.console.calls.reviews.recommendation_text import new_text
from services.console.forms.answers import Sent
from services.console.forms.asked import Answers
from services.console.requests import Visit
from services.platform.calls.pages import LARGEST_SIZE


class RecommendationCalls(Caller):
    """Calls about recommendations, and about what is owed for them."""

    def __init__(self, channels: Channels, token_of: TokenOf) -> None:
        super().__init__(channels, token_of)
        evidence, scheduling = self._channels["evidence"], self._channels["scheduling"]
        self._recommendations: Any = recommendations_pb2_grpc.RecommendationServiceStub(evidence)
        self._duties: Any = duties_pb2_grpc.DutyServiceStub(scheduling)

    async def duties(self, visit: Visit) -> Any:
        """Return what is owed about everybody whom the reader may see, the earliest due first."""
        request = duties_pb2.ListDutiesRequest(parent=EVERYBODY, page_size=LARGEST_SIZE)
        return await self._ask(visit, "scheduling", self._duties.ListDuties, request)

    async def readiness(self, visit: Visit, person: str) -> Any:
        """Return how ready everything is for somebody's reappointment, and the recommendations about them."""
        request = pb.GetReadinessRequest(parent=person)
        return await self._ask(visit, "evidence", self._recommendations.GetReadiness, request)

    async def recommendation(self, visit: Visit, name: str) -> Any:
        """Return one recommendation with its pack."""
        request = pb.GetRecommendationPackRequest(name=name)
        return await self._ask(visit, "evidence", self._recommendations.GetRecommendationPack, request)

    async def draft_recommendation(self, visit: Visit, person: str, sent: Sent, answers: Answers) -> Any:
        """Begin a recommendation about somebody, and return it."""
        request = pb.CreateRecommendationRequest(
            parent=person, text=new_text(person, answers), request_id=sent.request_id
        )
        fill(request, "kind", answers.text("kind"))
        return await self._write(visit, "evidence", self._recommendations.CreateRecommendation, request)

    async def write_recommendation(self, visit: Visit, name: str, text: Any, sent: Sent) -> Any:
        """Keep another text of a recommendation. It is a draft again then."""
        request = pb.UpdateRecommendationRequest(name=name, text=text, etag=sent.etag, request_id=sent.request_id)
        return await self._write(visit, "evidence", self._recommendations.UpdateRecommendation, request)

    async def check_recommendation(self, visit: Visit, name: str, sent: Sent, answers: Answers) -> Any:
        """Check a draft against its criteria."""
        request = pb.CheckRecommendationRequest(name=name, etag=sent.etag, request_id=sent.request_id)
        return await self._write(visit, "evidence", self._recommendations.CheckRecommendation, request)

    async def share_recommendation(self, visit: Visit, name: str, sent: Sent, answers: Answers) -> Any:
        """Share a recommendation with the person. Its pack is frozen."""
        request = pb.ShareRecommendationRequest(name=name, etag=sent.etag, request_id=sent.request_id)
        return await self._write(visit, "evidence", self._recommendations.ShareRecommendation, request)

    async def approve_recommendation(self, visit: Visit, name: str, sent: Sent, answers: Answers) -> Any:
        """Approve a recommendation, with an answer to each representation, in their order."""
        said = [str(text) for question, text in answers.given.items() if question.startswith("answer_")]
        request = pb.ApproveRecommendationRequest(name=name, answers=said, etag=sent.etag, request_id=sent.request_id)
        return await self._write(visit, "evidence", self._recommendations.ApproveRecommendation, request)

    async def submit_recommendation(self, visit: Visit, name: str, sent: Sent, answers: Answers) -> Any:
        """Submit a recommendation to Scottish Ministers, although a review is open if that was chosen."""
        request = pb.SubmitRecommendationRequest(
            name=name,
            with_open_reviews=answers.text("reviews") == "submit",
            etag=sent.etag,
            request_id=sent.request_id,
        )
        return await self._write(visit, "evidence", self._recommendations.SubmitRecommendation, request)

    async def withdraw_recommendation(self, visit: Visit, name: str, sent: Sent, answers: Answers) -> Any:
        """Take a recommendation back."""
        request = pb.WithdrawRecommendationRequest(
            name=name, because=answers.text("because"), etag=sent.etag, request_id=sent.request_id
        )
        return await self._write(visit, "evidence", self._recommendations.WithdrawRecommendation, request)

    async def say_to_recommendation(self, visit: Visit, name: str, sent: Sent, answers: Answers) -> Any:
        """Keep what the reader says of a recommendation about them."""
        request = pb.AddRepresentationRequest(
            name=name,
            words=answers.text("words"),
            nothing_more=answers.text("more") == "nothing_more",
            etag=sent.etag,
            request_id=sent.request_id,
        )
        return await self._write(visit, "evidence", self._recommendations.AddRepresentation, request)
