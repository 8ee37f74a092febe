"""How far a complaint has come, and whose turn it is."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from services.client.words import word_of
from services.console.days import Day, long_day, named_day
from services.console.views.days_left import days_left
from services.console.words import words
from services.platform.calls.wire import from_date

ANSWERS = {"settled": "answer_complaint", "answered": "answer_complaint", "acknowledged": "acknowledge_complaint",
           "stage_2_answered": "investigate_complaint"}  # fmt: skip
"""The time limit that each step meets."""


@dataclass(frozen=True, slots=True)
class Turn:
    """What is owed to the person who complained. Without a day nothing is."""

    says: str
    until: Day | None = None
    left: str = ""


@dataclass(frozen=True, slots=True)
class StageRow:
    """A step, on its day. `note`: whether it was in time, or that it was corrected."""

    text: str
    day: Day | None
    note: str = ""


@dataclass(frozen=True, slots=True)
class ComplaintView:
    """The part of a page. `turns`: what comes next, the earliest day first."""

    heading: str
    turns: tuple[Turn, ...]
    rows: tuple[StageRow, ...]


def build(item: Any, today: date, *, own: bool) -> ComplaintView | None:
    """Return how far a complaint has come; None for any other item.

    `own`: for the person concerned, who isn't shown it before the complaint is shared. For others one without any step
    came from a release that kept none.
    """
    if word_of(item, "kind") != "complaint" or (own and not item.HasField("complaint_stages")):
        return None
    return ComplaintView(words("complaints")["h2"], tuple(_turns(item, today)), tuple(_rows(item)))


def awaited(item: Any) -> list[Any]:
    """Return the time limits that run, the earliest last day first."""
    found = [limit for limit in item.complaint_stages.limits if word_of(limit, "state") == "awaited"]
    return sorted(found, key=lambda limit: from_date(limit, "due_date") or date.max)


def standing(item: Any) -> list[Any]:
    """Return the steps that stand, in order."""
    return [step for step in item.complaint_stages.steps if not step.HasField("taken_out_time")]


def _turns(item: Any, today: date) -> Iterator[Turn]:
    said = words("complaints")
    for limit in awaited(item):
        due = from_date(limit, "due_date") or today
        yield Turn(said["turn"][word_of(limit, "limit")], named_day(due, today), days_left(due, today))
    if not awaited(item) and word_of(item, "state") == "current":
        yield Turn(said["nobody"][_nobodys(item)])


def _nobodys(item: Any) -> str:
    outcome, made = word_of(item, "complaint_outcome"), {word_of(step, "step") for step in standing(item)}
    if outcome != "pending":
        return "withdrawn" if outcome == "withdrawn" else "decided"
    if "stage_2_answered" in made:
        return "to_decide"
    return "answered" if "answered" in made else "no_day"


def _rows(item: Any) -> Iterator[StageRow]:
    said, received = words("complaints"), from_date(item, "received_date")
    yield StageRow(said["received"], long_day(received) if received else None)
    limits = {word_of(limit, "limit"): limit for limit in item.complaint_stages.limits}
    for step in item.complaint_stages.steps:
        on = from_date(step, "date")
        yield StageRow(_text(step), long_day(on) if on else None, _note(step, limits))


def _text(step: Any) -> str:
    said, until = words("complaints"), from_date(step, "due_date")
    if until is None:
        return str(said["steps"][word_of(step, "step")])
    return said.say("extended", day=long_day(until).text, reason=said["reasons"][word_of(step, "extension_reason")])


def _note(step: Any, limits: dict[str, Any]) -> str:
    """Return whether a step was in time. A step that was corrected says only that."""
    said = words("complaints")
    if step.HasField("taken_out_time"):
        return str(said["corrected"])
    limit, on = limits.get(ANSWERS.get(word_of(step, "step"), "")), from_date(step, "date")
    due = from_date(limit, "due_date") if limit is not None else None
    if due is None or on is None:
        return ""
    return said.say("in_time" if on <= due else "late", day=long_day(due).text)
