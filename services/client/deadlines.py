"""How much time is left until a day, in days on which the office is open."""

from datetime import date


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
