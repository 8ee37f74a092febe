"""An OpenTelemetry collector for tests: a real OTLP receiver over gRPC that keeps what it is sent."""

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

from services.platform.telemetry import metrics as metrics_of_psmf


class Collector(traces_grpc.TraceServiceServicer, metrics_grpc.MetricsServiceServicer):
    """Keeps every request."""

    def __init__(self) -> None:
        self.received: list[Any] = []

    def Export(self, request: Any, context: Any) -> Any:  # noqa: N802  gRPC gives the method its name
        self.received.append(request)
        kind = isinstance(request, traces.ExportTraceServiceRequest)
        return traces.ExportTraceServiceResponse() if kind else metrics.ExportMetricsServiceResponse()

    def spans(self) -> "list[Span]":
        """Every span that came, in order of their beginning."""
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
        """Names of the measures that came, by service."""
        found: dict[str, set[str]] = {}
        for request in list(self.received):
            for group in getattr(request, "resource_metrics", ()):
                names = {metric.name for scope in group.scope_metrics for metric in scope.metrics}
                found.setdefault(_service(group), set()).update(names)
        return found

    def points(self, name: str) -> list[Any]:
        """The data points of a measure, as they came."""
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
    """A span as a person looks at it."""

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
        """A span as it came."""
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
    """The name of every measure there is."""
    histograms = {"rpc.server.call.duration", "psmf.evidence_to_alert.duration", "psmf.notification.handover.duration"}
    return histograms | {*metrics_of_psmf.COUNTERS} | {gauge.name for gauge in metrics_of_psmf.GAUGES}


@contextmanager
def collecting() -> Iterator[tuple[Collector, dict[str, str]]]:
    """A collector, and the environment that makes a process send to it at once."""
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
