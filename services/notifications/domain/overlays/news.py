"""Suspensions and leave: who is told of each, and when (R90).

The person and their support manager are told of a suspension, with the day of the next look. The support manager is
told of a leave that is asked for, and the person of the answer. No message says what it is for.
"""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from services.notifications.domain.news import Line, in_time
from services.notifications.domain.notification import Subject


class OverlayStands(StrEnum):
    """Where an overlay stands."""

    IN_FORCE = "in_force"
    REVIEWED = "reviewed"
    LIFTED = "lifted"
    ENDED = "ended"
    ASKED = "asked"
    AGREED = "agreed"
    DECLINED = "declined"
    NOT_TAKEN = "not_taken"
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


@dataclass(frozen=True, slots=True)
class Leave:
    """A version of a leave."""

    safeguarder_id: str
    overlay_id: str
    version: int
    stands: OverlayStands
    answer_due_on: date | None

    @property
    def news(self) -> str:
        """What there is to tell. Every version after the request is an answer, or changes one."""
        return "" if self.stands is OverlayStands.OTHERWISE else f"{self.stands} {self.version}"

    def line(self, today: date) -> Line | None:
        """Return what is told: to the support manager what is asked for, and to the person the rest."""
        if self.stands is OverlayStands.OTHERWISE:
            return None
        if self.stands is OverlayStands.ASKED:
            return in_time(Line(Subject.LEAVE_TO_ANSWER, False, self.answer_due_on), today)
        return Line(Subject.LEAVE_ANSWERED, to_the_person=True)
