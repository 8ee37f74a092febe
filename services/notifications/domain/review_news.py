"""Reviews of actions, and reviews that a Safeguarder asks for: who is told of each, and when (record 6).

A review of actions is a talk, no penalty (R81). Of a review that is asked for, both sides and its reviewer are told.
Nobody is told why it was asked for.
"""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from services.notifications.domain.duty import Duty, DutyKind, DutyStands
from services.notifications.domain.news import Line, in_time
from services.notifications.domain.notification import Subject


@dataclass(frozen=True, slots=True)
class ReviewToCome:
    """The news that a review of an action is owed, because its day has passed, or is no longer owed."""

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


class RequestStands(StrEnum):
    """Where a request stands."""

    SUBMITTED = "submitted"
    ACCEPTED = "accepted"
    NOT_ACCEPTED = "not_accepted"
    ASSIGNED = "assigned"
    DECIDED = "decided"
    WITHDRAWN = "withdrawn"
    OTHERWISE = "otherwise"
    """A state that only a later release knows."""


_SUBJECTS = {
    RequestStands.SUBMITTED: Subject.REVIEW_OPENED,
    RequestStands.ACCEPTED: Subject.REVIEW_OPENED,
    RequestStands.ASSIGNED: Subject.REVIEW_OPENED,
    RequestStands.NOT_ACCEPTED: Subject.REVIEW_NOT_ACCEPTED,
    RequestStands.DECIDED: Subject.REVIEW_DECIDED,
    RequestStands.WITHDRAWN: Subject.REVIEW_WITHDRAWN,
}


@dataclass(frozen=True, slots=True)
class ReviewRequest:
    """A version of a request, without words."""

    safeguarder_id: str
    review_id: str
    version: int
    stands: RequestStands
    entered: bool
    """Somebody else entered it for the Safeguarder."""
    reviewer: str
    decide_due_on: date | None
    moved_up: int = 0
    """How often it went to a higher level, because somebody's time was over."""
    assigner: str = ""
    """Who finds a reviewer since then; empty while any senior manager does."""
    reviewer_before: str = ""
    """Who had it before; empty if nobody had."""

    @property
    def is_open(self) -> bool:
        """Whether somebody has still to decide it."""
        return _SUBJECTS.get(self.stands) is Subject.REVIEW_OPENED


@dataclass(frozen=True, slots=True)
class _OfARequest:
    """What somebody is told of a request."""

    request: ReviewRequest

    @property
    def safeguarder_id(self) -> str:
        """The Safeguarder concerned."""
        return self.request.safeguarder_id

    @property
    def version(self) -> int:
        """The number of this version. The highest holds."""
        return self.request.version


@dataclass(frozen=True, slots=True)
class ForTheSides(_OfARequest):
    """What one of the two sides is told of a request. Nobody is told of what they did themselves."""

    to_the_person: bool

    @property
    def news(self) -> str:
        """What there is to tell. Versions that tell the same are told once."""
        line, up = self._line(), self.request.moved_up
        return f"{line.subject}{f' {up}' if line.subject is Subject.REVIEW_MOVED_UP else ''}" if line else ""

    def line(self, today: date) -> Line | None:
        """Return what is told, or None."""
        return self._line()

    def _line(self) -> Line | None:
        subject = _SUBJECTS.get(self.request.stands)
        if self.request.is_open and self.request.moved_up:
            return Line(Subject.REVIEW_MOVED_UP, self.to_the_person)
        asked_here = subject is Subject.REVIEW_OPENED and not self.request.entered
        if subject is None or (self.to_the_person and (asked_here or subject is Subject.REVIEW_WITHDRAWN)):
            return None
        return Line(subject, self.to_the_person)


@dataclass(frozen=True, slots=True)
class ForTheReviewer(_OfARequest):
    """What the reviewer of a request is told: that it is theirs to decide, and by when."""

    @property
    def news(self) -> str:
        """What there is to tell. A request that goes to somebody else is told again."""
        return f"{Subject.REVIEW_TO_DECIDE} {self.request.reviewer}" if self._is_theirs else ""

    def line(self, today: date) -> Line | None:
        """Return what is told, or None. Nobody is asked when the time for it has passed."""
        due_on = self.request.decide_due_on
        return in_time(Line(Subject.REVIEW_TO_DECIDE, False, due_on), today) if self._is_theirs else None

    @property
    def _is_theirs(self) -> bool:
        return self.request.stands is RequestStands.ASSIGNED and bool(self.request.reviewer)


@dataclass(frozen=True, slots=True)
class ForTheAssigner(_OfARequest):
    """What the one is told who finds a reviewer, since nobody did in time."""

    @property
    def news(self) -> str:
        """What there is to tell. A request that goes up another level is told again."""
        return f"{Subject.REVIEW_TO_ASSIGN} {self.request.assigner}" if self._is_theirs else ""

    def line(self, today: date) -> Line | None:
        """Return what is told, or None."""
        return Line(Subject.REVIEW_TO_ASSIGN, to_the_person=False) if self._is_theirs else None

    @property
    def _is_theirs(self) -> bool:
        return self.request.is_open and bool(self.request.assigner)


@dataclass(frozen=True, slots=True)
class ForTheReviewerBefore(_OfARequest):
    """What the reviewer is told from whom an overdue request was taken."""

    @property
    def news(self) -> str:
        """What there is to tell."""
        return f"{Subject.REVIEW_MOVED_UP} {self.request.reviewer_before}" if self.request.reviewer_before else ""

    def line(self, today: date) -> Line | None:
        """Return what is told, or None."""
        theirs = self.request.is_open and self.request.reviewer_before
        return Line(Subject.REVIEW_MOVED_UP, to_the_person=False) if theirs else None
