"""What people do about a concern: the words and dates they enter (requirements D5, B7). Rules change none of it."""

from dataclasses import dataclass
from datetime import date, timedelta

from services.calendar_days import WorkingCalendar, add_working_days, is_working_day
from services.rules.domain.closed_lists import (
    HoldReason,
    RecommendationKind,
    RequiredAction,
    ReviewOutcome,
    State,
    SupportAnswer,
    SupportKind,
    SupportsStanding,
    View,
)

NOTICE_WORKING_DAYS = 5
"""Ours, on the office calendar: after so many days notice stands, though nobody acknowledged it (R80)."""


ENDED_STATES = (State.CLOSED, State.DISMISSED, State.MERGED)
OPEN_STATES = tuple(state for state in State if state not in ENDED_STATES)


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
class Progress:
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


def paused_days(course: Progress, since: date) -> int:
    """How many days from a date on the concern was held."""
    return sum(max(0, (pause.until - max(pause.since, since)).days) for pause in course.pauses)


def notice_stands_from(course: Progress) -> date | None:
    """From when notice counts: acknowledged, or served long enough ago. None without notice."""
    notice = course.notice
    if notice is None or notice.acknowledged_on is not None:
        return notice.acknowledged_on if notice else None
    served = add_working_days(WorkingCalendar.OFFICE, notice.served_on, NOTICE_WORKING_DAYS)
    return served + timedelta(days=paused_days(course, notice.served_on))
