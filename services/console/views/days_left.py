"""Days that are left until a date, by the calendar of the office."""

from datetime import date

from services.calendar_days import WorkingCalendar, working_days_between
from services.console.words import words


def days_left(until: date, today: date) -> str:
    """Return `4 working days left`, `2 working days overdue`, or nothing for today."""
    if until == today:
        return ""
    days = working_days_between(WorkingCalendar.OFFICE, *sorted((until, today)))
    return words("layout").say("overdue" if until < today else "left", n=days)
