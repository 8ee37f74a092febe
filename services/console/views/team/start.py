"""What the Team has to see to: people whom nobody supports, and who acts for whom."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from services.console.views.form import Notice, Told
from services.console.views.heading import Heading, Link
from services.console.views.parts import Away, Found, says_away
from services.console.views.team.people import CoverGroup, Manager, Person, Team, cover_says, groups_of
from services.console.words import words


@dataclass(frozen=True, slots=True)
class StartView:
    """The page."""

    heading: Heading
    nobodys: Link
    load: Link
    without: tuple[Link, ...]
    without_none: str
    covers: tuple[str, ...]
    covers_none: str
    managers: tuple[Link, ...]
    away: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ManagerView:
    """One support manager: whom they support, and who acts for them or for whom they act."""

    heading: Heading
    lead: str
    people: tuple[Link, ...]
    none: str
    covers: tuple[str, ...]
    arrange: Link | None
    end: Link | None
    away: tuple[str, ...]
    told: Told | None
    notice: Notice | None


def build(team: Team, delegations: Found[list[Any]] | Away, now: datetime) -> StartView:
    """Return the page."""
    said = words("team")
    covers = groups_of(delegations.answer) if isinstance(delegations, Found) else ()
    return StartView(
        heading=Heading(said["h1"], said["h1"], "team"),
        nobodys=Link(said["nobodys_link"], "/team/nobodys"),
        load=Link(said["load_link"], "/team/load"),
        without=_links(team.without),
        without_none="" if team.without else said["without_none"],
        covers=tuple(cover_says(group, team) for group in covers),
        covers_none="" if covers or isinstance(delegations, Away) else said["covers_none"],
        managers=tuple(Link(one.name, one.href) for one in team.managers),
        away=tuple(says_away([delegations], now)),
    )


def build_manager(
    team: Team,
    manager: Manager,
    delegations: Found[list[Any]] | Away,
    now: datetime,
    done: str = "",
    notice: Notice | None = None,
) -> ManagerView:
    """Return the page of one support manager. `done`: code of what a form did just before."""
    said, people = words("team"), team.of(manager.id)
    every = groups_of(delegations.answer) if isinstance(delegations, Found) else ()
    covers = covers_of(every, manager.id)
    return ManagerView(
        heading=Heading(manager.name, said["manager_title"], "team", Link(said["back"], "/team")),
        lead=said.say("manager_lead", n=len(people), region=said["regions"].get(manager.region, manager.region)),
        people=_links(people),
        none="" if people else said["people_none"],
        covers=tuple(cover_says(group, team) for group in every if manager.id in (group.manager, group.delegate)),
        arrange=Link(said["arrange"], f"{manager.href}/cover") if people else None,
        end=Link(said["end"], f"{manager.href}/end-cover") if covers else None,
        away=tuple(says_away([delegations], now)),
        told=Told(said["done"][done].format(name=manager.name)) if done in said["done"] else None,
        notice=notice,
    )


def covers_of(groups: Iterable[CoverGroup], manager_id: str) -> tuple[CoverGroup, ...]:
    """Return those by which others act for a support manager."""
    return tuple(group for group in groups if group.manager == manager_id)


def _links(people: Iterable[Person]) -> tuple[Link, ...]:
    return tuple(Link(one.name, one.change_href) for one in people)
