"""A watch on the machine's clock: it notices when the clock is set, forwards or back (F1)."""

from collections.abc import Callable
from datetime import datetime

from services.platform.clock import Clock
from services.platform.telemetry import metrics
from services.platform.telemetry.logs import log

LOOK_SECONDS = 5.0
STEP_SECONDS = 10.0
"""Difference between two looks that is called a step. Time services correct what is smaller by running slower."""


class ClockWatch:
    """The job that compares the wall clock with the steady clock. The difference changes only if the clock is set."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._difference = self._now()
        self._on_step: list[Callable[[], object]] = []
        self._unanswered = False
        metrics.CLOCK_STEPS.add(0)  # a counter that appears with its first step would show no increase
        self.stepped_at: datetime | None = None
        """When the last step was noticed, by the clock after the step. None if there was none since the start."""
        self.step_seconds = 0
        """Length of the last step in seconds, negative if the clock was set back."""

    def on_step(self, act: Callable[[], object]) -> None:
        """Have something done after each step."""
        self._on_step.append(act)

    def turn(self) -> float:
        """Look once. Return the seconds until the next look."""
        difference = self._now()
        step, self._difference = difference - self._difference, difference
        if abs(step) >= STEP_SECONDS:
            self.stepped_at, self.step_seconds = self._clock.now(), round(step)
            self._unanswered = True
            metrics.CLOCK_STEPS.add(1)
            log().critical("clock_stepped", seconds=self.step_seconds)
        if self._unanswered:
            for act in self._on_step:
                act()
            self._unanswered = False  # only now: what failed is done again at the next look
        return LOOK_SECONDS

    def _now(self) -> float:
        return self._clock.now().timestamp() - self._clock.steady()
