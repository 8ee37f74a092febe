"""When a support session could be: office working days, daytime in Scotland, the support manager free."""

from collections import Counter
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from services.calendar_days import is_working_day, london_instant, london_today
from services.scheduling.domain.obligations.policy import SchedulingPolicy


@dataclass(frozen=True, slots=True)
class Engagements:
    """The starts of sessions already arranged: the support manager's, and the Safeguarder's own."""

    of_manager: frozenset[datetime]
    of_safeguarder: frozenset[datetime]

    def with_start(self, starts_at: datetime) -> "Engagements":
        """The same with one more session between the two."""
        return Engagements(self.of_manager | {starts_at}, self.of_safeguarder | {starts_at})


def first_free_start(days: Iterable[date], engagements: Engagements, policy: SchedulingPolicy) -> datetime | None:
    """The first start free for both on these days, taken in the order given; None when there is none.

    Free: on a working day, the Safeguarder without a session that day, the manager below the day's number.
    """
    of_safeguarder = {london_today(start) for start in engagements.of_safeguarder}
    on_day = Counter(london_today(start) for start in engagements.of_manager)
    free = (
        day
        for day in days
        if on_day[day] < policy.sessions_per_manager_per_day
        and day not in of_safeguarder
        and is_working_day(policy.calendar, day)
    )
    starts = (london_instant(day, at) for day in free for at in policy.session_start_times)
    return next((start for start in starts if is_free(start, engagements.of_manager, policy)), None)


def is_free(start: datetime, taken: Collection[datetime], policy: SchedulingPolicy) -> bool:
    """Whether a session starting then would overlap none of those starting at the times taken."""
    length = timedelta(minutes=policy.session_minutes)
    return all(abs(start - other) >= length for other in taken)


def spread(first: date, last: date, number: int) -> list[date]:
    """The middles of a number of equal parts of the days from first to last, in order."""
    days = (last - first).days + 1
    return [first + timedelta(days=(2 * part + 1) * days // (2 * number)) for part in range(number)]


def outwards(target: date, first: date, last: date) -> list[date]:
    """All days from first to last, nearest to the target first, the earlier of two as near."""
    days = [first + timedelta(days=n) for n in range((last - first).days + 1)]
    return sorted(days, key=lambda day: (abs(day - target), day))
