"""An overlay of a membership: what it rests on, and since when. Its days are a time away with the same id (R90).

It says no more of its cause than a word of a closed list. Nobody's words are in it but why a leave was declined.
"""

from dataclasses import dataclass, replace
from datetime import date, datetime
from enum import StrEnum

from services.evidence.domain.safeguarder import SafeguarderId
from services.evidence.domain.time_away import AwayKind, TimeAway


class Reason(StrEnum):
    """What a suspension is for."""

    CONDUCT = "conduct"
    PERFORMANCE = "performance"
    PVG_CHECK = "pvg_check"
    DISQUALIFICATION_CHECK = "disqualification_check"


class DecidedBy(StrEnum):
    """Who decides under a policy."""

    MINISTERS = "ministers"
    THE_TEAM = "the_team"


class Notice(StrEnum):
    """How long before a suspension begins its notice is served."""

    THE_DAY_BEFORE = "the_day_before"
    THE_SAME_DAY = "the_same_day"


class Effect(StrEnum):
    """What an overlay does."""

    DAYS_AWAY = "days_away"
    PRACTICE_HELD = "practice_held"


class OverlayState(StrEnum):
    """Where an overlay stands."""

    IN_FORCE = "in_force"
    REVIEWED = "reviewed"
    LIFTED = "lifted"
    ENDED = "ended"
    ASKED = "asked"
    AGREED = "agreed"
    DECLINED = "declined"
    NOT_TAKEN = "not_taken"


class LeaveKind(StrEnum):
    """What a leave is for. Never a diagnosis."""

    ILLNESS = "illness"
    PARENTAL = "parental"
    CARING = "caring"
    OTHER = "other"


class LiftReason(StrEnum):
    """Why a suspension was lifted."""

    NOT_UPHELD = "not_upheld"
    NO_LONGER_NEEDED = "no_longer_needed"
    IN_ERROR = "in_error"


class WithoutRecommendation(StrEnum):
    """Why a suspension follows no recommendation."""

    URGENT = "urgent"
    NOT_READY = "not_ready"
    NONE_MADE = "none_made"


@dataclass(frozen=True, slots=True)
class Followed:
    """A recommendation that was followed, by its id, and the hash of the pack that both sides saw."""

    recommendation_id: str
    pack_hash: str


@dataclass(frozen=True, slots=True)
class Policy:
    """A policy that a suspension can rest on."""

    name: str
    reasons: tuple[Reason, ...]
    decided_by: DecidedBy
    notice: Notice


@dataclass(frozen=True, slots=True)
class OverlayPolicy:
    """The file of policies: services/evidence/data/overlays.yaml.

    `review_days`: calendar days, at most. `leave_answer_working_days`: working days of the office.
    """

    review_days: int
    leave_answer_working_days: int
    suspension_does: tuple[Effect, ...]
    leave_does: tuple[Effect, ...]
    policies: tuple[Policy, ...]


@dataclass(frozen=True, slots=True)
class Suspension:
    """What a suspension rests on, and when it was looked at."""

    reason: Reason
    policy: str
    notice_on: date
    review_on: date
    """The day by which it is looked at again."""
    reviewed_on: tuple[date, ...] = ()
    lifted_on: date | None = None
    """The day from which the person is no longer suspended."""
    lift_reason: LiftReason | None = None
    follows: Followed | None = None
    """The recommendation that it follows. None also for one that a release before recorded."""
    without: WithoutRecommendation | None = None
    """Why it follows none, as was said last."""
    lift_follows: Followed | None = None


@dataclass(frozen=True, slots=True)
class Leave:
    """What was asked for, and the answer."""

    kind: LeaveKind
    read_back: bool
    """Somebody of the staff entered it and has read it back to the person."""
    answer_due_on: date
    answered_by: str = ""
    because: str = ""
    """Why it was declined."""


@dataclass(frozen=True, slots=True)
class Overlay:
    """An overlay as it was last recorded. `ends_on` is its last day, or None while nobody knows it.

    `effects`: as the policy file said when it began, so that a change of the file holds for later ones alone.
    """

    overlay_id: str
    safeguarder_id: SafeguarderId
    state: OverlayState
    starts_on: date
    ends_on: date | None
    suspension: Suspension | None
    effects: tuple[Effect, ...]
    reported: bool
    """It began before it was recorded here."""
    created_at: datetime
    recorded_by: str
    recorded_at: datetime
    version: int = 1
    leave: Leave | None = None

    @property
    def name(self) -> str:
        """Return its resource name."""
        return f"safeguarders/{self.safeguarder_id}/overlays/{self.overlay_id}"

    @property
    def etag(self) -> str:
        """Return what changes with every change."""
        return str(self.version)

    @property
    def kind(self) -> AwayKind:
        """Return why the person is away."""
        return AwayKind.LEAVE if self.leave else AwayKind.SUSPENSION

    @property
    def is_open(self) -> bool:
        """True while it is a suspension in force."""
        return self.state in (OverlayState.IN_FORCE, OverlayState.REVIEWED)

    @property
    def happened(self) -> bool:
        """False if no day of it was a day away: recorded in error, lifted on its first day, or not taken."""
        not_taken = self.state is OverlayState.NOT_TAKEN
        return not not_taken and (self.ends_on is None or self.ends_on >= self.starts_on)


def days_away(overlay: Overlay) -> TimeAway | None:
    """Return the days of an overlay as a time away.

    None if the policy does not make them days away, and for a leave that nobody has agreed to.
    """
    if Effect.DAYS_AWAY not in overlay.effects or overlay.state in (OverlayState.ASKED, OverlayState.DECLINED):
        return None
    days = (overlay.starts_on, overlay.ends_on if overlay.happened else overlay.starts_on)
    who = (overlay.recorded_by, overlay.recorded_at)
    return TimeAway(overlay.overlay_id, overlay.safeguarder_id, overlay.kind, *days, not overlay.happened, *who)


def next_version(overlay: Overlay, by: str, now: datetime) -> Overlay:
    """Return an overlay as somebody records it again."""
    return replace(overlay, recorded_by=by, recorded_at=now, version=overlay.version + 1)
