"""One matter: why it was raised, what it rests on, what would clear it, what happened, and which steps are possible."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from services.calendar_days import london_today
from services.client.words import LANES, enum_of, word_of
from services.console.days import Day, long_day, named_day
from services.console.views.days_left import days_left
from services.console.views.heading import Heading, Link
from services.console.views.parts import COLOURS, GREY, Away, Found, Tag, says_away, titles_of_rules
from services.console.words import name_of, words
from services.platform.calls.wire import from_date, from_instant, to_word

OF_A_STAGE = "state"
"""The guard of a step that belongs to another stage of a matter."""


@dataclass(frozen=True, slots=True)
class Items:
    """Items of one kind: what each is, and what it says or why it does not count."""

    heading: str
    rows: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Past:
    """A step that was made."""

    day: Day
    says: str
    by: str


@dataclass(frozen=True, slots=True)
class Step:
    """A step and what stands in its way; `why` is empty for one that is possible."""

    name: str
    why: str


@dataclass(frozen=True, slots=True)
class MatterView:
    """The page."""

    heading: Heading
    person: str
    because: str
    tags: tuple[Tag, ...]
    day_says: str
    day: Day | None
    left: str
    stands: str
    rests_on: tuple[Items, ...]
    clears: str
    rule: Link
    source: str
    possible: tuple[Step, ...]
    blocked: tuple[Step, ...]
    history: tuple[Past, ...]
    seen_by: str
    away: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class AskedMatter:
    """What the services answered for the page, and who asks."""

    concern: Any
    rules: Found[Any] | Away
    person: Found[Any] | Away
    people: Found[Mapping[str, str]] | Away
    reader: str


def build(asked: AskedMatter, now: datetime, today: date) -> MatterView:
    """Return the page."""
    said, concern = words("matter"), asked.concern
    titles = titles_of_rules(asked.rules)
    lane, state = word_of(concern, "lane"), word_of(concern, "state")
    title = titles.get(concern.rule, LANES[lane])
    name = asked.person.answer.display_name if isinstance(asked.person, Found) else said["somebody"]
    due = from_date(concern, "next_date" if concern.owner else "respond_by_date")
    explanation = concern.explanation
    return MatterView(
        heading=Heading(title, f"{title} - {said['section']}", "today", Link(said["back"], "/today")),
        person=name,
        because=explanation.because,
        tags=(Tag(LANES[lane], COLOURS.get(lane, GREY)), Tag(words("layout")["states"][state], GREY)),
        day_says=said["next_date" if concern.owner else "answer_by"] if due else "",
        day=named_day(due, today) if due else None,
        left=days_left(due, today) if due else "",
        stands=_stands(asked, state),
        rests_on=tuple(_rests_on(explanation)),
        clears=explanation.clears_if.text,
        rule=Link(titles.get(concern.rule, said["rule"]), f"/rules/{concern.rule}"),
        source=explanation.source,
        possible=tuple(_steps(concern, ((move, "") for move in concern.allowed_moves))),
        blocked=tuple(_blocked(concern)),
        history=tuple(_past(step, asked, today) for step in reversed(concern.steps)),
        seen_by=said["seen_not_yet" if concern.quiet or lane == "safety" else "seen"].format(name=name),
        away=tuple(says_away((asked.rules, asked.person, asked.people), now)),
    )


def people_in(concern: Any) -> list[str]:
    """Return the ids of the people who took on a matter or made a step, each once."""
    acted = [concern.owner, *(step.person for step in concern.steps)]
    return [one for one in dict.fromkeys(acted) if one not in ("", "calendar")]


def _stands(asked: AskedMatter, state: str) -> str:
    said, concern = words("matter"), asked.concern
    if concern.quiet:
        return str(said["quiet"])
    if concern.closing_proposed:
        return str(said["closing_proposed"])
    if not concern.owner:
        return str(said["nobody"] if state in ("raised", "reopened") else "")
    if concern.owner == asked.reader:
        return str(said["yours"])
    return str(said.say("with", name=_called(concern.owner, asked)))


def _rests_on(explanation: Any) -> Iterator[Items]:
    """Yield the items by what they do. What counts is listed once, also if it is praise; praise is never left out."""
    said = words("matter")
    seen = {item.evidence_id for item in explanation.counted if word_of(item, "role") == "seen"}
    counted = [item for item in explanation.counted if item.evidence_id not in seen]
    shown = {item.evidence_id for item in counted}
    praise = [item for item in explanation.praise if item.evidence_id not in shown]
    kinds: tuple[tuple[str, Sequence[Any]], ...] = (
        ("counted", counted),
        ("owed", explanation.duties),
        ("praise", praise),
        ("not_counted", explanation.not_counted),
        ("seen_items", [item for item in explanation.counted if item.evidence_id in seen]),
    )
    for kind, items in kinds:
        if items:
            rows = tuple(_item(item, dated=kind == "not_counted") for item in items)
            yield Items(said.say(kind, n=len(items)), rows)


def _item(item: Any, *, dated: bool) -> str:
    day = from_date(item, "happened_date") if dated else None
    # The heading above says already what an item does.
    role = f", {word_of(item, 'role')}" if "role" in item.DESCRIPTOR.fields_by_name else ""
    text = f"{long_day(day).text}: {item.text}" if day else item.text.replace(role, "", 1)
    return text[0].upper() + text[1:]


def _steps(concern: Any, found: Iterable[tuple[int, str]]) -> Iterator[Step]:
    names, moves = words("matter")["steps"], enum_of(concern, "allowed_moves")
    for move, why in found:
        word = to_word(moves, move)
        if word in names:
            yield Step(names[word], why)


def _blocked(concern: Any) -> Iterator[Step]:
    """Yield the steps that are not possible with their guards' sentences. One of another stage says which it is not."""
    said, moves = words("matter"), enum_of(concern, "allowed_moves")
    for one in concern.blocked_moves:
        stage = said["stages"].get(to_word(moves, one.move), said["stage"])
        yield from _steps(concern, [(one.move, stage if one.guard == OF_A_STAGE else one.sentence)])


def _past(step: Any, asked: AskedMatter, today: date) -> Past:
    said = words("matter")
    moved = london_today(from_instant(step.move_time))
    move = word_of(step, "move")
    reason = ", ".join(word.replace("_", " ") for word in step.word.split())
    says = said["past"].get(move, move.replace("_", " ").capitalize())
    by = said["calendar"] if step.person == "calendar" else _called(step.person, asked)
    return Past(named_day(moved, today), f"{says}: {reason}" if reason else says, by)


def _called(person: str, asked: AskedMatter) -> str:
    known = asked.people.answer if isinstance(asked.people, Found) else {}
    return known.get(person, "") or name_of(person)
