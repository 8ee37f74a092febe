"""What the parts of a recommendation let choose from: matters that are open, and what is in its pack, in words."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from services.client.words import word_of
from services.console.days import long_day
from services.console.views.my_file.items import Voice, title_of
from services.console.views.my_file.matters import OVER
from services.console.views.parts import Away, Found
from services.console.views.recommendations.lists import FOLDER
from services.console.words import words
from services.platform.calls.wire import from_date

NOT_PRACTICE = ("excellence", "data_gap")
"""Lanes of matters that no recommendation is about: praise, and what the Team owes."""
OF_STAFF = Voice("people", "")
NOT_ASKED: Found[Any] | Away = Away("")


@dataclass(frozen=True, slots=True)
class Beside:
    """What is asked for beside a recommendation. Each part needs some of it."""

    concerns: Found[Any] | Away = NOT_ASKED
    items: Found[Any] | Away = NOT_ASKED
    plan: Found[Any] | Away = NOT_ASKED
    editions: Found[Any] | Away = NOT_ASKED


def below(name: str) -> str:
    """Return a name of a record without the person before it."""
    return name.split("/", 2)[2]


def matters(found: Found[Any] | Away, named: tuple[str, ...] = ()) -> Iterator[tuple[str, str]]:
    """Yield the matters that are open, and those that are `named` already, so that they can be taken out."""
    if isinstance(found, Away):
        return
    listed = {one.name: one for one in found.answer.concerns if word_of(one, "state") not in OVER}
    for name, one in listed.items():
        if word_of(one, "lane") not in NOT_PRACTICE or name in named:
            yield below(name), one.explanation.because
    for name in named:
        if name not in listed:
            yield below(name), words(FOLDER)["a_matter_over"]


def in_pack(pack: Any, beside: Beside, named: tuple[str, ...] = ()) -> Iterator[tuple[str, str]]:
    """Yield everything in a pack, and what is `named` and not in it, so that it can be taken out.

    In each section the latest stands first.
    """
    called, said = dict(_called(beside)), words(FOLDER)
    latest_first = sorted(pack.entries, key=lambda entry: from_date(entry, "happened_date") or date.min, reverse=True)
    held = {entry.name: entry for entry in sorted(latest_first, key=lambda entry: entry.section)}
    for name, entry in held.items():
        happened = from_date(entry, "happened_date")
        day = f", {long_day(happened).text}" if happened else ""
        section = word_of(entry, "section")
        yield below(name), f"{called.get(name) or said['one_of'].get(section, section)}{day}"
    for name in named:
        if name not in held:
            yield below(name), said["not_in_pack"]


def _called(beside: Beside) -> Iterator[tuple[str, str]]:
    """Yield what is called by more than its kind: items, and what is in the plan."""
    one_of: Mapping[str, str] = words(FOLDER)["one_of"]
    if isinstance(beside.items, Found):
        yield from ((item.name, title_of(item, OF_STAFF)) for item in beside.items.answer.evidence_items)
    if isinstance(beside.plan, Away):
        return
    plan = beside.plan.answer
    for kind, parts, field in (
        ("strength", plan.strengths, "words"),
        ("need", plan.needs, "words"),
        ("action", plan.actions, "aim"),
        ("support", plan.supports, "words"),
        ("approach_change", plan.approach_changes, "expectation"),
    ):
        for one in parts:
            text = getattr(one, field)
            yield one.name, f"{one_of[kind]}: {text}" if text else one_of[kind]


def standards(editions: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    """Yield the standards, without their indicators."""
    yield from ((one, text) for one, text in editions.items() if "." not in one)


def earliest(today: date) -> str:
    """Return a day as an example of what is typed."""
    return f"{today.day} {today.month} {today.year + 1}"
