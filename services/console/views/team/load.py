"""How much each support manager has to do. Never how anything came out, and never in order of a number."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from services.client.words import safeguarder_of, word_of
from services.console.days import long_day
from services.console.views.heading import Heading, Link
from services.console.views.parts import Away, Found, says_away
from services.console.views.team.people import Team, by_manager
from services.console.words import words

OF_THE_TEAM = "data_gap"
"""The lane of what the Team has to put right: no support manager's work."""


@dataclass(frozen=True, slots=True)
class LoadRow:
    """One support manager. A number that is not known, because a service is away, is `?`."""

    name: str
    href: str
    people: str
    sessions: str
    matters: str


@dataclass(frozen=True, slots=True)
class LoadView:
    """The page."""

    heading: Heading
    lead: str
    rows: tuple[LoadRow, ...]
    none: str
    not_known: str
    away: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class AskedLoad:
    """What the services answered. `until`: the last day on which sessions are counted."""

    team: Team
    sessions: Found[list[Any]] | Away
    matters: Found[list[Any]] | Away
    until: date


def build(asked: AskedLoad, now: datetime) -> LoadView:
    """Return the page: support managers in order of name."""
    said, team = words("team"), asked.team
    people = Counter(one.manager for one in team.people)
    sessions = _sessions(asked.sessions)
    matters = _matters(asked.matters, by_manager(team.people))
    rows = tuple(
        LoadRow(one.name, one.href, str(people[one.id]), _shown(sessions, one.id), _shown(matters, one.id))
        for one in team.managers
    )
    parts = [asked.sessions, asked.matters]
    return LoadView(
        heading=Heading(said["load_h1"], f"{said['load_h1']} - {said['h1']}", "team", Link(said["back"], "/team")),
        lead=said.say("load_lead", until=long_day(asked.until).text),
        rows=rows,
        none="" if rows else said["managers_none"],
        not_known=said["not_known"] if any(isinstance(part, Away) for part in parts) else "",
        away=tuple(says_away(parts, now)),
    )


def _sessions(answered: Found[list[Any]] | Away) -> Counter[str] | None:
    if isinstance(answered, Away):
        return None
    return Counter(one.support_manager for one in answered.answer)


def _matters(answered: Found[list[Any]] | Away, manager_of: Mapping[str, str]) -> Counter[str] | None:
    return None if isinstance(answered, Away) else Counter(_with_whom(answered.answer, manager_of))


def _with_whom(matters: Iterable[Any], manager_of: Mapping[str, str]) -> Iterator[str]:
    """Yield the support manager of each matter: its owner, or the person's own while nobody has taken it on."""
    for one in matters:
        if word_of(one, "lane") != OF_THE_TEAM:
            yield one.owner or manager_of.get(safeguarder_of(one.name), "")


def _shown(counted: Counter[str] | None, manager_id: str) -> str:
    return "?" if counted is None else str(counted[manager_id])
