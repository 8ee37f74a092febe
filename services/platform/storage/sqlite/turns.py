"""Turns of readers and a commit, where a commit needs the file to itself."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager


class Turns:
    """A lock that many readers share, and that one other has alone.

    With a rollback journal a commit needs the file to itself. SQLite waits for that by sleeping up to a tenth of a
    second and looking again. Taking turns here wakes each side as soon as it may go on.
    """

    def __init__(self) -> None:
        self._changed = threading.Condition()
        self._readers = 0
        self._alone = False

    @contextmanager
    def reading(self) -> Iterator[None]:
        """Wait until nobody is alone, then read beside other readers."""
        with self._changed:
            self._changed.wait_for(lambda: not self._alone)
            self._readers += 1
        try:
            yield
        finally:
            with self._changed:
                self._readers -= 1
                if not self._readers:
                    self._changed.notify_all()

    @contextmanager
    def alone(self) -> Iterator[None]:
        """Wait for the current readers, then have the file alone. New readers wait, or they could starve a commit."""
        with self._changed:
            self._alone = True
            self._changed.wait_for(lambda: not self._readers)
        try:
            yield
        finally:
            with self._changed:
                self._alone = False
                self._changed.notify_all()
