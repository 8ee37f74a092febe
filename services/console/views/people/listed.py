"""The people whom the reader may see, in order of name: their manager, the end of their term, their next session."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from services.client.words import safeguarder_of
from services.console.views.heading import Heading, Link
from services.console.views.my_file.sessions import next_of
from services.console.views.parts import Away, Found, says_away
from services.console.views.people.choices import Limits, Select, pages_of, select_of
from services.console.views.people.frame import Banner, says_of, when_next
from services.console.words import words

MONTHS = ("3", "6", "12")
"""Months within which a term can end, for the limit of that name."""


@dataclass(frozen=True, slots=True)
class PeopleView:
    """The page. A row is who somebody is, and what one wants to know of them first."""

    heading: Heading
    lead: str
    selects: tuple[Select, ...]
    rows: tuple[Banner, ...]
    none: str
    pages: tuple[Link, ...]
    away: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Asked:
    """What the services answered for the page. `managers` is None for a reader who has only their own people."""

    register: Any
    sessions: Found[Any] | Away
    managers: Found[Any] | Away | None
    limits: Limits


def build(asked: Asked, now: datetime, today: date) -> PeopleView:
    """Return the page."""
    said = words("people")
    rows = tuple(_rows(asked, today))
    parts = [asked.sessions] if asked.managers is None else [asked.sessions, asked.managers]
    return PeopleView(
        heading=Heading(said["people_h1"], said["people_h1"], "people"),
        lead=said.say("people_lead", n=asked.register.total_size) if rows else "",
        selects=tuple(_selects(asked)),
        rows=rows,
        none="" if rows else said["people_none_so" if asked.limits.chosen else "people_none"],
        pages=pages_of("/people", asked.limits, asked.register.next_page_token),
        away=tuple(says_away(parts, now)),
    )


def _rows(asked: Asked, today: date) -> Iterator[Banner]:
    sessions = _by_person(asked.sessions)
    for entry in asked.register.safeguarders:
        says = (*says_of(entry, today), *_next(asked.sessions, sessions.get(safeguarder_of(entry.name), []), today))
        yield Banner(entry.display_name, says, f"/people/{safeguarder_of(entry.name)}")


def _by_person(sessions: Found[Any] | Away) -> Mapping[str, list[Any]]:
    found: dict[str, list[Any]] = {}
    for one in sessions.answer.support_sessions if isinstance(sessions, Found) else ():
        found.setdefault(safeguarder_of(one.name), []).append(one)
    return found


def _next(answered: Found[Any] | Away, sessions: list[Any], today: date) -> Iterator[str]:
    """Yield when the next session is. Of a list that goes on, nobody can say that somebody has none."""
    said, one = words("people"), next_of(sessions, today)
    if one is not None:
        yield said.say("next_session", when=when_next(one, today))
    elif isinstance(answered, Found) and not answered.answer.next_page_token:
        yield said["no_session"]


def _selects(asked: Asked) -> Iterator[Select]:
    said = words("people")
    if isinstance(asked.managers, Found):
        names = {one.person: one.display_name for one in asked.managers.answer.people}
        yield select_of("manager", names, asked.limits.chosen.get("manager", ""))
    yield select_of(
        "ends", {months: said["ends_within"][months] for months in MONTHS}, asked.limits.chosen.get("ends", "")
    )
