"""What scheduling itself knows of who may read a file, as far as somebody owes something because of it."""

from dataclasses import dataclass
from datetime import date

from services.scheduling.domain.identifiers import AccessId, LinkId


@dataclass(frozen=True, slots=True)
class StandingLink:
    """A declared link that keeps a member of staff from the Safeguarder's matters."""

    link_id: LinkId
    person: str
    declared_on: date

    @property
    def about(self) -> str:
        """Its name under the Safeguarder."""
        return f"personLinks/{self.link_id}"


@dataclass(frozen=True, slots=True)
class AccessToReview:
    """An emergency access that nobody has reviewed yet."""

    access_id: AccessId
    opened_on: date
    due_on: date

    @property
    def about(self) -> str:
        """Its name under the Safeguarder."""
        return f"emergencyAccesses/{self.access_id}"

    @property
    def days(self) -> tuple[date, date]:
        """The day from which the review is counted, and its last day."""
        return self.opened_on, self.due_on
