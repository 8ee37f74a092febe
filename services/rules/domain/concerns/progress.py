"""What people do about a concern: the words and dates they enter (requirements D5, B7). Rules change none of it."""

from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from services.calendar_days import WorkingCalendar, add_working_days, is_working_day

NOTICE_WORKING_DAYS = 5
"""Ours, on the office calendar: after so many days notice stands, though nobody acknowledged it (R80)."""


class State(StrEnum):
    """How far people have come with a concern."""

    RAISED = "raised"
    ACKNOWLEDGED = "acknowledged"
    IN_SUPPORT = "in_support"
    REQUIRED_ACTION = "required_action"
    ACTION_REVIEW = "action_review"
    ESCALATED = "escalated"
    RECOMMENDATION = "recommendation"
    HELD = "held"
    REOPENED = "reopened"
    ACKNOWLEDGED_IN_SESSION = "acknowledged_in_session"
    INVITED_TO_SHARE = "invited_to_share"
    SHARED = "shared"
    DECLINED = "declined"
    CLOSED = "closed"
    DISMISSED = "dismissed"
    MERGED = "merged"


ENDED_STATES = (State.CLOSED, State.DISMISSED, State.MERGED)
OPEN_STATES = tuple(state for state in State if state not in ENDED_STATES)


class SupportKind(StrEnum):
    """Support that can be offered (R76)."""

    MODULE = "module"
    MENTORING = "mentoring"
    INFORMATION = "information"
    EXTRA_ONE_TO_ONE = "extra_one_to_one"


class SupportAnswer(StrEnum):
    """What became of an offer. `unavailable`: the Team could not provide it; that is no answer of the Safeguarder's."""

    ACCEPTED = "accepted"
    DECLINED = "declined"
    UNAVAILABLE = "unavailable"


class RequiredAction(StrEnum):
    """What can be required of a Safeguarder."""

    COMPLETE_MODULE = "complete_module"
    ATTEND_TRAINING = "attend_training"
    ATTEND_SESSION = "attend_session"
    WORK_WITH_MENTOR = "work_with_mentor"
    REPORTS_IN_TIME = "reports_in_time"
    REPORTS_TO_STANDARD = "reports_to_standard"
    CHANGE_PRACTICE = "change_practice"


class ReviewOutcome(StrEnum):
    """What a review of actions found."""

    MET = "met"
    PARTLY = "partly"
    NOT_MET = "not_met"


class SupportsStanding(StrEnum):
    """How the supports stood at a review of actions. Only the first two let a concern go further."""

    COMPLETE = "complete"
    DECLINED = "declined"
    STILL_RUNNING = "still_running"
    TEAM_COULD_NOT = "team_could_not"


class RecommendationKind(StrEnum):
    """What the Team recommends (R89). Scottish Ministers decide."""

    RECOMMEND = "recommend"
    WITH_CONDITIONS = "with_conditions"
    MORE_TIME = "more_time"
    DO_NOT_RECOMMEND = "do_not_recommend"


class HoldReason(StrEnum):
    """Why nothing moves."""

    REVIEW_OPEN = "review_open"
    PRACTICE_UNCLEAR = "practice_unclear"
    SUSPENDED = "suspended"


class View(StrEnum):
    """Whether the Safeguarder gave a view. Its words are in a document, never here."""

    GIVEN = "given"
    NONE_GIVEN = "none_given"


class InvitationAnswer(StrEnum):
    """Whether a Safeguarder shares good practice when asked to."""

    SHARED = "shared"
    DECLINED = "declined"


@dataclass(frozen=True, slots=True)
class Support:
    """One support offered; `answer` is None while it is awaited."""

    kind: SupportKind
    discussed_on: date
    answer: SupportAnswer | None = None
    answered_on: date | None = None


@dataclass(frozen=True, slots=True)
class Notice:
    """Notice of the changed approach and of what is expected. `document` is an id."""

    document: str
    served_on: date
    acknowledged_on: date | None = None


@dataclass(frozen=True, slots=True)
class Action:
    """What is required, and by when."""

    what: RequiredAction
    required_on: date
    due_on: date

    def is_overdue(self, today: date) -> bool:
        """Whether its time has passed: a day the office is closed does not count against anybody."""
        last = self.due_on
        if not is_working_day(WorkingCalendar.OFFICE, last):
            last = add_working_days(WorkingCalendar.OFFICE, last, 1)
        return today > last


@dataclass(frozen=True, slots=True)
class ActionReview:
    """A review of actions that was held."""

    held_on: date
    outcome: ReviewOutcome
    supports: SupportsStanding


@dataclass(frozen=True, slots=True)
class Recommendation:
    """What the Team recommended. `pack_hash`: sha256, in hex, of the pack that the Safeguarder was given."""

    kind: RecommendationKind
    pack_hash: str
    shared_on: date


@dataclass(frozen=True, slots=True)
class Hold:
    """Why nothing moves, where the concern stood, and since when.

    `note`: id of the Practice Note being drafted for which rules hold it; empty where people alone do.
    """

    reasons: tuple[HoldReason, ...]
    stood: State
    since: date
    note: str = ""


@dataclass(frozen=True, slots=True)
class Pause:
    """Days that a concern was held: none of its clocks ran (D15.5)."""

    since: date
    until: date


@dataclass(frozen=True, slots=True)
class Course:
    """All that people entered since the concern was raised or opened again."""

    supports: tuple[Support, ...] = ()
    notice: Notice | None = None
    action: Action | None = None
    review: ActionReview | None = None
    escalated_by: str = ""
    escalated_on: date | None = None
    recommendation: Recommendation | None = None
    hold: Hold | None = None
    pauses: tuple[Pause, ...] = ()
    view: View | None = None
    view_document: str = ""
    merged_into: str = ""
    reopened_on: str = ""
    """Id of the evidence it was opened again on."""

    def awaits_answer(self, kind: SupportKind) -> bool:
        """Whether a support of this kind was offered and not answered."""
        return any(support.kind is kind and support.answer is None for support in self.supports)


def paused_days(course: Course, since: date) -> int:
    """How many days from a date on the concern was held."""
    return sum(max(0, (pause.until - max(pause.since, since)).days) for pause in course.pauses)


def notice_stands_from(course: Course) -> date | None:
    """From when notice counts: acknowledged, or served long enough ago. None without notice."""
    notice = course.notice
    if notice is None or notice.acknowledged_on is not None:
        return notice.acknowledged_on if notice else None
    served = add_working_days(WorkingCalendar.OFFICE, notice.served_on, NOTICE_WORKING_DAYS)
    return served + timedelta(days=paused_days(course, notice.served_on))
