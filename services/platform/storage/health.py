"""What a database says of itself: its last commit, its last refusal to commit, and damage that was found (F5)."""

import threading
import time

DAMAGED = "damaged"
"""The word for a file of which a part can no longer be read."""


class StorageHealth:
    """Times are seconds of a steady clock, so that setting the machine's clock changes nothing."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._committed_at: float | None = None
        self._refused_at: float | None = None
        self._refusal = ""
        self._is_damaged = False

    def committed(self) -> None:
        """Note a commit."""
        with self._lock:
            self._committed_at = time.monotonic()

    def refused(self, reason: str) -> None:
        """Note that the database did not commit. `reason`: a word."""
        with self._lock:
            self._refused_at, self._refusal = time.monotonic(), reason

    def damaged(self) -> None:
        """Note that a part of the database cannot be read. That stays so until somebody restores it."""
        with self._lock:
            self._refused_at, self._refusal, self._is_damaged = time.monotonic(), DAMAGED, True

    @property
    def fault(self) -> str:
        """Return why nothing can be written now, in a word; empty if the last try succeeded."""
        with self._lock:
            if self._is_damaged:
                return DAMAGED
            if self._refused_at is None or (self._committed_at or 0.0) > self._refused_at:
                return ""
            return self._refusal

    @property
    def last_refusal(self) -> str:
        """Return why the database last did not commit, in a word; empty if it always did."""
        with self._lock:
            return self._refusal

    @property
    def seconds_since_commit(self) -> float | None:
        """Return the seconds since the last commit of this process; None if there was none."""
        return _since(self._committed_at)

    @property
    def seconds_since_refusal(self) -> float | None:
        """Return the seconds since the last refusal; None if there was none."""
        return _since(self._refused_at)


def _since(moment: float | None) -> float | None:
    return None if moment is None else time.monotonic() - moment
