"""The versions of a person's items, for the times at which each came to be as it is, in the current transaction."""

from collections.abc import Mapping
from datetime import date
from itertools import groupby
from typing import Any

import orjson
from sqlalchemy import Connection

from services.evidence.domain.personal_file.item_times import ItemTimes, ItemVersion, times_of
from services.platform.storage.database import execute, from_micros

_VERSIONS = (
    "SELECT i.evidence_id, v.version, v.recorded_at, v.body FROM evidence_version v "
    "JOIN evidence_item i ON i.evidence_id = v.evidence_id WHERE i.safeguarder_id = ? "
    "UNION ALL SELECT evidence_id, version, recorded_at, body FROM evidence_item WHERE safeguarder_id = ? "
    "ORDER BY 1, 2"
)


def item_times(connection: Connection, safeguarder_id: str) -> Mapping[str, ItemTimes]:
    """Return when what stands in a person's items was recorded, by the item's id."""
    rows = execute(connection, _VERSIONS, (safeguarder_id, safeguarder_id))
    of_each = groupby(rows, key=lambda row: row[0])
    return {evidence_id: times_of([_version(row[2], row[3]) for row in versions]) for evidence_id, versions in of_each}


def _version(recorded_at: int, stored: str) -> ItemVersion:
    body = orjson.loads(stored)
    content: dict[str, Any] = body["content"]
    outcome = content["complaint_outcome"]
    return ItemVersion(
        from_micros(recorded_at),
        bool(content["mappings"]),
        _day(content["shared_on"]),
        _day(content["replied_on"]),
        "" if outcome in (None, "pending") else outcome,
        body["state"] in ("superseded", "withdrawn"),
    )


def _day(stored: str | None) -> date | None:
    return date.fromisoformat(stored) if stored else None
