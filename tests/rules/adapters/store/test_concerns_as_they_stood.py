"""As at any moment of a random life, concerns are listed as they were listed then (D15.10); on both databases."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import Connection

from services.platform.calls.relations import Listed
from services.platform.storage.database import Database, execute, to_micros
from services.platform.storage.migrations import bring_up_to_date, take_back
from services.refusals import Refusal
from services.rules.adapters.store import tables
from services.rules.adapters.store.concerns import SqlConcerns, Which
from services.rules.adapters.store.evaluations import SqlEvaluations
from services.rules.compose import HERE
from services.rules.domain.closed_lists import Lane
from services.rules.domain.concerns.concern import (
    Concern,
    ConcernId,
    EvaluationContext,
    propose_closing,
    raise_concern,
    update,
)
from services.rules.domain.concerns.guards import MoveContext
from services.rules.domain.concerns.history import Made, Move
from services.rules.domain.concerns.transitions import blocking_guard
from tests import databases
from tests.rules.builders import NOW, TODAY
from tests.rules.domain.concerns.builders import EVIDENCE, a_concern, an_answer
from tests.rules.domain.concerns.test_concerns_in_any_order import anything, calls, on_the_way
from tests.sizes import part_of

TICK = timedelta(microseconds=1)
LANES = (Lane.SUPPORT_NEED, Lane.SAFETY, Lane.EXCELLENCE, Lane.DATA_GAP)
PEOPLE = ("manager", "senior", "team-lead")
Pages = tuple[list[Concern], list[Concern], dict[ConcernId, Sequence[Made]]]


@pytest.fixture
def database(database_kind: str, tmp_path: Path) -> Iterator[Database]:
    kept = Database(databases.address(tmp_path / "rules.db"))
    bring_up_to_date(kept.engine, HERE / "migrations")
    yield kept
    kept.close()


def listed(database: Database, at: datetime | None = None) -> Pages:
    """What is open, all there is, and the history of each; now or as at an instant."""
    with database.read() as connection:
        concerns = SqlConcerns(connection)
        if at is not None:
            concerns.check_history(at, Listed())
        everything = concerns.page(None, 100, Which(ended=True), at)
        assert [concerns.find(concern.concern_id, at) for concern in everything] == everything
        steps = {concern.concern_id: concerns.moves(concern) for concern in everything}
        return concerns.page(None, 100, Which(), at), everything, steps


@dataclass
class Life:
    """Some concerns about one person, changed one after another by rules and people."""

    database: Database
    draw: Any
    concerns: dict[str, Concern] = field(default_factory=dict)
    now: datetime = NOW
    seen: dict[datetime, Pages] = field(default_factory=dict)

    def goes_on(self) -> None:
        self.seen[self.now] = listed(self.database)
        self.now += timedelta(minutes=self.draw(st.integers(1, 20 * 24 * 60)))
        what = self.draw(st.sampled_from(("raised", "asked", "moved", "moved", "moved", "moved")))
        if what == "raised" or not self.concerns:
            self._raise()
        elif what == "asked":
            self._ask_rules_again()
        else:
            self._move()

    def _raise(self) -> None:
        number = len(self.concerns)
        answer = replace(an_answer(LANES[number % len(LANES)]), rule_id=f"rule-{number}")
        seen = EvaluationContext(a_concern().evaluation_id, "hash", TODAY, self.now)
        concern = raise_concern(ConcernId(f"concern-{number}"), "demo-safeguarder", answer, seen)
        self._keep(concern, lambda store: store.add(concern))

    def _ask_rules_again(self) -> None:
        before = self._one()
        if not before.is_open:
            return
        if self.draw(st.booleans()):
            after, what = propose_closing(before), "closing_proposed"
        else:
            seen = EvaluationContext(before.evaluation_id, "another", TODAY, self.now)
            answer = replace(an_answer(before.answer.lane, EVIDENCE[:1]), rule_id=before.answer.rule_id)
            after, what = update(before, answer, seen), "updated"
        self._keep(after, lambda store: store.change(after, what))

    def _move(self) -> None:
        before, today = self._one(), TODAY + (self.now - NOW)
        context = MoveContext(today, self.draw(st.sampled_from(PEOPLE)), EVIDENCE)
        moves = [move for move in Move if blocking_guard(before, move, context) is None]
        further = [move for move in moves if move not in (Move.DISMISS, Move.CLOSE, Move.MERGE)]
        choice = anything(self.draw) if self.draw(st.booleans()) else on_the_way(before, today)
        move = self.draw(st.sampled_from(further or moves or list(Move)))
        try:
            after = calls(context, choice)[move](before)
        except Refusal:
            return
        if after is before:
            return  # The register said nothing new.
        made = Made(move, context.by, self.now, before.state, after.state)
        self._keep(after, lambda store: store.make(after, made))

    def _keep(self, after: Concern, keep: Callable[[SqlEvaluations], None]) -> None:
        self.database.write(lambda tx: keep(SqlEvaluations(tx, self.now)))
        self.concerns[after.concern_id] = after

    def _one(self) -> Concern:
        return self.concerns[self.draw(st.sampled_from(sorted(self.concerns)))]


@settings(max_examples=part_of(12), deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data(), steps=st.integers(5, 25))
def test_at_each_moment_of_a_life_concerns_are_listed_as_they_were_then(
    database: Database, data: st.DataObject, steps: int
) -> None:
    for table in ("concern", "concern_version", "concern_move", "kpi_fact"):
        database.write(lambda tx, table=table: execute(tx, f"DELETE FROM {table}") and None)  # type: ignore[misc]  # noqa: S608
    life = Life(database, data.draw)
    for _ in range(steps):
        life.goes_on()
    moments = sorted(life.seen)
    for moment, until in zip(moments, [*moments[1:], life.now], strict=True):
        # From the moment itself until just before the next change.
        for asked in (moment, until - TICK):
            assert listed(database, asked) == life.seen[moment]
    assert listed(database, life.now) == listed(database)


def test_pages_of_a_past_moment_hold_each_concern_once(database: Database) -> None:
    def keep(connection: Connection) -> None:
        for number in range(7):
            store = SqlEvaluations(connection, NOW)
            answer = replace(an_answer(), rule_id=f"rule-{number}")
            store.add(replace(a_concern(concern_id=ConcernId(f"concern-{number}")), answer=answer))
        last = SqlEvaluations(connection, NOW + timedelta(days=1))
        last.change(propose_closing(replace(a_concern(concern_id=ConcernId("concern-3")))), "closing_proposed")

    database.write(keep)
    with database.read() as connection:
        which = Which("support_need", data_gaps=False, people=Listed(("demo-safeguarder",)))
        concerns, found, after = SqlConcerns(connection), [], None
        while page := concerns.page(after, 3, which, NOW):
            found += page
            last = page[-1]
            after = (3, to_micros(last.raised_at), last.concern_id)
        assert [concern.concern_id for concern in found] == [f"concern-{number}" for number in range(7)]
        assert not any(concern.closing_proposed for concern in found)
        assert concerns.page(None, 3, Which(people=Listed(("somebody-else",))), NOW) == []


def test_a_moment_before_the_history_began_is_refused_not_guessed(database: Database) -> None:
    take_back(database.engine, HERE / "migrations", "0009")
    old = a_concern()
    columns = [column.name for column in tables.concern.columns if column.name != "whole_course"]
    values = ("old", "sg-old", "r", "", 3, True, "raised", False, "{}", "e", "h", "2026-05-01", to_micros(NOW), "")
    row = (*values, None, None, 4, None, None, False)
    add = f"INSERT INTO concern ({', '.join(columns)}) VALUES ({', '.join('?' * len(row))})"  # noqa: S608
    database.write(lambda tx: execute(tx, add, row) and None)
    bring_up_to_date(database.engine, HERE / "migrations")
    with database.read() as connection:
        concerns = SqlConcerns(connection)
        with pytest.raises(Refusal) as refused:
            concerns.check_history(old.raised_at, Listed())
        assert refused.value.reason == "HISTORY_NOT_KEPT"
        concerns.check_history(old.raised_at - TICK, Listed())
        concerns.check_history(old.raised_at, Listed(("somebody-else",)))
        begins = execute(connection, "SELECT kept_at FROM concern_version WHERE version = 4").fetchone()[0]
    assert begins > to_micros(NOW) or datetime.now(NOW.tzinfo) < NOW
