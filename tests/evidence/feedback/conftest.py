"""The Team's desk and the console's feedback desk, with the service as it runs."""

import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import pytest
from psmf.evidence.v1 import feedback_links_pb2 as pb
from psmf.evidence.v1 import feedback_links_pb2_grpc, feedback_stage_pb2

from services.evidence.domain.feedback.link import secret_of
from services.platform.calls.wire import to_date
from tests.builders import a_request_id, days_ago
from tests.evidence.conftest import Evidence
from tests.evidence.conftest import evidence as evidence  # noqa: PLC0414  a fixture
from tests.evidence.steps import appoint

TEAM, DESK = "panel-team", "feedback-desk"
CHILD, ADULT, AGENCY = (pb.FeedbackGiver.Value(f"FEEDBACK_GIVER_{each}") for each in ("CHILD", "ADULT", "AGENCY"))


def a_session() -> str:
    """Return a new secret, as the desk makes one."""
    return secret_of(secrets.token_bytes(20))


@dataclass
class Links:
    """Feedback links of the service, asked as the Team or as the desk."""

    evidence: Evidence

    def __post_init__(self) -> None:
        self.stub = feedback_links_pb2_grpc.FeedbackLinkServiceStub(self.evidence.channel)

    def made(self, giver: Any = CHILD, about: str = "sg-one", **changes: Any) -> Any:
        fields: dict[str, Any] = {"happened_date": to_date(days_ago(9)), "request_id": a_request_id()} | changes
        request = pb.CreateFeedbackLinkRequest(parent=f"safeguarders/{about}", giver=giver, **fields)
        return self.stub.CreateFeedbackLink(request, **self.evidence.as_(TEAM))

    def listed(self, **asked: Any) -> list[Any]:
        answer = self.stub.ListFeedbackLinks(pb.ListFeedbackLinksRequest(**asked), **self.evidence.as_(TEAM))
        return list(answer.feedback_links)

    def revoke(self, name: str) -> Any:
        request = pb.RevokeFeedbackLinkRequest(name=name, request_id=a_request_id())
        return self.stub.RevokeFeedbackLink(request, **self.evidence.as_(TEAM))

    def exchanged(self, token: str) -> str:
        """Exchange a token, and return the secret of the session."""
        session = a_session()
        request = pb.ExchangeFeedbackLinkRequest(token=token, session=session, request_id=a_request_id())
        self.stub.ExchangeFeedbackLink(request, **self.evidence.as_(DESK))
        return session

    def sent(self, session: str, said: Mapping[str, str], **fields: Any) -> Any:
        """Send answers: a word of the form, or words of one's own."""
        answers = [
            pb.FeedbackAnswer(question=question, **({"text": word} if " " in word else {"choice": word}))
            for question, word in said.items()
        ]
        fields = {"request_id": a_request_id()} | fields
        request = pb.SendFeedbackRequest(session=session, answers=answers, **fields)
        return self.stub.SendFeedback(request, **self.evidence.as_(DESK))

    def stage(self, code: str) -> str:
        answer = self.stub.GetFeedbackStage(pb.GetFeedbackStageRequest(code=code), **self.evidence.as_(DESK))
        return feedback_stage_pb2.FeedbackStage.Stage.Name(answer.stage).removeprefix("STAGE_").lower()


@pytest.fixture(scope="module")
def links(evidence: Evidence) -> Links:
    appoint(evidence, "sg-one")
    return Links(evidence)
