"""As at which moment somebody asks: the end of a day, what was known by an instant, or now (requirements D15.10)."""

from datetime import date, datetime, time, timedelta

from services.calendar_days import london_instant, london_today
from services.refusals import invalid

TICK = timedelta(microseconds=1)


def moment_asked(as_of: date | None, known_at: datetime | None, now: datetime) -> datetime | None:
    """The last instant that may bear on the answer; None for all that there is now.

    What people do about a concern takes effect when it is kept. So the day and what was known cut the same history,
    and the earlier of the two holds. Today is now, until it is over.

    Raises:
        Refusal: INVALID, AS_OF_IN_FUTURE or KNOWN_TIME_IN_FUTURE.
    """
    today = london_today(now)
    if as_of is not None and as_of > today:
        raise invalid("AS_OF_IN_FUTURE", "as_of_date is still to come. Give a day up to today.", "as_of_date")
    if known_at is not None and known_at > now:
        message = "known_at_time is still to come: what will have been recorded by then is not known."
        raise invalid("KNOWN_TIME_IN_FUTURE", message, "known_at_time")
    ends_at = london_instant(as_of + timedelta(days=1), time(0)) - TICK if as_of and as_of < today else None
    return min((instant for instant in (ends_at, known_at) if instant is not None), default=None)
