"""Relations: who is responsible for which record, as access needs it. Events change them; every call reads them.

A record is allocated to one person. Another one may act for that person between two days. Somebody else of the same
role may open the record in an emergency, to read it for some hours. A declared link keeps a person from a record,
whatever else holds.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any, NamedTuple

from sqlalchemy import BigInteger, Boolean, Column, ColumnElement, Connection, Integer, MetaData, String, Table

from services.platform.calls.identity import Principal
from services.platform.clock import LONDON
from services.platform.storage.database import execute, from_micros, to_micros


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


class Related(NamedTuple):
    """How a caller is related to the record of a call."""

    subject: str
    relation: str
    """`own`, `linked`, `allocated`, `delegated`, `emergency`, `any` for a call across records, or `none`."""
    for_whom: str = ""
    """The person for whom a delegate acts."""


@dataclass(frozen=True, slots=True)
class Delegated:
    """A person may act about a record, from one day to another, for the one to whom the record is allocated."""

    subject: str
    delegation_id: str
    version: int
    delegate: str
    for_whom: str
    from_on: date
    to_on: date
    ended: bool


@dataclass(frozen=True, slots=True)
class Linked:
    """A link is declared between a person and a subject. While it stands, it keeps the person from the record."""

    subject: str
    link_id: str
    version: int
    person: str
    stands: bool


@dataclass(frozen=True, slots=True)
class Opened:
    """A person opened a record in an emergency. They may read it until an instant, unless it is closed before."""

    subject: str
    access_id: str
    version: int
    person: str
    until: datetime
    closed: bool


@dataclass(frozen=True, slots=True)
class Listed:
    """The subjects whose records a list may hold: some, or all but some."""

    only: tuple[str, ...] | None = None
    but: tuple[str, ...] = ()

    def holds(self, subject: str) -> bool:
        """Return whether the list may hold records of a subject."""
        return subject not in self.but and (self.only is None or subject in self.only)

    def limits(self, subject: ColumnElement[Any]) -> list[ColumnElement[bool]]:
        """Return the conditions that limit a query to these subjects."""
        if self.only is not None:
            return [subject.in_(self.only)]
        return [subject.not_in(self.but)] if self.but else []

    def limits_in_sql(self, column: str) -> tuple[str, Sequence[str]]:
        """Return the same conditions for a plain statement that has others before, and their parameters."""
        people = self.but if self.only is None else self.only
        if self.only is None and not people:
            return "", ()
        marks = ", ".join("?" * len(people)) or "NULL"
        return f" AND {column} {'NOT IN' if self.only is None else 'IN'} ({marks})", people


def relation_tables(metadata: MetaData) -> None:
    """Declare the tables of relations: to whom a record is allocated, who acts for them, links, and emergencies."""
    Table(
        "relation",
        metadata,
        Column("subject", String(64), primary_key=True),
        Column("person", String(64), nullable=False, index=True),
    )
    Table(
        "delegated",
        metadata,
        Column("subject", String(64), primary_key=True),
        Column("delegation_id", String(64), primary_key=True),
        Column("version", Integer, nullable=False),
        Column("delegate", String(64), nullable=False, index=True),
        Column("for_whom", String(64), nullable=False),
        Column("from_on", String(10), nullable=False),
        Column("to_on", String(10), nullable=False),
        Column("ended", Boolean, nullable=False),
    )
    Table(
        "linked",
        metadata,
        Column("subject", String(64), primary_key=True),
        Column("link_id", String(64), primary_key=True),
        Column("version", Integer, nullable=False),
        Column("person", String(64), nullable=False, index=True),
        Column("stands", Boolean, nullable=False),
    )
    Table(
        "opened",
        metadata,
        Column("subject", String(64), primary_key=True),
        Column("access_id", String(64), primary_key=True),
        Column("version", Integer, nullable=False),
        Column("person", String(64), nullable=False),
        Column("until", BigInteger, nullable=False),
        Column("closed", Boolean, nullable=False),
    )


_DELEGATED = (
    "INSERT INTO delegated (subject, delegation_id, version, delegate, for_whom, from_on, to_on, ended) "
    "VALUES (?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT (subject, delegation_id) DO UPDATE SET version = excluded.version, "
    "delegate = excluded.delegate, for_whom = excluded.for_whom, from_on = excluded.from_on, to_on = excluded.to_on, "
    "ended = excluded.ended WHERE excluded.version > delegated.version"
)
_LINKED = (
    "INSERT INTO linked (subject, link_id, version, person, stands) VALUES (?, ?, ?, ?, ?) "
    "ON CONFLICT (subject, link_id) DO UPDATE SET version = excluded.version, person = excluded.person, "
    "stands = excluded.stands WHERE excluded.version > linked.version"
)
_OPENED = (
    "INSERT INTO opened (subject, access_id, version, person, until, closed) VALUES (?, ?, ?, ?, ?, ?) "
    "ON CONFLICT (subject, access_id) DO UPDATE SET version = excluded.version, person = excluded.person, "
    "until = excluded.until, closed = excluded.closed WHERE excluded.version > opened.version"
)
_OPEN_UNTIL = (
    "SELECT max(until) FROM opened WHERE subject = ? AND person = ? AND until > ? AND until <= ? AND NOT closed"
)
LONGEST_EMERGENCY = timedelta(hours=24)
"""A record that is open for longer was opened while a clock stood wrong, and is closed."""
_ACTS = (
    "SELECT r.subject, r.person, d.delegate FROM delegated d JOIN relation r ON r.subject = d.subject "
    "AND r.person = d.for_whom WHERE d.from_on <= ? AND d.to_on >= ? AND NOT d.ended AND {} "
    "ORDER BY r.subject, d.delegate"
)
"""Who acts for whom about which record. A delegation by somebody to whom it is no longer allocated gives no right."""
_ACTS_ABOUT, _ACTS_OF = _ACTS.format("d.subject = ?"), _ACTS.format("d.delegate = ?")
_ACTING = (
    "SELECT r.subject, r.person FROM relation r LEFT JOIN linked l ON l.subject = r.subject AND l.person = r.person "
    "AND l.stands WHERE l.subject IS NULL"
)
_LINKED_PEOPLE = "SELECT DISTINCT person FROM linked WHERE subject = ? AND stands"
_KEPT_FROM = "SELECT DISTINCT subject FROM linked WHERE person IN ({}) AND stands"


def follow_delegation(connection: Connection, told: Delegated) -> None:
    """Store a version of a delegation. The highest version holds, in whatever order they come."""
    days = (told.from_on.isoformat(), told.to_on.isoformat())
    people = (told.delegate, told.for_whom)
    row = (told.subject, told.delegation_id, told.version, *people, *days, told.ended)
    execute(connection, _DELEGATED, row)


def follow_link(connection: Connection, told: Linked) -> None:
    """Store a version of a declared link. The highest version holds, in whatever order they come."""
    execute(connection, _LINKED, (told.subject, told.link_id, told.version, told.person, told.stands))


def follow_emergency(connection: Connection, told: Opened) -> None:
    """Store a version of an emergency access. The highest version holds, in whatever order they come."""
    what = (told.subject, told.access_id, told.version, told.person)
    execute(connection, _OPENED, (*what, to_micros(told.until), told.closed))


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


def linked_people(connection: Connection, subject: str) -> frozenset[str]:
    """Return the people whom a declared link keeps from a record."""
    return frozenset(row[0] for row in execute(connection, _LINKED_PEOPLE, (subject,)))


def acting_manager(connection: Connection, subject: str) -> str:
    """Return the person to whom a record is allocated; empty if nobody is, or if a declared link keeps them from it."""
    return acting_managers(connection, [subject]).get(subject, "")


def acting_managers(connection: Connection, subjects: Sequence[str]) -> dict[str, str]:
    """Return the person to whom each record is allocated, without those whom a declared link keeps from it."""
    if not subjects:
        return {}
    marks = ", ".join("?" * len(subjects))
    return dict(execute(connection, f"{_ACTING} AND r.subject IN ({marks})", subjects))


def managed_by(connection: Connection, person: str) -> tuple[str, ...]:
    """Return the records for which a person is the acting manager, in order."""
    rows = execute(connection, f"{_ACTING} AND r.person = ? ORDER BY r.subject", (person,))
    return tuple(row[0] for row in rows)


def delegates(connection: Connection, subject: str, today: date) -> list[str]:
    """Return those who act about a record today for the one to whom it is allocated, in order."""
    day = today.isoformat()
    kept_out = linked_people(connection, subject)
    found = dict.fromkeys(row[2] for row in execute(connection, _ACTS_ABOUT, (day, day, subject)))
    return [delegate for delegate in found if delegate not in kept_out]


def kept_from(connection: Connection, principal: Principal) -> tuple[str, ...]:
    """Return the records from which a caller is kept: by declared links, or as their own by another account."""
    accounts = sorted(_accounts(principal))
    marks = ", ".join("?" * len(accounts))
    linked = [row[0] for row in execute(connection, _KEPT_FROM.format(marks), accounts)]
    own = [principal.other_subject] if principal.other_subject else []
    return tuple(sorted({*linked, *own}))


def _accounts(principal: Principal) -> frozenset[str]:
    return principal.accounts | {principal.person}


def listed_subjects(
    connection: Connection, principal: Principal, subject: str, allocated_role: str, today: date
) -> Listed:
    """Return the subjects whose records a list may hold, for a subject asked for or `-`.

    People of the `allocated_role` get those allocated to them, and those about whom they act today. A record that they
    opened in an emergency is in no list across records: only a call that names it reads it. Nobody gets a record from
    which a declared link keeps them.
    """
    if subject != "-":
        return Listed((subject,))
    but = kept_from(connection, principal)
    if principal.role != allocated_role:
        return Listed(None, but)
    day = today.isoformat()
    allocated = execute(connection, "SELECT subject FROM relation WHERE person = ?", (principal.person,))
    acted_about = execute(connection, _ACTS_OF, (day, day, principal.person))
    return Listed(tuple(sorted({row[0] for row in (*allocated, *acted_about)} - set(but))))


def evident_relation(principal: Principal, subject: str) -> Related | None:
    """Return a relation that does not depend on what the database holds; None if it does."""
    if subject in ("", "-"):
        return Related(subject, "any" if subject else "none")
    return Related(subject, "own") if principal.subject == subject else None


def relation_of(
    connection: Connection, principal: Principal, subject: str, allocated_role: str, now: datetime
) -> Related:
    """Return how a caller is related to the record of somebody else now.

    `linked` comes first: it keeps a person from a record that is allocated to them too. It holds for every account of
    the person, and staff are linked to the record about themselves. `emergency` comes last: nobody needs it who may
    read the record otherwise.
    """
    if subject == principal.other_subject or not linked_people(connection, subject).isdisjoint(_accounts(principal)):
        return Related(subject, "linked")
    if principal.role != allocated_role:
        return Related(subject, "none")
    if allocated_to(connection, subject) == principal.person:
        return Related(subject, "allocated")
    day = now.astimezone(LONDON).date().isoformat()
    acts = execute(connection, _ACTS_ABOUT, (day, day, subject))
    for_whom = next((whom for _, whom, delegate in acts if delegate == principal.person), "")
    if for_whom:
        return Related(subject, "delegated", for_whom)
    return Related(subject, "emergency" if open_until(connection, subject, principal.person, now) else "none")


def open_until(connection: Connection, subject: str, person: str, now: datetime) -> datetime | None:
    """Return until when a person reads a record that they opened in an emergency; None if it is not open to them."""
    instants = (to_micros(now), to_micros(now + LONGEST_EMERGENCY))
    (until,) = execute(connection, _OPEN_UNTIL, (subject, person, *instants)).fetchone()
    return from_micros(until) if until is not None else None
