"""Loops of work beside the server: one turn after another, in a thread of their own."""

import threading
from collections.abc import Callable

from services.platform.storage.database import Commits
from services.platform.telemetry.logs import log
from services.platform.threads import vital_thread

AFTER_FAULT_SECONDS = 1.0
"""Long enough that a database or a broker that is away is not asked in a tight loop."""


class Loop:
    """A thread that repeats a turn. After each it rests as long as the turn says, or until a commit.

    `wakes_on`: the commits that end a rest early. `on_fault`: logs what a turn raised; by default `turn_failed`.
    """

    def __init__(
        self,
        name: str,
        turn: Callable[[], float],
        wakes_on: Commits | None = None,
        on_fault: Callable[[Exception], None] | None = None,
    ) -> None:
        self._name = name
        self._turn = turn
        self._wakes_on = wakes_on
        self._on_fault = on_fault or self._log_fault
        self._stopping = threading.Event()
        self._thread = vital_thread(name, self._run)

    def start(self) -> None:
        """Begin; return at once."""
        self._thread.start()

    def stop(self) -> None:
        """Finish the current turn, then return."""
        self._stopping.set()
        if self._wakes_on is not None:
            self._wakes_on.announce()
        self._thread.join()

    def _run(self) -> None:
        while not self._stopping.is_set():
            # Counted before the turn: a commit that comes during the turn ends the rest after it at once.
            commits = self._wakes_on.count if self._wakes_on else 0
            try:
                rest = self._turn()
            except Exception as problem:
                # Any fault is logged and the next turn tries again: the work must not stop for good.
                self._on_fault(problem)
                self._stopping.wait(AFTER_FAULT_SECONDS)
                continue
            if self._wakes_on is None:
                self._stopping.wait(rest)
            elif not self._stopping.is_set():
                self._wakes_on.wait_beyond(commits, rest)

    def _log_fault(self, problem: Exception) -> None:
        log().error("turn_failed", source=self._name, error=type(problem).__name__)
