"""Kind of fault: somebody who watches alerts hears nothing more, and does not know it."""

import itertools
import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import grpc
import pytest
from psmf.notifications.v1 import notifications_pb2 as pb

from services.client import client as calling
from services.client.client import Client
from tests.waiting import HUNG

SENT_AT_ONCE = 3


class Counting:
    """A service whose watches count on from where they are resumed. After three answers they say nothing, or end."""

    def __init__(self) -> None:
        self.opened = 0
        self.ends = False
        self._servers: list[grpc.Server] = []

    def watch(self, request: Any, context: Any) -> Iterator[Any]:
        """Count on, and wait until the service stops."""
        ended = threading.Event()
        context.add_callback(ended.set)
        self.opened += 1
        after = int(request.resume_token or 0)
        for number in range(after + 1, after + 1 + SENT_AT_ONCE):
            yield pb.WatchAlertsResponse(resume_token=str(number))
        if not self.ends:
            ended.wait(HUNG)

    def start(self, port: int = 0) -> int:
        """Serve, at a port or at any that is free, and return the port."""
        server = grpc.server(ThreadPoolExecutor(4))
        method = grpc.unary_stream_rpc_method_handler(
            self.watch, pb.WatchAlertsRequest.FromString, pb.WatchAlertsResponse.SerializeToString
        )
        methods = grpc.method_handlers_generic_handler("psmf.notifications.v1.AlertService", {"WatchAlerts": method})
        server.add_generic_rpc_handlers([methods])
        port = server.add_insecure_port(f"127.0.0.1:{port}")
        server.start()
        self._servers.append(server)
        return port

    def stop(self) -> None:
        """End all watches and let go of the port."""
        while self._servers:
            assert self._servers.pop().stop(0).wait(HUNG)


@pytest.fixture
def service() -> Iterator[Counting]:
    counting = Counting()
    yield counting
    counting.stop()


def watch(port: int) -> Iterator[int]:
    """Yield what somebody hears who watches."""
    addresses = dict.fromkeys(("evidence", "rules", "scheduling", "notifications"), f"127.0.0.1:{port}")
    client = Client(addresses, lambda person: ())
    try:
        request = pb.WatchAlertsRequest(parent="safeguarders/-")
        for answer in client.watch("panel-team", client.alerts.WatchAlerts, request):
            yield int(answer.resume_token)
    finally:
        client.close()


def test_a_watch_goes_on_where_it_was_when_its_service_has_restarted(service: Counting) -> None:
    port = service.start()
    heard = watch(port)
    assert list(itertools.islice(heard, SENT_AT_ONCE)) == [1, 2, 3]
    service.stop()
    back = threading.Timer(1, service.start, (port,))
    back.start()
    assert list(itertools.islice(heard, SENT_AT_ONCE)) == [4, 5, 6]
    back.join()


def test_a_watch_ends_when_its_service_stays_away(service: Counting, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(calling, "RESTART_SECONDS", 0.5)
    heard = watch(service.start())
    next(heard)
    service.stop()
    with pytest.raises(grpc.RpcError) as away:
        list(heard)
    assert away.value.code() is grpc.StatusCode.UNAVAILABLE


def test_a_watch_that_was_lost_on_its_way_is_opened_again(service: Counting, monkeypatch: pytest.MonkeyPatch) -> None:
    """A stream that says nothing, not even that it ends, must not keep its reader for ever."""
    monkeypatch.setattr(calling, "WATCH_SECONDS", 0.5)
    assert list(itertools.islice(watch(service.start()), 3 * SENT_AT_ONCE)) == list(range(1, 10))
    assert service.opened == 3


def test_who_watches_a_service_that_is_away_hears_so_at_once(service: Counting) -> None:
    port = service.start()
    service.stop()
    with pytest.raises(grpc.RpcError) as away:
        next(watch(port))
    assert away.value.code() is grpc.StatusCode.UNAVAILABLE


def test_a_watch_goes_on_when_its_service_ends_it_without_a_failure(service: Counting) -> None:
    """So does one that is stopped and has time to end what it does."""
    service.ends = True
    assert list(itertools.islice(watch(service.start()), 2 * SENT_AT_ONCE)) == list(range(1, 7))
