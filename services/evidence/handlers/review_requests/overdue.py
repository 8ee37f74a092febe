"""Review requests that wait for longer than their time go up a level (record 2.5, 3.1)."""

from services.evidence.adapters.review_requests.files import ReviewFile
from services.evidence.domain.review_requests import life
from services.evidence.domain.review_requests.request import RequestState, ReviewRequest
from services.evidence.handlers.review_requests.requests import keep, next_reviewers


def move_up_overdue(files: ReviewFile, most: int) -> None:
    """Move requests up a level whose time was over before today, at most so many.

    If nobody of a higher level stands outside the chain, a request stays where it is, and is looked at again tomorrow.
    """
    today = files.actor.today
    for request in files.requests.to_look_at(today, most):
        until = request.waits_until
        if until is not None and until < today:
            outside = (candidate for candidate, barred in next_reviewers(request, files) if not barred)
            after = life.move_up(request, outside, _floor(request, files), files.actor, files.numbers)
            if after is not request:
                keep(after, files)
                continue
            until = today
        files.requests.look_after(request.review_id, until)


def _floor(request: ReviewRequest, files: ReviewFile) -> int:
    """Return the level above which somebody takes a request on."""
    if request.state is RequestState.ASSIGNED:
        return request.reviewers[-1].level
    if request.assigner:
        return files.level_of(request.assigner)
    return min((files.level_of(each.person) for each in files.reviewers), default=0)
