"""Open, close and review an emergency access: a file is read because somebody may be at risk (X38)."""

from datetime import timedelta

from services.calendar_days import WorkingCalendar, add_working_days
from services.scheduling.domain import emergency as domain
from services.scheduling.domain.emergency import AccessReview, EmergencyAccess, WantedAccess
from services.scheduling.domain.identifiers import AccessId, SafeguarderId
from services.scheduling.domain.versions import next_version
from services.scheduling.handlers.context import SchedulingContext
from services.who import Who


def open_access(
    wanted: WantedAccess, new_id: AccessId, by: str, context: SchedulingContext, *, may_read: bool
) -> EmergencyAccess:
    """Open a file to a person, to read, for the hours of the policy. `may_read`: whether they may read it anyway.

    Raises:
        Refusal: NOT_FOUND or PRECONDITION, with the reason.
    """
    context.schedule(wanted.safeguarder_id)
    what = (wanted.safeguarder_id, new_id, next_version(0, context.now), by, wanted.kind, wanted.reason)
    ends_at = context.now + timedelta(hours=context.policy.emergency_access_hours)
    days = context.policy.review_access_working_days
    due_on = add_working_days(WorkingCalendar.OFFICE, context.today, days)
    new = EmergencyAccess(*what, context.now, ends_at, due_on)
    known = context.emergencies.of(wanted.safeguarder_id)
    return _keep(domain.open_access(new, known, may_read=may_read), context)


def close_access(
    name: tuple[SafeguarderId, AccessId], by: str, context: SchedulingContext, *, any_access: bool
) -> EmergencyAccess:
    """Close an emergency access at once. `any_access`: whether the caller closes those of others too.

    Raises:
        Refusal: NOT_FOUND; PRECONDITION if it is over.
    """
    closed = domain.close_access(_find(name, context), by, context.now, any_access=any_access)
    return _keep(closed, context)


def review_access(
    name: tuple[SafeguarderId, AccessId], said: AccessReview, by: Who, context: SchedulingContext
) -> EmergencyAccess:
    """Record whether an emergency access was justified.

    Raises:
        Refusal: NOT_FOUND or PRECONDITION, with the reason.
    """
    return _keep(domain.review_access(_find(name, context), said, by, context.now), context)


def _find(name: tuple[SafeguarderId, AccessId], context: SchedulingContext) -> EmergencyAccess:
    safeguarder_id, access_id = name
    for known in context.emergencies.of(safeguarder_id):
        if known.access_id == access_id:
            return known
    raise domain.access_not_found()


def _keep(changed: EmergencyAccess, context: SchedulingContext) -> EmergencyAccess:
    context.emergencies.put(changed, context.now)
    context.keep_duties(context.schedule(changed.safeguarder_id))
    return changed
