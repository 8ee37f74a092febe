"""Who is told when an alert changes. The person concerned hears no later than the manager (D5)."""

from dataclasses import dataclass

from services.notifications.domain.alert import Alert, Concern, Lane, State


@dataclass(frozen=True, slots=True)
class Telling:
    """Whom one change of an alert is told to."""

    the_person: bool
    """The Safeguarder concerned."""
    staff: str
    """Whoever is to look at it now; empty for nobody."""


def is_open_to_the_person(concern: Concern, safety_tell_safeguarder: bool) -> bool:
    """Whether the Safeguarder sees the alert: never a gap of the Team's, a matter of safety as the policy says."""
    if concern.lane is Lane.DATA_GAP:
        return False
    return concern.lane is not Lane.SAFETY or safety_tell_safeguarder


def who_is_told(before: Alert | None, after: Alert) -> Telling:
    """Staff when the alert comes to need attention, or another person's; the Safeguarder when it opens, or wakes up."""
    was = before is not None and before.needs_attention and before.addressee == after.addressee
    staff = after.addressee if after.needs_attention and not was else ""
    return Telling(after.open_to_the_person and _is_new_to_the_person(before, after), staff)


def is_hushed(before: Alert | None, after: Alert) -> bool:
    """Whether a silence, or a hold, begins while somebody was to look: what was not sent yet about it need not be."""
    return before is not None and before.needs_attention and (bool(after.silenced_by) or after.hushed)


def _is_new_to_the_person(before: Alert | None, after: Alert) -> bool:
    if before is None or not before.open_to_the_person:
        return after.live
    return before.state is State.SNOOZED and after.state is State.OPEN and after.updates > before.updates
