"""AcknowledgeAlert, SnoozeAlert, ResolveAlert: what people do with an alert."""

from dataclasses import dataclass
from datetime import date

from services.calendar_days import london_today
from services.notifications.domain import alert as domain
from services.notifications.domain.alert import Alert, Reason
from services.notifications.handlers.context import AlertContext
from services.refusals import invalid, not_found

OWNER_ROLES = ("senior_manager", "panel_team")
"""Roles that see every alert. A support manager owns alerts of those allocated to them."""


@dataclass(frozen=True, slots=True)
class AlertRead:
    """An alert as the caller names it, with the etag they read; an empty etag asks for no check."""

    safeguarder_id: str
    alert_id: str
    etag: str = ""


def find_alert(read: AlertRead, context: AlertContext) -> Alert:
    """The alert of that person.

    Raises:
        Refusal: NOT_FOUND, CONFLICT when the etag is of another version.
    """
    found = context.alerts.find(read.alert_id)
    if found is None or found.safeguarder_id != read.safeguarder_id:
        raise not_found("ALERT_NOT_FOUND", "This person has no such alert.", "name")
    domain.check_etag(found, read.etag)
    return found


def acknowledge_alert(read: AlertRead, owner: str, caller: str, next_on: date, context: AlertContext) -> Alert:
    """A named person takes it on, with the next date; an owner who is not the caller is told.

    Raises:
        Refusal: as `find_alert` and the domain; INVALID for an owner who could not act on it.
    """
    before = find_alert(read, context)
    owner = owner or caller
    _check_owner(owner, read.safeguarder_id, context)
    after = context.heard(domain.acknowledge(before, owner, next_on, london_today(context.now)))
    return context.keep(before, after, also_tell=owner if owner not in (caller, before.owner) else "")


def snooze_alert(read: AlertRead, until_on: date, reason: Reason, context: AlertContext) -> Alert:
    """Put aside until a day, with a reason.

    Raises:
        Refusal: as `find_alert` and the domain.
    """
    before = find_alert(read, context)
    return context.keep(before, domain.snooze(before, until_on, reason, london_today(context.now)))


def resolve_alert(read: AlertRead, outcome: Reason, context: AlertContext) -> Alert:
    """Ended with an outcome. The concern stays as it is: closing it is a call to rules.

    Raises:
        Refusal: as `find_alert` and the domain.
    """
    before = find_alert(read, context)
    return context.keep(before, domain.resolve(before, outcome))


def _check_owner(owner: str, safeguarder_id: str, context: AlertContext) -> None:
    if context.people.role_of(owner) in OWNER_ROLES or context.allocations.support_manager_of(safeguarder_id) == owner:
        return
    raise invalid(
        "OWNER_CANNOT_ACT",
        "The owner is the allocated support manager, a senior manager or one of the Safeguarders Panel Team.",
        "owner",
    )
