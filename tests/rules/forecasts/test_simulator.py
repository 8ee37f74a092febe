"""A run that is stopped, crashes or is abandoned harms nothing and is not lost (B2)."""

import sys
import threading
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from services.platform.storage.database import Database
from services.platform.storage.migrations import bring_up_to_date
from services.rules.adapters.rule_files.folder import SHIPPED
from services.rules.adapters.store.facts import SqlFacts
from services.rules.adapters.store.simulations import SILENT_FOR, SqlSimulations
from services.rules.compose import HERE
from services.rules.domain.forecasts.simulation import KEPT_FOR, Simulation
from services.rules.rulebook_in_force import RulebookInForce
from services.rules.simulations.runner import COMMAND, Simulator
from tests import databases
from tests.clock import FixedClock
from tests.rules.builders import PERSON, TODAY, a_late_report
from tests.waiting import HUNG, until

NOW = datetime(2026, 11, 2, 18, 0, tzinfo=UTC)
HANGS = (sys.executable, "-c", "import sys\nfor line in sys.stdin: pass\n")
DIES = (sys.executable, "-c", "raise SystemExit(1)")
ASKED = {"since": "2026-01-01", "until": "2026-11-02", "as_received": False, "parameter": "late_reports_line"}
VALUES = {"from_value": 1, "to_value": 3, "step": 1}


@pytest.fixture
def database(database_kind: str, tmp_path: Path) -> Iterator[Database]:
    database = Database(databases.address(tmp_path / "rules.db"))
    bring_up_to_date(database.engine, HERE / "migrations")
    database.write(lambda tx: SqlFacts(tx).remember_person(PERSON))
    yield database
    database.close()


@pytest.fixture
def asked(database: Database) -> str:
    """Return a waiting tuning."""
    in_force = RulebookInForce(SHIPPED, database, FixedClock(NOW))
    simulation = Simulation(
        "one", "tuning", "queued", ASKED | VALUES, in_force.current.content_hash, NOW, NOW + KEPT_FOR
    )
    database.write(lambda tx: SqlSimulations(tx).add(simulation))
    return simulation.simulation_id


def state(database: Database, simulation_id: str) -> str:
    with database.read() as connection:
        found = SqlSimulations(connection).find(simulation_id)
    return found.state if found else ""


def turned(database: Database, instant: datetime = NOW, command: tuple[str, ...] = COMMAND, turns: int = 1) -> None:
    """Let a simulator take some turns, and end its process."""
    simulator = Simulator(database, FixedClock(instant), command)
    for _ in range(turns):
        simulator.turn()
    simulator.forget()


def test_a_run_ends_with_its_service_and_begins_again_with_the_next(database: Database, asked: str) -> None:
    first = Simulator(database, FixedClock(NOW), HANGS)
    first.start()
    until(lambda: state(database, asked) == "running", 10)
    first.stop()
    assert state(database, asked) == "queued"
    turned(database)
    assert state(database, asked) == "done"


def test_a_run_that_a_person_stops_stays_stopped(database: Database, asked: str) -> None:
    simulator = Simulator(database, FixedClock(NOW), HANGS)
    running = threading.Thread(target=simulator.turn)
    running.start()
    until(lambda: state(database, asked) == "running", 10)
    database.write(lambda tx: SqlSimulations(tx).move(asked, "cancelled", NOW))
    running.join(HUNG)
    assert not running.is_alive()
    assert state(database, asked) == "cancelled"


def test_a_process_that_dies_fails_its_run_and_the_next_one_is_taken(database: Database, asked: str) -> None:
    turned(database, command=DIES)
    with database.read() as connection:
        found = SqlSimulations(connection).find(asked)
    assert found is not None
    assert (found.state, found.result) == ("failed", None)
    assert "Ask the operator" in found.problem


def test_what_nobody_foresaw_fails_its_run_and_not_the_ones_behind_it(database: Database, asked: str) -> None:
    strange = Simulation("earlier", "tuning", "queued", {}, "no such hash", NOW - timedelta(1), NOW + KEPT_FOR)
    database.write(lambda tx: SqlSimulations(tx).add(strange))
    turned(database, turns=2)
    assert (state(database, "earlier"), state(database, asked)) == ("failed", "done")


def test_a_run_that_its_copy_left_lying_is_taken_up_once_it_is_silent(database: Database, asked: str) -> None:
    database.write(lambda tx: SqlSimulations(tx).move(asked, "running", NOW))
    turned(database, NOW + timedelta(seconds=5))
    assert state(database, asked) == "running"
    turned(database, NOW + SILENT_FOR + timedelta(seconds=5))
    assert state(database, asked) == "done"


def test_where_no_other_copy_can_be_a_service_that_was_killed_goes_on_at_once(database: Database, asked: str) -> None:
    database.write(lambda tx: SqlSimulations(tx).move(asked, "running", NOW))
    simulator = Simulator(database, FixedClock(NOW))
    simulator.start()
    try:
        if database.is_shared:
            assert state(database, asked) == "running"
        else:
            assert until(lambda: state(database, asked) == "done", 20)
    finally:
        simulator.stop()


def test_answers_are_forgotten_when_their_time_is_over(database: Database, asked: str) -> None:
    clock = FixedClock(NOW)
    simulator = Simulator(database, clock)
    simulator.turn()
    simulator.forget()
    clock.instant = NOW + KEPT_FOR - timedelta(days=1)
    simulator.turn()
    assert state(database, asked) == "done"
    clock.instant = NOW + KEPT_FOR
    simulator.turn()
    assert state(database, asked) == ""


def late_report(database: Database, evidence_id: str) -> None:
    """Store a late report of the person."""
    fact = a_late_report(evidence_id, TODAY)
    database.write(lambda tx: SqlFacts(tx).remember_fact(PERSON.safeguarder_id, fact, "evidence"))


def tuned(database: Database, simulator: Simulator, like: str, simulation_id: str) -> str:
    """Run a tuning like another, and return the state in which it ends."""
    with database.read() as connection:
        found = SqlSimulations(connection).find(like)
    assert found is not None
    again = replace(found, simulation_id=simulation_id)
    database.write(lambda tx: SqlSimulations(tx).add(again))
    simulator.turn()
    return state(database, simulation_id)


def test_the_next_run_reads_nobody_again_of_whom_nothing_new_is_stored(
    database: Database, asked: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    read: list[str] = []
    people = SqlSimulations.people

    def counted(store: SqlSimulations, ids: Sequence[str]) -> list[dict[str, Any]]:
        read.extend(ids)
        return people(store, ids)

    monkeypatch.setattr(SqlSimulations, "people", counted)
    late_report(database, "first")
    simulator = Simulator(database, FixedClock(NOW))
    assert tuned(database, simulator, asked, "again-1") == "done"
    assert tuned(database, simulator, asked, "again-2") == "done"
    assert read == [PERSON.safeguarder_id]
    late_report(database, "second")
    assert tuned(database, simulator, asked, "again-3") == "done"
    simulator.forget()
    assert read == [PERSON.safeguarder_id] * 2
