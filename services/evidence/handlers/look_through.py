"""A look through items of earlier releases, which were neither screened nor knew the body of their sender (P19, P23).

Nothing that counts or was decided changes by a text. The Team is told, and looks.
"""

from collections.abc import Callable
from datetime import date, datetime

from services.child_screen import signs_of_a_child
from services.evidence.domain.evidence_item import EvidenceItem, ItemState
from services.evidence.domain.life_of_an_item import identify
from services.evidence.ports import File


def look_through(file: File, body_of: Callable[[str], str], today: date, now: datetime, most: int) -> None:
    """Look through at most `most` items.

    `body_of`: the body whose system a sender is; empty for a person, and for a system that nobody knows any more.
    """
    after = []
    for item in file.not_looked_through(most):
        seen = _screened(item, today.year)
        body = item.sent_for or body_of(item.sender)
        if body != item.sent_for:
            seen = seen._replace(sent_for=body)
            # Rules count the items of one body as one voice, so they must know the body. No other state counts.
            if item.state is ItemState.CURRENT:
                seen = identify(seen, now)
                file.change(seen, "identified")
        after.append(seen)
    file.looked_through(after)
    if any(item.to_look_at for item in after):
        file.say_held(now)


def _screened(item: EvidenceItem, year: int) -> EvidenceItem:
    """Return an item with the texts that a person has to look at. All texts of a held item wait already."""
    if item.state is ItemState.HELD:
        return item
    named = {words for words, text in item.texts.items() if signs_of_a_child(text, year)}
    return item._replace(to_look_at=item.to_look_at | named)
