"""Which people of the register a list holds, and in which order, in the current transaction."""

from dataclasses import dataclass
from datetime import date

import orjson
from sqlalchemy import ColumnElement, Connection, select

from services.evidence.adapters.tables import safeguarder
from services.platform.calls.relations import Listed, managed_by

Place = tuple[str, ...]
"""Where somebody stands in the list: what it is ordered by, and last their id."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which people, among those whom the caller may see. What is empty limits nothing."""

    people: Listed
    today: date
    area: str = ""
    support_manager: str = ""
    term_ends_before: date | None = None
    by_name: bool = False

    @property
    def needs_everybody(self) -> bool:
        """True if a page cannot be read without the rest: names are in no index, and terms end in a body."""
        return self.by_name or self.term_ends_before is not None


def listed(connection: Connection, wanted: Wanted) -> list[Place]:
    """Return the places of everybody who is wanted, in order. Each row read is three short texts."""
    known = safeguarder.c
    query = select(known.safeguarder_id, known.display_name, known.terms)
    rows = connection.execute(query.where(*_limits(connection, wanted)))
    return sorted(_place(known_id, name, wanted) for known_id, name, terms in rows if _is_in_time(terms, wanted))


def page_by_id(connection: Connection, wanted: Wanted, last: str, most: int) -> list[Place]:
    """Return the places of at most so many people after the id `last`, in the order of ids."""
    known = safeguarder.c.safeguarder_id
    query = select(known).where(*_limits(connection, wanted), known > last).order_by(known).limit(most)
    return [(found,) for found in connection.execute(query).scalars()]


def _limits(connection: Connection, wanted: Wanted) -> list[ColumnElement[bool]]:
    known = safeguarder.c
    limits = [*wanted.people.limits(known.safeguarder_id)]
    if wanted.area:
        # The column holds a JSON list. The quotation marks keep one id from matching the start of another.
        limits.append(known.areas.contains(f'"{wanted.area}"', autoescape=True))
    if wanted.support_manager:
        limits.append(known.safeguarder_id.in_(managed_by(connection, wanted.support_manager)))
    return limits


def place_of(connection: Connection, safeguarder_id: str, wanted: Wanted) -> Place:
    """Return where somebody stands, or would stand if they were wanted still. A page after them begins there."""
    query = select(safeguarder.c.display_name).where(safeguarder.c.safeguarder_id == safeguarder_id)
    return _place(safeguarder_id, connection.execute(query).scalar_one_or_none() or "", wanted)


def _place(safeguarder_id: str, name: str, wanted: Wanted) -> Place:
    return (name.casefold(), safeguarder_id) if wanted.by_name else (safeguarder_id,)


def _is_in_time(terms: str, wanted: Wanted) -> bool:
    if wanted.term_ends_before is None:
        return True
    known = orjson.loads(terms)
    return bool(known) and wanted.today.isoformat() <= known[-1]["ends_on"] < wanted.term_ends_before.isoformat()
