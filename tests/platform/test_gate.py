"""The gate refuses unknown callers, answers bad input, and reveals nothing in errors (reliability S1, S2, S7, S10)."""

import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import grpc
import pytest
from grpc_health.v1 import health_pb2, health_pb2_grpc
from psmf.evidence.v1 import evidence_pb2 as pb
from psmf.notifications.v1 import notifications_pb2
from psmf.platform.v1 import feed_pb2

from services.platform.calls.gate import MAX_REQUEST_BYTES
from services.platform.door.limits import LEAST_PING_MS
from services.refusals import Kind, Refusal
from tests.answers import Answer, answer_of, refused
from tests.builders import an_item_request
from tests.platform.forgery import FORGED, of_a_service, signed
from tests.platform.small_service import SmallService, small_service
from tests.waiting import HUNG

PINGS_WITHOUT_CALLS = 5
"""gRPC ends a connection after two pings that come too soon."""
CANARY = "canary-of-a-child"
NAME = "safeguarders/sg-one/evidenceItems/e1"
EVIDENCE = "/psmf.evidence.v1.EvidenceService/"
ALERTS = "/psmf.notifications.v1.AlertService/"


@pytest.fixture(scope="module")
def service(tmp_path_factory: pytest.TempPathFactory) -> Iterator[SmallService]:
    with small_service(tmp_path_factory.mktemp("gate")) as running:
        yield running


@pytest.fixture(autouse=True)
def reached(service: SmallService) -> list[Any]:
    """Collect the requests that pass the gate and reach a method."""
    came: list[Any] = []

    def work(request: Any) -> Any:
        came.append(request)
        return pb.EvidenceItem()

    service.work = work
    return came


Caller = Callable[[SmallService, Any], Any]


def _watch(service: SmallService, metadata: Any) -> Any:
    return service.alerts.WatchAlerts(notifications_pb2.WatchAlertsRequest(parent="safeguarders/-"), metadata=metadata)


CALLS: dict[str, Caller] = {
    "unary": lambda service, metadata: service.items.CreateEvidenceItem(an_item_request("sg-one"), metadata=metadata),
    "server stream": _watch,
    "feed": lambda service, metadata: service.feed.ReadFeed(feed_pb2.ReadFeedRequest(), metadata=metadata),
    "client stream": lambda service, metadata: service.items.ImportEvidenceItems(
        iter([pb.ImportEvidenceItemsRequest()]), metadata=metadata
    ),
}
NOT_SIGNED_IN = Answer(
    "UNAUTHENTICATED",
    "NOT_SIGNED_IN",
    "evidence.psmf",
    "",
    "This call needs a valid token in the `authorization` metadata. Sign in.",
    {},
    False,
)


def raw(service: SmallService, path: str, body: bytes, stream: bool = False) -> Answer:
    """Send raw bytes as the Team."""
    metadata = service.world.metadata("panel-team")
    if stream:
        return refused(lambda: service.channel.stream_unary(path)(iter([body]), metadata=metadata, timeout=HUNG))
    return refused(lambda: service.channel.unary_unary(path)(body, metadata=metadata, timeout=HUNG))


@pytest.mark.parametrize("kind", CALLS)
def test_a_call_without_a_token_is_refused(service: SmallService, reached: list[Any], kind: str) -> None:
    assert refused(lambda: CALLS[kind](service, ())) == NOT_SIGNED_IN
    assert reached == []


@pytest.mark.parametrize("forged", FORGED)
def test_a_forged_token_is_refused_with_one_and_the_same_answer(
    service: SmallService, reached: list[Any], forged: str
) -> None:
    authorization = FORGED[forged](service.world)
    for call in CALLS.values():
        assert refused(lambda call=call: call(service, (("authorization", authorization),))) == NOT_SIGNED_IN  # type: ignore[misc]
    assert reached == []


def test_the_forger_could_have_made_a_sound_token(service: SmallService, reached: list[Any]) -> None:
    """Each forged token is wrong in only one way: without that fault it is accepted."""
    CALLS["unary"](service, (("authorization", signed(service.world)),))
    assert len(reached) == 1
    answer = refused(lambda: CALLS["unary"](service, (("authorization", of_a_service(service.world)),)))
    assert answer.code == "PERMISSION_DENIED", "the service is known but not allowed"


def test_two_tokens_in_one_call_are_refused(service: SmallService, reached: list[Any]) -> None:
    sound = service.world.metadata("panel-team")
    for other in (service.world.metadata("person-one"), (("authorization", "Bearer garbage"),)):
        for both in ((*sound, *other), (*other, *sound)):
            assert refused(lambda both=both: CALLS["unary"](service, both)) == NOT_SIGNED_IN  # type: ignore[misc]
    assert reached == []


def test_a_role_is_looked_up_and_never_read_from_the_token(service: SmallService, reached: list[Any]) -> None:
    authorization = signed(service.world, sub="person-one", role="panel_team", roles=["panel_team"])
    answer = refused(lambda: CALLS["unary"](service, (("authorization", authorization),)))
    assert answer.reason == "NOT_ALLOWED"
    assert reached == []


@pytest.mark.parametrize("size", [MAX_REQUEST_BYTES + 1, 4 * MAX_REQUEST_BYTES])
@pytest.mark.parametrize(("path", "stream"), [("CreateEvidenceItem", False), ("ImportEvidenceItems", True)])
def test_an_oversized_request_is_refused_with_its_reason(
    service: SmallService, reached: list[Any], size: int, path: str, stream: bool
) -> None:
    answer = raw(service, EVIDENCE + path, b"x" * size, stream)
    assert (answer.code, answer.reason, answer.domain) == ("RESOURCE_EXHAUSTED", "REQUEST_TOO_LARGE", "evidence.psmf")
    assert reached == []


def test_a_request_of_the_largest_size_passes(service: SmallService, reached: list[Any]) -> None:
    request = an_item_request("sg-one", summary="")
    request.evidence_item.summary = "x" * (MAX_REQUEST_BYTES - request.ByteSize() - 8)
    service.items.CreateEvidenceItem(request, **service.as_("panel-team"))
    assert len(reached) == 1


def test_a_request_beyond_what_the_transport_takes_is_refused(service: SmallService, reached: list[Any]) -> None:
    assert raw(service, EVIDENCE + "CreateEvidenceItem", b"x" * 9 * MAX_REQUEST_BYTES).code == "RESOURCE_EXHAUSTED"
    assert reached == []


BROKEN = {
    "garbage": b"\xff\xff\xff",
    "cut short": b"\x0a\x05ab",
    "a name that is not UTF-8": b"\x0a\x02\xc3\x28",
    "words that are not UTF-8": b"\x12\x03\x52\x01\xff",
    "an immense length": b"\x0a\xff\xff\xff\xff\x0f",
    "no such wire type": b"\x07",
    "groups without a bottom": b"\x0b" * 100,
}


@pytest.mark.parametrize("body", BROKEN.values(), ids=BROKEN)
@pytest.mark.parametrize("stream", [False, True], ids=["CreateEvidenceItem", "in a row of ImportEvidenceItems"])
def test_bytes_that_are_no_message_are_refused(
    service: SmallService, reached: list[Any], body: bytes, stream: bool
) -> None:
    if stream:
        row = b"\x12" + bytes([len(body)]) + body
        answer = raw(service, EVIDENCE + "ImportEvidenceItems", b"\x0a" + bytes([len(row)]) + row, stream=True)
    else:
        answer = raw(service, EVIDENCE + "CreateEvidenceItem", body)
    assert (answer.code, answer.reason) == ("INVALID_ARGUMENT", "REQUEST_NOT_READABLE")
    assert reached == []


def test_an_unreadable_body_is_not_looked_at_without_a_token(service: SmallService) -> None:
    call = service.channel.unary_unary(EVIDENCE + "CreateEvidenceItem")
    assert refused(lambda: call(b"\xff\xff", timeout=HUNG)) == NOT_SIGNED_IN


def test_a_missing_field_is_named(service: SmallService, reached: list[Any]) -> None:
    request = an_item_request("sg-one")
    request.evidence_item.ClearField("happened_date")
    answer = refused(lambda: service.items.CreateEvidenceItem(request, **service.as_("panel-team")))
    assert (answer.code, answer.reason) == ("INVALID_ARGUMENT", "FIELD_MISSING")
    assert answer.field == "evidence_item.happened_date"
    assert reached == []


@pytest.mark.parametrize(
    ("path", "stream"),
    [
        ("CreateEvidenceItem", "none"),
        ("GetEvidenceItem", "none"),
        ("ImportEvidenceItems", "client"),
        ("WatchAlerts", "server"),
    ],
)
def test_an_unexpected_fault_answers_with_a_reference_and_nothing_else(
    service: SmallService, capsys: pytest.CaptureFixture[str], path: str, stream: str
) -> None:
    def fail(request: Any) -> Any:
        raise RuntimeError(CANARY)

    service.work = fail
    metadata = service.world.metadata("panel-team")
    if stream == "server":
        answer = refused(lambda: _watch(service, metadata))
    elif stream == "client":
        answer = raw(service, EVIDENCE + path, b"", stream=True)
    else:
        request = an_item_request("sg-one") if path == "CreateEvidenceItem" else pb.GetEvidenceItemRequest(name=NAME)
        answer = raw(service, EVIDENCE + path, request.SerializeToString())
    assert (answer.code, answer.reason, answer.domain) == ("INTERNAL", "INTERNAL", "evidence.psmf")
    assert answer.metadata["reference"] in answer.message
    written = capsys.readouterr()
    for text in (answer.message, str(answer.metadata), written.out, written.err):
        assert CANARY not in text
    assert answer.metadata["reference"] in written.out + written.err, "an operator must find it in the log"


def test_a_fault_after_the_first_answers_of_a_stream_says_nothing_either(service: SmallService) -> None:
    def some(request: Any) -> Any:
        yield notifications_pb2.WatchAlertsResponse()
        raise RuntimeError(CANARY)

    service.work = some
    stream = _watch(service, service.world.metadata("panel-team"))
    next(stream)
    with pytest.raises(grpc.RpcError) as problem:
        next(stream)
    answer = answer_of(problem.value)
    assert answer.reason == "INTERNAL"
    assert CANARY not in answer.message


@pytest.mark.parametrize("kind", list(Kind))
@pytest.mark.parametrize("call", ["unary", "server stream", "client stream"])
def test_every_refusal_has_its_reason_and_domain(service: SmallService, kind: Kind, call: str) -> None:
    def refuse(request: Any) -> Any:
        raise Refusal(kind, "SOME_REASON", "In plain words.", field="name", metadata={"allowed": "a"})

    service.work = refuse
    answer = refused(lambda: CALLS[call](service, service.world.metadata("panel-team")))
    assert (answer.reason, answer.domain, answer.field) == ("SOME_REASON", "evidence.psmf", "name")
    assert answer.metadata == {"allowed": "a"}
    assert answer.code not in ("UNKNOWN", "INTERNAL", "OK")
    assert answer.waits == (kind in (Kind.UNAVAILABLE, Kind.EXHAUSTED)), "only these refusals can be retried later"


def test_a_stream_that_its_caller_leaves_is_no_fault(
    service: SmallService, capsys: pytest.CaptureFixture[str], reached: list[Any]
) -> None:
    def leave() -> Iterator[pb.ImportEvidenceItemsRequest]:
        yield pb.ImportEvidenceItemsRequest()
        assert is_started.wait(HUNG)
        started.cancel()

    is_started = threading.Event()
    started = service.items.ImportEvidenceItems.future(leave(), **service.as_("panel-team"))
    is_started.set()
    with pytest.raises(grpc.FutureCancelledError):
        started.result()
    CALLS["unary"](service, service.world.metadata("panel-team"))
    assert "unexpected" not in capsys.readouterr().out


def test_health_is_answered_without_a_token(service: SmallService) -> None:
    health: Any = health_pb2_grpc.HealthStub(service.channel)
    for name in ("", "ready", "evidence"):
        answer = health.Check(health_pb2.HealthCheckRequest(service=name), timeout=HUNG)
        assert answer.status == health_pb2.HealthCheckResponse.SERVING


def test_reflection_is_not_served_unless_asked_for(service: SmallService) -> None:
    call = service.channel.stream_stream("/grpc.reflection.v1alpha.ServerReflection/ServerReflectionInfo")
    with pytest.raises(grpc.RpcError) as problem:
        next(call(iter([b""]), timeout=HUNG))
    assert problem.value.code() == grpc.StatusCode.UNIMPLEMENTED


def test_a_method_the_service_does_not_have_is_refused(service: SmallService) -> None:
    call = service.channel.unary_unary(EVIDENCE + "DeleteEvidenceItem")
    assert (
        refused(lambda: call(b"", metadata=service.world.metadata("panel-team"), timeout=HUNG)).code == "UNIMPLEMENTED"
    )


def test_a_method_that_was_registered_without_rules_is_never_reached(tmp_path: Path) -> None:
    """A service checks access rules when it starts. If a method slips past that check, the gate refuses every call."""
    reached: list[Any] = []

    def hidden(request: Any, context: Any) -> bytes:
        reached.append(request)
        return b""

    with small_service(tmp_path) as other:
        handlers: Any = {"Do": grpc.unary_unary_rpc_method_handler(hidden)}
        hiding = grpc.method_handlers_generic_handler("psmf.hidden.v1.Hidden", handlers)
        other.process.server.server.add_generic_rpc_handlers([hiding])
        call = other.channel.unary_unary("/psmf.hidden.v1.Hidden/Do")
        with pytest.raises(grpc.RpcError):
            call(b"", metadata=other.world.metadata("panel-team"), timeout=HUNG)
    assert reached == []


def test_an_idle_caller_may_keep_its_connection_open_by_pings(service: SmallService) -> None:
    """doors D17: a gateway with a short keepalive keeps its connection. Many pings do not end it."""
    options = [
        ("grpc.keepalive_time_ms", LEAST_PING_MS + 200),
        ("grpc.keepalive_permit_without_calls", 1),
        ("grpc.http2.max_pings_without_data", 0),
    ]
    states: list[grpc.ChannelConnectivity] = []
    with grpc.insecure_channel(f"127.0.0.1:{service.process.server.port}", options) as channel:
        grpc.channel_ready_future(channel).result(HUNG)
        channel.subscribe(states.append)
        time.sleep(PINGS_WITHOUT_CALLS * (LEAST_PING_MS + 200) / 1000)
        assert grpc.ChannelConnectivity.IDLE not in states
        assert grpc.ChannelConnectivity.TRANSIENT_FAILURE not in states
        assert states[-1] is grpc.ChannelConnectivity.READY
