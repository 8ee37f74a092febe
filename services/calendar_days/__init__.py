"""Working days and London dates: one pure module for the services that count them.

Two calendars, never mixed. `STATUTORY` is the working day of the Children's Hearings (Scotland) Act 2011, s.202.
`OFFICE` is the days the Safeguarders Panel Team's office is open: Scotland's bank holidays and a table of exceptions.
Every obligation names the one it uses. Owns no data but that table, holds no clock, and calls nobody.
"""

from services.calendar_days.london import LONDON, london_instant, london_today
from services.calendar_days.working_days import (
    WorkingCalendar,
    add_working_days,
    closed_because,
    is_working_day,
    last_working_day_until,
    working_days_between,
)

__all__ = [
    "LONDON",
    "WorkingCalendar",
    "add_working_days",
    "closed_because",
    "is_working_day",
    "last_working_day_until",
    "london_instant",
    "london_today",
    "working_days_between",
]
