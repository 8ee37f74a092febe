"""Goals 1, 3, 3b and 4: durable ingest against raw SQLite and a bare gRPC echo, each on fresh databases."""

import itertools
import statistics
import uuid
from collections.abc import Callable, Iterable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

from psmf.evidence.v1 import evidence_pb2 as pb

from bench.calls.bare import Echo, commit, echo, insert, raw, raw_rows
from bench.measuring import PAIRS, PLACES, Place, Ratio, paired, percentile, seconds, short
from bench.suite import PEOPLE, Processes, running

BATCH = 500
BATCHES = 8
TOGETHER = 2
CALLS = 640
ALONE = 150
IN_FLIGHT = 64


def measure() -> list[Ratio]:
    """Return the table's rows. Rules has ended meanwhile, because these goals concern only ingest (2 and 5 both)."""
    rows = []
    for place in PLACES:
        for goals in (_whole_batches, _streams, _single):
            with running(place) as evidence, place.folder() as folder:
                evidence.end("rules")
                rows += goals(evidence, folder, place)
    return sorted(rows, key=lambda row: row.number)


def _whole_batches(evidence: Processes, folder: Path, place: Place) -> list[Ratio]:
    """Goal 1 for calls that answer each record."""

    def batches() -> float:
        requests = [
            pb.BatchCreateEvidenceItemsRequest(requests=_requests(evidence, BATCH, ""), request_id=str(uuid.uuid4()))
            for _ in range(BATCHES)
        ]
        call = evidence.items.BatchCreateEvidenceItems
        return _rate(lambda request: call(request, metadata=evidence.metadata), requests, TOGETHER)

    what = f"BatchCreateEvidenceItems, answers whole, {TOGETHER} in flight"
    return [_batch(folder, place, what, batches, 0.6)]


def _streams(evidence: Processes, folder: Path, place: Place) -> list[Ratio]:
    """Goal 1 for a stream."""

    def stream() -> float:
        parts = [_requests(evidence, BATCH) for _ in range(BATCHES)]
        sent = [
            pb.ImportEvidenceItemsRequest(rows=[pb.ImportRow(row=n, request=r) for n, r in enumerate(part)])
            for part in parts
        ]
        call = evidence.items.ImportEvidenceItems
        return BATCHES / seconds(lambda: call(iter(sent), metadata=evidence.metadata))

    return [_batch(folder, place, "ImportEvidenceItems, one stream", stream, 0.75)]


def _batch(folder: Path, place: Place, what: str, batches: Callable[[], float], floor: float) -> Ratio:
    connection, counter = raw(folder), itertools.count()

    def reference() -> float:
        rows = [raw_rows(BATCH, next(counter) * BATCH) for _ in range(BATCHES)]
        return BATCHES / seconds(lambda: [insert(connection, *part) for part in rows])

    mine, theirs, ratio = paired(batches, reference)
    beside = f"{place.name}, commit p50 {short(commit(connection) * 1e3)} ms, {_items(PAIRS * BATCHES * BATCH)}"
    connection.close()
    name = f"durable batch ingest over gRPC ({what}) ÷ raw executemany"
    numbers = (mine * BATCH, theirs * BATCH, "records/s", ratio)
    return Ratio("1", name, *numbers, f"≥ {floor:.2f}", ratio >= floor, beside)


def _single(evidence: Processes, folder: Path, place: Place) -> list[Ratio]:
    """Goals 3, 3b and 4."""
    connection = raw(folder)
    with echo() as bare:
        rounds = [_round(evidence, bare, lambda: commit(connection)) for _ in range(PAIRS)]
        alone = [
            (
                _p50(lambda request: _create(evidence, request), _requests(evidence, ALONE)),
                _p50(lambda body: bare.call(body, evidence.metadata), _bodies(evidence, ALONE)) + commit(connection),
            )
            for _ in range(PAIRS)
        ]
    connection.close()
    rate, possible, cpu, echo_cpu, commits = map(statistics.median, zip(*rounds, strict=True))
    reached, costs = (statistics.median(one[ours] / one[theirs] for one in rounds) for ours, theirs in ((0, 1), (2, 3)))
    acknowledged = statistics.median(ours / theirs for ours, theirs in alone)
    ours, theirs = (statistics.median(side) * 1e3 for side in zip(*alone, strict=True))
    beside = f"{place.name}, commit p50 {short(commits * 1e3)} ms"
    items = f"{beside}, {_items(PAIRS * (CALLS + ALONE))}"
    what = f"unary durable calls, {IN_FLIGHT} in flight ÷ the fewer of bare gRPC echo's and {IN_FLIGHT} ÷ commit p50"
    return [
        Ratio("3", what, rate, possible, "calls/s", reached, "≥ 0.70", reached >= 0.7, items),
        Ratio(
            "3b", f"CPU of evidence for a unary durable call, {IN_FLIGHT} in flight ÷ bare gRPC echo's", cpu * 1e6,
            echo_cpu * 1e6, "µs CPU", costs, "≤ 2.5", costs <= 2.5, items,
        ),
        Ratio(
            "4", "unary durable acknowledgement p50, 1 in flight ÷ (echo p50 + raw commit p50)", ours, theirs, "ms",
            acknowledged, "≤ 2.0", acknowledged <= 2, items,
        ),
    ]  # fmt: skip


def _round(
    evidence: Processes, bare: Echo, commit_p50: Callable[[], float]
) -> tuple[float, float, float, float, float]:
    """Return calls a second and what was possible, the CPU seconds of a call and of an echo, and a commit's p50."""
    requests, bodies = _requests(evidence, CALLS), _bodies(evidence, CALLS)
    before = evidence.cpu_seconds("evidence"), bare.cpu_seconds()
    ours = _rate(lambda request: _create(evidence, request), requests, IN_FLIGHT)
    theirs = _rate(lambda body: bare.call(body, evidence.metadata), bodies, IN_FLIGHT)
    cpu, echo_cpu = evidence.cpu_seconds("evidence") - before[0], bare.cpu_seconds() - before[1]
    one = commit_p50()
    return ours, min(theirs, IN_FLIGHT / one), cpu / CALLS, echo_cpu / CALLS, one


def _requests(evidence: Processes, count: int, request_id: str | None = None) -> list[pb.CreateEvidenceItemRequest]:
    made = [evidence.item_request(f"bench-{number % PEOPLE}") for number in range(count)]
    for request in made:
        request.request_id = str(uuid.uuid4()) if request_id is None else request_id
    return made


def _bodies(evidence: Processes, count: int) -> list[bytes]:
    return [request.SerializeToString() for request in _requests(evidence, count)]


def _create(evidence: Processes, request: pb.CreateEvidenceItemRequest) -> object:
    return evidence.items.CreateEvidenceItem(request, metadata=evidence.metadata)


def _rate(call: Callable[[Any], object], work: list[Any], in_flight: int) -> float:
    with ThreadPoolExecutor(in_flight) as pool:
        return len(work) / seconds(lambda: list(pool.map(call, work)))


def _p50(call: Callable[[Any], object], work: Iterable[Any]) -> float:
    return percentile([seconds(lambda one=one: call(one)) for one in work], 0.5)  # type: ignore[misc]


def _items(count: int) -> str:
    return f"0 to {count // PEOPLE:,} items a person"
