"""What becomes of an alert when rules speak, fall silent, or hold back."""

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
    """One alert for the matter: a new one, or the live one with this folded in (X17). `at` is when rules spoke.

    `quiet`: a change of the rulebook alone set it off. It wakes nothing that was put aside, and tells nobody.
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


def tell_of_rulebook(rulebook_hash: str, context: AlertContext) -> None:
    """Another rulebook is in force: policy staff and the Team hear of it once, whatever it set off."""
    told = (context.people.first_with_role(role) for role in RULEBOOK_ROLES)
    context.notify(rulebook_hash[:36], [person for person in told if person])


def propose_closing(concern: Concern, context: AlertContext) -> None:
    """Rules no longer speak; a person may close the concern."""
    before = context.alerts.find_live(concern)
    if before is not None:
        context.keep(before, replace(before, closing_proposed=True))


def take_on(concern: Concern, owner: str, next_on: date | None, context: AlertContext) -> None:
    """The concern was taken on by a named person: so is its alert."""
    before = context.alerts.find_live(concern)
    if before is not None:
        context.keep(before, context.heard(domain.taken_on(before, owner, next_on)))


def end_alert(concern: Concern, reason: Reason, context: AlertContext) -> None:
    """A person closed or dismissed the concern: its alert ends with it."""
    before = context.alerts.find_live(concern)
    if before is not None:
        context.keep(before, domain.ended(before, reason))


def hold_or_release(concern: Concern, held: bool, at: datetime, context: AlertContext) -> None:
    """The concern is held, or free again: so is its alert."""
    before = context.alerts.find_live(concern)
    if before is not None:
        context.keep(before, (domain.hold if held else domain.release)(before, london_today(at)))


def tell_of_notice(concern: Concern, context: AlertContext) -> None:
    """Notice of a changed approach was served: the Safeguarder has something to read (R80)."""
    alert = context.alerts.find_live(concern)
    if alert is not None:
        context.tell_the_person(alert)


def hold_evaluation(safeguarder_id: str, reason: str, at: datetime, context: AlertContext) -> Alert:
    """An evaluation could not be relied on: the Team looks, the operator is told, the person concerned is not."""
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
