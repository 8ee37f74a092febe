"""Items of evidence on a person's file, as the Team and their manager read them."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any

from services.console.views.form import Told
from services.console.views.heading import Heading, Link
from services.console.views.my_file.items import ItemRow, ItemView, Voice, build_item, rows_of, titles_known
from services.console.views.parts import Away, Found, Step, says_away
from services.console.views.people.choices import Limits, Select, pages_of, select_of
from services.console.views.people.frame import AskedPerson, PersonFrame, frame_of, heading_of
from services.console.words import words

LIMITS = ("standard", "source", "kind", "polarity")
"""What the list can be limited by, in order. They are fields of the contract."""
TABLES = {"source": "sources", "kind": "kinds", "polarity": "polarities"}


@dataclass(frozen=True, slots=True)
class AskedItems:
    """What the services answered: a page of items, and which standards there are."""

    answer: Any
    editions: Found[Any] | Away


@dataclass(frozen=True, slots=True)
class EvidenceView:
    """The list. `limits` limit it, and `pages` lead to its other pages."""

    heading: Heading
    person: PersonFrame
    address: str
    limits: tuple[Select, ...]
    rows: tuple[ItemRow, ...]
    none: str
    pages: tuple[Link, ...]
    away: tuple[str, ...]
    record: Link | None = None
    """Where the reader records something about the person; None if they don't."""
    ask: Link | None = None
    """Where the reader asks somebody for feedback about the person; None if they don't."""


@dataclass(frozen=True, slots=True)
class ItemPageView:
    """One item. `steps`: what the reader can do with it."""

    heading: Heading
    person: PersonFrame
    item: ItemView
    away: tuple[str, ...]
    steps: tuple[Step, ...] = ()
    told: Told | None = None


def voice_of(person: AskedPerson) -> Voice:
    """Return how a page speaks of the items of a person to those who work with them."""
    return Voice("people", f"{person.address}/evidence")


def build_list(person: AskedPerson, asked: AskedItems, limits: Limits, now: datetime, today: date) -> EvidenceView:
    """Return the list, in the order in which it was answered."""
    said, address = words("people"), voice_of(person).base
    rows = rows_of(asked.answer.evidence_items, asked.editions, today, voice_of(person))
    nothing = said["evidence_none_so"] if limits.chosen else said.say("nothing", name=person.name)
    return EvidenceView(
        heading=heading_of("evidence"),
        person=frame_of(person, "evidence", today),
        address=address,
        limits=tuple(select_of(name, offered, limits.chosen.get(name, "")) for name, offered in _offered(asked, today)),
        rows=rows,
        none="" if rows else nothing,
        pages=pages_of(address, limits, asked.answer.next_page_token),
        away=tuple(says_away((*person.parts, asked.editions), now)),
    )


def with_recording(view: EvidenceView, href: str) -> EvidenceView:
    """Return the list with the way to record something about the person."""
    return replace(view, record=Link(words("people")["record"], href))


def with_asking(view: EvidenceView, href: str) -> EvidenceView:
    """Return the list with the way to ask somebody for feedback about the person."""
    return replace(view, ask=Link(words("feedback")["links"]["ask_feedback"], href))


def _offered(asked: AskedItems, today: date) -> Iterator[tuple[str, Mapping[str, str]]]:
    """Yield what can be chosen for each limit. While nobody answers which standards there are, none is offered."""
    said = words("people")
    standards = {known: title for known, title in titles_known(asked.editions, today).items() if "." not in known}
    for name in LIMITS:
        texts = standards if name == "standard" else said[TABLES[name]]
        if texts:
            yield name, {value: text[:1].upper() + text[1:] for value, text in texts.items()}


def build_one(person: AskedPerson, item: Any, editions: Found[Any] | Away, now: datetime, today: date) -> ItemPageView:
    """Return one item."""
    shown = build_item(item, editions, now, today, voice_of(person))
    return ItemPageView(
        heading=shown.heading,
        person=frame_of(person, "evidence", today),
        item=shown,
        away=tuple(says_away((*person.parts, editions), now)),
    )


def with_steps(view: ItemPageView, steps: tuple[Step, ...], told: Told | None = None) -> ItemPageView:
    """Return the page of an item with what the reader can do with it, and the message of the form before it."""
    return replace(view, steps=steps, told=told)
