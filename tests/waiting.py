"""Waiting for something to become true, for as long as something moves and without a fixed pause."""

import time
from collections.abc import Callable
from typing import TypeVar

from services.client.patience import Patience

T = TypeVar("T")
HUNG = 600.0
"""Limit of a call, a program or an event that always comes: only what hangs takes so long, however slow the machine."""


def until(look: Callable[[], T], seconds: float = 30.0) -> T:
    """Return the first truthy answer of `look`.

    Raises:
        AssertionError: nothing has moved for `seconds`: the answers stayed the same, and every process stood idle.
    """
    patience = Patience(seconds)
    while True:
        found = look()
        if found:
            return found
        if patience.is_over(found):
            raise AssertionError(f"not so: {found!r}: {patience.why()}")
        time.sleep(0.01)
