"""Suspensions: the person and their support manager are told of each, with the day of the next look (R90).

Nobody is told what it is for. That stands in the notice.
"""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from services.notifications.domain.news import Line
from services.notifications.domain.notification import Subject


class OverlayStands(StrEnum):
    """Where an overlay stands."""

    IN_FORCE = "in_force"
    REVIEWED = "reviewed"
    LIFTED = "lifted"
    ENDED = "ended"
    OTHERWISE = "otherwise"
    """A state that only a later release knows."""


_SUBJECTS = {
    OverlayStands.IN_FORCE: Subject.SUSPENSION_IN_FORCE,
    OverlayStands.REVIEWED: Subject.SUSPENSION_IN_FORCE,
    OverlayStands.LIFTED: Subject.SUSPENSION_OVER,
}


@dataclass(frozen=True, slots=True)
class Suspension:
    """A version of a suspension, as one of the two sides is told of it."""

    safeguarder_id: str
    overlay_id: str
    version: int
    stands: OverlayStands
    review_on: date | None
    to_the_person: bool = True

    @property
    def news(self) -> str:
        """What there is to tell. Another day of the next look is news. That membership is over is told elsewhere."""
        subject = _SUBJECTS.get(self.stands)
        return f"{subject} {self.review_on or ''}" if subject else ""

    def line(self, today: date) -> Line | None:
        """Return what is told, or None."""
        subject = _SUBJECTS.get(self.stands)
        return Line(subject, self.to_the_person, review_on=self.review_on) if subject else None
