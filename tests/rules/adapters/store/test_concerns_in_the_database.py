"""A concern with all that people entered comes back as it was kept, on both databases; the calendar opens reviews."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest
from psmf.rules.v1 import concern_moves_pb2 as moves
from psmf.rules.v1 import events_pb2
from sqlalchemy import Connection

from services.platform.storage.database import Database, execute
from services.platform.storage.migrations import bring_up_to_date
from services.rules.adapters.store.concerns import SqlConcerns
from services.rules.adapters.store.evaluations import SqlEvaluations
from services.rules.adapters.store.kpis import SqlKpis
from services.rules.compose import HERE
from services.rules.domain.closed_lists import HoldReason, State, View
from services.rules.domain.concerns import moves as life
from services.rules.domain.concerns.concern import Concern, ConcernId
from services.rules.domain.concerns.history import CALENDAR, Made, Move
from services.rules.domain.evaluation.decision_record import decision_record
from services.rules.domain.kpis.facts import EscalationFact
from services.rules.handlers.assess_practice import assess_practice
from services.rules.handlers.change_concern import open_action_reviews
from services.rules.handlers.concerns import ConcernContext
from tests import databases
from tests.rules.builders import NOW, PERSON, TODAY, a_case_file, a_late_report, evaluated
from tests.rules.domain.concerns.builders import a_concern, context
from tests.rules.domain.concerns.test_concern_life_cycle import LATER, escalated, viewed_as, with_action

EVERYTHING = life.release(
    life.hold(viewed_as(escalated(), View.GIVEN, LATER), HoldReason.SUSPENDED, LATER),
    HoldReason.SUSPENDED,
    context(50),
)


@pytest.fixture
def database(database_kind: str, tmp_path: Path) -> Iterator[Database]:
    kept = Database(databases.address(tmp_path / "rules.db"))
    bring_up_to_date(kept.engine, HERE / "migrations")
    yield kept
    kept.close()


def kept(database: Database, concern: Concern) -> None:
    """The concern, raised before and now as it stands."""

    def keep(connection: Connection) -> None:
        concerns = SqlEvaluations(connection, NOW)
        concerns.add(a_concern())
        concerns.make(concern, Made(Move.ACKNOWLEDGE, "manager", NOW, State.RAISED, concern.state, "word"))

    database.write(keep)


def found(database: Database) -> Concern:
    with database.read() as connection:
        concern = SqlConcerns(connection).find("concern")
    assert concern is not None
    return concern


def moved(database: Database) -> list[events_pb2.ConcernMoved]:
    with database.read() as connection:
        rows = execute(connection, "SELECT data FROM outbox WHERE type LIKE '%ConcernMoved'").fetchall()
    return [events_pb2.ConcernMoved.FromString(row[0]) for row in rows]


@pytest.mark.parametrize("concern", [EVERYTHING, life.hold(with_action(), HoldReason.REVIEW_OPEN, context(1))])
def test_a_concern_comes_back_with_all_that_people_entered(database: Database, concern: Concern) -> None:
    kept(database, concern)
    assert found(database) == concern
    with database.read() as connection:
        (made,) = SqlConcerns(connection).moves(concern)
    assert made == Made(Move.ACKNOWLEDGE, "manager", NOW, State.RAISED, concern.state, "word")


def test_the_calendar_opens_a_review_of_an_overdue_action_once(database: Database) -> None:
    kept(database, with_action())

    person = with_action().safeguarder_id

    def day_begins(days: int) -> int:
        now = NOW + timedelta(days=days)
        return database.write(
            lambda tx: open_action_reviews(person, ConcernContext(SqlConcerns(tx), tuple, CALENDAR, now))
        )

    # Due on St Andrew's Day, when the office is closed: so the day after still is in time.
    assert [day_begins(days) for days in (29, 30, 31)] == [0, 1, 0]
    assert found(database) == replace(with_action(), state=State.ACTION_REVIEW, version=found(database).version)
    opened = found(database)
    with database.read() as connection:
        last = SqlConcerns(connection).moves(opened)[-1]
    assert (last.move, last.by, last.to_state) == (Move.OPEN_REVIEW, CALENDAR, State.ACTION_REVIEW)
    (event,) = moved(database)
    assert event.move == moves.CONCERN_MOVE_OPEN_REVIEW
    assert event.HasField("due_date")


def test_kpis_find_an_escalation_with_the_moves_before_it(database: Database) -> None:
    raised, supported, taken = (replace(a_concern(), version=version) for version in (1, 2, 3))
    offered = Made(Move.START_SUPPORT, "manager", NOW, State.ACKNOWLEDGED, State.IN_SUPPORT, "module")
    escalation = Made(Move.ESCALATE, "senior", NOW + timedelta(days=1), State.ACTION_REVIEW, State.ESCALATED)
    closed = Made(Move.CLOSE, "manager", NOW + timedelta(days=2), State.ESCALATED, State.CLOSED, "improved")

    def keep(connection: Connection) -> None:
        concerns = SqlEvaluations(connection, NOW)
        concerns.add(raised)
        concerns.make(supported, offered)
        concerns.make(taken, escalation)
        concerns.make(replace(taken, version=4), closed)

    database.write(keep)
    with database.read() as connection:
        found = SqlKpis(connection).facts((date(2026, 4, 1), date(2027, 3, 31))).escalations
    assert found == (EscalationFact("concern", "demo-safeguarder", escalation.at, (offered,)),)


def test_a_clock_that_was_put_back_hides_no_open_concern(database: Database) -> None:
    """F1. Else the matter would be raised a second time, which the database refuses, and nobody be evaluated."""
    evaluation = evaluated(a_case_file(a_late_report("one", TODAY), a_late_report("two", TODAY)))
    answer = next(answer for answer in evaluation.raised if answer.rule_id == "report-late")
    raised = replace(a_concern(), safeguarder_id=PERSON.safeguarder_id, answer=answer)
    ended = replace(raised, concern_id=ConcernId("b"), raised_at=NOW + timedelta(hours=1), state=State.CLOSED)
    open_now = replace(raised, concern_id=ConcernId("a"), raised_at=NOW)

    def assess(connection: Connection) -> list[Concern]:
        concerns = SqlEvaluations(connection, NOW)
        concerns.add(ended)
        concerns.add(open_now)
        assess_practice(evaluation, decision_record(evaluation, None, {}), concerns, NOW)
        found = concerns.of_person(PERSON.safeguarder_id)
        return [each for each in found if each.answer.rule_id == answer.rule_id]

    assert [each.concern_id for each in database.write(assess)] == ["b", "a"]
