"""Waiting for something to become true, with a limit and without a fixed pause."""

import time
from collections.abc import Callable
from typing import TypeVar

T = TypeVar("T")


def until(look: Callable[[], T], seconds: float = 30.0) -> T:
    """The first truthy answer of `look`; AssertionError when there is none in time."""
    end = time.monotonic() + seconds
    while True:
        found = look()
        if found:
            return found
        if time.monotonic() > end:
            raise AssertionError(f"not so within {seconds} s: {found!r}")
        time.sleep(0.01)
