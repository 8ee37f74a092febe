"""What the handlers of this service need from outside."""

from collections.abc import Sequence
from typing import Protocol

from services.evidence.domain.evidence_item import EvidenceItem
from services.evidence.domain.report_sample import ReportsNotAvailable
from services.evidence.domain.safeguarder import Decision, Safeguarder
from services.evidence.domain.standards import KnownEdition


class Register(Protocol):
    """The register of Safeguarders, in the transaction at hand."""

    def find(self, safeguarder_id: str) -> Safeguarder | None:
        """The entry, or None."""
        ...

    def find_many(self, safeguarder_ids: Sequence[str]) -> dict[str, Safeguarder]:
        """The entries that exist, by id."""
        ...

    def known_areas(self) -> frozenset[str]:
        """Ids of the areas a Safeguarder can serve."""
        ...

    def add(self, safeguarder: Safeguarder) -> None:
        """Enter a person."""
        ...

    def decided(self, safeguarder: Safeguarder, decision: Decision) -> None:
        """Store the entry after a decision, and publish the appointment or the end."""
        ...

    def had_no_reports(self, found: ReportsNotAvailable) -> None:
        """Publish that reports of a person were not there to be sampled. What is published is kept for good."""
        ...


class File(Protocol):
    """The personal files, in the transaction at hand."""

    def find(self, evidence_id: str) -> EvidenceItem | None:
        """The item, or None."""
        ...

    def find_many(self, evidence_ids: Sequence[str]) -> dict[str, EvidenceItem]:
        """The items that exist, by id."""
        ...

    def record(self, items: Sequence[EvidenceItem]) -> None:
        """Add new items, and publish each as recorded."""
        ...

    def change(self, item: EvidenceItem, what: str) -> None:
        """Store a new version, and publish it: `mapped`, `shared`, `replied`, `decided`, `superseded`, `withdrawn`."""
        ...

    def editions(self) -> Sequence[KnownEdition]:
        """The standards editions known here."""
        ...
