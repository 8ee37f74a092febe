"""What on file may be about the same thing as an item that somebody is about to record (P17).

It decides nothing. Two people may say much the same of one day, so it is shown to the person who records it.
"""

from collections.abc import Iterable
from datetime import timedelta
from enum import StrEnum
from typing import NamedTuple

from services.evidence.domain.deliveries import words_of
from services.evidence.domain.evidence_item import DERIVED, Content, EvidenceItem, ItemState

NEAR = timedelta(days=7)
"""Ours: how far apart two people may date one event. Somebody who rings often says only *last week*."""
MOST = 10
"""Items that a person can compare at once."""


class Likeness(StrEnum):
    """In what an item resembles another, the surest first."""

    SAME_WORDS = "same_words"
    SAME_CASE = "same_case"
    SAME_DAY = "same_day"
    NEAR_DAY = "near_day"


class Similar(NamedTuple):
    """An item on file, and in what it resembles another."""

    item: EvidenceItem
    likeness: tuple[Likeness, ...]


def similar_items(sent: Content, items: Iterable[EvidenceItem]) -> list[Similar]:
    """Return the items that may be about the same thing, the surest first, and at most MOST of them.

    What was withdrawn or corrected is not on file any more, and what follows from an action is nothing that anybody
    records.
    """
    on_file = (item for item in items if item.state in (ItemState.CURRENT, ItemState.HELD))
    found = [
        Similar(item, likeness)
        for item in on_file
        if item.content.kind not in DERIVED and (likeness := _likeness(sent, item.content))
    ]
    order = list(Likeness)
    found.sort(key=lambda one: (order.index(one.likeness[0]), abs(one.item.content.happened_on - sent.happened_on)))
    return found[:MOST]


def _likeness(sent: Content, held: Content) -> tuple[Likeness, ...]:
    words = words_of(sent.summary)
    found = [Likeness.SAME_WORDS] if words and words == words_of(held.summary) else []
    cases = {sent.case_reference, held.case_reference} - {""}
    if sent.source == held.source and len(cases) < 2:
        apart = abs(sent.happened_on - held.happened_on)
        if sent.case_reference and held.case_reference:
            found.append(Likeness.SAME_CASE)
        if not apart:
            found.append(Likeness.SAME_DAY)
        elif apart <= NEAR:
            found.append(Likeness.NEAR_DAY)
    return tuple(found)
