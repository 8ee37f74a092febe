"""A review of actions: what was found of each, and how both sides see it (R81, record 2.3). It is no penalty."""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from services.evidence.domain.evidence_item import SupportsStanding
from services.evidence.domain.plans.action import ActionState
from services.evidence.domain.plans.sides import Side


class Follows(StrEnum):
    """What follows from a review."""

    EXTEND = "extend"
    CHANGE = "change"
    ADD_SUPPORT = "add_support"
    CLOSE = "close"
    CHANGE_APPROACH = "change_approach"


@dataclass(frozen=True, slots=True)
class Found:
    """What was found of an action, as somebody enters it: an outcome, or a later day."""

    action_id: str
    outcome: ActionState | None = None
    extended_to: date | None = None
    etag: str = ""
    """The etag of the action that somebody read before."""


@dataclass(frozen=True, slots=True)
class Account:
    """A review as somebody enters it."""

    found: tuple[Found, ...]
    follows: tuple[Follows, ...]
    words: str
    safeguarder_words: str = ""
    held_on: date | None = None
    """None: the day of the session."""
    session_id: str = ""
    """The session at which it was held; empty if it was held outside one."""


@dataclass(frozen=True, slots=True)
class ReviewedAction:
    """An action at a review, with how it stood."""

    action_id: str
    concerns: tuple[str, ...]
    """Ids of the concern that it answers, and of those whose change of approach requires it."""
    outcome: ActionState | None
    extended_to: date | None
    due_on: date
    """Its due day, moved by the days that it stood still, as it is known now."""
    supports: SupportsStanding


@dataclass(frozen=True, slots=True)
class ActionReview:
    """One version of one review of actions."""

    review_id: str
    safeguarder_id: str
    actions: tuple[ReviewedAction, ...]
    held_on: date
    session_id: str
    follows: tuple[Follows, ...]
    words: str
    """What was found, in the support manager's words."""
    held_by: str
    created_at: datetime
    recorded_at: datetime
    safeguarder_words: str = ""
    entered_by: str = ""
    """Who entered the Safeguarder's words; empty if the Safeguarder did, and while there are none."""
    version: int = 1
    changed_by: Side = Side.SUPPORT_MANAGER
    """The side whose words this version brought."""
    correction_reason: str = ""
    """Why it was corrected last."""

    @property
    def part_id(self) -> str:
        """Its id."""
        return self.review_id

    @property
    def etag(self) -> str:
        """Return what changes with every change."""
        return str(self.version)

    @property
    def is_answered(self) -> bool:
        """True once the Safeguarder said themselves how they see it."""
        return bool(self.safeguarder_words) and not self.entered_by
