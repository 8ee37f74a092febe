"""Until when somebody may answer or do something: the day as it was set, moved by what stopped the time since.

Nobody's time runs out while they are away. Evidence counts the days away by its own register. Scheduling counts them
too, and late supports, and says so in duties. The later day holds, so an event that comes late closes nothing.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from typing import NamedTuple

from services.calendar_days import WorkingCalendar, first_working_day_from
from services.evidence.domain.safeguarder import Safeguarder
from services.evidence.domain.time_away import TimeAway

_DAY = timedelta(days=1)


class Timed(StrEnum):
    """What has time until a day, in scheduling's words for duties."""

    ACTION = "action"
    SHARE_RECORD = "share_record"
    LOOK_AT_COMPLETION = "look_at_completion"
    REVIEW_ACTION = "review_action"
    FINALISE_PLAN = "finalise_plan"
    ANSWER_RECORD = "answer_record"
    ANSWER_ACTION = "answer_action"
    ANSWER_SUPPORT = "answer_support"
    GIVE_VIEW = "give_view"
    ACKNOWLEDGE_APPROACH = "acknowledge_approach"
    REPRESENTATIONS = "representations"


@dataclass(frozen=True, slots=True)
class DutyTime:
    """Until when something has time, as scheduling said in one version of its duty."""

    duty_id: str
    timed: Timed
    about_id: str
    """Id of what it is about: an action, a support, a concern, a change of approach, a recommendation, the session
    of a record, or the person whose plan it is.
    """
    version: int
    due_on: date
    stands_still: bool
    is_open: bool = True
    """False once the duty is met or has ended."""


@dataclass(frozen=True, slots=True)
class GivenTime:
    """The time that somebody was given, before anything stopped it."""

    safeguarder_id: str
    about_id: str
    timed: Timed | None
    """None if scheduling keeps no duty for it."""
    first_on: date
    """The first day that counts."""
    last_on: date
    is_theirs: bool = True
    """True for the Safeguarder's own time. Only that stands still while they are away."""
    before: tuple[tuple[date, date], ...] = ()
    """The first and the last day of each time that was given before this one took its place."""


class DaysAway(NamedTuple):
    """The first and the last day of a time away. The last one is None while nobody knows it."""

    first_on: date
    last_on: date | None


@dataclass(frozen=True, slots=True)
class Standing:
    """The last day of something, with the days that it stood still, and whether it stands still now."""

    due_on: date
    stands_still: bool = False

    @property
    def last_day(self) -> date:
        """The last day on which it can still be done: the next office day, if it is due on a closed day.

        Rules and scheduling count likewise. Else a time would be over for one of them while it runs for another.
        """
        return first_working_day_from(WorkingCalendar.OFFICE, self.due_on)

    def is_over(self, today: date) -> bool:
        """Return whether its last day is over. While it stands still, it is not."""
        return self.last_day < today and not self.stands_still


def days_away(times: Iterable[TimeAway], entry: Safeguarder, today: date) -> list[DaysAway]:
    """Return the days on which a member is away, earliest first. Nobody is away after their membership."""
    if not entry.terms:
        return []
    leaves_on = max(term.ends_on for term in entry.terms)
    found = []
    for time in times:
        known_end = time.ends_on or (leaves_on if leaves_on < today else None)
        if not time.cancelled and time.starts_on <= leaves_on:
            found.append(DaysAway(time.starts_on, min(known_end, leaves_on) if known_end else None))
    return sorted(found, key=lambda days: days.first_on)


def standing_of(given: GivenTime, away: Sequence[DaysAway], said: Standing | None, today: date) -> Standing:
    """Return how a time stands. `said`: as scheduling last said; None if it said nothing.

    A time that took the place of another one is never over earlier.
    `away` is in order. Standing still only adds days. So a day before the one that evidence counts is older than that.
    """
    theirs = away if given.is_theirs else ()
    counted = max(_moved(days, theirs) for days in (*given.before, (given.first_on, given.last_on)))
    is_away = any(days.first_on <= today <= (days.last_on or today) for days in theirs)
    if said is None:
        return Standing(counted, is_away)
    return Standing(max(counted, said.due_on), is_away or said.stands_still)


def last_day_of(given: GivenTime, away: Sequence[DaysAway], said: Standing | None) -> date | None:
    """Return the last day of a time, whatever day it is today. None while nobody knows the end of a time away in it.

    `away`, `said`: as in `standing_of`.
    """
    counted = standing_of(given, away, said, given.first_on).due_on
    is_open = any(days.last_on is None and days.first_on <= counted for days in away if given.is_theirs)
    return None if is_open else counted


def _moved(given: tuple[date, date], away: Sequence[DaysAway]) -> date:
    """Return the last day, later by the calendar days away within the time. A moved day is an office working day.

    Scheduling counts likewise. While nobody knows the end of a time away, its days are not counted.
    """
    next_on, last_on = given
    due_on = last_on
    for days in away:
        first = max(days.first_on, next_on)
        if first > due_on:
            break
        if days.last_on is not None and days.last_on >= first:
            next_on = days.last_on + _DAY
            due_on += next_on - first
    return due_on if due_on == last_on else first_working_day_from(WorkingCalendar.OFFICE, due_on)
