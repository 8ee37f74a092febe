"""Threads without which a service does nothing, although it still answers its probes."""

import os
import threading
from collections.abc import Callable

from services.platform.telemetry.logs import log

EXIT_CODE = 70
"""`EX_SOFTWARE`: an internal fault. A wrong setting ends with 2, and an order to stop with 0."""


def vital_thread(name: str, run: Callable[[], None]) -> threading.Thread:
    """Make a thread that ends the process with code 70 if `run` raises.

    Python ends such a thread alone. The process then looks well while its work waits for ever. The supervisor starts an
    ended process again, and nothing acknowledged is lost.
    """

    def run_or_end() -> None:
        try:
            run()
        except BaseException as problem:
            try:
                log().critical("thread_ended", source=name, error=type(problem).__name__)
            finally:
                os._exit(EXIT_CODE)  # an ordinary exit would wait for callers that nobody answers any more

    return threading.Thread(target=run_or_end, name=name, daemon=True)
