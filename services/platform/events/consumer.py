"""The reader of one source's events. What is the same for the feed and for Kafka."""

import contextlib
import threading
from abc import ABC, abstractmethod
from datetime import datetime

from sqlalchemy.exc import SQLAlchemyError

from services.platform.events.inbox import Inbox
from services.platform.events.sources import SourceStoppedError
from services.platform.telemetry.logs import log
from services.platform.threads import vital_thread
from services.refusals import Refusal

LOOK_AGAIN_SECONDS = 2.0
"""Time between two looks whether an operator has settled what stopped the reading."""


class EventConsumer(ABC):
    """A thread that reads one source's events until it is stopped, and has the inbox apply them."""

    def __init__(self, inbox: Inbox, thread: str) -> None:
        self.source = inbox.source
        self.connected = False
        self.fault = ""
        """Why it is not connected, in one word. Empty while connected, and where nobody knows."""
        self.head = 0
        """How many events the source says it has. Always 0 with Kafka, which does not say."""
        self.gap_events = self.gap_position = 0
        """How many events a topic did not deliver since the start, and the position of the first. Always 0 with the
        feed, which can have no gap."""
        self._inbox = inbox
        self._stopping = threading.Event()
        self._thread = vital_thread(thread, self._read_forever)

    @property
    def waiting_since(self) -> datetime | None:
        """Return when the oldest event received and not yet applied was recorded; None if there is none."""
        return self._inbox.waiting_since

    def start(self) -> None:
        """Begin reading; return at once."""
        self._thread.start()

    def stop(self) -> None:
        """Finish the current events, then return."""
        self._stopping.set()
        self._thread.join()

    @abstractmethod
    def _read_forever(self) -> None:
        """Read and apply until `_stopping` is set. Every fault that may pass ends in another try."""

    def _stop_reading(self, problem: SourceStoppedError) -> None:
        """Read nothing until an operator has decided. The status says why, and docs/operations.md the way on."""
        self.connected, self.fault = False, problem.reason
        log().critical("source_stopped", source=self.source, reason=problem.reason)
        before = self._inbox.origins.states()
        while not self._stopping.wait(LOOK_AGAIN_SECONDS):
            # While the database is away nobody can have decided.
            with contextlib.suppress(Refusal, SQLAlchemyError):
                if self._inbox.origins.may_go_on(problem, before):
                    break
        self.fault = ""

    def _give_up(self) -> None:
        """Stop reading until the service is started again.

        The events that fail are most likely sound and this service wrong, so reading on would dead-letter them all.
        `connected` stays false and the oldest event goes on waiting, which is what alarms look at.
        """
        self.fault = "too_many_set_aside"
        log().critical("too_many_set_aside", source=self.source)
        self._stopping.set()
