"""Logs, traces and metrics: ids and outcomes, never people. The names of fields and metrics are declared here, once."""

import logging
import os
import re
import sys
import time
from collections.abc import Iterator, MutableMapping
from contextlib import contextmanager
from typing import Any

import structlog
from opentelemetry import metrics, propagate, trace
from opentelemetry.trace import Span, SpanKind

LOG_FIELDS = frozenset(
    {
        "event",
        "level",
        "timestamp",
        "service",
        "method",
        "code",
        "reason",
        "reference",
        "trace_id",
        "source",
        "position",
        "event_id",
        "type",
        "count",
        "error",
        "address",
        "seconds",
        "place",
        "rulebook",
        "evaluation",
    }
)
"""Every field a log line may have. Anything else is dropped before it is written (reliability S9)."""

_tracer = trace.get_tracer("psmf")
_calls = metrics.get_meter("psmf").create_histogram(
    "rpc.server.call.duration", unit="s", description="Time from request to answer of a gRPC method."
)
_WORD = re.compile(r"(?<=[a-z0-9])(?=[A-Z])")


def log() -> Any:
    """The structured logger."""
    return structlog.get_logger()


class _Switch:
    """Whether traces and metrics are sent anywhere: read once, because the environment is asked on every call else."""

    on = False


def _wanted() -> bool:
    """The standard OpenTelemetry variables decide."""
    return (
        bool(os.environ.get("OTEL_EXPORTER_OTLP_ENDPOINT"))
        and os.environ.get("OTEL_SDK_DISABLED", "").lower() != "true"
    )


def set_up(service: str) -> None:
    """Configure logs, and traces and metrics when an OTLP endpoint is named. Once, at the start of a process."""
    structlog.configure(
        processors=[
            structlog.processors.add_log_level,
            structlog.processors.TimeStamper(fmt="iso", utc=True),
            _only_declared_fields,
            structlog.processors.JSONRenderer(),
        ],
        wrapper_class=structlog.make_filtering_bound_logger(logging.INFO),
        logger_factory=structlog.PrintLoggerFactory(sys.stderr),
    )
    structlog.contextvars.bind_contextvars(service=service)
    _Switch.on = _wanted()
    if _Switch.on:
        _send_to_collector(service)


def _send_to_collector(service: str) -> None:
    from opentelemetry.exporter.otlp.proto.grpc.metric_exporter import OTLPMetricExporter
    from opentelemetry.exporter.otlp.proto.grpc.trace_exporter import OTLPSpanExporter
    from opentelemetry.sdk.metrics import MeterProvider
    from opentelemetry.sdk.metrics.export import PeriodicExportingMetricReader
    from opentelemetry.sdk.resources import Resource
    from opentelemetry.sdk.trace import TracerProvider
    from opentelemetry.sdk.trace.export import BatchSpanProcessor

    resource = Resource.create({"service.name": f"psmf-{service}"})
    provider = TracerProvider(resource=resource)
    provider.add_span_processor(BatchSpanProcessor(OTLPSpanExporter()))
    trace.set_tracer_provider(provider)
    metrics.set_meter_provider(
        MeterProvider(resource=resource, metric_readers=[PeriodicExportingMetricReader(OTLPMetricExporter())])
    )


def _only_declared_fields(_: Any, __: str, fields: MutableMapping[str, Any]) -> MutableMapping[str, Any]:
    return {name: value for name, value in fields.items() if name in LOG_FIELDS}


def snake(name: str) -> str:
    """`RecordFeedback` as `record_feedback`: one word, one grep."""
    return _WORD.sub("_", name).lower()


@contextmanager
def serving(service: str, method: str, metadata: MutableMapping[str, str]) -> Iterator[Span]:
    """A span around one gRPC call, child of the caller's."""
    if not _Switch.on:
        yield trace.INVALID_SPAN
        return
    started = time.perf_counter()
    attributes = {"rpc.system.name": "grpc", "rpc.method": method}
    with _tracer.start_as_current_span(
        f"{service}.{snake(method)}", context=propagate.extract(metadata), kind=SpanKind.SERVER, attributes=attributes
    ) as span:
        try:
            yield span
        finally:
            _calls.record(time.perf_counter() - started, attributes)


@contextmanager
def processing(name: str, traceparent: str) -> Iterator[None]:
    """A span around what an event sets off, child of the command that caused the event."""
    if not _Switch.on:
        yield
        return
    context = propagate.extract({"traceparent": traceparent}) if traceparent else None
    with _tracer.start_as_current_span(name, context=context, kind=SpanKind.CONSUMER):
        yield


def traceparent() -> str:
    """The current trace context for an event's header; empty when nothing is traced."""
    if not _Switch.on:
        return ""
    carrier: dict[str, str] = {}
    propagate.inject(carrier)
    return carrier.get("traceparent", "")
