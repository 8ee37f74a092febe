"""Who opened a file in an emergency: when, why, until when, and what the review says."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from services.calendar_days import london_today
from services.client.words import safeguarder_of, word_of
from services.console.days import Day, clock_time, named_day
from services.console.views.heading import Heading
from services.console.views.parts import Away, Found, says_away
from services.console.words import name_of, words
from services.platform.calls.wire import from_date, from_instant


@dataclass(frozen=True, slots=True)
class AccessRow:
    """One emergency access."""

    day: Day
    who: str
    about: str
    reason: str
    stands: str
    review: str


@dataclass(frozen=True, slots=True)
class AccessesView:
    """The page."""

    heading: Heading
    lead: str
    rows: tuple[AccessRow, ...]
    more: str
    away: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class AskedAccesses:
    """What the services answered."""

    accesses: Found[Any] | Away
    people: Found[Mapping[str, str]] | Away
    """What staff are called, by id."""
    register: Found[Mapping[str, str]] | Away
    """What Safeguarders are called, by the names of their records, as far as the reader may know."""


def staff_in(accesses: Found[Any] | Away) -> list[str]:
    """Return the ids of those who opened a file, each once, and of those who reviewed it."""
    return list(
        dict.fromkeys(one for access in _listed(accesses) for one in (access.opened_by, access.reviewed_by) if one)
    )


def files_in(accesses: Found[Any] | Away) -> list[str]:
    """Return the names of the records that were opened, each once."""
    return list(dict.fromkeys(f"safeguarders/{safeguarder_of(access.name)}" for access in _listed(accesses)))


def _listed(accesses: Found[Any] | Away) -> Sequence[Any]:
    return accesses.answer.emergency_accesses if isinstance(accesses, Found) else ()


def build(asked: AskedAccesses, now: datetime, today: date) -> AccessesView:
    """Return the page, the newest first. The words of staff are shown as they wrote them."""
    said, answer = words("access"), asked.accesses.answer if isinstance(asked.accesses, Found) else None
    names = {
        who: name
        for one in (asked.people, asked.register)
        if isinstance(one, Found)
        for who, name in one.answer.items()
    }
    rows = tuple(_row(access, names, today) for access in _listed(asked.accesses))
    lead = said["lead" if rows else "none"] if answer else ""
    return AccessesView(
        heading=Heading(said["h1"], said["h1"], "accesses"),
        lead=lead,
        rows=rows,
        more=said["more"] if answer and answer.next_page_token else "",
        away=tuple(says_away((asked.accesses, asked.people, asked.register), now)),
    )


def _row(access: Any, names: Mapping[str, str], today: date) -> AccessRow:
    said, opened, who = words("access"), from_instant(access.open_time), _called(access.opened_by, names)
    ended = access.close_time if access.HasField("close_time") else access.end_time
    one = safeguarder_of(access.name)
    at = {"since": clock_time(opened), "until": clock_time(from_instant(ended))}
    return AccessRow(
        day=named_day(london_today(opened), today),
        who=who,
        about=said.say(word_of(access, "kind"), person=names.get(f"safeguarders/{one}", one)),
        reason=access.reason,
        stands=said.say(word_of(access, "state"), **at),
        review=_review(access, names, today),
    )


def _review(access: Any, names: Mapping[str, str], today: date) -> str:
    said, due = words("access"), from_date(access, "review_due_date")
    if access.outcome:
        by = _called(access.reviewed_by, names)
        return str(said.say(word_of(access, "outcome"), name=by, reasons=access.review_reasons))
    late = "review_late" if due and due < today else "review_due"
    return str(said.say(late, day=named_day(due, today).text if due else ""))


def _called(person: str, names: Mapping[str, str]) -> str:
    return names.get(person, "") or name_of(person)
