"""The ladder of a matter that nobody has answered in time: who is asked, and how long after (X12, B14).

A matter asks on its next date, or on the day to respond by. Its owner is asked first, then others, each of them once.
Any act of a person on the matter stops that, and gives the matter another day on which it asks. A duty has a ladder too
(`duty.py`), which begins with reminders before its day.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from enum import StrEnum

from services.calendar_days import (
    LONDON,
    WorkingCalendar,
    add_working_days,
    first_working_day_from,
    is_working_day,
    london_instant,
    london_today,
)
from services.notifications.domain.alert import Alert, Lane


class Rung(StrEnum):
    """Who is asked at a step of a ladder."""

    OWNER = "owner"
    MANAGER = "manager"
    """The support manager, who is asked to call a Safeguarder about a duty of theirs."""
    COVER = "cover"
    SENIOR = "senior"


@dataclass(frozen=True, slots=True)
class Step:
    """One step of a ladder. `after`: working days of the office after the day on which the matter asks.

    A reminder before that day has a number below 0. Only a duty has reminders.
    """

    who: Rung
    after: int


@dataclass(frozen=True, slots=True)
class OfficeHours:
    """The hours in which the office is open, on its working days. Times of day are London's."""

    opens: time
    closes: time

    def is_open(self, now: datetime) -> bool:
        """Return whether people are in the office at an instant."""
        local = now.astimezone(LONDON).time()
        return self.opens <= local < self.closes and is_working_day(WorkingCalendar.OFFICE, london_today(now))

    def open_from(self, at: datetime) -> datetime:
        """Return the first instant at which the office is open, at or after another one."""
        if self.is_open(at):
            return at
        day = london_today(at)
        if at.astimezone(LONDON).time() >= self.opens:
            day += timedelta(days=1)
        return london_instant(first_working_day_from(WorkingCalendar.OFFICE, day), self.opens)


@dataclass(frozen=True, slots=True)
class Ladders:
    """The ladders of lanes and of duties, the roles behind the steps, the hours of the office, the days to answer."""

    steps: Mapping[Lane, tuple[Step, ...]]
    roles: Mapping[Rung, str]
    office: OfficeHours
    answer_within: Mapping[str, int]
    """Working days in which a move of a concern asks for an answer, by the move's word, if the move sets no date."""
    duties_of_safeguarder: tuple[Step, ...] = ()
    duties_of_staff: tuple[Step, ...] = ()

    @property
    def longest(self) -> int:
        """The number of steps of the longest ladder."""
        return max(len(steps) for steps in self.steps.values())

    @property
    def most_steps_of_duties(self) -> int:
        """The number of steps of the longer ladder of duties."""
        return max(len(self.duties_of_safeguarder), len(self.duties_of_staff))

    @property
    def longest_lead(self) -> int:
        """The working days from the earliest reminder until the day of a duty."""
        return -min((step.after for step in (*self.duties_of_safeguarder, *self.duties_of_staff)), default=0)

    def steps_due(self, alert: Alert, today: date) -> tuple[Step, ...]:
        """Return the steps of an alert's ladder that are due and were not taken yet, in order."""
        asks_on = alert.asks_on
        if asks_on is None or asks_on > today or not alert.stands or alert.silenced_by or alert.kept_from_staff:
            return ()
        # Nobody is asked at a later step before the first has been taken and had its time.
        since = asks_on if alert.asked else today
        left = self.steps[alert.concern.lane][alert.asked :]
        return tuple(step for step in left if add_working_days(WorkingCalendar.OFFICE, since, step.after) <= today)
