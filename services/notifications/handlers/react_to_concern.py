"""Reactions to the events of rules about concerns, evaluations and rulebooks."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime

from services.calendar_days import WorkingCalendar, add_working_days, london_today
from services.notifications.domain import alert as domain
from services.notifications.domain.alert import HELD_RULE, Alert, Concern, Lane, Reason, Role, State
from services.notifications.domain.matter import Standing, follow, follow_hand_over
from services.notifications.handlers.context import AlertContext

OPERATOR_ROLE = "operator"
RULEBOOK_ROLES = ("policy_editor", "policy_approver", "panel_team")


def raise_alert(
    concern: Concern,
    at: datetime,
    context: AlertContext,
    standing: Standing | None = None,
    also_tell: Sequence[str] = (),
    quiet: bool = False,
) -> Alert:
    """Open an alert for a concern, or fold the concern into the standing alert for the same matter (X17).

    `at` is when rules recorded the event. A `quiet` concern, which only a change of rulebook caused, ends no snooze and
    tells nobody.
    """
    today = london_today(context.now)
    before = context.alerts.find_standing(concern)
    if before is None:
        opened = _new_alert(concern, at, context, quiet)
        # New evidence asks the owner of the concern to look, although they have a next date.
        owned = replace(opened, owner=standing.owner, next_on=standing.next_on) if standing else opened
        return context.keep(None, owned, also_tell)
    if quiet:
        return context.keep(before, replace(before, updates=before.updates + 1, closing_proposed=False))
    folded = replace(domain.fold_in(before, concern, today), quiet=False)
    after = replace(folded, open_to_the_person=context.is_open_to_the_person(concern))
    if concern.tell is not before.concern.tell:
        after = domain.hand_over(after, context.recipient_of(concern))
    return context.keep(before, follow(after, standing, today) if standing else after)


def follow_concern(
    concern: Concern, standing: Standing, at: datetime, context: AlertContext, confirms: bool = False
) -> None:
    """Let the alert have the owner and the next date of its concern. Open one if an open concern has none.

    The alert may have ended in a release that kept the two apart, or by an act that came too late to move the concern.
    `confirms`: a person took the concern on, so it is no longer quiet.
    """
    today = london_today(context.now)
    before = context.alerts.find_standing(concern)
    if before is None:
        if standing.is_open:
            context.keep(None, follow(_new_alert(concern, at, context, quiet=False), standing, today))
    elif not standing.is_open:
        context.keep(before, domain.ended(before, Reason.CONCERN_CLOSED))
    else:
        after = follow(before, standing, today)
        context.keep(before, context.end_quiet(after) if confirms else after)


def hand_over_concern(concern: Concern, standing: Standing, context: AlertContext) -> None:
    """Give the alert of a concern to the support manager who owns the concern now (X15)."""
    before = context.alerts.find_standing(concern)
    if before is not None:
        context.keep(before, follow_hand_over(before, standing, london_today(context.now)))


def tell_of_rulebook(change: str, context: AlertContext) -> None:
    """Tell policy staff and the Team once of a change of rules, however many concerns it causes.

    `change`: the hash of the rulebook that came into force, or a date of the rulebook followed by its hash.
    """
    told = (context.people.first_with_role(role) for role in RULEBOOK_ROLES)
    # It takes the place of an alert id, whose column is 36 characters wide.
    context.notify(change[:36], [person for person in told if person])


def propose_closing(concern: Concern, context: AlertContext) -> None:
    """Mark that the rule is no longer raised, so that a person may close the concern."""
    before = context.alerts.find_standing(concern)
    if before is not None:
        context.keep(before, replace(before, closing_proposed=True))


def acknowledge_alert(concern: Concern, owner: str, next_on: date | None, context: AlertContext) -> None:
    """Acknowledge the alert of a concern, where the event is of a release that did not say where a concern stands."""
    before = context.alerts.find_standing(concern)
    if before is not None:
        taken = domain.plan(domain.acknowledged(before, owner, next_on), london_today(context.now), dated=True)
        context.keep(before, context.end_quiet(taken))


def end_alert(concern: Concern, reason: Reason, context: AlertContext) -> None:
    """End the alert of a concern that a person has closed or dismissed."""
    before = context.alerts.find_standing(concern)
    if before is not None:
        context.keep(before, domain.ended(before, reason))


def hold_or_release(concern: Concern, on_hold: bool, at: datetime, context: AlertContext) -> None:
    """Put the alert of a concern on hold, or release it."""
    before = context.alerts.find_standing(concern)
    if before is not None:
        context.keep(before, (domain.hold if on_hold else domain.release)(before, london_today(at)))


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
    return raise_alert(concern, at, context, also_tell=[context.people.first_with_role(OPERATOR_ROLE)])


def _new_alert(concern: Concern, at: datetime, context: AlertContext, quiet: bool) -> Alert:
    days = concern.respond_within_working_days
    respond_by_on = add_working_days(WorkingCalendar.OFFICE, london_today(at), days)
    return Alert(
        alert_id=context.new_id(),
        concern=concern,
        recipient=context.recipient_of(concern),
        respond_by_on=respond_by_on,
        opened_at=at,
        open_to_the_person=not quiet and context.is_open_to_the_person(concern),
        state=State.OPEN,
        quiet=quiet,
        asks_on=respond_by_on,
    )
