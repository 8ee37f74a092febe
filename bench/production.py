"""The same work on the four pairs of database and transport, and goals 6 and 13: what Kafka costs."""

import threading
import time
import uuid
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import Any

from psmf.evidence.v1 import evidence_pb2 as pb
from psmf.evidence.v1 import evidence_pb2_grpc

from bench.ingest import BATCH
from bench.journey import Listener, until_heard
from bench.measuring import Ratio, percentile, seconds, short
from bench.storage import relay
from bench.suite import PEOPLE, Processes, running
from services.demo.stack import Profile
from services.platform.kafka.topics import topic_of

BATCHES = 6
IN_FLIGHT = 16
CALLS = 300
SAFETY_ITEMS = 40
HOPS = 200


@dataclass(frozen=True)
class Column:
    """The figures of one pair of database and transport."""

    profile: Profile
    batch: float
    unary: float
    acknowledged: float
    heard: list[float]


def measure() -> tuple[str, list[Ratio]]:
    """Return the table of pairs, and the rows of goals 6 and 13."""
    columns, hop = [], 0.0
    rows: list[Ratio] = []
    for profile in (Profile.EMBEDDED, Profile.POSTGRESQL_FEED, Profile.SQLITE_KAFKA, Profile.PRODUCTION):
        with running(profile=profile) as processes:
            columns.append(_column(profile, processes))
            if profile is Profile.SQLITE_KAFKA and processes.parts.kafka is not None:
                hop = _hop(processes.parts.kafka.address)
                rows += relay.measure(processes.parts.kafka.address)
    return _table(columns), [_goal_six(columns, hop), *rows]


def _column(profile: Profile, processes: Processes) -> Column:
    with Listener(processes) as listener:
        heard = [until_heard(processes, listener, f"bench-{number}") for number in range(SAFETY_ITEMS)]
    with processes.evidence_alone():
        create = evidence_pb2_grpc.EvidenceServiceStub(processes.channel).CreateEvidenceItem
        one_by_one = _requests(processes, CALLS // 2)
        acknowledged = [seconds(lambda r=r: create(r, metadata=processes.metadata)) for r in one_by_one]  # type: ignore[misc]
        many = _requests(processes, CALLS)
        with ThreadPoolExecutor(IN_FLIGHT) as pool:
            taken = seconds(lambda: list(pool.map(lambda r: create(r, metadata=processes.metadata), many)))
        batches = [
            pb.BatchCreateEvidenceItemsRequest(requests=_requests(processes, BATCH, ""), request_id=str(uuid.uuid4()))
            for _ in range(BATCHES)
        ]
        batch = processes.items.BatchCreateEvidenceItems
        whole = seconds(lambda: [batch(request, metadata=processes.metadata) for request in batches])
    return Column(profile, BATCH * BATCHES / whole, CALLS / taken, percentile(acknowledged, 0.5), heard)


def _requests(processes: Processes, count: int, request_id: str | None = None) -> list[pb.CreateEvidenceItemRequest]:
    made = [processes.item_request(f"bench-{number % PEOPLE}") for number in range(count)]
    for request in made:
        request.request_id = str(uuid.uuid4()) if request_id is None else request_id
    return made


def _table(columns: list[Column]) -> str:
    first = columns[0]
    lines = [
        "| what | " + " | ".join(column.profile for column in columns) + " |",
        "| --- |" + " ---: |" * len(columns),
    ]
    for what, value in (
        (f"batches of {BATCH}, records/s", lambda c: c.batch),
        (f"single writes, {IN_FLIGHT} in flight, calls/s", lambda c: c.unary),
        ("single write acknowledged, p50 ms", lambda c: c.acknowledged * 1e3),
        ("evidence accepted → concern received, p50 ms", lambda c: percentile(c.heard, 0.5) * 1e3),
        ("evidence accepted → concern received, p99 ms", lambda c: percentile(c.heard, 0.99) * 1e3),
    ):
        cells = [f"{short(value(c))} ({value(c) / value(first):.2f})" for c in columns]
        lines.append(f"| {what} | " + " | ".join(cells) + " |")
    return "\n".join(lines) + "\n"


def _goal_six(columns: list[Column], hop: float) -> Ratio:
    embedded, kafka = (
        percentile(next(c.heard for c in columns if c.profile is profile), 0.5)
        for profile in (Profile.EMBEDDED, Profile.SQLITE_KAFKA)
    )
    reference = embedded + 2 * hop
    what = "accepted → concern received p50 by Kafka ÷ (by feed + 2 hops of the client's own hop)"
    return Ratio("6", what, kafka * 1e3, reference * 1e3, "ms", kafka / reference, "≤ 2.0", kafka / reference <= 2)


def _hop(server: str) -> float:
    """Measure from produce to consume in one process with the same client. Return the p50 in seconds."""
    from kafka import KafkaConsumer

    topic = topic_of("notifications")
    consumer: Any = KafkaConsumer(topic, bootstrap_servers=[server], auto_offset_reset="latest", fetch_max_wait_ms=100)
    producer = relay.bare_producer(server)
    came: dict[bytes, float] = {}
    ready, done = threading.Event(), threading.Event()

    def read() -> None:
        while not done.is_set():
            for batch in consumer.poll(timeout_ms=50).values():
                came.update({record.value: time.perf_counter() for record in batch})
            if consumer.assignment():
                ready.set()

    thread = threading.Thread(target=read)
    thread.start()
    assert ready.wait(30)
    times = []
    for number in range(HOPS):
        body = f"{number}".encode()
        started = time.perf_counter()
        producer.send(topic, body)
        while body not in came and time.perf_counter() - started < 5:
            time.sleep(0.0002)
        times.append(came.get(body, started + 5) - started)
    done.set()
    thread.join()
    consumer.close()
    producer.close()
    return percentile(times, 0.5)
