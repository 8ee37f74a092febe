"""A watchdog that ends a process whose work hangs.

The supervisor starts the process again, and the inbox then knows which event it hung on.
"""

import os
import threading

from services.platform.telemetry.logs import log
from services.platform.threads import EXIT_CODE, vital_thread

LOOKS = 8
"""Looks within one limit. A process that was paused, or a clock that jumped, counts as one look and ends nothing."""


class Watchdog:
    """A thread that checks that each piece of work ends in time.

    One thread works and the watchdog only reads, so beginning and ending need no lock and cost next to nothing.
    """

    def __init__(self, what: str, seconds: float) -> None:
        self._what = what
        self._seconds = seconds
        self._begun = 0
        self._working = False
        self._stopping = threading.Event()
        vital_thread("watchdog", self._watch).start()

    def begin(self) -> None:
        """Note that a piece of work begins, with the full limit ahead of it."""
        self._begun += 1
        self._working = True

    def end(self) -> None:
        """Note that the current work is done."""
        self._working = False

    def stop(self) -> None:
        """Stop watching."""
        self._stopping.set()

    def _watch(self) -> None:
        seen, times = 0, 0
        while not self._stopping.wait(self._seconds / LOOKS):
            times = times + 1 if self._working and self._begun == seen else 0
            seen = self._begun
            if times > LOOKS:
                log().critical("work_hangs", source=self._what, seconds=self._seconds)
                os._exit(EXIT_CODE)  # an ordinary exit would wait for the thread that hangs
