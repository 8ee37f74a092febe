"""Traces: spans around calls, events and work. Their attributes are declared here, and none identifies a person."""

import contextvars
import functools
import os
import re
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeVar

from opentelemetry import trace
from opentelemetry.context import Context, attach, detach
from opentelemetry.trace import Link, Span, SpanContext, SpanKind, Status, StatusCode
from opentelemetry.trace.propagation.tracecontext import TraceContextTextMapPropagator

from services.platform.telemetry import metrics
from services.platform.telemetry.logs import configure

T = TypeVar("T")


RPC_SYSTEM, RPC_METHOD, RPC_CODE = "rpc.system.name", "rpc.method", "rpc.response.status_code"
HTTP_METHOD, HTTP_ROUTE, HTTP_STATUS = "http.request.method", "http.route", "http.response.status_code"
ERROR_TYPE = "error.type"
MESSAGE_ID = "messaging.message.id"
SPAN_ATTRIBUTES = frozenset(
    {RPC_SYSTEM, RPC_METHOD, RPC_CODE, HTTP_METHOD, HTTP_ROUTE, HTTP_STATUS, ERROR_TYPE, MESSAGE_ID}
)
"""Every attribute that a span may have, by OpenTelemetry's names. A test compares them with the spans."""

SERVER_FAULTS = frozenset({"UNKNOWN", "DEADLINE_EXCEEDED", "UNIMPLEMENTED", "INTERNAL", "UNAVAILABLE", "DATA_LOSS"})
"""The gRPC codes of our own faults, not the caller's (OpenTelemetry's convention for servers)."""

_tracer = trace.get_tracer("psmf")
_propagator = TraceContextTextMapPropagator()
_WORD = re.compile(r"(?<=[a-z0-9])(?=[A-Z])")


class _Switch:
    """A switch that is on if traces go anywhere. Read once, because every call asks for it."""

    traces = False


def is_wanted() -> bool:
    """Return whether the standard OpenTelemetry variables name a collector."""
    return bool(os.environ.get("OTEL_EXPORTER_OTLP_ENDPOINT")) and not _is_off()


def _is_off() -> bool:
    return os.environ.get("OTEL_SDK_DISABLED", "").lower() == "true"


def set_up(
    service: str,
    metrics_listen: str = "",
    log_fields: frozenset[str] = frozenset(),
    trace_file: Path | None = None,
    *,
    readable: bool = False,
) -> None:
    """Configure logs, and traces and measures if anybody collects them. Call it once, at the start of a process.

    `metrics_listen`: address on which measures are served in Prometheus' text form; empty for none.
    `readable`: whether the process serves its measures itself.
    `trace_file`: file to which finished spans are appended; None for none.
    """
    configure(service, log_fields)
    to_collector, file = is_wanted(), None if _is_off() else trace_file
    _Switch.traces = to_collector or file is not None
    if _Switch.traces:
        _keep_traces(service, file, to_collector=to_collector)
    metrics.set_up(service, to_collector=to_collector, listen=metrics_listen, readable=readable)


def _keep_traces(service: str, file: Path | None, *, to_collector: bool) -> None:
    """Send traces to a collector as the standard variables say (such as OTEL_TRACES_SAMPLER), to a file, or both."""
    from opentelemetry.sdk.resources import Resource
    from opentelemetry.sdk.trace import TracerProvider

    provider = TracerProvider(resource=Resource.create({"service.name": f"psmf-{service}"}))
    if to_collector:
        from opentelemetry.exporter.otlp.proto.grpc.trace_exporter import OTLPSpanExporter
        from opentelemetry.sdk.trace.export import BatchSpanProcessor

        provider.add_span_processor(BatchSpanProcessor(OTLPSpanExporter()))
    if file is not None:
        from services.platform.telemetry.trace_file import to_file

        provider.add_span_processor(to_file(file))
    trace.set_tracer_provider(provider)


# Unlimited: names are those of methods and events of the contract.
@functools.cache
def snake(name: str) -> str:
    """Return `RecordFeedback` as `record_feedback`, so that one search finds a word everywhere."""
    return _WORD.sub("_", name).lower()


@dataclass(slots=True)
class Served:
    """A call that is being served, with the code of its answer."""

    code: str = "OK"


@contextmanager
def serving(service: str, path: str, metadata: Mapping[str, str]) -> Iterator[Served]:
    """Put a span around one gRPC call, as a child of the caller's, and measure it."""
    served = Served()
    if not (_Switch.traces or metrics.are_taken()):
        yield served
        return
    started = time.perf_counter()
    name = f"{service}.{snake(path.rpartition('/')[2])}"
    with _span(name, SpanKind.SERVER, _context_of(metadata.get("traceparent", ""))) as span:
        try:
            yield served
        finally:
            attributes = _of_call(path, served.code)
            if span.is_recording():
                span.set_attributes(attributes)
            metrics.CALLS.record(time.perf_counter() - started, attributes)


@dataclass(slots=True)
class Shown:
    """A page that is being answered, with its status."""

    status: int = 200


@contextmanager
def showing(method: str, route: str) -> Iterator[Shown]:
    """Put a span around one request for a page, and measure it. `route` is a pattern: a path holds ids.

    It begins a trace of its own, because what a browser sends says nothing that we would believe.
    """
    shown = Shown()
    if not (_Switch.traces or metrics.are_taken()):
        yield shown
        return
    started = time.perf_counter()
    with _span(f"{method} {route}", SpanKind.SERVER) as span:
        try:
            yield shown
        finally:
            attributes: dict[str, str | int] = {HTTP_METHOD: method, HTTP_ROUTE: route, HTTP_STATUS: shown.status}
            span.set_attributes(attributes)
            metrics.REQUESTS.record(time.perf_counter() - started, attributes)


@contextmanager
def calling(path: str) -> Iterator[str]:
    """Put a span around one call to a service. Yield the `traceparent` to send with it."""
    service, _, method = path.removeprefix("/psmf.").partition(".v1.")
    with _span(f"call {service}.{snake(method.rpartition('/')[2])}", SpanKind.CLIENT):
        yield traceparent()


@contextmanager
def processing(name: str, caused_by: str) -> Iterator[None]:
    """Put a span around work, as a child of its earlier cause. `caused_by` is the traceparent stored with the cause."""
    if not _Switch.traces:
        yield
        return
    with _span(name, SpanKind.INTERNAL, _context_of(caused_by)):
        yield


@contextmanager
def processing_together(name: str, caused_by: Sequence[str]) -> Iterator[None]:
    """Put a span around work with several earlier causes, as a child of the first and linked to the others."""
    if not _Switch.traces:
        yield
        return
    first, *others = dict.fromkeys(caused_by) or [""]
    links = [Link(context) for other in others if (context := _span_context_of(other)).is_valid]
    with _span(name, SpanKind.INTERNAL, _context_of(first), links=links):
        yield


def traced(service: str, reactions: Mapping[str, Callable[[Any, Any], None]]) -> dict[str, Callable[[Any, Any], None]]:
    """Return the reactions to events, each in a span that is a child of the command that caused the event."""
    return {kind: _traced(f"{service}.{snake(kind.rpartition('.')[2])}", react) for kind, react in reactions.items()}


def _traced(name: str, react: Callable[[Any, Any], None]) -> Callable[[Any, Any], None]:
    def reaction(connection: Any, event: Any) -> None:
        if not _Switch.traces:
            react(connection, event)
            return
        with _span(name, SpanKind.CONSUMER, _context_of(event.traceparent), {MESSAGE_ID: event.event_id}):
            react(connection, event)

    return reaction


def link(earlier: str) -> None:
    """Link the current span to another trace, of which `earlier` is the stored traceparent."""
    span = trace.get_current_span()
    if not span.is_recording():
        return
    began = _span_context_of(earlier)
    if began.is_valid and began.trace_id != span.get_span_context().trace_id:
        span.add_link(began)


def carried(work: Callable[..., T]) -> Callable[..., T]:
    """Return `work` for another thread, where it runs in the trace of the current caller."""
    if not _Switch.traces:
        return work
    return functools.partial(contextvars.copy_context().run, work)


def trace_id() -> str:
    """Return the id of the current trace, for people to name when something went wrong; empty if nothing is traced."""
    current = trace.get_current_span().get_span_context()
    return trace.format_trace_id(current.trace_id) if current.is_valid else ""


def traceparent() -> str:
    """Return the current trace context, to be stored with an event or a row; empty if nothing is traced."""
    if not _Switch.traces:
        return ""
    current = trace.get_current_span().get_span_context()
    if not current.is_valid:
        return ""
    ids = f"{trace.format_trace_id(current.trace_id)}-{trace.format_span_id(current.span_id)}"
    return f"00-{ids}-{current.trace_flags:02x}"


# Events of one command share their traceparent and come together, so a small cache serves them.
@functools.lru_cache(maxsize=1024)
def _context_of(kept: str) -> Context:
    """Return the context in which a trace goes on.

    Only `traceparent` is read. The other headers, tracestate and baggage, could carry any text of the caller.
    """
    return _propagator.extract({"traceparent": kept}, Context())


def _span_context_of(kept: str) -> SpanContext:
    return trace.get_current_span(_context_of(kept)).get_span_context()


# As many entries as methods times codes: the gate calls this for methods of the contract only.
@functools.cache
def _of_call(path: str, code: str) -> Mapping[str, str]:
    attributes = {RPC_SYSTEM: "grpc", RPC_METHOD: path.removeprefix("/"), RPC_CODE: code}
    return attributes | {ERROR_TYPE: code} if code in SERVER_FAULTS else attributes


@contextmanager
def _span(
    name: str,
    kind: SpanKind,
    context: Context | None = None,
    attributes: Mapping[str, str] | None = None,
    links: Sequence[Link] = (),
) -> Iterator[Span]:
    """Open a span. Of an error inside it only the type is recorded, because its text may be personal."""
    parent = trace.get_current_span(context).get_span_context()
    if parent.is_valid and not parent.trace_flags.sampled and context is not None:
        # The sampler of the caller left this trace out. Later work stays in the same trace, and no span is made.
        token = attach(context)
        try:
            yield trace.INVALID_SPAN
        finally:
            detach(token)
        return
    with _tracer.start_as_current_span(
        name, context, kind, attributes, links, record_exception=False, set_status_on_exception=False
    ) as span:
        try:
            yield span
        except Exception as problem:
            if span.is_recording():
                span.set_attribute(ERROR_TYPE, type(problem).__name__)
                span.set_status(Status(StatusCode.ERROR))
            raise
