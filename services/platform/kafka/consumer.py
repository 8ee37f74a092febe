"""The `kafka` transport, incoming: a consumer reads another service's topic in a group and feeds its inbox."""

import contextlib
import time
import uuid
from collections.abc import Iterable
from datetime import UTC, datetime
from typing import Any

from services.platform.events.consumer import EventConsumer
from services.platform.events.gaps import Gaps
from services.platform.events.inbox import Inbox
from services.platform.events.outbox import StoredEvent
from services.platform.events.poison import TooManyDeadLettersError
from services.platform.events.sources import SourceStoppedError
from services.platform.kafka.clients import MOST, KafkaConnection, leave, new_consumer
from services.platform.kafka.cloud_events import NotAnEventError, from_record, origin_of
from services.platform.kafka.dead_letters import DeadLetters
from services.platform.kafka.reachability import TopicNotSeenError, why, why_out_of_reach
from services.platform.kafka.topics import topic_of
from services.platform.telemetry.logs import log

POLL_MS = 500
"""Longest wait for records, and so about the longest time until a thread sees that it is to stop."""
AFTER_FAULT_SECONDS = 1.0
UNASSIGNED_SECONDS = 15.0
"""More than a session and a rebalance take together. A copy with nothing to read only joins once more."""
ASK_SECONDS = 5.0
"""Longest time until an idle copy asks whether it is cut off or its name is taken."""
ANSWER_MS = 2_000
"""Longest wait for the answer to that."""


class NothingAssignedError(Exception):
    """The group has assigned no partition to this member for too long."""


class PartitionsAddedError(Exception):
    """The topic has new partitions that the group has not shared out, and perhaps never will."""


class KafkaEventConsumer(EventConsumer):
    """A thread that reads one topic. It commits its offset only after the effect, so it can skip nothing."""

    def __init__(
        self, consumer: str, inbox: Inbox, kafka: KafkaConnection, name: str = "", gaps: Gaps | None = None
    ) -> None:
        """Prepare to read. `gaps`: the way to the source itself; without it nothing is asked of the source."""
        super().__init__(inbox, f"kafka-{inbox.source}")
        self._gaps = gaps
        self._name = name
        self._group = f"psmf.{consumer}.{inbox.source}"
        self._kafka = kafka
        self._dead_letters = DeadLetters(consumer, inbox.source, kafka)
        inbox.on_dead = self._dead_letters.add
        self._assigned_at = self._committed_at = 0.0
        self._partitions = 0

    def keep_dead_letters(self) -> None:
        """Send no dead letters to a topic. Their rows in the database stay."""
        self._inbox.on_dead = lambda event, reason: None

    def _read_forever(self) -> None:
        while not self._stopping.is_set():
            client: Any = None
            try:
                client_id = f"{self._group}-{uuid.uuid4().hex[:8]}"
                client = new_consumer(self._kafka, self._group, client_id, self._name)
                self._join(client)
                while not self._stopping.is_set():
                    self._turn(client)
                    self._check_assigned(client)
                    self._check_partitions(client)
                    self._check_place(client)
            except SourceStoppedError as problem:
                self._stop_reading(problem)
            except TooManyDeadLettersError:
                self._give_up()
            except Exception as problem:
                self.connected = False
                self._note_fault(problem)
                self._stopping.wait(AFTER_FAULT_SECONDS)
            finally:
                self.connected = False
                self._dead_letters.close()
                if client is not None:
                    with contextlib.suppress(Exception):
                        leave(client)

    def _join(self, client: Any) -> None:
        # Known before the group is joined. A leader that does not know the partitions would assign none.
        self._partitions = self._known_partitions(client)
        if not self._partitions:
            raise TopicNotSeenError
        client.subscribe([topic_of(self.source)])
        self._inbox.take_up()
        self._assigned_at = self._committed_at = time.monotonic()

    def _note_fault(self, problem: Exception) -> None:
        from kafka.errors import FencedInstanceIdError

        if isinstance(problem, FencedInstanceIdError):
            # Another copy has the name and keeps it. If this one took it back, the two would remove each other from the
            # group for ever. Without a name, both read.
            log().critical("copy_name_taken", source=self.source)
            self._name = ""
            return
        self.fault = why(problem, self._kafka)
        log().error("topic_not_read", source=self.source, error=type(problem).__name__, reason=self.fault)

    def _turn(self, client: Any) -> None:
        polled = client.poll(timeout_ms=POLL_MS, max_records=MOST)
        if client.assignment():
            self.connected, self.fault = True, ""
        records = [record for batch in polled.values() for record in batch]
        if records:
            self._inbox.apply(list(self._events(records)))
        # Before the offset moves: a crash in between sends a dead letter twice, which is better than never.
        self._dead_letters.send()
        if records:
            client.commit()
            self._committed_at = time.monotonic()
        if self._gaps is not None:
            self._look_for_gaps(self._gaps, is_reading=bool(client.assignment()) and len(records) < MOST)

    def _look_for_gaps(self, gaps: Gaps, *, is_reading: bool) -> None:
        if is_reading:
            gaps.look()
            self.gap_events, self.gap_position = gaps.events, gaps.since
        else:
            gaps.rest()  # what seems to be missing may still come by the topic

    def _check_place(self, client: Any) -> None:
        """Commit once in a while even without records.

        Only the answer to a commit tells an idle member that it has lost its broker or its name.
        """
        from kafka.errors import CommitFailedError, KafkaTimeoutError

        if time.monotonic() < self._committed_at + ASK_SECONDS:
            return
        self._committed_at = time.monotonic()
        try:
            client.commit(timeout_ms=ANSWER_MS)
        except CommitFailedError:
            pass  # the group is sharing out the partitions again
        except KafkaTimeoutError:
            if why_out_of_reach(self._kafka):  # a slow answer alone is no reason to leave the group
                raise

    def _check_assigned(self, client: Any) -> None:
        """Give up a client without partitions. It does not always notice that the group has forgotten it."""
        if client.assignment():
            self._assigned_at = time.monotonic()
        elif time.monotonic() > self._assigned_at + UNASSIGNED_SECONDS:
            raise NothingAssignedError

    def _known_partitions(self, client: Any) -> int:
        return len(client.partitions_for_topic(topic_of(self.source)) or ())

    def _check_partitions(self, client: Any) -> None:
        """Give up a named client if the topic has new partitions.

        A leader that comes back under its name no longer leads, and the group chooses no other to share them out.
        """
        if self._name and self._known_partitions(client) > self._partitions:
            raise PartitionsAddedError

    def _events(self, records: Iterable[Any]) -> Iterable[StoredEvent]:
        for record in records:
            headers = list(record.headers)
            try:
                event = from_record(record.key, record.value, headers, self.source)
                if self._inbox.origins.is_read(origin_of(headers), may_adopt=False):
                    yield event
            except NotAnEventError as problem:
                # Without a key and a number it can stop no key. If it was an event of ours, the next event of its key
                # waits for the missing number.
                self._inbox.dead_letter(_unreadable(record), f"not_an_event_{problem}")


def _unreadable(record: Any) -> StoredEvent:
    # The place of a record never changes, so reading it again makes the same row and not a second one.
    name = f"{record.topic}-{record.partition}-{record.offset}"
    return StoredEvent(0, name[-60:], "unknown", "", 0, datetime.now(UTC), "", b"")
