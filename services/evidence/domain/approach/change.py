"""A change of the approach to concerns: how the Team works with the Safeguarder, what it expects, why (R79, R80)."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum

from services.evidence.domain.plans.action import ActionKind, ActionState
from services.evidence.domain.standing import GivenTime, Timed


class Approach(StrEnum):
    """How the Team works with the Safeguarder on a concern."""

    SUPPORT = "support"
    CLEAR_ADVICE = "clear_advice"
    """It has no time limit, and nothing follows if it is not taken."""
    REQUIRED_ACTION = "required_action"


IN_ORDER = (Approach.SUPPORT, Approach.CLEAR_ADVICE, Approach.REQUIRED_ACTION)
"""Support comes first (R76)."""


class How(StrEnum):
    """How the Safeguarder was given it."""

    AT_SESSION = "at_session"
    CONSOLE = "console"
    POST = "post"


class ChangeState(StrEnum):
    """Where a change stands. From when it applies is a day, and no state."""

    SERVED = "served"
    MET = "met"
    WITHDRAWN = "withdrawn"
    SUPERSEDED = "superseded"
    SET_ASIDE = "set_aside"
    CONCERN_ENDED = "concern_ended"
    SUPPORT_AGAIN = "support_again"
    """Another support was offered at the review of its action."""


@dataclass(frozen=True, slots=True)
class Reported:
    """The days of a change that is recorded only later. Nobody is told, and no escalation rests on it (record 0.13)."""

    served_on: date
    acknowledged_on: date | None = None


@dataclass(frozen=True, slots=True)
class Wanted:
    """A change of approach as somebody serves it."""

    concerns: tuple[str, ...]
    to: Approach
    expectation: str
    because: str
    how: How
    evidence: tuple[str, ...] = ()
    skip_because: str = ""
    """Why clear advice is left out."""
    discussed_on: date | None = None
    """The day on which it was spoken of with the Safeguarder. With a session it is the day of that session."""
    session_id: str = ""
    actions: tuple[str, ...] = ()
    reported: Reported | None = None


@dataclass(frozen=True, slots=True)
class Required:
    """An action that a change requires, as it stood when the change was last told."""

    action_id: str
    kind: ActionKind
    state: ActionState
    opened_on: date | None
    due_on: date
    """Moved later by the days its clock stood still."""
    stands_still: bool = False


@dataclass(frozen=True, slots=True)
class ApproachChange:
    """One version of one change of approach."""

    change_id: str
    safeguarder_id: str
    wanted: Wanted
    came_from: Approach
    served_by: str
    served_on: date
    created_at: datetime
    recorded_at: datetime
    answer_due_on: date | None
    """The last day to acknowledge it, before any time away. None if it has no time."""
    stands_from: date | None
    """The day from which it stands. None while its time stands still and nobody knows until when."""
    actions: tuple[Required, ...] = ()
    version: int = 1
    state: ChangeState = ChangeState.SERVED
    acknowledged_on: date | None = None
    end_words: str = ""
    ended_by: str = ""
    ended_at: datetime | None = None
    superseded_by: str = ""

    @property
    def name(self) -> str:
        """Return its resource name."""
        return f"safeguarders/{self.safeguarder_id}/approachChanges/{self.change_id}"

    @property
    def etag(self) -> str:
        """Return what changes with every change."""
        return str(self.version)

    @property
    def applies(self) -> bool:
        """True while it has not ended."""
        return self.state is ChangeState.SERVED

    @property
    def is_awaited(self) -> bool:
        """True while the Safeguarder is asked to acknowledge it. What is only reported asks nobody."""
        has_time = self.answer_due_on is not None and self.wanted.reported is None
        return self.applies and has_time and self.acknowledged_on is None

    @property
    def time(self) -> GivenTime | None:
        """The Safeguarder's time to acknowledge it, after which it stands. None if it has no time."""
        if self.answer_due_on is None:
            return None
        first_on = self.served_on + timedelta(days=1)
        what = (self.safeguarder_id, self.change_id, Timed.ACKNOWLEDGE_APPROACH)
        return GivenTime(*what, first_on, self.answer_due_on)

    def stands(self, today: date) -> bool:
        """Return whether it applies, and its time is over or it was acknowledged."""
        return self.applies and self.stands_from is not None and self.stands_from <= today
