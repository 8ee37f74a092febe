"""What stays as it is while somebody else looks at it (B5)."""

from services.evidence.adapters.review_requests.requests import SqlReviewRequests
from services.evidence.domain.review_requests.request import Target
from services.refusals import precondition


def check_not_under_review(
    safeguarder_id: str, target: Target, requests: SqlReviewRequests, field: str = "name"
) -> None:
    """Refuse UNDER_REVIEW for a change of something that a review request is open about.

    A reviewer would otherwise decide on something else than what the Safeguarder asked about.
    """
    if requests.is_open(safeguarder_id, target):
        message = "The Safeguarder asked for a review of this. It stays as it is until that is decided."
        raise precondition("UNDER_REVIEW", message, field)
