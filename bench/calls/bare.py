"""The references of the goals: what this machine does without anything of ours, on SQLite and over gRPC."""

import queue
import subprocess
import sys
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from bench.measuring import cpu_seconds, percentile, seconds
from services.evidence.adapters.tables import evidence_item, metadata
from services.platform.calls.client import open_channel
from services.platform.storage.database import insert_sql
from services.platform.storage.sqlite.library import JOURNAL, library
from tests.databases import engine_of

COMMITS = 200
HOPS = 400
_ECHO = """
import sys, grpc
from concurrent.futures import ThreadPoolExecutor
def echo(request, context): return request
def echo_each(requests, context): yield from requests
class Handler(grpc.GenericRpcHandler):
    def service(self, details):
        if details.method.endswith("Each"):
            return grpc.stream_stream_rpc_method_handler(echo_each)
        return grpc.unary_unary_rpc_method_handler(echo)
server = grpc.server(ThreadPoolExecutor(8), handlers=[Handler()])
print(server.add_insecure_port("127.0.0.1:0"), flush=True)
server.start()
sys.stdin.read()
"""
Rows = tuple[list[tuple[Any, ...]], list[tuple[Any, ...]]]


@dataclass(frozen=True)
class Echo:
    """A bare gRPC server in a process of its own, which returns what it received."""

    channel: Any
    pid: int

    def call(self, body: bytes, metadata: Any) -> bytes:
        """Send a body and return it."""
        sent: bytes = self.channel.unary_unary("/echo.Echo/Echo")(body, metadata=metadata)
        return sent

    def cpu_seconds(self) -> float:
        """Return the processor time that it has used."""
        return cpu_seconds(self.pid)

    def two_hops(self) -> float:
        """Return the p50 in seconds of a message on an open stream to the server and back."""
        sent: queue.SimpleQueue[bytes | None] = queue.SimpleQueue()
        came = self.channel.stream_stream("/echo.Echo/EchoEach")(iter(sent.get, None))

        def there_and_back() -> None:
            sent.put(b"x" * 180)
            next(came)

        there_and_back()
        times = [seconds(there_and_back) for _ in range(HOPS)]
        sent.put(None)
        return percentile(times, 0.5)


@contextmanager
def echo() -> Iterator[Echo]:
    """Start a bare server. The client is that of the services, so that its cost is the same on both sides."""
    server = subprocess.Popen([sys.executable, "-c", _ECHO], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
    assert server.stdout is not None
    try:
        with open_channel(f"127.0.0.1:{server.stdout.readline().strip()}") as channel:
            yield Echo(channel, server.pid)
    finally:
        server.kill()
        server.wait()


def raw(folder: Path) -> library.Connection:
    """Open a raw database with the same schema and the same durability, to write the same rows and nothing else."""
    file = folder / f"raw-{uuid.uuid4().hex}.db"
    connection = opened(file)
    engine = engine_of(f"sqlite:///{file}")
    metadata.create_all(engine)
    engine.dispose()
    return connection


def opened(file: Path) -> library.Connection:
    """Open a file with the durability of the services."""
    connection = library.connect(file, isolation_level=None)
    for pragma in ("synchronous=EXTRA", f"journal_mode={JOURNAL}", "foreign_keys=ON"):
        connection.execute(f"PRAGMA {pragma}")
    return connection


def raw_rows(count: int, start: int) -> Rows:
    """Return so many items and their events, as rows like those that the service stores."""
    items, events = [], []
    for number in range(start, start + count):
        person = f"bench-{number % 50}"
        own = {
            "evidence_id": uuid.uuid4().hex,
            "safeguarder_id": person,
            "recorded_at": number,
            "receipt_id": uuid.uuid4().hex,
        }
        item = _ALIKE | own
        items.append(tuple(item[column.name] for column in evidence_item.columns))
        kind = "psmf.evidence.v1.EvidenceItemRecorded"
        events.append((uuid.uuid4().hex, kind, person, number, number, "", b"x" * 110))
    return items, events


_ALIKE = {
    "version": 1,
    "received_on": "2026-01-02",
    "kind": "feedback",
    "standards": " S4 ",
    "open_to_the_person": False,
    "sender": "panel-team",
    "case_reference": "",
    "identified": True,
    "held": False,
    "to_look_at": "",
    "looked_through": True,
    "derived": None,
    "body": "x" * 690,
    "under_review": False,
    "stages": None,
}
"""What the stored items of the benchmark have alike, each as long as the service writes it."""
_ITEM = insert_sql(evidence_item)
_EVENT = "INSERT INTO outbox (event_id, type, key, key_sequence, recorded_at, traceparent, data) VALUES (?,?,?,?,?,?,?)"


def insert(connection: library.Connection, items: Any, events: Any) -> None:
    """Store rows in one transaction."""
    connection.execute("BEGIN IMMEDIATE")
    connection.executemany(_ITEM, items)
    connection.executemany(_EVENT, events)
    connection.execute("COMMIT")


def commit(connection: library.Connection) -> float:
    """Return the p50 in seconds of a commit of one item with its event."""
    (first,) = connection.execute("SELECT COALESCE(MAX(position), 0) FROM outbox").fetchone()
    rows = [raw_rows(1, 10**6 + first + number) for number in range(COMMITS)]
    return percentile([seconds(lambda part=part: insert(connection, *part)) for part in rows], 0.5)  # type: ignore[misc]
