"""Reviews of an unexcused absence. Scheduling, which keeps attendance, excuses one that is upheld (R92)."""

from services.evidence.adapters.review_requests.files import ReviewFile
from services.evidence.domain.review_requests.absence import check_reviewable
from services.evidence.handlers.review_requests.of_the_plan import Stands


def of_an_absence(safeguarder_id: str, record_id: str, files: ReviewFile) -> Stands:
    """Return how an absence stands. For rules it is an item of evidence with the id of its record.

    Raises:
        Refusal: as `check_reviewable` does.
    """
    known = check_reviewable(files.attendances.find(record_id), safeguarder_id)
    return Stands(known.version, known.told_on, (record_id,))
