"""Who has read what about a record, from the audit log of one service."""

from collections.abc import Collection
from datetime import datetime
from typing import NamedTuple

from sqlalchemy import Connection

from services.platform.storage.database import execute, from_micros

SYSTEMS = ("partner_system", "service")
"""Roles of systems. What one tried or repeated is not told as a read: it knew already what it was answered."""


class Read(NamedTuple):
    """One read that was let through, as it was logged before it was answered."""

    number: int
    at: datetime
    person: str
    role: str
    method: str
    relation: str
    """The caller's relation to the record at that time; empty if the release that logged it did not keep it."""
    for_whom: str


def reads_of(
    connection: Connection, subject: str, methods: Collection[str], but_role: str, before: int | None, most: int
) -> list[Read]:
    """Return the newest reads of a record by these methods, at most `most`.

    `before`: only reads that were logged before the one with this number. `but_role`: leave out this role's reads.
    """
    marks, systems = ", ".join("?" * len(methods)), ", ".join("?" * len(SYSTEMS))
    # `number` rises with each row, so it orders as time does, and the index on (subject, number) gives a page at once.
    conditions = (
        f"subject = ? AND method IN ({marks}) AND role <> ? AND (method NOT LIKE '%)' OR role NOT IN ({systems}))"
        + ("" if before is None else " AND number < ?")
    )
    statement = (
        "SELECT number, at, person, role, method, relation, for_whom FROM audit "  # noqa: S608  marks and constants
        f"WHERE {conditions} ORDER BY number DESC LIMIT ?"
    )
    values = (subject, *methods, but_role, *SYSTEMS, *(() if before is None else (before,)), most)
    rows = execute(connection, statement, values).fetchall()
    return [
        Read(number, from_micros(at), person, role, method, relation or "", for_whom or "")
        for number, at, person, role, method, relation, for_whom in rows
    ]
