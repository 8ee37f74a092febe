"""Possible dates of a support session: office working days, daytime in Scotland, with the support manager free.

No date is proposed around New Year unless there is no other. A person may choose another time, with a reason.
"""

from collections import Counter
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from services.calendar_days import LONDON, closed_because, is_working_day, london_instant, london_today
from services.scheduling.domain.obligations.policy import SchedulingPolicy


@dataclass(frozen=True, slots=True)
class Engagements:
    """The start times of open sessions of the support manager and of the Safeguarder."""

    of_manager: frozenset[datetime]
    of_safeguarder: frozenset[datetime]

    def with_start(self, starts_at: datetime) -> "Engagements":
        """Return the engagements with one more session of the two."""
        return Engagements(self.of_manager | {starts_at}, self.of_safeguarder | {starts_at})


def first_free_start(days: Iterable[date], engagements: Engagements, policy: SchedulingPolicy) -> datetime | None:
    """Return the first start that is free for both on these days, in the order given. None if there is none.

    A day is free if it is a working day, the Safeguarder has no session on it and the manager has not reached the
    day's limit. Days around New Year come last.
    """
    of_safeguarder = {london_today(start) for start in engagements.of_safeguarder}
    on_day = Counter(london_today(start) for start in engagements.of_manager)

    free = (
        day
        for day in sorted(days, key=lambda day: is_around_new_year(day, policy))
        if on_day[day] < policy.sessions_per_manager_per_day
        and day not in of_safeguarder
        and is_working_day(policy.calendar, day)
    )
    starts = (london_instant(day, at) for day in free for at in policy.session_start_times)
    return next((start for start in starts if is_free(start, engagements.of_manager, policy)), None)


def is_around_new_year(day: date, policy: SchedulingPolicy) -> bool:
    """Return whether the day is one of those on which no date is proposed."""
    first, last = policy.no_proposals
    at = (day.month, day.day)
    return first <= at <= last if first <= last else at >= first or at <= last


def unusual_because(start: datetime, policy: SchedulingPolicy) -> str | None:
    """Return in words why a session then needs a reason: a closed day, or outside office hours. None if it is usual."""
    closed = closed_because(policy.calendar, london_today(start))
    if closed is not None:
        return f"The office is closed on {london_today(start)} ({closed})."
    opens, closes = policy.office_hours
    begins, ends = (at.astimezone(LONDON) for at in (start, start + timedelta(minutes=policy.session_minutes)))
    if begins.time() < opens or ends.time() > closes or ends.date() != begins.date():
        return f"A session is held between {opens:%H:%M} and {closes:%H:%M}, and this one would not be."
    return None


def is_free(start: datetime, taken: Collection[datetime], policy: SchedulingPolicy) -> bool:
    """Return whether a session starting then overlaps none of those starting at the times taken."""
    length = timedelta(minutes=policy.session_minutes)
    return all(abs(start - other) >= length for other in taken)


def spread(first: date, last: date, number: int) -> list[date]:
    """Divide the days from first to last into equal parts and return the middle day of each, in order."""
    days = (last - first).days + 1
    return [first + timedelta(days=(2 * part + 1) * days // (2 * number)) for part in range(number)]


def outwards(target: date, first: date, last: date) -> list[date]:
    """Return all days from first to last, nearest to the target first. The earlier of two equally near days leads."""
    days = [first + timedelta(days=n) for n in range((last - first).days + 1)]
    return sorted(days, key=lambda day: (abs(day - target), day))
