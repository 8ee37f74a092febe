"""The overview of a person: the year, what is open, the next session, the plan and what is newest on file."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from services.client.words import word_of
from services.console.days import Day, clock_time, long_day, named_day
from services.console.views.heading import Heading, Link
from services.console.views.my_file.items import href_of
from services.console.views.my_file.matters import OVER, PRAISE, MatterRow, row_of
from services.console.views.my_file.sessions import next_of, number_of
from services.console.views.parts import Away, Found, says_away
from services.console.views.people.frame import AskedPerson, PersonFrame, frame_of, heading_of, when_next
from services.console.views.people.items import voice_of
from services.console.views.people.year import Mark, Strip, marks_of, strip_of
from services.console.words import words
from services.platform.calls.wire import from_date

SHOWN, PLANNED = 5, 3
"""Items and actions on the page. The pages of evidence and of the plan have all."""


@dataclass(frozen=True, slots=True)
class Dated:
    """A line with a day."""

    text: str
    day_says: str
    day: Day | None
    href: str = ""


@dataclass(frozen=True, slots=True)
class OverviewView:
    """The page."""

    heading: Heading
    person: PersonFrame
    as_of: str
    marks: tuple[Mark, ...]
    strip: Strip | None
    year_none: str
    matters: tuple[MatterRow, ...]
    matters_none: str
    all_matters: Link
    session: str
    plan: tuple[Dated, ...]
    plan_none: str
    entries: tuple[Dated, ...]
    entries_none: str
    all_entries: Link
    away: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Asked:
    """What the services answered for the page. `reader` and `called`: who reads it, and what they are called."""

    person: AskedPerson
    year: Found[Any] | Away
    concerns: Found[Any] | Away
    standing: Found[Any] | Away
    reader: str
    called: str

    @property
    def names(self) -> Mapping[str, str]:
        """Return what the reader and the support manager are called: who most often has taken something on."""
        entry = self.person.entry
        manager = {entry.answer.support_manager: entry.answer.support_manager_name} if isinstance(entry, Found) else {}
        return manager | {self.reader: self.called}


def build(asked: Asked, now: datetime, today: date) -> OverviewView:
    """Return the page."""
    said, person = words("people"), asked.person
    marks = marks_of(asked.year, person.sessions, today)
    rows, entries = tuple(_matters(asked, today)), tuple(_entries(asked))
    return OverviewView(
        heading=heading_of("overview"),
        person=frame_of(person, "overview", today),
        as_of=said.say("as_of", time=clock_time(now)),
        marks=marks,
        strip=strip_of(asked.year, marks, today),
        year_none=said["year_none" if isinstance(asked.year, Found) else "year_unknown"],
        matters=rows,
        matters_none=said["matters_none"] if isinstance(asked.concerns, Found) else "",
        all_matters=Link(said["matters_all"], f"{person.address}/matters"),
        session=_session(person.sessions, today),
        plan=tuple(_plan(asked, today)),
        plan_none=said["plan_none"] if isinstance(asked.standing, Found) else "",
        entries=entries,
        entries_none=said["entries_none"] if isinstance(asked.standing, Found) else "",
        all_entries=Link(said["entries_all"], f"{person.address}/evidence"),
        away=tuple(says_away((*person.parts, asked.year, asked.concerns, asked.standing), now)),
    )


def _matters(asked: Asked, today: date) -> Iterator[MatterRow]:
    """Yield what is open, praise first."""
    if isinstance(asked.concerns, Away):
        return
    found = [one for one in asked.concerns.answer.concerns if word_of(one, "state") not in OVER]
    for one in sorted(found, key=lambda each: word_of(each, "lane") != PRAISE):
        yield row_of(one, asked.names, today, f"{asked.person.address}/matters")


def _session(sessions: Found[Any] | Away, today: date) -> str:
    if isinstance(sessions, Away):
        return ""
    one = next_of(sessions.answer.support_sessions, today)
    if one is None:
        return str(words("people")["session_none"])
    when = when_next(one, today)
    return f"{when[0].upper()}{when[1:]}. {number_of(one)}."


def _plan(asked: Asked, today: date) -> Iterator[Dated]:
    """Yield the actions that are due first."""
    if isinstance(asked.standing, Away):
        return
    states = words("people")["actions"]
    for one in asked.standing.answer.actions[:PLANNED]:
        due = from_date(one, "due_date")
        says = words("people").say("plan_due" if due else "plan_no_day", state=states[word_of(one, "state")])
        yield Dated(f"{one.aim.rstrip('.')}.", says, named_day(due, today) if due else None)


def _entries(asked: Asked) -> Iterator[Dated]:
    """Yield the newest items that the person can see, each once."""
    if isinstance(asked.standing, Away):
        return
    kinds, voice = words("people")["kinds"], voice_of(asked.person)
    items = {item.name: item for one in asked.standing.answer.standards for item in one.items}
    newest = sorted(items.values(), key=lambda one: (_received(one), one.name), reverse=True)
    for item in newest[:SHOWN]:
        yield Dated(kinds[word_of(item, "kind")], "", long_day(_received(item)), href_of(item.name, voice))


def _received(item: Any) -> date:
    return from_date(item, "received_date") or date.min
