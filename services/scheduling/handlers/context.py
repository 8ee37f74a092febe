"""What every handler works with: the schedules, the Team, the numbers, and the time."""

import uuid
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime

from services.calendar_days import london_today
from services.refusals import not_found
from services.scheduling.domain.identifiers import ObligationId, Region, SafeguarderId, SessionId
from services.scheduling.domain.obligations.policy import SchedulingPolicy
from services.scheduling.domain.schedule import Schedule
from services.scheduling.domain.sessions.diary import Diary
from services.scheduling.ports import Schedules, SupportManagers

_IDS = uuid.UUID("5a1c7f0e-6f0b-5d0e-9d55-2b7c3a1e2016")


@dataclass(frozen=True, slots=True)
class SchedulingContext:
    """Everything it takes to change schedules in the transaction at hand."""

    schedules: Schedules
    support_managers: SupportManagers
    regions: Mapping[str, Region]
    """The region of each area, by area id."""
    policy: SchedulingPolicy
    now: datetime

    @property
    def today(self) -> date:
        """The London date."""
        return london_today(self.now)

    def schedule(self, safeguarder_id: SafeguarderId) -> Schedule:
        """The schedule of someone appointed.

        Raises:
            Refusal: NOT_FOUND.
        """
        found = self.schedules.find(safeguarder_id)
        if found is None or not found.terms:
            message = "Scheduling knows no appointed Safeguarder with this id."
            raise not_found("SAFEGUARDER_NOT_FOUND", message, "name")
        return found

    def diary(self, schedule: Schedule) -> Diary | None:
        """The person's sessions with the support manager's other engagements; None before there is a manager."""
        diary = schedule.diary(self.today)
        if diary is None:
            return None
        engaged_at = self.schedules.engaged_at(diary.support_manager, apart_from=schedule.safeguarder_id)
        return replace(diary, manager_engaged_at=engaged_at)


def session_id(name: str) -> SessionId:
    """The id of the session that these words name, and of no other: done again after a crash, it is the same."""
    return SessionId(uuid.uuid5(_IDS, f"session/{name}").hex)


def obligation_id(name: str) -> ObligationId:
    """The id of the obligation that these words name, and of no other."""
    return ObligationId(uuid.uuid5(_IDS, f"obligation/{name}").hex)
