"""Goal 17: what a second copy of evidence brings to those who write: `python -m bench.storage.writers`.

Four callers, and then thirty-two, write items about people of their own, one call after the other, first through one
copy and then through two on the same PostgreSQL. PostgreSQL waits a millisecond before each flush (`commit_delay`),
as a disk of a data centre would.
"""

import tempfile
import time
import uuid
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import psycopg
from psmf.evidence.v1 import evidence_pb2_grpc

from bench.measuring import Ratio, paired, table
from bench.suite import PEOPLE, Processes
from services.demo.stack import Parts, Profile
from services.platform.calls.client import open_channel

CALLS = 400
WRITERS = (4, 32)
SLOW_COMMIT = ("commit_delay = 1000", "commit_siblings = 0")
"""Microseconds that PostgreSQL waits before it flushes, also where nobody else is about to commit."""


def measure() -> list[Ratio]:
    """Return the table's rows."""
    folder = Path(tempfile.mkdtemp(prefix="psmf-bench-"))
    parts = Parts(folder, Profile.POSTGRESQL_FEED)
    parts.start()
    processes = Processes(folder, parts=parts)
    try:
        _slow_commits(parts)
        with processes.evidence_alone(), open_channel(processes.another("evidence")) as channel:
            copies = [evidence_pb2_grpc.EvidenceServiceStub(one) for one in (processes.channel, channel)]
            return [_row(processes, writers, copies) for writers in WRITERS]
    finally:
        processes.stop()
        parts.stop()


def _slow_commits(parts: Parts) -> None:
    assert parts.postgres is not None
    with psycopg.connect(parts.postgres.address.replace("+psycopg", ""), autocommit=True) as connection:
        for setting in SLOW_COMMIT:
            connection.execute(f"ALTER SYSTEM SET {setting}")
        connection.execute("SELECT pg_reload_conf()")


def _row(processes: Processes, writers: int, copies: Sequence[evidence_pb2_grpc.EvidenceServiceStub]) -> Ratio:
    def rate(of: Sequence[evidence_pb2_grpc.EvidenceServiceStub]) -> float:
        def write(writer: int) -> None:
            to = of[writer % len(of)]
            for number in range(CALLS // writers):
                request = processes.item_request(f"bench-{(writer + number * writers) % PEOPLE}")
                request.request_id = str(uuid.uuid4())
                to.CreateEvidenceItem(request, metadata=processes.metadata)

        started = time.perf_counter()
        with ThreadPoolExecutor(writers) as pool:
            list(pool.map(write, range(writers)))
        return CALLS / (time.perf_counter() - started)

    two, one, ratio = paired(lambda: rate(copies), lambda: rate(copies[:1]))
    what = f"{writers} writers over people of their own on PostgreSQL with a commit of 1 ms, two copies ÷ one"
    return Ratio("17", what, two, one, "writes/s", ratio, "≥ 1.7", ratio >= 1.7)


if __name__ == "__main__":
    print(table(measure()))
