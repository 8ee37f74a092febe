"""The clock of an obligation: running, paused with a reason, or stopped (X40). It counts plain days.

While anything pauses it, no time passes on it; pauses may overlap and nest, and the order in which they are recorded
makes no difference.
"""

from dataclasses import dataclass, replace
from datetime import date, timedelta
from enum import StrEnum

from services.refusals import invalid, precondition


class ClockState(StrEnum):
    """How a clock stands on a day."""

    RUNNING = "running"
    PAUSED = "paused"
    STOPPED = "stopped"


class PauseReason(StrEnum):
    """Why a clock is paused."""

    SUSPENDED = "suspended"
    ON_LEAVE = "on_leave"
    REVIEW_OPEN = "review_open"


@dataclass(frozen=True, slots=True)
class Pause:
    """Days on which a clock does not run: from the first of them until the day it runs again, or still open."""

    cause_id: str
    """Opaque id of what causes it: the suspension, the leave or the review."""
    reason: PauseReason
    from_on: date
    resumed_on: date | None = None

    def covers(self, day: date) -> bool:
        """Whether the clock stands still on the day because of this."""
        return self.from_on <= day and (self.resumed_on is None or day < self.resumed_on)


@dataclass(frozen=True, slots=True)
class Clock:
    """A clock with everything that ever paused or stopped it. It counts from `starts_on`."""

    starts_on: date
    pauses: tuple[Pause, ...] = ()
    met_on: date | None = None
    """First day that no longer counts because the obligation is met."""
    ended_on: date | None = None
    """First day that no longer counts because membership ended."""

    @property
    def stopped_on(self) -> date | None:
        """The first day that no longer counts, for whatever reason; None while nothing stopped the clock."""
        return min((day for day in (self.met_on, self.ended_on) if day is not None), default=None)

    def state_on(self, day: date) -> ClockState:
        """How the clock stands on the day; a stop outweighs a pause."""
        if self.stopped_on is not None and self.stopped_on <= day:
            return ClockState.STOPPED
        return ClockState.PAUSED if self.pause_reasons_on(day) else ClockState.RUNNING

    def pause_reasons_on(self, day: date) -> tuple[PauseReason, ...]:
        """Everything that pauses the clock on the day, each reason once."""
        return tuple(sorted({pause.reason for pause in self.pauses if pause.covers(day)}))

    def running_days(self, until: date) -> int:
        """Days that passed on this clock from its start up to, not including, a day."""
        end = until if self.stopped_on is None else min(until, self.stopped_on)
        still = sum((min(last, end) - first).days for first, last in self._standstills(end) if first < end)
        return max(0, (end - self.starts_on).days - still)

    def day_reached(self, days: int, today: date) -> date:
        """The day that is the n-th to pass on this clock. A pause still open is taken to end after today.

        A pause that begins later than that day no longer moves it.
        """
        reached = self.starts_on + timedelta(days=days - 1)
        for first, last in self._standstills(today + timedelta(days=1)):
            if first > reached:
                break
            reached += last - first
        return reached

    def _standstills(self, open_until: date) -> list[tuple[date, date]]:
        """The pauses as separate stretches in order, each from its first day until the day the clock runs again."""
        stretches: list[tuple[date, date]] = []
        for pause in sorted(self.pauses, key=lambda pause: pause.from_on):
            first = max(pause.from_on, self.starts_on, stretches[-1][1] if stretches else self.starts_on)
            last = pause.resumed_on or open_until
            if first < last:
                stretches.append((first, last))
        return stretches


def pause_clock(clock: Clock, pause: Pause) -> Clock:
    """The clock with one more pause; the same cause again changes nothing."""
    if any(known.cause_id == pause.cause_id for known in clock.pauses):
        return clock
    return replace(clock, pauses=(*clock.pauses, pause))


def resume_clock(clock: Clock, cause_id: str, on: date) -> Clock:
    """The clock with one cause of pausing ended; it runs again from `on` unless something else pauses it.

    Refuses CLOCK_NOT_PAUSED when the cause never paused it and RESUMED_BEFORE_PAUSED. Ended already: no change.
    """
    pause = next((known for known in clock.pauses if known.cause_id == cause_id), None)
    if pause is None:
        message = "This cause has not paused the clock. Record the pause first."
        raise precondition("CLOCK_NOT_PAUSED", message, field="cause_id")
    if on < pause.from_on:
        message = f"The pause began on {pause.from_on}; it cannot end on {on}. Give a later date."
        raise invalid("RESUMED_BEFORE_PAUSED", message, field="resumed_date")
    if pause.resumed_on is not None:
        return clock
    ended = replace(pause, resumed_on=on)
    return replace(clock, pauses=tuple(ended if known is pause else known for known in clock.pauses))
