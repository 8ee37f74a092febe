"""What time and allocation do to alerts without anyone asking."""

from datetime import date

from services.calendar_days import london_today
from services.notifications.domain import alert as domain
from services.notifications.handlers.desk import Desk


def end_snoozes(desk: Desk) -> int:
    """Bring back, once, every alert whose snooze is over (X14); how many."""
    today = london_today(desk.now)
    due = [alert.alert_id for alert in desk.alerts.back_by(today)]
    return sum(_wake(alert_id, today, desk) for alert_id in due)


def assign_alerts(desk: Desk) -> int:
    """Give alerts that are for nobody to whoever they are for by now; how many found someone."""
    waiting = [alert.alert_id for alert in desk.alerts.unassigned()]
    return sum(_reassign(alert_id, desk) for alert_id in waiting)


def hand_over_alerts(safeguarder_id: str, desk: Desk) -> None:
    """Give a person's live alerts to their support manager, or somebody of that region, after an allocation (X15)."""
    for found in desk.alerts.live_of(safeguarder_id):
        _reassign(found.alert_id, desk)


def _wake(alert_id: str, today: date, desk: Desk) -> bool:
    before = desk.alerts.find(alert_id)
    return before is not None and desk.keep(before, domain.return_from_snooze(before, today)) != before


def _reassign(alert_id: str, desk: Desk) -> bool:
    # Read anew: keeping one alert can change another of the same person.
    before = desk.alerts.find(alert_id)
    if before is None or not before.live:
        return False
    return desk.keep(before, domain.hand_over(before, desk.recipient_of(before.concern))) != before
