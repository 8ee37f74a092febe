"""The days on which a review of an item is open: no time to reply to it counts them (B5)."""

from collections.abc import Iterable
from datetime import timedelta

from services.calendar_days import Days
from services.evidence.domain.review_requests.request import ReviewRequest


def days_stopped(evidence_id: str, requests: Iterable[ReviewRequest]) -> list[Days]:
    """Return the days on which the time to reply to an item stands still for its reviews, however these ended.

    They begin with the day on which the review was asked for. On the day on which it ends the time goes on. One that is
    open has no last day.
    """
    found = []
    for request in requests:
        last_on = request.ended_on and request.ended_on - timedelta(days=1)
        if evidence_id in request.evidence_ids and (last_on is None or request.made_on <= last_on):
            found.append(Days(request.made_on, last_on))
    return found
