"""Support managers, those whom they support, and who acts for them: what every page of the Team rests on."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from services.client.words import safeguarder_of, word_of
from services.console.days import long_day
from services.console.words import name_of, words
from services.platform.calls.wire import from_date

STILL_THERE = ("appointed", "ended")
"""States of people who may serve. Somebody whose end is recorded serves until the last day of the last term."""


@dataclass(frozen=True, slots=True)
class Manager:
    """A support manager."""

    id: str
    name: str
    region: str

    @property
    def href(self) -> str:
        """Return the address of their page."""
        return f"/team/managers/{self.id}"


@dataclass(frozen=True, slots=True)
class Person:
    """A Safeguarder who serves. `manager`: the id of their support manager; empty if there is none."""

    id: str
    name: str
    manager: str

    @property
    def record(self) -> str:
        """Return the name of their record."""
        return f"safeguarders/{self.id}"

    @property
    def change_href(self) -> str:
        """Return the address at which they are given another support manager."""
        return f"/team/people/{self.id}/manager"


@dataclass(frozen=True, slots=True)
class Team:
    """Support managers and Safeguarders, each in order of name."""

    managers: tuple[Manager, ...]
    people: tuple[Person, ...]

    @property
    def without(self) -> tuple[Person, ...]:
        """Return those whom nobody supports."""
        return tuple(one for one in self.people if not one.manager)

    def manager(self, manager_id: str) -> Manager | None:
        """Return a support manager; None if nobody has the id."""
        return next((one for one in self.managers if one.id == manager_id), None)

    def person(self, person_id: str) -> Person | None:
        """Return a Safeguarder who serves; None if nobody has the id."""
        return next((one for one in self.people if one.id == person_id), None)

    def of(self, manager_id: str) -> tuple[Person, ...]:
        """Return those whom a support manager supports."""
        return tuple(one for one in self.people if one.manager == manager_id)

    def called(self, manager_id: str) -> str:
        """Return what a member of staff is called, as far as it is known."""
        found = self.manager(manager_id)
        return found.name if found else name_of(manager_id)


@dataclass(frozen=True, slots=True)
class CoverGroup:
    """Delegations that one decision made: the same two people, days and reason, about several Safeguarders."""

    manager: str
    delegate: str
    first: date
    last: date
    reason: str
    names: tuple[str, ...]
    """Names of the delegations, in order."""

    @property
    def id(self) -> str:
        """Return the name by which a form names it."""
        return self.names[0]


def team_of(colleagues: Any, register: Iterable[Any], today: date) -> Team:
    """Return the Team as the directory and the register have it. `register`: in order of name."""
    managers = tuple(
        Manager(one.person, one.display_name or name_of(one.person), one.region) for one in colleagues.people
    )
    people = tuple(
        Person(safeguarder_of(one.name), one.display_name, one.support_manager)
        for one in register
        if _serves(one, today)
    )
    return Team(managers, people)


def groups_of(delegations: Iterable[Any]) -> tuple[CoverGroup, ...]:
    """Return delegations in groups, the earliest first day first."""
    found: dict[tuple[Any, ...], list[str]] = {}
    for one in delegations:
        days = from_date(one, "from_date"), from_date(one, "to_date")
        found.setdefault((*days, one.support_manager, one.delegate, word_of(one, "reason")), []).append(one.name)
    return tuple(
        CoverGroup(manager, delegate, first, last, reason, tuple(sorted(names)))
        for (first, last, manager, delegate, reason), names in sorted(found.items())
    )


def cover_says(group: CoverGroup, team: Team) -> str:
    """Return who acts for whom, about how many people, when and why."""
    said = words("team")
    return said.say(
        "cover",
        n=len(group.names),
        delegate=team.called(group.delegate),
        manager=team.called(group.manager),
        first=long_day(group.first).text,
        last=long_day(group.last).text,
        why=said["because"][group.reason],
    )


def by_manager(people: Sequence[Person]) -> Mapping[str, str]:
    """Return who supports whom, by the id of the Safeguarder."""
    return {one.id: one.manager for one in people}


def _serves(one: Any, today: date) -> bool:
    if word_of(one, "state") not in STILL_THERE:
        return False
    return any((from_date(term, "end_date") or today) >= today for term in one.terms)
