"""A review request: what a Safeguarder asks somebody else to look at, why, and what was decided (R92, R93)."""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from services.calendar_days import london_today


class TargetKind(StrEnum):
    """What a request is about."""

    EVIDENCE_ITEM = "evidence_item"
    CONCERN = "concern"
    SESSION_RECORD = "session_record"
    ACTION = "action"
    SUPPORT = "support"
    APPROACH_CHANGE = "approach_change"
    RECOMMENDATION = "recommendation"
    NEED = "need"
    VIEW = "view"
    ACTION_REVIEW = "action_review"
    SESSION_ABSENCE = "session_absence"
    TRAINING_ABSENCE = "training_absence"
    RULE_OVERRIDE = "rule_override"


COLLECTIONS = {
    TargetKind.EVIDENCE_ITEM: "evidenceItems",
    TargetKind.CONCERN: "concerns",
    TargetKind.SESSION_RECORD: "supportSessions",
    TargetKind.ACTION: "actions",
    TargetKind.SUPPORT: "supports",
    TargetKind.APPROACH_CHANGE: "approachChanges",
    TargetKind.RECOMMENDATION: "recommendations",
    TargetKind.NEED: "needs",
    TargetKind.VIEW: "views",
    TargetKind.ACTION_REVIEW: "actionReviews",
    TargetKind.SESSION_ABSENCE: "supportSessions",
    TargetKind.TRAINING_ABSENCE: "obligations",
    TargetKind.RULE_OVERRIDE: "ruleOverrides",
}
"""The collection in the name of each kind of target."""
ENDINGS = {
    TargetKind.SESSION_RECORD: "/record",
    TargetKind.SESSION_ABSENCE: "/attendance",
    TargetKind.TRAINING_ABSENCE: "/attendance",
}
"""What the name of a target ends with, if it is one part of something else."""


class Ground(StrEnum):
    """Why a Safeguarder asks."""

    FACT_WRONG = "fact_wrong"
    EVIDENCE_LEFT_OUT = "evidence_left_out"
    PROCESS = "process"
    STANDARD_MISREAD = "standard_misread"
    OUT_OF_PROPORTION = "out_of_proportion"
    OTHER = "other"


class RequestState(StrEnum):
    """Where a request stands."""

    SUBMITTED = "submitted"
    ACCEPTED = "accepted"
    NOT_ACCEPTED = "not_accepted"
    ASSIGNED = "assigned"
    DECIDED = "decided"
    WITHDRAWN = "withdrawn"


OPEN = (RequestState.SUBMITTED, RequestState.ACCEPTED, RequestState.ASSIGNED)
"""While a request stands so, its target is frozen and dates that hang on it stand still."""


class Decision(StrEnum):
    """What was decided."""

    UPHELD = "upheld"
    PARTLY = "partly"
    NOT_UPHELD = "not_upheld"


class Acceptance(StrEnum):
    """What is said to a request at first."""

    ACCEPTED = "accepted"
    NOT_ACCEPTED = "not_accepted"


@dataclass(frozen=True, slots=True)
class Target:
    """What a request is about. `target_id`: its own; of the session or training for a part of one."""

    kind: TargetKind
    target_id: str


@dataclass(frozen=True, slots=True)
class Asked:
    """A request as a Safeguarder makes it. `made_on`: None for today."""

    target: Target
    grounds: tuple[Ground, ...]
    words: str
    asks_for: str = ""
    made_on: date | None = None


@dataclass(frozen=True, slots=True)
class Statement:
    """What somebody of the staff said to a request."""

    words: str
    person: str
    said_at: datetime


@dataclass(frozen=True, slots=True)
class Reviewer:
    """Who decides a request, since when, and until when they have time."""

    person: str
    level: int
    since_on: date
    due_on: date


@dataclass(frozen=True, slots=True)
class ReviewRequest:
    """One version of one request."""

    review_id: str
    safeguarder_id: str
    asked: Asked
    made_on: date
    """Dates stand still from this day. Days of the Team's own slowness are the Team's (record 0.7)."""
    target_version: int
    """The version of the target that was asked about; 0 for a concern."""
    entered_by: str
    entered_for_them: bool
    created_at: datetime
    recorded_at: datetime
    assign_due_on: date
    late: bool
    evidence_ids: tuple[str, ...] = ()
    """The items of evidence that are looked at with it."""
    concern_ids: tuple[str, ...] = ()
    """The concern that is its target, or those that rest on it, as far as evidence knows."""
    follows: str = ""
    """Id of the request that was not accepted, and is asked for here one level up."""
    version: int = 1
    state: RequestState = RequestState.SUBMITTED
    accepted_by: str = ""
    accept_words: str = ""
    reviewers: tuple[Reviewer, ...] = ()
    """Everybody to whom it was given, the one who decides it last."""
    statements: tuple[Statement, ...] = ()
    decision: Decision | None = None
    reasons: str = ""
    ended_at: datetime | None = None
    assigner: str = ""
    """Who gives it to a reviewer, since nobody did in time. Empty while any senior manager does."""

    @property
    def name(self) -> str:
        """Return its resource name."""
        return f"safeguarders/{self.safeguarder_id}/reviewRequests/{self.review_id}"

    @property
    def etag(self) -> str:
        """Return what changes with every change."""
        return str(self.version)

    @property
    def target(self) -> Target:
        """Return what it is about."""
        return self.asked.target

    @property
    def target_name(self) -> str:
        """Return the resource name of what it is about."""
        kind, target_id = self.target.kind, self.target.target_id
        return f"safeguarders/{self.safeguarder_id}/{COLLECTIONS[kind]}/{target_id}{ENDINGS.get(kind, '')}"

    @property
    def is_open(self) -> bool:
        """True while nothing ended it."""
        return self.state in OPEN

    @property
    def reviewer(self) -> Reviewer | None:
        """Return who decides it, or decided it. None while nobody does."""
        return self.reviewers[-1] if self.reviewers else None

    @property
    def ended_on(self) -> date | None:
        """Return the day on which it ended. None while it is open."""
        return london_today(self.ended_at) if self.ended_at else None

    def is_overdue(self, today: date) -> bool:
        """Return whether a reviewer has had their time and has not decided."""
        return self.state is RequestState.ASSIGNED and self.reviewers[-1].due_on < today

    @property
    def waits_until(self) -> date | None:
        """Return the last day of the one who has to act next. None once it has ended."""
        if not self.is_open:
            return None
        return self.reviewers[-1].due_on if self.state is RequestState.ASSIGNED else self.assign_due_on

    @property
    def moved_up(self) -> int:
        """Return how often it went to a higher level, because somebody's time was over."""
        return max(0, len(self.reviewers) - 1) + bool(self.assigner)
