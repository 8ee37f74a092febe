"""How many events could not be applied of late: a few are set aside, many mean that the fault is not theirs."""

from collections import deque
from collections.abc import Callable
from datetime import datetime, timedelta

SPAN = timedelta(minutes=1)
ALWAYS_BORNE = 5
LARGEST_SHARE = 0.01
"""More than five in a minute, and more than one in a hundred: reliability Q8."""


class TooManyDeadLettersError(Exception):
    """So many events cannot be applied that reading on would empty the source into the dead letters."""


class PoisonMeter:
    """Counts events that came and events set aside, over the last minute."""

    def __init__(self, now: Callable[[], datetime]) -> None:
        self._now = now
        self._counts: deque[tuple[datetime, int, int]] = deque()

    def came(self, events: int) -> None:
        """So many events came."""
        self._counts.append((self._now(), events, 0))

    def dead_lettered(self) -> None:
        """One of them was set aside."""
        self._counts.append((self._now(), 0, 1))

    def check(self) -> None:
        """Raises TooManyDeadLettersError when too many were set aside."""
        since = self._now() - SPAN
        while self._counts and self._counts[0][0] < since:
            self._counts.popleft()
        aside = sum(count for _, _, count in self._counts)
        if aside > max(ALWAYS_BORNE, LARGEST_SHARE * sum(count for _, count, _ in self._counts)):
            raise TooManyDeadLettersError
