"""Waiting for the signal that stops a process, and letting it wait."""

import signal
import socket
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager

STOPPING: tuple[int, ...] = (signal.SIGTERM, signal.SIGINT)


@contextmanager
def stop_signal() -> Iterator[Callable[[], object]]:
    """Yield a function that blocks until the process has received SIGTERM or SIGINT, perhaps before the call.

    The system may give a signal to any thread, and Python runs its own handlers in the main thread only. A main thread
    that waits for an event does not wake for a signal that another thread was given, so the process would never stop.
    A byte on a socket wakes it whichever thread that was. Handlers run at any line, so they do nothing here.
    """
    woken, waker = socket.socketpair()
    with woken, waker:
        waker.setblocking(False)
        signal.set_wakeup_fd(waker.fileno(), warn_on_full_buffer=False)
        for number in STOPPING:
            signal.signal(number, lambda *_: None)
        try:
            yield lambda: woken.recv(1)
        finally:
            signal.set_wakeup_fd(-1)


@contextmanager
def signals_wait() -> Iterator[None]:
    """Let the signals that stop a process wait until the block has ended.

    A signal while Python starts a child raises before anybody holds the child, and the child runs on for ever.
    Outside the main thread there is nothing to do: Python runs no handler there.
    """
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    came: list[int] = []
    before = {number: signal.getsignal(number) for number in STOPPING}
    try:
        for number in STOPPING:
            signal.signal(number, lambda given, _: came.append(given))
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)
    for number in came:
        signal.raise_signal(number)
