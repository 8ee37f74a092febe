"""The gRPC server of every service: one shape for all methods (decision 91).

A call passes in this order. In the thread that takes in calls: whose it is, and whether there is room for it. Then in a
thread of its pool: its request within its time, and the gate.
"""

import threading
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from typing import Any, NamedTuple, NoReturn

import grpc
from grpc_health.v1 import health, health_pb2, health_pb2_grpc
from grpc_reflection.v1alpha import reflection
from grpc_status import rpc_status

from services.platform.calls.gate import MAX_REQUEST_BYTES, Arrived, Gate, Guarded, Refused, single_values
from services.platform.calls.identity import SERVICE, Principal, is_of_a_service, not_signed_in
from services.platform.calls.method_rules import OPEN_METHODS
from services.platform.door import limits
from services.platform.door.health import HealthServer, bound
from services.platform.door.patience import Patience
from services.platform.door.pools import Pool, Seat
from services.platform.tls import TlsFiles, names_of
from services.refusals import Kind, Refusal, invalid

_OPERATORS = frozenset({"psmf.platform.v1.StatusService", "psmf.platform.v1.EventsService"})
"""The contracts of operators."""
_HEALTH = f"/{health.SERVICE_NAME}/"
_OPTIONS = (
    # Above our own limit, so that the gate sees an oversized message and answers with a reason.
    ("grpc.max_receive_message_length", 8 * MAX_REQUEST_BYTES),
    ("grpc.so_reuseport", 0),  # two processes on one port would share its calls unnoticed
    # Callers behind a gateway keep an idle connection open by pings. gRPC's own limit is 5 minutes, after which it ends
    # the connection with "too many pings".
    ("grpc.http2.min_ping_interval_without_data_ms", limits.LEAST_PING_MS),
    ("grpc.keepalive_permit_without_calls", 1),
    ("grpc.server_handshake_timeout_ms", limits.HANDSHAKE_MS),
    ("grpc.max_connection_idle_ms", limits.IDLE_CONNECTION_MS),
    ("grpc.max_connection_age_ms", limits.OLD_CONNECTION_MS),
    ("grpc.max_connection_age_grace_ms", limits.OLD_CONNECTION_GRACE_MS),
    ("grpc.max_concurrent_streams", limits.STREAMS_OF_A_CONNECTION),
    ("grpc.max_allowed_incoming_connections", limits.CONNECTIONS),
    ("grpc.max_metadata_size", limits.METADATA_BYTES),
    ("grpc.absolute_max_metadata_size", limits.METADATA_BYTES),
)


class _Way(NamedTuple):
    """Where calls of a method are served, and how many one caller may have in hand there."""

    name: str
    pool: Pool
    of_one: int
    is_stream: bool


class _Pools:
    """The threads of a service, in pools that cannot take from one another."""

    def __init__(self) -> None:
        self.open, self.refused = Pool("open", limits.OPEN_POOL), Pool("refused", limits.REFUSED_POOL)
        calls, operators = Pool("call", limits.CALL_POOL), Pool("operator", limits.OPERATOR_POOL)
        self._calls = _Way("calls", calls, limits.CALLS_OF_ONE, is_stream=False)
        self._operators = _Way("operators", operators, limits.CALLS_OF_ONE, is_stream=False)
        self._feeds = _of_streams("feeds", limits.FEED_THREADS, limits.FEEDS_OF_ONE)
        self._watches = _of_streams("watches", limits.WATCH_THREADS, limits.WATCHES_OF_ONE)
        self._imports = _of_streams("imports", limits.IMPORT_THREADS, limits.IMPORTS_OF_ONE)
        ways = (self._calls, self._operators, self._feeds, self._watches, self._imports)
        self._all = (self.open, self.refused, *(way.pool for way in ways))

    def stop(self) -> None:
        for pool in self._all:
            pool.stop()

    def way_of(self, method: Guarded, principal: Principal) -> _Way:
        """Return where a call of this method is served."""
        if method.takes_parts:
            return self._imports
        if method.gives_parts:
            return self._feeds if principal.role == "service" else self._watches
        return self._operators if method.contract in _OPERATORS else self._calls


def _of_streams(name: str, threads: int, of_one: int) -> _Way:
    return _Way(name, Pool(name, limits.PoolSize(threads, threads)), of_one, is_stream=True)


class _Place:
    """One caller's place among the calls in hand. Only the places themselves change it, under their lock."""

    def __init__(self, whose: str, way: _Way) -> None:
        self.key = whose, way.name
        self.is_worked_on = True


class _Places:
    """The calls in hand, of each caller and of all: those that are worked on, and those that gRPC has yet to end.

    A caller who sends the next call at once, when an answer has come, would be refused if only the second were counted.
    If only the first were, answers that nobody takes would have no bound. So those are bounded at twice as many.
    """

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._worked_on: Counter[tuple[str, str]] = Counter()
        self._held: Counter[tuple[str, str]] = Counter()
        self._all = 0

    def take(self, whose: str, way: _Way) -> _Place:
        """Take a place.

        Raises:
            Refusal: EXHAUSTED. There is none for this caller, or it is for a stream that could not begin at once:
                waiting for another to end could take an hour.
        """
        place = _Place(whose, way)
        with self._lock:
            has_none = self._worked_on[place.key] >= way.of_one or self._held[place.key] >= 2 * way.of_one
            if has_none or (way.is_stream and not way.pool.is_free):
                raise _no_place(way)
            if self._all >= limits.CALLS:
                why = "The service has as many calls as it can take. Try again shortly."
                raise Refusal(Kind.EXHAUSTED, "TOO_BUSY", why)
            self._worked_on[place.key] += 1
            self._held[place.key] += 1
            self._all += 1
        return place

    def answered(self, place: _Place) -> None:
        """Let the caller begin another call: the answer is on its way, and they may have it before gRPC has ended."""
        with self._lock:
            self._stop_working(place)

    def give_back(self, place: _Place) -> None:
        """Give a place back once gRPC has ended its call, which may be before the work has."""
        with self._lock:
            self._stop_working(place)
            _count_down(self._held, place.key)
            self._all -= 1

    def _stop_working(self, place: _Place) -> None:
        if place.is_worked_on:
            place.is_worked_on = False
            _count_down(self._worked_on, place.key)


def _count_down(counted: "Counter[tuple[str, str]]", key: tuple[str, str]) -> None:
    """Count one less, and keep no caller who has none: their number has no bound."""
    counted[key] -= 1
    if not counted[key]:
        del counted[key]


def _no_place(way: _Way) -> Refusal:
    if way.is_stream:
        why = "You have as many streams as one caller may, or the service has as many as it can. End one, or wait."
        return Refusal(Kind.EXHAUSTED, "TOO_MANY_STREAMS", why)
    why = f"{limits.CALLS_OF_ONE} of your calls are being served or wait. Wait for one of them to end."
    return Refusal(Kind.EXHAUSTED, "TOO_MANY_CALLS", why)


class _Refusing:
    """What answers a call that the door refuses. It reads nothing of it."""

    def __init__(self, refused: Refused, seat: Seat) -> None:
        self._refused = refused
        self.experimental_thread_pool = seat

    def __call__(self, parts: Any, context: Any) -> NoReturn:
        context.abort_with_status(rpc_status.to_status(self._refused.status))
        raise AssertionError("gRPC's abort raises")


class _Serving(NamedTuple):
    """A call for which there is room."""

    method: Guarded
    principal: Principal
    metadata: Mapping[str, str]
    place: _Place


class _Served:
    """What answers a call for which there is room, in a thread of its pool."""

    def __init__(self, door: "_Door", call: _Serving, seat: Seat) -> None:
        self._door = door
        self._call = call
        self.experimental_thread_pool = seat

    def __call__(self, parts: Any, context: Any) -> Any:
        places, place = self._door.places, self._call.place
        # The callback is refused if the call has already ended. Nobody else would then give the place back.
        if not context.add_callback(lambda: places.give_back(place)):
            places.give_back(place)
            return iter(()) if self._call.method.gives_parts else b""
        try:
            return self._door.serve(self._call, parts, context)
        finally:
            if not self._call.method.gives_parts:  # a stream is worked on as long as gRPC takes its answers
                places.answered(place)


class _Door(grpc.ServerInterceptor):
    """Meets each call, in the one thread that takes them in. What it does is short."""

    def __init__(self, gate: Gate, *, by_certificate: bool) -> None:
        self._gate = gate
        self._by_certificate = by_certificate
        self.pools = _Pools()
        self.places = _Places()
        self.patience = Patience()
        self._kept: dict[str, Guarded] = {}

    def intercept_service(self, continuation: Any, details: grpc.HandlerCallDetails) -> Any:
        """Return what answers a call. Each takes its request as a stream: gRPC waits for any other without a limit."""
        method = self._kept.get(details.method)
        if method is None:
            handler = continuation(details)
            if handler is None:
                return None
            if details.method in OPEN_METHODS:
                return self._open(handler)
            if details.method.startswith(_HEALTH):
                return None  # `Watch` lasts as long as its caller likes, and needs no token
            # Kept, because gRPC asks at every call.
            method = self._kept[details.method] = self._gate.around(handler, details.method)
        make = grpc.stream_stream_rpc_method_handler if method.gives_parts else grpc.stream_unary_rpc_method_handler
        return make(self._met(method, single_values(details.invocation_metadata)))

    def _met(self, method: Guarded, metadata: Mapping[str, str]) -> Any:
        try:
            principal = self._gate.principal(metadata)
            way = self.pools.way_of(method, principal)
            place = self.places.take(principal.person, way)
        except Refusal as refusal:
            refused = self._gate.refused(method.rules, metadata, refusal)
            return _Refusing(refused, Seat(self.pools.refused, "refused"))
        return _Served(self, _Serving(method, principal, metadata, place), Seat(way.pool, principal.person))

    def _open(self, handler: Any) -> Any:
        """Return what answers a method that needs no token: a health check, or reflection outside production."""
        if handler.request_streaming:
            return handler
        inner = handler.unary_unary

        def answer(parts: Any, context: Any) -> Any:
            with self.patience.within(limits.FIRST_MESSAGE_SECONDS, context.cancel):
                request = next(parts)
            return inner(request, context)

        return grpc.stream_unary_rpc_method_handler(answer, handler.request_deserializer, handler.response_serializer)

    def serve(self, call: _Serving, parts: Any, context: Any) -> Any:
        """Return the answer of a method, or its answers."""
        method = call.method
        try:
            self._require_certificate(call, context)
            body = self._patient(parts, context) if method.takes_parts else self._request(call, parts, context)
            arrived = Arrived(call.principal, call.metadata, body, context)
            if method.gives_parts:
                return self._in_time(self._gate.answers(method, arrived), context)
            return self._gate.answer(method, arrived)
        except grpc.RpcError:
            raise  # the caller has left, or took too long to send
        except Refused as refused:
            context.abort_with_status(rpc_status.to_status(refused.status))

    def _in_time(self, answers: Iterable[bytes], context: Any) -> Iterator[bytes]:
        try:
            for answer in answers:
                with self.patience.within(limits.SLOW_READER_SECONDS, context.cancel):
                    yield answer
        except Refused as refused:
            context.abort_with_status(rpc_status.to_status(refused.status))

    def _require_certificate(self, call: _Serving, context: Any) -> None:
        """Take a service for the one it says it is only if its certificate says the same.

        Raises:
            Refused: a token that somebody else got hold of.
        """
        person = call.principal.person
        if self._by_certificate and is_of_a_service(person) and person.removeprefix(SERVICE) not in names_of(context):
            raise self._gate.refused(call.method.rules, call.metadata, not_signed_in())

    def _request(self, call: _Serving, parts: Any, context: Any) -> bytes:
        with self.patience.within(limits.FIRST_MESSAGE_SECONDS, context.cancel):
            request: bytes | None = next(parts, None)
        if request is None:
            no_request = invalid("REQUEST_NOT_READABLE", "The call ended without a request.")
            raise self._gate.refused(call.method.rules, call.metadata, no_request)
        return request

    def _patient(self, parts: Any, context: Any) -> Iterator[bytes]:
        while True:
            try:
                with self.patience.within(limits.NEXT_PART_SECONDS, context.cancel):
                    part = next(parts)
            except StopIteration:
                return
            except grpc.RpcError:
                why = "The caller ended the call before its last part, or sent nothing for too long."
                raise Refusal(Kind.UNAVAILABLE, "CALLER_LEFT", why) from None
            yield part


class GrpcServer:
    """A gRPC server with the door, the gate, health checks and, outside production, reflection."""

    def __init__(
        self, service: str, listen: str, gate: Gate, health_listen: str = "", tls: TlsFiles | None = None
    ) -> None:
        """Prepare to serve.

        `health_listen`: address of a second, small server, which answers health checks alone; empty for none.
        `tls`: the certificate that is shown, and the authority of those who may connect; without it, plain text.
        """
        self.service = service
        self._held_back = False
        self.health = health.HealthServicer()
        self._door = _Door(gate, by_certificate=tls is not None)
        seat = Seat(self._door.pools.open, "open")
        self.server = grpc.server(seat, interceptors=[self._door], options=_OPTIONS)
        health_pb2_grpc.add_HealthServicer_to_server(self.health, self.server)
        self.port = bound(self.server, listen, tls.of_server() if tls else None)
        self._health_server = HealthServer(self.health, health_listen) if health_listen else None

    def offer_reflection(self, services: list[str]) -> None:
        """Serve the descriptions of the given services."""
        reflection.enable_server_reflection([*services, reflection.SERVICE_NAME], self.server)

    def hold_back(self) -> None:
        """Never report ready: the service answers what it can, and waits for an operator."""
        self._held_back = True

    def start(self) -> None:
        """Serve, then report so in the health checks."""
        self._door.patience.start()
        if self._health_server:
            self._health_server.start()
        self.server.start()
        for name in ("", self.service):
            self.health.set(name, health_pb2.HealthCheckResponse.SERVING)
        self.set_ready(True)

    def set_ready(self, ready: bool) -> None:
        """Report in the health check `ready` whether calls are wanted now. The process itself goes on living."""
        state = health_pb2.HealthCheckResponse
        self.health.set("ready", state.SERVING if ready and not self._held_back else state.NOT_SERVING)

    def not_ready(self) -> None:
        """Report in the health checks that no calls are wanted, before anything stops."""
        self.health.enter_graceful_shutdown()

    def stop(self, grace_seconds: float) -> None:
        """Take no more calls, let running ones finish within `grace_seconds`, then stop."""
        self.server.stop(grace_seconds).wait()
        self._door.pools.stop()
        self._door.patience.stop()
        if self._health_server:
            self._health_server.stop()
