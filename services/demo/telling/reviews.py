"""A review of the demo's year: asked for by letter, given to somebody outside the chain, and upheld.

After an interruption this can be repeated: it goes on from where the request stands.
"""

from datetime import timedelta
from typing import Any

import grpc
from psmf.evidence.v1 import evidence_pb2, reviewers_pb2
from psmf.evidence.v1 import review_requests_pb2 as pb
from psmf.scheduling.v1 import scheduling_pb2

from services.client.client import Client
from services.demo.story.values import Item, Story
from services.demo.telling import wire
from services.demo.waiting import wait_until_read
from services.platform.calls.wire import from_date, from_word, to_date

ASKED_DAYS_AGO = 14
HER_WORDS = "I was not in that hearing. I was ill, and the hearing was put off."
OUR_WORDS = "The date is from the letter that we have."
REASONS = "The letter was about another hearing, and another Safeguarder."
REQUEST = pb.ReviewRequest


class Reviews:
    """The review that a Safeguarder of the demo's year asked for, of an item of evidence that is wrong."""

    def __init__(self, story: Story, client: Client) -> None:
        self._story = story
        self._client = client
        self._wrong = next(item for item in story.history if item.found_wrong)
        self._parent = f"safeguarders/{self._wrong.safeguarder_id}"

    def tell(self) -> None:
        """Take the request from where it stands to its decision.

        Raises:
            StoryNotToldError: her support manager could decide it, or nobody can.
        """
        steps = {
            REQUEST.STATE_SUBMITTED: self._accept,
            REQUEST.STATE_ACCEPTED: self._assign,
            REQUEST.STATE_ASSIGNED: self._decide,
        }
        request = self._asked()
        while request.state in steps:
            request = steps[request.state](request)
        wait_until_read(self._client, "rules", "evidence")

    def _asked(self) -> Any:
        """Return the request as it stands. The Team enters her letter with its day, unless it is entered."""
        listed = pb.ListReviewRequestsRequest(parent=self._parent)
        entered = self._client.call(wire.PANEL_TEAM, self._client.reviews.ListReviewRequests, listed)
        if entered.review_requests:
            return entered.review_requests[0]
        asked = self._does(
            wire.PANEL_TEAM,
            "CreateReviewRequest",
            parent=self._parent,
            target=self._item(self._wrong),
            grounds=[REQUEST.GROUND_FACT_WRONG],
            words=HER_WORDS,
            made_date=to_date(self._story.today - timedelta(days=ASKED_DAYS_AGO)),
        )
        # Rules put the concern on hold before anything is decided, as in a real week.
        wait_until_read(self._client, "rules", "evidence")
        return asked

    def _item(self, item: Item) -> str:
        """Return the name of an item of the story."""
        request = evidence_pb2.ListEvidenceItemsRequest(
            parent=self._parent, kind=from_word(evidence_pb2.EvidenceKind, item.kind)
        )
        source = from_word(evidence_pb2.EvidenceSource, item.source)
        found = self._client.pages(wire.PANEL_TEAM, self._client.evidence.ListEvidenceItems, request, "evidence_items")
        return next(
            str(one.name)
            for one in found
            if one.source == source and from_date(one, "happened_date") == item.happened_on
        )

    def _accept(self, request: Any) -> Any:
        accepted = pb.AcceptReviewRequestRequest.ANSWER_ACCEPTED
        return self._moves(wire.PANEL_TEAM, "AcceptReviewRequest", request, answer=accepted)

    def _assign(self, request: Any) -> Any:
        """Give the request to the first who stands outside its chain. Her support manager is refused before."""
        try:
            self._moves(wire.PANEL_TEAM, "AssignReviewRequest", request, reviewer=self._manager())
        except grpc.RpcError as refusal:
            if refusal.code() is not grpc.StatusCode.FAILED_PRECONDITION:
                raise
        else:
            raise wire.StoryNotToldError(f"The support manager may decide {request.name}.")
        wanted = reviewers_pb2.ListReviewersRequest(name=request.name)
        listed = self._client.call(wire.PANEL_TEAM, self._client.reviews.ListReviewers, wanted)
        outside = [reviewer.person for reviewer in listed.reviewers if not reviewer.bars]
        if not outside:
            raise wire.StoryNotToldError(f"Nobody can decide {request.name}.")
        return self._moves(wire.PANEL_TEAM, "AssignReviewRequest", request, reviewer=outside[0])

    def _decide(self, request: Any) -> Any:
        """Have the support manager say what there is to say, and the reviewer decide."""
        said = self._moves(self._manager(), "AddStatement", request, words=OUR_WORDS)
        upheld = {"decision": REQUEST.DECISION_UPHELD, "reasons": REASONS}
        return self._moves(request.reviewer, "DecideReviewRequest", said, **upheld)

    def _manager(self) -> str:
        request = scheduling_pb2.GetAllocationRequest(parent=self._parent)
        found = self._client.call(wire.PANEL_TEAM, self._client.allocations.GetAllocation, request)
        return str(found.support_manager)

    def _moves(self, who: str, method: str, request: Any, **fields: Any) -> Any:
        return self._does(who, method, name=request.name, etag=request.etag, **fields)

    def _does(self, who: str, method: str, **fields: Any) -> Any:
        one = (fields.get("etag", ""), fields.get("reviewer", ""))
        request_id = wire.request_id(self._story, "review", method, *one)
        message = getattr(pb, f"{method}Request")(request_id=request_id, **fields)
        return self._client.call(who, getattr(self._client.reviews, method), message)
