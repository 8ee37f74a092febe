"""Conversion between domain values and protobuf messages, in both directions."""

from datetime import date
from typing import Any

from psmf.evidence.v1 import (
    approach_changes_pb2,
    development_plans_pb2,
    evidence_pb2,
    recommendations_pb2,
    review_requests_pb2,
    session_records_pb2,
)
from psmf.notifications.v1 import events_pb2
from psmf.notifications.v1 import notifications_pb2 as pb
from psmf.rules.v1 import rules_pb2
from psmf.scheduling.v1 import duties_pb2, scheduling_pb2

from services.notifications.domain.alert import Alert, Concern, Happening, Lane, Reason, Role
from services.notifications.domain.approach_news import ApproachChange, ChangeStands
from services.notifications.domain.asking import ReplyAsked
from services.notifications.domain.duty import Duty, DutyKind, DutyStands, OwedBy
from services.notifications.domain.matter import Standing
from services.notifications.domain.notification import Notification
from services.notifications.domain.plan_news import (
    Action,
    ActionStands,
    Confirming,
    Received,
    Support,
    SupportStands,
    TermPlan,
)
from services.notifications.domain.recommendations.news import Recommendation, RecommendationStands
from services.notifications.domain.review_news import ActionReview, RequestStands, ReviewRequest
from services.notifications.domain.session_news import LateItems, RecordStands, SessionPapers, SessionRecord
from services.notifications.domain.view_news import View, ViewStands
from services.platform.calls.wire import (
    from_date,
    from_instant,
    from_word,
    known_member,
    known_word,
    to_date,
    to_instant,
    to_word,
)
from services.refusals import invalid
from services.standard_ids import standard_order

_ENDED = (rules_pb2.Concern.STATE_CLOSED, rules_pb2.Concern.STATE_DISMISSED, rules_pb2.Concern.STATE_MERGED)
_CALENDAR = "calendar"
"""The contract's word for a move that no person made."""
_ABSENT = (scheduling_pb2.ATTENDANCE_ABSENT_UNEXCUSED, scheduling_pb2.ATTENDANCE_AWAITING_EVIDENCE)
"""Absences that a Safeguarder may explain."""
_RECORDS = {
    session_records_pb2.SessionRecord.STATE_SHARED: RecordStands.SHARED,
    session_records_pb2.SessionRecord.STATE_DISPUTED: RecordStands.DISPUTED,
}
_CLOSED = {
    (session_records_pb2.SessionRecord.STATE_CLOSED, ending): RecordStands(word)
    for word, ending in {
        "confirmed": session_records_pb2.SessionRecord.ENDING_CONFIRMED,
        "closed_disputed": session_records_pb2.SessionRecord.ENDING_DISPUTED,
        "no_answer": session_records_pb2.SessionRecord.ENDING_NO_ANSWER,
    }.items()
}
_ACTION, _SUPPORT, _DUTY = development_plans_pb2.Action, development_plans_pb2.Support, duties_pb2.Duty
_ACTIONS = {
    _ACTION.STATE_PROPOSED: ActionStands.PROPOSED,
    _ACTION.STATE_OPEN: ActionStands.OPEN,
    _ACTION.STATE_COMPLETION_OFFERED: ActionStands.DONE,
    _ACTION.STATE_MET: ActionStands.ENDED,
    _ACTION.STATE_PARTLY_MET: ActionStands.ENDED,
    _ACTION.STATE_NOT_MET: ActionStands.ENDED,
    _ACTION.STATE_NOT_POSSIBLE: ActionStands.ENDED,
    _ACTION.STATE_WITHDRAWN: ActionStands.ENDED,
}
_AWAITED = {
    development_plans_pb2.RAISER_SAFEGUARDER: Confirming.AWAITS_THE_PERSON,
    development_plans_pb2.RAISER_SUPPORT_MANAGER: Confirming.AWAITS_THE_MANAGER,
}
_DUTY_STANDS = {_DUTY.STATE_RUNNING: DutyStands.RUNNING, _DUTY.STATE_STANDING_STILL: DutyStands.STANDING_STILL}
_SUPPRESSED = "silenced"
"""The contract's word for a live alert that is suppressed."""


def concern(fact: Any) -> Concern:
    """Return the concern in an event of rules. Raise ValueError for a word that this version does not know."""
    return Concern(
        safeguarder_id=fact.safeguarder_id,
        concern_id=fact.concern_id,
        rule=fact.rule,
        subject=fact.subject,
        standards=tuple(sorted(fact.standards, key=standard_order)),
        lane=Lane(to_word(rules_pb2.Lane, fact.lane, "concern.lane")),
        window_starts_on=from_date(fact, "window_start_date", "concern."),
        tell=Role(fact.tell),
        respond_within_working_days=fact.respond_within_working_days,
        quiet_if_escalated=fact.quiet_if_escalated,
    )


def reply_asked(fact: Any, *, moved: bool = False) -> ReplyAsked:
    """Return the reply that an item asks for. None is asked for what has been answered, replaced or withdrawn.

    `moved`: whether nothing but the time to reply changed.
    """
    asks = fact.state == evidence_pb2.ITEM_STATE_CURRENT and not fact.history and not fact.HasField("replied_date")
    due_on = from_date(fact, "reply_due_date") if asks else None
    return ReplyAsked(fact.safeguarder_id, fact.evidence_id, due_on, asks and fact.reply_stands_still, moved)


def reply_to_absence(message: Any) -> ReplyAsked:
    """Return the reply that a record of attendance asks for. A later record that needs none withdraws the question."""
    asks = message.attendance in _ABSENT and not getattr(message, "history", False)
    due_on = from_date(message, "reply_due_date") if asks else None
    about = getattr(message, "session_id", "") or message.obligation_id
    stands_still = asks and message.reply_stands_still
    return ReplyAsked(message.safeguarder_id, about, due_on, stands_still, message.reply_time_moved)


def session_papers(message: Any) -> SessionPapers:
    """Return the papers of a session without what they hold."""
    states = session_records_pb2.SessionPack
    return SessionPapers(
        message.safeguarder_id,
        message.session_id,
        message.version,
        frozen=message.state == states.STATE_FROZEN,
        void=message.state == states.STATE_VOID,
        starts_at=from_instant(message.start_time),
        content_hash=message.hash,
    )


def late_items(message: Any) -> LateItems:
    """Return what was offered beside the papers of a session, without what it is."""
    session_on = from_date(message, "session_date")
    return LateItems(
        message.safeguarder_id, message.session_id, message.version, message.offered, message.waiting, session_on
    )


def session_record(message: Any) -> SessionRecord:
    """Return the record of a session without words. A state that this version does not know tells nobody."""
    return SessionRecord(
        message.safeguarder_id,
        message.session_id,
        message.version,
        message.edition,
        _RECORDS.get(message.state) or _CLOSED.get((message.state, message.ending), RecordStands.OTHERWISE),
        held_on=from_date(message, "held_date"),
        answer_due_on=from_date(message, "answer_due_date"),
        response_due_on=from_date(message, "response_due_date"),
    )


def action(message: Any) -> Action:
    """Return an action without words. A state or an answer that this version does not know tells nobody."""
    return Action(
        message.safeguarder_id,
        message.action_id,
        message.version,
        _ACTIONS.get(message.state, ActionStands.OTHERWISE),
        from_the_person=message.proposed_by == development_plans_pb2.RAISER_SAFEGUARDER,
        answer=known_word(development_plans_pb2.AnswerActionRequest.Answer, message.answer),
        is_set=message.basis == _ACTION.BASIS_SET,
        opened=message.HasField("open_date"),
        answer_due_on=from_date(message, "answer_due_date"),
        is_the_managers=message.owner == _ACTION.OWNER_SUPPORT_MANAGER,
        moved_to=from_date(message, "due_date") if message.moved_while_open else None,
        reported=message.reported,
    )


def support(message: Any) -> Support:
    """Return a support without words. A state that this version does not know tells nobody."""
    return Support(
        message.safeguarder_id,
        message.support_id,
        message.version,
        known_member(SupportStands, _SUPPORT.State, message.state) or SupportStands.OTHERWISE,
        known_member(Received, _SUPPORT.Received, message.received) or Received.NOT_SAID,
        answer_entered=message.answer_entered,
        answer_due_on=from_date(message, "answer_due_date"),
        received_due_on=from_date(message, "received_due_date"),
        reported=message.reported,
    )


def term_plan(message: Any) -> TermPlan:
    """Return the plan of a term without words. What this version does not know tells nobody."""
    return TermPlan(
        message.safeguarder_id,
        message.term,
        message.version,
        message.plan_version,
        _confirming(message),
        from_date(message, "answer_due_date"),
    )


def _confirming(message: Any) -> Confirming:
    states = development_plans_pb2.PlanVersion
    if message.state == states.STATE_IN_FORCE:
        by_the_person = message.confirmed_by == development_plans_pb2.RAISER_SAFEGUARDER
        return Confirming.BY_THE_PERSON if by_the_person else Confirming.BY_THE_MANAGER
    if message.state != states.STATE_AWAITED:
        return Confirming.OTHERWISE
    return _AWAITED.get(message.awaited, Confirming.OTHERWISE)


def view(message: Any) -> View:
    """Return the view of a concern without words. A state that this version does not know tells nobody."""
    return View(
        message.safeguarder_id,
        message.concern_id,
        message.version,
        known_member(ViewStands, development_plans_pb2.View.State, message.state) or ViewStands.OTHERWISE,
        entered=message.entered,
        asked_on=from_date(message, "asked_date"),
        given_on=from_date(message, "given_date"),
        answer_due_on=from_date(message, "answer_due_date"),
    )


def action_review(message: Any) -> ActionReview:
    """Return a review of actions without words."""
    by_the_person = message.changed_by == development_plans_pb2.RAISER_SAFEGUARDER
    return ActionReview(message.safeguarder_id, message.review_id, message.version, by_the_person)


def approach_change(message: Any) -> ApproachChange:
    """Return a change of approach without words. A state that this version does not know tells nobody."""
    return ApproachChange(
        message.safeguarder_id,
        message.change_id,
        message.version,
        known_member(ChangeStands, approach_changes_pb2.ApproachChange.State, message.state) or ChangeStands.OTHERWISE,
        acknowledged=message.HasField("acknowledge_date"),
        acknowledge_due_on=from_date(message, "acknowledge_due_date"),
        reported=message.reported,
    )


def recommendation(message: Any) -> Recommendation:
    """Return a recommendation without words. A state that this version does not know tells nobody."""
    state = known_member(RecommendationStands, recommendations_pb2.Recommendation.State, message.state)
    return Recommendation(
        message.safeguarder_id,
        message.recommendation_id,
        message.version,
        state or RecommendationStands.OTHERWISE,
        from_date(message, "share_date"),
        from_date(message, "representations_due_date"),
        message.representations,
        message.nothing_more,
    )


def duty(message: Any) -> Duty:
    """Return a duty. One that this version does not know is asked for without saying what it is."""
    return Duty(
        message.safeguarder_id,
        message.duty_id,
        message.version,
        known_member(DutyKind, _DUTY.Kind, message.kind) or DutyKind.OTHER,
        known_member(OwedBy, _DUTY.OwedBy, message.owed_by) or OwedBy.OTHER,
        _DUTY_STANDS.get(message.state, DutyStands.OVER),
        from_date(message, "due_date"),
        person=message.person,
    )


def review_request(message: Any) -> ReviewRequest:
    """Return a review request without words. A state that this version does not know tells nobody."""
    return ReviewRequest(
        message.safeguarder_id,
        message.review_id,
        message.version,
        known_member(RequestStands, review_requests_pb2.ReviewRequest.State, message.state) or RequestStands.OTHERWISE,
        entered=message.entered,
        reviewer=message.reviewer,
        decide_due_on=from_date(message, "decide_due_date"),
        moved_up=message.moved_up,
        assigner=message.assigner,
        reviewer_before=message.reviewer_before,
    )


def standing(fact: Any) -> Standing | None:
    """Return where a concern stands after an event of rules; None if the event is from a release that did not say."""
    if not fact.state:
        return None
    return Standing(
        is_open=fact.state not in _ENDED,
        owner=fact.owner,
        next_on=from_date(fact, "next_date", "concern."),
        moved_by="" if fact.moved_by == _CALENDAR else fact.moved_by,
        answers=from_instant(fact.alert_act_time) if fact.HasField("alert_act_time") else None,
    )


def reason(number: int, path: str) -> Reason:
    """Return the reason for a snooze, or the outcome of an alert."""
    return Reason(to_word(pb.AlertReason, number, path))


def needed_date(message: Any, field: str) -> date:
    """Return the date in a required field.

    Raises:
        Refusal: INVALID if the field is empty or is not a date.
    """
    day = from_date(message, field)
    if day is None:
        raise invalid("FIELD_MISSING", f"Set {field}. It is required.", field)
    return day


def alert_name(alert: Alert) -> str:
    """Return the resource name of an alert."""
    return f"safeguarders/{alert.safeguarder_id}/alerts/{alert.alert_id}"


def alert_message(alert: Alert) -> pb.Alert:
    """Return the message of an alert, for people who may see it."""
    said, person = alert.concern, f"safeguarders/{alert.safeguarder_id}"
    state = _SUPPRESSED if alert.live and alert.silenced_by else alert.state
    return pb.Alert(
        name=alert_name(alert),
        concern=f"{person}/concerns/{said.concern_id}" if said.concern_id else "",
        rule=said.rule,
        subject=said.subject,
        lane=said.lane,
        state=from_word(pb.Alert.State, state),
        recipient=alert.recipient,
        owner=alert.owner,
        next_date=to_date(alert.next_on),
        respond_by_date=to_date(alert.respond_by_on),
        open_time=to_instant(alert.opened_at),
        updates=alert.updates,
        reason=from_word(pb.AlertReason, alert.reason),
        silenced_by=alert.silenced_by and f"{person}/alerts/{alert.silenced_by}",
        closing_proposed=alert.closing_proposed,
        etag=str(alert.version),
        quiet=alert.quiet,
        held_date=to_date(alert.held_since),
        ask_date=to_date(alert.asks_on),
    )


def watch_message(position: int, alert: Alert | None = None) -> pb.WatchAlertsResponse:
    """Return one message of a watch: a changed alert, or a heartbeat. A caller resumes from its position."""
    if alert is None:
        return pb.WatchAlertsResponse(resume_token=str(position))
    return pb.WatchAlertsResponse(alert=alert_message(alert), resume_token=str(position))


def notification_message(notification: Notification) -> pb.Notification:
    """Return the message of a notification, for people who may see what was sent."""
    return pb.Notification(
        name=f"safeguarders/{notification.safeguarder_id}/notifications/{notification.notification_id}",
        recipient=notification.recipient,
        channel=notification.channel,
        state=from_word(pb.Notification.State, notification.state),
        tries=notification.tries,
        create_time=to_instant(notification.created_at),
        send_time=to_instant(notification.sent_at) if notification.sent_at else None,
        possible_duplicate=notification.possible_duplicate,
        answer_by_date=to_date(notification.answer_by_on),
        subject=from_word(pb.Notification.Subject, notification.subject),
        session_date=to_date(notification.session_on),
        review_date=to_date(notification.review_on),
    )


def event(alert: Alert, happened: Happening, *, acted: bool) -> Any:
    """Return the event to publish about a change of an alert. `acted`: a person made it on the alert itself."""
    fields: dict[str, Any] = {
        "safeguarder_id": alert.safeguarder_id,
        "alert_id": alert.alert_id,
        "concern_id": alert.concern.concern_id,
    }
    if happened is Happening.OPENED:
        return events_pb2.AlertOpened(lane=alert.concern.lane, **fields)
    fields |= {"owner": alert.owner, "next_date": to_date(alert.next_on)}
    if acted and alert.acted_at is not None:
        fields["act"] = events_pb2.Act(person=alert.acted_by, time=to_instant(alert.acted_at))
    why = from_word(pb.AlertReason, alert.reason)
    if happened is Happening.SNOOZED:
        return events_pb2.AlertSnoozed(reason=why, **fields)
    fields["follows"] = not acted
    if happened is Happening.ACKNOWLEDGED:
        return events_pb2.AlertAcknowledged(**fields)
    return events_pb2.AlertResolved(outcome=why, **fields)
