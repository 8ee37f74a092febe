"""Relations: who is responsible for which record, as access needs it. Events change them; every call reads them."""

from collections.abc import Callable
from dataclasses import dataclass

from sqlalchemy import Column, Connection, MetaData, String, Table

from services.platform.calls.identity import Principal
from services.platform.storage.database import execute


@dataclass(frozen=True, slots=True)
class Subjects:
    """The subjects of a service's records: the collection in their names, and two roles.

    Records are allocated to people of the `allocated_role`. People of the `own_role` are subjects themselves, and see
    no record but their own.
    `require` raises a Refusal NOT_FOUND for a subject that the service does not know.
    """

    collection: str
    allocated_role: str
    own_role: str
    require: Callable[[Connection, str], None]


def relation_table(metadata: MetaData) -> Table:
    """Declare the table of the one person to whom a record is allocated."""
    return Table(
        "relation",
        metadata,
        Column("subject", String(64), primary_key=True),
        Column("person", String(64), nullable=False, index=True),
    )


def allocate(connection: Connection, subject: str, person: str) -> None:
    """Allocate a record to `person` and nobody else."""
    execute(
        connection,
        "INSERT INTO relation (subject, person) VALUES (?, ?) "
        "ON CONFLICT (subject) DO UPDATE SET person = excluded.person",
        (subject, person),
    )


def end_allocation(connection: Connection, subject: str) -> None:
    """Remove the allocation of a record."""
    execute(connection, "DELETE FROM relation WHERE subject = ?", (subject,))


def allocated_to(connection: Connection, subject: str) -> str:
    """Return the person to whom a record is allocated, or an empty text."""
    row = execute(connection, "SELECT person FROM relation WHERE subject = ?", (subject,)).fetchone()
    return str(row[0]) if row else ""


def allocated_subjects(connection: Connection, person: str) -> list[str]:
    """Return the records allocated to a person, in order."""
    rows = execute(connection, "SELECT subject FROM relation WHERE person = ? ORDER BY subject", (person,))
    return [row[0] for row in rows]


def listed_subjects(
    connection: Connection, principal: Principal, subject: str, allocated_role: str
) -> list[str] | None:
    """Return the subjects whose records a list may hold, for a subject asked for or `-`; None for every subject.

    People of the `allocated_role` get those allocated to them.
    """
    if subject != "-":
        return [subject]
    return allocated_subjects(connection, principal.person) if principal.role == allocated_role else None


def relation_of(connection: Connection, principal: Principal, subject: str) -> str:
    """Return `own`, `allocated`, `any` for a call across records, or `none`.

    `own` comes first: a person's relation to their own record never depends on an allocation.
    """
    if subject == "-":
        return "any"
    if subject and principal.subject == subject:
        return "own"
    if subject and allocated_to(connection, subject) == principal.person:
        return "allocated"
    return "none"
