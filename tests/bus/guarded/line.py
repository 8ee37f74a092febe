"""A line between two of our own services over the guarded broker. The broker knows each by its certificate."""

from pathlib import Path
from typing import Any

from sqlalchemy import Connection

from services.platform.events.outbox import StoredEvent
from tests.bus.guarded.broker import GuardedBroker
from tests.bus.line import KAFKA, Line
from tests.platform.events import TYPE
from tests.platform.small_service import count_one, counts


class GuardedLine(Line):
    """A line that shares topics with other lines of the same services. Only its keys are its own."""

    def __init__(self, folder: Path, broker: GuardedBroker, source: str, service: str) -> None:
        self.transport, self.source, self.service = KAFKA, source, service
        self.settings = {"transport": KAFKA, "kafka_servers": broker.address, "kafka_ca_file": broker.brokers.file}
        self.files = {name: broker.certificate_of(name) for name in (source, service)}
        self.connect_ends(folder)
        self.listener.reactions = {TYPE: self._react}

    def settings_of(self, service: str) -> dict[str, Any]:
        """Return a service's settings with its certificate and the name that its pod would have."""
        certificate, key = self.files[service]
        files = {"kafka_certificate_file": certificate, "kafka_key_file": key}
        return self.settings | files | {"copy_name": f"{service}-7d9f4c5b6-x2x4z"}

    def key(self, name: str) -> str:
        """Return a key of this line."""
        return f"{self.source}-{self.service}-{name}"

    def heard(self) -> dict[str, int]:
        """Return how often each event of this line's keys had its effect."""
        ours = self.key("")
        return {name: count for name, count in counts(self.listener.file).items() if name.startswith(ours)}

    def _react(self, connection: Connection, event: StoredEvent) -> None:
        count_one(connection, f"{event.key} {event.key_sequence}")
        if event.key == self.key("poison"):
            raise ValueError("this one cannot be applied")
