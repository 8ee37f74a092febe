"""What becomes of an alert when rules speak, fall silent, or hold back."""

from dataclasses import replace
from datetime import date, datetime

from services.calendar_days import WorkingCalendar, add_working_days, london_today
from services.notifications.domain import alert as domain
from services.notifications.domain.alert import HELD_RULE, Alert, Concern, Lane, Reason, Role, State
from services.notifications.handlers.desk import Desk

OPERATOR_ROLE = "operator"
RULEBOOK_ROLES = ("policy_editor", "policy_approver", "panel_team")


def raise_alert(concern: Concern, at: datetime, desk: Desk, also_tell: str = "", quiet: bool = False) -> Alert:
    """One alert for the matter: a new one, or the live one with this folded in (X17). `at` is when rules spoke.

    `quiet`: a change of the rulebook alone set it off. It wakes nothing that was put aside, and tells nobody.
    """
    before = desk.alerts.find_live(concern)
    if before is None:
        return desk.keep(None, _new_alert(concern, at, desk, quiet), also_tell)
    if quiet:
        return desk.keep(before, replace(before, updates=before.updates + 1, closing_proposed=False))
    folded = replace(domain.fold_in(before, concern), quiet=False)
    after = replace(folded, open_to_the_person=desk.is_open_to_the_person(concern))
    if concern.tell is not before.concern.tell:
        after = domain.hand_over(after, desk.recipient_of(concern))
    return desk.keep(before, after)


def tell_of_rulebook(rulebook_hash: str, desk: Desk) -> None:
    """Another rulebook is in force: policy staff and the Team hear of it once, whatever it set off."""
    told = (desk.people.first_with_role(role) for role in RULEBOOK_ROLES)
    desk.notify(rulebook_hash[:36], [person for person in told if person])


def propose_closing(concern: Concern, desk: Desk) -> None:
    """Rules no longer speak; a person may close the concern."""
    before = desk.alerts.find_live(concern)
    if before is not None:
        desk.keep(before, replace(before, closing_proposed=True))


def take_on(concern: Concern, owner: str, next_on: date | None, desk: Desk) -> None:
    """The concern was taken on by a named person: so is its alert."""
    before = desk.alerts.find_live(concern)
    if before is not None:
        desk.keep(before, desk.heard(domain.taken_on(before, owner, next_on)))


def end_alert(concern: Concern, reason: Reason, desk: Desk) -> None:
    """A person closed or dismissed the concern: its alert ends with it."""
    before = desk.alerts.find_live(concern)
    if before is not None:
        desk.keep(before, domain.ended(before, reason))


def hold_or_release(concern: Concern, held: bool, at: datetime, desk: Desk) -> None:
    """The concern is held, or free again: so is its alert."""
    before = desk.alerts.find_live(concern)
    if before is not None:
        desk.keep(before, (domain.hold if held else domain.release)(before, london_today(at)))


def tell_of_notice(concern: Concern, desk: Desk) -> None:
    """Notice of a changed approach was served: the Safeguarder has something to read (R80)."""
    alert = desk.alerts.find_live(concern)
    if alert is not None:
        desk.tell_the_person(alert)


def hold_evaluation(safeguarder_id: str, reason: str, at: datetime, desk: Desk) -> Alert:
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
        respond_within_working_days=desk.policy.held_respond_within_working_days,
        quiet_if_escalated=False,
    )
    return raise_alert(concern, at, desk, also_tell=desk.people.first_with_role(OPERATOR_ROLE))


def _new_alert(concern: Concern, at: datetime, desk: Desk, quiet: bool) -> Alert:
    days = concern.respond_within_working_days
    return Alert(
        alert_id=desk.new_id(),
        concern=concern,
        recipient=desk.recipient_of(concern),
        respond_by_on=add_working_days(WorkingCalendar.OFFICE, london_today(at), days),
        opened_at=at,
        open_to_the_person=not quiet and desk.is_open_to_the_person(concern),
        state=State.OPEN,
        quiet=quiet,
    )
