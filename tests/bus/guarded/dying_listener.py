"""A listener in its own process that dies at a named moment: `python -m tests.bus.guarded.dying_listener SETTINGS`.

The moments are `when-it-is-killed` (from outside), `in-the-effect` (in an event of the key `deadly`, before its
transaction commits) and `before-its-place-is-kept` (the effect is committed and the transport does not know yet).
"""

import json
import os
import signal
import sys
import threading
from collections.abc import Sequence
from pathlib import Path

from sqlalchemy import Connection

from services.platform.calls.client import ServiceToken
from services.platform.events.feed import FeedConsumer
from services.platform.events.inbox import Inbox
from services.platform.events.outbox import StoredEvent
from services.platform.kafka import clients as kafka_clients
from services.platform.kafka.clients import KafkaConnection
from services.platform.kafka.consumer import KafkaEventConsumer
from services.platform.storage.database import Database
from tests import databases
from tests.bus.line import Line
from tests.platform.events import TYPE
from tests.platform.small_service import count_one, now

IN_THE_EFFECT, BEFORE_ITS_PLACE_IS_KEPT = "in-the-effect", "before-its-place-is-kept"
WHEN_KILLED = "when-it-is-killed"
DEADLY = "deadly"


def a_listener(line: Line, moment: str) -> list[str]:
    """Return the command that starts a line's listener in its own process, under its name."""
    told = {
        "moment": moment,
        "database": databases.address(line.listener.file),
        "source": line.source,
        "kafka_servers": line.settings.get("kafka_servers", ""),
        "address": line.speaker.address,
        "key": str(line.world.folder / "rules.key"),
        "name": line.settings_of(line.service)["copy_name"],
        "session": kafka_clients.SESSION_MS,
    }
    return [sys.executable, "-W", "ignore", "-m", "tests.bus.guarded.dying_listener", json.dumps(told)]


def end() -> None:
    """End the process as a power cut would."""
    os.kill(os.getpid(), signal.SIGKILL)


def deadly(connection: Connection, event: StoredEvent) -> None:
    """Count an event, and end the process on the deadly key."""
    count_one(connection, f"{event.key} {event.key_sequence}")
    if event.key == DEADLY:
        end()


def harmless(connection: Connection, event: StoredEvent) -> None:
    """Count an event."""
    count_one(connection, f"{event.key} {event.key_sequence}")


class DyingInbox(Inbox):
    """An inbox that applies every effect and then ends the process."""

    def apply(self, events: Sequence[StoredEvent], position: int = 0) -> None:
        """Apply the events, and end before the transport learns of it."""
        super().apply(events)
        if events:
            end()


def main() -> None:
    """Run the listener until it dies."""
    told = json.loads(sys.argv[1])
    dies_inside = told["moment"] == IN_THE_EFFECT
    kind = DyingInbox if told["moment"] == BEFORE_ITS_PLACE_IS_KEPT else Inbox
    kafka_clients.SESSION_MS = told["session"]
    inbox = kind(Database(told["database"]), told["source"], {TYPE: deadly if dies_inside else harmless}, now)
    consumer: KafkaEventConsumer | FeedConsumer
    if told["kafka_servers"]:
        consumer = KafkaEventConsumer("rules", inbox, KafkaConnection((told["kafka_servers"],)), told["name"])
    else:
        consumer = FeedConsumer("rules", inbox, told["address"], ServiceToken(Path(told["key"]), "rules", now))
    consumer.start()
    threading.Event().wait()


if __name__ == "__main__":
    main()
