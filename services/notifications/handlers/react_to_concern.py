"""Reactions to the events of rules about concerns, evaluations and rulebooks."""

from dataclasses import replace
from datetime import date, datetime

from services.calendar_days import WorkingCalendar, add_working_days, london_today
from services.notifications.domain import alert as domain
from services.notifications.domain.alert import HELD_RULE, Alert, Concern, Lane, Reason, Role, State
from services.notifications.handlers.context import AlertContext

OPERATOR_ROLE = "operator"
RULEBOOK_ROLES = ("policy_editor", "policy_approver", "panel_team")


def raise_alert(
    concern: Concern, at: datetime, context: AlertContext, also_tell: str = "", quiet: bool = False
) -> Alert:
    """Open an alert for a concern, or fold the concern into the live alert for the same matter (X17).

    `at` is when rules recorded the event. A `quiet` concern, which only a change of rulebook caused, ends no snooze and
    tells nobody.
    """
    before = context.alerts.find_live(concern)
    if before is None:
        return context.keep(None, _new_alert(concern, at, context, quiet), also_tell)
    if quiet:
        return context.keep(before, replace(before, updates=before.updates + 1, closing_proposed=False))
    folded = replace(domain.fold_in(before, concern), quiet=False)
    after = replace(folded, open_to_the_person=context.is_open_to_the_person(concern))
    if concern.tell is not before.concern.tell:
        after = domain.hand_over(after, context.recipient_of(concern))
    return context.keep(before, after)


def tell_of_rulebook(change: str, context: AlertContext) -> None:
    """Tell policy staff and the Team once of a change of rules, however many concerns it causes.

    `change`: the hash of the rulebook that came into force, or a date of the rulebook followed by its hash.
    """
    told = (context.people.first_with_role(role) for role in RULEBOOK_ROLES)
    # It takes the place of an alert id, whose column is 36 characters wide.
    context.notify(change[:36], [person for person in told if person])


def propose_closing(concern: Concern, context: AlertContext) -> None:
    """Mark that the rule is no longer raised, so that a person may close the concern."""
    before = context.alerts.find_live(concern)
    if before is not None:
        context.keep(before, replace(before, closing_proposed=True))


def acknowledge_alert(concern: Concern, owner: str, next_on: date | None, context: AlertContext) -> None:
    """Acknowledge the alert of a concern that a named person has acknowledged."""
    before = context.alerts.find_live(concern)
    if before is not None:
        context.keep(before, context.end_quiet(domain.acknowledged(before, owner, next_on)))


def end_alert(concern: Concern, reason: Reason, context: AlertContext) -> None:
    """End the alert of a concern that a person has closed or dismissed."""
    before = context.alerts.find_live(concern)
    if before is not None:
        context.keep(before, domain.ended(before, reason))


def hold_or_release(concern: Concern, on_hold: bool, at: datetime, context: AlertContext) -> None:
    """Put the alert of a concern on hold, or release it."""
    before = context.alerts.find_live(concern)
    if before is not None:
        context.keep(before, (domain.hold if on_hold else domain.release)(before, london_today(at)))


def tell_of_notice(concern: Concern, context: AlertContext) -> None:
    """Tell the Safeguarder that a notice of a changed approach is there to read (R80)."""
    alert = context.alerts.find_live(concern)
    if alert is not None:
        context.tell_the_person(alert)


def raise_deferred_evaluation(safeguarder_id: str, reason: str, at: datetime, context: AlertContext) -> Alert:
    """Open an alert for a deferred evaluation. The Team looks and an operator is told, but not the Safeguarder."""
    concern = Concern(
        safeguarder_id=safeguarder_id,
        concern_id="",
        rule=HELD_RULE,
        subject=reason,
        standards=(),
        lane=Lane.DATA_GAP,
        window_starts_on=None,
        tell=Role.PANEL_TEAM,
        respond_within_working_days=context.policy.held_respond_within_working_days,
        quiet_if_escalated=False,
    )
    return raise_alert(concern, at, context, also_tell=context.people.first_with_role(OPERATOR_ROLE))


def _new_alert(concern: Concern, at: datetime, context: AlertContext, quiet: bool) -> Alert:
    days = concern.respond_within_working_days
    return Alert(
        alert_id=context.new_id(),
        concern=concern,
        recipient=context.recipient_of(concern),
        respond_by_on=add_working_days(WorkingCalendar.OFFICE, london_today(at), days),
        opened_at=at,
        open_to_the_person=not quiet and context.is_open_to_the_person(concern),
        state=State.OPEN,
        quiet=quiet,
    )
