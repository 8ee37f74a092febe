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
    again: bool = False
    """The caller knows of a person with the same name, and means somebody else."""


def create_safeguarder(command: CreateSafeguarder, people: Register, now: datetime) -> Safeguarder:
    """Add a person to the register and return the new entry.

    Raises:
        Refusal: INVALID for a malformed id or an unknown area. CONFLICT if the id, the panel number or the name is
            taken: half of what is known of one person would stand under each entry.
    """
    unknown = set(command.areas) - people.known_areas()
    if unknown:
        raise invalid("UNKNOWN_AREA", "At least one of these areas is not on the register.", "safeguarder.areas")
    entry = register(check_id(command.safeguarder_id), command.display_name, command.areas, command.demo, now)
    if people.find(entry.safeguarder_id) is not None:
        message = "There is already a Safeguarder with this id on the register."
        raise conflict("SAFEGUARDER_EXISTS", message, "safeguarder_id")
    namesake = "" if command.again else _namesake(entry.display_name, people)
    if namesake:
        message = "A person with this name is on the register. "
        message += "If this is somebody else, set `again` (on the command line: --again)."
        on_file = f"safeguarders/{namesake}"
        raise conflict("NAME_ON_REGISTER", message, "safeguarder.display_name", on_file=on_file)
    if command.panel_number:
        entry = replace(entry, panel_number=check_number(command.panel_number))
        check_free(entry.panel_number, entry.safeguarder_id, people)
    people.add(entry)
    return entry


def _namesake(display_name: str, people: Register) -> str:
    """Return the id of the first person with a name, however its letters and spaces are written, or empty."""
    # Not asked of the databases, because they fold other letters than those of English differently.
    wanted = display_name.casefold().split()
    found = (entry for entry in people.everybody() if entry.display_name.casefold().split() == wanted)
    return next((entry.safeguarder_id for entry in found), "")
