"""An OpenTelemetry collector for tests: a real OTLP receiver over gRPC that keeps everything it receives."""

from collections.abc import Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

import grpc
from opentelemetry.proto.collector.metrics.v1 import metrics_service_pb2 as metrics
from opentelemetry.proto.collector.metrics.v1 import metrics_service_pb2_grpc as metrics_grpc
from opentelemetry.proto.collector.trace.v1 import trace_service_pb2 as traces
from opentelemetry.proto.collector.trace.v1 import trace_service_pb2_grpc as traces_grpc

from tests.telemetry.declared import COUNTERS, GAUGES, HISTOGRAMS


class Collector(traces_grpc.TraceServiceServicer, metrics_grpc.MetricsServiceServicer):
    """A receiver that keeps every request."""

    def __init__(self) -> None:
        self.received: list[Any] = []

    def Export(self, request: Any, context: Any) -> Any:  # noqa: N802  gRPC gives the method its name
        self.received.append(request)
        kind = isinstance(request, traces.ExportTraceServiceRequest)
        return traces.ExportTraceServiceResponse() if kind else metrics.ExportMetricsServiceResponse()

    def spans(self) -> "list[Span]":
        """Return every span received, in order of start."""
        found = [
            Span.of(group, span)
            for request in list(self.received)
            if isinstance(request, traces.ExportTraceServiceRequest)
            for group in request.resource_spans
            for scope in group.scope_spans
            for span in scope.spans
        ]
        return sorted(found, key=lambda span: span.started)

    def measures(self) -> dict[str, set[str]]:
        """Return the names of the metrics received, by service."""
        found: dict[str, set[str]] = {}
        for request in list(self.received):
            for group in getattr(request, "resource_metrics", ()):
                names = {metric.name for scope in group.scope_metrics for metric in scope.metrics}
                found.setdefault(_service(group), set()).update(names)
        return found

    def points(self, name: str) -> list[Any]:
        """Return the data points of a metric as received."""
        return [
            point
            for request in list(self.received)
            for group in getattr(request, "resource_metrics", ())
            for scope in group.scope_metrics
            for metric in scope.metrics
            if metric.name == name
            for point in getattr(metric, metric.WhichOneof("data")).data_points
        ]


@dataclass(frozen=True)
class Span:
    """A span in a readable form."""

    name: str
    service: str
    trace_id: bytes
    span_id: bytes
    parent_id: bytes
    links: tuple[tuple[bytes, bytes], ...]
    attributes: Mapping[str, str]
    started: int
    failed: bool

    @classmethod
    def of(cls, group: Any, span: Any) -> "Span":
        """Build a span from its received form."""
        return cls(
            span.name,
            _service(group),
            span.trace_id,
            span.span_id,
            span.parent_span_id,
            tuple((link.trace_id, link.span_id) for link in span.links),
            {entry.key: entry.value.string_value for entry in span.attributes},
            span.start_time_unix_nano,
            span.status.code == 2,
        )


def _service(group: Any) -> str:
    return next(str(entry.value.string_value) for entry in group.resource.attributes if entry.key == "service.name")


def declared() -> set[str]:
    """Return the name of every declared metric."""
    return {*HISTOGRAMS, *COUNTERS, *(gauge.name for gauge in GAUGES)}


@contextmanager
def collecting() -> Iterator[tuple[Collector, dict[str, str]]]:
    """Start a collector, and yield the environment that makes a process send to it at once."""
    collector = Collector()
    server = grpc.server(ThreadPoolExecutor(2))
    traces_grpc.add_TraceServiceServicer_to_server(collector, server)  # type: ignore[no-untyped-call]
    metrics_grpc.add_MetricsServiceServicer_to_server(collector, server)  # type: ignore[no-untyped-call]
    port = server.add_insecure_port("127.0.0.1:0")
    server.start()
    environment = {
        "OTEL_EXPORTER_OTLP_ENDPOINT": f"http://127.0.0.1:{port}",
        "OTEL_BSP_SCHEDULE_DELAY": "50",
        "OTEL_METRIC_EXPORT_INTERVAL": "500",
        "OTEL_TRACES_SAMPLER": "parentbased_always_on",
    }
    try:
        yield collector, environment
    finally:
        server.stop(0).wait()
