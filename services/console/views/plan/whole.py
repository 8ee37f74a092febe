"""A development plan as both sides read it: the words of each, who owes what by when, and what the reader can do."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from services.calendar_days import london_today
from services.client.words import id_under, word_of
from services.console.days import Day, long_day, named_day
from services.console.forms.plan.steps import COLLECTIONS
from services.console.views.answers.own import href_of
from services.console.views.days_left import days_left
from services.console.views.form import Told
from services.console.views.heading import Heading, Link
from services.console.views.my_file.items import titles_known
from services.console.views.parts import GREY, Away, Found, Step, Tag, says_away
from services.console.views.people.frame import PersonFrame
from services.console.views.plan import possible
from services.console.words import Words, words
from services.platform.calls.wire import from_date, from_instant

ENDED = ("met", "partly_met", "not_met", "not_possible", "replaced", "withdrawn")


@dataclass(frozen=True, slots=True)
class Named:
    """A strength or a need: its standard, the words of who named it, and how it stands."""

    standard: str
    words: str
    stands: str
    steps: tuple[Link, ...] = ()


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
    tag: Tag | None
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
    reviews: tuple[Entry, ...]
    approaches: tuple[Entry, ...]
    stands: tuple[str, ...]
    """Which version is in force, whom it waits for, and what is missing before it can be confirmed."""
    possible: tuple[Step, ...]
    blocked: tuple[Step, ...]
    away: tuple[str, ...]
    person: PersonFrame | None = None
    """What stands around the Team's page."""
    told: Told | None = None


@dataclass(frozen=True, slots=True)
class AskedPlan:
    """What the services answered: the plan, the standards, and the reviews of actions."""

    plan: Any
    editions: Found[Any] | Away
    reviews: Found[Any] | Away


@dataclass(frozen=True, slots=True)
class PlanReader:
    """Who reads a plan: its words, its address, and the role, which says what the reader can do about each part."""

    said: Words
    base: str
    role: str


OWN = possible.OWN


def build(asked: AskedPlan, now: datetime, today: date, reader: PlanReader | None = None) -> PlanView:
    """Return the page. Strengths come first. Without a reader it is the Safeguarder's own."""
    by = reader or PlanReader(words("my_file"), "/my-file/plan", OWN)
    plan, said, titles = asked.plan, by.said, titles_known(asked.editions, today)
    held = asked.reviews.answer.action_reviews if isinstance(asked.reviews, Found) else ()
    return PlanView(
        heading=Heading(said["plan_h1"], said["plan_h1"], "sessions", Link(said["plan_back"], "/my-file/sessions")),
        strengths=tuple(_strength(one, titles, said) for one in plan.strengths),
        needs=tuple(_need(one, titles, by) for one in plan.needs),
        actions=tuple(_action(one, titles, today, by) for one in plan.actions),
        supports=tuple(_support(one, today, by) for one in plan.supports),
        reviews=tuple(_review(one, plan, by) for one in held),
        approaches=tuple(_approach(one, by) for one in plan.approach_changes),
        stands=tuple(_stands(plan, by, today)),
        possible=tuple(_possible(plan, by, today)),
        blocked=tuple(_blocked(plan, by)),
        away=tuple(says_away([asked.editions, asked.reviews], now)),
    )


def _possible(plan: Any, by: PlanReader, today: date) -> Iterator[Step]:
    said = words("plan")
    for step in possible.of_plan(plan, by.role, today):
        name = f"plan_{step.replace('-', '_')}"
        yield Step(said["steps"][name], said["does"][name], f"{by.base}/{step}")


def _blocked(plan: Any, by: PlanReader) -> Iterator[Step]:
    """Yield the confirmation that is not possible yet, with everything that is missing."""
    said = words("plan")
    if possible.waits_for(plan, by.role):
        lacking = [said["lacks_strength"]] if not plan.strengths and not plan.no_strength_because else []
        lacking += [
            said.say("lacks_action", need=one.words)
            for one in plan.needs
            if word_of(one, "state") == "identified" and not one.carried_because
        ]
        yield Step(said["steps"]["plan_confirm"], f"{said['lacks']} {' '.join(lacking)}".rstrip())


def _stands(plan: Any, by: PlanReader, today: date) -> Iterator[str]:
    said = by.said
    if plan.HasField("in_force"):
        since = london_today(from_instant(plan.in_force.in_force_time))
        how = "plan_in_force_silent" if plan.in_force.no_answer else "plan_in_force"
        yield said.say(how, n=plan.in_force.number, day=long_day(since).text)
        if not plan.is_in_force:
            yield said["plan_changed"]
    elif plan.term:
        yield said["plan_none_in_force"]
    if plan.HasField("awaited"):
        yield _awaited(plan.awaited, said, today)
    for key in ("no_strength_because", "not_final_because"):
        if getattr(plan, key):
            yield f"{said[f'plan_{key}']} {getattr(plan, key)}"


def _awaited(version: Any, said: Words, today: date) -> str:
    if not version.HasField("safeguarder_confirm_time"):
        due = from_date(version, "answer_due_date")
        return said.say("plan_awaits_you", day=named_day(due, today).text if due else "")
    return str(said["plan_awaits_manager"])


def _links(steps: Iterable[str], kind: str, one: Any, by: PlanReader) -> tuple[Link, ...]:
    said, place = words("plan")["steps"], f"{by.base}/{COLLECTIONS[kind]}/{id_under(one.name)}"
    return tuple(Link(said[f"{kind}_{step}"], f"{place}/{step}") for step in steps)


def _by(one: Any, field: str, said: Words) -> str:
    return said.say("plan_named_by", name=said["raisers"].get(word_of(one, field), said["somebody"]))


def _strength(one: Any, titles: Mapping[str, str], said: Words) -> Named:
    return Named(titles.get(one.standard, one.standard), one.words, _by(one, "raised_by", said))


def _need(one: Any, titles: Mapping[str, str], by: PlanReader) -> Named:
    said = by.said
    stands = f"{said['needs'][word_of(one, 'state')]} {one.because or one.carried_because}".rstrip()
    return Named(
        titles.get(one.standard, one.standard),
        one.words,
        f"{_by(one, 'raised_by', said)} {stands}",
        _links(possible.of_need(one, by.role), "need", one, by),
    )


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
        steps=_links(possible.of_action(one, by.role, today), "action", one, by),
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
        steps=_own_answer(one) if by.role == OWN else _links(possible.of_support(one, by.role), "support", one, by),
    )


def _own_answer(support: Any) -> tuple[Link, ...]:
    """Return the way to the page on which a Safeguarder answers a support, or says whether they received it."""
    answer = possible.own_answer(support)
    return (Link(words("answers")["h1"][answer], href_of(answer, support.name)),) if answer else ()


def _review(one: Any, plan: Any, by: PlanReader) -> Entry:
    said, held = by.said, from_date(one, "held_date")
    aims = {action.name: action.aim for action in plan.actions}
    sides = (("plan_your_words", one.safeguarder_words), ("plan_correction", one.correction_reason))
    return Entry(
        heading=said.say("plan_review", day=long_day(held).text if held else ""),
        words=one.support_manager_words,
        tag=None,
        lines=tuple(_found(each, aims.get(each.action, ""), said) for each in one.actions),
        day_says="",
        day=None,
        left="",
        said=tuple(Said(said[whose], text) for whose, text in sides if text),
        steps=_links(possible.of_review(one, by.role), "review", one, by),
    )


def _found(reviewed: Any, aim: str, said: Words) -> str:
    """Return what was found of an action: how it ended, or until when it has more time."""
    later = from_date(reviewed, "extended_date")
    if later:
        return said.say("plan_more_time", aim=aim, day=long_day(later).text)
    return said.say("plan_found", aim=aim, found=said["actions"][word_of(reviewed, "outcome")])


def _approach(one: Any, by: PlanReader) -> Entry:
    said, state = by.said, word_of(one, "state")
    is_read = one.HasField("acknowledge_date")
    own = (Link(words("answers")["h1"]["approach"], href_of("approach", one.name)),)
    return Entry(
        heading=said["approaches"][word_of(one, "to_approach")],
        words=one.expectation,
        tag=Tag(said["approach_states"][state], GREY),
        lines=tuple(_of_approach(one, said)),
        day_says="",
        day=None,
        left="",
        said=(Said(said["plan_because"], one.because),) if one.because else (),
        steps=(own if state == "served" and not is_read else ())
        if by.role == OWN
        else _links(possible.of_approach(one, by.role), "approach", one, by),
    )


def _of_approach(one: Any, said: Words) -> Iterator[str]:
    for field in ("serve_date", "acknowledge_date", "stands_from_date"):
        day = from_date(one, field)
        if day:
            yield said.say(f"plan_{field}", day=long_day(day).text)
    if one.end_words:
        yield one.end_words
