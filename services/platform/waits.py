"""Instants that something waits for, on a machine whose clock may stand wrong for a while (F1).

What is stored while a clock stands a year ahead would otherwise wait for a year. So an instant that lies further ahead
than its own longest wait counts as come. What deletes asks a time that a wrong clock cannot put forward.
"""

from datetime import datetime, timedelta

from services.platform.clock import Clock
from services.platform.storage.database import to_micros

CONFIRMED_AFTER = timedelta(minutes=30)
"""Time that a process has run before it deletes anything, so that a clock that is wrong at the start can be set."""


def has_come(instant: int, now: datetime, longest: timedelta) -> bool:
    """Return whether an instant (microseconds) has come, or is further ahead than anything of its kind may wait."""
    return not to_micros(now) < instant <= to_micros(now + longest)


def come_sql(column: str) -> str:
    """Return the condition that the instant in a column has come. Its two parameters come from `come_within`."""
    return f"({column} <= ? OR {column} > ?)"


def come_within(now: datetime, longest: timedelta) -> tuple[int, int]:
    """Return the parameters of `come_sql`: now, and the furthest that an instant of this kind may lie ahead."""
    return to_micros(now), to_micros(now + longest)


class ConfirmedTime:
    """The time that the wall clock and the steady clock agree on, for whatever deletes what is too old."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._wall, self._steady = clock.now(), clock.steady()

    def now(self) -> datetime | None:
        """Return the earlier of the wall clock and the start plus the time since; None soon after the start."""
        since = timedelta(seconds=self._clock.steady() - self._steady)
        return min(self._clock.now(), self._wall + since) if since >= CONFIRMED_AFTER else None
