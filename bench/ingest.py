"""Goals 1, 3 and 4: durable ingest against raw SQLite and a bare gRPC echo."""

import itertools
import subprocess
import sys
import threading
import uuid
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

from psmf.evidence.v1 import evidence_pb2 as pb
from psmf.evidence.v1 import evidence_pb2_grpc

from bench.measuring import Ratio, paired, percentile, seconds
from bench.suite import Processes
from services.platform.calls.client import open_channel
from services.platform.storage.sqlite.library import JOURNAL, library
from tests.databases import engine_of

BATCH = 500
BATCHES = 8
CALLS = 600
IN_FLIGHT = 16
_ECHO = """
import sys, grpc
from concurrent.futures import ThreadPoolExecutor
def echo(request, context): return request
class Handler(grpc.GenericRpcHandler):
    def service(self, details): return grpc.unary_unary_rpc_method_handler(echo)
server = grpc.server(ThreadPoolExecutor(8), handlers=[Handler()])
print(server.add_insecure_port("127.0.0.1:0"), flush=True)
server.start()
sys.stdin.read()
"""


def measure(evidence: Processes, folder: Path) -> list[Ratio]:
    """Return the table's rows. Rules is paused meanwhile, because these goals concern only ingest (2 and 5 both)."""
    with evidence.evidence_alone():
        return [*_batch(evidence, folder), *_unary(evidence, folder)]


def raw(folder: Path) -> library.Connection:
    """Open a raw database with the same schema and the same durability, to write the same rows and nothing else."""
    file = folder / f"raw-{uuid.uuid4().hex}.db"
    connection = library.connect(file, isolation_level=None)
    for pragma in ("synchronous=EXTRA", f"journal_mode={JOURNAL}", "foreign_keys=ON"):
        connection.execute(f"PRAGMA {pragma}")
    from services.evidence.adapters.tables import metadata

    engine = engine_of(f"sqlite:///{file}")
    metadata.create_all(engine)
    engine.dispose()
    return connection


def raw_rows(count: int, start: int) -> tuple[list[tuple[Any, ...]], list[tuple[Any, ...]]]:
    body = "x" * 420
    items, events = [], []
    for number in range(start, start + count):
        key = uuid.uuid4().hex
        person = f"bench-{number % 50}"
        items.append((key, person, 1, number, "2026-01-02", "feedback", " S4 ", True, uuid.uuid4().hex, "team", body))
        events.append(
            (uuid.uuid4().hex, "psmf.evidence.v1.EvidenceItemRecorded", person, number, number, "", b"x" * 180)
        )
    return items, events


_ITEM = "INSERT INTO evidence_item VALUES (?,?,?,?,?,?,?,?,?,?,?)"
_EVENT = "INSERT INTO outbox (event_id, type, key, key_sequence, recorded_at, traceparent, data) VALUES (?,?,?,?,?,?,?)"


def insert(connection: library.Connection, items: Any, events: Any) -> None:
    connection.execute("BEGIN IMMEDIATE")
    connection.executemany(_ITEM, items)
    connection.executemany(_EVENT, events)
    connection.execute("COMMIT")


def _batch(evidence: Processes, folder: Path) -> list[Ratio]:
    connection = raw(folder)
    counter = iter(range(10**9))

    def ours() -> float:
        requests = [
            pb.BatchCreateEvidenceItemsRequest(
                requests=[evidence.item_request(f"bench-{n % 50}") for n in range(BATCH)], request_id=str(uuid.uuid4())
            )
            for _ in range(BATCHES)
        ]
        call = evidence.items.BatchCreateEvidenceItems
        with ThreadPoolExecutor(2) as pool:
            taken = seconds(lambda: list(pool.map(lambda request: call(request, metadata=evidence.metadata), requests)))
        return BATCH * BATCHES / taken

    def reference() -> float:
        rows = [raw_rows(BATCH, next(counter) * BATCH) for _ in range(BATCHES)]
        taken = seconds(lambda: [insert(connection, *part) for part in rows])
        return BATCH * BATCHES / taken

    def stream() -> float:
        parts = [[evidence.item_request(f"bench-{n % 50}") for n in range(BATCH)] for _ in range(BATCHES)]
        for request in itertools.chain.from_iterable(parts):
            request.request_id = str(uuid.uuid4())
        sent = [
            pb.ImportEvidenceItemsRequest(rows=[pb.ImportRow(row=n, request=r) for n, r in enumerate(part)])
            for part in parts
        ]
        call = evidence.items.ImportEvidenceItems
        taken = seconds(lambda: call(iter(sent), metadata=evidence.metadata))
        return BATCH * BATCHES / taken

    rows = []
    for what, way in (("BatchCreateEvidenceItems, answers whole", ours), ("ImportEvidenceItems, a stream", stream)):
        mine, theirs, ratio = paired(way, reference)
        name = f"durable batch ingest over gRPC ({what}) ÷ raw SQLite executemany"
        rows.append(Ratio("1", name, mine, theirs, "records/s", ratio, "≥ 0.60", ratio >= 0.60))
    return rows


def _unary(evidence: Processes, folder: Path) -> list[Ratio]:
    connection = raw(folder)
    counter = iter(range(10**9))
    echo = subprocess.Popen([sys.executable, "-c", _ECHO], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
    assert echo.stdout is not None
    # The same client on both sides, with its retries and its token, so that its cost is not counted as the service's.
    channel = open_channel(f"127.0.0.1:{echo.stdout.readline().strip()}")
    bare = channel.unary_unary("/echo.Echo/Echo")
    create = evidence_pb2_grpc.EvidenceServiceStub(evidence.channel).CreateEvidenceItem

    def requests(count: int) -> list[pb.CreateEvidenceItemRequest]:
        made = [evidence.item_request(f"bench-{n % 50}") for n in range(count)]
        for request in made:
            request.request_id = str(uuid.uuid4())
        return made

    def rate(call: Any, work: list[Any]) -> float:
        with ThreadPoolExecutor(IN_FLIGHT) as pool:
            return len(work) / seconds(lambda: list(pool.map(call, work)))

    def p50(call: Any, work: list[Any]) -> float:
        return percentile([seconds(lambda part=part: call(part)) for part in work], 0.5)  # type: ignore[misc]

    def ours(request: Any) -> Any:
        return create(request, metadata=evidence.metadata)

    def theirs(body: bytes) -> Any:
        return bare(body, metadata=evidence.metadata)

    bodies = [request.SerializeToString() for request in requests(CALLS)]
    many = paired(lambda: rate(ours, requests(CALLS)), lambda: rate(theirs, bodies))

    def commit_one() -> float:
        rows = [raw_rows(1, next(counter) + 10**6) for _ in range(100)]
        return percentile([seconds(lambda part=part: insert(connection, *part)) for part in rows], 0.5)  # type: ignore[misc]

    one = paired(lambda: p50(ours, requests(150)), lambda: p50(theirs, bodies[:150]) + commit_one())
    echo.kill()
    threading.Event().wait(0.05)
    return [
        Ratio(
            "3",
            f"unary durable calls, {IN_FLIGHT} in flight ÷ bare gRPC echo",
            many[0],
            many[1],
            "calls/s",
            many[2],
            "≥ 0.70",
            many[2] >= 0.70,
        ),
        Ratio(
            "4",
            "unary durable acknowledgement p50 ÷ (echo p50 + raw commit p50)",
            one[0] * 1000,
            one[1] * 1000,
            "ms",
            one[2],
            "≤ 2.0",
            one[2] <= 2.0,
        ),
    ]
