"""Goals 2, 5 and 14: time from accepted evidence to visible concern, ingest with evaluation, cost of telemetry."""

import contextlib
import tempfile
import threading
import time
import uuid
from concurrent import futures
from pathlib import Path
from typing import Any, Self

import grpc
from opentelemetry.proto.collector.metrics.v1 import metrics_service_pb2, metrics_service_pb2_grpc
from opentelemetry.proto.collector.trace.v1 import trace_service_pb2, trace_service_pb2_grpc
from psmf.evidence.v1 import evidence_pb2 as pb
from psmf.platform.v1 import feed_pb2, feed_pb2_grpc, status_pb2, status_pb2_grpc
from psmf.rules.v1 import events_pb2, rules_pb2

from bench.ingest import insert, raw, raw_rows
from bench.measuring import Ratio, paired, percentile, seconds
from bench.suite import PEOPLE, Processes
from tests.builders import a_mapping, an_item_request

SAFETY_ITEMS = 40
CALLS = 400
BATCH = 500


def measure(processes: Processes, folder: Path) -> list[Ratio]:
    """Return the table's rows."""
    return [_evaluated_ingest(processes, folder), *_visible(processes, folder), _telemetry()]


def _waiting(processes: Processes) -> int:
    answer = status_pb2_grpc.StatusServiceStub(processes.rules).GetStatus(
        status_pb2.GetStatusRequest(), metadata=processes.world.metadata("operator")
    )
    unread = sum(source.head_position - source.position for source in answer.sources)
    return int(answer.figures["people_waiting"] + unread)


def _settle(processes: Processes, facts: int) -> None:
    stub = status_pb2_grpc.StatusServiceStub(processes.rules)
    metadata = processes.world.metadata("operator")
    while True:
        figures = stub.GetStatus(status_pb2.GetStatusRequest(), metadata=metadata).figures
        if figures["facts_evaluated"] >= facts and figures["people_waiting"] == 0:
            return
        time.sleep(0.005)


def _facts(processes: Processes) -> int:
    stub = status_pb2_grpc.StatusServiceStub(processes.rules)
    metadata = processes.world.metadata("operator")
    return int(stub.GetStatus(status_pb2.GetStatusRequest(), metadata=metadata).figures["facts_evaluated"])


def _evaluated_ingest(processes: Processes, folder: Path) -> Ratio:
    """Send batches and stop the clock after every item is evaluated. Each person is in each batch once."""
    connection = raw(folder)
    numbers = iter(range(10**9))

    def ours() -> float:
        requests = [processes.item_request(f"bench-{n % PEOPLE}") for n in range(BATCH)]
        for request in requests:
            request.history = False
        before = _facts(processes)
        batch = pb.BatchCreateEvidenceItemsRequest(requests=requests, request_id=str(uuid.uuid4()))

        def work() -> None:
            processes.items.BatchCreateEvidenceItems(batch, metadata=processes.metadata)
            _settle(processes, before + BATCH)

        return BATCH / seconds(work)

    def reference() -> float:
        rows = raw_rows(BATCH, next(numbers) * BATCH)
        return BATCH / seconds(lambda: insert(connection, *rows))

    mine, theirs, ratio = paired(ours, reference)
    what = f"batch ingest, each of {PEOPLE} people evaluated by both engines ÷ raw SQLite executemany"
    return Ratio("2", what, mine, theirs, "records/s", ratio, "≥ 0.30", ratio >= 0.30)


def _visible(processes: Processes, folder: Path) -> list[Ratio]:
    """Measure from acknowledged evidence until another service receives the concern: every reader can then see it.

    Polling would measure the polling instead, because every read of a person's concerns writes an audit row.
    """
    connection = raw(folder)
    with Listener(processes) as listener:
        times = [until_heard(processes, listener, f"bench-{number}") for number in range(SAFETY_ITEMS)]
    rows = [raw_rows(1, 10**7 + n) for n in range(200)]
    commits = [seconds(lambda part=part: insert(connection, *part)) for part in rows]  # type: ignore[misc]
    p50, p99, commit = percentile(times, 0.5), percentile(times, 0.99), percentile(commits, 0.5)
    return [
        Ratio(
            "5", "evidence accepted → concern visible, p50 ÷ raw one-record commit p50", p50 * 1e3, commit * 1e3, "ms",
            p50 / commit, "≤ 7", p50 / commit <= 7,
        ),
        Ratio(
            "7", "evidence accepted → concern visible, p99 ÷ p50", p99 * 1e3, p50 * 1e3, "ms", p99 / p50, "≤ 8",
            p99 / p50 <= 8,
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
    folders = [Path(tempfile.mkdtemp()) for _ in range(2)]
    traced, silent = Processes(folders[0], on), Processes(folders[1], {"OTEL_SDK_DISABLED": "true"})
    try:
        mine, theirs, ratio = paired(lambda: _cpu_of_calls(traced), lambda: _cpu_of_calls(silent))
    finally:
        traced.stop()
        silent.stop()
        server.stop(0)
    what = "CPU of a unary durable call with telemetry (10 %) ÷ without"
    return Ratio("14", what, mine, theirs, "µs", ratio, "≤ 1.25", ratio <= 1.25)


def _cpu_of_calls(processes: Processes) -> float:
    requests = [processes.item_request(f"bench-{n % PEOPLE}") for n in range(CALLS)]
    before = processes.cpu_seconds("evidence")
    for request in requests:
        processes.items.CreateEvidenceItem(request, metadata=processes.metadata)
    return (processes.cpu_seconds("evidence") - before) / CALLS * 1e6
