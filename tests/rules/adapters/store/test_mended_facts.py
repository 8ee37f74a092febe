"""Facts that an earlier release stored wrongly are mended by the migration that brings their database along."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Connection

from services.platform.storage.database import Database
from services.platform.storage.migrations import bring_up_to_date, take_back
from services.rules.adapters.store.facts import SqlFacts
from services.rules.adapters.store.items import item_versions
from services.rules.adapters.store.kpis import SqlKpis
from services.rules.compose import HERE
from services.rules.domain.closed_lists import ItemStatus, Kind, Polarity, Source
from services.rules.domain.facts import EvidenceFact, StandardMapping
from services.rules.domain.kpis.facts import Step, StepFact
from tests import databases
from tests.rules.builders import an_item

SHARED = an_item(
    "one", shared_on=date(2026, 10, 5), reply_due_on=date(2026, 10, 19), countable_from=date(2026, 10, 20), version=2
)


@pytest.fixture
def database(database_kind: str, tmp_path: Path) -> Iterator[Database]:
    """The service's own schema, on each kind of database."""
    kept = Database(databases.address(tmp_path / "rules.db"))
    bring_up_to_date(kept.engine, HERE / "migrations")
    yield kept
    kept.close()


def brought_along(
    database: Database, revision: str, *facts: EvidenceFact, steps: tuple[StepFact, ...] = ()
) -> tuple[EvidenceFact, ...]:
    """Store facts as the release at a revision did, migrate, and return what is stored then."""
    take_back(database.engine, HERE / "migrations", revision)

    def keep(connection: Connection) -> None:
        for fact in facts:
            origin = "scheduling" if fact.kind is Kind.ATTENDANCE else "evidence"
            SqlFacts(connection).remember_fact("sg-one", fact, origin)
        for number, step in enumerate(steps):
            SqlKpis(connection).remember(f"event-{number}", step)

    database.write(keep)
    bring_up_to_date(database.engine, HERE / "migrations")
    with database.read() as connection:
        return item_versions(connection, "sg-one")


def test_a_late_reply_stored_by_the_release_before_no_longer_puts_back_the_day(database: Database) -> None:
    """P4: what counted since 20 October counts since then again; early replies and praise stay as they were."""
    late = replace(SHARED, version=3, replied_on=date(2026, 11, 30), countable_from=date(2026, 11, 30))
    early = replace(SHARED, evidence_id="two", replied_on=date(2026, 10, 8), countable_from=date(2026, 10, 8))
    praise = an_item("three", replied_on=date(2026, 11, 30))
    assert brought_along(database, "0010", SHARED, late, praise, early) == (
        SHARED,
        replace(late, countable_from=date(2026, 10, 20)),
        praise,
        early,
    )


def a_missed_training(at: datetime, **changes: Any) -> EvidenceFact:
    """Return the fact of a training event on 2 October, missed without a reason accepted."""
    fact = an_item(
        "training",
        date(2026, 10, 2),
        kind=Kind.ATTENDANCE,
        source=Source.PANEL_TEAM,
        recorded_at=at,
        shared_on=None,
        speaks="S7.1",
        details={"event": "mandatory_training", "attendance": "absent_unexcused"},
    )
    return replace(fact, **changes)


def recorded(attendance: str, at: datetime, on: date, *, delivered: bool = True) -> StepFact:
    ids = ("training", "sg-one", "training")
    return StepFact(*ids, Step.RECORDED, at, on=on, delivered=delivered, attendance=attendance)


def test_corrections_of_attendance_that_the_release_before_dropped_are_brought_along(database: Database) -> None:
    """P1: the first record stays as a version, and the last one is what holds now."""
    first = datetime(2026, 10, 3, 9, tzinfo=UTC)
    second, third = first + timedelta(microseconds=1), first + timedelta(days=1)
    day, moved = date(2026, 10, 2), date(2026, 10, 9)
    missed = a_missed_training(first)
    steps = (
        recorded("absent_unexcused", first, day),
        recorded("attended", second, moved),
        recorded("absent_excused", third, day, delivered=False),
    )
    neutral = (StandardMapping("S7", "S7.1", Polarity.NEUTRAL),)
    attended = a_missed_training(
        second,
        version=2,
        mappings=neutral,
        happened_on=moved,
        received_on=moved,
        countable_from=moved,
        details={"event": "mandatory_training", "attendance": "attended"},
    )
    withdrawn = a_missed_training(
        third,
        version=3,
        mappings=neutral,
        status=ItemStatus.WITHDRAWN,
        details={"event": "mandatory_training", "attendance": "absent_excused"},
    )
    assert brought_along(database, "0011", missed, steps=steps) == (missed, attended, withdrawn)
    assert brought_along(database, "0011") == (missed, attended, withdrawn), "twice is once"
