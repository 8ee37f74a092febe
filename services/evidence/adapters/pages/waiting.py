"""Items that wait for staff, in the current transaction."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import NamedTuple

from sqlalchemy import TextClause, text

from services.evidence.adapters.store import SqlFile, Which
from services.evidence.domain.evidence_item import ComplaintOutcome, EvidenceItem, ItemState


class Waiting(NamedTuple):
    """How items are found that wait for one thing: a condition on their rows, and what else must hold."""

    rows: TextClause
    """Written as in the partial index of these items, or SQLite would not use it."""
    waits: Callable[[EvidenceItem], bool]


WAITING: Mapping[str, Waiting] = {
    "mapping": Waiting(text("standards = '  '"), lambda item: not item.content.mappings),
    "sharing": Waiting(text("NOT open_to_the_person"), lambda item: bool(item.content.mappings)),
    "outcome": Waiting(
        text("kind = 'complaint'"), lambda item: item.content.complaint_outcome is ComplaintOutcome.PENDING
    ),
}
"""By the words of the contract."""


def waiting_page(
    file: SqlFile, which: Which, waiting_for: str, after: tuple[str, str] | None, most: int
) -> list[EvidenceItem]:
    """Return items that wait for something after a place in the list, newest first."""
    waiting, found = WAITING[waiting_for], list[EvidenceItem]()
    while len(found) < most:
        # What was withdrawn or corrected stands in no column, so a page is read on until it is full.
        page = file.page(replace(which, besides=(waiting.rows,)), after, most)
        found += [item for item in page if item.state is ItemState.CURRENT and waiting.waits(item)]
        if len(page) < most:
            break
        after = page[-1].content.received_on.isoformat(), page[-1].evidence_id
    return found[:most]
