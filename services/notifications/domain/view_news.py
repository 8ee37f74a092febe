"""The Safeguarder's view of a concern: who is told of it, and when (record 6).

It is told to the one whose turn it is. Nobody is told of what they did themselves.
"""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from services.notifications.domain.news import Line, in_time
from services.notifications.domain.notification import Subject


class ViewStands(StrEnum):
    """Where a view stands."""

    ASKED = "asked"
    GIVEN = "given"
    NONE_GIVEN = "none_given"
    ENDED = "ended"
    OTHERWISE = "otherwise"
    """A state that only a later release knows."""


@dataclass(frozen=True, slots=True)
class View:
    """A version of a view, without words."""

    safeguarder_id: str
    concern_id: str
    version: int
    stands: ViewStands
    entered: bool
    """Whether somebody else entered the Safeguarder's words."""
    asked_on: date | None
    given_on: date | None
    answer_due_on: date | None

    @property
    def news(self) -> str:
        """What there is to tell. Versions that tell the same are told once."""
        line = self._line()
        when = self.given_on if self.stands is ViewStands.GIVEN else self.asked_on
        return f"{line.subject} {when or ''}" if line else ""

    def line(self, today: date) -> Line | None:
        """Return what is told, or None. Nobody is asked for an answer when the time for it has passed."""
        return in_time(self._line(), today)

    def _line(self) -> Line | None:
        if self.stands is ViewStands.ASKED:
            return Line(Subject.VIEW_TO_GIVE, to_the_person=True, answer_by_on=self.answer_due_on)
        if self.stands is ViewStands.NONE_GIVEN or (self.stands is ViewStands.GIVEN and self.entered):
            return Line(Subject.VIEW_ENTERED, to_the_person=True)
        return Line(Subject.VIEW_GIVEN, to_the_person=False) if self.stands is ViewStands.GIVEN else None
