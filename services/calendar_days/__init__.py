"""Working days, months and London dates, for every service that counts them.

There are two calendars, and they are never mixed. `STATUTORY` is the working day of the Children's Hearings (Scotland)
Act 2011, s.202. `OFFICE` is the days on which the office of the Safeguarders Panel Team is open: weekdays without
Scotland's bank holidays, with a table of exceptions. Every obligation names the calendar it uses. Terms, anniversaries
and windows are counted in `months`, by one rule. The package holds no data except that table, reads no clock and calls
no service.
"""

from services.calendar_days.london import LONDON, london_instant, london_today
from services.calendar_days.months import last_day, months_later, window_start
from services.calendar_days.working_days import (
    Days,
    WorkingCalendar,
    add_working_days,
    add_working_days_without,
    closed_because,
    first_working_day_from,
    is_working_day,
    last_working_day_until,
    working_days_between,
)

__all__ = [
    "LONDON",
    "Days",
    "WorkingCalendar",
    "add_working_days",
    "add_working_days_without",
    "closed_because",
    "first_working_day_from",
    "is_working_day",
    "last_day",
    "last_working_day_until",
    "london_instant",
    "london_today",
    "months_later",
    "window_start",
    "working_days_between",
]
