"""Views of concerns, as the Safeguarder gives them."""

from collections.abc import Callable
from datetime import datetime

from services.evidence.adapters.development_plans import SqlDevelopmentPlans
from services.evidence.adapters.plan_files import PlanFile
from services.evidence.domain.plans import view as life
from services.evidence.domain.plans.view import View
from services.evidence.domain.review_requests.request import Target, TargetKind
from services.evidence.handlers.plans import parts
from services.evidence.handlers.review_requests.frozen import check_not_under_review
from services.refusals import not_found


def ask(name: parts.Name, etag: str, files: PlanFile) -> View:
    """Ask the Safeguarder for their view of a concern.

    Raises:
        Refusal: ETAG_MISMATCH; UNDER_REVIEW for staff; and as `parts.check_concern` says.
    """
    return _change(name, etag, files, lambda known: life.ask(known, name, files.actor, files.numbers))


def give(name: parts.Name, etag: str, words: str, files: PlanFile) -> View:
    """Keep the Safeguarder's view of a concern. Refuse as `ask` does, and as `life.give` does."""
    return _change(name, etag, files, lambda known: life.give(known, name, words, files.actor))


def give_none(name: parts.Name, etag: str, files: PlanFile) -> View:
    """Keep that the Safeguarder was asked and gave no view. Refuse as `ask` does, and as `life.give_none` does."""

    def move(known: View | None) -> View:
        answering = parts.timed_view(known, files).answering if known else None
        return life.give_none(known, answering, files.actor)

    return _change(name, etag, files, move)


def end(concern_id: str, views: SqlDevelopmentPlans, now: datetime) -> None:
    """Wait no longer for the view of a concern that has ended."""
    known = views.find(View, concern_id)
    after = life.end(known, now) if known else None
    if after is not None and after is not known:
        views.put(after)


def _change(name: parts.Name, etag: str, files: PlanFile, move: Callable[[View | None], View]) -> View:
    safeguarder_id, concern_id = name
    parts.check_concern(concern_id, safeguarder_id, files, "name")
    before = files.parts.find(View, concern_id)
    if before is not None and before.safeguarder_id != safeguarder_id:
        raise not_found("CONCERN_NOT_FOUND", "This person's file has no such concern.", "name")
    parts.check_etag(etag, before.etag if before else "")
    if not files.actor.is_safeguarder:
        check_not_under_review(safeguarder_id, Target(TargetKind.VIEW, concern_id), files.requests)
    after = move(before)
    if after is not before:
        files.parts.put(after)
    return after
