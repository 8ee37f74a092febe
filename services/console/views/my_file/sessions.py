"""Sessions, trainings and records of sessions, as the Safeguarder concerned reads them."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from services.calendar_days import london_today
from services.client.words import id_under, word_of
from services.console.days import Day, at_start, clock_time, long_day, named_day
from services.console.views.days_left import days_left
from services.console.views.heading import Heading, Link
from services.console.views.parts import Away, Found, says_away
from services.console.words import Words, words
from services.platform.calls.wire import from_date, from_instant

PLACE = "sessions"
TO_COME = ("proposed", "confirmed")


@dataclass(frozen=True, slots=True)
class SessionRow:
    """A session."""

    what: str
    day: Day
    says: str
    stands: str
    closes: str
    href: str


@dataclass(frozen=True, slots=True)
class YearRow:
    """A session or training that is due in the year."""

    what: str
    day: Day | None
    left: str
    stands: str


@dataclass(frozen=True, slots=True)
class RecordRow:
    """The record of a session, and how the answer to it stands."""

    what: str
    stands: str
    href: str


@dataclass(frozen=True, slots=True)
class SessionsView:
    """The page."""

    heading: Heading
    to_come: tuple[SessionRow, ...]
    past: tuple[SessionRow, ...]
    year: tuple[YearRow, ...]
    year_none: str
    records: tuple[RecordRow, ...]
    records_none: str
    plan: Link
    away: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Asked:
    """What the services answered for the page."""

    sessions: Any
    year: Found[Any] | Away
    records: Found[Any] | Away
    people: Found[Mapping[str, str]] | Away


def build(asked: Asked, now: datetime, today: date) -> SessionsView:
    """Return the page. Sessions to come begin with the next one, the others with the latest."""
    said = words("my_file")
    found = sorted(asked.sessions.support_sessions, key=lambda one: from_instant(one.start_time))
    rows = [(word_of(one, "state") in TO_COME, _session(one, asked.people, today)) for one in found]
    heading = Heading(said["sessions_h1"], said["sessions_h1"], PLACE, Link(said["back"], "/my-file"))
    return SessionsView(
        heading=heading,
        to_come=tuple(row for is_ahead, row in rows if is_ahead),
        past=tuple(row for is_ahead, row in reversed(rows) if not is_ahead),
        year=tuple(year_rows(asked.year, today, said)),
        year_none=said["sessions_year_none"] if isinstance(asked.year, Found) else "",
        records=tuple(_records(asked.records)),
        records_none=said["sessions_records_none"] if isinstance(asked.records, Found) else "",
        plan=Link(said["pages"]["plan"], "/my-file/plan"),
        away=tuple(says_away((asked.year, asked.records, asked.people), now)),
    )


def number_of(session: Any) -> str:
    """Return which session of the year it is."""
    said = words("my_file")
    return said.say("session_of", number=session.number) if session.number else str(said["session_extra"])


def when_of(session: Any) -> str:
    """Return from when to when a session lasts, and how it is held as far as that is known."""
    said = words("my_file")
    starts = from_instant(session.start_time)
    mode = said["modes"].get(word_of(session, "mode"), "")
    return said.say("session_at" if mode else "session_plain", time=clock_time(starts), mode=mode)


def next_of(sessions: Iterable[Any], today: date) -> Any | None:
    """Return the next of these sessions that is proposed or confirmed; None if none lies ahead."""
    planned = (one for one in sessions if word_of(one, "state") in TO_COME)
    ahead = [one for one in planned if london_today(from_instant(one.start_time)) >= today]
    return min(ahead, key=lambda one: from_instant(one.start_time), default=None)


def managers_of(answer: Any) -> list[str]:
    """Return the ids of those with whom sessions are, each once."""
    return list(dict.fromkeys(one.support_manager for one in answer.support_sessions if one.support_manager))


def _session(session: Any, people: Found[Mapping[str, str]] | Away, today: date) -> SessionRow:
    said, state = words("my_file"), word_of(session, "state")
    name = people.answer.get(session.support_manager, "") if isinstance(people, Found) else ""
    at, closes = when_of(session), from_date(session, "freeze_date")
    is_open = state in TO_COME and closes is not None and closes >= today
    return SessionRow(
        what=number_of(session),
        day=at_start(named_day(london_today(from_instant(session.start_time)), today)),
        says=f"{at} {said.say('session_with', name=name)}" if name else at,
        stands=said["session_states"][state],
        closes=said.say("closes", day=named_day(closes, today).text) if is_open and closes else "",
        href=f"/my-file/sessions/{id_under(session.name)}",
    )


def year_rows(year: Found[Any] | Away, today: date, said: Words) -> Iterator[YearRow]:
    """Yield what is due in the year. `said`: words for the Safeguarder, or for the Team."""
    if isinstance(year, Away):
        return
    owed = [one for one in year.answer.obligations if _is_in_year(one, today)]
    for one in sorted(owed, key=lambda each: (from_date(each, "due_date") or date.max, each.number)):
        due = from_date(one, "due_date")
        is_over = one.delivered or word_of(one, "clock_state") == "stopped"
        yield YearRow(
            what=said["obligations"][word_of(one, "kind")].format(number=one.number),
            day=long_day(due) if due else None,
            left="" if is_over or due is None or due < today else days_left(due, today),
            stands=_stands(one, due, today, said),
        )


def _is_in_year(one: Any, today: date) -> bool:
    starts, ends = from_date(one, "window_start_date"), from_date(one, "window_end_date")
    return (starts or date.min) <= today <= (ends or date.max)


def _stands(one: Any, due: date | None, today: date, said: Words) -> str:
    clock = word_of(one, "clock_state")
    if one.delivered:
        return str(said["done" if one.attended else "not_attended"])
    if clock == "paused":
        return str(said["paused"])
    return str(said["late" if clock == "running" and due is not None and due < today else "to_come"])


def _records(records: Found[Any] | Away) -> Iterator[RecordRow]:
    if isinstance(records, Away):
        return
    said = words("my_file")
    for record in records.answer.session_records:
        held = from_date(record, "held_date") or date.min
        due = from_date(record, "answer_due_date")
        until = f" {said.say('record_answer_by', day=long_day(due).text)}" if due else ""
        stands = f"{said['record_states'][_state(record)]}{until}"
        href = f"/my-file/sessions/{id_under(record.name)}/record"
        yield RecordRow(said.say("record_of", day=long_day(held).text), stands, href)


def _state(record: Any) -> str:
    state, ending = word_of(record, "state"), word_of(record, "ending")
    if state != "closed":
        return state
    return {"disputed": "closed_disputed", "": "closed"}.get(ending, ending)
