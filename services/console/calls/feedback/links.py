"""What the Team asks about feedback links."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from psmf.evidence.v1 import feedback_links_pb2 as pb
from psmf.evidence.v1 import feedback_links_pb2_grpc

from services.console.calls.caller import Caller, Channels, TokenOf, fill
from services.console.requests import Visit

PAGE = 50
"""Links on one page: each names a person, and names are read a hundred at a time."""


class FeedbackLinkCalls(Caller):
    """Calls by which the Team makes feedback links, finds them and takes them back."""

    def __init__(self, channels: Channels, token_of: TokenOf) -> None:
        super().__init__(channels, token_of)
        self._links: Any = feedback_links_pb2_grpc.FeedbackLinkServiceStub(self._channels["evidence"])

    async def feedback_links(self, visit: Visit, page: str) -> Any:
        """Return a page of links, the newest first."""
        request = pb.ListFeedbackLinksRequest(page_size=PAGE, page_token=page)
        return await self._ask(visit, "evidence", self._links.ListFeedbackLinks, request)

    async def make_link(self, visit: Visit, person: str, answer: Mapping[str, date | str], request_id: str) -> Any:
        """Make a link about somebody. Only the first answer has its token."""
        request = pb.CreateFeedbackLinkRequest(parent=person, request_id=request_id)
        for name, value in answer.items():
            fill(request, name, value)
        return await self._write(visit, "evidence", self._links.CreateFeedbackLink, request)

    async def revoke_link(self, visit: Visit, link: str, request_id: str) -> Any:
        """Take a link back."""
        request = pb.RevokeFeedbackLinkRequest(name=f"feedbackLinks/{link}", request_id=request_id)
        return await self._write(visit, "evidence", self._links.RevokeFeedbackLink, request)
