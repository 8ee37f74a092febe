"""Work beside the server: one turn after the other, in a thread of its own."""

import threading
from collections.abc import Callable

from services.platform.storage.database import Commits
from services.platform.telemetry.logs import log

AFTER_FAULT_SECONDS = 1.0


class Loop:
    """Takes turns in a thread of its own. Rests as long as a turn says, or until something is committed."""

    def __init__(self, name: str, turn: Callable[[], float], wakes_on: Commits | None = None) -> None:
        self._name = name
        self._turn = turn
        self._wakes_on = wakes_on
        self._stopping = threading.Event()
        self._thread = threading.Thread(target=self._run, name=name, daemon=True)

    def start(self) -> None:
        """Begin; returns at once."""
        self._thread.start()

    def stop(self) -> None:
        """Finish the turn in hand."""
        self._stopping.set()
        if self._wakes_on is not None:
            self._wakes_on.announce()
        self._thread.join()

    def _run(self) -> None:
        while not self._stopping.is_set():
            commits = self._wakes_on.count if self._wakes_on else 0
            try:
                rest = self._turn()
            except Exception as problem:
                # Whatever it is, the work must not stop for good: it is logged, and the next turn tries again.
                log().error("turn_failed", source=self._name, error=type(problem).__name__)
                self._stopping.wait(AFTER_FAULT_SECONDS)
                continue
            if self._wakes_on is None:
                self._stopping.wait(rest)
            elif not self._stopping.is_set():
                self._wakes_on.wait_beyond(commits, rest)
