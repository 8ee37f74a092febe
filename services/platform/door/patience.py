"""The end of calls whose caller sends nothing, or takes nothing."""

import itertools
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from services.platform.loop import Loop

LOOK_SECONDS = 0.5


class Patience:
    """A job that cancels what takes too long. gRPC's own waits have no limit."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._numbers = itertools.count()
        self._waits: dict[int, tuple[float, Callable[[], object]]] = {}
        self._loop = Loop("patience", self._look)
        self.start, self.stop = self._loop.start, self._loop.stop

    @contextmanager
    def within(self, seconds: float, cancel: Callable[[], object]) -> Iterator[None]:
        """Call `cancel` if the block has not ended after a time."""
        number = next(self._numbers)
        with self._lock:
            self._waits[number] = (time.monotonic() + seconds, cancel)
        try:
            yield
        finally:
            with self._lock:
                self._waits.pop(number, None)

    def _look(self) -> float:
        now = time.monotonic()
        with self._lock:
            late = {number: cancel for number, (at, cancel) in self._waits.items() if at <= now}
            for number in late:
                del self._waits[number]
        for cancel in late.values():
            cancel()
        return LOOK_SECONDS
