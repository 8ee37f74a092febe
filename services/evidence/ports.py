"""Interfaces between the handlers and the store of this service."""

from collections.abc import Sequence
from datetime import datetime
from typing import Protocol

from services.evidence.domain.complaints.stages import ComplaintNumbers
from services.evidence.domain.evidence_item import EvidenceItem, Kind
from services.evidence.domain.recommendations.of_a_concern import Recommendation
from services.evidence.domain.report_sample import ReportsNotAvailable
from services.evidence.domain.safeguarder import Safeguarder
from services.evidence.domain.senders import Bodies
from services.evidence.domain.standards import KnownEdition
from services.evidence.domain.time_away import TimeAway


class Register(Protocol):
    """The register of Safeguarders, in the current transaction."""

    def find(self, safeguarder_id: str) -> Safeguarder | None:
        """Return the entry of a Safeguarder, or None."""
        ...

    def find_many(self, safeguarder_ids: Sequence[str]) -> dict[str, Safeguarder]:
        """Return the entries that exist, by id."""
        ...

    def known_areas(self) -> frozenset[str]:
        """Return the ids of the areas a Safeguarder can serve."""
        ...

    def bodies(self) -> Bodies:
        """Return the bodies whose systems send evidence, by name."""
        ...

    def own_kinds(self) -> frozenset[Kind]:
        """Return the kinds of evidence that a Safeguarder records about themselves."""
        ...

    def complaint_numbers(self) -> ComplaintNumbers:
        """Return the time limits of complaints."""
        ...

    def add(self, safeguarder: Safeguarder) -> None:
        """Add a person."""
        ...

    def find_number(self, panel_number: str) -> Safeguarder | None:
        """Return the entry of the person with a panel number, or None."""
        ...

    def everybody(self) -> Sequence[Safeguarder]:
        """Return every entry, in order of id."""
        ...

    def set_number(self, safeguarder: Safeguarder) -> None:
        """Store the panel number of a person."""
        ...

    def publish_reports_not_available(self, missing: ReportsNotAvailable) -> None:
        """Publish that reports of a person could not be sampled. The outbox keeps the event for good."""
        ...


class Told(Protocol):
    """How often the caller has been told in 24 hours that a person was no member, in the current transaction (P20)."""

    def count(self, subject: str) -> int:
        """Return how often the caller has been told so about a person."""
        ...

    def add(self, subject: str, *, refused: bool = False) -> None:
        """Note that the caller is told so about a person. `refused`: that they asked once too often."""
        ...


class TimesAway(Protocol):
    """Leave and suspension, in the current transaction."""

    def of(self, safeguarder_id: str) -> Sequence[TimeAway]:
        """Return a person's times away as they were last recorded, latest first."""
        ...

    def versions_of(self, safeguarder_id: str) -> Sequence[TimeAway]:
        """Return every version of a person's times away."""
        ...

    def record(self, away: TimeAway) -> None:
        """Store a version of a time away, and publish it."""
        ...


class Recommendations(Protocol):
    """The Team's recommendations that stand, in the current transaction."""

    def find(self, concern_id: str) -> Recommendation | None:
        """Return the recommendation that stands on a concern, or None."""
        ...


class File(Protocol):
    """The personal files, in the current transaction."""

    def find(self, evidence_id: str) -> EvidenceItem | None:
        """Return the item, or None."""
        ...

    def find_many(self, evidence_ids: Sequence[str]) -> dict[str, EvidenceItem]:
        """Return the items that exist, by id."""
        ...

    def of_cases(self, cases: Sequence[tuple[str, str]]) -> list[EvidenceItem]:
        """Return all items with these pairs of Safeguarder and case reference, oldest first, whatever their state."""
        ...

    def of_kind(self, safeguarder_id: str, kind: Kind) -> list[EvidenceItem]:
        """Return a person's items of one kind, newest first."""
        ...

    def complaints_about(self, people: Sequence[str]) -> list[EvidenceItem]:
        """Return the complaints about these people, newest first, whatever their state."""
        ...

    def of_person(self, safeguarder_id: str) -> list[EvidenceItem]:
        """Return a person's items, newest first."""
        ...

    def record(self, items: Sequence[EvidenceItem]) -> None:
        """Add new items and publish each as recorded. Publish that something is held, if one of them is."""
        ...

    def change(self, item: EvidenceItem, what: str) -> None:
        """Store a new version and publish it.

        `what` is `identified`, `mapped`, `shared`, `reply_time_moved`, `replied`, `decided`, `superseded` or
        `withdrawn`.
        """
        ...

    def put_texts(self, item: EvidenceItem) -> None:
        """Store the texts of an item, and which of them a person has still to look at. No service has them."""
        ...

    def not_looked_through(self, most: int) -> list[EvidenceItem]:
        """Return items of earlier releases that nobody has looked through."""
        ...

    def looked_through(self, items: Sequence[EvidenceItem]) -> None:
        """Store what was found in items of earlier releases, and do not return them again."""
        ...

    def say_held(self, now: datetime) -> None:
        """Publish that something is held."""
        ...

    def editions(self) -> Sequence[KnownEdition]:
        """Return the known editions of the Practice Standards."""
        ...
