"""Recommendations that are owed by when, and how ready everything is for one person."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from services.client.words import id_under, safeguarder_of, word_of
from services.console.days import Day, long_day, named_day
from services.console.views.asked import known
from services.console.views.days_left import days_left
from services.console.views.heading import Heading, Link
from services.console.views.parts import GREY, Away, Found, Tag, says_away
from services.console.words import words
from services.platform.calls.wire import from_date

FOLDER = "recommendations"
OWED = ("share_recommendation", "submit_recommendation", "review_continuing", "representations", "record_decision")
"""Duties about recommendations, of all that are owed."""


@dataclass(frozen=True, slots=True)
class OwedRow:
    """A recommendation that somebody owes the next step of."""

    name: str
    what: str
    by: str
    href: str
    day: Day | None
    left: str


@dataclass(frozen=True, slots=True)
class OwedView:
    """The page."""

    heading: Heading
    rows: tuple[OwedRow, ...]
    none: str
    more: str
    away: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Made:
    """A recommendation about a person."""

    what: str
    href: str
    tag: Tag


@dataclass(frozen=True, slots=True)
class ReadinessView:
    """The page. `lines`: what isn't ready."""

    heading: Heading
    person: str
    term: tuple[str, ...]
    lines: tuple[str, ...]
    ready: str
    made: tuple[Made, ...]
    draft: Link | None
    away: tuple[str, ...]


def owed(answer: Any, names: Found[Mapping[str, str]] | Away, now: datetime, today: date) -> OwedView:
    """Return what is owed about recommendations, the earliest due first."""
    said = words(FOLDER)
    rows = tuple(_owed(duty, names, today) for duty in about_recommendations(answer))
    return OwedView(
        heading=Heading(said["h1"], said["h1"], "reviews", Link(words("reviews")["back"], "/reviews")),
        rows=rows,
        none="" if rows else said["none"],
        more=said["more"] if answer.next_page_token else "",
        away=tuple(says_away([names], now)),
    )


def about_recommendations(answer: Any) -> list[Any]:
    """Return those duties that are about recommendations."""
    return [duty for duty in answer.duties if word_of(duty, "kind") in OWED]


def readiness(
    answer: Any,
    names: Found[Mapping[str, str]] | Away,
    now: datetime,
    *,
    is_own: bool,
    drafts: bool,
    reads_all: bool = True,
) -> ReadinessView:
    """Return how ready everything is.

    `is_own`: the person reads it. `drafts`: the reader is of the Team. `reads_all`: the reader may open the list.
    """
    said = words(FOLDER)
    title = said["readiness_h1_own" if is_own else "readiness_h1"]
    called = names.answer.get(answer.safeguarder, "") if isinstance(names, Found) else ""
    everybody = Link(said["back"], "/recommendations")
    back = everybody if reads_all else Link(said["back_person"], f"/people/{answer.safeguarder.rpartition('/')[2]}")
    back = Link(words("my_file")["back"], "/my-file") if is_own else back
    lines = tuple(not_ready(answer.lines))
    return ReadinessView(
        heading=Heading(title, f"{title} - {said['h1']}", "my_file" if is_own else "reviews", back),
        person="" if is_own else called,
        term=tuple(_term(answer)),
        lines=lines,
        ready="" if lines else said["all_ready" if answer.open else "not_open"],
        made=tuple(_made(one, is_own) for one in answer.recommendations),
        draft=Link(said["draft_h1"], f"/recommendations/{answer.safeguarder.rpartition('/')[2]}/new")
        if drafts
        else None,
        away=tuple(says_away([names], now)),
    )


def not_ready(lines: Iterable[Any]) -> Iterator[str]:
    """Yield what isn't ready, in sentences. It is the Team's, and never a mark on the person."""
    said = words(FOLDER)
    for one in lines:
        what, day = word_of(one, "what"), from_date(one, "date")
        sentence = said["lines_still"] if what == "reply_runs" and day is None else known(said["lines"], what)
        text = sentence.format(day=long_day(day).text if day else "")
        yield f"{text} {said['too_late']}" if one.too_late else text


def what_it_says(one: Any) -> str:
    """Return what is recommended, in words."""
    said = words(FOLDER)
    kind = known(said["kinds"], word_of(one, "kind"))
    return f"{kind}: {known(said['outcomes'], word_of(one.text, 'outcome'))}"


def path_of(name: str, is_own: bool) -> str:
    """Return the address of a recommendation."""
    if is_own:
        return f"/my-file/recommendations/{id_under(name)}"
    return f"/recommendations/{safeguarder_of(name)}/{id_under(name)}"


def _owed(duty: Any, names: Found[Mapping[str, str]] | Away, today: date) -> OwedRow:
    said, person = words(FOLDER), safeguarder_of(duty.name)
    due = from_date(duty, "due_date")
    is_one = "/recommendations/" in duty.about
    called = names.answer.get(f"safeguarders/{person}", "") if isinstance(names, Found) else ""
    return OwedRow(
        name=called or words("matter")["somebody"],
        what=known(said["owed"], word_of(duty, "kind")),
        by=known(said["owners"], word_of(duty, "owed_by")),
        href=path_of(duty.about, is_own=False) if is_one else f"/recommendations/{person}",
        day=named_day(due, today) if due else None,
        left=days_left(due, today) if due else "",
    )


def _term(answer: Any) -> Iterator[str]:
    said = words(FOLDER)
    ends, opens = from_date(answer, "term_end_date"), from_date(answer, "open_date")
    if ends:
        yield said.say("term_ends", day=long_day(ends).text)
    if opens and not answer.open:
        yield said.say("opens", day=long_day(opens).text)


def _made(one: Any, is_own: bool) -> Made:
    state = known(words(FOLDER)["states"], word_of(one, "state"))
    return Made(what_it_says(one), path_of(one.name, is_own), Tag(state, GREY))
