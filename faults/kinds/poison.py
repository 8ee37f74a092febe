"""Q8: an event that cannot be applied becomes a dead letter and only its key waits. Many of them stop the reader."""

import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import grpc
from psmf.platform.v1 import events_pb2, events_pb2_grpc

from faults.checker import check
from faults.figure import Figure, Size, lost_or_doubled
from faults.history import Kind
from faults.load import PEOPLE
from faults.sources import patched
from faults.stage import Stage, stage
from services.demo.waiting import OPERATOR
from services.platform.threads import EXIT_CODE
from tests.waiting import until

HANG_SECONDS, WAITS_SECONDS, BEHIND = 2, 90.0, 3
FAILS, KILLS, HANGS, BYTES, VERSION = PEOPLE[30:35]
KINDS = {FAILS: "fails", KILLS: "kills", HANGS: "hangs"}
MANY = PEOPLE[:20]
POISON = """
import json, os, time
from pathlib import Path

def act(key):
    kind = json.loads((Path(__file__).parent / "poison.json").read_text()).get(key)
    if kind == "fails":
        raise AssertionError("invariant")
    if kind == "kills":
        os._exit(9)
    while kind == "hangs":
        time.sleep(1)
"""
PATCHES = (
    (
        "rules/consumer.py",
        '        facts.remember_fact(fact.safeguarder_id, evidence_fact(fact), "evidence")\n',
        '        facts.remember_fact(fact.safeguarder_id, evidence_fact(fact), "evidence")\n'
        "        __import__('poison').act(fact.safeguarder_id)\n",
    ),
    ("platform/storage/database.py", "WORK_SECONDS = 60.0", f"WORK_SECONDS = {HANG_SECONDS}.0"),
)
INSERT = (
    "INSERT INTO outbox (event_id, type, key, key_sequence, recorded_at, traceparent, data) VALUES "
    "(?, ?, ?, (SELECT MAX(key_sequence) + 1 FROM outbox WHERE key = ?), ?, '', ?)"
)


def poisons(seed: int, size: Size) -> Figure:
    """Q8: send five kinds of poison in a stream. They become dead letters, are repaired and are retried."""
    with patched(PATCHES) as source:
        _poison(source, KINDS)
        (source / "poison.py").write_text(POISON)
        with stage(seed) as running:
            running.supervisor.environment["rules"] = {"PYTHONPATH": str(source)}
            running.kill("rules")
            problems, ends = _stream(running, size)
            _mend(running)
            problems += check(running)
            problems += _too_many(running, source)
            _mend(running)
            problems += check(running)
    if EXIT_CODE not in ends:
        problems.append(f"nothing ended with exit code {EXIT_CODE}: {ends}")
    what = f"5 kinds of poison in {size.poison_stream} events; then one in each of {len(MANY)} keys"
    reached = f"5 set aside, their keys alone waited, the reader stopped at many; {lost_or_doubled(problems)}"
    return Figure("Q8", what, reached, 5, problems, f"rules ended and started again {len(ends)} times")


def _stream(running: Stage, size: Size) -> tuple[list[str], list[int]]:
    _write_behind_its_back(running, BYTES, "psmf.evidence.v1.EvidenceItemRecorded")
    _write_behind_its_back(running, VERSION, "psmf.evidence.v2.EvidenceItemRecorded")
    kept = len(running.history.all()) + size.poison_stream
    with _kept_alive(running) as ends:
        for person in (FAILS, KILLS, HANGS, BYTES, VERSION):
            for _ in range(BEHIND):
                running.askers[0].tell(Kind.ITEM, person)
        with running.load("Q8", per_second=60):
            until(lambda: len(running.history.all()) >= kept, WAITS_SECONDS * 3)
        until(lambda: len(_letters(running, "rules", "dead")) >= 5, WAITS_SECONDS)
        until(lambda: _unheard(running) == set(KINDS) | {BYTES, VERSION}, WAITS_SECONDS)
    waiting = {key for _, key in _letters(running, "rules", "waits")}
    problems = [f"{key} does not wait behind its poison" for key in {*KINDS, BYTES, VERSION} - waiting]
    query = "SELECT key, sequence FROM inbox_key WHERE source = 'evidence'"
    reached = dict(running.rows("rules", query))
    problems += [f"{key} went on past its poison" for key in (*KINDS, BYTES, VERSION) if reached[key] != 1]
    return problems, ends


def _too_many(running: Stage, source: Path) -> list[str]:
    """Check that poison in many keys stops the reader of evidence, and that later events stay unread."""
    _poison(source, dict.fromkeys(MANY, "fails"))
    running.supervisor.environment["rules"] = {"PYTHONPATH": str(source)}
    running.kill("rules")
    for person in MANY:
        running.askers[0].tell(Kind.ITEM, person)
    until(lambda: "too_many_set_aside" in running.log("rules"), WAITS_SECONDS)
    aside = len(_letters(running, "rules", "dead"))
    status = running.client.status(OPERATOR, "rules")
    connected = [one.source for one in status.sources if one.connected]
    problems = [] if "evidence" not in connected else ["rules says that it still reads evidence"]
    return problems + ([] if aside < len(MANY) else [f"{aside} events were set aside before it stopped"])


def _mend(running: Stage) -> None:
    """Restore correct code. Retry the events that can be applied, and drop those that never can."""
    running.supervisor.environment.pop("rules", None)
    running.kill("rules")
    for service in ("rules", "scheduling", "evidence", "notifications"):
        channel: Any = running.client.channel(service)
        stub: Any = events_pb2_grpc.EventsServiceStub(channel)
        for event, key in _letters(running, service, "dead"):
            named: dict[str, Any] = {"event_id": event, "request_id": f"mend-{event}"}
            if key in (BYTES, VERSION):
                dropped = events_pb2.DropDeadLetterRequest(reason="unreadable", **named)
                running.client.call(OPERATOR, stub.DropDeadLetter, dropped)
            else:
                _retry(running, stub, events_pb2.RetryDeadLetterRequest(**named))
    running.settle()


def _retry(running: Stage, stub: Any, request: events_pb2.RetryDeadLetterRequest) -> None:
    """Retry an event. A restarted reader reads its last events again, so it may have applied this one already."""
    try:
        running.client.call(OPERATOR, stub.RetryDeadLetter, request)
    except grpc.RpcError as error:
        if error.code() is not grpc.StatusCode.NOT_FOUND:
            raise


@contextmanager
def _kept_alive(running: Stage) -> Iterator[list[int]]:
    """Restart rules whenever it ends, as a supervisor does. Yield the exit codes so far."""
    over, ends = threading.Event(), []

    def keep() -> None:
        while not over.wait(0.1):
            code = running.supervisor.exit_code("rules")
            if code is not None:
                ends.append(code)
                running.supervisor.replace("rules")

    keeper = threading.Thread(target=keep, daemon=True)
    keeper.start()
    try:
        yield ends
    finally:
        over.set()
        keeper.join()


def _poison(source: Path, kinds: dict[str, str]) -> None:
    new = source / "poison.json.new"
    new.write_text(json.dumps(kinds))
    new.replace(source / "poison.json")


def _write_behind_its_back(running: Stage, key: str, kind: str) -> None:
    at = 1_800_000_000_000_000
    running.change("evidence", INSERT, (f"poison-{key}", kind, key, key, at, b"\xff\xff\xff"))


def _letters(running: Stage, service: str, state: str) -> list[tuple[str, str]]:
    query = f"SELECT event_id, key FROM dead_letter WHERE state = '{state}'"  # noqa: S608
    return [(row[0], row[1]) for row in running.rows(service, query)]


def _unheard(running: Stage) -> set[str]:
    """Return the keys of evidence for which rules has not applied every event."""
    query = "SELECT key, MAX(key_sequence) FROM outbox GROUP BY key"
    heard = dict(running.rows("rules", "SELECT key, sequence FROM inbox_key WHERE source = 'evidence'"))
    return {key for key, number in running.rows("evidence", query) if heard.get(key, 0) != number}
