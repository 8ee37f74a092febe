"""The people who are told when an alert changes. The Safeguarder concerned is told no later than the manager (D5)."""

from dataclasses import dataclass

from services.notifications.domain.alert import Alert, Concern, Lane, State


@dataclass(frozen=True, slots=True)
class Recipients:
    """The people who are told of one change of an alert."""

    the_person: bool
    """Whether the Safeguarder concerned is told."""
    staff: str
    """The member of staff who should look at it now, or empty."""


def is_open_to_the_person(concern: Concern, safety_tell_safeguarder: bool) -> bool:
    """Return whether the Safeguarder sees an alert.

    They never see a gap of the Team's. They see a matter of safety only if the policy says so.
    """
    if concern.lane is Lane.DATA_GAP:
        return False
    return concern.lane is not Lane.SAFETY or safety_tell_safeguarder


def recipients_of(before: Alert | None, after: Alert) -> Recipients:
    """Return the people to tell of a change.

    Staff are told if the alert begins to need attention, or needs that of another person. The Safeguarder is told if
    the alert opens to them, or if new evidence ends a snooze.
    """
    was = before is not None and before.needs_attention and before.addressee == after.addressee
    staff = after.addressee if after.needs_attention and not was else ""
    return Recipients(after.open_to_the_person and _is_new_to_the_person(before, after), staff)


def becomes_kept_from_staff(before: Alert | None, after: Alert) -> bool:
    """Return whether a suppression or a hold begins. Messages to staff that are not sent yet are then withdrawn."""
    return before is not None and before.needs_attention and (bool(after.silenced_by) or after.kept_from_staff)


def _is_new_to_the_person(before: Alert | None, after: Alert) -> bool:
    if before is None or not before.open_to_the_person:
        return after.live
    return before.state is State.SNOOZED and after.state is State.OPEN and after.updates > before.updates
