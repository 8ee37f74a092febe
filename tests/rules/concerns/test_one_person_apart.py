"""Kind of fault: something stored about one person stops the evaluation of others, or safety waits behind everybody.

Each person is evaluated behind their own guard. Whatever is stored about one, everybody else is evaluated, in the order
safety, evidence by its age, everybody's turn. The person whose evaluation fails is held, and the operator is told.
"""

import json
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from services.platform.storage.counts import keep_counts
from services.platform.storage.database import Database, execute
from services.platform.storage.migrations import bring_up_to_date
from services.rules.adapters.engine.process import EngineChild
from services.rules.adapters.store.concerns import SqlConcerns
from services.rules.adapters.store.facts import SqlFacts, Urgency
from services.rules.adapters.store.items import read_item
from services.rules.compose import COUNTS, HERE, figures
from services.rules.domain.closed_lists import EvidenceClass, State
from services.rules.domain.concerns.concern import Concern
from services.rules.domain.concerns.history import Made, Move
from services.rules.rulebook_in_force import RulebookInForce
from services.rules.wire.concerns import concern_message
from services.rules.worker import TOGETHER, Evaluator
from tests import databases
from tests.clock import FixedClock
from tests.rules.builders import NOW, PERSON, an_item
from tests.rules.records import kept_records

LATER_WORD = "of_a_later_release"
Damage = Callable[[dict[str, Any]], Any]


def _word(field: str) -> Damage:
    return lambda body: body | {field: LATER_WORD}


UNKNOWN_WORDS: dict[str, Damage] = {
    **{
        field: _word(field)
        for field in ("kind", "source", "aspect", "setting", "evidence_class", "complaint_outcome", "status")
    },
    "polarity": lambda body: body | {"mappings": [part | {"polarity": LATER_WORD} for part in body["mappings"]]},
}
UNKNOWN_DETAILS: dict[str, Damage] = {
    "a detail's name": lambda body: body | {"details": {LATER_WORD: True}},
    "a detail's word": lambda body: body | {"details": {"attendance": LATER_WORD}},
    "a field": _word("a_new_field"),
}
DAMAGED: dict[str, Damage] = {
    "no object": lambda body: [],
    "no date": lambda body: body | {"happened_on": "the other day"},
    "no id": lambda body: {name: value for name, value in body.items() if name != "evidence_id"},
    "no mappings": lambda body: body | {"mappings": 7},
    "a word too many": lambda body: body | {"kind": [LATER_WORD]},
}


class Rules:
    """Rules' database with the worker that evaluates, on a clock that the test moves."""

    def __init__(self, database: Database, engine: EngineChild) -> None:
        self.database, self.clock = database, FixedClock(NOW)
        self.in_force = RulebookInForce(HERE / "rulebook", database, self.clock, needs_approval=False)
        self.engine = engine
        self.evaluator = Evaluator(database, self.in_force, engine, self.clock)

    def appoint(self, *people: str) -> None:
        def appointed(tx: Any) -> None:
            for person in people:
                SqlFacts(tx).remember_person(replace(PERSON, safeguarder_id=person))

        self.database.write(appointed)

    def safety_item(self, person: str, damage: Damage | None = None, urgency: Urgency = Urgency.EVIDENCE) -> None:
        item = an_item(f"leak-{person}", speaks="S5.1", evidence_class=EvidenceClass.SAFETY)

        def arrive(tx: Any) -> None:
            SqlFacts(tx).remember_fact(person, item, "evidence")
            SqlFacts(tx).ask_for_evaluation(person, self.clock.now(), urgency=urgency)
            if damage is not None:
                (body,) = execute(tx, "SELECT body FROM fact WHERE evidence_id = ?", (item.evidence_id,)).fetchone()
                changed = json.dumps(damage(json.loads(body)))
                execute(tx, "UPDATE fact SET body = ? WHERE evidence_id = ?", (changed, item.evidence_id))

        self.database.write(arrive)

    def turn(self) -> list[str]:
        """Evaluate once, and return who was evaluated."""
        before = self.evaluated()
        self.evaluator.evaluate_waiting()
        return [person for person in self.evaluated() if person not in before]

    def evaluated(self) -> list[str]:
        return self.rows("SELECT DISTINCT safeguarder_id FROM evaluation ORDER BY safeguarder_id")

    def held(self) -> list[str]:
        return self.rows("SELECT safeguarder_id FROM evaluation_request WHERE held <> '' ORDER BY safeguarder_id")

    def rows(self, query: str) -> list[Any]:
        with self.database.read() as connection:
            return [row[0] for row in execute(connection, query).fetchall()]

    def raised(self, person: str) -> set[str]:
        return {concern.answer.rule_id for concern in self.concerns(person)}

    def leak(self, person: str) -> Concern:
        return next(one for one in self.concerns(person) if one.answer.rule_id == "confidentiality")

    def concerns(self, person: str) -> Sequence[Concern]:
        with self.database.read() as connection:
            return SqlConcerns(connection).of_person(person)


@pytest.fixture(scope="module")
def engine() -> Iterator[EngineChild]:
    with EngineChild() as child:
        yield child


def rules_in(folder: Path, engine: EngineChild) -> Rules:
    database = Database(databases.address(folder / "rules.db"))
    bring_up_to_date(database.engine, HERE / "migrations")
    keep_counts(database.engine, COUNTS)
    return Rules(database, engine)


@pytest.fixture
def rules(database_kind: str, tmp_path: Path, engine: EngineChild) -> Iterator[Rules]:
    made = rules_in(tmp_path, engine)
    yield made
    made.database.close()


def test_a_person_whose_facts_are_damaged_is_held_and_everybody_else_is_evaluated(rules: Rules) -> None:
    """F3: more are damaged than one turn takes. Nobody else waits for them, and the operator is told."""
    bad = [f"a-{number:02}" for number in range(max(TOGETHER + 1, len(DAMAGED)))]
    good = ["b-one", "b-two"]
    rules.appoint(*bad, *good)
    for place, person in enumerate(bad):
        rules.safety_item(person, list(DAMAGED.values())[place % len(DAMAGED)])
    for person in good:
        rules.safety_item(person)
    while rules.evaluator.evaluate_waiting():
        pass
    assert rules.evaluated() == good
    assert all("confidentiality" in rules.raised(person) for person in good)
    assert rules.held() == bad
    told = rules.rows("SELECT key FROM outbox WHERE type LIKE '%EvaluationHeld' ORDER BY key")
    assert told == bad
    shown, _ = figures(rules.database, rules.in_force, rules.engine, rules.clock)
    assert shown["people_held"] == len(bad)


@pytest.mark.parametrize("damage", UNKNOWN_WORDS.values(), ids=UNKNOWN_WORDS)
def test_an_item_with_a_word_of_a_later_release_does_not_count_and_stops_nothing(rules: Rules, damage: Damage) -> None:
    """F3: going back a release leaves such words. Unknown is neither good nor bad."""
    rules.appoint("one")
    rules.safety_item("one", damage)
    assert rules.turn() == ["one"]
    assert "confidentiality" not in rules.raised("one")
    assert rules.held() == []
    with rules.database.read() as connection:
        (record,) = kept_records(connection)
    assert json.loads(record.whole)["evidence"][0]["not_understood"]


@pytest.mark.parametrize("damage", UNKNOWN_DETAILS.values(), ids=UNKNOWN_DETAILS)
def test_an_item_counts_without_a_detail_of_a_later_release(rules: Rules, damage: Damage) -> None:
    """F3: what else it says is known."""
    rules.appoint("one")
    rules.safety_item("one", damage)
    assert rules.turn() == ["one"]
    assert "confidentiality" in rules.raised("one")


def test_no_concern_is_proposed_for_closing_while_a_word_is_not_understood(rules: Rules) -> None:
    """F3: what this release cannot read may be what keeps the concern up."""
    rules.appoint("one")
    rules.safety_item("one")
    rules.turn()
    rules.safety_item("one", UNKNOWN_WORDS["evidence_class"])
    rules.evaluator.evaluate_waiting()
    with rules.database.read() as connection:
        (concern,) = [c for c in SqlConcerns(connection).of_person("one") if c.answer.rule_id == "confidentiality"]
    assert concern.is_open
    assert not concern.closing_proposed


@pytest.mark.parametrize("column", ["move", "from_state", "to_state"])
def test_a_move_in_a_word_of_a_later_release_is_shown_and_holds_nobody(rules: Rules, column: str) -> None:
    """F3: what people did with a concern stays in its history, whatever release they did it with."""
    rules.appoint("one")
    rules.safety_item("one")
    rules.turn()
    concern = rules.leak("one")

    def move(tx: Any) -> None:
        made = Made(Move.ACKNOWLEDGE, "manager", NOW, State.RAISED, State.ACKNOWLEDGED)
        SqlConcerns(tx).make(replace(concern, state=State.ACKNOWLEDGED, version=concern.version + 1), made)
        execute(tx, f"UPDATE concern_move SET {column} = ?", (LATER_WORD,))  # noqa: S608

    rules.database.write(move)
    rules.safety_item("one", UNKNOWN_DETAILS["a field"])
    rules.evaluator.evaluate_waiting()
    assert rules.held() == []
    concern = rules.leak("one")
    with rules.database.read() as connection:
        (made,) = SqlConcerns(connection).moves(concern)
    assert LATER_WORD in (made.move, made.from_state, made.to_state)
    (shown,) = concern_message(concern, steps=(made,)).steps
    assert 0 in (shown.move, shown.from_state, shown.to_state), "unspecified, for a word that is not known"


def test_a_concern_that_ended_for_a_reason_of_a_later_release_holds_nobody(rules: Rules) -> None:
    """F3: it has ended, whatever the word for it. The word stays as it is."""
    rules.appoint("one")
    rules.safety_item("one")
    rules.turn()

    def end(tx: Any) -> None:
        state = (State.CLOSED, LATER_WORD)
        execute(tx, "UPDATE concern SET is_open = false, state = ?, reason = ?, ended_at = raised_at", state)

    rules.database.write(end)
    rules.safety_item("one", urgency=Urgency.SAFETY)
    rules.clock.instant += timedelta(days=1)
    rules.evaluator._turn()
    assert rules.held() == []
    assert rules.rows("SELECT COUNT(*) FROM evaluation") == [2]
    assert set(rules.rows("SELECT reason FROM concern WHERE state = 'closed'")) == {LATER_WORD}
    assert rules.leak("one").reason == LATER_WORD


def test_a_held_person_is_evaluated_once_the_facts_are_mended(rules: Rules) -> None:
    """F3: nothing is lost meanwhile, and the mark goes."""
    rules.appoint("one")
    rules.safety_item("one", DAMAGED["no date"])
    rules.turn()
    assert rules.held() == ["one"]
    body = rules.rows("SELECT body FROM fact")[0]
    mended = json.dumps(json.loads(body) | {"happened_on": "2026-06-01"})
    rules.database.write(lambda tx: execute(tx, "UPDATE fact SET body = ?", (mended,)))
    rules.clock.instant += timedelta(minutes=20)
    assert rules.turn() == ["one"]
    assert rules.held() == []


def test_a_damaged_concern_keeps_nobody_else_from_the_daily_run(rules: Rules) -> None:
    """F3: reviews that fall due are opened person by person."""
    rules.appoint("one", "two")
    rules.safety_item("one")
    rules.safety_item("two")
    rules.turn()
    rules.database.write(
        lambda tx: execute(
            tx, "UPDATE concern SET state = 'required_action', course = 'x', answer = 'x' WHERE safeguarder_id = 'one'"
        )
    )
    rules.clock.instant += timedelta(days=1)
    rules.evaluator._turn()
    assert rules.held() == ["one"]
    assert rules.rows("SELECT COUNT(*) FROM evaluation WHERE safeguarder_id = 'two'") == [2]


def test_a_database_that_is_away_holds_nobody(rules: Rules) -> None:
    """F3: a full disk is no fault of anybody's facts."""
    from services.refusals import Kind, Refusal

    assert rules.database.is_away(Refusal(Kind.EXHAUSTED, "STORAGE_FULL", ""))
    assert not rules.database.is_away(ValueError("a damaged fact"))


def test_safety_comes_before_evidence_by_age_and_everybody_comes_last(rules: Rules) -> None:
    """F12: 30 people wait for the daily run, then two for evidence, then one for safety, who is evaluated alone."""
    everybody = [f"a-{number:02}" for number in range(2 * TOGETHER + 10)]
    rules.appoint(*everybody, "m-younger", "n-older", "z-safety")
    rules.evaluator._start_day()
    rules.safety_item("n-older")
    rules.clock.instant += timedelta(seconds=1)
    rules.safety_item("m-younger")
    rules.clock.instant += timedelta(seconds=1)
    rules.safety_item("z-safety", urgency=Urgency.SAFETY)
    now = rules.clock.now()
    with rules.database.read() as connection:
        order = [request.safeguarder_id for request in SqlFacts(connection).due(now, "", 100)]
    assert order == ["z-safety", "n-older", "m-younger", *everybody]
    assert rules.turn() == ["z-safety"]
    assert rules.turn() == sorted(["n-older", "m-younger", *everybody[: TOGETHER - 2]])


def test_safety_waits_for_one_turn_however_many_are_due(rules: Rules) -> None:
    """F12: 300 people are due, and the evaluator is at work. It took 3.5 to 7.3 s, and minutes for 10,000 people.

    Counted in turns, because a busy machine has slow seconds. A turn has a few people however many wait, so the time
    does not grow with them.
    """
    everybody = [f"a-{number:03}" for number in range(300)]
    rules.appoint(*everybody, "z-safety")
    rules.database.write(lambda tx: SqlFacts(tx).ask_for_everyone())
    rules.evaluator._turn()
    assert len(rules.evaluated()) == TOGETHER, "a turn is short, so that those who come are looked for again"
    rules.safety_item("z-safety", urgency=Urgency.SAFETY)
    rules.evaluator._turn()
    assert "confidentiality" in rules.raised("z-safety")
    assert len(rules.evaluated()) == TOGETHER + 1


@pytest.mark.parametrize("before", [Urgency.EVERYBODY, Urgency.EVIDENCE])
def test_safety_about_somebody_who_waits_already_comes_first(rules: Rules, before: Urgency) -> None:
    """F12: they stood last in the queue, for the daily run or for older evidence, and the one request is moved up."""
    everybody = [f"a-{number:02}" for number in range(2 * TOGETHER)]
    rules.appoint(*everybody, "z-waits")
    rules.database.write(lambda tx: SqlFacts(tx).ask_for_everyone())
    if before is Urgency.EVIDENCE:
        rules.safety_item("z-waits", urgency=before)
    rules.safety_item("z-waits", urgency=Urgency.SAFETY)
    with rules.database.read() as connection:
        first, *_ = SqlFacts(connection).due(rules.clock.now(), "", 100)
    assert first.safeguarder_id == "z-waits"
    assert "z-waits" in rules.turn()


@given(st.lists(st.tuples(st.sampled_from(Urgency), st.integers(0, 3)), max_size=6))
def test_of_several_reasons_the_most_urgent_counts(
    rules_on_sqlite: Rules, reasons: Sequence[tuple[Urgency, int]]
) -> None:
    """F12: in any order of reasons. What has waited longest is not forgotten."""

    def ask(tx: Any) -> None:
        execute(tx, "DELETE FROM evaluation_request")
        for urgency, seconds in reasons:
            since = None if urgency is Urgency.EVERYBODY else NOW + timedelta(seconds=seconds)
            SqlFacts(tx).ask_for_evaluation("one", since, urgency=urgency)

    rules_on_sqlite.database.write(ask)
    found = rules_on_sqlite.rows("SELECT urgency FROM evaluation_request")
    assert found == ([min(urgency for urgency, _ in reasons)] if reasons else [])


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.data())
def test_whatever_is_stored_about_some_everybody_else_is_evaluated(rules_on_sqlite: Rules, data: st.DataObject) -> None:
    """F3: any people, any damage, in any number."""
    rules = rules_on_sqlite
    every = {**UNKNOWN_WORDS, **UNKNOWN_DETAILS, **DAMAGED}
    drawn = data.draw(st.lists(st.sampled_from([None, *every]), min_size=1, max_size=5))

    def forget(tx: Any) -> None:
        for table in ("evaluation_request", "evaluation", "fact", "person"):
            execute(tx, f"DELETE FROM {table}")  # noqa: S608

    rules.database.write(forget)
    people = {f"p-{number}": name for number, name in enumerate(drawn)}
    rules.appoint(*people)
    for person, name in people.items():
        rules.safety_item(person, every[name] if name else None)
    while rules.evaluator.evaluate_waiting():
        pass
    held = [person for person, name in people.items() if name in DAMAGED]
    assert rules.held() == held
    assert rules.evaluated() == [person for person in people if person not in held]


@pytest.fixture(scope="module")
def rules_on_sqlite(tmp_path_factory: pytest.TempPathFactory, engine: EngineChild) -> Iterator[Rules]:
    databases.choose(databases.SQLITE)
    made = rules_in(tmp_path_factory.mktemp("rules"), engine)
    yield made
    made.database.close()


def test_a_word_that_is_not_understood_is_kept_as_it_is() -> None:
    """F3: the next release reads the same text, so nothing is rewritten."""
    body = json.dumps(json.loads(_plain_body()) | {"kind": LATER_WORD})
    item = read_item(body)
    assert item.kind == LATER_WORD
    assert item.not_understood == ("kind",)


def _plain_body() -> str:
    from services.rules.adapters.store.items import item_body

    return item_body(an_item("one"))
