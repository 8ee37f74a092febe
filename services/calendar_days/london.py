"""Civil dates and times in Scotland (Europe/London), and the moments they stand for."""

from datetime import UTC, date, datetime, time
from zoneinfo import ZoneInfo

from services.refusals import invalid

LONDON = ZoneInfo("Europe/London")


def london_today(instant: datetime) -> date:
    """Return the civil date in Scotland at an instant. Legal dates are London dates, whatever the date in UTC.

    Raises:
        ValueError: The instant has no time zone.
    """
    if instant.tzinfo is None:
        raise ValueError(f"{instant.isoformat()} has no time zone. Give an instant in UTC.")
    return instant.astimezone(LONDON).date()


def london_instant(day: date, at: time) -> datetime:
    """Return the instant, in UTC, at which clocks in Scotland show this time on this day.

    Raises:
        Refusal: LONDON_TIME_NEVER_HAPPENS or LONDON_TIME_HAPPENS_TWICE around a change of the clocks. A guess could put
            an appointment an hour out, so the caller must choose.
    """
    # `fold` picks the first or the second of two equal clock times. The two differ only around a change of the clocks.
    civil = datetime.combine(day, at.replace(tzinfo=None), tzinfo=LONDON)
    first, second = (civil.replace(fold=fold).astimezone(UTC) for fold in (0, 1))
    shown = f"{day} {at:%H:%M}"
    if first == second:
        return first
    # A time that the clocks skip does not come back unchanged from UTC.
    if first.astimezone(LONDON).replace(tzinfo=None) != civil.replace(tzinfo=None):
        message = f"{shown} does not exist in London, because the clocks go forward then. Choose another time."
        raise invalid("LONDON_TIME_NEVER_HAPPENS", message, date=str(day))
    message = (
        f"{shown} happens twice in London, at {first:%H:%M} and at {second:%H:%M} UTC. "
        "Give the instant in UTC, or choose another time."
    )
    raise invalid("LONDON_TIME_HAPPENS_TWICE", message, date=str(day))
