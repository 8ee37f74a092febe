"""SetPanelNumber and LookUpSafeguarder: the number by which other bodies know a person (doors D18)."""

from dataclasses import replace

from services.evidence.domain.safeguarder import Safeguarder, SafeguarderId, check_number, entered, normal_number
from services.evidence.ports import Register
from services.refusals import conflict, not_found


def set_panel_number(safeguarder_id: str, panel_number: str, people: Register) -> Safeguarder:
    """Give a person a panel number and return the entry. The number that they had is free again.

    Raises:
        Refusal: INVALID for a malformed number. NOT_FOUND. CONFLICT if somebody else has the number.
    """
    number = check_number(panel_number)
    entry = entered(people.find(safeguarder_id), "name")
    check_free(number, entry.safeguarder_id, people)
    if number == entry.panel_number:
        return entry
    changed = replace(entry, panel_number=number, version=entry.version + 1)
    people.set_number(changed)
    return changed


def check_free(number: str, safeguarder_id: str, people: Register) -> None:
    """Refuse PANEL_NUMBER_TAKEN if somebody else has the number."""
    holder = people.find_number(number)
    if holder is not None and holder.safeguarder_id != safeguarder_id:
        message = "Another person on the register has this panel number. Check which of the two is right."
        raise conflict("PANEL_NUMBER_TAKEN", message, "panel_number")


def look_up(panel_number: str, people: Register) -> SafeguarderId:
    """Return the id of the person with a panel number, whatever their standing: nothing else is to be told by this.

    Raises:
        Refusal: NOT_FOUND, also for what cannot be a panel number.
    """
    entry = people.find_number(normal_number(panel_number))
    if entry is None:
        message = "Nobody on the register has this panel number. Check it, or ask the Safeguarders Panel Team."
        raise not_found("PANEL_NUMBER_NOT_KNOWN", message, "panel_number")
    return entry.safeguarder_id
