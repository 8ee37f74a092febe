"""Who is responsible for whose record, as far as access needs to know: kept from events, asked on every call."""

from dataclasses import dataclass

from sqlalchemy import Column, Connection, MetaData, String, Table

from services.platform.calls.identity import Principal
from services.platform.storage.database import execute


@dataclass(frozen=True, slots=True)
class Subjects:
    """What the records of a service are about: the collection in their names, and the role they can be allocated to."""

    collection: str
    allocated_role: str


def relation_table(metadata: MetaData) -> Table:
    """The one person a record is allocated to."""
    return Table(
        "relation",
        metadata,
        Column("subject", String(64), primary_key=True),
        Column("person", String(64), nullable=False, index=True),
    )


def allocate(connection: Connection, subject: str, person: str) -> None:
    """Note that a record is allocated to `person` and to nobody else."""
    execute(
        connection,
        "INSERT INTO relation (subject, person) VALUES (?, ?) "
        "ON CONFLICT (subject) DO UPDATE SET person = excluded.person",
        (subject, person),
    )


def end_allocation(connection: Connection, subject: str) -> None:
    """Note that a record is allocated to nobody."""
    execute(connection, "DELETE FROM relation WHERE subject = ?", (subject,))


def allocated_to(connection: Connection, subject: str) -> str:
    """The person a record is allocated to, or empty."""
    row = execute(connection, "SELECT person FROM relation WHERE subject = ?", (subject,)).fetchone()
    return str(row[0]) if row else ""


def allocated_subjects(connection: Connection, person: str) -> list[str]:
    """The records allocated to a person, in order."""
    rows = execute(connection, "SELECT subject FROM relation WHERE person = ? ORDER BY subject", (person,))
    return [row[0] for row in rows]


def relation_of(connection: Connection, principal: Principal, subject: str) -> str:
    """`own`, `allocated`, `any` for a call across records, or `none`."""
    if subject == "-":
        return "any"
    if subject and principal.subject == subject:
        return "own"
    if subject and allocated_to(connection, subject) == principal.person:
        return "allocated"
    return "none"
