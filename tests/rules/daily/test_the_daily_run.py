"""Kind of fault: the daily run leaves somebody out whose answers change, or writes records that say nothing new (F4).

A person is left out only while nothing that an evaluation looks at has changed, by whatever release, the rulebook and
the programs are the same, and the day has not come on which passing time changes an answer.
"""

import re
from collections.abc import Callable, Iterator
from copy import copy
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest

from services.platform.storage.counts import drop_counts, keep_counts
from services.platform.storage.database import execute
from services.rules import worker
from services.rules.adapters.engine.process import EngineChild
from services.rules.adapters.store.facts import INPUTS, SqlFacts, Urgency
from services.rules.adapters.store.tables import metadata
from services.rules.compose import COUNTS
from services.rules.domain.evaluation.evaluate import evaluate_again
from services.rules.domain.evaluation.holding import LONGEST
from services.rules.worker import TOGETHER, Evaluator
from tests import databases
from tests.rules.builders import NOW, PERSON, a_late_report
from tests.rules.concerns.test_one_person_apart import Rules, rules_in

PEOPLE = ("one", "two")
LEFT = ("evaluation", "evaluation_request", "last_evaluation", "daily_run", "outbox", "concern_version", "concern_move")
"""Tables with what evaluations leave."""
LATELY = NOW.date() - timedelta(days=20)


@pytest.fixture(scope="module")
def engine() -> Iterator[EngineChild]:
    with EngineChild() as child:
        yield child


@pytest.fixture(scope="module")
def of_both(database_kind: str, tmp_path_factory: pytest.TempPathFactory, engine: EngineChild) -> Iterator[Rules]:
    made = rules_in(tmp_path_factory.mktemp("rules"), engine)
    yield made
    made.database.close()


@pytest.fixture
def rules(of_both: Rules) -> Rules:
    """Return two people without news, whose answers hold for some days."""
    for table in (*INPUTS, *LEFT):
        execute_all(of_both, f"DELETE FROM {table}")  # noqa: S608
    keep_counts(of_both.database.engine, COUNTS)
    of_both.clock.instant = NOW
    made = copy(of_both)
    made.evaluator = Evaluator(made.database, made.in_force, made.engine, made.clock)
    made.appoint(*PEOPLE)
    for _day in range(3):  # What is raised on the first day is open on the next, which is another answer.
        asked_on_the_next_day(made)
    assert asked_on_the_next_day(made) == []
    return made


def asked_on_the_next_day(rules: Rules, days: int = 1) -> list[str]:
    """Let days pass, and return whom the daily run evaluates."""
    rules.clock.instant += timedelta(days=days)
    rules.evaluator._start_day()
    asked = waiting(rules)
    while rules.evaluator.evaluate_waiting():
        pass
    return asked


def waiting(rules: Rules) -> list[str]:
    return rules.rows("SELECT safeguarder_id FROM evaluation_request ORDER BY safeguarder_id")


def last(rules: Rules) -> dict[str, Any]:
    with rules.database.read() as connection:
        rows = execute(connection, "SELECT safeguarder_id, holds_until FROM last_evaluation").fetchall()
    return dict(rows)


def test_nobody_is_evaluated_before_the_day_on_which_an_answer_may_change(rules: Rules) -> None:
    """F4: and everybody is on that day, which is at most four weeks away."""
    until = date.fromisoformat(last(rules)["one"])
    today = rules.clock.today()
    assert today < until <= today + LONGEST
    kept = len(rules.rows("SELECT evaluation_id FROM evaluation"))
    assert asked_on_the_next_day(rules, (until - today).days) == []
    assert len(rules.rows("SELECT evaluation_id FROM evaluation")) == kept
    assert asked_on_the_next_day(rules) == list(PEOPLE)


def _concern(tx: Any, change: str) -> None:
    execute(tx, f"UPDATE concern SET {change} WHERE safeguarder_id = 'one'")  # noqa: S608


CHANGES: dict[str, Callable[[Any], object]] = {
    "an item of a history": lambda tx: SqlFacts(tx).remember_fact("one", a_late_report("late", LATELY), "evidence"),
    "another term": lambda tx: SqlFacts(tx).remember_person(
        replace(PERSON, safeguarder_id="one", term_ends_on=date(2030, 1, 1))
    ),
    "a duty of the Team": lambda tx: execute(tx, "INSERT INTO team_duty VALUES ('d', 1, 'one', true, ?)", (DUTY,)),
    "a concern that somebody ends": lambda tx: _concern(tx, "is_open = false, state = 'dismissed'"),
    "an override": lambda tx: execute(
        tx,
        "INSERT INTO rule_override VALUES ('o', 'one', 'report-late', '', ?, ?, 'team', 'x', 0, NULL, '')",
        (NOW.date().isoformat(), "2030-01-01"),
    ),
    "a review": lambda tx: execute(tx, "INSERT INTO review_request VALUES ('r', 'one', 1, ?)", (REVIEW,)),
    "a suspension": lambda tx: execute(tx, "INSERT INTO overlay VALUES ('s', 'one', 1, ?)", (OVERLAY,)),
}
"""What changes without a request to evaluate, as the release before may write it too."""
DUTY = (
    '{"duty_id":"d","version":1,"kind":"share_record","about":"sessions/1","due_on":"2026-10-30","is_open":true,'
    '"recorded_at":"2026-10-01T12:00:00Z"}'
)
REVIEW = (
    '{"review_id":"r","safeguarder_id":"one","version":1,"made_on":"2026-11-01","concern_ids":[],'
    '"evidence_ids":["late"],"opened_at":"2026-11-01T12:00:00Z"}'
)
OVERLAY = (
    '{"overlay_id":"s","safeguarder_id":"one","version":1,"starts_on":"2026-11-01","holds_practice":true,'
    '"opened_at":"2026-11-01T12:00:00Z"}'
)


@pytest.mark.parametrize("change", CHANGES.values(), ids=CHANGES)
def test_whatever_changes_is_evaluated_by_the_next_daily_run(rules: Rules, change: Callable[[Any], object]) -> None:
    """F4: the database counts each change, so no handler can forget one."""
    rules.database.write(change)
    asked = rules.clock.today()
    rules.clock.instant += timedelta(days=1)
    rules.evaluator._start_day()
    assert waiting(rules) == ["one"], f"nobody asked on {asked}"


def test_what_changes_while_somebody_is_evaluated_is_evaluated_the_next_day(
    rules: Rules, monkeypatch: pytest.MonkeyPatch
) -> None:
    """F4: the facts were read before it came."""
    rules.database.write(lambda tx: SqlFacts(tx).ask_for_evaluation("one"))
    opinions = rules.engine.evaluate

    def hear_meanwhile(*asked: Any) -> Any:
        rules.database.write(CHANGES["an item of a history"])
        return opinions(*asked)

    with monkeypatch.context() as patch:
        patch.setattr(rules.engine, "evaluate", hear_meanwhile)
        rules.evaluator.evaluate_waiting()
    assert asked_on_the_next_day(rules) == ["one"]
    assert rules.rows("SELECT COUNT(*) FROM fact WHERE NOT evaluated") == [0]


def test_everybody_is_evaluated_by_another_rulebook_or_another_release(rules: Rules) -> None:
    """F4: they may answer differently."""
    rules.evaluator._versions["psmf"] = "a later release"
    assert asked_on_the_next_day(rules) == list(PEOPLE)
    execute_all(rules, "UPDATE last_evaluation SET made_with = 'another rulebook' WHERE safeguarder_id = 'two'")
    assert asked_on_the_next_day(rules) == ["two"]


def test_a_person_evaluated_by_the_release_before_is_evaluated_every_day(rules: Rules) -> None:
    """F4: it says nothing of how long its answers hold, also where this release said it before."""
    execute_all(rules, "DELETE FROM last_evaluation WHERE safeguarder_id = 'one'")
    execute_all(rules, "INSERT INTO last_evaluation (safeguarder_id, rulebook_hash, as_of) VALUES ('one', 'x', '2026')")
    assert asked_on_the_next_day(rules) == ["one"]


def test_what_was_written_while_nothing_was_counted_is_not_forgotten(rules: Rules) -> None:
    """F4: a migration takes the triggers away. The next start trusts no day."""
    drop_counts(rules.database.engine)
    rules.database.write(CHANGES["an item of a history"])
    keep_counts(rules.database.engine, COUNTS)
    assert asked_on_the_next_day(rules) == list(PEOPLE)


def test_a_clock_that_stood_ahead_leaves_nobody_out(rules: Rules) -> None:
    """F4, F1: the day to which an answer holds was worked out from a day that has not come yet."""
    rules.clock.instant += timedelta(days=400)
    assert asked_on_the_next_day(rules) == list(PEOPLE)
    rules.clock.instant -= timedelta(days=390)
    assert asked_on_the_next_day(rules) == list(PEOPLE)


def test_somebody_who_waits_for_safety_is_not_made_to_wait_by_the_daily_run(rules: Rules) -> None:
    """F12: the daily run asks for many people in one statement, and moves nobody back."""
    execute_all(rules, "UPDATE last_evaluation SET holds_until = NULL")
    rules.safety_item("two", urgency=Urgency.SAFETY)
    rules.clock.instant += timedelta(days=1)
    rules.evaluator._start_day()
    with rules.database.read() as connection:
        found = SqlFacts(connection).due(rules.clock.now(), "", 9)
    assert [(request.safeguarder_id, request.urgency) for request in found] == [
        ("two", Urgency.SAFETY),
        ("one", Urgency.EVERYBODY),
    ]


def test_people_who_are_being_evaluated_make_way_for_safety(rules: Rules, monkeypatch: pytest.MonkeyPatch) -> None:
    """F12: the matter comes while the third of ten people is evaluated. It waits for nobody after that one."""
    everybody = [f"a-{number:02}" for number in range(TOGETHER)]
    rules.appoint(*everybody)
    for person in everybody:
        rules.database.write(lambda tx, person=person: SqlFacts(tx).ask_for_evaluation(person))  # type: ignore[misc]
    rules.appoint("z-safety")
    looked_at: list[str] = []

    def evaluate_and_hear(rulebook: Any, case_file: Any, *rest: Any) -> Any:
        looked_at.append(case_file.person.safeguarder_id)
        if len(looked_at) == 3:
            rules.safety_item("z-safety", urgency=Urgency.SAFETY)
        return evaluate_again(rulebook, case_file, *rest)

    monkeypatch.setattr(worker, "evaluate_again", evaluate_and_hear)
    assert rules.turn() == everybody[:3], "what is finished is kept"
    assert rules.turn() == ["z-safety"]
    assert looked_at == [*everybody[:3], "z-safety"]
    rules.turn()
    assert set(rules.evaluated()) == {*everybody, *PEOPLE, "z-safety"}, "and nobody is forgotten"
    assert looked_at == [*everybody[:3], "z-safety", *everybody[3:]], "nor evaluated twice"


def test_every_table_that_an_evaluation_looks_at_is_counted(tmp_path: Path, engine: EngineChild) -> None:
    """F4: a new one that is not would be left out by the daily run."""
    databases.choose(databases.SQLITE)
    rules = rules_in(tmp_path, engine)
    seen: list[str] = []
    rules.appoint("one")
    with rules.database.read() as connection:
        connection.connection.driver_connection.set_trace_callback(seen.append)  # type: ignore[union-attr]
        SqlFacts(connection).case_file("one")
        connection.connection.driver_connection.set_trace_callback(None)  # type: ignore[union-attr]
    rules.database.close()
    assert set(re.findall(r"(?:FROM|JOIN) (\w+)", " ".join(seen))) == set(INPUTS)
    for table, columns in INPUTS.items():
        assert {"safeguarder_id", *columns} <= set(metadata.tables[table].columns.keys())


def execute_all(rules: Rules, statement: str) -> None:
    rules.database.write(lambda tx: execute(tx, statement))
