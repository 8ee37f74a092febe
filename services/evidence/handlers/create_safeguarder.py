"""CreateSafeguarder: add a person to the one national register."""

from dataclasses import dataclass, replace
from datetime import datetime

from services.evidence.domain.safeguarder import Safeguarder, check_id, check_number, register
from services.evidence.handlers.panel_number import check_free
from services.evidence.ports import Register
from services.refusals import conflict, invalid


@dataclass(frozen=True, slots=True)
class CreateSafeguarder:
    """A person to add to the register."""

    safeguarder_id: str
    display_name: str
    areas: tuple[str, ...]
    demo: bool
    panel_number: str = ""


def create_safeguarder(command: CreateSafeguarder, people: Register, now: datetime) -> Safeguarder:
    """Add a person to the register and return the new entry.

    Raises:
        Refusal: INVALID for a malformed id or an unknown area. CONFLICT if the id or the panel number is
            taken.
    """
    unknown = set(command.areas) - people.known_areas()
    if unknown:
        raise invalid("UNKNOWN_AREA", "At least one of these areas is not on the register.", "safeguarder.areas")
    entry = register(check_id(command.safeguarder_id), command.display_name, command.areas, command.demo, now)
    if people.find(entry.safeguarder_id) is not None:
        message = "There is already a Safeguarder with this id on the register."
        raise conflict("SAFEGUARDER_EXISTS", message, "safeguarder_id")
    if command.panel_number:
        entry = replace(entry, panel_number=check_number(command.panel_number))
        check_free(entry.panel_number, entry.safeguarder_id, people)
    people.add(entry)
    return entry
