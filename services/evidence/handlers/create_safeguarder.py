"""CreateSafeguarder: enter a person in the one national register."""

from dataclasses import dataclass
from datetime import datetime

from services.evidence.domain.safeguarder import Safeguarder, check_id, register
from services.evidence.ports import Register
from services.refusals import conflict, invalid


@dataclass(frozen=True, slots=True)
class CreateSafeguarder:
    """A person to enter."""

    safeguarder_id: str
    display_name: str
    areas: tuple[str, ...]
    demo: bool


def create_safeguarder(command: CreateSafeguarder, people: Register, now: datetime) -> Safeguarder:
    """The new entry.

    Raises:
        Refusal: INVALID for an id or area of the wrong form, CONFLICT when the id is taken.
    """
    unknown = set(command.areas) - people.known_areas()
    if unknown:
        raise invalid("UNKNOWN_AREA", "An area served is not one of the register's areas.", "safeguarder.areas")
    entry = register(check_id(command.safeguarder_id), command.display_name, command.areas, command.demo, now)
    if people.find(entry.safeguarder_id) is not None:
        raise conflict("SAFEGUARDER_EXISTS", "A Safeguarder with this id is on the register already.", "safeguarder_id")
    people.add(entry)
    return entry
