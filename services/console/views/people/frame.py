"""What stands around every page about a person: the banner, and the pages of their file."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from services.calendar_days import london_today
from services.client.words import safeguarder_of, word_of
from services.console.days import NBSP, clock_time, long_day, named_day
from services.console.views.heading import Heading, Link
from services.console.views.my_file.sessions import next_of
from services.console.views.parts import Away, Found
from services.console.words import words
from services.platform.calls.wire import from_date, from_instant

PAGES = ("overview", "timeline", "evidence", "matters", "sessions", "plan", "reviews", "away")
"""The pages of a file, in the order of their links. A page that does not exist yet is not linked."""

NOT_IN_AN_EMERGENCY = ("reviews",)
"""Pages that an emergency does not open: somebody may have asked for a review of what the reader did (X38)."""


@dataclass(frozen=True, slots=True)
class Banner:
    """Whom a page is about, and what one wants to know of them first. `href`: their file, on pages outside it."""

    name: str
    says: tuple[str, ...] = ()
    href: str = ""


@dataclass(frozen=True, slots=True)
class PersonFrame:
    """The banner, and links to the pages of the file. `label` is what the list of links is called."""

    banner: Banner
    label: str
    pages: tuple[Link, ...]


@dataclass(frozen=True, slots=True)
class AskedPerson:
    """What the services answered for the frame: the entry in the register, and the sessions to come."""

    record: str
    """`safeguarders/{s}`."""
    entry: Found[Any] | Away
    sessions: Found[Any] | Away

    @property
    def name(self) -> str:
        """Return what the person is called."""
        known = self.entry.answer.display_name if isinstance(self.entry, Found) else ""
        return known or str(words("people")["somebody"])

    @property
    def address(self) -> str:
        """Return the address of their file."""
        return f"/people/{safeguarder_of(self.record)}"

    @property
    def parts(self) -> tuple[Found[Any] | Away, ...]:
        """Return both answers, for the sentences on what is away."""
        return self.entry, self.sessions


def frame_of(asked: AskedPerson, page: str, today: date) -> PersonFrame:
    """Return the frame of one page of a file. `page`: its name in PAGES."""
    said = words("people")
    says = (*_of_the_register(asked.entry, today), *_of_sessions(asked.sessions, today))
    opened = isinstance(asked.entry, Found) and asked.entry.answer.HasField("open_until_time")
    links = tuple(
        Link(said["pages"][name], f"{asked.address}{'' if name == PAGES[0] else f'/{name}'}", is_current=name == page)
        for name in PAGES
        if not (opened and name in NOT_IN_AN_EMERGENCY)
    )
    return PersonFrame(Banner(asked.name, says), said["pages_label"], links)


def banner_of(record: str, name: str, entry: Any | None, today: date) -> Banner:
    """Return the banner for a page outside the file, such as a matter. It leads to the file."""
    says = _of_the_register(Found(entry) if entry is not None else Away(""), today)
    return Banner(name, tuple(says), f"/people/{safeguarder_of(record)}")


def heading_of(page: str) -> Heading:
    """Return the heading of a page of a file. It leads back to the list of people."""
    said = words("people")
    h1 = said["pages"][page]
    return Heading(h1, f"{h1} - {said['section']}", "people", Link(said["back"], "/people"))


def _of_the_register(entry: Found[Any] | Away, today: date) -> Iterator[str]:
    if isinstance(entry, Found):
        yield from says_of(entry.answer, today)


def says_of(entry: Any, today: date) -> tuple[str, ...]:
    """Return who supports a person of the register, until when they are a member, and how long the file is open."""
    said = words("people")
    name = entry.support_manager_name or said["unnamed"]
    manager = said.say("manager", name=name) if entry.support_manager else str(said["no_manager"])
    if not entry.HasField("open_until_time"):
        return manager, _term(entry, today)
    until = clock_time(from_instant(entry.open_until_time))
    return manager, _term(entry, today), said.say("open_until", time=until)


def _term(entry: Any, today: date) -> str:
    said = words("people")
    ends = from_date(entry.terms[-1], "end_date") if entry.terms else None
    if ends is None:
        return str(said["no_term"])
    return said.say("term_over" if ends < today else "term", day=long_day(ends).text)


def _of_sessions(sessions: Found[Any] | Away, today: date) -> Iterator[str]:
    if isinstance(sessions, Found):
        said, one = words("people"), next_of(sessions.answer.support_sessions, today)
        yield said.say("next_session", when=when_next(one, today)) if one is not None else said["no_session"]


def when_next(session: Any, today: date) -> str:
    """Return when a session is, in a few words: `Tuesday 15 December, 10:00`."""
    starts = from_instant(session.start_time)
    day = named_day(london_today(starts), today).text
    time = f"{day},{NBSP}{clock_time(starts)}"
    return words("people").say("proposed", when=time) if word_of(session, "state") == "proposed" else time
