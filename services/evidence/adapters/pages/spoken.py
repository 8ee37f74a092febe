"""Items by whom they are from and what they say, in the current transaction. Neither stands in a column."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from services.evidence.domain.evidence_item import EvidenceItem
from services.platform.calls.pages import read_on

Place = tuple[str, str]
Page = Callable[[Place | None, int], Sequence[EvidenceItem]]
"""Returns items after a place in a list."""


@dataclass(frozen=True, slots=True)
class Spoken:
    """What the items of a list are from and say. Empty: no limit. `own`: as the person concerned sees each."""

    source: str = ""
    polarity: str = ""
    standard: str = ""
    own: bool = False

    @property
    def limits(self) -> bool:
        """Return whether anything is limited."""
        return bool(self.source or self.polarity)

    def holds(self, item: EvidenceItem) -> bool:
        """Return whether the list holds an item."""
        seen = item.shown_to_the_person if self.own else item
        if seen is None or (self.source and seen.content.source != self.source):
            return False
        return not self.polarity or any(
            mapping.polarity == self.polarity and self.standard in ("", mapping.standard)
            for mapping in seen.content.mappings
        )


def spoken_page(page: Page, spoken: Spoken, after: Place | None, most: int) -> list[EvidenceItem]:
    """Return the items after a place in a list that are from somebody, or say something."""
    return read_on(
        lambda last: page(last, most),
        lambda items: (item for item in items if spoken.holds(item)),
        lambda item: (item.content.received_on.isoformat(), item.evidence_id),
        after,
        most,
    )
