"""Q4 and Q5: the broker is down, is paused, or has lost all its data."""

import hashlib
import shutil
import threading
import time
from collections.abc import Callable
from typing import Any

from psmf.platform.v1 import events_pb2, events_pb2_grpc

from faults.checker import LISTENS, check
from faults.figure import Figure, Size, lost_or_doubled
from faults.history import Operation, Outcome
from faults.stage import Stage
from services.client.addresses import SERVICES
from services.demo.local_kafka import LocalKafka
from services.demo.waiting import OPERATOR
from tests.waiting import until

SHORT_SECONDS, BASELINE_SECONDS = 2.0, 4.0
AGAIN_SECONDS = 90.0
KEPT_BY = {
    "rules": "person fact concern evaluation relation inbox inbox_key outbox",
    "scheduling": "safeguarder allocation obligation support_session inbox inbox_key outbox",
    "notifications": "alert notification silence relation inbox inbox_key outbox",
    "evidence": "safeguarder evidence_item relation standards_edition inbox inbox_key outbox",
}


def away(stage: Stage, size: Size) -> Figure:
    """Q4: stop the broker once for long and several times for short, and pause it once with its connections open."""
    kafka = _kafka(stage)
    with stage.load("Q4"):
        threading.Event().wait(BASELINE_SECONDS)
        before = len(stage.history.all())
        usual = _p99(stage.history.all()[-80:])
        drained = [_without(stage, size.away_seconds, kafka.kill, kafka.start)]
        for _ in range(size.stops):
            drained.append(_without(stage, SHORT_SECONDS, kafka.kill, kafka.start))
        drained.append(_without(stage, size.away_seconds, kafka.pause, kafka.go_on))
        during = stage.history.all()[before:]
    drained.append(stage.settle())
    refused = [f"{one.kind} {one.outcome}: {one.problem}" for one in during if not _accepted(one)]
    problems = refused + check(stage)
    what = f"broker away {size.away_seconds:.0f} s, {size.stops} times {SHORT_SECONDS:.0f} s, and paused"
    reached = f"{len(refused)} of {len(during)} commands failed, {lost_or_doubled(problems)}"
    times = f"p99 {_p99(during):.0f} ms, before {usual:.0f} ms; drained in {max(drained):.1f} s"
    return Figure("Q4", what, reached, len(during), problems, times)


def _without(stage: Stage, seconds: float, leave: Callable[[], None], come_back: Callable[[], None]) -> float:
    """Return how long after the broker's return every event published before it has been applied."""
    leave()
    threading.Event().wait(seconds)
    come_back()
    heads = {service: _one(stage, service, "SELECT COALESCE(MAX(position), 0) FROM outbox") for service in SERVICES}
    returned = time.monotonic()
    for service, head in heads.items():
        until(lambda s=service, h=head: _relayed(stage, s) >= h, AGAIN_SECONDS)  # type: ignore[misc]
    return time.monotonic() - returned


def forgotten(stage: Stage, size: Size) -> Figure:
    """Q5: delete the log and publish everything again. No service's state may change."""
    stage.settle()
    kafka, before, mails = _kafka(stage), projections(stage), dict(stage.supervisor.mailbox.by_message_id)
    kafka.kill()
    shutil.rmtree(stage.folder / "kafka" / "data")
    kafka.start()
    for service in SERVICES:
        channel: Any = stage.client.channel(service)
        stub: Any = events_pb2_grpc.EventsServiceStub(channel)
        again = events_pb2.RepublishEventsRequest(request_id=f"republish-{service}")
        stage.client.call(OPERATOR, stub.RepublishEvents, again)
    for service in SERVICES:
        head = _one(stage, service, "SELECT COALESCE(MAX(position), 0) FROM outbox")
        until(lambda s=service, h=head: _relayed(stage, s) == h, AGAIN_SECONDS)  # type: ignore[misc]
    until(lambda: _all_read(kafka.address), AGAIN_SECONDS)
    stage.settle()
    after = projections(stage)
    problems = [f"{name} is not what it was" for name in before if before[name] != after[name]]
    if mails != stage.supervisor.mailbox.by_message_id:
        problems.append("e-mails were sent again")
    events = sum(_one(stage, service, "SELECT COUNT(*) FROM outbox") for service in SERVICES)
    with stage.load("Q5"):
        threading.Event().wait(SHORT_SECONDS)
    stage.settle()
    problems += check(stage)
    reached = lost_or_doubled(problems) if problems else "same projections, 0 new effects, new events go on"
    return Figure("Q5", f"broker's log deleted, {events} events published again", reached, events, problems)


def projections(stage: Stage) -> dict[str, str]:
    """Return a hash of each table that holds received events and their effects."""
    found = {}
    for service, tables in KEPT_BY.items():
        for table in tables.split():
            rows = sorted(map(repr, stage.rows(service, f"SELECT * FROM {table}")))  # noqa: S608
            found[f"{service}.{table}"] = hashlib.sha256("\n".join(rows).encode()).hexdigest()
    return found


def _all_read(address: str) -> bool:
    """Return whether every group has committed the end of its topics."""
    from kafka import KafkaConsumer, TopicPartition

    for service, sources in LISTENS.items():
        for source in sources:
            client: Any = KafkaConsumer(
                bootstrap_servers=[address], group_id=f"psmf.{service}.{source}", enable_auto_commit=False
            )
            try:
                topic = f"psmf.{source}.v1"
                parts = [TopicPartition(topic, number) for number in client.partitions_for_topic(topic) or ()]
                ends = client.end_offsets(parts)
                if any((client.committed(part) or 0) < end for part, end in ends.items()):
                    return False
            finally:
                client.close(autocommit=False)
    return True


def _kafka(stage: Stage) -> LocalKafka:
    if stage.parts.kafka is None:
        raise ValueError("this bar needs a suite with Kafka")
    return stage.parts.kafka


def _relayed(stage: Stage, service: str) -> int:
    return _one(stage, service, "SELECT COALESCE(MAX(position), 0) FROM relay")


def _one(stage: Stage, service: str, query: str) -> int:
    return int(stage.rows(service, query)[0][0])


def _accepted(operation: Operation) -> bool:
    return operation.outcome in (Outcome.OK, Outcome.INVOKED) and not operation.problem


def _p99(operations: list[Operation]) -> float:
    took = sorted(one.seconds * 1000 for one in operations if one.seconds)
    return took[int(len(took) * 0.99)] if took else 0.0
