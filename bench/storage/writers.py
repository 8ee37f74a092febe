"""Goal 17: what a second copy of evidence brings to those who write: `python -m bench.storage.writers`.

Four callers, and then thirty-two, write items about people of their own, one call after the other, first through one
copy and then through two on the same PostgreSQL. PostgreSQL waits a millisecond before each flush (`commit_delay`),
as a disk of a data centre would.

`python -m bench.storage.writers apart` compares one copy with two that share nothing: each has a PostgreSQL and callers
of its own. No way of sharing a database between two copies can bring more than that on the same machine.
"""

import sys
import time
import uuid
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from dataclasses import dataclass

import psycopg
from psmf.evidence.v1 import evidence_pb2_grpc

from bench.measuring import Ratio, paired, table
from bench.suite import PEOPLE, Processes, running
from services.demo.stack import Parts, Profile
from services.platform.calls.client import open_channel

CALLS = 400
WRITERS = (4, 32)
SLOW_COMMIT = ("commit_delay = 1000", "commit_siblings = 0")
"""Microseconds that PostgreSQL waits before it flushes, also where nobody else is about to commit."""


@dataclass(frozen=True, slots=True)
class _Copy:
    """A copy of evidence, with what a caller needs to write through it."""

    items: evidence_pb2_grpc.EvidenceServiceStub
    of: Processes


def measure() -> list[Ratio]:
    """Return the table's rows for two copies on one database."""
    with ExitStack() as started:
        first = _suite(started)
        started.enter_context(first.evidence_alone())
        channel = started.enter_context(open_channel(first.another("evidence")))
        copies = [_Copy(first.items, first), _Copy(evidence_pb2_grpc.EvidenceServiceStub(channel), first)]
        return [_row(writers, copies, "on PostgreSQL with a commit of 1 ms, two copies ÷ one") for writers in WRITERS]


def measure_apart() -> list[Ratio]:
    """Return the same rows for two copies that share nothing."""
    with ExitStack() as started:
        suites = [_suite(started) for _ in range(2)]
        for suite in suites:
            started.enter_context(suite.evidence_alone())
        copies = [_Copy(suite.items, suite) for suite in suites]
        return [_row(writers, copies, "two copies that share nothing, ÷ one") for writers in WRITERS]


def _suite(started: ExitStack) -> Processes:
    suite = started.enter_context(running(profile=Profile.POSTGRESQL_FEED))
    _slow_commits(suite.parts)
    return suite


def _slow_commits(parts: Parts) -> None:
    assert parts.postgres is not None
    with psycopg.connect(parts.postgres.address.replace("+psycopg", ""), autocommit=True) as connection:
        for setting in SLOW_COMMIT:
            connection.execute(f"ALTER SYSTEM SET {setting}")
        connection.execute("SELECT pg_reload_conf()")


def _row(writers: int, copies: Sequence[_Copy], compared: str) -> Ratio:
    def rate(of: Sequence[_Copy]) -> float:
        def write(writer: int) -> None:
            copy = of[writer % len(of)]
            for number in range(CALLS // writers):
                request = copy.of.item_request(f"bench-{(writer + number * writers) % PEOPLE}")
                request.request_id = str(uuid.uuid4())
                copy.items.CreateEvidenceItem(request, metadata=copy.of.metadata)

        started = time.perf_counter()
        with ThreadPoolExecutor(writers) as pool:
            list(pool.map(write, range(writers)))
        return CALLS / (time.perf_counter() - started)

    two, one, ratio = paired(lambda: rate(copies), lambda: rate(copies[:1]))
    what = f"{writers} writers over people of their own, {compared}"
    return Ratio("17", what, two, one, "writes/s", ratio, "≥ 1.7", ratio >= 1.7)


if __name__ == "__main__":
    print(table(measure_apart() if "apart" in sys.argv else measure()))
