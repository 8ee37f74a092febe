"""Lists of review requests: what is open about everybody, and everything that one person asked for."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from services.client.words import word_of
from services.console.days import Day, long_day, named_day
from services.console.views.asked import known
from services.console.views.days_left import days_left
from services.console.views.heading import Heading, Link
from services.console.views.parts import GREY, Away, Found, Tag, says_away
from services.console.views.people.frame import AskedPerson, PersonFrame, frame_of, heading_of
from services.console.views.reviews.request import FINDS_A_REVIEWER, OPEN, AskedRequest, stands, waits_until
from services.console.views.reviews.target import FOLDER, kind_named, kind_of
from services.console.words import words
from services.platform.calls.wire import from_date

GROUPS = {"nobody": ("submitted", "accepted"), "somebody": ("assigned",), "ended": ()}
"""Groups of requests in their order, by the states of those in them. What is in none has ended."""


@dataclass(frozen=True, slots=True)
class Row:
    """One request: who asked, about what, since when, by when, and with whom."""

    name: str
    about: str
    href: str
    made: str
    tag: Tag
    stands: str
    day_says: str
    day: Day | None
    left: str


@dataclass(frozen=True, slots=True)
class Group:
    """Requests of one kind."""

    name: str
    rows: tuple[Row, ...]


@dataclass(frozen=True, slots=True)
class QueueView:
    """The page. `person`: the frame of a person's file, where it is a page of it."""

    heading: Heading
    lead: str
    groups: tuple[Group, ...]
    none: str
    further: Link | None
    away: tuple[str, ...]
    person: PersonFrame | None = None


@dataclass(frozen=True, slots=True)
class AskedQueue:
    """What the services answered, and who asks. `about`: the person whose requests they are; None for everybody's."""

    answer: Any
    names: Found[Mapping[str, str]] | Away
    people: Found[Mapping[str, str]] | Away
    reader: str
    role: str
    about: AskedPerson | None = None

    @property
    def which(self) -> str:
        """Return whose requests they are: one's own, of a person, or everybody's."""
        return "own" if self.role == "safeguarder" else "person" if self.about else "all"


def build(asked: AskedQueue, now: datetime, today: date) -> QueueView:
    """Return the list."""
    said, which = words(FOLDER), asked.which
    rows: dict[str, list[Row]] = {group: [] for group in GROUPS}
    for request in asked.answer.review_requests:
        rows[_group(word_of(request, "state"))].append(_row(request, asked, today))
    parts = asked.about.parts if asked.about else (asked.names,)
    return QueueView(
        heading=_heading(which),
        lead=said["list_lead"][which],
        groups=tuple(Group(said["groups"][name], tuple(found)) for name, found in rows.items() if found),
        none="" if asked.answer.review_requests else said["list_none"][which],
        further=_further(which, asked.role),
        away=tuple(says_away((*parts, asked.people), now)),
        person=frame_of(asked.about, "reviews", today) if asked.about else None,
    )


def _heading(which: str) -> Heading:
    said = words(FOLDER)
    if which == "person":
        return heading_of("reviews")
    title = said["list_h1"][which]
    if which == "all":
        return Heading(title, title, "reviews")
    return Heading(title, f"{title} - {said['section']}", "my_file", Link(words("my_file")["back"], "/my-file"))


def _further(which: str, role: str) -> Link | None:
    """Return the link below the list: for the person to disagree, and for seniors to what is recommended."""
    said = words(FOLDER)
    if which == "own":
        return Link(said["ask_link"], "/my-file/disagree")
    return Link(said["recommendations_link"], "/recommendations") if role in FINDS_A_REVIEWER else None


def people_in(answer: Any) -> list[str]:
    """Return the ids of the staff whom the list names, each once."""
    named = [person for one in answer.review_requests for person in (one.reviewer, one.assigner)]
    return list(dict.fromkeys(filter(None, named)))


def persons_in(answer: Any) -> list[str]:
    """Return the names of the records of those who asked, each once."""
    return list(dict.fromkeys("/".join(one.name.split("/")[:2]) for one in answer.review_requests))


def _group(state: str) -> str:
    return next((name for name, states in GROUPS.items() if state in states), "ended")


def _row(request: Any, asked: AskedQueue, today: date) -> Row:
    said, state = words(FOLDER), word_of(request, "state")
    one = AskedRequest(request, None, None, asked.names, asked.people, asked.reader, asked.role)
    due, made = waits_until(request), from_date(request, "made_date") or date.min
    decision = word_of(request, "decision")
    tag = known(said["decisions"], decision) if decision else known(said["states"], state)
    about = kind_named(kind_of(request))
    named = one.name if asked.which == "all" else ""
    return Row(
        name=named,
        about=f"{about[0].lower()}{about[1:]}" if named else about,
        href=one.path,
        made=said.say("made", day=long_day(made).text),
        tag=Tag(tag, GREY),
        stands=stands(one) if state in OPEN else "",
        day_says=said["by"] if due else "",
        day=named_day(due, today) if due else None,
        left=days_left(due, today) if due else "",
    )
