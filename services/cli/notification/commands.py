"""`psmf notification`: the messages that people were sent."""

from typing import Annotated, Any

import typer

from services.cli.command import PageSize, PageToken, command, group
from services.cli.page.beside import Beside
from services.cli.terminal import Terminal
from services.client.words import day_of, london_time, safeguarder_of, spaced, word_of

app = group("notification")
WHAT = {
    "safety_said": "somebody who gave feedback says that they, or a child, are not safe: read it now",
    "session_papers": "the papers of a session are ready",
    "late_item_offered": "something was shared too late for the papers of a session",
    "record_to_answer": "a record of a session can be answered",
    "record_disputed": "parts of a record are disputed",
    "record_confirmed": "a record was confirmed",
    "record_closed": "a record was closed without being confirmed",
    "record_due": "a record of a session is due",
    "support_to_answer": "a support is offered",
    "support_answered": "a support was accepted or declined",
    "support_answer_entered": "somebody else entered an answer to a support",
    "support_received": "a support is recorded as given: was it received?",
    "support_not_given": "a support was not given, or cannot be",
    "support_not_received": "a support was not received",
    "support_due": "a support is due",
    "action_to_answer": "an action is proposed",
    "action_answered": "a proposed action was answered",
    "action_set": "an action is set",
    "action_moved": "the day of an action moved",
    "action_due": "an action is due",
    "action_done": "an action is said to be done",
    "action_ended": "an action ended",
    "action_review_due": "a talk about an action is due",
    "action_review_opened": "there will be a talk about an action whose day has passed. It is no penalty",
    "action_review_held": "a review of actions was recorded",
    "action_review_answered": "the Safeguarder said how they see a review of actions",
    "plan_to_confirm": "a development plan is to be confirmed",
    "plan_in_force": "a development plan is in force",
    "plan_due": "a development plan is due",
    "view_to_give": "a view of a concern is asked for",
    "view_given": "a view of a concern was given",
    "view_entered": "somebody else entered a view of a concern, or that there is none",
    "approach_to_read": "the approach to a concern changes: please read",
    "approach_read": "a change of approach was read",
    "approach_ended": "a change of approach ended",
    "readiness_open": "the papers for reappointment are open to the Safeguarder",
    "recommendation_to_answer": "a recommendation is shared: the person can say what they think",
    "recommendation_answered": "the person answered a recommendation, or has nothing more to say",
    "recommendation_due": "a recommendation is due to be shared or submitted",
    "recommendation_submitted": "a recommendation was submitted to Scottish Ministers",
    "recommendation_withdrawn": "a recommendation was taken back",
    "recommendation_decided": "Scottish Ministers have decided",
    "decision_due": "the decision of Scottish Ministers about a membership has to be recorded",
    "correction_to_confirm": "the record of a decision was corrected, and a second person is needed to confirm it",
    "decision_corrected": "the record of a decision of Scottish Ministers is corrected",
    "reply_stands_still": "the time to reply to something stands still during a leave, a suspension or a review",
    "reply_moved": "the time to reply to something ends on another day, because of a leave, a suspension or a review",
    "allocation_due": "a Safeguarder needs another support manager",
    "review_opened": "a review was asked for; dates that depend on it stand still",
    "review_not_accepted": "a review that was asked for was not accepted",
    "review_decided": "a review was decided",
    "review_withdrawn": "a request for a review was taken back",
    "review_to_assign": "a review that was asked for needs a reviewer",
    "review_to_decide": "a review is to be decided",
    "suspension_in_force": "a suspension is in force, or goes on; what is owed stands still",
    "suspension_over": "a suspension is over; dates go on",
    "leave_to_answer": "a leave is asked for",
    "leave_answered": "a leave was agreed to or declined, or its last day is set",
    "suspension_to_review": "a suspension is to be looked at again",
    "review_moved_up": "a review waited too long; somebody of a higher level takes it on",
    "sample_to_draw": "a report is to be drawn in the round of sampling",
    "report_to_obtain": "a sampled report is to be obtained",
    "report_to_read": "a sampled report is to be read, or to be given to a reader",
    "readings_to_reconcile": "two readings of a sampled report differ, and are to be reconciled",
    "reading_to_share": "the reading of a sampled report is to be mapped and shared",
    "complaint_due": "a complaint is to be answered, or acknowledged",
    "file_opened": "somebody opened a file in an emergency",
    "access_to_review": "an emergency access is to be reviewed",
    "access_reviewed": "an emergency access was reviewed",
    "call_due": "a call to the Safeguarder is due",
}
"""What there is to read, in words. No message says more."""
_OF_A_PLAN = ("support_", "action_", "plan_", "view_", "approach_")
_OF_A_RECOMMENDATION = ("readiness_", "recommendation_")
_OF_A_REVIEW = ("action_review_held", "action_review_answered")
_OF_A_REQUEST = ("review_",)
_OF_AN_OVERLAY = ("suspension_", "leave_")
_OF_A_DECISION = ("correction_", "decision_corrected")
_PAGES = (
    ("plan show", _OF_A_PLAN),
    ("action reviews", _OF_A_REVIEW),
    ("review list", _OF_A_REQUEST),
    ("recommendation readiness", _OF_A_RECOMMENDATION),
    ("overlay list", _OF_AN_OVERLAY),
    ("decision list", _OF_A_DECISION),
)
"""Where to read on, by the subjects of messages."""


@command(app, "list")
def list_notifications(
    terminal: Terminal,
    safeguarder: Annotated[str, typer.Option(help="Only messages about this person.")] = "-",
    page_size: PageSize = 100,
    page_token: PageToken = "",
) -> None:
    """List the messages that were sent, or wait to be sent, newest first.

    psmf notification list --safeguarder sg-1a2b3c4d
    """
    from psmf.notifications.v1 import notifications_pb2 as pb

    request = pb.ListNotificationsRequest(
        parent=terminal.safeguarder(safeguarder), page_size=page_size, page_token=page_token
    )
    answer = terminal.call(terminal.client.notifications.ListNotifications, request)
    names = ("Made", "About", "To", "By", "State", "Sent", "Answer by", "Tries", "What", "Session", "Looked at by")
    beside = Beside(terminal)
    terminal.listing(answer.notifications, answer.next_page_token, names, lambda one: _row(one, beside))
    if terminal.as_json:
        return
    for page, subjects in _PAGES:
        found = next((one for one in answer.notifications if word_of(one, "subject").startswith(subjects)), None)
        if found is not None:
            terminal.following(f"psmf {page} {safeguarder_of(found.name)}", found)


def _row(one: Any, beside: Beside) -> tuple[str, ...]:
    subject = word_of(one, "subject")
    sent = london_time(one.send_time) if one.HasField("send_time") else "-"
    return (
        london_time(one.create_time),
        beside.who(one.name),
        one.recipient,
        one.channel,
        word_of(one, "state"),
        f"{sent}, perhaps twice" if one.possible_duplicate else sent,
        day_of(one, "answer_by_date"),
        str(one.tries),
        WHAT.get(subject, spaced(subject)),
        day_of(one, "session_date"),
        day_of(one, "review_date"),
    )
