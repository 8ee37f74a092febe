"""The text of a recommendation on its page: each criterion, the conditions or the time, and where each is written."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from services.client.words import enum_of, word_of
from services.console.days import long_day
from services.console.forms.recommendations.parts import CONDITION, CRITERION, OUTCOME, TIME, Part
from services.console.views.asked import known
from services.console.views.heading import Link
from services.console.views.recommendations.asked import AskedRecommendation
from services.console.views.recommendations.lists import FOLDER
from services.console.words import words
from services.platform.calls.wire import from_date, to_word


@dataclass(frozen=True, slots=True)
class Line:
    """A part of the text, with where the Team changes it or takes it out."""

    text: str
    links: tuple[Link, ...] = ()


@dataclass(frozen=True, slots=True)
class CriterionRow:
    """A criterion: what is asked, the answer, why, and how much it rests on."""

    what: str
    answer: str
    words: str
    rests_on: str = ""
    links: tuple[Link, ...] = ()


@dataclass(frozen=True, slots=True)
class TextView:
    """The text. `open_criteria`: what isn't answered yet. `adds`: what else the Team can write."""

    about: Line
    criteria: tuple[CriterionRow, ...]
    open_criteria: tuple[Line, ...]
    conditions: tuple[Line, ...]
    adds: tuple[Link, ...]


def text_of(asked: AskedRecommendation) -> TextView:
    """Return the text as its page shows it."""
    said, one = words(FOLDER), asked.one
    answered = {word_of(each, "what") for each in one.text.criteria}
    kinds = enum_of(one, "criteria_needed")
    needed = [to_word(kinds, value) for value in one.criteria_needed]
    matters = said.say("about_matters", n=len(one.text.concerns)) if one.text.concerns else ""
    return TextView(
        about=Line(matters, _links(asked, Part(OUTCOME), "change_outcome")),
        criteria=tuple(_criterion(asked, each) for each in one.text.criteria),
        open_criteria=tuple(
            Line(known(said["criteria"], word), _links(asked, Part(CRITERION, word), "write"))
            for word in needed
            if word not in answered
        ),
        conditions=tuple(_conditions(asked)),
        adds=tuple(_adds(asked)),
    )


def address_of(asked: AskedRecommendation, part: Part) -> str:
    """Return where a part is written."""
    return f"{asked.path}/text/{part.id}"


def _links(asked: AskedRecommendation, part: Part, *names: str) -> tuple[Link, ...]:
    """Return the links to what the reader can do with a part; none for others than the Team."""
    if not asked.writes:
        return ()
    said, address = words(FOLDER), address_of(asked, part)
    return tuple(Link(said[name], f"{address}/take-out" if name == "take_out" else address) for name in names)


def _criterion(asked: AskedRecommendation, one: Any) -> CriterionRow:
    said, word = words(FOLDER), word_of(one, "what")
    return CriterionRow(
        known(said["criteria"], word),
        known(said["answers"], word_of(one, "answer")),
        one.words,
        said.say("rests_on", n=len(one.names)) if one.names else "",
        _links(asked, Part(CRITERION, word), "change", "take_out"),
    )


def _conditions(asked: AskedRecommendation) -> Iterator[Line]:
    text = asked.one.text
    for place, one in enumerate(text.conditions, 1):
        yield Line(condition_says(one), _links(asked, Part(CONDITION, place=place), "change", "take_out"))
    if text.HasField("more_time"):
        yield Line(time_says(text.more_time), _links(asked, Part(TIME), "change", "take_out"))


def condition_says(one: Any) -> str:
    """Return a condition in a sentence."""
    due = from_date(one, "due_date")
    day = long_day(due).text if due else ""
    return words(FOLDER).say("condition", words=one.words, measure=one.measure, day=day, support=one.support)


def time_says(one: Any) -> str:
    """Return the time in a sentence."""
    until = from_date(one, "until_date")
    day = long_day(until).text if until else ""
    return words(FOLDER).say("more_time", day=day, what=one.what, where=one.where_from)


def _adds(asked: AskedRecommendation) -> Iterator[Link]:
    outcome, text = word_of(asked.one.text, "outcome"), asked.one.text
    if outcome == "with_conditions":
        yield from _links(asked, Part(CONDITION), "add_condition")
    if outcome == "more_time" and not text.HasField("more_time"):
        yield from _links(asked, Part(TIME), "add_time")
