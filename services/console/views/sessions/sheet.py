"""The sheet of a session: everything to speak of, praise first. Both sides read the same one, and can print it."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from services.calendar_days import london_today
from services.client.words import word_of
from services.console.days import clock_time, long_day, named_day
from services.console.views.days_left import days_left
from services.console.views.heading import Heading, Link
from services.console.views.my_file.sessions import YearRow, number_of, year_rows
from services.console.views.parts import Away, Found, says_away
from services.console.views.people.frame import Banner
from services.console.views.sessions.entries import Beside, Line, line_of
from services.console.views.sessions.reader import Reader
from services.console.words import words
from services.platform.calls.wire import from_instant

PARTS = {
    "praise": ("praise",),
    "own": (),
    "matters": ("concern", "carried"),
    "new": ("new_evidence",),
    "without": ("no_evidence",),
    "agreed": ("open_action", "ended_action", "support_owed", "support_offered"),
}
"""The parts of the sheet in their order, each with the sections of the papers that stand in it."""


@dataclass(frozen=True, slots=True)
class Part:
    """One part of the sheet. `none`: what an empty one says."""

    id: str
    heading: str
    lead: str
    lines: tuple[Line, ...]
    none: str


@dataclass(frozen=True, slots=True)
class Sheet:
    """The sheet, without what stands around it."""

    closes: str
    left: str
    parts: tuple[Part, ...]
    late: tuple[Line, ...]
    not_shared: str
    year: tuple[YearRow, ...]
    year_none: str


@dataclass(frozen=True, slots=True)
class SheetView:
    """The page to prepare a session with. On paper each part has lines for notes."""

    heading: Heading
    person: Banner
    when: str
    links: tuple[Link, ...]
    sheet: Sheet
    away: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class AskedSheet:
    """What the services answered for the sheet."""

    pack: Any
    session: Found[Any] | Away
    year: Found[Any] | Away
    beside: Beside

    @property
    def parts(self) -> tuple[Found[Any] | Away, ...]:
        """Return what may be away."""
        return self.session, self.year, *self.beside.parts


def build(asked: AskedSheet, reader: Reader, now: datetime, today: date) -> SheetView:
    """Return the page."""
    said, pack = words("sessions"), asked.pack
    name = pack.name.removesuffix("/pack")
    links = [Link(said["calendar_file"], reader.href(name, "calendar"))]
    return SheetView(
        heading=reader.heading(
            reader.say("prepare_h1"), Link(said["back_session"], reader.href(name)), said["prepare_tab"]
        ),
        person=reader.banner,
        when=when_of(pack.start_time, asked.session, today),
        links=tuple(links) if word_of(pack, "state") != "void" else (),
        sheet=sheet_of(asked, reader, today),
        away=tuple(says_away(asked.parts, now)),
    )


def when_of(start: Any, session: Found[Any] | Away, today: date) -> str:
    """Return `Monday 14 December, 10:00 to 11:30. Session 1 of 3.`; without the end while nobody answers it."""
    said, starts = words("sessions"), from_instant(start)
    day = named_day(london_today(starts), today).text
    text = f"{day[0].upper()}{day[1:]}, {clock_time(starts)}"
    if isinstance(session, Away):
        return f"{text}."
    ends = starts.timestamp() + session.answer.minutes * 60
    text = said.say("from_to", start=text, end=clock_time(datetime.fromtimestamp(ends, starts.tzinfo)))
    return f"{text} {number_of(session.answer)}."


def sheet_of(asked: AskedSheet, reader: Reader, today: date) -> Sheet:
    """Return the sheet."""
    pack = asked.pack
    sections: dict[str, list[Any]] = {}
    for entry in pack.entries:
        sections.setdefault(word_of(entry, "section"), []).append(entry)
    closes, left = _closes(pack, reader, today)
    return Sheet(
        closes=closes,
        left=left,
        parts=tuple(_part(name, sections, asked, reader, today) for name in PARTS),
        late=tuple(_late(asked, reader, today)),
        not_shared=reader.say("not_shared", n=pack.items_not_shared) if pack.items_not_shared else "",
        year=tuple(year_rows(asked.year, today, words("my_file" if reader.is_own else "sessions"))),
        year_none=words("my_file")["sessions_year_none"] if isinstance(asked.year, Found) else "",
    )


def _part(name: str, sections: dict[str, list[Any]], asked: AskedSheet, reader: Reader, today: date) -> Part:
    said = words("sessions")
    if name == "own":
        lines = [Line(said.say("added", day=_added(item)), quoted=item.words) for item in asked.pack.own_items]
    else:
        entries = [entry for section in PARTS[name] for entry in sections.get(section, ())]
        lines = [line_of(entry, asked.beside, reader, today) for entry in entries]
    return Part(name, reader.say(f"part_{name}"), reader.say(f"lead_{name}"), tuple(lines), reader.say(f"none_{name}"))


def _added(item: Any) -> str:
    return long_day(london_today(from_instant(item.add_time))).text


def _late(asked: AskedSheet, reader: Reader, today: date) -> Iterator[Line]:
    said = words("sessions")["late_states"]
    for late in asked.pack.late_items:
        line = line_of(late.entry, asked.beside, reader, today)
        yield Line(line.title, (*line.says, said[word_of(late, "state")]), line.quoted, line.reply, line.href)


def _closes(pack: Any, reader: Reader, today: date) -> tuple[str, str]:
    """Return when the papers close or closed, and the days that are left."""
    state = word_of(pack, "state")
    if state == "void":
        return reader.say("papers_void"), ""
    if not pack.HasField("freeze_time"):
        return reader.say("papers_open"), ""
    day = london_today(from_instant(pack.freeze_time))
    if state == "growing":
        return reader.say("papers_close", day=named_day(day, today).text), days_left(day, today)
    return reader.say("papers_closed", day=long_day(day).text), ""


def has_begun(pack: Any, now: datetime) -> bool:
    """Return whether the session has begun or needs no papers, so that nothing is added any more."""
    return word_of(pack, "state") == "void" or from_instant(pack.start_time) <= now
