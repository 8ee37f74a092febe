"""Versions of items of evidence in the database, in the current transaction."""

import functools
from dataclasses import replace

from pydantic import TypeAdapter
from sqlalchemy import Connection

from services.platform.storage.database import execute
from services.rules.domain.facts import MAY_BE_BLANK, REPORT_LINES, EvidenceFact

_ITEM = TypeAdapter(EvidenceFact)
_OF_PERSON = "SELECT body FROM fact WHERE safeguarder_id = ? ORDER BY evidence_id, version"


# A version of an item never changes, so the same text is always the same item. The limit only bounds memory.
@functools.lru_cache(maxsize=50_000)
def read_item(body: str) -> EvidenceFact:
    """Return an item version from its JSON, parsed once for each text."""
    fact = _ITEM.validate_json(body)
    return fact if '"blank":' in body else _as_now_said(fact)


def _as_now_said(fact: EvidenceFact) -> EvidenceFact:
    """Return an item that an earlier release stored, with what may have been blank as blank (P18).

    Such a release stored a no and a blank alike, as false. Evidence no longer knows which it was either.
    """
    details = {name: value for name, value in fact.details.items() if value is not False}
    has_lines = "child_views_recorded" in fact.details
    blank = (n for n in MAY_BE_BLANK if n not in details and (n in fact.details or (has_lines and n in REPORT_LINES)))
    return replace(fact, details=details, blank=tuple(blank))


def item_body(item: EvidenceFact) -> str:
    """Return an item version as the JSON that is stored."""
    return _ITEM.dump_json(item).decode()


def item_versions(connection: Connection, safeguarder_id: str) -> tuple[EvidenceFact, ...]:
    """Return every version of every item about a person."""
    return tuple(read_item(body) for (body,) in execute(connection, _OF_PERSON, (safeguarder_id,)).fetchall())
