"""Lists of sessions: all that are to come for one manager, and those of one person with what is owed in their year."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any

from services.calendar_days import london_today
from services.client.words import word_of
from services.console.days import Day, at_start, named_day
from services.console.views.days_left import days_left
from services.console.views.heading import Heading
from services.console.views.my_file.sessions import YearRow, number_of, when_of, year_rows
from services.console.views.parts import GREY, Away, Found, Tag, says_away
from services.console.views.people.frame import AskedPerson, PersonFrame, frame_of, heading_of
from services.console.views.sessions.one import OPEN, record_stands
from services.console.views.sessions.reader import Reader
from services.console.words import words
from services.platform.calls.wire import from_date, from_instant


@dataclass(frozen=True, slots=True)
class Row:
    """A session. `name`: with whom, where a list holds sessions of several people."""

    name: str
    day: Day
    at: str
    href: str
    says: tuple[str, ...]
    tag: Tag
    left: str


@dataclass(frozen=True, slots=True)
class DiaryView:
    """Sessions to come with everybody whom the reader meets."""

    heading: Heading
    lead: str
    unrecorded: tuple[Row, ...]
    rows: tuple[Row, ...]
    away: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class PersonSessionsView:
    """The sessions of one person."""

    heading: Heading
    person: PersonFrame
    to_come: tuple[Row, ...]
    past: tuple[Row, ...]
    none: str
    year: tuple[YearRow, ...]
    year_none: str
    away: tuple[str, ...]


def build_diary(
    answer: Any, names: Found[Mapping[str, str]] | Away, reader: str, now: datetime, today: date
) -> DiaryView:
    """Return what is to come, the earliest first. What has passed and isn't recorded stands apart, before it.

    The service lists the sessions of those whom a support manager supports, and of those for whom they act today.
    """
    said = words("sessions")
    known = names.answer if isinstance(names, Found) else {}
    rows: dict[bool, list[Row]] = {True: [], False: []}
    for one in sorted(answer.support_sessions, key=lambda each: from_instant(each.start_time)):
        person = "/".join(one.name.split("/")[:2])
        row = _row(one, Reader(person, ""), today, known.get(person, said["somebody"]))
        if one.support_manager != reader:
            row = replace(row, says=(*row.says, words("today")["acts"]))
        rows[from_instant(one.start_time) <= now].append(row)
    return DiaryView(
        heading=Heading(said["diary_h1"], said["diary_h1"], "diary"),
        lead=said.say("diary_lead", n=len(rows[False])) if rows[False] else said["diary_none"],
        unrecorded=tuple(rows[True]),
        rows=tuple(rows[False]),
        away=tuple(says_away([names], now)),
    )


def people_of(answer: Any) -> list[str]:
    """Return the names of the records of everybody whose sessions were answered, each once."""
    return list(dict.fromkeys("/".join(one.name.split("/")[:2]) for one in answer.support_sessions))


def build_list(
    answer: Any,
    year: Found[Any] | Away,
    records: Found[Any] | Away,
    about: AskedPerson,
    now: datetime,
    today: date,
) -> PersonSessionsView:
    """Return the sessions of one person. Those to come begin with the next one, the others with the latest."""
    said, reader = words("sessions"), Reader(about.record, about.name)
    kept = (
        {one.name.removesuffix("/record"): one for one in records.answer.session_records}
        if isinstance(records, Found)
        else {}
    )
    found = sorted(answer.support_sessions, key=lambda one: from_instant(one.start_time))
    rows = [(word_of(one, "state") in OPEN, _row(one, reader, today, "", kept.get(one.name))) for one in found]
    return PersonSessionsView(
        heading=heading_of("sessions"),
        person=frame_of(about, "sessions", today),
        to_come=tuple(row for is_ahead, row in rows if is_ahead),
        past=tuple(row for is_ahead, row in reversed(rows) if not is_ahead),
        none=said["list_none"],
        year=tuple(year_rows(year, today, said)),
        year_none=words("my_file")["sessions_year_none"] if isinstance(year, Found) else "",
        away=tuple(says_away((year, records), now)),
    )


def _row(session: Any, reader: Reader, today: date, name: str, record: Any = None) -> Row:
    day, state = london_today(from_instant(session.start_time)), word_of(session, "state")
    return Row(
        name=name,
        day=at_start(named_day(day, today)),
        at=when_of(session),
        href=reader.href(session.name),
        says=tuple(_says(session, reader, today, record)),
        tag=Tag(words("my_file")["session_states"][state], GREY),
        left=days_left(day, today) if state in OPEN and day >= today else "",
    )


def _says(session: Any, reader: Reader, today: date, record: Any) -> Iterator[str]:
    yield f"{number_of(session)}."
    closes = from_date(session, "freeze_date")
    if word_of(session, "state") in OPEN and closes and closes >= today:
        yield words("sessions").say("closes_on", day=named_day(closes, today).text)
    if record is not None:
        yield record_stands(record, reader, today)
