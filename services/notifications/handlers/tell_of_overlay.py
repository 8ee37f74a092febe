"""Tell people of suspensions (R90)."""

from dataclasses import replace

from services.notifications.domain.overlays.news import Suspension
from services.notifications.handlers.context import AlertContext
from services.notifications.handlers.tell import tell_newest

_LONGEST_ID = 32
"""Characters of the id of a suspension, which the key of a message holds with the ending below."""


def tell_of_suspension(known: Suspension, context: AlertContext) -> None:
    """Tell the person and their support manager that a suspension is in force, goes on, or is over."""
    about = known.overlay_id[:_LONGEST_ID]
    tell_newest(f"{about}-ovp", known, context)
    tell_newest(f"{about}-ovm", replace(known, to_the_person=False), context)
