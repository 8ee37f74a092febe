"""A reader of the published editions knows those of the rulebook in force, whatever rulebooks came before it."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from psmf.rules.v1 import events_pb2

from services.platform.events.outbox import events_after
from services.platform.storage.database import Database, execute
from services.platform.storage.migrations import bring_up_to_date
from services.rules.adapters.store.revisions import SqlRevisions
from services.rules.compose import HERE
from services.rules.domain.rulebook.standards import StandardsEdition
from services.rules.rulebook_in_force import RulebookInForce
from tests import databases
from tests.clock import FixedClock
from tests.rules.builders import NOW, shipped
from tests.sizes import part_of

FIRST = shipped().editions[0]
OTHER = replace(FIRST, edition_id="2026-07", effective_from=date(2026, 7, 1))
EDITIONS = (
    FIRST,
    OTHER,
    replace(OTHER, effective_from=date(2026, 9, 1)),
    replace(OTHER, standards=FIRST.standards[:3]),
)
"""Two editions, and two corrections of the second one."""


@pytest.fixture
def database(database_kind: str, tmp_path: Path) -> Iterator[Database]:
    """The service's own schema, on each kind of database."""
    kept = Database(databases.address(tmp_path / "rules.db"))
    bring_up_to_date(kept.engine, HERE / "migrations")
    yield kept
    kept.close()


def known_to_a_reader(database: Database) -> dict[str, tuple[date, int]]:
    """Return the day and the number of standards of each edition, as the events tell them one after another."""
    known: dict[str, tuple[date, int]] = {}
    with database.read() as connection:
        for event in events_after(connection, 0, 1000):
            if event.type.endswith("StandardsEditionWithdrawn"):
                del known[events_pb2.StandardsEditionWithdrawn.FromString(event.data).edition]
            else:
                message = events_pb2.StandardsEditionPublished.FromString(event.data)
                day = message.effective_date
                known[message.edition] = (date(day.year, day.month, day.day), len(message.standards))
    return known


def in_force(database: Database, *editions: StandardsEdition) -> None:
    rulebook = replace(shipped(), editions=editions)
    database.write(lambda tx: SqlRevisions(tx).note_in_force(rulebook, NOW))


def test_a_correction_of_an_edition_that_is_taken_back_is_taken_back_for_its_readers(database: Database) -> None:
    """P1: the earlier content was published once before, and is published again."""
    for editions in ((FIRST, OTHER), (FIRST, EDITIONS[2]), (FIRST, OTHER)):
        in_force(database, *editions)
    assert known_to_a_reader(database)["2026-07"][0] == OTHER.effective_from
    in_force(database, FIRST)
    assert list(known_to_a_reader(database)) == [FIRST.edition_id]


@settings(max_examples=part_of(50), suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(st.lists(st.sampled_from((None, *EDITIONS[1:])), min_size=1, max_size=6))
def test_readers_know_the_editions_in_force_after_any_chain_of_rulebooks(
    database: Database, chain: Sequence[StandardsEdition | None]
) -> None:
    for table in ("outbox", "edition_published"):
        database.write(lambda tx, table=table: execute(tx, f"DELETE FROM {table}") and None)  # type: ignore[misc]  # noqa: S608
    for edition in chain:
        in_force(database, FIRST, *([edition] if edition else []))
    wanted = (FIRST, *([chain[-1]] if chain[-1] else []))
    assert known_to_a_reader(database) == {
        edition.edition_id: (edition.effective_from, len(edition.standards)) for edition in wanted
    }


def test_what_this_release_tells_of_an_edition_is_told_of_those_published_before(database: Database) -> None:
    """P13: the release before published an edition without its crosswalk. The start of this one tells it, once."""
    folder = HERE / "rulebook"
    RulebookInForce(folder, database, FixedClock(NOW))
    start = events_of_editions(database)
    RulebookInForce(folder, database, FixedClock(NOW))
    assert events_of_editions(database) == start
    database.write(
        lambda tx: execute(tx, "UPDATE edition_published SET content = 'as the release before wrote it'") and None
    )
    for _copy in range(2):
        RulebookInForce(folder, database, FixedClock(NOW))
    assert events_of_editions(database) == start * 2


def events_of_editions(database: Database) -> list[bytes]:
    with database.read() as connection:
        events = events_after(connection, 0, 1000)
    return [event.data for event in events if event.type.endswith("StandardsEditionPublished")]
