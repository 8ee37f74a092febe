"""Where a Safeguarder begins: what waits for their answer, what went well, what is open, and where they stand."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from services.calendar_days import WorkingCalendar, closed_because, london_today
from services.client.words import enum_of, id_under, word_of
from services.console.days import Day, long_day, named_day
from services.console.views.answers import own
from services.console.views.days_left import days_left
from services.console.views.form import Told
from services.console.views.heading import Heading, Link
from services.console.views.my_file.items import href_of, titles_known
from services.console.views.my_file.matters import OVER, PRAISE, MatterRow, owners_of, row_of
from services.console.views.my_file.sessions import next_of, number_of, when_of
from services.console.views.parts import Away, Found, says_away
from services.console.words import words
from services.platform.calls.wire import from_date, from_instant, to_word

SHOWN = 5
"""Items of praise on the page. All items stand on the page of evidence."""
ME = "safeguarder"
PAGES = (
    *("timeline", "evidence", "sessions", "plan", "recommendations", "reviews", "away"),
    *("disagree", "readers", "download"),
)
READ_ON = {"admit_late_item": ("read_sessions", "/my-file/sessions")}
"""Where a Safeguarder reads what waits for them, where the page can't take the answer yet."""
ANSWERED_ON = {
    "answer_support": "support",
    "say_received": "received",
    "acknowledge_approach": "approach",
    "give_view": "view",
}
"""What waits for them and is answered on a page of its own."""
INVITED = "invited_to_share"

ANSWERED_AT = {
    "answer_record": "/my-file/sessions/{id}/answer",
    "answer_action": "/my-file/plan/actions/{id}/answer",
    "action": "/my-file/plan/actions/{id}/done",
    "confirm_plan": "/my-file/plan",
}
"""What waits for them and is answered on a page of its session or of their plan."""


@dataclass(frozen=True, slots=True)
class Card:
    """Something that waits for the Safeguarder. `how` says what to do where the page of `link` only shows it."""

    title: str
    about: str
    day_says: str
    day: Day | None
    left: str
    if_nothing: str
    link: Link | None
    how: str


@dataclass(frozen=True, slots=True)
class Praised:
    """An item that speaks well of the Safeguarder."""

    title: str
    href: str
    about: str
    day: Day


@dataclass(frozen=True, slots=True)
class Standard:
    """Where practice stands against one standard: one of four words, and what else is to be known."""

    title: str
    word: str
    says: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Owed:
    """Something that others owe the Safeguarder."""

    what: str
    by: str
    day_says: str
    day: Day | None
    left: str


@dataclass(frozen=True, slots=True)
class Session:
    """The next session."""

    what: str
    day: Day
    says: str
    stands: str
    href: str


@dataclass(frozen=True, slots=True)
class MyFileView:
    """The page."""

    heading: Heading
    name: str
    ask: str
    closed: str
    notes: tuple[str, ...]
    waiting: tuple[Card, ...]
    no_more: str
    praise: tuple[MatterRow, ...]
    praised: tuple[Praised, ...]
    raised: tuple[MatterRow, ...]
    raised_none: str
    standards: tuple[Standard, ...]
    means: tuple[tuple[str, str], ...]
    owed: tuple[Owed, ...]
    session: Session | None
    session_none: str
    pages: tuple[Link, ...]
    away: tuple[str, ...]
    told: Told | None = None


@dataclass(frozen=True, slots=True)
class Asked:
    """What the services answered for the page."""

    standing: Any
    concerns: Found[Any] | Away
    sessions: Found[Any] | Away
    editions: Found[Any] | Away
    people: Found[Mapping[str, str]] | Away
    name: str


def build(asked: Asked, now: datetime, today: date, done: str = "") -> MyFileView:
    """Return the page. `done`: what the reader has answered just before."""
    said, standing = words("my_file"), asked.standing
    titles = titles_known(asked.editions, today)
    waiting = (*_cards(standing, titles, today), *_invitations(asked.concerns))
    rows = [*_rows(asked, today)]
    session = _session(asked, today)
    closed = closed_because(WorkingCalendar.OFFICE, today)
    return MyFileView(
        heading=Heading(said["h1"], said["h1"], "my_file"),
        name=asked.name,
        ask=_ask(asked),
        closed=said.say("office_closed", reason=closed) if closed else "",
        notes=(said["more_is_open"],) if standing.more_is_open else (),
        waiting=waiting,
        no_more=said["nothing_else" if waiting else "nothing_waits"],
        praise=tuple(row for lane, row in rows if lane == PRAISE),
        praised=tuple(_praised(standing, titles))[:SHOWN],
        raised=tuple(row for lane, row in rows if lane != PRAISE),
        raised_none=said["raised_none"] if isinstance(asked.concerns, Found) else "",
        standards=tuple(_standard(one, titles) for one in standing.standards),
        means=tuple((said["standings"][word], says) for word, says in said["standing_means"].items()),
        owed=tuple(_owed(due, today) for due in standing.due if word_of(due, "owed_by") != ME),
        session=session,
        session_none=said["next_session_none"] if isinstance(asked.sessions, Found) else "",
        pages=tuple(Link(said["pages"][page], f"/my-file/{page}") for page in PAGES),
        away=tuple(says_away((asked.concerns, asked.sessions, asked.editions, asked.people), now)),
        told=_told(done),
    )


def people_in(standing: Any, concerns: Found[Any] | Away, sessions: Found[Any] | Away, today: date) -> list[str]:
    """Return the ids of the people whom the page names, each once."""
    met = _next(sessions, today)
    with_whom = (met.support_manager,) if met is not None else ()
    return list(dict.fromkeys(filter(None, (standing.support_manager, *owners_of(concerns), *with_whom))))


def _ask(asked: Asked) -> str:
    said, manager = words("my_file"), asked.standing.support_manager
    if not manager:
        return str(said["ask_team"])
    name = _called(asked, manager)
    return said.say("ask", name=name) if name else str(said["ask_unnamed"])


def _called(asked: Asked, person: str) -> str:
    return asked.people.answer.get(person, "") if isinstance(asked.people, Found) else ""


def _cards(standing: Any, titles: Mapping[str, str], today: date) -> Iterator[Card]:
    """Yield what waits for the Safeguarder, the earliest first as it was answered."""
    for due in standing.due:
        if word_of(due, "owed_by") == ME:
            yield _card(due, standing, titles, today)


def _card(due: Any, standing: Any, titles: Mapping[str, str], today: date) -> Card:
    said, kind = words("my_file"), word_of(due, "kind")
    link, how = _way(due, kind)
    day = from_date(due, "due_date")
    title, about = _about(due, standing, titles) if kind == "reply" else (_named(kind), "")
    is_dated = day is not None and not due.stands_still
    return Card(
        title=title,
        about=about,
        day_says=said["by" if is_dated else "stands_still" if due.stands_still else "no_day"],
        day=named_day(day, today) if is_dated and day else None,
        left=days_left(day, today) if is_dated and day and not due.passed else "",
        if_nothing=_if_nothing(due, kind),
        link=link,
        how=how,
    )


def _invitations(concerns: Found[Any] | Away) -> Iterator[Card]:
    """Yield what the Safeguarder is asked to share. There is no day for it."""
    said = words("my_file")
    for concern in concerns.answer.concerns if isinstance(concerns, Found) else ():
        if word_of(concern, "state") == INVITED:
            link = Link(said["answer_it"], own.href_of("invitation", concern.name))
            yield Card(said["invited"], concern.explanation.because, said["no_day"], None, "", "", link, "")


def _told(done: str) -> Told | None:
    said = words(own.FOLDER)["done"]
    return Told(f"{said[done]} {said['follows']}") if done in said else None


def _named(kind: str) -> str:
    """Return what is due in words. One that only a later release knows has the words that its code has."""
    return str(words("my_file")["due"].get(kind, kind.replace("_", " ").capitalize()))


def _if_nothing(due: Any, kind: str) -> str:
    said = words("my_file")
    if due.passed:
        return str(said["day_passed"])
    return f"{said['if_nothing']} {said['nothing'][kind]}" if kind in said["nothing"] else ""


def _way(due: Any, kind: str) -> tuple[Link | None, str]:
    said = words("my_file")
    if kind == "reply":
        return Link(said["read_and_reply"], href_of(due.about)), ""
    if kind in ANSWERED_AT:
        return Link(said["answer_it"], ANSWERED_AT[kind].format(id=id_under(due.about))), ""
    if kind == "representations":
        return Link(said["answer_it"], f"/my-file/recommendations/{id_under(due.about)}"), ""
    if kind in ANSWERED_ON:
        return Link(said["answer_it"], own.href_of(ANSWERED_ON[kind], due.about)), ""
    if kind not in READ_ON:
        return None, said["no_page"]
    text, href = READ_ON[kind]
    return Link(said[text], href), said["no_page"]


def _about(due: Any, standing: Any, titles: Mapping[str, str]) -> tuple[str, str]:
    """Return what an item that waits for a reply is, and to which standards it speaks."""
    said = words("my_file")
    found = [(one.standard, item) for one in standing.standards for item in one.items if item.name == due.about]
    if not found:
        return said["due"]["reply"], ""
    _, item = found[0]
    received = from_date(item, "received_date") or date.min
    speaks = "; ".join(f"{titles.get(standard, standard)}: {_polarities(one)}" for standard, one in found)
    says = said.say("card_about", day=long_day(received).text, standards=speaks)
    return said["kinds"].get(word_of(item, "kind"), said["due"]["reply"]), says


def _polarities(item: Any) -> str:
    said = words("my_file")["polarities"]
    return ", ".join(said[word] for word in _words_of(item))


def _words_of(item: Any) -> Iterator[str]:
    return (to_word(enum_of(item, "polarities"), one) for one in item.polarities)


def _rows(asked: Asked, today: date) -> Iterator[tuple[str, MatterRow]]:
    """Yield each open matter with its lane."""
    if isinstance(asked.concerns, Away):
        return
    names = asked.people.answer if isinstance(asked.people, Found) else {}
    for concern in asked.concerns.answer.concerns:
        if word_of(concern, "state") not in OVER:
            yield word_of(concern, "lane"), row_of(concern, names, today)


def _praised(standing: Any, titles: Mapping[str, str]) -> Iterator[Praised]:
    """Yield each item that is praise, the newest first, with every standard of which it is."""
    said, praise = words("my_file"), dict[str, tuple[Any, list[str]]]()
    for one in standing.standards:
        for item in one.items:
            if "praise" in _words_of(item):
                praise.setdefault(item.name, (item, []))[1].append(titles.get(one.standard, one.standard))
    for item, standards in sorted(praise.values(), key=lambda each: _received(each[0]), reverse=True):
        title = said["kinds"].get(word_of(item, "kind"), "")
        yield Praised(title, href_of(item.name), ", ".join(standards), long_day(_received(item)))


def _received(item: Any) -> date:
    return from_date(item, "received_date") or date.min


def _standard(one: Any, titles: Mapping[str, str]) -> Standard:
    said, word = words("my_file"), word_of(one, "word")
    return Standard(titles.get(one.standard, one.standard), said["standings"].get(word, word), tuple(_says(one, word)))


def _says(one: Any, word: str) -> Iterator[str]:
    said = words("my_file")
    yield said["standing_says"].get(word, "")
    if one.under_review:
        yield said["under_review"]
    if one.HasField("last_view"):
        view = one.last_view
        held = from_date(view, "held_date") or date.min
        yield said.say("last_view", day=long_day(held).text, word=said["views"].get(word_of(view, "word"), ""))
        if view.disputed:
            yield said["last_view_disputed"]


def _owed(due: Any, today: date) -> Owed:
    said = words("my_file")
    day = from_date(due, "due_date")
    return Owed(
        what=_named(word_of(due, "kind"))[:1].lower() + _named(word_of(due, "kind"))[1:],
        by=said["owners"].get(word_of(due, "owed_by"), said["somebody"]),
        day_says=said["owes_by"] if day else "",
        day=named_day(day, today) if day else None,
        left=days_left(day, today) if day else "",
    )


def _next(sessions: Found[Any] | Away, today: date) -> Any | None:
    """Return the next session that is planned; None if there is none, or if it is not known."""
    return next_of(sessions.answer.support_sessions, today) if isinstance(sessions, Found) else None


def _session(asked: Asked, today: date) -> Session | None:
    said, one = words("my_file"), _next(asked.sessions, today)
    if one is None:
        return None
    name = _called(asked, one.support_manager)
    at = when_of(one)
    return Session(
        what=number_of(one),
        day=named_day(london_today(from_instant(one.start_time)), today),
        says=f"{at} {said.say('session_with', name=name)}" if name else at,
        stands=said["session_states"][word_of(one, "state")],
        href=f"/my-file/sessions/{id_under(one.name)}",
    )
