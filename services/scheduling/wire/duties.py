"""Conversion of what evidence says of records, plans, and what is in plans, and of duties to messages."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from psmf.evidence.v1 import approach_changes_pb2 as changes
from psmf.evidence.v1 import complaint_stages_pb2, evidence_pb2, overlays_pb2, report_samples_pb2, review_requests_pb2
from psmf.evidence.v1 import development_plans_pb2 as plans
from psmf.evidence.v1 import events_pb2 as evidence
from psmf.evidence.v1 import recommendations_pb2 as recommendations
from psmf.evidence.v1 import session_records_pb2 as records
from psmf.scheduling.v1 import duties_pb2

from services.calendar_days import london_today
from services.platform.calls.wire import from_date, from_instant, from_word, known_member, known_word, to_date
from services.scheduling.domain.duties.complaints import ComplaintFact, ComplaintLimit
from services.scheduling.domain.duties.duties import Duty
from services.scheduling.domain.duties.facts import (
    ActionFact,
    ApproachFact,
    DueDay,
    PlanFact,
    RecommendationFact,
    RecordFact,
    ReviewFact,
    SupportFact,
    ViewFact,
)
from services.scheduling.domain.duties.overlays import OverlayFact
from services.scheduling.domain.duties.samples import AwaitedStep, SampleFact
from services.scheduling.domain.duties.states import (
    ActionState,
    Ending,
    OwedBy,
    RecommendationState,
    RecordState,
    ReviewState,
    SupportState,
    ViewState,
)
from services.scheduling.domain.identifiers import ActionId, ConcernId, SessionId, SupportId

_REQUEST = review_requests_pb2.ReviewRequest
_SAMPLE = report_samples_pb2.ReportSample
_COMPLAINT = complaint_stages_pb2.ComplaintStages
_TARGETS = {
    "evidence_item": "evidenceItems/{}",
    "concern": "concerns/{}",
    "session_record": "supportSessions/{}/record",
    "action": "actions/{}",
    "support": "supports/{}",
    "approach_change": "approachChanges/{}",
    "recommendation": "recommendations/{}",
    "need": "needs/{}",
    "view": "views/{}",
    "action_review": "actionReviews/{}",
    "session_absence": "supportSessions/{}/attendance",
    "rule_override": "ruleOverrides/{}",
    "training_absence": "obligations/{}/attendance",
}
"""Names under the Safeguarder of what can be reviewed."""


def record_fact(message: evidence.SessionRecordChanged) -> RecordFact | None:
    """Return the record of a session without words. None if it stands in a way that this version does not know."""
    state = known_member(RecordState, records.SessionRecord.State, message.state)
    if state is None:
        return None
    return RecordFact(
        SessionId(message.session_id),
        message.version,
        state,
        message.edition,
        known_member(Ending, records.SessionRecord.Ending, message.ending),
        from_date(message, "answer_due_date"),
        from_date(message, "response_due_date"),
        _since(message),
    )


def action_fact(message: evidence.ActionChanged) -> ActionFact | None:
    """Return an action without words. None if it stands in a way that this version does not know."""
    state = known_member(ActionState, plans.Action.State, message.state)
    owner = known_member(OwedBy, plans.Action.Owner, message.owner)
    proposed_by = known_member(OwedBy, plans.Raiser, message.proposed_by)
    if state is None or owner is None or proposed_by is None:
        return None
    return ActionFact(
        ActionId(message.action_id),
        message.version,
        state,
        owner,
        proposed_by,
        message.answer != plans.AnswerActionRequest.ANSWER_UNSPECIFIED,
        tuple(message.need_ids),
        ConcernId(message.concern_id) if message.concern_id else None,
        from_date(message, "open_date"),
        from_date(message, "due_date"),
        from_date(message, "answer_due_date"),
        _since(message),
        tuple(_due_days(message)),
        bool(message.replaces_id),
    )


def support_fact(message: evidence.SupportChanged) -> SupportFact | None:
    """Return a support without words. None if it stands in a way that this version does not know."""
    state = known_member(SupportState, plans.Support.State, message.state)
    if state is None:
        return None
    return SupportFact(
        SupportId(message.support_id),
        message.version,
        state,
        tuple(message.action_ids),
        tuple(message.need_ids),
        tuple(message.concern_ids),
        from_date(message, "answer_due_date"),
        from_date(message, "first_promised_date"),
        from_date(message, "promised_date"),
        from_date(message, "delivered_date"),
        _since(message),
        from_date(message, "given_since_date"),
        from_date(message, "unavailable_date"),
    )


def plan_fact(message: evidence.DevelopmentPlanChanged) -> PlanFact:
    """Return the development plan of a term without words."""
    return PlanFact(message.term, message.version, message.final, message.reason_given, _since(message))


def view_fact(message: evidence.ViewChanged) -> ViewFact | None:
    """Return the view of a concern without words. None if it stands in a way that this version does not know."""
    state = known_member(ViewState, plans.View.State, message.state)
    if state is None:
        return None
    return ViewFact(
        ConcernId(message.concern_id),
        message.version,
        state,
        from_date(message, "asked_date"),
        from_date(message, "answer_due_date"),
        _since(message),
    )


def approach_fact(message: evidence.ApproachChanged) -> ApproachFact | None:
    """Return a change of approach without words. None without a day, and for a state that is not known here."""
    served_on, state = from_date(message, "serve_date"), known_word(changes.ApproachChange.State, message.state)
    if served_on is None or not state:
        return None
    return ApproachFact(
        message.change_id,
        message.version,
        state == "served",
        served_on,
        from_date(message, "acknowledge_date"),
        from_date(message, "acknowledge_due_date"),
        _since(message),
        tuple(message.concern_ids),
    )


def review_fact(message: evidence.ReviewRequestChanged) -> ReviewFact | None:
    """Return a review request without words. None without a day, and for a state that is not known here."""
    made_on, state = from_date(message, "made_date"), known_member(ReviewState, _REQUEST.State, message.state)
    if made_on is None or state is None:
        return None
    return ReviewFact(
        message.review_id,
        message.version,
        state,
        _TARGETS.get(known_word(_REQUEST.TargetKind, message.target_kind), "{}").format(message.target_id),
        tuple(message.concern_ids),
        made_on,
        london_today(from_instant(message.create_time)),
        from_date(message, "assign_due_date"),
        message.reviewer,
        from_date(message, "assign_date"),
        from_date(message, "decide_due_date"),
        from_date(message, "end_date"),
        _since(message),
        message.assigner,
        upheld=message.decision == _REQUEST.DECISION_UPHELD,
    )


def recommendation_fact(message: evidence.RecommendationChanged) -> RecommendationFact | None:
    """Return a recommendation without words. None without a day, and for a state that is not known here."""
    pb, shared_on = recommendations.Recommendation, from_date(message, "share_date")
    state = known_member(RecommendationState, pb.State, message.state)
    if shared_on is None or state is None:
        return None
    asks_for_time = message.outcome == pb.OUTCOME_MORE_TIME
    return RecommendationFact(
        message.recommendation_id,
        message.version,
        state,
        message.kind == pb.PURPOSE_REAPPOINTMENT and not asks_for_time,
        shared_on,
        from_date(message, "representations_due_date"),
        message.nothing_more or message.representations > 0,
        _since(message),
        message.kind == pb.PURPOSE_CONTINUING and (not asks_for_time or state is RecommendationState.DECIDED),
    )


def overlay_fact(message: evidence.OverlayChanged) -> OverlayFact | None:
    """Return a suspension or a leave. None without a day, and for a state that is not known here."""
    starts_on, state = from_date(message, "start_date"), known_word(overlays_pb2.Overlay.State, message.state)
    if starts_on is None or not state:
        return None
    return OverlayFact(
        message.overlay_id,
        message.version,
        state in ("in_force", "reviewed"),
        starts_on,
        from_date(message, "review_date"),
        from_date(message, "reviewed_date"),
        _since(message),
        london_today(from_instant(message.create_time)),
        from_date(message, "answer_due_date"),
    )


def sample_fact(message: evidence.ReportSampleChanged) -> SampleFact | None:
    """Return a sampled report without its readings. None without the day of its round, or in an unknown state."""
    starts_on, state = from_date(message, "round_start_date"), known_word(_SAMPLE.State, message.state)
    if starts_on is None or not state:
        return None
    return SampleFact(
        message.sample_id,
        message.version,
        message.round_id,
        starts_on,
        state == "due",
        tuple(_awaited(message)),
        message.wait_ended,
        message.report_id,
        _since(message),
    )


def complaint_fact(item: evidence.EvidenceFact) -> ComplaintFact | None:
    """Return a complaint with its time limits. None for any other item."""
    if item.kind != evidence_pb2.EVIDENCE_KIND_COMPLAINT:
        return None
    since_on = london_today(from_instant(item.record_time))
    return ComplaintFact(item.evidence_id, item.version, tuple(_limits(item)), since_on)


def report_of(item: evidence.EvidenceFact) -> str:
    """Return the opaque id of the report of which an item is a review. Empty for any other item."""
    return item.judged_id if item.kind == evidence_pb2.EVIDENCE_KIND_REPORT_SAMPLE_REVIEW else ""


def duty_message(duty: Duty, today: date) -> duties_pb2.Duty:
    """Return the message for a duty."""
    pb = duties_pb2.Duty
    return pb(
        name=f"safeguarders/{duty.safeguarder_id}/duties/{duty.duty_id}",
        kind=from_word(pb.Kind, duty.kind),
        owed_by=from_word(pb.OwedBy, duty.owed_by),
        about=f"safeguarders/{duty.safeguarder_id}/{duty.about}",
        state=from_word(pb.State, duty.state),
        start_date=to_date(duty.starts_on),
        due_date=to_date(duty.due_on),
        overdue=duty.is_overdue(today),
        standstill_reasons=[from_word(pb.StandstillReason, reason) for reason in duty.standstill_reasons],
    )


def _limits(item: evidence.EvidenceFact) -> Iterable[ComplaintLimit]:
    """Yield the time limits of a complaint. One that only a later release knows is left out."""
    for each in item.complaint_limits:
        words = known_word(_COMPLAINT.Limit, each.limit), known_word(_COMPLAINT.LimitState, each.state)
        starts_on, due_on = from_date(each, "start_date"), from_date(each, "due_date")
        if all(words) and starts_on and due_on:
            yield ComplaintLimit(*words, starts_on, due_on)


def _awaited(message: evidence.ReportSampleChanged) -> Iterable[AwaitedStep]:
    """Yield what a sample waits for. A step that only a later release knows is left out."""
    for each in message.awaited:
        kind, since_on, due_on = (
            known_word(_SAMPLE.Step, each.step),
            from_date(each, "since_date"),
            from_date(each, "due_date"),
        )
        if kind and since_on and due_on:
            yield AwaitedStep(kind, each.person, since_on, due_on)


def _due_days(message: evidence.ActionChanged) -> Iterable[DueDay]:
    for each in message.due_days:
        day, set_on = from_date(each, "date"), from_date(each, "set_date")
        if day is not None and set_on is not None:
            yield DueDay(day, set_on)


def _since(message: Any) -> date:
    return london_today(from_instant(message.change_time))
