"""A meter of events that could not be applied lately. A few are faulty events; many mean a faulty service."""

from collections import deque
from collections.abc import Callable
from datetime import datetime, timedelta

SPAN = timedelta(minutes=1)
ALWAYS_BORNE = 5
LARGEST_SHARE = 0.01
"""Reading stops at more than five dead letters in a minute that are also more than one in a hundred (reliability Q8).
The first limit keeps a quiet source from stopping at one bad event, the second a busy one."""


class TooManyDeadLettersError(Exception):
    """So many events fail that reading on would turn the whole source into dead letters."""


class PoisonMeter:
    """A count of events received and dead-lettered in the last minute."""

    def __init__(self, now: Callable[[], datetime]) -> None:
        self._now = now
        self._counts: deque[tuple[datetime, int, int]] = deque()

    def came(self, events: int) -> None:
        """Count received events."""
        self._counts.append((self._now(), events, 0))

    def dead_lettered(self) -> None:
        """Count one event that became a dead letter."""
        self._counts.append((self._now(), 0, 1))

    def check(self) -> None:
        """Forget what is not of the last minute, and compare. A clock that was set back leaves counts ahead of now.

        Raises:
            TooManyDeadLettersError: the share of dead letters is too large.
        """
        now = self._now()
        while self._counts and not now - SPAN <= self._counts[0][0] <= now:
            self._counts.popleft()
        dead = sum(count for _, _, count in self._counts)
        if dead > max(ALWAYS_BORNE, LARGEST_SHARE * sum(count for _, count, _ in self._counts)):
            raise TooManyDeadLettersError
