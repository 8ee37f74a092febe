"""Tell people of suspensions and leave (R90)."""

from dataclasses import replace

from services.notifications.domain.overlays.news import Leave, Suspension
from services.notifications.handlers.context import AlertContext
from services.notifications.handlers.tell import tell_newest

_LONGEST_ID = 32
"""Characters of the id of an overlay, which the key of a message holds with the ending below."""


def tell_of_suspension(known: Suspension, context: AlertContext) -> None:
    """Tell the person and their support manager that a suspension is in force, goes on, or is over."""
    about = known.overlay_id[:_LONGEST_ID]
    tell_newest(f"{about}-ovp", known, context)
    tell_newest(f"{about}-ovm", replace(known, to_the_person=False), context)


def tell_of_leave(known: Leave, context: AlertContext) -> None:
    """Tell the support manager of a leave that is asked for, and the person of the answer."""
    tell_newest(f"{known.overlay_id[:_LONGEST_ID]}-lve", known, context)
