"""The only place that reads the wall clock."""

from datetime import UTC, date, datetime
from typing import Protocol
from zoneinfo import ZoneInfo

LONDON = ZoneInfo("Europe/London")


class Clock(Protocol):
    """The current time. Legal dates are London dates. Stored instants are UTC."""

    def now(self) -> datetime:
        """Return the current instant, aware, in UTC."""
        ...

    def today(self) -> date:
        """Return the current date in London."""
        ...


class SystemClock:
    """The machine's clock."""

    def now(self) -> datetime:
        """Return the current instant, aware, in UTC."""
        return datetime.now(UTC)

    def today(self) -> date:
        """Return the current date in London."""
        return datetime.now(LONDON).date()
