"""The only place that reads the wall clock."""

import time
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

    def steady(self) -> float:
        """Return seconds since some instant. Setting the wall clock does not change them."""
        ...


class SystemClock:
    """The machine's clock."""

    def now(self) -> datetime:
        """Return the current instant, aware, in UTC."""
        return datetime.now(UTC)

    def today(self) -> date:
        """Return the current date in London."""
        return datetime.now(LONDON).date()

    def steady(self) -> float:
        """Return seconds since the machine started, where possible also those during which it slept."""
        # Linux alone counts sleep. Without it, waking up looks like a step of the clock, which does no harm.
        return time.clock_gettime(getattr(time, "CLOCK_BOOTTIME", time.CLOCK_MONOTONIC))
