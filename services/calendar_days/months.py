"""Months, for terms, anniversaries and windows.

One rule answers every question here. A period of months that begins on a day is over on the same day of a later month.
If that month has no such day, the period is over on the first day of the next month, so that it is never short. From
29 February 2024, twelve months are over on 1 March 2025, and their last day is 28 February 2025.
"""

from calendar import monthrange
from datetime import date, timedelta
from functools import lru_cache

ONE_DAY = timedelta(days=1)


# Rules ask for the same days for each person. 50,000 entries are 500 people with 100 items each.
@lru_cache(maxsize=50_000)
def months_later(day: date, months: int) -> date:
    """Return the first day after a period of months that begins on a day. A negative number counts back.

    It is the anniversary of a term, and the first day on which a window of that many months no longer holds the day.

    Raises:
        ValueError: The day lies outside the years 1 to 9999.
    """
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    if day.day <= monthrange(year, month + 1)[1]:
        return date(year, month + 1, day.day)
    year, month = divmod(year * 12 + month + 1, 12)
    return date(year, month + 1, 1)


def last_day(starts_on: date, months: int) -> date:
    """Return the last day of a period of months that begins on a day, such as a term (2012 Regulations, reg 7)."""
    return months_later(starts_on, months) - ONE_DAY


@lru_cache(maxsize=4096)
def window_start(ends_on: date, months: int) -> date:
    """Return the first day of the window of that many months that ends on a day.

    It is the earliest day from which a period of these months is not over by then. So 31 May less three months gives
    1 March, and 28 February 2025 less twelve months gives 29 February 2024.
    """
    year, month = divmod(ends_on.year * 12 + ends_on.month - 1 - months, 12)
    return date(year, month + 1, min(ends_on.day, monthrange(year, month + 1)[1])) + ONE_DAY
