"""Days on which the office is open: how many are left until a day, and why a day became a later one."""

from datetime import date
from typing import Any


def time_left(until: date, today: date) -> str:
    """Return `5 working days left`, `today`, `3 working days over`, or `just over`, by the office calendar."""
    from services.calendar_days import WorkingCalendar, working_days_between

    if until == today:
        return "today"
    over = until < today
    days = working_days_between(WorkingCalendar.OFFICE, *sorted((until, today)))
    if over and not days:
        return "just over"
    counted = "1 working day" if days == 1 else f"{days or 'no'} working days"
    return f"{counted} {'over' if over else 'left'}"


def closed_then(answer: Any, field: str, typed: Any) -> str:
    """Return ` The office is closed on 5 December 2026 (Saturday).` if a service took a later day than was typed.

    `typed` is the date that was sent for a date field of the answer. Empty if the answer holds the same date.
    """
    from services.calendar_days import WorkingCalendar, closed_because
    from services.rules.domain.rulebook.wording import day_in_words

    if getattr(answer, field) == typed:
        return ""
    day = date(typed.year, typed.month, typed.day)
    return f" The office is closed on {day_in_words(day)} ({closed_because(WorkingCalendar.OFFICE, day)})."
