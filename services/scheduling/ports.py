"""Interfaces between the handlers and the adapters of this service."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Protocol

from services.scheduling.domain.cover import Delegation, PersonLink
from services.scheduling.domain.duties.cover import AccessToReview
from services.scheduling.domain.duties.duties import Duty
from services.scheduling.domain.duties.facts import Fact
from services.scheduling.domain.emergency import EmergencyAccess
from services.scheduling.domain.events import DutyChanged, Event
from services.scheduling.domain.identifiers import Region, SafeguarderId, SupportManagerId, TrainingEventId
from services.scheduling.domain.obligations.trainings import TrainingEvent
from services.scheduling.domain.schedule import Schedule


class Schedules(Protocol):
    """The schedules of all Safeguarders, in the current transaction."""

    def find(self, safeguarder_id: SafeguarderId) -> Schedule | None:
        """Return the schedule of a Safeguarder, or None."""
        ...

    def engaged_at(self, support_manager: SupportManagerId, apart_from: SafeguarderId) -> frozenset[datetime]:
        """Return the start times of a support manager's open future sessions, except those with one Safeguarder."""
        ...

    def allocated(self) -> Mapping[SupportManagerId, int]:
        """Return how many Safeguarders each support manager has now. A manager with none may be missing."""
        ...

    def serving(self, day: date) -> Sequence[SafeguarderId]:
        """Return the ids of everyone whose membership reaches a day."""
        ...

    def put(self, before: Schedule, after: Schedule, events: Sequence[Event]) -> None:
        """Store what changed between two versions of a schedule, and publish the events.

        Only `SchedulingContext.keep` calls it, because it numbers the sessions that changed.
        """
        ...


class Duties(Protocol):
    """The duties, and the facts that they are worked out from, in the current transaction."""

    def of(self, safeguarder_id: SafeguarderId) -> Sequence[Duty]:
        """Return every duty about a Safeguarder, also those that are over."""
        ...

    def facts(self, safeguarder_id: SafeguarderId) -> Sequence[Fact]:
        """Return the newest version of each record, plan, action and support of a Safeguarder."""
        ...

    def put_fact(self, safeguarder_id: SafeguarderId, fact: Fact) -> None:
        """Store a fact, or replace the one about the same thing."""
        ...

    def put(self, changed: Sequence[Duty], events: Sequence[DutyChanged]) -> None:
        """Store duties that changed, and publish the events."""
        ...


class Covers(Protocol):
    """Delegations and declared links, in the current transaction."""

    def delegations(self, safeguarder_id: SafeguarderId) -> Sequence[Delegation]:
        """Return every delegation about a Safeguarder, the latest first day first."""
        ...

    def delegations_of(self, support_manager: SupportManagerId) -> Sequence[Delegation]:
        """Return every delegation by which others act for a support manager."""
        ...

    def links(self, safeguarder_id: SafeguarderId) -> Sequence[PersonLink]:
        """Return every declared link with a Safeguarder, the newest first."""
        ...

    def put_delegations(self, changed: Sequence[Delegation], now: datetime) -> None:
        """Store delegations that changed, and publish how they stand."""
        ...

    def put_link(self, changed: PersonLink, now: datetime) -> None:
        """Store a link that changed, and publish how it stands."""
        ...


class Emergencies(Protocol):
    """Emergency accesses, in the current transaction."""

    def of(self, safeguarder_id: SafeguarderId) -> Sequence[EmergencyAccess]:
        """Return every emergency access to a file, the newest first."""
        ...

    def to_review(self, safeguarder_id: SafeguarderId) -> tuple[AccessToReview, ...]:
        """Return the emergency accesses to a file that nobody has reviewed yet, the oldest first."""
        ...

    def put(self, changed: EmergencyAccess, now: datetime) -> None:
        """Store an emergency access that changed, and publish how it stands."""
        ...


class Trainings(Protocol):
    """The training events that were recorded, in the current transaction."""

    def find(self, event_id: TrainingEventId) -> TrainingEvent | None:
        """Return the event with this id, or None."""
        ...

    def all(self) -> tuple[TrainingEvent, ...]:
        """Return every event."""
        ...

    def put(self, event: TrainingEvent) -> None:
        """Store an event, or replace the one with its id."""
        ...


class SupportManagers(Protocol):
    """The support managers of the Team, and the other people whom a link can keep from a Safeguarder's matters."""

    def regions(self) -> Mapping[SupportManagerId, Region]:
        """Return the region of each support manager."""
        ...

    def role_of_staff(self, person: str, safeguarder_id: SafeguarderId) -> str:
        """Return the role of a member of staff; empty for anybody else, and for the Safeguarder."""
        ...

    def with_role(self, role: str) -> Sequence[str]:
        """Return the ids of everybody with a role."""
        ...
