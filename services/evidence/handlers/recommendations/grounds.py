"""What a recommendation is checked against, and what its pack holds, as it stands in the current transaction."""

from collections.abc import Sequence
from datetime import date, datetime

from services.calendar_days import london_today
from services.evidence.adapters.recommendations.files import RecommendationFile
from services.evidence.domain.approach.change import Approach, ApproachChange, ChangeState
from services.evidence.domain.approach.matter import matter_of
from services.evidence.domain.evidence_item import DERIVED, FOUND, EvidenceItem
from services.evidence.domain.known_concern import KnownConcern
from services.evidence.domain.plans.action import Action, ActionState
from services.evidence.domain.plans.need import Need
from services.evidence.domain.plans.strength import Strength
from services.evidence.domain.plans.support import Support, SupportState
from services.evidence.domain.plans.view import View
from services.evidence.domain.recommendations import pack
from services.evidence.domain.recommendations.criteria import Shown
from services.evidence.domain.recommendations.life import Grounds
from services.evidence.domain.recommendations.readiness import InHand, NotReady, not_ready, opens_on, raised_too_late
from services.evidence.domain.recommendations.recommendation import Considered, Recommendation, Text
from services.evidence.domain.review_requests.request import ReviewRequest
from services.evidence.domain.reviews.review import ActionReview
from services.evidence.domain.safeguarder import Safeguarder, Term
from services.evidence.domain.sessions.pack import concern_name, item_name
from services.evidence.handlers.plans import parts

_SUPPORT_OVER = (SupportState.DELIVERED, SupportState.DECLINED, SupportState.NONE_GIVEN)
_NOT_MET = (ActionState.NOT_MET, ActionState.PARTLY_MET)


def grounds_of(entry: Safeguarder, recommended: Recommendation, file: RecommendationFile) -> Grounds:
    """Return what a recommendation about a person is checked against."""
    known, text = material_of(entry, file), recommended.text
    person, concerns = entry.safeguarder_id, concerns_of(text, entry.safeguarder_id, file)
    asked = (one for one in file.plan.requests.of(person) if _rests_on(recommended, one))
    reviews = tuple(Considered(one.name, one.state, one.decision) for one in asked)
    closed = tuple(concern_name(person, each.concern_id) for each in concerns if not each.is_open)
    return Grounds(pack.gather(known), known.items, _shown(entry, text, known, file), entry, reviews, closed)


def _rests_on(recommended: Recommendation, request: ReviewRequest) -> bool:
    """Return whether a review is about a recommendation, what it relies on, or a concern that it is about."""
    person, text = f"safeguarders/{request.safeguarder_id}", recommended.text
    looked_at = {request.target_name, *(f"{person}/evidenceItems/{each}" for each in request.evidence_ids)}
    return bool(looked_at & {recommended.name, *text.names}) or bool(set(request.concern_ids) & set(text.concerns))


def material_of(entry: Safeguarder, file: RecommendationFile) -> pack.Material:
    """Return everything that can be in a pack about a person, as it stands."""
    person, plans, now = entry.safeguarder_id, file.plan.parts, file.actor.now
    return pack.Material(
        person,
        _since_on(entry, file.actor.today),
        file.plan.packs.items_at(person, now),
        file.plan.records.of_at(person, now),
        plans.of(Strength, person),
        plans.of(Need, person),
        plans.of(Action, person),
        plans.of(Support, person),
        plans.of(ActionReview, person),
        file.plan.changes.of(person),
        plans.of(View, person),
    )


def concerns_of(text: Text, safeguarder_id: str, file: RecommendationFile) -> list[KnownConcern]:
    """Return the concerns that a text is about, as rules told them last."""
    known = file.plan.facts.concerns_of(safeguarder_id)
    return [known[concern_id] for concern_id in text.concerns if concern_id in known]


def lines_of(entry: Safeguarder, file: RecommendationFile) -> list[NotReady]:
    """Return what is not ready for a reappointment; nothing before its papers are open, and for an applicant.

    Once the next term is decided, it is about the one after that.
    """
    term, today = entry.last_term, file.actor.today
    if term is None or today < opens_on(term, file.numbers):
        return []
    person, known = entry.safeguarder_id, file.plan
    live = [each for each in known.parts.of(Action, person) if each.is_open]
    return not_ready(
        InHand(
            person,
            term,
            today,
            known.packs.items_at(person, file.actor.now),
            sorted(((each, parts.timed_action(each, known).standing.due_on) for each in live), key=_by_day),
            known.parts.of(Support, person),
            known.facts.open_concerns(person),
            [each for each in known.requests.of(person) if each.is_open],
        ),
        file.numbers,
    )


def _by_day(timed: tuple[Action, date]) -> tuple[date, str]:
    return timed[1], timed[0].name


def _since_on(entry: Safeguarder, today: date) -> date:
    """Return the first day of the term that has begun; the earliest day for an applicant."""
    term = entry.term_begun_by(today)
    return term.starts_on if term else date.min


def _shown(entry: Safeguarder, text: Text, known: pack.Material, file: RecommendationFile) -> Shown:
    concerns, today = concerns_of(text, entry.safeguarder_id, file), file.actor.today
    named = [item for item in known.items if item_name(item) in text.names]
    term = entry.term_begun_by(today)
    return Shown(
        notice_stood=bool(concerns) and all(_notice_stood(each.concern_id, known.changes, today) for each in concerns),
        action_reviewed=bool(concerns) and all(_reviewed(each.concern_id, known.reviews) for each in concerns),
        supports_complete=_supports_complete(concerns, known.supports, file),
        sources=len({item.content.source for item in named if _counts(item, today)}),
        is_safety=any(each.lane == "safety" for each in concerns),
        has_upheld_complaint=any(item.content.complaint_outcome in FOUND for item in named),
        is_escalated=any(each.escalated_by for each in concerns),
        raised_too_late=term is not None and any(_too_late(each, term, file) for each in concerns),
    )


def _notice_stood(concern_id: str, changes: Sequence[ApproachChange], today: date) -> bool:
    """Return whether notice of required action stood. What was only reported later carries nothing (record 0.13)."""
    return any(
        concern_id in change.wanted.concerns
        and change.wanted.to is Approach.REQUIRED_ACTION
        and change.wanted.reported is None
        and change.state in (ChangeState.SERVED, ChangeState.MET, ChangeState.CONCERN_ENDED)
        and change.stands_from is not None
        and change.stands_from <= today
        for change in changes
    )


def _reviewed(concern_id: str, reviews: Sequence[ActionReview]) -> bool:
    """Return whether an action for a concern was reviewed after its time, and was not met in full."""
    return any(
        concern_id in found.concerns and found.outcome in _NOT_MET and found.due_on < review.held_on
        for review in reviews
        for found in review.actions
    )


def _supports_complete(concerns: Sequence[KnownConcern], supports: Sequence[Support], file: RecommendationFile) -> bool:
    by_id = {each.concern_id: each for each in concerns}
    offered = [matter_of(concern_id, by_id, supports).supports for concern_id in by_id]
    over = all(_is_over(support, file.actor.now) for each in offered for support in each)
    return bool(offered) and all(offered) and over


def _is_over(support: Support, now: datetime) -> bool:
    """Return whether nothing of a support is owed. The person may still say that they did not receive one."""
    may_deny = support.deny_until is not None and support.deny_until >= london_today(now) and support.received is None
    return support.state in _SUPPORT_OVER and not may_deny


def _counts(item: EvidenceItem, today: date) -> bool:
    adverse_on = item.adverse_on
    return item.content.kind not in DERIVED and adverse_on is not None and adverse_on <= today


def _too_late(concern: KnownConcern, term: Term, file: RecommendationFile) -> bool:
    return raised_too_late(concern, term, file.numbers)
