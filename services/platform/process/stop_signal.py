"""Waiting for the signal that stops a process."""

import signal
import socket
from collections.abc import Callable, Iterator
from contextlib import contextmanager


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
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, lambda *_: None)
        try:
            yield lambda: woken.recv(1)
        finally:
            signal.set_wakeup_fd(-1)
