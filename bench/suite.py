"""Evidence and rules as separate processes for measuring."""

import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import grpc
from grpc_health.v1 import health_pb2, health_pb2_grpc
from psmf.evidence.v1 import evidence_pb2, evidence_pb2_grpc, safeguarder_pb2_grpc
from psmf.platform.v1 import status_pb2, status_pb2_grpc

from bench.measuring import DISK, Place, cpu_seconds
from services.demo.stack import Parts, Profile
from services.platform.calls.client import open_channel
from tests.builders import an_applicant, an_appointment, an_item_request
from tests.waiting import until
from tests.world import SERVICES, World, free_port

PEOPLE = 50


class Processes:
    """Evidence and rules, by default on SQLite, with published standards and 50 appointed people."""

    def __init__(self, folder: Path, extra: dict[str, str] | None = None, parts: Parts | None = None) -> None:
        self.parts, self._extra = parts or Parts(folder), extra or {}
        self.world = World(folder)
        self.addresses = {name: f"127.0.0.1:{free_port()}" for name in SERVICES}
        self.processes = {name: self._start(name) for name in ("evidence", "rules")}
        self.channel = open_channel(self.addresses["evidence"])
        self.rules = open_channel(self.addresses["rules"])
        self.items = evidence_pb2_grpc.EvidenceServiceStub(self.channel)
        self.metadata = self.world.metadata("panel-team")
        until(self._ready, 30)
        people = safeguarder_pb2_grpc.SafeguarderServiceStub(self.channel)
        for number in range(PEOPLE):
            name = f"bench-{number}"
            people.CreateSafeguarder(an_applicant(name), metadata=self.metadata)
            people.RecordMinisterialDecision(an_appointment(name), metadata=self.world.metadata("recorder"))
        until(self._try_item, 30)

    def item_request(self, person: str) -> evidence_pb2.CreateEvidenceItemRequest:
        """Return an item of a person's history, without a request id. It is stored, but not evaluated one by one."""
        request = an_item_request(person)
        request.request_id = ""
        request.history = True
        return request

    def another(self, service: str) -> str:
        """Start another copy of a service on the same database. Return its address."""
        address = f"127.0.0.1:{free_port()}"
        self.processes[f"{service} 2"] = self._start(service, address)
        with open_channel(address) as channel:
            until(lambda: is_ready(channel), 30)
        return address

    def cpu_seconds(self, service: str) -> float:
        """Return the processor time that a service has used."""
        return cpu_seconds(self.processes[service].pid)

    @contextmanager
    def evidence_alone(self) -> Iterator[None]:
        """Pause rules during the block, and wait afterwards until it has caught up."""
        self.processes["rules"].send_signal(signal.SIGSTOP)
        try:
            yield
        finally:
            self.processes["rules"].send_signal(signal.SIGCONT)
        until(self.caught_up, 300)

    def end(self, service: str) -> None:
        """End a service for good, where the other one is measured without it."""
        process = self.processes.pop(service)
        process.terminate()
        process.wait()

    @contextmanager
    def stopped(self) -> Iterator[None]:
        """Stop both services for the block, and start them afterwards on the same databases."""
        self._end()
        yield
        self.processes = {name: self._start(name) for name in self.processes}
        until(self._ready, 600)

    def caught_up(self) -> bool:
        ask, metadata = status_pb2.GetStatusRequest(), self.world.metadata("operator")
        accepted = status_pb2_grpc.StatusServiceStub(self.channel).GetStatus(ask, metadata=metadata)
        taken = status_pb2_grpc.StatusServiceStub(self.rules).GetStatus(ask, metadata=metadata)
        position = max((source.position for source in taken.sources if source.source == "evidence"), default=0)
        return position >= accepted.figures["events_accepted"] and taken.figures["people_waiting"] == 0

    def stop(self) -> None:
        """End the processes."""
        for channel in (self.channel, self.rules):
            channel.close()
        self._end()

    def _end(self) -> None:
        for process in self.processes.values():
            process.terminate()
        for process in self.processes.values():
            process.wait()

    def _start(self, name: str, address: str = "") -> subprocess.Popen[bytes]:
        others = {f"{other}_address": address for other, address in self.addresses.items()}
        listen = {"listen": address or self.addresses[name]}
        settings = self.world.settings(name) | others | listen | self.parts.settings(name)
        environment = {f"PSMF_{key.upper()}": str(value) for key, value in settings.items()}
        return subprocess.Popen(
            [sys.executable, "-m", f"services.{name}"],
            env={**os.environ, **environment, **self._extra},
            stderr=subprocess.DEVNULL,
        )

    def _ready(self) -> bool:
        return all(is_ready(channel) for channel in (self.channel, self.rules))

    def _try_item(self) -> bool:
        try:
            self.items.CreateEvidenceItem(self.item_request("bench-0"), metadata=self.metadata)
        except grpc.RpcError:
            return False
        return True


@contextmanager
def running(
    place: Place = DISK, extra: dict[str, str] | None = None, profile: Profile = Profile.EMBEDDED
) -> Iterator[Processes]:
    """Run both services for the block, on fresh databases and with the programs of a profile."""
    with place.folder() as folder:
        parts = Parts(folder, profile)
        parts.start()
        try:
            processes = Processes(folder, extra, parts)
            try:
                yield processes
            finally:
                processes.stop()
        finally:
            parts.stop()


def is_ready(channel: grpc.Channel) -> bool:
    """Return whether a service answers that it is ready."""
    try:
        answer = health_pb2_grpc.HealthStub(channel).Check(health_pb2.HealthCheckRequest(service="ready"))
    except grpc.RpcError:
        return False
    return bool(answer.status == health_pb2.HealthCheckResponse.SERVING)
