"""Both engines must agree before anything is raised. Otherwise the evaluation is deferred and nothing is lost."""

import sys
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from services.platform.storage.database import Database, execute
from services.platform.storage.migrations import bring_up_to_date
from services.rules.adapters.engine.process import EngineChild
from services.rules.adapters.store.concerns import SqlConcerns
from services.rules.adapters.store.facts import SqlFacts
from services.rules.compose import HERE
from services.rules.domain.closed_lists import EvidenceClass
from services.rules.domain.facts import PersonFact
from services.rules.rulebook_in_force import RulebookInForce
from services.rules.worker import TOGETHER, Evaluator
from tests import databases
from tests.clock import FixedClock
from tests.rules.builders import PERSON, an_item

NOW = datetime(2026, 11, 2, 18, 0, tzinfo=UTC)
DEAD = (sys.executable, "-c", "raise SystemExit")
# Answers, in the right form, that every rule's condition holds and that its clearing condition holds too.
CONTRARY = (
    sys.executable,
    "-c",
    "import sys, json\n"
    "rules = {}\n"
    "for line in sys.stdin:\n"
    "    asked = json.loads(line)\n"
    "    for key, parts in asked['plans']:\n"
    "        rules[key] = sum(part[1] for part in parts)\n"
    "    answers = ['yy' * rules[case[0]] for case in asked['cases']]\n"
    "    print(json.dumps({'id': asked['id'], 'answers': answers}), flush=True)\n",
)
# The real engine, but it ends at a case that holds the number 4321: one person's days since appointment.
DIES_OF_ONE_CASE = (
    sys.executable,
    "-c",
    "import sys, json\n"
    "from services.rules.adapters.engine.durable import Answering\n"
    "answering = Answering()\n"
    "for line in sys.stdin:\n"
    "    asked = json.loads(line)\n"
    "    if any(4321 in values for _, values in asked['cases']):\n"
    "        raise SystemExit\n"
    "    print(json.dumps(answering.answer(asked)), flush=True)\n",
)


@pytest.fixture
def database(database_kind: str, tmp_path: Path) -> Iterator[Database]:
    database = Database(databases.address(tmp_path / "rules.db"))
    bring_up_to_date(database.engine, HERE / "migrations")
    yield database
    database.close()


def evaluate_with(database: Database, clock: FixedClock, command: tuple[str, ...]) -> None:
    with EngineChild(command) as engine:
        in_force = RulebookInForce(HERE / "rulebook", database, clock)
        Evaluator(database, in_force, engine, clock).evaluate_waiting()


def a_safety_item_arrives(database: Database, person: PersonFact = PERSON) -> None:
    def arrive(tx: object) -> None:
        facts = SqlFacts(tx)  # type: ignore[arg-type]
        facts.remember_person(person)
        item = an_item(f"leak-{person.safeguarder_id}", speaks="S5.1", evidence_class=EvidenceClass.SAFETY)
        facts.remember_fact(person.safeguarder_id, item, "evidence")
        facts.ask_for_evaluation(person.safeguarder_id)

    database.write(arrive)


def raised(database: Database, safeguarder_id: str = PERSON.safeguarder_id) -> set[str]:
    with database.read() as connection:
        found = SqlConcerns(connection).of_person(safeguarder_id)
    return {concern.answer.rule_id for concern in found}


def waiting(database: Database) -> int:
    with database.read() as connection:
        return SqlFacts(connection).waiting()


def told(database: Database) -> list[str]:
    with database.read() as connection:
        rows = execute(connection, "SELECT type FROM outbox WHERE type LIKE '%EvaluationHeld'")
        return [row[0] for row in rows]


@pytest.mark.parametrize("command", [DEAD, CONTRARY], ids=["the engine does not answer", "the engines differ"])
def test_nothing_is_raised_and_the_operator_is_told_once(database: Database, command: tuple[str, ...]) -> None:
    clock = FixedClock(NOW)
    a_safety_item_arrives(database)
    for _ in range(3):
        evaluate_with(database, clock, command)
        clock.instant += timedelta(minutes=20)
    assert raised(database) == set()
    assert waiting(database) == 1
    assert len(told(database)) == 1


def test_a_held_case_is_raised_once_both_engines_agree(database: Database) -> None:
    clock = FixedClock(NOW)
    a_safety_item_arrives(database)
    evaluate_with(database, clock, DEAD)
    clock.instant += timedelta(minutes=20)
    with EngineChild() as engine:
        in_force = RulebookInForce(HERE / "rulebook", database, clock)
        Evaluator(database, in_force, engine, clock).evaluate_waiting()
    assert "confidentiality" in raised(database)
    assert waiting(database) == 0


def test_a_held_case_is_not_tried_again_at_once(database: Database) -> None:
    clock = FixedClock(NOW)
    a_safety_item_arrives(database)
    evaluate_with(database, clock, DEAD)
    with EngineChild() as engine:
        in_force = RulebookInForce(HERE / "rulebook", database, clock)
        assert Evaluator(database, in_force, engine, clock).evaluate_waiting() == 0


def test_only_the_person_the_engine_fails_on_is_held(database: Database) -> None:
    clock = FixedClock(NOW)
    longest = replace(PERSON, safeguarder_id="demo-longest", appointed_on=NOW.date() - timedelta(days=4321))
    others = [replace(PERSON, safeguarder_id=f"demo-other-{number}") for number in range(TOGETHER - 1)]
    for person in (*others[:1], longest, *others[1:]):
        a_safety_item_arrives(database, person)
    evaluate_with(database, clock, DIES_OF_ONE_CASE)
    assert all("confidentiality" in raised(database, person.safeguarder_id) for person in others)
    assert raised(database, longest.safeguarder_id) == set()
    assert waiting(database) == 1


def test_people_who_wait_together_are_asked_about_together(database: Database) -> None:
    clock = FixedClock(NOW)
    people = [replace(PERSON, safeguarder_id=f"demo-{number}") for number in range(TOGETHER)]
    for person in people:
        a_safety_item_arrives(database, person)
    with EngineChild(recycle_after=1) as engine:
        in_force = RulebookInForce(HERE / "rulebook", database, clock)
        before = engine.pid
        Evaluator(database, in_force, engine, clock).evaluate_waiting()
        assert engine.pid == before
    assert all("confidentiality" in raised(database, person.safeguarder_id) for person in people)


class TakenMeanwhile(RulebookInForce):
    """Another copy claims everybody who waits, just after this one has read who does."""

    def catch_up(self) -> None:
        """Let the other copy claim."""
        self._database.write(lambda tx: SqlFacts(tx).claim(NOW, "another", 10))
        super().catch_up()


@pytest.mark.parametrize("database_kind", ["postgresql"], indirect=True)
def test_a_copy_whose_work_another_has_claimed_meanwhile_has_none(database: Database) -> None:
    a_safety_item_arrives(database)
    clock = FixedClock(NOW)
    with EngineChild(DEAD) as engine:
        in_force = TakenMeanwhile(HERE / "rulebook", database, clock)
        assert Evaluator(database, in_force, engine, clock, "one").evaluate_waiting() == 0
