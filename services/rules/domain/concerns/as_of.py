"""Questions about the past: the end of a day, or what was known at an instant (D15.10)."""

from datetime import date, datetime, time, timedelta

from services.calendar_days import london_instant, london_today
from services.refusals import invalid

TICK = timedelta(microseconds=1)
"""The finest step in which instants are stored."""


def point_in_history(as_of: date | None, known_at: datetime | None, now: datetime) -> datetime | None:
    """Turn `as_of` and `known_at` into one point in history: the last instant to look at; None for now.

    A move takes effect when it is stored. So a day and an instant cut the same history, and the earlier one applies.
    Today means now, because today is not over.

    Raises:
        Refusal: INVALID, AS_OF_IN_FUTURE or KNOWN_TIME_IN_FUTURE.
    """
    today = london_today(now)
    if as_of is not None and as_of > today:
        raise invalid("AS_OF_IN_FUTURE", "as_of_date is in the future. Give a day up to today.", "as_of_date")
    if known_at is not None and known_at > now:
        message = "known_at_time is in the future. Nobody can know yet what will be recorded by then."
        raise invalid("KNOWN_TIME_IN_FUTURE", message, "known_at_time")
    ends_at = london_instant(as_of + timedelta(days=1), time(0)) - TICK if as_of and as_of < today else None
    return min((instant for instant in (ends_at, known_at) if instant is not None), default=None)
