"""Matters that nobody has taken on, the one that waits longest first."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from services.calendar_days import WorkingCalendar, london_today, working_days_between
from services.client.words import LANES, safeguarder_of, word_of
from services.console.days import named_day
from services.console.views.days_left import days_left
from services.console.views.heading import Heading, Link
from services.console.views.parts import COLOURS, GREY, Away, Found, Tag, says_away, titles_of_rules
from services.console.views.team.people import Team
from services.console.views.today import Row
from services.console.words import words
from services.platform.calls.wire import from_date, from_instant

MOST = 100
"""Matters on the page. What waits longest is among them."""


@dataclass(frozen=True, slots=True)
class NobodysView:
    """The page."""

    heading: Heading
    lead: str
    rows: tuple[Row, ...]
    away: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class AskedNobodys:
    """What the services answered."""

    team: Team
    matters: Found[list[Any]] | Away
    rules: Found[Any] | Away
    untold: Found[frozenset[str]] | Away
    """The names of matters of which nobody could be told."""


def build(asked: AskedNobodys, now: datetime, today: date) -> NobodysView:
    """Return the page. What is told to nobody before a person takes it on stands there as well: it is nobody's too."""
    said = words("team")
    known = asked.matters.answer if isinstance(asked.matters, Found) else []
    waiting = sorted((one for one in known if not one.owner), key=lambda one: (_since(one), one.name))
    titles = titles_of_rules(asked.rules)
    lead = "" if isinstance(asked.matters, Away) else said.say("nobodys_lead", n=len(waiting), most=MOST)
    if not waiting and lead:
        lead = said["nobodys_none"]
    elif len(waiting) > MOST:
        lead = said.say("nobodys_some", n=len(waiting), most=MOST)
    return NobodysView(
        heading=Heading(
            said["nobodys_h1"], f"{said['nobodys_h1']} - {said['h1']}", "team", Link(said["back"], "/team")
        ),
        lead=lead,
        rows=tuple(_row(one, asked, titles, today) for one in waiting[:MOST]),
        away=tuple(says_away([asked.matters, asked.rules, asked.untold], now)),
    )


def _row(matter: Any, asked: AskedNobodys, titles: Mapping[str, str], today: date) -> Row:
    said, lane, person, team = words("team"), word_of(matter, "lane"), safeguarder_of(matter.name), asked.team
    due, colour = from_date(matter, "respond_by_date"), COLOURS.get(lane, GREY)
    found = team.person(person)
    manager = team.manager(found.manager) if found is not None else None
    by = said.say("nobodys_with", name=manager.name) if manager is not None else said["nobodys_without"]
    if isinstance(asked.untold, Found) and matter.name in asked.untold.answer:
        by = f"{by} {said['nobodys_untold']}"
    state = words("layout")["states"][word_of(matter, "state")]
    return Row(
        name=found.name if found is not None else words("today")["somebody"],
        topic=titles.get(matter.rule, LANES[lane]),
        why=matter.explanation.because,
        tag=Tag(LANES[lane] if colour != GREY else state, colour),
        day_says=words("today")["answer_by"] if due else "",
        day=named_day(due, today) if due else None,
        left=days_left(due, today) if due else "",
        owner=f"{_age(london_today(_since(matter)), today)} {by}",
        href=f"/people/{person}/matters/{matter.name.split('/')[3]}",
        due=due or date.max,
    )


def _since(matter: Any) -> datetime:
    return from_instant(matter.raise_time)


def _age(raised_on: date, today: date) -> str:
    """Return since when a matter waits, and how many office days that is."""
    if raised_on >= today:
        return str(words("team")["nobodys_today"])
    days = working_days_between(WorkingCalendar.OFFICE, raised_on, today)
    return words("team").say("nobodys_age", n=days, day=named_day(raised_on, today).text)
