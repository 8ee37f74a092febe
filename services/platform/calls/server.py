"""The gRPC server of every service, with one gate around all four kinds of call.

A call passes in this order: decoding and the size limit, telemetry and unexpected errors, authentication, access,
required fields, deadline, the method, audit of reads and refusals. Idempotency and the audit row of a write are in
`commands`, inside the write's own transaction.
"""

import errno
import functools
import uuid
from collections.abc import Callable, Iterable, Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any, NamedTuple

import grpc
from google.api import field_behavior_pb2
from google.protobuf.message import DecodeError, Message
from google.rpc import code_pb2, error_details_pb2, status_pb2
from grpc_health.v1 import health, health_pb2, health_pb2_grpc
from grpc_reflection.v1alpha import reflection
from grpc_status import rpc_status

from services.platform.calls import audited
from services.platform.calls.access import Access
from services.platform.calls.commands import Call, Commands, current_call
from services.platform.calls.identity import Principal, Tokens
from services.platform.calls.method_rules import OPEN_METHODS, MethodPolicy
from services.platform.calls.named import require_names, unfit_field
from services.platform.calls.pages import PageSeal
from services.platform.calls.relations import Related
from services.platform.telemetry import traces
from services.platform.telemetry.logs import log
from services.refusals import Kind, Refusal, invalid

MAX_REQUEST_BYTES = 1024 * 1024
"""Bounds the memory of a call. Whatever is larger is sent in parts."""
CALL_THREADS = 8
"""Threads for calls. More would not help: one writer and one interpreter lock do the work of all."""
STREAM_THREADS = 24
"""Threads for open streams, each of which occupies one: feeds of other services and people who watch. Without threads
of their own, a few streams would starve all calls."""

LEAST_PING_MS = 1000
"""Shortest time between two keepalive pings that callers may use (docs/calling.md)."""

CODES = {
    Kind.INVALID: code_pb2.INVALID_ARGUMENT,
    Kind.NOT_FOUND: code_pb2.NOT_FOUND,
    Kind.CONFLICT: code_pb2.ABORTED,
    Kind.PRECONDITION: code_pb2.FAILED_PRECONDITION,
    Kind.NOT_ALLOWED: code_pb2.PERMISSION_DENIED,
    Kind.UNAUTHENTICATED: code_pb2.UNAUTHENTICATED,
    Kind.UNAVAILABLE: code_pb2.UNAVAILABLE,
    Kind.EXHAUSTED: code_pb2.RESOURCE_EXHAUSTED,
}
_RETRY_SECONDS = 1
"""Advice to callers, in seconds. It keeps them from pressing a service that restarts."""


@dataclass(frozen=True, slots=True)
class _Unreadable:
    """The place of a request that could not be decoded. gRPC's own error would carry no reason, the gate's does."""

    refusal: Refusal


def rich_status(refusal: Refusal, domain: str) -> status_pb2.Status:
    """Turn a refusal into google.rpc.Status: always ErrorInfo, BadRequest for a field, RetryInfo if waiting helps."""
    status = status_pb2.Status(code=CODES[refusal.kind], message=refusal.message)
    info = error_details_pb2.ErrorInfo(reason=refusal.reason, domain=f"{domain}.psmf", metadata=refusal.metadata)
    status.details.add().Pack(info)
    if refusal.field:
        violation = error_details_pb2.BadRequest.FieldViolation(field=refusal.field, description=refusal.message)
        status.details.add().Pack(error_details_pb2.BadRequest(field_violations=[violation]))
    if refusal.kind in (Kind.UNAVAILABLE, Kind.EXHAUSTED):
        retry = error_details_pb2.RetryInfo()
        retry.retry_delay.FromSeconds(_RETRY_SECONDS)
        status.details.add().Pack(retry)
    return status


def _unexpected(reference: str, domain: str) -> status_pb2.Status:
    """Return a status with only a reference number. The log has the rest, because a caller must learn nothing of it."""
    message = f"Something went wrong on our side. Nothing was recorded by this call. Reference: {reference}"
    status = status_pb2.Status(code=code_pb2.INTERNAL, message=message)
    info = error_details_pb2.ErrorInfo(reason="INTERNAL", domain=f"{domain}.psmf", metadata={"reference": reference})
    status.details.add().Pack(info)
    return status


class Records(NamedTuple):
    """What the gate asks of a service about the records that requests name."""

    relate: Callable[[Principal, Message | None], Related]
    """Returns the record that a request is about and the caller's relation to it. A stream has no request yet."""
    require_parent: Callable[[MethodPolicy, Message], None]
    """Refuses a list of the records of somebody whom the service does not know."""
    pages: PageSeal
    """The seal on the page tokens of its lists."""


class Gate(grpc.ServerInterceptor):
    """The gate in front of every method. It admits a call, or answers why not."""

    def __init__(
        self,
        service: str,
        methods: Mapping[str, MethodPolicy],
        tokens: Tokens,
        access: Access,
        records: Records,
        commands: Commands,
    ) -> None:
        self._service = service
        self._methods = methods
        self._tokens = tokens
        self._access = access
        self._records = records
        self._commands = commands
        self._wrapped: dict[str, Any] = {}

    def intercept_service(self, continuation: Any, details: grpc.HandlerCallDetails) -> Any:
        """Return the handler of a method, wrapped at its first call and kept, because gRPC asks at every call."""
        wrapped = self._wrapped.get(details.method)
        if wrapped is None:
            handler = continuation(details)
            if handler is None or details.method in OPEN_METHODS:
                return handler
            wrapped = self._wrapped[details.method] = self._wrap(handler, details.method)
        return wrapped

    def _wrap(self, handler: Any, method: str) -> Any:
        """Put the gate around a method. One without rules fails here, so that none can be served without the gate."""
        rules = self._methods.get(method)
        if rules is None:
            raise LookupError(f"no rules for {method}")
        decode = _decoder(handler.request_deserializer, is_part=handler.request_streaming)
        encode = handler.response_serializer
        inner = handler.unary_unary or handler.unary_stream or handler.stream_unary or handler.stream_stream
        run = self._run_stream if handler.response_streaming else self._run_unary

        def served(request: Any, context: Any) -> Any:
            message = _readable(request) if handler.request_streaming else request
            metadata = _single_values(context.invocation_metadata())
            return run(inner, rules, metadata, _Request(message, handler.request_streaming), context)

        make = {
            (False, False): grpc.unary_unary_rpc_method_handler,
            (False, True): grpc.unary_stream_rpc_method_handler,
            (True, False): grpc.stream_unary_rpc_method_handler,
            (True, True): grpc.stream_stream_rpc_method_handler,
        }[(handler.request_streaming, handler.response_streaming)]
        return make(served, request_deserializer=decode, response_serializer=encode)

    def _run_unary(self, inner: Any, rules: MethodPolicy, metadata: Any, request: "_Request", context: Any) -> Any:
        with self._guarded(rules, metadata, request, context) as call:
            answer = inner(request.message, context)
            audited.note_answer(self._commands, call, answer)
            if "next_page_token" in answer.DESCRIPTOR.fields_by_name:
                answer.next_page_token = self._records.pages.sealed(rules.path, answer.next_page_token)
            return answer

    def _run_stream(self, inner: Any, rules: MethodPolicy, metadata: Any, request: "_Request", context: Any) -> Any:
        with self._guarded(rules, metadata, request, context) as call:
            for part in audited.noted_parts(self._commands, call, inner(request.message, context)):
                # A watch may be open for long: a person who lost their role meanwhile is sent nothing more.
                self._tokens.require_still(call.principal)
                yield part

    @contextmanager
    def _guarded(self, rules: MethodPolicy, metadata: Any, request: "_Request", context: Any) -> Iterator[Call]:
        status, call = None, None
        with traces.serving(self._service, rules.path, metadata) as served:
            try:
                call = self._known(rules, metadata, request)
                self._admit(call, request, context)
                token = current_call.set(call)
                try:
                    yield call
                finally:
                    current_call.reset(token)
            except Refusal as refusal:
                status = rich_status(refusal, self._service)
                audited.note_refusal(self._commands, call, refusal)
            except Exception as problem:
                reference = uuid.uuid4().hex[:12]
                # The place in the code, never the text of the fault, which could contain what the caller sent.
                place = _place(problem)
                log().error(
                    "unexpected", method=rules.method, error=type(problem).__name__, place=place, reference=reference
                )
                status = _unexpected(reference, self._service)
                audited.note_refusal(self._commands, call, None)
            if status is not None:
                served.code = code_pb2.Code.Name(status.code)
        # Aborting raises. So it comes last, after the span has the code of the answer.
        if status is not None:
            context.abort_with_status(rpc_status.to_status(status))

    def _known(self, rules: MethodPolicy, metadata: Mapping[str, str], request: "_Request") -> Call:
        """Return who calls what about whom. From here on a refusal leaves a row in the audit log."""
        # Identity comes before everything else, and access before the fields: a stranger learns nothing about the
        # contract or the records from what is refused.
        principal = self._tokens.principal(metadata.get("authorization", ""))
        if isinstance(request.message, _Unreadable):
            raise request.message.refusal
        if not request.streaming:
            require_names(request.message)
        subject, relation, for_whom = self._records.relate(principal, None if request.streaming else request.message)
        return Call(principal, rules, "" if subject == "-" else subject, relation, traces.traceparent(), for_whom)

    def _admit(self, call: Call, request: "_Request", context: Any) -> None:
        rules = call.rules
        self._access.require(call.principal, rules, call.relation)
        if not request.streaming:
            require_fields(request.message)
            if "page_token" in request.message.DESCRIPTOR.fields_by_name:
                request.message.page_token = self._records.pages.opened(rules.path, request.message.page_token)
        # A call that waited in the queue past its deadline has no caller any more. It would work for nobody.
        remaining = context.time_remaining()
        if remaining is not None and remaining <= 0:
            raise Refusal(Kind.UNAVAILABLE, "DEADLINE_PASSED", "The deadline of the call passed before it began.")
        if not request.streaming:
            # After access: only somebody who may read the list learns that nobody has this id.
            self._records.require_parent(rules, request.message)


@dataclass(frozen=True, slots=True)
class _Request:
    message: Any
    streaming: bool


def _single_values(metadata: Iterable[tuple[str, str | bytes]]) -> dict[str, str]:
    """Return metadata by key, without keys that were sent twice. Which of two tokens counts must not be guessed."""
    values: dict[str, str] = {}
    seen: set[str] = set()
    for key, value in metadata:
        if key in seen:
            values.pop(key, None)
        elif isinstance(value, str):  # keys that end in -bin have bytes, and we use none
            values[key] = value
        seen.add(key)
    return values


def _readable(messages: Iterator[Any]) -> Iterator[Any]:
    """Yield the parts of a client's stream.

    Raises:
        Refusal: a part cannot be decoded, or the caller has left.
    """
    try:
        for message in messages:
            if isinstance(message, _Unreadable):
                raise message.refusal
            yield message
    except grpc.RpcError:
        raise Refusal(Kind.UNAVAILABLE, "CALLER_LEFT", "The caller ended the call before its last part.") from None


def _place(problem: BaseException) -> str:
    """Return module and line where the error was raised."""
    trace = problem.__traceback__
    while trace is not None and trace.tb_next is not None:
        trace = trace.tb_next
    return f"{trace.tb_frame.f_globals.get('__name__', '')}:{trace.tb_lineno}" if trace else ""


def _decoder(decode: Callable[[bytes], Message], *, is_part: bool) -> Callable[[bytes], Message | _Unreadable]:
    """Return how a request, or a part of a stream, is read. A method that takes a stream refuses a row by itself."""

    def decoded(body: bytes) -> Message | _Unreadable:
        if len(body) > MAX_REQUEST_BYTES:
            why = f"The request is larger than {MAX_REQUEST_BYTES} bytes. Send it in parts, or import a file."
            return _Unreadable(Refusal(Kind.EXHAUSTED, "REQUEST_TOO_LARGE", why))
        try:
            message = decode(body)
        except (DecodeError, ValueError, UnicodeDecodeError):
            why = "The request is not a valid protobuf message of this method, or holds text that is not UTF-8."
            return _Unreadable(invalid("REQUEST_NOT_READABLE", why))
        if not is_part and (unfit := unfit_field(message)):
            return _Unreadable(unfit)
        return message

    return decoded


def require_fields(message: Message) -> None:
    """Enforce `(google.api.field_behavior) = REQUIRED` everywhere in a request.

    Raises:
        Refusal: INVALID, naming the first field that is missing.
    """
    missing = _missing(message, _plan(message.DESCRIPTOR))
    if missing:
        raise invalid("FIELD_MISSING", f"{missing} is needed.", missing)


class _Field(NamedTuple):
    """A field that is required or has required fields inside."""

    name: str
    required: bool
    single_message: bool
    inside: tuple["_Field", ...]


def _missing(message: Any, plan: tuple[_Field, ...]) -> str:
    """Return the path of the first required field that is missing; empty if none is."""
    for name, required, single_message, inside in plan:
        there = message.HasField(name) if single_message else getattr(message, name)
        if required and not there:
            return name
        if inside and single_message and there:
            found = _missing(getattr(message, name), inside)
            if found:
                return f"{name}.{found}"
        elif inside and not single_message:
            for index, part in enumerate(there):
                found = _missing(part, inside)
                if found:
                    return f"{name}[{index}].{found}"
    return ""


@functools.cache
def _plan(descriptor: Any) -> tuple[_Field, ...]:
    """List the fields to look at in a message type.

    Cached without a limit: reading options is slow, and message types are as many as the contract has.
    """
    fields = []
    for field in descriptor.fields:
        required = field_behavior_pb2.REQUIRED in field.GetOptions().Extensions[field_behavior_pb2.field_behavior]
        kind = field.message_type
        own = kind is not None and not kind.full_name.startswith("google.") and not kind.GetOptions().map_entry
        inside = _plan(kind) if own else ()
        if required or inside:
            fields.append(_Field(field.name, required, kind is not None and not field.is_repeated, inside))
    return tuple(fields)


class GrpcServer:
    """A gRPC server with health checks, the gate and, outside production, reflection."""

    def __init__(self, service: str, listen: str, gate: Gate) -> None:
        self.service = service
        self._held_back = False
        self.health = health.HealthServicer()
        self.server = grpc.server(
            ThreadPoolExecutor(CALL_THREADS + STREAM_THREADS, thread_name_prefix="call"),
            interceptors=[gate],
            maximum_concurrent_rpcs=200,  # more are refused at once: waiting in a long queue only ends in a deadline
            options=[
                # Above our own limit, so that the gate sees an oversized message and answers with a reason.
                ("grpc.max_receive_message_length", 8 * MAX_REQUEST_BYTES),
                ("grpc.so_reuseport", 0),  # two processes on one port would share its calls unnoticed
                # Callers behind a gateway keep an idle connection open by pings. gRPC's own limit is 5 minutes, after
                # which it ends the connection with "too many pings".
                ("grpc.http2.min_ping_interval_without_data_ms", LEAST_PING_MS),
                ("grpc.keepalive_permit_without_calls", 1),
            ],
        )
        health_pb2_grpc.add_HealthServicer_to_server(self.health, self.server)
        try:
            self.port = self.server.add_insecure_port(listen)
        except RuntimeError:
            raise OSError(errno.EADDRNOTAVAIL, "nothing can be served at this address", listen) from None

    def offer_reflection(self, services: list[str]) -> None:
        """Serve the descriptions of the given services."""
        reflection.enable_server_reflection([*services, reflection.SERVICE_NAME], self.server)

    def hold_back(self) -> None:
        """Never report ready: the service answers what it can, and waits for an operator."""
        self._held_back = True

    def start(self) -> None:
        """Serve, then report so in the health checks."""
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
