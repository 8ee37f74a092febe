"""Events that a topic did not deliver, read from the source itself (F6).

A record can expire, or the place of a group can be moved, before a reader has read it. Kafka says nothing of that. The
outbox of the source keeps every event for good, so a reader by Kafka follows the feed of its source as well, minutes
behind. The inbox drops what it has applied, and what is left over is the gap.
"""

import time
from collections.abc import Callable
from datetime import datetime, timedelta

import grpc
from psmf.platform.v1 import feed_pb2_grpc

from services.platform.calls.client import ServiceToken
from services.platform.events.feed import checked, request_from
from services.platform.events.inbox import Inbox
from services.platform.telemetry.logs import log

LOOK_SECONDS = 60.0
"""Time between two looks. Each is one call, and mostly finds nothing new."""
SETTLED = timedelta(minutes=2)
"""Age of an event that the topic has delivered, if it ever will."""
MOST_BATCHES = 5
"""Batches of one look. Records that arrive meanwhile wait for less than a second."""
ANSWER_SECONDS = 10.0


class Gaps:
    """What one source has published and its topic has not delivered."""

    def __init__(
        self,
        consumer: str,
        inbox: Inbox,
        address: str,
        token: ServiceToken,
        now: Callable[[], datetime],
        look_seconds: float = LOOK_SECONDS,
    ) -> None:
        self.events = 0
        """How many events were read from the source because its topic had not delivered them, since the start."""
        self.since = 0
        """Position of the first of them; 0 if there are none."""
        self._consumer = consumer
        self._inbox = inbox
        self._address = address
        self._token = token
        self._now = now
        self._look_seconds = look_seconds
        self._look_at = 0.0

    def rest(self) -> None:
        """Look later: the topic itself may still deliver what seems to be missing."""
        self._look_at = time.monotonic() + self._look_seconds

    def look(self) -> None:
        """Read on in the feed once a minute, and have the inbox apply what it lacks.

        A source that does not answer is asked again at the next look. Its events are safe meanwhile.

        Raises:
            Refusal, SourceStoppedError, TooManyDeadLettersError: as `Inbox.apply`.
        """
        if time.monotonic() < self._look_at:
            return
        self.rest()
        try:
            with self._token.open_channel(self._inbox.source, self._address) as channel:
                more = self._read(feed_pb2_grpc.FeedServiceStub(channel))
        except grpc.RpcError as problem:
            log().warning("gap_not_looked_for", source=self._inbox.source, reason=problem.code().name.lower())
            return
        if more:
            self._look_at = 0.0

    def _read(self, stub: feed_pb2_grpc.FeedServiceStub) -> bool:
        """Read a few batches. Return whether there are more events that are old enough."""
        position = self._inbox.position()
        stream = stub.ReadFeed(
            request_from(position, self._consumer),
            metadata=self._token.metadata(self._inbox.source),
            timeout=ANSWER_SECONDS,
        )
        try:
            for number, (events, head) in enumerate(checked(stream, self._inbox, position), start=1):
                settled = [event for event in events if event.recorded_at <= self._now() - SETTLED]
                if settled:
                    self._note(self._inbox.lacks(settled))
                    self._inbox.apply(settled, settled[-1].position)
                if len(settled) < len(events) or not events or events[-1].position >= head:
                    return False
                if number == MOST_BATCHES:
                    return True
        finally:
            stream.cancel()
        return False

    def _note(self, lacking: list[int]) -> None:
        if lacking:
            self.events += len(lacking)
            self.since = self.since or lacking[0]
            log().error("gap_filled", source=self._inbox.source, position=lacking[0], count=len(lacking))
