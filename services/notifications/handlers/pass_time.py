"""What time and allocation do to alerts without anyone asking."""

from datetime import date

from services.calendar_days import london_today
from services.notifications.domain import alert as domain
from services.notifications.handlers.context import AlertContext


def end_snoozes(context: AlertContext) -> int:
    """Bring back, once, every alert whose snooze is over (X14); how many."""
    today = london_today(context.now)
    due = [alert.alert_id for alert in context.alerts.back_by(today)]
    return sum(_wake(alert_id, today, context) for alert_id in due)


def assign_alerts(context: AlertContext) -> int:
    """Give alerts that are for nobody to whoever they are for by now; how many found someone."""
    waiting = [alert.alert_id for alert in context.alerts.unassigned()]
    return sum(_reassign(alert_id, context) for alert_id in waiting)


def hand_over_alerts(safeguarder_id: str, context: AlertContext) -> None:
    """Give a person's live alerts to their support manager, or somebody of that region, after an allocation (X15)."""
    for found in context.alerts.live_of(safeguarder_id):
        _reassign(found.alert_id, context)


def _wake(alert_id: str, today: date, context: AlertContext) -> bool:
    before = context.alerts.find(alert_id)
    return before is not None and context.keep(before, domain.return_from_snooze(before, today)) != before


def _reassign(alert_id: str, context: AlertContext) -> bool:
    # Read anew: keeping one alert can change another of the same person.
    before = context.alerts.find(alert_id)
    if before is None or not before.live:
        return False
    return context.keep(before, domain.hand_over(before, context.recipient_of(before.concern))) != before
