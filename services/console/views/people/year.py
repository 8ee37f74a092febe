"""The year of a Safeguarder, three sessions and two trainings: one list of marks, and the strip that is drawn of it."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from services.calendar_days import london_today
from services.client.words import word_of
from services.console.days import NBSP, Day, long_day, named_day
from services.console.views.days_left import days_left
from services.console.views.parts import Away, Found
from services.console.words import words
from services.platform.calls.wire import from_date, from_instant

WIDE, MARGIN, LINE = 650, 20, 100
"""Units of the drawing: how wide it is, what stays free at each end, and how high the line lies."""
APART = 100
"""Units that the names of two marks on one level keep between them: more than the longest name is wide."""
LEVELS = ((60, 80), (132, 152), (18, 38), (174, 194))
"""How high the name and the day of a mark stand: above the line, below it, and one level further out."""
SOON = timedelta(days=31)
"""How far ahead a day is whose days left are counted. Further ahead the number says nothing."""
DONE, TO_COME, MISSED = "done", "to_come", "missed"
SESSION = "support_session"


@dataclass(frozen=True, slots=True)
class Mark:
    """A session or training of the year. `sign`: how it is drawn."""

    what: str
    on: date
    day_says: str
    day: Day
    says: str
    left: str
    sign: str

    @property
    def when(self) -> str:
        """Return the day, with the word before it if it is one by which something is due."""
        return f"{self.day_says} {self.day.text}".lstrip()


@dataclass(frozen=True, slots=True)
class Drawn:
    """A mark in the drawing: how far to the right it stands, and where the middles of its name and its day stand."""

    name: str
    day: str
    sign: str
    x: int
    text_x: int
    name_y: int
    day_y: int


@dataclass(frozen=True, slots=True)
class Strip:
    """The drawing. `says` has everything in it as a text."""

    title: str
    says: str
    marks: tuple[Drawn, ...]


def marks_of(year: Found[Any] | Away, sessions: Found[Any] | Away, today: date) -> tuple[Mark, ...]:
    """Return the marks of the year that a day is in, in order of their days."""
    if isinstance(year, Away):
        return ()
    known = sessions.answer.support_sessions if isinstance(sessions, Found) else ()
    owed = [one for one in year.answer.obligations if _holds(one, today)]
    marks = (_mark(one, _session_for(one, known), today) for one in owed)
    return tuple(sorted((mark for mark in marks if mark), key=lambda mark: (mark.on, mark.what)))


def strip_of(year: Found[Any] | Away, marks: Sequence[Mark], today: date) -> Strip | None:
    """Return the drawing of some marks; None if there are none."""
    if isinstance(year, Away) or not marks:
        return None
    said = words("people")
    one = next(one for one in year.answer.obligations if _holds(one, today))
    starts, ends = from_date(one, "window_start_date"), from_date(one, "window_end_date")
    first = min(starts or marks[0].on, marks[0].on)
    last = max(ends or marks[-1].on, marks[-1].on)
    title = said.say("strip_title", start=long_day(first).text, end=long_day(last).text)
    says = "; ".join(f"{mark.what}: {mark.says}, {mark.when}" for mark in marks)
    return Strip(title, f"{says}.", tuple(_drawn(marks, first, last)))


def _holds(one: Any, today: date) -> bool:
    starts, ends = from_date(one, "window_start_date"), from_date(one, "window_end_date")
    return (starts or date.min) <= today <= (ends or date.max)


def _session_for(one: Any, sessions: Sequence[Any]) -> Any | None:
    """Return the session that met an obligation, is planned for it, or was to. One that was moved is not it."""
    order = ("held", "confirmed", "proposed", "not_held")
    if word_of(one, "kind") != SESSION:
        return None
    starts, ends = from_date(one, "window_start_date") or date.min, from_date(one, "window_end_date") or date.max
    found = [
        each
        for each in sessions
        if each.number == one.number
        and word_of(each, "state") in order
        and starts <= london_today(from_instant(each.start_time)) <= ends
    ]
    return min(found, key=lambda each: order.index(word_of(each, "state")), default=None)


def _mark(one: Any, session: Any | None, today: date) -> Mark | None:
    said = words("people")
    due = from_date(one, "due_date")
    held_on = london_today(from_instant(session.start_time)) if session is not None else None
    on = held_on or due
    if on is None:
        return None
    word, sign = _stands(one, session, today)
    is_ahead = sign == TO_COME and on >= today
    return Mark(
        what=said["owed"][word_of(one, "kind")].format(number=one.number),
        on=on,
        day_says="" if held_on else said[_due_word(one, on, today)],
        day=named_day(on, today) if is_ahead else long_day(on),
        says=said["marks"][word],
        left=days_left(on, today) if is_ahead and on - today <= SOON else "",
        sign=sign,
    )


def _due_word(one: Any, due: date, today: date) -> str:
    if not one.delivered:
        return "due_by"
    return "was_due" if due < today else "is_due"


def _stands(one: Any, session: Any | None, today: date) -> tuple[str, str]:
    """Return how an obligation stands, in a word of the file of words, and its sign."""
    if one.delivered:
        due = from_date(one, "due_date")
        is_past = due is not None and due < today
        return ("held", DONE) if one.attended else ("not_attended", MISSED if is_past else TO_COME)
    state = word_of(session, "state") if session is not None else ""
    if state in ("confirmed", "proposed"):
        return state, TO_COME
    if word_of(one, "clock_state") == "paused":
        return "paused", TO_COME
    due = from_date(one, "due_date")
    if due is not None and due < today and word_of(one, "clock_state") == "running":
        return "late", MISSED
    return ("not_held", MISSED) if state == "not_held" else ("to_come", TO_COME)


def _drawn(marks: Sequence[Mark], first: date, last: date) -> Iterator[Drawn]:
    """Yield the marks along the line. Two whose names would meet stand on different levels."""
    ends = [-APART] * len(LEVELS)
    span = max((last - first).days, 1)
    for mark in marks:
        x = MARGIN + round((WIDE - 2 * MARGIN) * (mark.on - first).days / span)
        middle = min(max(x, APART // 2), WIDE - APART // 2)
        free = [number for number, end in enumerate(ends) if middle - end >= APART]
        level = free[0] if free else ends.index(min(ends))
        ends[level] = middle
        name_y, day_y = LEVELS[level]
        yield Drawn(mark.what, f"{mark.on.day}{NBSP}{mark.on:%b}", mark.sign, x, middle, name_y, day_y)
