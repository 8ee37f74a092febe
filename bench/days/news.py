"""Goals 2, 2b, 5b and 16: what an evaluation costs, and what a year without news keeps: `python -m bench.days.news`."""

import tempfile
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import timedelta
from pathlib import Path

from psmf.evidence.v1 import evidence_pb2 as pb
from psmf.rules.v1 import rules_pb2, rules_pb2_grpc

from bench.evaluate import a_full_file, child_seconds
from bench.journey import Listener, until_heard
from bench.measuring import Ratio, paired, percentile, table
from bench.suite import PEOPLE, Processes, running
from bench.ten_years import MovedClock
from services.platform.storage.counts import keep_counts
from services.platform.storage.database import Database, execute
from services.platform.storage.migrations import bring_up_to_date
from services.rules.adapters.engine.process import EngineChild
from services.rules.adapters.store.facts import SqlFacts
from services.rules.compose import COUNTS, HERE
from services.rules.domain.facts import CaseFile
from services.rules.rulebook_in_force import RulebookInForce
from services.rules.worker import Evaluator
from tests.rules.builders import NOW, PERSON, TODAY, an_item
from tests.waiting import until

ITEMS = 40
ITEMS_TOGETHER = 10
ROUNDS = 3
YEAR = 365
SAFETY_ITEMS = 20
FILLED_TOGETHER = 500
BUSY_SECONDS = 600.0
"""Time for one transaction. A service ends a writer that takes a minute, and a busy machine may need longer here."""


@dataclass
class Rules:
    """Rules' database and evaluator in this process, on a clock that the run moves."""

    database: Database
    file: Path
    engine: EngineChild
    evaluator: Evaluator
    clock: MovedClock

    def fill(self, people: int, file: CaseFile) -> None:
        """Store people with the same items each."""
        for first in range(0, people, FILLED_TOGETHER):
            numbers = range(first, min(first + FILLED_TOGETHER, people))
            self.database.write(lambda tx, numbers=numbers: _fill(SqlFacts(tx), numbers, file))  # type: ignore[misc]

    def evaluate(self) -> tuple[int, float]:
        """Evaluate all who wait. Return how many, and the CPU seconds of this process and of the other engine."""
        before, people = self.cpu_seconds(), 0
        while done := self.evaluator.evaluate_waiting():
            people += done
        return people, self.cpu_seconds() - before

    def next_day(self) -> tuple[int, float]:
        """Let a day pass, with its daily run."""
        self.clock.instant += timedelta(days=1)
        self.evaluator._start_day()
        return self.evaluate()

    def kept(self) -> int:
        """Return the bytes of the database in use."""
        with self.database.read() as connection:
            pages, free, size = (
                execute(connection, f"PRAGMA {name}").fetchone()[0]
                for name in ("page_count", "freelist_count", "page_size")
            )
        return int((pages - free) * size)

    def cpu_seconds(self) -> float:
        """Return the CPU time of this process and of the other engine."""
        return time.process_time() + child_seconds(self.engine.pid)


@contextmanager
def rules(folder: Path | None = None) -> Iterator[Rules]:
    """Open a fresh database with an evaluator that nothing runs beside."""
    with tempfile.TemporaryDirectory(dir=folder) as made, EngineChild() as engine:
        file, clock = Path(made) / "rules.db", MovedClock(NOW)
        database = Database(f"sqlite:///{file}", BUSY_SECONDS)
        bring_up_to_date(database.engine, HERE / "migrations")
        keep_counts(database.engine, COUNTS)
        in_force = RulebookInForce(HERE / "rulebook", database, clock, needs_approval=False)
        yield Rules(database, file, engine, Evaluator(database, in_force, engine, clock), clock)
        database.close()


def _fill(facts: SqlFacts, numbers: range, file: CaseFile) -> None:
    for number in numbers:
        person = f"person-{number:06}"
        facts.remember_person(replace(PERSON, safeguarder_id=person))
        for item in file.evidence:
            facts.remember_fact(person, replace(item, evidence_id=f"{number}-{item.evidence_id}"), "evidence")
        facts.ask_for_evaluation(person)


def evaluated() -> Ratio:
    """Goal 2: people evaluated by both engines, record and concerns committed, a second and core. Each has one news."""
    found = []
    with rules() as ours:
        ours.fill(PEOPLE, a_full_file())
        ours.evaluate()
        for turn in range(ROUNDS):
            ours.database.write(lambda tx, turn=turn: _news(SqlFacts(tx), turn))  # type: ignore[misc]
            people, seconds = ours.evaluate()
            found.append(people / seconds)
    rate = sorted(found)[len(found) // 2]
    what = f"people evaluated by both engines and committed, a second and core ({PEOPLE} people, {ITEMS} items each)"
    return Ratio("2", what, rate, 400, "people/s", rate / 400, "≥ 400", rate >= 400)


def _news(facts: SqlFacts, turn: int) -> None:
    for number in range(PEOPLE):
        person = f"person-{number:06}"
        item = an_item(f"news-{turn}-{number}", TODAY - timedelta(days=turn + 1), speaks="S5.1")
        facts.remember_fact(person, item, "evidence")
        facts.ask_for_evaluation(person)


def kept() -> Ratio:
    """Goal 16: bytes kept for a person and a year without news, of people with items whose windows slide."""
    people = 4
    with rules() as ours:
        ours.fill(people, a_full_file())
        ours.evaluate()
        before, evaluations = ours.kept(), 0
        for _day in range(YEAR):
            evaluations += ours.next_day()[0]
        each = (ours.kept() - before) / people / 1000
    what = f"bytes kept for a person and year without news ({ITEMS} items, {evaluations / people:.0f} evaluations)"
    return Ratio("16", what, each, 200, "kB", each / 200, "≤ 200", each <= 200)


def measure() -> list[Ratio]:
    """Return the table's rows. Each has fresh databases."""
    rows = [evaluated(), kept()]
    for goal in (with_evaluation, while_everybody):
        with running() as processes:
            rows.append(goal(processes))
    return rows


def with_evaluation(processes: Processes) -> Ratio:
    """Goal 2b: CPU of ingest with evaluation ÷ without, by evidence and rules, for ten items about each person."""

    def cpu(history: bool) -> float:
        before = sum(map(processes.cpu_seconds, processes.processes))
        for _ in range(ITEMS_TOGETHER):
            _send(processes, 1, history)
        until(processes.caught_up, 300)
        return (sum(map(processes.cpu_seconds, processes.processes)) - before) / PEOPLE / ITEMS_TOGETHER * 1e6

    ours, theirs, ratio = paired(lambda: cpu(history=False), lambda: cpu(history=True))
    what = f"ingest with evaluation ÷ without, {ITEMS_TOGETHER} items a person"
    return Ratio("2b", what, ours, theirs, "µs CPU/record", ratio, "≤ 3", ratio <= 3)


def _send(processes: Processes, items: int, history: bool) -> None:
    requests = [processes.item_request(f"bench-{number}") for number in range(PEOPLE) for _ in range(items)]
    for request in requests:
        request.history = history
    for first in range(0, len(requests), FILLED_TOGETHER):
        batch = pb.BatchCreateEvidenceItemsRequest(requests=requests[first : first + FILLED_TOGETHER])
        processes.items.BatchCreateEvidenceItems(batch, metadata=processes.metadata)


def while_everybody(processes: Processes) -> Ratio:
    """Goal 5b: a safety item's way while everybody is being evaluated ÷ alone. Both in turn, on the same services."""
    _send(processes, ITEMS, history=True)
    alone, beside = [], []
    with Listener(processes) as listener:
        for number in range(0, 2 * SAFETY_ITEMS, 2):
            alone.append(until_heard(processes, listener, f"bench-{number}"))
            with everybody_evaluated(processes):
                beside.append(until_heard(processes, listener, f"bench-{number + 1}"))
    ours, theirs = (percentile(times, 0.5) * 1e3 for times in (beside, alone))
    what = f"a safety item's way while {PEOPLE} people, {ITEMS} items each are being evaluated ÷ alone, p50"
    return Ratio("5b", what, ours, theirs, "ms", ours / theirs, "≤ 2", ours / theirs <= 2)


@contextmanager
def everybody_evaluated(processes: Processes) -> Iterator[None]:
    """Have everybody evaluated again and again during the block, and wait until nobody waits after it."""
    stub = rules_pb2_grpc.ConcernServiceStub(processes.rules)
    metadata, ended = processes.world.metadata("panel-team"), threading.Event()

    def ask() -> None:
        stub.EvaluateEveryone(rules_pb2.EvaluateEveryoneRequest(), metadata=metadata)

    def ask_again() -> None:
        while not ended.wait(0.2):
            ask()

    ask()
    asking = threading.Thread(target=ask_again, daemon=True)
    asking.start()
    time.sleep(0.1)
    try:
        yield
    finally:
        ended.set()
        asking.join()
        until(processes.caught_up, 300)


if __name__ == "__main__":
    print(table(measure()))
