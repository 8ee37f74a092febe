"""Goals 15 and 15b: the same questions asked of little and of very much.

`python -m bench.storage.large [ITEMS] [postgresql]`.

Ten thousand items are imported through the service, and measured. Then each row is copied in the databases of evidence
and rules until there are ITEMS (5,000,000 unless given), in the tables' own columns and with their triggers, and the
same calls are measured again.
"""

import contextlib
import itertools
import shutil
import sys
import threading
import time
import urllib.request
import uuid
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from psmf.evidence.v1 import evidence_pb2 as pb
from psmf.evidence.v1 import evidence_pb2_grpc, safeguarder_pb2, safeguarder_pb2_grpc
from psmf.platform.v1 import feed_pb2, feed_pb2_grpc, status_pb2, status_pb2_grpc
from psmf.rules.v1 import revisions_pb2, rules_pb2, rules_pb2_grpc, simulations_pb2, simulations_pb2_grpc
from sqlalchemy import MetaData, Table

from bench.calls.bare import insert, opened, raw_rows
from bench.ingest import BATCH
from bench.measuring import DISK, Ratio, paired, percentile, seconds, short, table
from bench.suite import PEOPLE, Processes
from services.demo.stack import Parts, Profile
from services.evidence.adapters.tables import metadata as evidence_tables
from services.platform.storage.database import Database, execute
from services.platform.storage.sqlite.library import library
from services.rules.adapters.store.tables import metadata as rules_tables
from tests.world import free_port

FEW = 10_000
SOME = 100_000
MANY = 5_000_000
OF_THE_GOAL = (
    "single write",
    "page of one person's items",
    "first batch of the feed from near its end",
    "status of both services",
    "scrape of both services",
)
CALLS = 200
FEEDS = 6
"""A service has few streams at a time, and one that was left ends at its next look."""
BATCHES = 6
COPIED = {
    "evidence": ("safeguarder", "ministerial_decision", "evidence_item", "outbox"),
    "rules": ("person", "fact", "inbox", "inbox_key"),
}
IDS = {"evidence_id", "event_id", "receipt_id"}
PEOPLES_IDS = {"safeguarder_id", "key", "panel_number"}
WITH_THE_ROWS = 5
"""Copies of the ten thousand that are made in one transaction."""
COPY_SECONDS = 600.0
"""Time for one such transaction. A service ends a writer that takes a minute, and a slow disk may need longer here."""


class _Measured(Parts):
    """Parts whose services serve their measures."""

    def __init__(self, folder: Path, profile: Profile) -> None:
        super().__init__(folder, profile)
        self.measures = {service: f"127.0.0.1:{free_port()}" for service in COPIED}

    def settings(self, service: str) -> dict[str, str]:
        """Return the settings of a service."""
        return super().settings(service) | {"metrics_listen": self.measures[service]}


@dataclass(frozen=True)
class Asked:
    """What was asked, and how long the answers took, in seconds."""

    what: str
    took: list[float]


def copy_rows(database: Database, tables: MetaData, names: tuple[str, ...], times: int) -> None:
    """Copy every row of some tables so many times, each copy with ids and positions of its own."""
    step = _one(database, "SELECT COALESCE(MAX(position), 0) FROM outbox")
    step = max(step, _one(database, "SELECT COALESCE(MAX(position), 0) FROM inbox"))
    first = sum(_one(database, f"SELECT COUNT(*) FROM {name}") for name in names)  # noqa: S608  our own names
    began = time.perf_counter()
    numbers = iter(range(1, times))
    while some := list(itertools.islice(numbers, WITH_THE_ROWS)):
        statements = [_copy(tables.tables[name], number, step) for number in some for name in names]
        database.write(lambda tx, all_of=statements: [execute(tx, one) for one in all_of])  # type: ignore[misc]
        if sys.stderr.isatty() or some[0] % 100 == 1:
            done = some[-1] / times
            left = (time.perf_counter() - began) * (1 - done) / done
            print(f"{first * some[-1]:,} rows, {left:,.0f} s left", file=sys.stderr)
    head = step * times
    database.write(lambda tx: execute(tx, "UPDATE inbox_position SET position = ?", (head,)))
    if database.is_shared:
        database.write(
            lambda tx: execute(tx, "SELECT setval(pg_get_serial_sequence('outbox', 'position'), ?)", (head,))
        )


def _copy(table: Table, number: int, step: int) -> str:
    """Return the statement that copies the first rows of a table: those of the people whom the benchmark made."""
    names = [column.name for column in table.columns]
    values = [_value(name, number, step) for name in names]
    person = next(name for name in ("safeguarder_id", "key", "event_id") if name in names)
    chosen = f"{person} LIKE 'bench-%' AND {person} NOT LIKE 'bench-%~%'"
    if person == "event_id":  # the inbox, which knows no people: events of the first rows
        chosen = f"position <= {step} AND position > 0"
    rows = f"SELECT {', '.join(values)} FROM {table.name} WHERE {chosen}"  # noqa: S608  our own names
    return f"INSERT INTO {table.name} ({', '.join(names)}) {rows}"


def _value(name: str, number: int, step: int) -> str:
    if name in IDS:
        return f"CASE WHEN {name} = '' THEN '' ELSE substr({name}, 1, 27) || '-{number:08x}' END"
    if name in PEOPLES_IDS:
        return f"{name} || '~{number}'"
    return f"{name} + {number * step}" if name == "position" else name


def _one(database: Database, query: str) -> int:
    with database.read() as connection:
        return int(execute(connection, query).fetchone()[0])


class Questions:
    """The calls that are measured, of one suite."""

    def __init__(self, processes: Processes, parts: _Measured) -> None:
        self._processes, self._parts = processes, parts
        self._me = processes.metadata
        self._operator = processes.world.metadata("operator")
        self._items = evidence_pb2_grpc.EvidenceServiceStub(processes.channel)
        self._people = safeguarder_pb2_grpc.SafeguarderServiceStub(processes.channel)
        self._rules = rules_pb2_grpc.ConcernServiceStub(processes.rules)
        self._status = [status_pb2_grpc.StatusServiceStub(channel) for channel in (processes.channel, processes.rules)]

    def all(self) -> list[Asked]:
        """Ask everything."""
        with self._processes.evidence_alone():
            alone = self._times(self.write)
            with self._readers():
                beside = self._times(self.write)
            batches = [seconds(self.batch) for _ in range(BATCHES)]
        return [
            Asked("single write", alone),
            Asked("single write while others read without end", beside),
            Asked(f"batch of {BATCH}", batches),
            Asked("page of one person's items", self._times(self.page)),
            Asked("page of everybody", self._times(self.everybody)),
            Asked("first batch of the feed from near its end", self._times(self.feed, FEEDS)),
            Asked("status of both services", self._times(self.status)),
            Asked("scrape of both services", self._times(self.scrape)),
            Asked("one person evaluated", self._times(self.evaluate, CALLS // 4)),
        ]

    def _times(self, call: Callable[[], object], calls: int = CALLS) -> list[float]:
        call()
        return [seconds(call) for _ in range(calls)]

    @contextmanager
    def _readers(self) -> Iterator[None]:
        done = threading.Event()

        def read() -> None:
            while not done.is_set():
                for call in (self.page, self.everybody, self.scrape_evidence):
                    call()

        threads = [threading.Thread(target=read) for _ in range(2)]
        for thread in threads:
            thread.start()
        try:
            yield
        finally:
            done.set()
            for thread in threads:
                thread.join()

    def write(self) -> None:
        """Store one item."""
        request = self._processes.item_request("bench-7")
        request.request_id = str(uuid.uuid4())
        self._items.CreateEvidenceItem(request, metadata=self._me, timeout=60)

    def batch(self) -> None:
        """Store five hundred."""
        requests = [self._processes.item_request(f"bench-{number % PEOPLE}") for number in range(BATCH)]
        asked = pb.BatchCreateEvidenceItemsRequest(requests=requests, request_id=str(uuid.uuid4()))
        self._items.BatchCreateEvidenceItems(asked, metadata=self._me, timeout=60)

    def page(self) -> None:
        """Read a page of one person's items."""
        self._items.ListEvidenceItems(
            pb.ListEvidenceItemsRequest(parent="safeguarders/bench-3"), metadata=self._me, timeout=60
        )

    def everybody(self) -> None:
        """Read a page of the list of people."""
        self._people.ListSafeguarders(safeguarder_pb2.ListSafeguardersRequest(), metadata=self._me, timeout=60)

    def feed(self) -> None:
        """Open the feed a little before its end, and take its first batch."""
        status = self._status[0].GetStatus(status_pb2.GetStatusRequest(), metadata=self._operator, timeout=60)
        after = max(status.figures["events_accepted"] - 100, 0)
        stub = feed_pb2_grpc.FeedServiceStub(self._processes.channel)
        reader = self._processes.world.metadata("service:notifications")
        stream = stub.ReadFeed(feed_pb2.ReadFeedRequest(after_position=after, consumer="bench"), metadata=reader)
        next(iter(stream))
        stream.cancel()

    def status(self) -> None:
        """Ask both services how they are."""
        for stub in self._status:
            stub.GetStatus(status_pb2.GetStatusRequest(), metadata=self._operator, timeout=60)

    def scrape_evidence(self) -> None:
        """Read the measures of evidence."""
        with urllib.request.urlopen(f"http://{self._parts.measures['evidence']}/metrics", timeout=60) as answer:
            answer.read()

    def scrape(self) -> None:
        """Read the measures of both services."""
        self.scrape_evidence()
        with urllib.request.urlopen(f"http://{self._parts.measures['rules']}/metrics", timeout=60) as answer:
            answer.read()

    def evaluate(self) -> None:
        """Evaluate one person with all that is known."""
        request = rules_pb2.EvaluateSafeguarderRequest(name="safeguarders/bench-3")
        self._rules.EvaluateSafeguarder(request, metadata=self._me, timeout=60)

    def what_if(self) -> Asked:
        """Change one line for everybody, and wait for the report."""
        return Asked("what-if of one line over everybody, five years", [seconds(self._simulate)])

    def _simulate(self) -> None:
        metadata = self._processes.world.metadata("editor")
        stub = simulations_pb2_grpc.SimulationServiceStub(self._processes.rules)
        change = revisions_pb2.ParameterChange(
            parameter="late_reports_line", value=3, why="To measure", cites="No minute", origin="ours"
        )
        change.from_date.year, change.from_date.month, change.from_date.day = 2031, 4, 1
        request = simulations_pb2.SimulateRulebookRequest(change=change, request_id=str(uuid.uuid4()), as_received=True)
        request.since_date.year, request.since_date.month, request.since_date.day = 2021, 12, 1
        found = stub.SimulateRulebook(request, metadata=metadata, timeout=60)
        asked = simulations_pb2.GetSimulationRequest(name=found.name)
        running = (simulations_pb2.Simulation.STATE_QUEUED, simulations_pb2.Simulation.STATE_RUNNING)
        while found.state in running:
            time.sleep(0.2)
            found = stub.GetSimulation(asked, metadata=self._processes.world.metadata("editor"), timeout=60)
        if found.state != simulations_pb2.Simulation.STATE_DONE:
            raise SystemExit(f"the simulation ended without a result: {found.problem}")


def _table(few: list[Asked], many: list[Asked], items: int) -> str:
    lines = [f"| what | {FEW:,} p50 | {items:,} p50 | ratio | {items:,} longest |", "| --- |" + " ---: |" * 4]
    for before, after in zip(few, many, strict=True):
        p50 = percentile(after.took, 0.5)
        then = percentile(before.took, 0.5)
        cells = [f"{short(then * 1e3)} ms", f"{short(p50 * 1e3)} ms", f"{p50 / then:.2f}"]
        lines.append(f"| {after.what} | " + " | ".join(cells) + f" | {short(max(after.took) * 1e3)} ms |")
    return "\n".join(lines) + "\n"


def measure() -> list[Ratio]:
    """Return the table's rows, with as many items as a run has time for."""
    return _rows(*_few_and_many(SOME, Profile.EMBEDDED, what_if=False), SOME)


def _rows(few: list[Asked], many: list[Asked], batch: Ratio | None, items: int) -> list[Ratio]:
    """Return goal 15 for each call that it names, and goal 15b."""
    rows = []
    for before, after in zip(few, many, strict=True):
        if after.what in OF_THE_GOAL:
            p50, then = (percentile(asked.took, 0.5) * 1e3 for asked in (after, before))
            what = f"{after.what}, with {items:,} items ÷ with {FEW:,}"
            rows.append(Ratio("15", what, p50, then, "ms", p50 / then, "≤ 1.3", p50 / then <= 1.3, _size(items)))
    return rows + ([batch] if batch else [])


def _size(items: int) -> str:
    return f"1 in flight, {FEW // PEOPLE} items a person" + ("" if items >= MANY else f"; the goal is at {MANY:,}")


def _few_and_many(items: int, profile: Profile, *, what_if: bool) -> tuple[list[Asked], list[Asked], Ratio | None]:
    """Ask with few items and with many, and compare batches with raw ones where the database is a file."""
    with DISK.folder() as folder:
        parts = _Measured(folder, profile)
        parts.start()
        processes = Processes(folder, parts=parts)
        try:
            questions = Questions(processes, parts)
            with processes.evidence_alone():
                for _ in range(FEW // BATCH):
                    questions.batch()
            few = questions.all() + ([questions.what_if()] if what_if else [])
            with processes.stopped():
                for service, tables in (("evidence", evidence_tables), ("rules", rules_tables)):
                    database = Database(parts.settings(service)["database"], COPY_SECONDS)
                    copy_rows(database, tables, COPIED[service], items // FEW)
                    database.close()
                raw = None if parts.postgres else _copied(folder / "evidence.db", folder / "raw.db")
            batch = _beside_raw(processes, questions, raw, items) if raw else None
            return few, questions.all() + ([questions.what_if()] if what_if else []), batch
        finally:
            processes.stop()
            parts.stop()


def _copied(file: Path, to: Path) -> library.Connection:
    """Copy a database that nobody has open, and open the copy without what the service's triggers keep."""
    with contextlib.closing(opened(file)) as connection:
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    shutil.copy(file, to)
    connection = opened(to)
    for (name,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'").fetchall():
        connection.execute(f"DROP TRIGGER {name}")
    return connection


def _beside_raw(processes: Processes, questions: Questions, raw: library.Connection, items: int) -> Ratio:
    """Goal 15b: a batch ÷ the same rows by executemany into a database of the same size."""
    numbers = itertools.count(10**9, BATCH)

    def reference() -> float:
        rows = raw_rows(BATCH, next(numbers))
        return seconds(lambda: insert(raw, *rows))

    with processes.evidence_alone():
        mine, theirs, ratio = paired(lambda: seconds(questions.batch), reference)
    raw.close()
    what = f"batch of {BATCH} ÷ raw executemany of the same rows, both with {items:,} items"
    return Ratio("15b", what, mine * 1e3, theirs * 1e3, "ms", ratio, "≤ 1.5", ratio <= 1.5, _size(items))


def main() -> None:
    """Fill, ask and print."""
    items = int(sys.argv[1]) if len(sys.argv) > 1 else MANY
    profile = Profile.POSTGRESQL_FEED if "postgresql" in sys.argv[2:] else Profile.EMBEDDED
    few, many, batch = _few_and_many(items, profile, what_if=True)
    print(_table(few, many, items))
    print(table(_rows(few, many, batch, items)))


if __name__ == "__main__":
    main()
