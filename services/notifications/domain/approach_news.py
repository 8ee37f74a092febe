"""A change of the approach to concerns: who is told of it, and when (record 6).

The Safeguarder is told that there is something to read, and never what. Nobody is told of what they did themselves.
"""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from services.notifications.domain.news import Line, in_time
from services.notifications.domain.notification import Subject


class ChangeStands(StrEnum):
    """Where a change of approach stands."""

    SERVED = "served"
    MET = "met"
    WITHDRAWN = "withdrawn"
    SET_ASIDE = "set_aside"
    SUPPORT_AGAIN = "support_again"
    OTHERWISE = "otherwise"
    """Another change took its place, its concerns have ended, or a state that only a later release knows."""


_ENDED = (ChangeStands.MET, ChangeStands.WITHDRAWN, ChangeStands.SET_ASIDE, ChangeStands.SUPPORT_AGAIN)


@dataclass(frozen=True, slots=True)
class ApproachChange:
    """A version of a change of approach, without words."""

    safeguarder_id: str
    change_id: str
    version: int
    stands: ChangeStands
    acknowledged: bool
    acknowledge_due_on: date | None
    """The last day to acknowledge it, before any time away. None if nobody waits for it."""
    reported: bool
    """It was given earlier, and recorded only now. Nobody is told here (record 0.13)."""

    @property
    def news(self) -> str:
        """What there is to tell. Versions that tell the same are told once."""
        line = self._line()
        return f"{line.subject} {self.stands}" if line else ""

    def line(self, today: date) -> Line | None:
        """Return what is told, or None. Nobody is asked to read it in a time that has passed."""
        return in_time(self._line(), today)

    def _line(self) -> Line | None:
        if self.reported:
            return None
        if self.stands in _ENDED:
            return Line(Subject.APPROACH_ENDED, to_the_person=True)
        if self.stands is not ChangeStands.SERVED:
            return None
        if self.acknowledged:
            return Line(Subject.APPROACH_READ, to_the_person=False)
        return Line(Subject.APPROACH_TO_READ, to_the_person=True, answer_by_on=self.acknowledge_due_on)
