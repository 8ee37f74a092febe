"""Goals 5, 7 and 14: the time from accepted evidence to a concern that is heard, and the cost of telemetry."""

import contextlib
import threading
import time
from concurrent import futures
from pathlib import Path
from typing import Any, Self

import grpc
from opentelemetry.proto.collector.metrics.v1 import metrics_service_pb2, metrics_service_pb2_grpc
from opentelemetry.proto.collector.trace.v1 import trace_service_pb2, trace_service_pb2_grpc
from psmf.evidence.v1 import evidence_pb2 as pb
from psmf.platform.v1 import feed_pb2, feed_pb2_grpc
from psmf.rules.v1 import events_pb2, rules_pb2

from bench.calls.bare import commit, echo, raw
from bench.measuring import PAIRS, PLACES, Place, Ratio, paired, percentile, short
from bench.suite import PEOPLE, Processes, running
from tests.builders import a_mapping, an_item_request

SAFETY_ITEMS = 40
CALLS = 400


def measure() -> list[Ratio]:
    """Return the table's rows."""
    rows = []
    for place in PLACES:
        with running(place) as processes, place.folder() as folder:
            rows += _visible(processes, folder, place)
    return [*sorted(rows, key=lambda row: row.number), _telemetry()]


def _visible(processes: Processes, folder: Path, place: Place) -> list[Ratio]:
    """Goals 5 and 7: from acknowledged evidence until another service receives the concern, which all can then see.

    Polling would measure the polling instead, because every read of a person's concerns writes an audit row.
    """
    connection, times, commits, hops = raw(folder), [], [], []
    with Listener(processes) as listener, echo() as bare:
        for number in range(SAFETY_ITEMS):
            times.append(until_heard(processes, listener, f"bench-{number}"))
            if number % (SAFETY_ITEMS // PAIRS) == 0:
                commits.append(commit(connection))
                hops.append(bare.two_hops())
    connection.close()
    p50, p99 = percentile(times, 0.5), percentile(times, 0.99)
    one, two_hops = percentile(commits, 0.5), percentile(hops, 0.5)
    least = 2 * one + two_hops
    beside = f"{place.name}, commit p50 {short(one * 1e3)} ms, 2 hops {short(two_hops * 1e3)} ms, 1 item a person"
    return [
        Ratio(
            "5", "evidence accepted → concern heard, p50 ÷ (2 raw commits + 2 empty hops)", p50 * 1e3, least * 1e3,
            "ms", p50 / least, "≤ 3", p50 / least <= 3, beside,
        ),
        Ratio(
            "7", "evidence accepted → concern heard, p99 ÷ p50", p99 * 1e3, p50 * 1e3, "ms", p99 / p50, "≤ 8",
            p99 / p50 <= 8, beside,
        ),
    ]  # fmt: skip


class Listener:
    """A reader of rules' feed, like notifications, that records when a person's safety concern arrived."""

    def __init__(self, processes: Processes) -> None:
        stub = feed_pb2_grpc.FeedServiceStub(processes.rules)
        request = feed_pb2.ReadFeedRequest(consumer="bench")
        self._stream: Any = stub.ReadFeed(request, metadata=processes.world.metadata("service:notifications"))
        self._came: dict[str, float] = {}
        self._heard = threading.Condition()

    def __enter__(self) -> Self:
        threading.Thread(target=self._listen, daemon=True).start()
        return self

    def __exit__(self, *_: object) -> None:
        self._stream.cancel()

    def _listen(self) -> None:
        with contextlib.suppress(grpc.RpcError):
            for batch in self._stream:
                now = time.perf_counter()
                raised = [event for event in batch.events if event.type.endswith("ConcernRaised")]
                concerns = (events_pb2.ConcernRaised.FromString(event.data).concern for event in raised)
                with self._heard:
                    self._came.update({c.safeguarder_id: now for c in concerns if c.lane == rules_pb2.LANE_SAFETY})
                    self._heard.notify_all()

    def wait(self, person: str) -> float:
        """Wait for a person's concern and return the time it arrived."""
        with self._heard:
            assert self._heard.wait_for(lambda: person in self._came, timeout=30)
            return self._came[person]


def until_heard(processes: Processes, listener: Listener, person: str) -> float:
    """Record a safety item about a person. Return the seconds from its acknowledgement to receiving the concern."""
    request = an_item_request(person, evidence_class=pb.EVIDENCE_CLASS_SAFETY, mappings=[a_mapping("S5.1")])
    processes.items.CreateEvidenceItem(request, metadata=processes.metadata)
    started = time.perf_counter()
    return listener.wait(person) - started


class _Collector(trace_service_pb2_grpc.TraceServiceServicer, metrics_service_pb2_grpc.MetricsServiceServicer):
    """A collector that accepts everything and keeps nothing."""

    def Export(self, request: Any, context: Any) -> Any:  # noqa: N802  gRPC gives the method its name
        if isinstance(request, trace_service_pb2.ExportTraceServiceRequest):
            return trace_service_pb2.ExportTraceServiceResponse()
        return metrics_service_pb2.ExportMetricsServiceResponse()


def _telemetry() -> Ratio:
    """Compare evidence's CPU for a unary durable call with a tenth of the traces sent, and with none."""
    server = grpc.server(futures.ThreadPoolExecutor(2))
    trace_service_pb2_grpc.add_TraceServiceServicer_to_server(_Collector(), server)
    metrics_service_pb2_grpc.add_MetricsServiceServicer_to_server(_Collector(), server)
    port = server.add_insecure_port("127.0.0.1:0")
    server.start()
    on = {
        "OTEL_EXPORTER_OTLP_ENDPOINT": f"http://127.0.0.1:{port}",
        "OTEL_TRACES_SAMPLER": "parentbased_traceidratio",
        "OTEL_TRACES_SAMPLER_ARG": "0.1",
    }
    try:
        with running(extra=on) as traced, running(extra={"OTEL_SDK_DISABLED": "true"}) as silent:
            mine, theirs, ratio = paired(lambda: _cpu_of_calls(traced), lambda: _cpu_of_calls(silent))
    finally:
        server.stop(0)
    what = "CPU of a unary durable call with telemetry (10 %) ÷ without"
    return Ratio("14", what, mine, theirs, "µs CPU", ratio, "≤ 1.25", ratio <= 1.25, "disk, 1 in flight")


def _cpu_of_calls(processes: Processes) -> float:
    requests = [processes.item_request(f"bench-{n % PEOPLE}") for n in range(CALLS)]
    before = processes.cpu_seconds("evidence")
    for request in requests:
        processes.items.CreateEvidenceItem(request, metadata=processes.metadata)
    return (processes.cpu_seconds("evidence") - before) / CALLS * 1e6
