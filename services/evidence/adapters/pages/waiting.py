"""Items that wait for staff, in the current transaction."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import NamedTuple

from sqlalchemy import TextClause, text

from services.evidence.adapters.store import SqlFile, Which
from services.evidence.domain.evidence_item import ComplaintOutcome, EvidenceItem, ItemState
from services.platform.calls.pages import read_on


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


ANYTHING = "anything"
"""The word of the contract for any of these."""


def waiting_page(
    file: SqlFile, which: Which, waiting_for: str, after: tuple[str, str] | None, most: int
) -> list[EvidenceItem]:
    """Return items that wait for something after a place in the list, newest first."""
    if waiting_for == ANYTHING:
        # Each is read by its own index. An item may wait for two things, and stands in the list once.
        pages = (waiting_page(file, which, one, after, most) for one in WAITING)
        found = {item.evidence_id: item for page in pages for item in page}
        return sorted(found.values(), key=_place, reverse=True)[:most]
    waiting = WAITING[waiting_for]
    among = replace(which, rows=(waiting.rows,))
    # What was withdrawn or corrected stands in no column.
    return read_on(
        lambda last: file.page(among, last, most),
        lambda page: (item for item in page if item.state is ItemState.CURRENT and waiting.waits(item)),
        _place,
        after,
        most,
    )


def _place(item: EvidenceItem) -> tuple[str, str]:
    return item.content.received_on.isoformat(), item.evidence_id
