"""No text of a review request names a child (P23). The kind: a new text without a screen."""

from functools import partial
from typing import Any

from psmf.evidence.v1 import review_requests_pb2 as pb

from tests.answers import refused
from tests.between.test_who_says_it import MANAGER, NAMED, PERSON
from tests.between.together import Together
from tests.builders import a_request_id

_PARENT, _SENIOR = "safeguarders/sg-one", "senior-manager"
_MOVE = {"name": f"{_PARENT}/reviewRequests/none", "etag": "1"}
_ASKED: dict[str, Any] = {
    "parent": _PARENT,
    "target": f"{_PARENT}/concerns/none",
    "grounds": [pb.ReviewRequest.GROUND_OTHER],
    "words": "It was another hearing.",
}
IN_A_REQUEST: dict[str, tuple[str, dict[str, Any]]] = {
    "evidence.CreateReviewRequestRequest.words": (PERSON, _ASKED),
    "evidence.CreateReviewRequestRequest.asks_for": (PERSON, _ASKED),
    "evidence.AcceptReviewRequestRequest.words": (
        _SENIOR, {**_MOVE, "answer": pb.AcceptReviewRequestRequest.ANSWER_NOT_ACCEPTED},
    ),
    "evidence.AddStatementRequest.words": (MANAGER, _MOVE),
    "evidence.DecideReviewRequestRequest.reasons": (_SENIOR, {**_MOVE, "decision": pb.ReviewRequest.DECISION_UPHELD}),
}  # fmt: skip
"""Each text, who sends it, and the rest of the request."""


def test_no_text_of_a_review_request_that_may_name_a_child_is_kept(suite_together: Together) -> None:
    """P23: the refusal says in which field it stands, and does not repeat it."""
    suite_together.appoint("sg-one")
    for field, (person, rest) in IN_A_REQUEST.items():
        _, message, path = field.split(".")
        request = getattr(pb, message)(request_id=a_request_id(), **rest | {path: NAMED})
        call = getattr(suite_together.reviews, message.removesuffix("Request"))
        answer = refused(partial(call, request, **suite_together.as_(person)))
        assert (answer.reason, answer.field) == ("TEXT_MAY_NAME_A_CHILD", path), field
        assert "Jamie" not in answer.message
