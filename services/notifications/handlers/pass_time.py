"""Changes of alerts that come with time and with allocations."""

from collections.abc import Sequence

from services.calendar_days import london_today
from services.notifications.domain import alert as domain
from services.notifications.domain.alert import Alert, Role
from services.notifications.handlers.context import AlertContext


def due_to_ask(context: AlertContext) -> Sequence[Alert]:
    """Return the alerts with a step of their ladder to take now. There are none while the office is closed."""
    ladders, today = context.policy.ladders, london_today(context.now)
    if not ladders.office.is_open(context.now):
        return []
    asking = context.alerts.asking_by(today, ladders.longest)
    return [alert for alert in asking if ladders.steps_due(alert, today)]


def ask_again(context: AlertContext) -> None:
    """Ask again about every matter whose next date or day to respond by has come (X12, X14, B14).

    The owner is asked, or else the recipient, and then those on the ladder. Each step is taken once.
    """
    today = london_today(context.now)
    for alert_id in [alert.alert_id for alert in due_to_ask(context)]:
        # Read the alert again, because storing one alert can change another of the same person.
        before = context.alerts.find(alert_id)
        steps = context.policy.ladders.steps_due(before, today) if before else ()
        if before is not None and steps:
            people = [context.person_at(step, before.addressee, before.safeguarder_id) for step in steps]
            context.keep(before, domain.ask_again(before, len(steps), today), people)


def to_assign(context: AlertContext) -> Sequence[Alert]:
    """Return the alerts without a recipient for which there is somebody by now."""
    return [alert for alert in context.alerts.unassigned() if context.recipient_of(alert.concern)]


def assign_alerts(context: AlertContext) -> None:
    """Assign alerts without a recipient, if there is somebody for them by now."""
    for alert in to_assign(context):
        _reassign(alert.alert_id, "", context)


def hand_over_alerts(safeguarder_id: str, manager_before: str, context: AlertContext) -> None:
    """Give a person's live alerts to their new recipients after an allocation, and those the last manager owned (X15).

    Rules hand the concerns over by the same allocation.
    """
    for found in context.alerts.live_of(safeguarder_id):
        _reassign(found.alert_id, manager_before, context)


def give_to_the_team(safeguarder_id: str, support_manager: str, context: AlertContext) -> None:
    """Give the Team the live alerts of somebody who no longer supports the person, with nobody after them.

    A declared link keeps the person `support_manager` from the matter, or no allocation follows the last one.

    What the support manager owned gets its new owner from rules, who hand the concern over.
    """
    kept_out = context.kept_out_of(safeguarder_id)
    team = context.people.first_with_role(Role.PANEL_TEAM, near=support_manager, but=kept_out)
    for found in context.alerts.live_of(safeguarder_id):
        before = context.alerts.find(found.alert_id)
        if before is not None and before.live and before.recipient == support_manager:
            context.keep(before, domain.hand_over(before, team))


def _reassign(alert_id: str, manager_before: str, context: AlertContext) -> None:
    # Read the alert again, because storing one alert can change another of the same person.
    before = context.alerts.find(alert_id)
    if before is None or not before.live:
        return
    after = domain.hand_over(before, context.recipient_of(before.concern))
    manager = context.support_manager_of(before.safeguarder_id)
    if manager_before and before.owner == manager_before != manager:
        after = domain.change_owner(after, manager, london_today(context.now))
    context.keep(before, after)
