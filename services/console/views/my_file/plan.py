"""A development plan as the Safeguarder concerned reads it: words of both sides, and who owes what by when."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from services.client.words import id_under, word_of
from services.console.days import Day, long_day, named_day
from services.console.views.days_left import days_left
from services.console.views.form import Told
from services.console.views.heading import Heading, Link
from services.console.views.my_file.items import titles_known
from services.console.views.parts import GREY, Away, Found, Tag, says_away
from services.console.views.people.frame import PersonFrame
from services.console.words import Words, words
from services.platform.calls.wire import from_date

ENDED = ("met", "partly_met", "not_met", "not_possible", "replaced", "withdrawn")


@dataclass(frozen=True, slots=True)
class Named:
    """A strength or a need: its standard, the words of who named it, and how it stands."""

    standard: str
    words: str
    stands: str


@dataclass(frozen=True, slots=True)
class Said:
    """Words of one side, with whose they are."""

    whose: str
    words: str


@dataclass(frozen=True, slots=True)
class Entry:
    """An action or a support. `lines` say how it stands, in sentences. `steps`: what the reader can do about it."""

    heading: str
    words: str
    tag: Tag
    lines: tuple[str, ...]
    day_says: str
    day: Day | None
    left: str
    said: tuple[Said, ...]
    steps: tuple[Link, ...] = ()


@dataclass(frozen=True, slots=True)
class PlanView:
    """The page."""

    heading: Heading
    strengths: tuple[Named, ...]
    needs: tuple[Named, ...]
    actions: tuple[Entry, ...]
    supports: tuple[Entry, ...]
    away: tuple[str, ...]
    person: PersonFrame | None = None
    """What stands around the Team's page."""
    told: Told | None = None


@dataclass(frozen=True, slots=True)
class PlanReader:
    """Who reads a plan: its words, its address, and the role, which says what the reader can do about each part."""

    said: Words
    base: str
    role: str


OWN = "safeguarder"


def build(
    plan: Any, editions: Found[Any] | Away, now: datetime, today: date, reader: PlanReader | None = None
) -> PlanView:
    """Return the page. Strengths come first. Without a reader it is the Safeguarder's own."""
    by = reader or PlanReader(words("my_file"), "/my-file/plan", OWN)
    said, titles = by.said, titles_known(editions, today)
    return PlanView(
        heading=Heading(said["plan_h1"], said["plan_h1"], "sessions", Link(said["plan_back"], "/my-file/sessions")),
        strengths=tuple(_strength(one, titles, said) for one in plan.strengths),
        needs=tuple(_need(one, titles, said) for one in plan.needs),
        actions=tuple(_action(one, titles, today, by) for one in plan.actions),
        supports=tuple(_support(one, today, by) for one in plan.supports),
        away=tuple(says_away([editions], now)),
    )


def action_steps(action: Any, role: str) -> tuple[str, ...]:
    """Return the steps that a reader can make on an action: answer it, move its day, or end it."""
    state, proposer = word_of(action, "state"), word_of(action, "proposed_by")
    answers = {OWN: "support_manager", "support_manager": OWN}
    if state == "proposed" and proposer == answers.get(role) and not action.answer:
        return ("answer",)
    live = state in ("open", "completion_offered")
    return ("move", "end") if live and role in ("support_manager", "senior_manager") else ()


def support_steps(support: Any, role: str) -> tuple[str, ...]:
    """Return the steps that the Team can make on a support. The Safeguarder answers on a page of their own."""
    return ("answer",) if word_of(support, "state") == "offered" and role in ("support_manager", "panel_team") else ()


def _links(steps: tuple[str, ...], kind: str, one: Any, by: PlanReader) -> tuple[Link, ...]:
    said = words("plan")["steps"]
    return tuple(Link(said[f"{kind}_{step}"], f"{by.base}/{kind}s/{id_under(one.name)}/{step}") for step in steps)


def _by(one: Any, field: str, said: Words) -> str:
    return said.say("plan_named_by", name=said["raisers"].get(word_of(one, field), said["somebody"]))


def _strength(one: Any, titles: Mapping[str, str], said: Words) -> Named:
    return Named(titles.get(one.standard, one.standard), one.words, _by(one, "raised_by", said))


def _need(one: Any, titles: Mapping[str, str], said: Words) -> Named:
    stands = f"{said['needs'][word_of(one, 'state')]} {one.because or one.carried_because}".rstrip()
    return Named(titles.get(one.standard, one.standard), one.words, f"{_by(one, 'raised_by', said)} {stands}")


def _action(one: Any, titles: Mapping[str, str], today: date, by: PlanReader) -> Entry:
    said, state = by.said, word_of(one, "state")
    about = one.indicator or one.standard
    is_live = state not in ENDED
    day = from_date(one, "due_date") if is_live else None
    return Entry(
        heading=titles.get(about, about),
        words=one.aim,
        tag=Tag(said["actions"][state], GREY),
        lines=tuple(_of_action(one, said)),
        day_says=said["plan_due"] if day else "",
        day=named_day(day, today) if day else None,
        left=days_left(day, today) if day else "",
        said=tuple(_sides(one, said)),
        steps=_links(action_steps(one, by.role), "action", one, by),
    )


def _of_action(one: Any, said: Words) -> Iterator[str]:
    if one.measure:
        yield said.say("plan_seen_by", measure=one.measure)
    yield said.say("plan_owner", name=said["raisers"].get(word_of(one, "owner"), said["somebody"]))
    basis = word_of(one, "basis")
    if basis:
        yield said["bases"][basis]
    asked = from_date(one, "asked_date")
    if asked and not one.safeguarder_words:
        yield said.say("plan_you_gave_none", day=long_day(asked).text)
    if one.stands_still:
        yield said["paused"]
    if one.outcome_words:
        yield one.outcome_words


def _sides(one: Any, said: Words) -> Iterator[Said]:
    for whose, text in (
        ("plan_manager_words", one.support_manager_words),
        ("plan_your_words", one.safeguarder_words),
        ("plan_your_words", one.completion_words),
    ):
        if text:
            yield Said(said[whose], text)


def _support(one: Any, today: date, by: PlanReader) -> Entry:
    said, state = by.said, word_of(one, "state")
    day = from_date(one, "promised_date") if state in ("accepted", "not_delivered") else None
    late = (said["plan_late"],) if one.late else ()
    because = (one.because,) if one.because else ()
    return Entry(
        heading=said["support_kinds"].get(word_of(one, "kind"), ""),
        words=one.words,
        tag=Tag(said["supports"][state], GREY),
        lines=(*late, *because),
        day_says=said["plan_promised"] if day else "",
        day=named_day(day, today) if day else None,
        left=days_left(day, today) if day else "",
        said=(Said(said["plan_your_words"], one.answer_words),) if one.answer_words else (),
        steps=_links(support_steps(one, by.role), "support", one, by),
    )
