"""Items of evidence on a person's file, as the Team and their manager read them."""

from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any

from services.console.views.form import Told
from services.console.views.heading import Heading, Link
from services.console.views.my_file.items import ItemRow, ItemView, Voice, build_item, rows_of
from services.console.views.parts import Away, Found, Step, says_away
from services.console.views.people.frame import AskedPerson, PersonFrame, frame_of, heading_of
from services.console.words import words


@dataclass(frozen=True, slots=True)
class EvidenceView:
    """The list. `more` says that it goes on."""

    heading: Heading
    person: PersonFrame
    rows: tuple[ItemRow, ...]
    none: str
    more: str
    away: tuple[str, ...]
    record: Link | None = None
    """Where the reader records something about the person; None if they don't."""


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


def build_list(
    person: AskedPerson, answer: Any, editions: Found[Any] | Away, now: datetime, today: date
) -> EvidenceView:
    """Return the list, in the order in which it was answered."""
    said = words("people")
    rows = rows_of(answer.evidence_items, editions, today, voice_of(person))
    return EvidenceView(
        heading=heading_of("evidence"),
        person=frame_of(person, "evidence", today),
        rows=rows,
        none="" if rows else said.say("nothing", name=person.name),
        more=said.say("evidence_newest", n=len(rows)) if answer.next_page_token else "",
        away=tuple(says_away((*person.parts, editions), now)),
    )


def with_recording(view: EvidenceView, href: str) -> EvidenceView:
    """Return the list with the way to record something about the person."""
    return replace(view, record=Link(words("people")["record"], href))


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
