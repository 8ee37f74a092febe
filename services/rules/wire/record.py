"""What evidence says of supports, views, changes of approach, reviews and recommendations, as concerns follow it."""

from psmf.evidence.v1 import approach_changes_pb2 as changes
from psmf.evidence.v1 import development_plans_pb2 as plans
from psmf.evidence.v1 import events_pb2 as evidence_events
from psmf.evidence.v1 import overlays_pb2 as overlays
from psmf.evidence.v1 import recommendations_pb2 as recommendations
from psmf.evidence.v1 import review_requests_pb2 as requests
from psmf.evidence.v1 import session_records_pb2

from services.calendar_days import london_today
from services.platform.calls.wire import from_date, from_instant, known_member, known_word
from services.rules.domain.closed_lists import (
    Approach,
    RecommendationKind,
    RequiredAction,
    ReviewOutcome,
    SupportAnswer,
    SupportGiven,
    SupportKind,
    SupportsStanding,
    View,
)
from services.rules.domain.concerns.overlays.followed import OverlayFact
from services.rules.domain.concerns.progress import (
    ActionReviewFact,
    ApproachFact,
    Recommendation,
    RecommendationFact,
    RequiredFact,
    ReviewedFact,
    Support,
)
from services.rules.domain.concerns.review_requests.followed import ReviewRequestFact
from services.rules.domain.concerns.views import ViewFact

_GIVEN: dict[str, SupportGiven | None] = {
    "offered": None,
    "accepted": None,
    "declined": None,
    "none_given": None,
    "unavailable": SupportGiven.UNAVAILABLE,
    "not_delivered": SupportGiven.NOT_DELIVERED,
    "delivered": SupportGiven.DELIVERED,
}
"""Whether the Team gave the support, in each state of the register."""
_OPEN = ("open", "completion_offered")
_WITH_OUTCOME = ("met", "partly_met", "not_met")
"""States of an action of the plan. One that is not possible counts against nobody."""

_IN_FORCE = ("in_force", "reviewed")
"""States of an overlay that is not over."""
_FOUND = {"partly_met": ReviewOutcome.PARTLY.value}
"""Outcomes of the plan that have another word here."""


def support_of(message: evidence_events.SupportChanged) -> Support | None:
    """Return a version of a support. None for a word that only a later release knows, or without a day."""
    kind = known_member(SupportKind, plans.Support.Kind, message.kind)
    state = known_word(plans.Support.State, message.state)
    discussed_on, unavailable_on = from_date(message, "discussed_date"), from_date(message, "unavailable_date")
    if kind is None or state not in _GIVEN or discussed_on is None:
        return None
    unanswered = SupportAnswer.UNAVAILABLE if state == "unavailable" else None
    return Support(
        kind,
        discussed_on,
        known_member(SupportAnswer, plans.AnswerSupportRequest.Answer, message.answer) or unanswered,
        # The day of an answer that nobody gave is the day from which the Team cannot provide the support.
        from_date(message, "answer_date") or unavailable_on,
        support_id=message.support_id,
        version=message.version,
        promised_on=from_date(message, "first_promised_date"),
        given=_GIVEN[state],
        unavailable_on=unavailable_on,
        deny_until=(
            None if message.received == plans.Support.RECEIVED_YES else from_date(message, "received_due_date")
        ),
    )


def view_of(message: evidence_events.ViewChanged) -> ViewFact | None:
    """Return a version of a view. None while it is awaited, or for a word that only a later release knows."""
    view = known_member(View, plans.View.State, message.state)
    if view is None:
        taken_on = london_today(from_instant(message.change_time))
        return ViewFact(message.version, None, taken_on) if message.taken_back else None
    given_on = from_date(message, "given_date") if view is View.GIVEN else None
    return ViewFact(message.version, view, given_on or london_today(from_instant(message.change_time)))


def approach_of(message: evidence_events.ApproachChanged) -> ApproachFact | None:
    """Return a version of a change of approach. None for a word that only a later release knows, or without a day."""
    to = known_member(Approach, changes.ApproachChange.Approach, message.to_approach)
    state = known_word(changes.ApproachChange.State, message.state)
    served_on = from_date(message, "serve_date")
    if to is None or not state or served_on is None:
        return None
    return ApproachFact(
        message.change_id,
        message.version,
        to,
        from_instant(message.create_time),
        served_on,
        from_date(message, "acknowledge_date"),
        from_date(message, "stands_from_date"),
        message.reported,
        tuple(fact for fact in map(_required, message.actions) if fact),
        ended="" if state == "served" else state,
    )


def upheld_target(message: evidence_events.ReviewRequestChanged) -> tuple[str, str]:
    """Return the kind of what a request is about, and its id. Empty words for a kind of a later release."""
    return known_word(requests.ReviewRequest.TargetKind, message.target_kind), message.target_id


def request_of(message: evidence_events.ReviewRequestChanged) -> ReviewRequestFact | None:
    """Return a version of a review request. None without a day, or for a state that only a later release knows."""
    made_on, state = from_date(message, "made_date"), known_word(requests.ReviewRequest.State, message.state)
    if made_on is None or not state:
        return None
    return ReviewRequestFact(
        message.review_id,
        message.safeguarder_id,
        message.version,
        made_on,
        tuple(message.concern_ids),
        tuple(message.evidence_ids),
        from_instant(message.create_time),
        message.target_kind == requests.ReviewRequest.TARGET_KIND_CONCERN,
        from_instant(message.change_time) if message.HasField("end_date") else None,
        upheld=message.decision == requests.ReviewRequest.DECISION_UPHELD,
        reviewer=message.reviewer,
    )


def overlay_of(message: evidence_events.OverlayChanged) -> OverlayFact | None:
    """Return a version of an overlay. None without a day, or for a state that only a later release knows."""
    starts_on, state = from_date(message, "start_date"), known_word(overlays.Overlay.State, message.state)
    if starts_on is None or not state:
        return None
    return OverlayFact(
        message.overlay_id,
        message.safeguarder_id,
        message.version,
        starts_on,
        overlays.Overlay.EFFECT_PRACTICE_HELD in message.effects,
        from_instant(message.create_time),
        None if state in _IN_FORCE else from_instant(message.change_time),
    )


def _required(message: evidence_events.RequiredPlanAction) -> RequiredFact | None:
    """Return an action that is required; None if it is neither open nor has an outcome."""
    what = known_member(RequiredAction, plans.Action.Kind, message.kind)
    state, due_on = known_word(plans.Action.State, message.state), from_date(message, "due_date")
    if what is None or due_on is None or state not in (*_OPEN, *_WITH_OUTCOME):
        return None
    return RequiredFact(message.action_id, what, due_on, message.stands_still, state in _WITH_OUTCOME)


def review_of(message: evidence_events.ActionReviewHeld) -> ActionReviewFact | None:
    """Return a version of a review of actions. None without a day, or if it says nothing that this version knows."""
    held_on = from_date(message, "held_date")
    found = tuple(fact for fact in map(_reviewed, message.actions) if fact)
    if held_on is None or not found:
        return None
    return ActionReviewFact(message.review_id, message.version, held_on, found)


def recommendation_of(message: evidence_events.RecommendationChanged) -> RecommendationFact | None:
    """Return a version of a recommendation. None without a day, or for a word that only a later release knows."""
    kind = known_member(RecommendationKind, recommendations.Recommendation.Outcome, message.outcome)
    state = known_word(recommendations.Recommendation.State, message.state)
    shared_on = from_date(message, "share_date")
    if kind is None or not state or shared_on is None:
        return None
    made = Recommendation(
        kind, message.pack_hash, shared_on, message.drafted_by, message.recommendation_id, message.version
    )
    return RecommendationFact(made, state in ("submitted", "decided"))


def _reviewed(message: evidence_events.ActionReviewHeld.ReviewedAction) -> ReviewedFact | None:
    word, due_on = known_word(plans.Action.State, message.outcome), from_date(message, "due_date")
    if message.HasField("extended_date"):
        word = "extended"
    if due_on is None or not word:
        return None
    supports = known_member(SupportsStanding, plans.ActionReview.SupportsStanding, message.supports)
    return ReviewedFact(message.action_id, _FOUND.get(word, word), due_on, supports)


def reviewed_concerns(message: evidence_events.ActionReviewHeld) -> list[str]:
    """Return the ids of the concerns that a review of actions is about, each once."""
    return list(dict.fromkeys(known for each in message.actions for known in each.concern_ids))


def acknowledged(message: evidence_events.SessionRecordChanged) -> list[str]:
    """Return the ids of the praise that a record says was acknowledged, and that nobody disputes."""
    word = session_records_pb2.AgendaOutcome.WORD_ACKNOWLEDGED
    return [said.concern_id for said in message.outcomes if said.word == word and not said.disputed]
