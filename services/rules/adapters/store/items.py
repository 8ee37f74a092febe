"""Versions of items of evidence in the database, in the current transaction."""

import functools

from pydantic import TypeAdapter
from sqlalchemy import Connection

from services.platform.storage.database import execute
from services.rules.domain.facts import EvidenceFact

_ITEM = TypeAdapter(EvidenceFact)
_OF_PERSON = "SELECT body FROM fact WHERE safeguarder_id = ? ORDER BY evidence_id, version"


# A version of an item never changes, so the same text is always the same item. The limit only bounds memory.
@functools.lru_cache(maxsize=50_000)
def read_item(body: str) -> EvidenceFact:
    """Return an item version from its JSON, parsed once for each text."""
    return _ITEM.validate_json(body)


def item_body(item: EvidenceFact) -> str:
    """Return an item version as the JSON that is stored."""
    return _ITEM.dump_json(item).decode()


def item_versions(connection: Connection, safeguarder_id: str) -> tuple[EvidenceFact, ...]:
    """Return every version of every item about a person."""
    return tuple(read_item(body) for (body,) in execute(connection, _OF_PERSON, (safeguarder_id,)).fetchall())
