"""Nobody keeps a service from answering others: attacks A1, A2 and A7, each by a program of its own."""

import time
from collections.abc import Iterator
from typing import Any

import grpc
import pytest
from grpc_health.v1 import health_pb2, health_pb2_grpc
from psmf.evidence.v1 import evidence_pb2 as pb
from psmf.notifications.v1 import notifications_pb2

from services.platform.door import limits
from tests.attacks.attempts import attempted
from tests.attacks.jamming import attacked
from tests.builders import an_item_request
from tests.platform.small_service import SmallService, small_service
from tests.sizes import part_of
from tests.waiting import HUNG
from tests.world import free_port

ASKED = 30
"""Calls of somebody else during an attack."""
PARTNER = "partner"
WITHOUT_TOKEN = ""
HEALTH = f"127.0.0.1:{free_port()}"
# How, by whom, and how many in `make long`.
ATTACKS: dict[str, tuple[str, str, int]] = {
    "calls without a token that never send their request": ("half_open", WITHOUT_TOKEN, 1000),
    "calls of a partner that never send their request": ("half_open", PARTNER, 1000),
    "imports that never end": ("imports", PARTNER, 200),
    "watches of one person": ("watches", "manager-one", 64),
    "connections that say nothing": ("idle", WITHOUT_TOKEN, 2000),
    "calls at full speed": ("flood", PARTNER, 64),
}


@pytest.fixture(scope="module")
def service(tmp_path_factory: pytest.TempPathFactory) -> Iterator[SmallService]:
    with small_service(tmp_path_factory.mktemp("door"), {"health_listen": HEALTH}) as running:
        running.work = lambda request: _answer_of(running, request)
        yield running


def _answer_of(service: SmallService, request: Any) -> Any:
    if isinstance(request, notifications_pb2.WatchAlertsRequest):
        return _without_end()
    return pb.EvidenceItem()


def _without_end() -> Iterator[Any]:
    while True:
        yield notifications_pb2.WatchAlertsResponse()
        time.sleep(0.05)


@pytest.mark.parametrize("kind", ATTACKS)
def test_others_are_answered_and_health_too_while_a_service_is_attacked(service: SmallService, kind: str) -> None:
    how, whose, whole = ATTACKS[kind]
    count = part_of(whole, least=16)
    unanswered: list[str] = []
    address = f"127.0.0.1:{service.process.server.port}"
    token = service.world.metadata(whose)[0][1].removeprefix("Bearer ") if whose else ""
    with attacked(how, address, count, token), grpc.insecure_channel(HEALTH) as health:
        for number in range(ASKED):
            try:
                # The attack lasts much longer than this call may take, so an answer comes in spite of it.
                service.items.CreateEvidenceItem(
                    an_item_request("sg-one"), metadata=service.world.metadata("panel-team"), timeout=HUNG
                )
                _health(health, "")
                _health(service.channel, "ready")
                if number == 0:
                    _watch_begins(service)
            except grpc.RpcError as problem:
                unanswered.append(str(problem))
    attempted("Calls, streams and connections that keep a service busy", count, unanswered)


def _health(channel: Any, name: str) -> None:
    health: Any = health_pb2_grpc.HealthStub(channel)
    answer = health.Check(health_pb2.HealthCheckRequest(service=name), timeout=HUNG)
    assert answer.status == health_pb2.HealthCheckResponse.SERVING


def _watch_begins(service: SmallService) -> None:
    request = notifications_pb2.WatchAlertsRequest(parent="safeguarders/-")
    stream = service.alerts.WatchAlerts(request, **service.as_("panel-team"))
    next(stream)
    stream.cancel()


def test_a_call_whose_request_does_not_come_ends(service: SmallService, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "FIRST_MESSAGE_SECONDS", 0.2)
    call = service.channel.stream_unary("/psmf.evidence.v1.EvidenceService/GetEvidenceItem")
    with pytest.raises(grpc.RpcError) as problem:
        call(_never(), metadata=service.world.metadata("panel-team"), timeout=HUNG)
    assert problem.value.code() == grpc.StatusCode.CANCELLED


def _never() -> Iterator[bytes]:
    time.sleep(2)
    yield b""
