"""A wait for a condition, with a limit and without a fixed pause."""

import time
from collections.abc import Callable
from typing import TypeVar

T = TypeVar("T")


def until(look: Callable[[], T], seconds: float = 30.0) -> T:
    """Return the first truthy result of `look`.

    Raises:
        AssertionError: there was none in time.
    """
    end = time.monotonic() + seconds
    while True:
        found = look()
        if found:
            return found
        if time.monotonic() > end:
            raise AssertionError(f"not true within {seconds} s: {found!r}")
        time.sleep(0.01)
