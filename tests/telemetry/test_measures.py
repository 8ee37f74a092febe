"""Metrics: sent by OTLP for the whole suite, and served in Prometheus' text format if a service is set to do so."""

import os
import subprocess
import sys
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import grpc
import pytest
from psmf.evidence.v1 import safeguarder_pb2_grpc

from services.platform.calls.client import open_channel
from tests.builders import an_applicant
from tests.telemetry.collector import declared
from tests.telemetry.conftest import Observed
from tests.telemetry.promtool import promtool
from tests.waiting import HUNG, until
from tests.world import World, free_port

BY_SERVICE = {
    "psmf-evidence": {"rpc.server.call.duration", "psmf.outbox.oldest_unsent.age", "psmf.facts.accepted"},
    "psmf-rules": {
        "psmf.inbox.oldest_unprocessed.age",
        "psmf.dead_letters",
        "psmf.evaluations",
        "psmf.engine.disagreements",
        "psmf.engine.restarts",
        "psmf.rulebook.info",
        "psmf.oldest_wait.age",
    },
    "psmf-scheduling": {"psmf.sessions.overdue", "psmf.people.unallocated"},
    "psmf-notifications": {"psmf.evidence_to_alert.duration", "psmf.notifications.waiting"},
}


@pytest.mark.journey
def test_every_service_sends_what_an_operator_needs(observed: Observed) -> None:
    def all_there() -> bool:
        sent = observed.collector.measures()
        return all(names <= sent.get(service, set()) for service, names in BY_SERVICE.items())

    until(all_there, 20)
    assert set().union(*observed.collector.measures().values()) <= declared()


@pytest.mark.journey
def test_an_alert_says_how_long_after_the_evidence_it_came(observed: Observed) -> None:
    points = until(lambda: observed.collector.points("psmf.evidence_to_alert.duration"), 20)
    assert all(0 < point.sum / point.count < 30 for point in points)


@pytest.fixture
def served(tmp_path: Path) -> Iterator[tuple[str, grpc.Channel, World]]:
    """Run evidence as a process that serves its metrics. Yield their address and a channel."""
    world = World(tmp_path)
    listen, measures = (f"127.0.0.1:{free_port()}" for _ in range(2))
    others = {f"{name}_address": "127.0.0.1:1" for name in ("rules", "scheduling")}
    settings = world.settings("evidence") | others | {"listen": listen, "metrics_listen": measures}
    environment = {f"PSMF_{name.upper()}": str(value) for name, value in settings.items()}
    process = subprocess.Popen([sys.executable, "-m", "services.evidence"], env=os.environ | environment)
    channel = open_channel(listen)
    try:
        yield f"http://{measures}/metrics", channel, world
    finally:
        channel.close()
        process.terminate()
        process.wait()


def test_prometheus_reads_the_measures_of_a_service(served: tuple[str, grpc.Channel, World]) -> None:
    address, channel, world = served
    people = safeguarder_pb2_grpc.SafeguarderServiceStub(channel)
    people.CreateSafeguarder(an_applicant("sg-1"), metadata=world.metadata("panel-team"), wait_for_ready=True)
    with pytest.raises(grpc.RpcError):
        people.CreateSafeguarder(an_applicant("sg-1"), metadata=world.metadata("nobody"))
    with urllib.request.urlopen(address, timeout=HUNG) as answer:  # noqa: S310  our own address
        text = answer.read().decode()
    calls = [line for line in text.splitlines() if line.startswith("rpc_server_call_duration_seconds_count")]
    method = 'rpc_method="psmf.evidence.v1.SafeguarderService/CreateSafeguarder"'
    assert [line for line in calls if method in line and 'code="OK"' in line and line.endswith(" 1.0")]
    assert [line for line in calls if method in line and 'code="UNAUTHENTICATED"' in line]
    assert "psmf_inbox_connected" in text
    assert "sg-1" not in text
    checked = promtool("check", "metrics", stdin=text)
    assert checked.returncode == 0, checked.stdout + checked.stderr
