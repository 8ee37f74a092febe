"""Whether anybody still waits for the work of this thread. Work for nobody would keep others waiting."""

import contextvars
from collections.abc import Callable, Iterator
from contextlib import contextmanager

_check: contextvars.ContextVar[Callable[[], None] | None] = contextvars.ContextVar("check", default=None)


@contextmanager
def wanted_until(check: Callable[[], None]) -> Iterator[None]:
    """Say for this block how to find out that nobody waits any more: `check` then raises.

    It is forgotten after the block. gRPC keeps the context of a call with the call, so the two would keep each other,
    and a connection has room for so many calls only.
    """
    token = _check.set(check)
    try:
        yield
    finally:
        _check.reset(token)


def require_wanted() -> None:
    """Go on only if somebody still waits. Outside a call somebody always does.

    Raises:
        Refusal: UNAVAILABLE if the caller has left, LATE if the time for the call is over.
    """
    check = _check.get()
    if check is not None:
        check()
