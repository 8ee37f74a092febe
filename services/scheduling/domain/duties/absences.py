"""Reviews of absences, as evidence tells of the requests (R92)."""

from datetime import timedelta

from services.calendar_days import Days
from services.scheduling.domain.attendance import AbsenceReview
from services.scheduling.domain.duties.facts import ReviewFact


def review_of_an_absence(request: ReviewFact) -> AbsenceReview | None:
    """Return what a review request says of the absence that it is about. None if it is about anything else."""
    collection, _, rest = request.target.partition("/")
    record_id, _, part = rest.partition("/")
    if collection not in ("supportSessions", "obligations") or part != "attendance":
        return None
    last_on = request.ended_on and request.ended_on - timedelta(days=1)
    stops = last_on is None or request.made_on <= last_on
    days = Days(request.made_on, last_on) if stops else None
    return AbsenceReview(record_id, request.made_on, days, request.ended_on is None, request.upheld)
