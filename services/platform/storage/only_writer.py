"""A lock beside a SQLite file, so that two processes never work on it (F10).

A service on SQLite is one process: its claims are its own, and it sends each message once. A second process on the same
file would send each again. On PostgreSQL any number of copies share the work by claims.
"""

import fcntl
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from services.platform.storage.unusable import UnusableDatabaseError

SQLITE = "sqlite:///"
ENDING = ".lock"


@contextmanager
def only_writer(url: str) -> Iterator[None]:
    """Hold the lock of a SQLite database. The operating system gives it back however the process ends.

    Raises:
        UnusableDatabaseError: another process holds it.
    """
    if not url.startswith(SQLITE):
        yield
        return
    # Through a link it is the same file, and the lock has to be the same too.
    file = Path(url.removeprefix(SQLITE)).resolve()
    file.parent.mkdir(parents=True, exist_ok=True)
    with Path(f"{file}{ENDING}").open("a") as beside:
        try:
            fcntl.flock(beside, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            message = "Another process already works on this database, and a service on SQLite is one process."
            way_on = "End the other one first, or use PostgreSQL for several copies."
            raise UnusableDatabaseError(f"{file}: {message} {way_on}") from None
        yield
