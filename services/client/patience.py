"""Waits that end when nothing moves any more, and not because a busy machine is slow."""

import os
import subprocess
import threading
import time
from pathlib import Path

LOOK_SECONDS, LOOK_AGAIN_SECONDS = 0.25, 0.01
LONGEST_SECONDS = 3600.0
"""The end of every wait. What moves for an hour and gets nowhere goes round in circles."""
_NANOSECOND = 1e-9
_Demand = dict[int, float]


class Patience:
    """Time that may pass while nothing moves: start one, and ask it after each look in vain.

    Its clock stands still while this process, or one that it started, runs or waits for a core. A machine shared with
    other work makes a wait longer but never makes it fail. Where Linux does not say who runs, the clock is a plain one.
    """

    def __init__(self, seconds: float) -> None:
        self.seconds = seconds
        self._began = self._looked = time.monotonic()
        self._left = seconds
        self._seen: object = None
        self._before: _Demand | None = None

    def is_over(self, seen: object = None) -> bool:
        """Return whether nothing has moved for so long. Give what was seen, if anything: a change is a movement."""
        now = time.monotonic()
        if seen != self._seen:
            self._seen, self._left, self._looked = seen, self.seconds, now
        if (passed := now - self._looked) >= LOOK_SECONDS:
            # Linux counts a wait for a core once it is over, so what one look took away the next may give back.
            self._left = min(self.seconds, self._left - passed + self._busy(passed))
            self._looked = now
        return self._left <= 0 or now - self._began > LONGEST_SECONDS

    def _busy(self, passed: float) -> float:
        demand, before = _demand(), self._before
        self._before = demand
        if before is None and demand:
            return passed  # nothing to compare with yet
        return sum(spent - (before or {}).get(thread, 0.0) for thread, spent in demand.items())

    def why(self) -> str:
        """Say why it is over, and which processes were waited for."""
        if time.monotonic() - self._began > LONGEST_SECONDS:
            return f"no end of it within {LONGEST_SECONDS:.0f} s"
        idle = [name for process in _family() if process != os.getpid() and (name := _name(process))]
        return f"nothing moved for {self.seconds:.0f} s" + (f"; idle: {', '.join(idle)}" if idle else "")


def has_ended(process: "subprocess.Popen[bytes]", seconds: float) -> bool:
    """Return whether a process ends before nothing has moved for so many seconds."""
    patience = Patience(seconds)
    while process.poll() is None:
        if patience.is_over():
            return False
        time.sleep(LOOK_AGAIN_SECONDS)
    return True


def _demand() -> _Demand:
    """Return the seconds that each thread has run or waited for a core. Empty where that is not known.

    The thread that waits is left out: it runs because it looks, and would keep its own wait alive.
    """
    waits = threading.get_native_id()
    found: _Demand = {}
    for process in _family():
        for thread in _threads(process):
            try:
                runs, queues, _ = (thread / "schedstat").read_text().split()
            except (OSError, ValueError):
                continue  # it has ended
            if int(thread.name) != waits:
                found[int(thread.name)] = (int(runs) + int(queues)) * _NANOSECOND
    return found


def _family() -> list[int]:
    """Return this process and all that it has started, and they in turn."""
    children: dict[int, list[int]] = {}
    for entry in Path("/proc").glob("[0-9]*/stat"):
        try:
            parent = int(entry.read_text().rpartition(")")[2].split()[1])
        except (OSError, IndexError):
            continue  # it has ended
        children.setdefault(parent, []).append(int(entry.parent.name))
    family = [os.getpid()]
    for process in family:  # grows while it is walked: the children of children follow
        family += children.get(process, [])
    return family


def _threads(process: int) -> list[Path]:
    try:
        return list(Path(f"/proc/{process}/task").iterdir())
    except OSError:
        return []


def _name(process: int) -> str:
    """Return the end of a command line: the module or the class that runs."""
    try:
        line = Path(f"/proc/{process}/cmdline").read_bytes().decode(errors="replace")
    except OSError:
        return ""
    return " ".join(line.replace("\0", " ").split())[-60:]
