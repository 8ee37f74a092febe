"""AcknowledgeAlert, SnoozeAlert, ResolveAlert: the commands of people on an alert."""

from dataclasses import dataclass
from datetime import date

from services.calendar_days import london_today
from services.notifications.domain import alert as domain
from services.notifications.domain.alert import Alert, Reason
from services.notifications.handlers.context import AlertContext
from services.owners import check_owner
from services.refusals import Refusal, not_found


@dataclass(frozen=True, slots=True)
class AlertRead:
    """The name of an alert in a request, with the etag that the caller read. An empty etag skips the check."""

    safeguarder_id: str
    alert_id: str
    etag: str = ""


def alert_not_found() -> Refusal:
    """Return the refusal for an alert that is not there, or that the caller must not know of."""
    return not_found("ALERT_NOT_FOUND", "There is no such alert about this person.", "name")


def find_alert(read: AlertRead, context: AlertContext) -> Alert:
    """Return an alert about that person.

    Raises:
        Refusal: NOT_FOUND, also for an alert about somebody else. CONFLICT if the etag is of another version.
    """
    found = context.alerts.find(read.alert_id)
    if found is None or found.safeguarder_id != read.safeguarder_id:
        raise alert_not_found()
    domain.check_etag(found, read.etag)
    return found


def acknowledge_alert(read: AlertRead, owner: str, caller: str, next_on: date, context: AlertContext) -> Alert:
    """Acknowledge an alert for a named owner with a next date. An owner who is not the caller is told.

    Raises:
        Refusal: As for `find_alert` and `alert.acknowledge`. INVALID for an owner who could not act on the alert.
    """
    before = find_alert(read, context)
    owner = owner or caller
    manager, kept_out = context.support_manager_of(read.safeguarder_id), context.kept_out_of(read.safeguarder_id)
    check_owner(owner, context.people.role_of(owner), manager, kept_out)
    after = context.end_quiet(domain.acknowledge(before, owner, next_on, london_today(context.now)))
    also_tell = [owner] if owner not in (caller, before.owner) else []
    return context.keep(before, domain.act(after, caller, context.now), also_tell)


def snooze_alert(
    read: AlertRead, caller: str, until_on: date, reason: Reason, context: AlertContext, for_whom: str = ""
) -> Alert:
    """Snooze an alert until a day, with a reason. Without an owner it is the caller's from then on.

    `for_whom`: the support manager for whom a delegate acts. The alert is then that person's.

    Refuse what `find_alert` and `alert.snooze` refuse.
    """
    before = find_alert(read, context)
    after = domain.snooze(before, for_whom or caller, until_on, reason, london_today(context.now))
    return context.keep(before, domain.act(after, caller, context.now))


def resolve_alert(read: AlertRead, caller: str, outcome: Reason, context: AlertContext) -> Alert:
    """End an alert with an outcome. Its concern ends too, or has an owner and a next date.

    Refuse what `find_alert` and `alert.resolve` refuse.
    """
    before = find_alert(read, context)
    after = domain.resolve(before, outcome, london_today(context.now))
    return context.keep(before, domain.act(after, caller, context.now))
