"""Facts that an earlier release stored wrongly are mended by the migration that brings their database along."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from services.platform.storage.database import Database
from services.platform.storage.migrations import bring_up_to_date, take_back
from services.rules.adapters.store.facts import SqlFacts
from services.rules.adapters.store.items import item_versions
from services.rules.compose import HERE
from services.rules.domain.facts import EvidenceFact
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


def brought_along(database: Database, revision: str, *facts: EvidenceFact) -> tuple[EvidenceFact, ...]:
    """Store facts as the release at a revision did, migrate, and return what is stored then."""
    take_back(database.engine, HERE / "migrations", revision)

    def keep(connection: object) -> None:
        for fact in facts:
            SqlFacts(connection).remember_fact("sg-one", fact, "evidence")  # type: ignore[arg-type]

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
