"""A development plan, its actions and its supports: who is told of them, and when (record 6).

Each is told to the one whose turn it is. Nobody is told of what they did themselves.
"""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from services.notifications.domain.news import Line, in_time
from services.notifications.domain.notification import Subject


class ActionStands(StrEnum):
    """Where an action stands."""

    PROPOSED = "proposed"
    OPEN = "open"
    DONE = "done"
    """Its owner says that it is done, and somebody else looks."""
    ENDED = "ended"
    """It ended with an outcome, or it was withdrawn."""
    OTHERWISE = "otherwise"
    """Replaced, or a state that only a later release knows."""


@dataclass(frozen=True, slots=True)
class Action:
    """A version of an action, without words."""

    safeguarder_id: str
    action_id: str
    version: int
    stands: ActionStands
    from_the_person: bool
    """Whether the Safeguarder proposed it."""
    answer: str
    """The other side's answer, in a word; empty while there is none."""
    is_set: bool
    opened: bool
    answer_due_on: date | None
    is_the_managers: bool
    """Whether the support manager has to do it."""
    moved_to: date | None
    """The due day, if it was moved since the action opened."""
    reported: bool = False
    """Whether it was opened before it was entered. Nobody is told of that."""

    @property
    def news(self) -> str:
        """What there is to tell. Versions that tell the same are told once."""
        line = self._line()
        if line is None:
            return ""
        what: object = {None: "", Subject.ACTION_ANSWERED: self.answer, Subject.ACTION_MOVED: self.moved_to}.get(
            line.subject, ""
        )
        return f"{line.subject} {what} {line.answer_by_on or ''}"

    def line(self, today: date) -> Line | None:
        """Return what is told, or None. Nobody is asked for an answer when the time for it has passed."""
        return in_time(self._line(), today)

    def _line(self) -> Line | None:
        if self.stands is ActionStands.OPEN and self.moved_to:
            return Line(Subject.ACTION_MOVED, to_the_person=True)
        if self.stands is ActionStands.OPEN and self.reported:
            return None
        if self.stands is ActionStands.OPEN and self.is_set:
            return Line(Subject.ACTION_SET, to_the_person=True)
        if self.stands in (ActionStands.PROPOSED, ActionStands.OPEN):
            return self._line_of_answer()
        if self.stands is ActionStands.DONE:
            return Line(Subject.ACTION_DONE, to_the_person=self.is_the_managers)
        # What was proposed and withdrawn never asked anybody to do anything.
        is_news = self.stands is ActionStands.ENDED and self.opened
        return Line(Subject.ACTION_ENDED, to_the_person=True) if is_news else None

    def _line_of_answer(self) -> Line | None:
        if self.answer:
            return Line(Subject.ACTION_ANSWERED, to_the_person=self.from_the_person)
        if self.stands is ActionStands.OPEN or self.answer_due_on is None:
            return None
        return Line(Subject.ACTION_TO_ANSWER, not self.from_the_person, self.answer_due_on)


class SupportStands(StrEnum):
    """Where a support stands."""

    OFFERED = "offered"
    ACCEPTED = "accepted"
    DECLINED = "declined"
    NONE_GIVEN = "none_given"
    UNAVAILABLE = "unavailable"
    NOT_DELIVERED = "not_delivered"
    DELIVERED = "delivered"
    OTHERWISE = "otherwise"
    """A state that only a later release knows."""


class Received(StrEnum):
    """Whether the Safeguarder received a support, as they say."""

    NOT_SAID = "not_said"
    YES = "yes"
    NO = "no"


@dataclass(frozen=True, slots=True)
class Support:
    """A version of a support, without words."""

    safeguarder_id: str
    support_id: str
    version: int
    stands: SupportStands
    received: Received
    answer_entered: bool
    """Whether somebody else entered the Safeguarder's answer."""
    answer_due_on: date | None
    received_due_on: date | None
    """The last day on which they may say that they did not receive it."""
    reported: bool = False
    """Whether it was answered before it was entered. Nobody is told of that."""

    @property
    def news(self) -> str:
        """What there is to tell. Versions that tell the same are told once."""
        line = self._line()
        return f"{self.stands} {line.subject} {line.answer_by_on or ''}" if line else ""

    def line(self, today: date) -> Line | None:
        """Return what is told, or None. Nobody is asked for an answer when the time for it has passed."""
        return in_time(self._line(), today)

    def _line(self) -> Line | None:
        if self.stands is SupportStands.OFFERED:
            return Line(Subject.SUPPORT_TO_ANSWER, to_the_person=True, answer_by_on=self.answer_due_on)
        if self._is_answered and self.reported:
            return None
        if self.stands is SupportStands.NONE_GIVEN or (self._is_answered and self.answer_entered):
            return Line(Subject.SUPPORT_ANSWER_ENTERED, to_the_person=True)
        if self._is_answered:
            return Line(Subject.SUPPORT_ANSWERED, to_the_person=False)
        return self._line_of_delivery()

    @property
    def _is_answered(self) -> bool:
        return self.stands in (SupportStands.ACCEPTED, SupportStands.DECLINED)

    def _line_of_delivery(self) -> Line | None:
        if self.stands is SupportStands.DELIVERED and self.received is not Received.YES:
            return Line(Subject.SUPPORT_RECEIVED, to_the_person=True, answer_by_on=self.received_due_on)
        if self.stands is SupportStands.NOT_DELIVERED and self.received is Received.NO:
            return Line(Subject.SUPPORT_NOT_RECEIVED, to_the_person=False)
        if self.stands in (SupportStands.UNAVAILABLE, SupportStands.NOT_DELIVERED):
            return Line(Subject.SUPPORT_NOT_GIVEN, to_the_person=True)
        return None


class Confirming(StrEnum):
    """Whose word on a plan is told."""

    AWAITS_THE_PERSON = "awaits_the_person"
    AWAITS_THE_MANAGER = "awaits_the_manager"
    BY_THE_PERSON = "by_the_person"
    """It is in force since the Safeguarder confirmed it too."""
    BY_THE_MANAGER = "by_the_manager"
    """It is in force since the support manager confirmed it too, or because the Safeguarder gave no answer."""
    OTHERWISE = "otherwise"
    """Nobody has confirmed a version, or it stands in a way that only a later release knows."""


@dataclass(frozen=True, slots=True)
class TermPlan:
    """How the plan of a term stands, without words."""

    safeguarder_id: str
    term: int
    version: int
    plan_version: int
    """The number of the version of the plan that was confirmed last."""
    stands: Confirming
    answer_due_on: date | None

    @property
    def news(self) -> str:
        """What there is to tell. Versions that tell the same are told once."""
        line = self._line()
        return f"{self.stands} {self.plan_version} {line.answer_by_on or ''}" if line else ""

    def line(self, today: date) -> Line | None:
        """Return what is told, or None. Nobody is asked for an answer when the time for it has passed."""
        return in_time(self._line(), today)

    def _line(self) -> Line | None:
        if self.stands is Confirming.AWAITS_THE_PERSON:
            return Line(Subject.PLAN_TO_CONFIRM, to_the_person=True, answer_by_on=self.answer_due_on)
        if self.stands is Confirming.AWAITS_THE_MANAGER:
            return Line(Subject.PLAN_TO_CONFIRM, to_the_person=False)
        if self.stands in (Confirming.BY_THE_PERSON, Confirming.BY_THE_MANAGER):
            return Line(Subject.PLAN_IN_FORCE, to_the_person=self.stands is Confirming.BY_THE_MANAGER)
        return None
