"""Files of JSON that operators replace while a service runs: people, and keys. They are read again once they change."""

import json
import threading
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any, Generic, TypeVar

from joserfc.errors import JoseError

from services.platform.data_file import DataFileError
from services.platform.telemetry.logs import log

T = TypeVar("T")
LOOK_AGAIN_SECONDS = 1.0
"""Longest time for which a changed file is not noticed. A person who loses a role loses it within a second."""
_NO_SENSE = (ValueError, TypeError, LookupError, AttributeError, JoseError)
"""What reading a file raises if it holds something else than it should."""


def read_file(file: Path, read: Callable[[Any], T], what: str) -> T:
    """Return what `read` makes of a file of JSON. `what` says in words what the file should hold.

    Raises:
        DataFileError: it is missing or damaged. The message holds nothing of its content, which may be a key.
    """
    try:
        return read(json.loads(file.read_text()))
    except OSError as problem:
        raise DataFileError(f"{file} cannot be read: {problem.strerror}. It holds {what}.") from None
    except _NO_SENSE:
        message = f"{file} is damaged: it does not hold {what}. Put it back from where it was made, then start again."
        raise DataFileError(message) from None


class WatchedFile(Generic[T]):
    """What a file holds now, for any thread. While it cannot be read, what it held before stands."""

    def __init__(self, file: Path, read: Callable[[Any], T], what: str, kind: str) -> None:
        """Read the file. `kind`: a word of ours for the log, if it cannot be read again.

        Raises:
            DataFileError: as `read_file`. Otherwise a service would start and know nobody.
        """
        self._file = file
        self._read = read
        self._what = what
        self._kind = kind
        self._lock = threading.Lock()
        self._changed_at = _changed_at(file)
        self._held = read_file(file, read, what)
        self._looked_at = time.monotonic()
        self._unreadable = False

    def now(self) -> T:
        """Return what the file holds: the same object until the file changes."""
        # Every call asks, from its own thread. One of them looks at the file, and none sees half of a new one.
        with self._lock:
            if time.monotonic() - self._looked_at >= LOOK_AGAIN_SECONDS:
                self._looked_at = time.monotonic()
                self._read_if_changed()
            return self._held

    def _read_if_changed(self) -> None:
        changed_at = _changed_at(self._file)
        if changed_at == self._changed_at and not self._unreadable:
            return
        try:
            self._held = read_file(self._file, self._read, self._what)
        except DataFileError:
            # Half written, or taken away for a moment. The next look tries again. It is said once, because nobody who
            # loses a role loses it meanwhile.
            if not self._unreadable:
                log().error("file_unreadable", reason=self._kind)
            self._unreadable = True
            return
        self._changed_at, self._unreadable = changed_at, False


def _changed_at(file: Path) -> int:
    try:
        return file.stat().st_mtime_ns
    except OSError:
        return -1
