"""A call ends when its time is over or its caller has left, and one caller takes so much and no more."""

import gc
import threading
import time
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import grpc
import pytest
from grpc import _server
from psmf.evidence.v1 import evidence_pb2 as pb
from psmf.notifications.v1 import notifications_pb2

from services.platform.calls import gate
from services.platform.door import limits
from services.platform.process.settings import ServiceSettings
from services.refusals import Kind, Refusal
from tests.answers import answer_of, refused
from tests.builders import an_item_request
from tests.platform.small_service import SmallService, small_service
from tests.waiting import HUNG, until
from tests.world import World

GET = "/psmf.evidence.v1.EvidenceService/GetEvidenceItem"
EVERYBODY = notifications_pb2.WatchAlertsRequest(parent="safeguarders/-")


@pytest.fixture(scope="module")
def service(tmp_path_factory: pytest.TempPathFactory) -> Iterator[SmallService]:
    with small_service(tmp_path_factory.mktemp("door")) as running:
        yield running


@pytest.fixture(autouse=True)
def at_ease(service: SmallService) -> None:
    service.work = lambda request: pb.EvidenceItem()


def create(service: SmallService, person: str = "panel-team") -> Any:
    return service.items.CreateEvidenceItem(an_item_request("sg-one"), **service.as_(person))


def test_a_request_that_does_not_come_ends_its_call(service: SmallService, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "FIRST_MESSAGE_SECONDS", 0.1)
    never = threading.Event()
    with pytest.raises(grpc.RpcError) as problem:
        service.channel.stream_unary(GET)(iter(never.wait, True), **service.as_("panel-team"))
    never.set()
    assert problem.value.code() == grpc.StatusCode.CANCELLED


def test_a_call_without_a_request_is_told_so(service: SmallService) -> None:
    answer = refused(lambda: service.channel.stream_unary(GET)(iter(()), **service.as_("panel-team")))
    assert (answer.code, answer.reason) == ("INVALID_ARGUMENT", "REQUEST_NOT_READABLE")


def test_the_declared_deadline_of_a_method_ends_its_work(
    service: SmallService, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The work ends at its next look at the database. What was recorded by then stands."""

    moments = iter([0.0])
    later = SimpleNamespace(monotonic=lambda: next(moments, 10_000.0))
    monkeypatch.setattr("services.platform.calls.gate.time", later)
    answer = refused(lambda: create(service))
    assert (answer.code, answer.reason) == ("DEADLINE_EXCEEDED", "DEADLINE_PASSED")


def test_work_ends_at_its_next_look_at_the_database_once_its_caller_has_left(service: SmallService) -> None:
    began, has_left, ends = threading.Event(), threading.Event(), []

    def work(request: Any) -> Any:
        began.set()
        assert has_left.wait(HUNG)
        try:
            service.database.write(lambda tx: ends.append("recorded"))
        except BaseException as problem:
            ends.append(getattr(problem, "reason", str(problem)))
            raise
        return pb.EvidenceItem()

    service.work = work
    call = service.items.CreateEvidenceItem.future(an_item_request("sg-one"), **service.as_("panel-team"))
    assert began.wait(HUNG)
    call.cancel()
    time.sleep(0.1)  # the service hears of it
    has_left.set()
    until(lambda: bool(ends), HUNG)
    assert ends == ["CALLER_LEFT"]


def test_one_caller_has_so_many_calls_in_hand_and_another_is_served(
    service: SmallService, monkeypatch: pytest.MonkeyPatch
) -> None:
    pools = service.process.server._door.pools
    monkeypatch.setattr(pools, "_calls", pools._calls._replace(of_one=2))
    began, go = threading.Semaphore(0), threading.Event()

    def work(request: Any) -> Any:
        began.release()
        go.wait(HUNG)
        return pb.EvidenceItem()

    service.work = work
    held = [
        service.items.CreateEvidenceItem.future(an_item_request("sg-one"), **service.as_("panel-team"))
        for _ in range(2)
    ]
    for _ in held:
        assert began.acquire(timeout=HUNG)
    answer = refused(lambda: create(service))
    assert (answer.code, answer.reason, answer.waits) == ("RESOURCE_EXHAUSTED", "TOO_MANY_CALLS", True)
    other = refused(lambda: create(service, "person-one"))
    assert other.reason == "NOT_ALLOWED", "another caller has places of their own"
    go.set()
    for call in held:
        call.result(HUNG)
    until(lambda: create(service) is not None, HUNG)


def test_a_caller_begins_another_call_when_an_answer_is_on_its_way(service: SmallService) -> None:
    """They may have it before gRPC has ended the call. Answers that are not taken are bounded at twice as many."""
    door = service.process.server._door
    places, way = door.places, door.pools._calls._replace(of_one=2)

    def is_refused() -> bool:
        try:
            places.take("somebody", way)
        except Refusal:
            return True
        return False

    begun = [places.take("somebody", way) for _ in range(2)]
    assert is_refused()
    for place in begun:
        places.answered(place)
    begun += [places.take("somebody", way) for _ in range(2)]
    places.answered(begun[2])
    assert is_refused(), "four answers are still to be taken"
    for place in begun:
        places.give_back(place)
    assert ("somebody", way.name) not in {*places._held, *places._worked_on}, "nobody is kept who has no call"


def test_one_caller_has_so_many_streams_and_others_have_theirs(service: SmallService) -> None:
    def without_end(request: Any) -> Iterator[Any]:
        while True:
            yield notifications_pb2.WatchAlertsResponse()
            time.sleep(0.02)

    service.work = without_end
    streams = [service.alerts.WatchAlerts(EVERYBODY, **service.as_("panel-team")) for _ in range(3)]
    for stream in streams:
        next(stream)
    answer = refused(lambda: next(service.alerts.WatchAlerts(EVERYBODY, **service.as_("panel-team"))))
    assert (answer.code, answer.reason) == ("RESOURCE_EXHAUSTED", "TOO_MANY_STREAMS")
    for stream in streams:
        stream.cancel()


def test_a_caller_who_is_refused_hears_so_while_strangers_keep_what_needs_no_token_busy(service: SmallService) -> None:
    check = service.channel.stream_unary("/grpc.health.v1.Health/Check")
    never = threading.Event()
    strangers = [check.future(iter(never.wait, True), timeout=HUNG) for _ in range(6)]
    try:
        answer = refused(lambda: service.items.GetEvidenceItem(pb.GetEvidenceItemRequest(), timeout=HUNG))
        assert answer.reason == "NOT_SIGNED_IN"
        assert not all(stranger.done() for stranger in strangers)
    finally:
        never.set()
        for stranger in strangers:
            stranger.cancel()


def test_an_answer_that_clients_cannot_take_is_refused(service: SmallService, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(gate, "MOST_ANSWER_BYTES", 100)
    service.work = lambda request: pb.EvidenceItem(summary="x" * 200)
    answer = refused(lambda: create(service))
    assert (answer.code, answer.reason) == ("RESOURCE_EXHAUSTED", "ANSWER_TOO_LARGE")


def in_turn(service: SmallService) -> None:
    create(service)
    refused(lambda: create(service, "person-one"))


def with_a_fault(service: SmallService) -> None:
    service.work = lambda request: pb.EvidenceItem(summary=request)  # no text
    refused(lambda: create(service))


def streams(service: SmallService) -> None:
    service.work = lambda request: iter([notifications_pb2.WatchAlertsResponse()] * 3)
    list(service.alerts.WatchAlerts(EVERYBODY, **service.as_("panel-team")))
    left = service.alerts.WatchAlerts(EVERYBODY, **service.as_("panel-team"))
    next(left)
    left.cancel()
    until(lambda: not service.process.server._door.places._held, HUNG)
    refused(lambda: next(service.alerts.WatchAlerts(EVERYBODY, **service.as_("person-one"))))


def unreadable(service: SmallService) -> None:
    spoiled = service.channel.unary_unary("/psmf.evidence.v1.EvidenceService/CreateEvidenceItem")
    unseen = pb.CreateEvidenceItemRequest(parent="\u200b").SerializeToString()
    for body in (b"\xff", b"x" * (gate.MAX_REQUEST_BYTES + 1), unseen):
        refused(partial(spoiled, body, **service.as_("panel-team")))


def by_the_work(service: SmallService) -> None:
    def refuse(tx: Any) -> pb.EvidenceItem:
        raise Refusal(Kind.PRECONDITION, "NOT_NOW", "Not now.")

    service.work = lambda request: service.commands.run(request, pb.EvidenceItem, refuse)
    refused(lambda: create(service))


@pytest.mark.parametrize("ended", [in_turn, with_a_fault, streams, unreadable, by_the_work])
def test_calls_leave_nothing_behind(service: SmallService, ended: Callable[[SmallService], None]) -> None:
    """A connection has room for so many calls. One that was kept after its end would take one of them for good."""

    def kept() -> int:
        return sum(isinstance(found, _server._RPCState) for found in gc.get_objects())

    gc.collect()
    gc.disable()
    try:
        for _ in range(limits.STREAMS_OF_A_CONNECTION + 20):
            ended(service)
        until(lambda: kept() < 10, HUNG)  # the last ones may not have ended yet
    finally:
        gc.enable()


def test_the_health_of_a_service_cannot_be_watched_without_a_token(service: SmallService) -> None:
    watch = service.channel.unary_stream("/grpc.health.v1.Health/Watch")
    with pytest.raises(grpc.RpcError) as problem:
        next(watch(b"", timeout=HUNG))
    assert answer_of(problem.value).code == "UNIMPLEMENTED"


@pytest.mark.parametrize("listen", ["0.0.0.0:7100", "evidence:7100", "[::]:7100"])
def test_a_service_does_not_start_in_plain_text_where_other_machines_reach_it(tmp_path: Path, listen: str) -> None:
    settings = World(tmp_path).settings("evidence") | {"listen": listen}
    with pytest.raises(ValueError, match="PSMF_TLS_CERTIFICATE_FILE"):
        ServiceSettings(**settings)
    assert ServiceSettings(**settings | {"clear_text": True}).tls is None
