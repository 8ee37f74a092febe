"""Changes of alerts that come with time and with allocations."""

from datetime import date

from services.calendar_days import london_today
from services.notifications.domain import alert as domain
from services.notifications.domain.alert import Role
from services.notifications.handlers.context import AlertContext


def end_snoozes(context: AlertContext) -> int:
    """Open again every alert whose snooze has ended (X14). Return their number."""
    today = london_today(context.now)
    due = [alert.alert_id for alert in context.alerts.back_by(today)]
    return sum(_wake(alert_id, today, context) for alert_id in due)


def assign_alerts(context: AlertContext) -> int:
    """Assign alerts without a recipient, if there is somebody for them by now. Return the number assigned."""
    waiting = [alert.alert_id for alert in context.alerts.unassigned()]
    return sum(_reassign(alert_id, context) for alert_id in waiting)


def hand_over_alerts(safeguarder_id: str, context: AlertContext) -> None:
    """Give a person's live alerts to their new recipients after an allocation (X15)."""
    for found in context.alerts.live_of(safeguarder_id):
        _reassign(found.alert_id, context)


def give_to_the_team(safeguarder_id: str, support_manager: str, context: AlertContext) -> None:
    """Give the Team the live alerts of a support manager who no longer supports the person, with nobody after them."""
    team = context.people.first_with_role(Role.PANEL_TEAM, near=support_manager)
    for found in context.alerts.live_of(safeguarder_id):
        before = context.alerts.find(found.alert_id)
        if before is not None and before.live and before.recipient == support_manager:
            context.keep(before, domain.hand_over(before, team))


def _wake(alert_id: str, today: date, context: AlertContext) -> bool:
    before = context.alerts.find(alert_id)
    return before is not None and context.keep(before, domain.return_from_snooze(before, today)) != before


def _reassign(alert_id: str, context: AlertContext) -> bool:
    # Read the alert again, because storing one alert can change another of the same person.
    before = context.alerts.find(alert_id)
    if before is None or not before.live:
        return False
    return context.keep(before, domain.hand_over(before, context.recipient_of(before.concern))) != before
