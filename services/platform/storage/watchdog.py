"""Ends a process whose work hangs: whoever runs it starts it again, and the inbox then tells what it hung on."""

import os
import threading

from services.platform.telemetry.logs import log

EXIT_CODE = 70
"""`EX_SOFTWARE`: an internal fault, as against a setting that is wrong (2) or an order to stop (0)."""
LOOKS = 8
"""How often a limit is looked at while it runs: a process that was paused, or a clock that jumped, ends nothing."""


class Watchdog:
    """Looks whether one piece of work after the other ends in time. Beginning and ending one costs next to nothing."""

    def __init__(self, what: str, seconds: float) -> None:
        self._what = what
        self._seconds = seconds
        self._begun = 0
        self._working = False
        self._stopping = threading.Event()
        threading.Thread(target=self._watch, name="watchdog", daemon=True).start()

    def begin(self) -> None:
        """A piece of work begins, and with it the time it has."""
        self._begun += 1
        self._working = True

    def end(self) -> None:
        """The work at hand is done."""
        self._working = False

    def stop(self) -> None:
        """Watch no more."""
        self._stopping.set()

    def _watch(self) -> None:
        seen, times = 0, 0
        while not self._stopping.wait(self._seconds / LOOKS):
            times = times + 1 if self._working and self._begun == seen else 0
            seen = self._begun
            if times > LOOKS:
                log().critical("work_hangs", source=self._what, seconds=self._seconds)
                os._exit(EXIT_CODE)
