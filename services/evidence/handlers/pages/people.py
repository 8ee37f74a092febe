"""Who somebody is: people of the register and of the directory, among those whom the caller may see."""

from collections.abc import Sequence
from typing import NamedTuple

from services.evidence.domain.register_search import Known, Match, search
from services.evidence.domain.safeguarder import Safeguarder
from services.evidence.ports import Register
from services.platform.calls.identity import Directory, Person
from services.platform.calls.relations import Listed
from services.refusals import invalid

MOST_FOUND = 20
"""People shown for a text. More of them say that the text names nobody yet."""
COLLEAGUES = ("panel_team", "report_reviewer", "senior_manager", "support_manager")
"""Roles to whom work with Safeguarders can be given."""


class Found(NamedTuple):
    """A person of the register whom a text may name."""

    match: Match
    entry: Safeguarder


class Named(NamedTuple):
    """A person of the directory, with the name by which they are known and, if it may be seen, their own record."""

    person: Person
    display_name: str
    safeguarder_id: str = ""


def search_register(text: str, known: Sequence[Known], register: Register) -> tuple[list[Found], int]:
    """Return at most MOST_FOUND of those `known` whom a text may name, the surest first, and how many there are."""
    found = search(text, known)
    shown = found[:MOST_FOUND]
    entries = register.find_many([each.person.safeguarder_id for each in shown])
    return [Found(each.match, entries[each.person.safeguarder_id]) for each in shown], len(found)


def entries_of(ids: Sequence[str], people: Listed, register: Register) -> list[Safeguarder]:
    """Return the entries of those whom the caller may see, in the order of `ids`."""
    entries = register.find_many([known for known in ids if people.holds(known)])
    return [entries[known] for known in ids if known in entries]


def people_named(ids: Sequence[str], me: str, directory: Directory, people: Listed, register: Register) -> list[Named]:
    """Return the people whom the directory knows, in the order of `ids`, but no Safeguarder outside `people`.

    An id such as that of a Safeguarder's own account would otherwise tell who is on the register. `me`, the caller, is
    always among them.
    """
    known = [found for each in ids if (found := directory.find(each))]
    seen = [one.subject for one in known if one.subject and (one.person == me or people.holds(one.subject))]
    entries = register.find_many(seen)
    shown = [one for one in known if not one.subject or one.person == me or one.subject in entries]
    return [_named(one, entries.get(one.subject)) for one in shown]


def colleagues(role: str, directory: Directory) -> list[Named]:
    """Return the staff of one role, or of each role to which work can be given, in order of name.

    Raises:
        Refusal: INVALID for another role.
    """
    if role and role not in COLLEAGUES:
        message = f"Colleagues have one of these roles: {', '.join(COLLEAGUES)}."
        raise invalid("NOT_A_COLLEAGUE", message, "role", allowed=" ".join(COLLEAGUES))
    found = [_named(one, None) for each in ([role] if role else COLLEAGUES) for one in directory.with_role(each)]
    return sorted(found, key=lambda named: (named.display_name, named.person.person))


def _named(person: Person, entry: Safeguarder | None) -> Named:
    return Named(person, entry.display_name, entry.safeguarder_id) if entry else Named(person, person.display_name)
