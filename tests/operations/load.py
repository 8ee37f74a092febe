"""A partner system that keeps sending evidence while operators work, and remembers each acknowledgement."""

import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import grpc

from services.client.client import Client
from services.client.tokens import Issuer
from services.demo.supervisor import Supervisor
from tests.builders import an_applicant, an_appointment, an_item_request
from tests.waiting import until

PERSON = "sg-00000001"
RETRY_SECONDS = 120.0


class Load:
    """A load that sends one item after the other. It repeats a failed call once, when the service serves again."""

    def __init__(self, supervisor: Supervisor, folder: Path) -> None:
        self._issuer = Issuer(folder)
        self.client = Client(supervisor.addresses, self._issuer.metadata, 120.0)
        self.acknowledged: dict[str, float] = {}
        """Name of each item, and when its answer came."""
        self.retried = 0
        self.errors: list[str] = []
        self._stopping = threading.Event()
        self._thread = threading.Thread(target=self._send_forever, daemon=True)

    def prepare(self) -> None:
        """Create one serving person in a new suite."""
        until(lambda: self.client.status("operator", "evidence").figures["standards_editions"], 200)
        self.client.call("panel-team", self.client.safeguarders.CreateSafeguarder, an_applicant(PERSON))
        recorded = self.client.safeguarders.RecordMinisterialDecision
        self.client.call("decision-recorder", recorded, an_appointment(PERSON))

    @contextmanager
    def sending(self) -> Iterator[None]:
        """Send the load in the background during the block."""
        self._thread.start()
        try:
            yield
        finally:
            self._stopping.set()
            self._thread.join()

    def _send_forever(self) -> None:
        while not self._stopping.is_set():
            request = an_item_request(PERSON)
            try:
                self._once(request, 5.0, wait=False)
            except grpc.RpcError:
                self.retried += 1
                try:
                    self._once(request, RETRY_SECONDS, wait=True)
                except grpc.RpcError as error:
                    self.errors.append(str(error))
            time.sleep(0.02)

    def _once(self, request: Any, seconds: float, wait: bool) -> None:
        sender: Any = self.client.evidence.CreateEvidenceItem
        metadata = self._issuer.metadata("panel-team")
        made = sender(request, metadata=metadata, timeout=seconds, wait_for_ready=wait)
        self.acknowledged[made.name] = time.monotonic()
