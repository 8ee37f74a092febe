"""What the handlers of this service need from outside."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Protocol

from services.scheduling.domain.events import Event
from services.scheduling.domain.identifiers import Region, SafeguarderId, SupportManagerId
from services.scheduling.domain.schedule import Schedule


class Schedules(Protocol):
    """The schedules of all Safeguarders, in the transaction at hand."""

    def find(self, safeguarder_id: SafeguarderId) -> Schedule | None:
        """The schedule, or None."""
        ...

    def engaged_at(self, support_manager: SupportManagerId, apart_from: SafeguarderId) -> frozenset[datetime]:
        """Starts of the support manager's open sessions to come with all but one Safeguarder."""
        ...

    def allocated(self) -> Mapping[SupportManagerId, int]:
        """How many Safeguarders each support manager has now; those with none may be left out."""
        ...

    def keep(self, before: Schedule, after: Schedule, events: Sequence[Event]) -> None:
        """Store what has changed, and publish what happened."""
        ...


class SupportManagers(Protocol):
    """The Team's support managers."""

    def regions(self) -> Mapping[SupportManagerId, Region]:
        """The region of each."""
        ...
