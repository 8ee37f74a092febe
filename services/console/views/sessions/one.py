"""One session: when it is, how far it has come, what is on its agenda, and which steps are possible."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from services.calendar_days import london_today
from services.client.words import word_of
from services.console.days import Day, long_day, named_day
from services.console.views.days_left import days_left
from services.console.views.form import Notice, Told
from services.console.views.heading import Heading, Link
from services.console.views.parts import GREY, Away, Found, Step, Tag, says_away
from services.console.views.people.frame import Banner
from services.console.views.sessions.entries import Beside, Line, matter_line
from services.console.views.sessions.reader import Reader
from services.console.views.sessions.sheet import when_of
from services.console.words import words
from services.platform.calls.wire import from_date, from_instant

OPEN = ("proposed", "confirmed")
RECORDED = ("held", "not_held")


@dataclass(frozen=True, slots=True)
class SessionView:
    """The page."""

    heading: Heading
    person: Banner
    when: str
    day: Day
    left: str
    tag: Tag
    says: tuple[str, ...]
    links: tuple[Link, ...]
    possible: tuple[Step, ...]
    blocked: tuple[Step, ...]
    agenda: tuple[Line, ...]
    agenda_none: str
    away: tuple[str, ...]
    told: Told | None = None
    notice: Notice | None = None


@dataclass(frozen=True, slots=True)
class AskedSession:
    """What the services answered of a session. `record`: None in it if there is none that the reader may see."""

    session: Any
    record: Found[Any] | Away
    beside: Beside
    manager: str
    """What the support manager is called; empty if nobody answers it."""

    @property
    def state(self) -> str:
        """Return how far it has come."""
        return word_of(self.session, "state")

    def has_begun(self, now: datetime) -> bool:
        """Return whether its time has come."""
        return from_instant(self.session.start_time) <= now


def build(
    asked: AskedSession, reader: Reader, now: datetime, today: date, done: str = "", notice: Notice | None = None
) -> SessionView:
    """Return the page. `done`: what the reader did just before. `notice`: why a step was not made."""
    said, session = words("sessions"), asked.session
    day = london_today(from_instant(session.start_time))
    is_open = asked.state in OPEN
    return SessionView(
        heading=reader.heading(
            reader.say("session_h1", day=long_day(day).text),
            Link(reader.say("back_list"), f"{reader.base}/sessions"),
            said["session_tab"],
        ),
        person=reader.banner,
        when=when_of(session.start_time, Found(session), today),
        day=named_day(day, today),
        left=days_left(day, today) if is_open and day >= today else "",
        tag=Tag(words("my_file")["session_states"][asked.state], GREY),
        says=tuple(_says(asked, reader, today)),
        links=tuple(_links(asked, reader)),
        possible=tuple(_possible(asked, reader, now)),
        blocked=tuple(_blocked(asked, reader, now)),
        agenda=tuple(_agenda(asked, reader)),
        agenda_none=reader.say("agenda_none"),
        away=tuple(says_away((asked.record, asked.beside.concerns), now)),
        told=Told(reader.say(f"told_{done}")) if f"told_{done}" in said else None,
        notice=notice,
    )


def steps(asked: AskedSession, reader: Reader, now: datetime) -> dict[str, str]:
    """Return each step that this reader could make on a session, with what stands in its way; empty if nothing does."""
    if not reader.arranges:
        return {}
    is_open, begun, said = asked.state in OPEN, asked.has_begun(now), words("sessions")["blocked"]
    passed = "over_own" if reader.is_own else "over"
    over = "" if is_open and not begun else str(said[passed if is_open else "not_open"])
    found = {"confirm": over or ("" if asked.state == "proposed" else str(said["confirmed"])), "move": over}
    if reader.is_own:
        return {"own-item": over} | found
    can_record = begun and asked.state in (*OPEN, *RECORDED)
    why = "" if can_record else str(said["not_begun" if is_open else "not_open"])
    found |= {"cancel": over, "record/attendance": why}
    return found


def _possible(asked: AskedSession, reader: Reader, now: datetime) -> Iterator[Step]:
    for step, blocked in steps(asked, reader, now).items():
        if not blocked:
            key = "attendance" if step == "record/attendance" else step
            yield Step(reader.say(f"step_{key}"), reader.say(f"does_{key}"), reader.href(asked.session.name, step))


def _blocked(asked: AskedSession, reader: Reader, now: datetime) -> Iterator[Step]:
    for step, blocked in steps(asked, reader, now).items():
        if blocked:
            key = "attendance" if step == "record/attendance" else step
            yield Step(reader.say(f"step_{key}"), blocked)


def _links(asked: AskedSession, reader: Reader) -> Iterator[Link]:
    """Yield where one reads on: the papers, the record and the calendar file."""
    name = asked.session.name
    if asked.state in (*OPEN, "held"):
        yield Link(reader.say("to_prepare"), reader.href(name, "prepare"))
    record = asked.record.answer if isinstance(asked.record, Found) else None
    if record is not None:
        is_draft = word_of(record, "state") == "drafted"
        yield Link(reader.say("to_draft" if is_draft else "to_record"), reader.href(name, "record"))
    elif asked.state == "held" and reader.writes and isinstance(asked.record, Found):
        yield Link(reader.say("to_begin"), reader.href(name, "record"))
    if asked.state in OPEN:
        yield Link(words("sessions")["calendar_file"], reader.href(name, "calendar"))
    if asked.session.rescheduled_to:
        yield Link(reader.say("to_new"), reader.href(f"{reader.person}/supportSessions/{_new_id(asked.session)}"))


def _new_id(session: Any) -> str:
    return str(session.rescheduled_to.rpartition("/")[2])


def _says(asked: AskedSession, reader: Reader, today: date) -> Iterator[str]:
    said, session = words("sessions"), asked.session
    if asked.manager:
        yield said.say("with", name=asked.manager)
    mode = words("my_file")["modes"].get(word_of(session, "mode"), "")
    if mode and asked.state == "held":
        yield said.say("held_how", mode=mode)
    yield reader.say(f"state_{asked.state}")
    if session.move_reason:
        yield said.say("moved_because", reason=said["move_reasons"].get(session.move_reason, said["no_reason"]))
    if session.proposed_for_concern:
        yield reader.say("proposed_early")
    closes = from_date(session, "freeze_date")
    if asked.state in OPEN and closes and closes >= today:
        yield reader.say("closes_on", day=named_day(closes, today).text)
    if isinstance(asked.record, Found) and asked.record.answer is not None:
        yield record_stands(asked.record.answer, reader, today)


def record_stands(record: Any, reader: Reader, today: date) -> str:
    """Return where the record of a session stands. The end of the time to answer is never shown as agreement."""
    state, ending = word_of(record, "state"), word_of(record, "ending")
    key = f"record_{state}_{ending}" if state == "closed" and ending else f"record_{state}"
    day = from_date(record, "response_due_date" if state == "disputed" else "answer_due_date")
    shared = london_today(from_instant(record.share_time)) if record.HasField("share_time") else None
    return reader.say(
        key if day or state not in ("shared", "disputed") else f"{key}_still",
        day=named_day(day, today).text if day else "",
        since=long_day(shared).text if shared else "",
    )


def _agenda(asked: AskedSession, reader: Reader) -> Iterator[Line]:
    outcomes = words("sessions")["agenda_outcomes"]
    for one in asked.session.agenda:
        line, outcome = matter_line(one.concern_id, asked.beside, reader), word_of(one, "outcome")
        says = (*line.says, outcomes[outcome]) if outcome in outcomes else line.says
        yield Line(line.title, says, href=line.href)
