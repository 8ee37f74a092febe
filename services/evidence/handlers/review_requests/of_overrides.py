"""Reviews of an override. Rules, which keep overrides, end one whose review is upheld (R92)."""

from services.evidence.adapters.review_requests.files import ReviewFile
from services.evidence.domain.review_requests.override import check_reviewable
from services.evidence.domain.review_requests.request import ReviewRequest, TargetKind
from services.evidence.handlers.review_requests.of_the_plan import Stands


def of_an_override(safeguarder_id: str, override_id: str, files: ReviewFile) -> Stands:
    """Return how an override stands. Refuse as `check_reviewable` does."""
    known = check_reviewable(files.overrides.find(override_id), safeguarder_id, files.actor.today)
    return Stands(known.version, known.starts_on)


def took_part(request: ReviewRequest, files: ReviewFile) -> set[str]:
    """Return who set the rule aside."""
    known = files.overrides.find(request.target.target_id)
    return {known.author} if known and request.target.kind is TargetKind.RULE_OVERRIDE else set()
