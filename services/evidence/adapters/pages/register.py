"""Which people of the register a list holds, and in which order, in the current transaction."""

from dataclasses import dataclass
from datetime import date

import orjson
from sqlalchemy import Connection, select

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


def listed(connection: Connection, wanted: Wanted) -> list[Place]:
    """Return the places of everybody who is wanted, in order."""
    known = safeguarder.c
    query = select(known.safeguarder_id, known.display_name, known.terms)
    query = query.where(*wanted.people.limits(known.safeguarder_id))
    if wanted.area:
        # The column holds a JSON list. The quotation marks keep one id from matching the start of another.
        query = query.where(known.areas.contains(f'"{wanted.area}"', autoescape=True))
    if wanted.support_manager:
        query = query.where(known.safeguarder_id.in_(managed_by(connection, wanted.support_manager)))
    # The order of names is that of no index, and the end of a term stands in a body. Each row is three short texts.
    rows = connection.execute(query)
    return sorted(_place(known_id, name, wanted) for known_id, name, terms in rows if _is_in_time(terms, wanted))


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
