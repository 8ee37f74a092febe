"""Civil dates and times in Scotland (Europe/London) and the instants they stand for."""

from datetime import UTC, date, datetime, time
from zoneinfo import ZoneInfo

from services.refusals import invalid

LONDON = ZoneInfo("Europe/London")


def london_today(instant: datetime) -> date:
    """The civil date in Scotland at an instant. Legal dates are London dates, whatever the date in UTC.

    Raises ValueError when the instant carries no time zone.
    """
    if instant.tzinfo is None:
        raise ValueError(f"{instant.isoformat()} has no time zone. Give an instant in UTC.")
    return instant.astimezone(LONDON).date()


def london_instant(day: date, at: time) -> datetime:
    """The instant, in UTC, at which clocks in Scotland show this time on this day.

    Refuses LONDON_TIME_NEVER_HAPPENS and LONDON_TIME_HAPPENS_TWICE round the change of the clocks: the answer is asked
    for, not guessed.
    """
    civil = datetime.combine(day, at.replace(tzinfo=None), tzinfo=LONDON)
    first, second = (civil.replace(fold=fold).astimezone(UTC) for fold in (0, 1))
    shown = f"{day} {at:%H:%M}"
    if first == second:
        return first
    if first.astimezone(LONDON).replace(tzinfo=None) != civil.replace(tzinfo=None):
        message = f"{shown} does not exist in London: the clocks go forward over it. Choose another time."
        raise invalid("LONDON_TIME_NEVER_HAPPENS", message, date=str(day))
    message = (
        f"{shown} happens twice in London, at {first:%H:%M} and at {second:%H:%M} UTC. "
        "Give the instant in UTC, or choose another time."
    )
    raise invalid("LONDON_TIME_HAPPENS_TWICE", message, date=str(day))
