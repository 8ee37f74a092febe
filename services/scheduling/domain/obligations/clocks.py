"""The clock of an obligation: running, paused for a reason, or stopped (X40). It counts calendar days.

No time passes on a clock while anything pauses it. Pauses may overlap. The order in which they are recorded does not
matter.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, timedelta
from enum import StrEnum


class ClockState(StrEnum):
    """The state of a clock on a day."""

    RUNNING = "running"
    PAUSED = "paused"
    STOPPED = "stopped"


class PauseReason(StrEnum):
    """The reason for a pause."""

    SUSPENDED = "suspended"
    ON_LEAVE = "on_leave"
    REVIEW_OPEN = "review_open"
    SUPPORT_LATE = "support_late"
    """The Team is late with a support that was accepted for it."""


@dataclass(frozen=True, slots=True)
class Pause:
    """A period in which a clock does not run. `resumed_on` is the day it runs again, or None while the pause lasts."""

    cause_id: str
    """Opaque id of the suspension, the leave, the review or the support that causes the pause."""
    reason: PauseReason
    from_on: date
    resumed_on: date | None = None

    def covers(self, day: date) -> bool:
        """Return whether this pause stops the clock on the day."""
        return self.from_on <= day and (self.resumed_on is None or day < self.resumed_on)


@dataclass(frozen=True, slots=True)
class Clock:
    """A clock that counts from `starts_on`, with everything that ever paused or stopped it."""

    starts_on: date
    pauses: tuple[Pause, ...] = ()
    met_on: date | None = None
    """First day that does not count because the obligation is met."""
    ended_on: date | None = None
    """First day that does not count because membership ended."""

    def with_pauses(self, pauses: Iterable[Pause]) -> "Clock":
        """Return the clock with those of the pauses that reach it, and no others."""
        reach = tuple(pause for pause in pauses if pause.resumed_on is None or pause.resumed_on > self.starts_on)
        return replace(self, pauses=reach)

    def is_paused_without_end(self, day: date) -> bool:
        """Return whether a pause stops the clock on a day of which nobody knows the last."""
        return any(pause.covers(day) and pause.resumed_on is None for pause in self.pauses)

    @property
    def stopped_on(self) -> date | None:
        """The first day that does not count, for either reason. None while the clock has not stopped."""
        return min((day for day in (self.met_on, self.ended_on) if day is not None), default=None)

    def state_on(self, day: date) -> ClockState:
        """Return the state of the clock on a day. A stop takes precedence over a pause."""
        if self.stopped_on is not None and self.stopped_on <= day:
            return ClockState.STOPPED
        return ClockState.PAUSED if self.pause_reasons_on(day) else ClockState.RUNNING

    def pause_reasons_on(self, day: date) -> tuple[PauseReason, ...]:
        """Return the reasons that pause the clock on a day, each once."""
        return tuple(sorted({pause.reason for pause in self.pauses if pause.covers(day)}))

    def day_reached(self, days: int, today: date) -> date:
        """Return the day on which this many days have passed on the clock.

        A pause that is still open is assumed to end after today, so the answer moves one day later each day. A pause
        after the clock has stopped moves nothing: otherwise what is met would fall due later and later.
        """
        reached = self.starts_on + timedelta(days=days - 1)
        for first, last in self._standstills(today + timedelta(days=1)):
            # A pause that begins after the day reached does not move it, and neither does any later pause.
            if first > reached:
                break
            reached += last - first
        return reached

    def _standstills(self, open_until: date) -> list[tuple[date, date]]:
        """Return the pauses in order without overlaps, each with its first day and the day the clock runs again."""
        stretches: list[tuple[date, date]] = []
        stopped_on = self.stopped_on or date.max
        for pause in sorted(self.pauses, key=lambda pause: pause.from_on):
            first = max(pause.from_on, self.starts_on, stretches[-1][1] if stretches else self.starts_on)
            last = min(pause.resumed_on or open_until, stopped_on)
            if first < last:
                stretches.append((first, last))
        return stretches
