"""Reviews of a support, a change of approach and a recommendation: what can be asked about, and what follows (R92)."""

from datetime import date
from typing import NamedTuple

from services.calendar_days import london_today
from services.evidence.adapters.review_requests.files import ReviewFile
from services.evidence.domain.approach import life as approach_life
from services.evidence.domain.plans import life_of_a_support
from services.evidence.domain.recommendations import life as recommendation_life
from services.evidence.domain.recommendations.recommendation import AFTER_SUBMISSION, BEFORE_SUBMISSION
from services.evidence.domain.review_requests.request import ReviewRequest, TargetKind
from services.evidence.handlers.plans import parts
from services.refusals import Refusal, not_found, precondition


class Stands(NamedTuple):
    """How a target stands."""

    version: int
    told_on: date | None
    """The day from which the Safeguarder could read it."""
    evidence: tuple[str, ...] = ()
    """The items that are looked at with it."""
    concerns: tuple[str, ...] = ()
    """The concerns that it is about."""


def support(safeguarder_id: str, support_id: str, files: ReviewFile) -> Stands:
    """Return how a support stands. Refuse SUPPORT_NOT_FOUND, and as `life_of_a_support.check_reviewable` does."""
    try:
        found = parts.find_support((safeguarder_id, support_id), files.plan)
    except Refusal as refused:
        refused.field = "target"
        raise
    life_of_a_support.check_reviewable(found)
    return Stands(found.version, london_today(found.created_at), concerns=found.offer.supported.concerns)


def approach_change(safeguarder_id: str, change_id: str, files: ReviewFile) -> Stands:
    """Return how a change of approach stands. Refuse APPROACH_NOT_FOUND and APPROACH_ENDED."""
    found = files.plan.changes.find(change_id)
    if found is None or found.safeguarder_id != safeguarder_id:
        raise not_found("APPROACH_NOT_FOUND", "This Safeguarder has no such change of approach.", "target")
    if not found.applies:
        message = "This change of approach has ended, so nothing follows from it any more."
        raise precondition("APPROACH_ENDED", message, "target", state=found.state)
    return Stands(found.version, found.served_on, concerns=found.wanted.concerns)


def recommendation(safeguarder_id: str, recommendation_id: str, files: ReviewFile) -> Stands:
    """Return how a recommendation stands that was shared with the Safeguarder.

    Raises:
        Refusal: RECOMMENDATION_NOT_FOUND; GOVERNMENT_REVIEWS once Ministers have it; STEP_NOT_AVAILABLE for one that
            was taken back.
    """
    newest, shown = (files.recommendations.find(recommendation_id, shown=shown) for shown in (False, True))
    if newest is None or shown is None or newest.safeguarder_id != safeguarder_id:
        raise not_found("RECOMMENDATION_NOT_FOUND", "This person has no such recommendation.", "target")
    if newest.state in AFTER_SUBMISSION:
        message = (
            "Scottish Ministers have this recommendation. Say what you think of it (psmf recommendation answer): it is "
            "sent on. The Scottish Government reviews a removal, and a decision not to appoint again."
        )
        raise precondition("GOVERNMENT_REVIEWS", message, "target")
    if newest.state not in BEFORE_SUBMISSION:
        message = "This recommendation was taken back, so nothing follows from it."
        raise precondition("STEP_NOT_AVAILABLE", message, "target", state=newest.state.value)
    return Stands(shown.version, shown.shared_on)


def took_part(request: ReviewRequest, files: ReviewFile) -> set[str]:
    """Return who offered, served, drafted, checked or approved the target of a request."""
    name = (request.safeguarder_id, request.target.target_id)
    if request.target.kind is TargetKind.SUPPORT:
        offered = parts.find_support(name, files.plan)
        return {offered.offered_by, offered.answer_entered_by}
    if request.target.kind is TargetKind.APPROACH_CHANGE:
        change = files.plan.changes.find(name[1])
        return {change.served_by} if change else set()
    if request.target.kind is TargetKind.RECOMMENDATION:
        known = files.recommendations.find(name[1])
        return {*known.drafters, known.checked_by, known.approved_by} if known else set()
    return set()


def apply(decided: ReviewRequest, files: ReviewFile) -> None:
    """Do what an upheld review does to its target: correct the support, set the change aside, draft again."""
    name, actor = (decided.safeguarder_id, decided.target.target_id), files.actor
    if decided.target.kind is TargetKind.SUPPORT:
        before = parts.find_support(name, files.plan)
        after = life_of_a_support.correct_by_review(before, decided.reasons, actor, files.plan.numbers)
        if after is not before:
            files.plan.parts.put(after)
    if decided.target.kind is TargetKind.APPROACH_CHANGE:
        change = files.plan.changes.find(name[1])
        if change is not None and change.applies:
            files.plan.changes.put(approach_life.set_aside_by_review(change, decided.reasons, actor))
    if decided.target.kind is TargetKind.RECOMMENDATION:
        known = files.recommendations.find(name[1])
        if known is not None and known.state in BEFORE_SUBMISSION:
            files.recommendations.put(recommendation_life.send_back(known, actor))
