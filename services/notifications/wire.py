"""Conversion between domain values and protobuf messages, in both directions."""

from datetime import date
from typing import Any

from psmf.notifications.v1 import events_pb2
from psmf.notifications.v1 import notifications_pb2 as pb
from psmf.rules.v1 import rules_pb2

from services.notifications.domain.alert import Alert, Concern, Happening, Lane, Reason, Role
from services.notifications.domain.notification import Notification
from services.platform.calls.wire import from_date, from_word, to_date, to_instant, to_word
from services.refusals import invalid

_SUPPRESSED = "silenced"
"""The contract's word for a live alert that is suppressed."""


def concern(fact: Any) -> Concern:
    """Return the concern in an event of rules. Raise ValueError for a word that this version does not know."""
    return Concern(
        safeguarder_id=fact.safeguarder_id,
        concern_id=fact.concern_id,
        rule=fact.rule,
        subject=fact.subject,
        standards=tuple(sorted(fact.standards)),
        lane=Lane(to_word(rules_pb2.Lane, fact.lane, "concern.lane")),
        window_starts_on=from_date(fact, "window_start_date", "concern."),
        tell=Role(fact.tell),
        respond_within_working_days=fact.respond_within_working_days,
        quiet_if_escalated=fact.quiet_if_escalated,
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
    )


def event(alert: Alert, happened: Happening) -> Any:
    """Return the event to publish about a change of an alert."""
    ids = {
        "safeguarder_id": alert.safeguarder_id,
        "alert_id": alert.alert_id,
        "concern_id": alert.concern.concern_id,
    }
    if happened is Happening.OPENED:
        return events_pb2.AlertOpened(lane=alert.concern.lane, **ids)
    if happened is Happening.ACKNOWLEDGED:
        return events_pb2.AlertAcknowledged(owner=alert.owner, next_date=to_date(alert.next_on), **ids)
    return events_pb2.AlertResolved(**ids)
