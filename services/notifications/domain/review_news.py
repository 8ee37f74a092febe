"""Reviews of actions: who is told that one is to come, and that one was recorded (R81). It is a talk, no penalty."""

from dataclasses import dataclass
from datetime import date

from services.notifications.domain.duty import Duty, DutyKind, DutyStands
from services.notifications.domain.news import Line
from services.notifications.domain.notification import Subject


@dataclass(frozen=True, slots=True)
class ReviewToCome:
    """That a review of an action is owed since its day has passed, or is not owed any more."""

    safeguarder_id: str
    duty_id: str
    version: int
    is_owed: bool

    @property
    def news(self) -> str:
        """What there is to tell. A day that moves while it is owed is no news."""
        return Subject.ACTION_REVIEW_OPENED.value if self.is_owed else ""

    def line(self, today: date) -> Line | None:
        """Return what the Safeguarder is told, or None."""
        return Line(Subject.ACTION_REVIEW_OPENED, to_the_person=True) if self.is_owed else None


def review_to_come(duty: Duty) -> ReviewToCome | None:
    """Return what a duty says of a review of an action. None for any other duty."""
    if duty.kind is not DutyKind.REVIEW_ACTION:
        return None
    return ReviewToCome(duty.safeguarder_id, duty.duty_id, duty.version, duty.stands is not DutyStands.OVER)


@dataclass(frozen=True, slots=True)
class ActionReview:
    """A version of a review of actions, without words."""

    safeguarder_id: str
    review_id: str
    version: int
    by_the_person: bool
    """Whether the Safeguarder said in this version how they see it."""

    @property
    def news(self) -> str:
        """What there is to tell. Every version has words that the other side has not read."""
        return f"{self._line().subject} {self.version}"

    def line(self, today: date) -> Line | None:
        """Return what is told: to the support manager what the Safeguarder said, and to the Safeguarder the rest."""
        return self._line()

    def _line(self) -> Line:
        subject = Subject.ACTION_REVIEW_ANSWERED if self.by_the_person else Subject.ACTION_REVIEW_HELD
        return Line(subject, to_the_person=not self.by_the_person)
